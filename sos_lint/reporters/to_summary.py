"""A summary in Markdown, for a comment on a pull request or the summary of a job.

Code hosts act on what stands in a comment: names in it call people, numbers link issues, lines that start
with a slash are commands, pictures are fetched. Nothing of a document may do so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sos_lint.finding import Finding
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters import tally
from sos_lint.reporters.clean import visible
from sos_lint.reporters.gather import gather
from sos_lint.reporters.markdown import escaped, table
from sos_lint.reporters.names import counted, short_location
from sos_lint.reporters.places import from_here
from sos_lint.reporters.remedies import instead

MARK = "<!-- sos-lint -->"  # by which a workflow finds its comment again
MOST = 100  # rows that are listed: GitHub takes 65,536 characters
PLACES = 8  # listed of a row
LONGEST = 160  # of a finding's words

# What GitHub and GitLab make links and calls of: @name, #1, !1, ~label, %milestone, &1, $1, GH-1, www., //.
_REFERENCE = re.compile(r"(?<=[@#!~%&$])(?=\w)|(?<=GH)(?=-\d)|(?<=www)(?=\.)|(?<=:)(?=//)", re.IGNORECASE)
_BREAK = "\u2060"  # joins words, shows nothing, and ends a reference


def to_summary(report: Report) -> str:
    """How many places there are of each kind, and then the places, by file."""
    return "\n".join((MARK, *_lines(report))) + "\n"


def _lines(report: Report) -> Iterator[str]:
    found, files = len(report.findings), sum(bool(file.findings) for file in report.files)
    if found:
        places = f"{counted(found, 'place', 'places')} to make clearer"
        yield f"## sos-lint: {places} in {counted(files, 'file', 'files')}"
        yield from ("", *_kinds(report))
    elif read := len(report.files) - len(report.failures):
        yield "## sos-lint: nothing to ask"
        yield from (
            "",
            f"{counted(read, 'file reads', 'files read')} clearly.",
        )
    else:
        yield "## sos-lint: no file was read"
    if report.failures:
        yield from ("", f"### {counted(len(report.failures), 'file', 'files')} could not be read", "")
        yield from (_failed(file) for file in report.failures)
    rows = listed = 0
    for file in report.files:
        groups = gather(file.findings)[: MOST - rows]
        if groups:
            yield from ("", f"### {_plain(from_here(file.path))}: {len(file.findings):,}", "")
            yield from _findings(groups, excerpts=report.excerpts)
        rows += len(groups)
        listed += sum(map(len, groups))
    if found > listed:
        yield from ("", f"And {found - listed:,} more, not listed here.")


def _kinds(report: Report) -> list[str]:
    severities = sorted(Severity, reverse=True)
    rows = [
        [kind.value, *(str(counts[severity] or "") for severity in severities)]
        for kind, counts in tally.by_kind(report).items()
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
