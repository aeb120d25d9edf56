"""What every report has in common: it is given what became of the files, one after another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TextIO

from sos_lint.report import FileReport, Report


class Writing(ABC):
    """One report that is being written to a stream.

    Of `report` counts what is to be told and what holds for all files. The files are added one by one.
    """

    def __init__(self, report: Report, stream: TextIO) -> None:
        self.report = report
        self.stream = stream

    @abstractmethod
    def add(self, file: FileReport) -> None:
        """Tell what became of the next file; they come sorted by path."""

    def end(self, report: Report) -> None:
        """Tell what was not known before all files were read: the rules that found something, a baseline."""
        self.report = report
        self._end()

    @abstractmethod
    def _end(self) -> None:
        """Write what follows the last file."""
