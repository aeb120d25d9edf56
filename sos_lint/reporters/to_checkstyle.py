"""Checkstyle's XML, which review bots and editors read: the findings of each file with line and column."""

from __future__ import annotations

from typing import TextIO
from xml.etree.ElementTree import Element

from sos_lint.finding import Finding
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.places import from_here
from sos_lint.reporters.writing import Writing
from sos_lint.reporters.xml import PROLOGUE, alone, element, end, inner, start

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "info"}


class CheckstyleWriting(Writing):
    """Writes the report as Checkstyle XML, a file at a time; a place with a name has it in the message."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._begun = False

    def add(self, file: FileReport) -> None:
        """Write what was found in a file."""
        if not self._begun:
            self.stream.write(PROLOGUE + start(_root()))
            self._begun = True
        self.stream.write(inner(_file(file)))

    def _end(self) -> None:
        self.stream.write(end(_root()) if self._begun else PROLOGUE + alone(_root()))


def _root() -> Element:
    return element(None, "checkstyle", version="4.3")


def _file(file: FileReport) -> Element:
    of_file = element(None, "file", name=from_here(file.path))
    if file.failure is not None:
        element(of_file, "error", severity="error", message=_failed(file), source="sos-lint")
    for finding in file.findings:
        lined = finding.where is None
        element(
            of_file,
            "error",
            line=finding.start.line if lined else None,
            column=finding.start.column if lined else None,
            severity=_SEVERITIES[finding.severity],
            message=_message(finding),
            source=f"sos-lint.{finding.rule.replace('/', '.')}",
        )
    return of_file


def _message(finding: Finding) -> str:
    words = " ".join((finding.message, *finding.questions))
    return words if finding.in_words is None else f"{finding.in_words}: {words}"


def _failed(file: FileReport) -> str:
    assert file.failure is not None
    return file.failure.words
