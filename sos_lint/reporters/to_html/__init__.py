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
from typing import TextIO

from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Severity
from sos_lint.received import once
from sos_lint.report import FileReport, Report
from sos_lint.reporters.names import counted, counted_kind
from sos_lint.reporters.packed import Packed
from sos_lint.reporters.tally import Tally
from sos_lint.reporters.to_html.document import Place, document
from sos_lint.reporters.to_html.explained import explained
from sos_lint.reporters.to_html.notes import marked, notes
from sos_lint.reporters.to_html.tags import tag, words
from sos_lint.reporters.writing import Writing

_RECEIVED = "What the words mean, and what you may ask"  # the title for whoever received the documents


class HtmlWriting(Writing):
    """Writes the report as one HTML page. Without excerpts it holds places and questions, not the documents.

    Its head says how much was found, so what is shown of each file is kept until the end.
    """

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._tally = Tally()
        self._contents: list[tuple[str, str]] = []  # each file's path and state
        self._sections = Packed()

    def add(self, file: FileReport) -> None:
        """Keep what is shown of a file."""
        self._tally.add(file)
        self._contents.append((file.path, _state(file)))
        self._sections.write(f"\n{_file(file, f'f{self._tally.files}', excerpts=self.report.excerpts)}")

    def _end(self) -> None:
        kinds = {} if self.report.for_reader else self._tally.by_kind
        title = _RECEIVED if self.report.for_reader else _title(self._tally)
        skip = tag("a", "To the documents", class_="skip", href="#f1") if self._contents else ""
        lead = "\n".join(filter(None, (tag("h1", words(title)), _choice(kinds), _contents(self._contents))))
        head = f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>{_head(title, kinds)}</head>\n'
        self.stream.write(f"{head}<body>{skip}<main>{lead}")
        self.stream.writelines(self._sections)
        self.stream.write("</main></body>\n</html>\n")


def _head(title: str, kinds: Mapping[Kind, Counter[Severity]]) -> str:
    style = files(__name__).joinpath("style.css").read_text(encoding="utf-8") + _filters(kinds)
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    return (
        '<meta charset="utf-8">'
        + f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        + '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + '<meta name="color-scheme" content="light dark">'
        + tag("title", words(title))
        + f"<style>{style}</style>"
    )


def _title(tally: Tally) -> str:
    if tally.findings:
        places = counted(tally.findings, "place", "places")
        return f"{places} to make clearer in {counted(tally.found_in, 'file', 'files')}"
    return "Nothing to ask" if tally.read else "No file was read"


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


def _contents(files: Sequence[tuple[str, str]]) -> str:
    if len(files) < 2:
        return ""
    links = [
        tag("li", tag("a", words(path), href=f"#f{number}"), words(f": {state}"))
        for number, (path, state) in enumerate(files, start=1)
    ]
    return tag("nav", tag("ul", *links), aria_label="Files")


def _state(file: FileReport) -> str:
    if file.failure is not None:
        return "could not be read"
    if file.explained is not None:
        return counted(len(once(file.explained)), "explanation", "explanations")
    return counted(len(file.findings), "place", "places") if file.findings else "reads clearly"


def _file(file: FileReport, id: str, *, excerpts: bool) -> str:
    return tag("section", *_parts(file, id, excerpts=excerpts), id=id, aria_labelledby=f"{id}-title")


def _parts(file: FileReport, id: str, *, excerpts: bool) -> Iterator[str]:
    yield tag("h2", words(file.path), id=f"{id}-title")
    if file.failure is not None:
        yield tag("p", words(file.failure.words), class_="failure")
        return
    if file.explained is not None:
        yield from explained(file, id, file.document if excerpts else None)
        return
    shows = excerpts and file.document is not None
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
