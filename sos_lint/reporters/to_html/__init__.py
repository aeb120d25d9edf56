"""A page that holds everything: each document with its unclear words marked, and what to ask of each.

The page loads nothing and runs nothing: filters and notes work by its style alone, and its policy forbids
the rest, whatever a document says.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from importlib.resources import files

from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Severity
from sos_lint.received import once
from sos_lint.report import FileReport, Report
from sos_lint.reporters import tally
from sos_lint.reporters.names import counted, counted_kind
from sos_lint.reporters.to_html.document import Place, document
from sos_lint.reporters.to_html.explained import explained
from sos_lint.reporters.to_html.notes import marked, notes
from sos_lint.reporters.to_html.tags import tag, words


def to_html(report: Report) -> str:
    """The report as one HTML page. Without excerpts it holds the places and questions, not the documents."""
    kinds = {} if report.for_reader else tally.by_kind(report)
    style = files(__name__).joinpath("style.css").read_text(encoding="utf-8") + _filters(kinds)
    title = _title(report)
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    head = (
        '<meta charset="utf-8">'
        + f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        + '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + '<meta name="color-scheme" content="light dark">'
        + tag("title", words(title))
        + f"<style>{style}</style>"
    )
    parts = [_file(file, f"f{number}", report) for number, file in enumerate(report.files, start=1)]
    main = (tag("h1", words(title)), _choice(kinds), _contents(report), *parts)
    skip = tag("a", "To the documents", class_="skip", href="#f1") if report.files else ""
    body = skip + tag("main", "\n".join(filter(None, main)))
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'


def _title(report: Report) -> str:
    if report.for_reader:
        return "What the words mean, and what you may ask"
    if report.findings:
        found = sum(bool(file.findings) for file in report.files)
        places = counted(len(report.findings), "place", "places")
        return f"{places} to make clearer in {counted(found, 'file', 'files')}"
    return "Nothing to ask" if len(report.files) > len(report.failures) else "No file was read"


def _filters(kinds: Mapping[Kind, Counter[Severity]]) -> str:
    """What hides the marks and notes of a kind whose box is not ticked."""
    rules = []
    for kind in (kind.value for kind in kinds):
        off = f":root:has(#show-{kind}:not(:checked))"
        rules.append(f'{off} [data-kind="{kind}"] > mark {{ background: none; border-color: transparent; }}')
        rules.append(f'{off} :is([data-kind="{kind}"] > :is(.number, .tip), li[data-kind="{kind}"])')
        rules[-1] += " { display: none; }"
    return "\n".join(rules)


def _choice(kinds: Mapping[Kind, Counter[Severity]]) -> str:
    if not kinds:
        return ""
    boxes = [
        tag(
            "label",
            f'<input type="checkbox" id="show-{kind.value}" checked> ',
            words(counted_kind(counts.total(), kind)),
        )
        for kind, counts in kinds.items()
    ]
    return tag("fieldset", tag("legend", "Show"), *boxes, class_="filters")


def _contents(report: Report) -> str:
    if len(report.files) < 2:
        return ""
    links = [
        tag("li", tag("a", words(file.path), href=f"#f{number}"), words(f": {_state(file)}"))
        for number, file in enumerate(report.files, start=1)
    ]
    return tag("nav", tag("ul", *links), aria_label="Files")


def _state(file: FileReport) -> str:
    if file.failure is not None:
        return "could not be read"
    if file.explained is not None:
        return counted(len(once(file.explained)), "explanation", "explanations")
    return counted(len(file.findings), "place", "places") if file.findings else "reads clearly"


def _file(file: FileReport, id: str, report: Report) -> str:
    return tag("section", *_parts(file, id, report), id=id, aria_labelledby=f"{id}-title")


def _parts(file: FileReport, id: str, report: Report) -> Iterator[str]:
    yield tag("h2", words(file.path), id=f"{id}-title")
    if file.failure is not None:
        yield tag("p", words(file.failure.words), class_="failure")
        return
    if file.explained is not None:
        yield from explained(file, id, file.document if report.excerpts else None)
        return
    shows = report.excerpts and file.document is not None
    if shows and file.document is not None:
        yield tag("article", document(file.document, places(id, file.findings)), aria_label="The document")
    if file.findings:
        yield tag("h3", "What to ask")
        yield notes(file.findings, id, linked=shows)
    else:
        yield tag("p", "Nothing to ask: this reads clearly.")


def places(id: str, findings: Sequence[Finding]) -> list[Place]:
    """Where findings are marked in their document; `id` begins the names of their places on the page."""
    return [
        Place(finding.at, partial(marked, finding, f"{id}-{number}", number))
        for number, finding in enumerate(findings, start=1)
    ]
