"""A finding as the page is told of it: where it stands, what to ask, and what may be written in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sos_lint.document import Document
from sos_lint.finding import Ask, Finding
from sos_lint.kinds import Kind, Part
from sos_lint.reporters.clean import one_line, visible
from sos_lint.reporters.names import counted_kind, kind_name
from sos_lint.rewrite.decision import options
from sos_lint.text import Range
from sos_lint.web.texts import Units

_PARTS = {
    Part.BEHAVIOUR: "What happened",
    Part.FREQUENCY: "How often",
    Part.WORST: "The worst time",
    Part.IMPACT: "What it was like for the child",
    Part.WHO_IS_WORRIED: "Who is worried",
    Part.IMPACT_ON_CHILD: "What it does to the child",
    Part.IF_NOTHING_CHANGES: "If nothing changes",
    Part.WHAT_WILL_BE_DIFFERENT: "What will be different",
    Part.WHO: "Who",
    Part.HOW_LONG: "For how long",
    Part.HOW_KNOWN: "How it will be known",
    Part.ZERO_DEFINED: "What 0 looks like",
    Part.TEN_DEFINED: "What 10 looks like",
    Part.NUMBER_GIVEN: "The number",
    Part.REASON_GIVEN: "The reason for it",
}
_MOST = 90  # characters of a passage that tells something, as it is shown


def card(finding: Finding, document: Document, units: Units) -> dict[str, Any]:
    """What the page shows of a finding."""
    told: dict[str, Any] = {
        "id": finding.fingerprint,
        "at": [units.of(finding.start.offset), units.of(finding.end.offset)],
        "kind": finding.kind.value,
        "name": kind_name(finding.kind),
        "severity": finding.severity.label,
        "words": plain(finding.text),
        "message": plain(finding.message),
        "done": finding.is_told,
    }
    if finding.asks:
        told["asks"] = [_ask(ask, document) for ask in finding.asks]
    if finding.of_form:
        told["of_form"] = list(finding.of_form)
    if finding.scaffold:
        told["scaffold"] = plain(finding.scaffold)
    if choices := options(finding):
        told["choices"] = [_choice(words, finding) for words in choices]
    if finding.advice:
        told["advice"] = plain(finding.advice)
    return told


def counts(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """How many open places there are of each kind, in the order of the kinds."""
    found = Counter(finding.kind for finding in findings if not finding.is_told)
    return [
        {"kind": kind.value, "count": found[kind], "name": counted_kind(found[kind], kind)}
        for kind in Kind
        if found[kind]
    ]


def plain(words: str) -> str:
    """Words of a document so that nothing in them steers what shows them."""
    return visible(one_line(words))


def _choice(words: str, finding: Finding) -> Mapping[str, str]:
    """Words that may be written in place of those that were found, and how they are put in."""
    meaning = next((one for one in finding.meanings if one.expansion == words), None)
    if meaning is None:
        return {"words": plain(words), "how": "instead"}
    return {
        "words": plain(words),
        "note": plain(meaning.gloss) + (" (no longer used)" if meaning.retired else ""),
        "how": "spelt",
    }


def _ask(ask: Ask, document: Document) -> Mapping[str, Any]:
    return {
        "part": ask.part.value,
        "label": _PARTS[ask.part],
        "question": ask.question,
        "told": _told(ask.evidence, document),
    }


def _told(evidence: Sequence[Range], document: Document) -> str:
    """The words that tell a part, as far as there is room for them."""
    source = document.text if document.source is None else document.source
    words = plain(" … ".join(at.of(source) for at in _joined(evidence)))
    return words if len(words) <= _MOST else words[:_MOST].rstrip() + "…"


def _joined(ranges: Sequence[Range]) -> list[Range]:
    """The ranges in order, those as one that overlap or touch."""
    joined: list[Range] = []
    for at in sorted(ranges, key=lambda at: at.start):
        if joined and at.start <= joined[-1].end + 1:
            joined[-1] = Range(joined[-1].start, max(at.end, joined[-1].end))
        else:
            joined.append(at)
    return joined
