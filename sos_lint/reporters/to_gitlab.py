"""GitLab's Code Quality report: a JSON list, shown beside the lines of a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from sos_lint.digest import blake2b
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.clean import visible
from sos_lint.reporters.identity import identities
from sos_lint.reporters.places import from_here, place_and_line
from sos_lint.reporters.plain_json import items
from sos_lint.reporters.writing import Writing

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


class GitlabWriting(Writing):
    """Writes the report as a list of issues in ASCII, a file at a time."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._begun = False
        stream.write("[")

    def add(self, file: FileReport) -> None:
        """Write what was found in a file."""
        issues = items(_issues(file, excerpts=self.report.excerpts))
        if issues:
            self.stream.write(f"{',' if self._begun else ''}\n{issues}")
            self._begun = True

    def _end(self) -> None:
        self.stream.write("\n]\n" if self._begun else "]\n")


def _issues(file: FileReport, *, excerpts: bool) -> Iterator[dict[str, Any]]:
    if file.failure is not None:
        path, line = place_and_line(file.path)
        words = file.failure.words
        yield _issue("sos-lint", "critical", words, path, (line or 1, line or 1), file.path)
    for finding, identity in zip(file.findings, identities(file, excerpts=excerpts), strict=False):
        lines = (finding.start.line, finding.end.line) if finding.where is None else (1, 1)
        words = " ".join((finding.message, *finding.questions))
        said = f"{words} ({finding.in_words})" if finding.in_words else words
        yield _issue(finding.rule, _SEVERITIES[finding.severity], said, file.path, lines, identity)


def _issue(
    rule: str, severity: str, words: str, path: str, lines: tuple[int, int], identity: str
) -> dict[str, Any]:
    """One issue. GitLab asks for a line, so that of a format without lines is said to be the first."""
    there = visible(from_here(path))
    told = f"{there}\n{identity}".encode("utf-8", "surrogatepass")
    return {
        "description": visible(words),
        "check_name": rule,
        "fingerprint": blake2b(told, digest_size=16).hexdigest(),
        "severity": severity,
        "location": {"path": there, "lines": {"begin": lines[0], "end": lines[1]}},
    }
