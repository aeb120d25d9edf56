"""A summary in Markdown, for a comment on a pull request or the summary of a job.

Code hosts act on what stands in a comment: names in it call people, numbers link issues, lines that start
with a slash are commands, pictures are fetched. Nothing of a document may do so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from sos_lint.finding import Finding
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.clean import visible
from sos_lint.reporters.gather import gather
from sos_lint.reporters.markdown import escaped, table
from sos_lint.reporters.names import counted, short_location
from sos_lint.reporters.places import from_here
from sos_lint.reporters.remedies import instead
from sos_lint.reporters.tally import Tally
from sos_lint.reporters.writing import Writing

MARK = "<!-- sos-lint -->"  # by which a workflow finds its comment again
MOST = 100  # rows that are listed: GitHub takes 65,536 characters
PLACES = 8  # listed of a row
LONGEST = 160  # of a finding's words

# What GitHub and GitLab make links and calls of: @name, #1, !1, ~label, %milestone, &1, $1, GH-1, www., //.
_REFERENCE = re.compile(r"(?<=[@#!~%&$])(?=\w)|(?<=GH)(?=-\d)|(?<=www)(?=\.)|(?<=:)(?=//)", re.IGNORECASE)
_BREAK = "\u2060"  # joins words, shows nothing, and ends a reference


class SummaryWriting(Writing):
    """Writes how many places there are of each kind, and then the first of them, by file."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._tally = Tally()
        self._failed: list[str] = []
        self._listed: list[str] = []  # lines
        self._rows = self._places = 0

    def add(self, file: FileReport) -> None:
        """Count what was found in a file, and keep the rows for which there is room."""
        self._tally.add(file)
        if file.failure is not None:
            self._failed.append(_failed(file))
        groups = gather(file.findings)[: MOST - self._rows] if self._rows < MOST else []
        if groups:
            self._listed += ("", f"### {_plain(from_here(file.path))}: {len(file.findings):,}", "")
            self._listed += _findings(groups, excerpts=self.report.excerpts)
        self._rows += len(groups)
        self._places += sum(map(len, groups))

    def _end(self) -> None:
        self.stream.writelines(f"{line}\n" for line in (MARK, *self._lines()))

    def _lines(self) -> Iterator[str]:
        yield from _heading(self._tally)
        if self._failed:
            yield from ("", f"### {counted(len(self._failed), 'file', 'files')} could not be read", "")
            yield from self._failed
        yield from self._listed
        if self._tally.findings > self._places:
            yield from ("", f"And {self._tally.findings - self._places:,} more, not listed here.")


def _heading(tally: Tally) -> Iterator[str]:
    if tally.findings:
        places = f"{counted(tally.findings, 'place', 'places')} to make clearer"
        yield f"## sos-lint: {places} in {counted(tally.found_in, 'file', 'files')}"
        yield from ("", *_kinds(tally))
    elif tally.read:
        yield "## sos-lint: nothing to ask"
        yield from ("", f"{counted(tally.read, 'file reads', 'files read')} clearly.")
    else:
        yield "## sos-lint: no file was read"


def _kinds(tally: Tally) -> list[str]:
    severities = sorted(Severity, reverse=True)
    rows = [
        [kind.value, *(str(counts[severity] or "") for severity in severities)]
        for kind, counts in tally.by_kind.items()
    ]
    return table(["kind", *(severity.label for severity in severities)], rows)


def _findings(groups: Sequence[tuple[Finding, ...]], *, excerpts: bool) -> list[str]:
    rows = [
        [
            _places(group),
            _plain(_cut(group[0].text)) if excerpts else "",
            "<br>".join(map(_plain, _asked(group[0]))),
            _plain(group[0].rule),
        ]
        for group in groups
    ]
    return table(["place", "words", "what to ask", "rule"], rows)


def _places(group: Sequence[Finding]) -> str:
    """Where findings are that say the same: all of the first few places."""
    places = "; ".join(_plain(short_location(finding)) for finding in group[:PLACES])
    return places if len(group) <= PLACES else f"{places} and {len(group) - PLACES:,} more"


def _asked(finding: Finding) -> Iterator[str]:
    """The open questions, else what is wrong; then the remedy that fits on a line."""
    yield from finding.questions or (finding.message,)
    if finding.meanings:
        yield f"May mean: {' / '.join(meaning.expansion for meaning in finding.meanings)}"
    if finding.alternatives:
        yield f"{instead(finding.kind)}: {' / '.join(finding.alternatives)}"


def _failed(file: FileReport) -> str:
    assert file.failure is not None
    words = file.failure.words
    return f"- {_plain(file.path)}: {_plain(words)}"


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _plain(words: str) -> str:
    """Words that are shown as they stand, and that no code host acts on."""
    return escaped(_REFERENCE.sub(_BREAK, visible(words)))
