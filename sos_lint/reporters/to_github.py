"""Annotations of GitHub Actions: workflow commands, one a line, that stand beside the words they are about.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. The runner obeys whatever
looks like a command in what a step prints, so no sign of a document may end a line or a property.
"""

from __future__ import annotations

from typing import TextIO

from sos_lint.finding import Finding
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.clean import safe_line
from sos_lint.reporters.packed import Packed
from sos_lint.reporters.places import from_here, place_and_line
from sos_lint.reporters.to_comments import comment_on
from sos_lint.reporters.writing import Writing

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}

_IN_WORDS = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_WORDS | str.maketrans({":": "%3A", ",": "%2C"})


class GithubWriting(Writing):
    """Writes an error for each file that could not be read, then a command for each finding.

    The runner shows only the first of them, so the commands are kept until all errors are known.
    """

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._commands = Packed()

    def add(self, file: FileReport) -> None:
        """Write that a file could not be read, or keep what was found in it."""
        if file.failure is not None:
            self.stream.write(f"{_failed(file)}\n")
        for finding in file.findings:
            self._commands.write(f"{_finding(finding)}\n")

    def _end(self) -> None:
        self.stream.writelines(self._commands)


def _finding(finding: Finding) -> str:
    words = list(comment_on(finding))
    if finding.where is None:
        start, end = finding.start, finding.end
        place = {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:  # GitHub takes no columns of a run over several lines
            place |= {"col": str(start.column), "endColumn": str(end.column)}
    else:
        place = {}
    if finding.in_words is not None:
        words[0] = f"{finding.in_words}: {words[0]}"
    return _command(_LEVELS[finding.severity], finding.path, place, finding.rule, words)


def _failed(file: FileReport) -> str:
    assert file.failure is not None
    path, line = place_and_line(file.path)
    place = {"line": str(line)} if line is not None else {}
    words = [part for part in (file.failure.message, file.failure.hint) if part]
    return _command("error", path, place, "sos-lint", words)


def _command(level: str, path: str, place: dict[str, str], title: str, words: list[str]) -> str:
    properties = {"file": from_here(path), **place, "title": title}
    told = ",".join(
        f"{name}={safe_line(value).translate(_IN_PROPERTY)}" for name, value in properties.items()
    )
    text = "\n".join(map(safe_line, words))
    return f"::{level} {told}::{text.translate(_IN_WORDS)}"
