"""Checkstyle's XML, which review bots and editors read: the findings of each file with line and column."""

from __future__ import annotations

from sos_lint.finding import Finding
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.places import from_here
from sos_lint.reporters.xml import element, written

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "info"}


def to_checkstyle(report: Report) -> str:
    """The report as Checkstyle XML; where the place has a name, it stands in the message."""
    root = element(None, "checkstyle", version="4.3")
    for file in report.files:
        of_file = element(root, "file", name=from_here(file.path))
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
    return written(root)


def _message(finding: Finding) -> str:
    words = " ".join((finding.message, *finding.questions))
    return words if finding.in_words is None else f"{finding.in_words}: {words}"


def _failed(file: FileReport) -> str:
    assert file.failure is not None
    return file.failure.words
