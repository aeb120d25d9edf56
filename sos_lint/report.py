"""What became of a run: one report for each document, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sos_lint.finding import Finding


class Failure(NamedTuple):
    """A document that could not be read: why, and how to mend it. Never holds its words."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one document: findings in order, or a failure, never both.

    `fails` is True when a finding reaches the threshold that was set for this file.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    words: int = 0
    fails: bool = False

    def __post_init__(self) -> None:
        if self.failure is not None and self.findings:
            raise ValueError("a file has findings or a failure, never both")


@dataclass(frozen=True, slots=True)
class Report:
    """One run over some documents, sorted by path."""

    files: tuple[FileReport, ...] = ()
    excerpts: bool = True
    statistics: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the run, in order."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def failures(self) -> tuple[FileReport, ...]:
        """The files that could not be read."""
        return tuple(file for file in self.files if file.failure is not None)
