"""What to ask of each place: as the note that opens at the words, and as the list that follows them."""

from __future__ import annotations

from collections.abc import Sequence

from sos_lint.finding import Finding
from sos_lint.reporters.names import kind_name, short_location
from sos_lint.reporters.remedies import remedies
from sos_lint.reporters.to_html.tags import tag, words


def notes(findings: Sequence[Finding], id: str, *, linked: bool) -> str:
    """The notes of a file, numbered; `linked` leads each back to its words."""
    items = (_note(finding, id, number, linked=linked) for number, finding in enumerate(findings, start=1))
    return tag("ol", *items, class_="notes")


def tip(finding: Finding) -> str:
    """The same inside a paragraph: its lines, each an element that stands on a line of its own."""
    lines = [tag("strong", words(finding.message)), *(words(f"☐ {asked}") for asked in finding.questions)]
    return "".join(tag("span", line, class_="line") for line in (*lines, *map(words, remedies(finding))))


def marked(finding: Finding, id: str, number: int, inner: str) -> str:
    """What stands in the document for a finding's words: the words, its number, and its note."""
    name = f"Note {number}, {kind_name(finding.kind)}"
    anchor = {"href": f"#n{id}", "class_": "number", "aria_label": name, "aria_describedby": f"t{id}"}
    return tag(
        "span",
        tag("mark", inner, class_=finding.severity.label),
        tag("a", str(number), **anchor),
        tag("span", tip(finding), class_="tip", role="tooltip", id=f"t{id}"),
        class_="place",
        id=f"w{id}",
        data_kind=finding.kind.value,
    )


def _note(finding: Finding, file: str, number: int, *, linked: bool) -> str:
    id = f"{file}-{number}"
    said = f"“{finding.text}”" if finding.text else short_location(finding)
    lead = tag("a", words(said), href=f"#w{id}", class_="back") if linked else tag("b", words(said))
    about = (
        f" {kind_name(finding.kind)} · {finding.severity.label} · {short_location(finding)} · {finding.rule}"
    )
    inner = [tag("p", lead, tag("small", words(about))), tag("p", words(finding.message))]
    if finding.questions:
        inner.append(tag("ul", *(tag("li", words(asked)) for asked in finding.questions), class_="questions"))
    inner += [tag("p", words(line)) for line in remedies(finding)]
    if finding.scaffold:
        inner.append(tag("p", words(f"To start from: {finding.scaffold}"), class_="scaffold"))
    return tag("li", *inner, id=f"n{id}", value=str(number), data_kind=finding.kind.value)
