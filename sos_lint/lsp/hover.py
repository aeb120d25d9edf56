"""What an editor shows beside the words under the pointer: why, what is told, what to ask, what helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sos_lint.finding import Finding
from sos_lint.lsp.diagnostics import Json, as_json, place_of
from sos_lint.lsp.drafts import Found
from sos_lint.lsp.texts import Spot
from sos_lint.reporters.clean import visible
from sos_lint.reporters.markdown import escaped
from sos_lint.reporters.remedies import remedies
from sos_lint.rule import Rule
from sos_lint.text import Range


def hover(found: Found, spot: Spot, rules: Iterable[Rule], *, markdown: bool) -> Json | None:
    """What there is to say of the findings at a spot, those too that are told in full; None of no words."""
    offset = found.lines.offset(spot)
    here = [one for one in found.every if _holds(place_of(one), offset)]
    if not here:
        return None
    why = {rule.id: rule.why for rule in rules}
    parts = ["\n".join(_lines(finding, why.get(finding.rule, ""), markdown=markdown)) for finding in here]
    first, last = min(place_of(one).start for one in here), max(place_of(one).end for one in here)
    rule = "\n\n---\n\n" if markdown else "\n\n"
    return {
        "contents": {"kind": "markdown" if markdown else "plaintext", "value": rule.join(parts)},
        "range": as_json(found.lines.span(Range(first, last))),
    }


def _holds(at: Range, offset: int) -> bool:
    """True of a place that a pointer at an offset touches: its end belongs to it."""
    return at.start <= offset <= at.end


def _lines(finding: Finding, why: str, *, markdown: bool) -> Iterator[str]:
    said = _marked if markdown else visible
    strong = "**" if markdown else ""
    item = "- " if markdown else "  "
    yield f"{strong}{said(finding.message)}{strong}"
    if why:
        yield f"\n{said(why)}"
    asks = [*finding.asks]
    if asks or finding.of_form:
        yield ""
    for ask in asks:
        yield f"{item}{'☑' if ask.told else '☐'} {said(ask.question)}"
    for question in finding.of_form:
        yield f"{item}☐ {said(question)}"
    helps = [*remedies(finding)]
    if helps:
        yield ""
    yield from (f"{item}{said(words)}" for words in helps)
    if finding.scaffold and not finding.is_told:
        yield f"\nTo start from: {said(finding.scaffold)}"
    code = f"`{finding.rule}`" if markdown else finding.rule
    yield f"\n{code}"


def _marked(words: str) -> str:
    return escaped(visible(words))
