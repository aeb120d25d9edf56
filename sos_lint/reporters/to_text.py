"""The report for people, of which a run that finds nothing needs but one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sos_lint.report import FileReport, Report
from sos_lint.reporters.writing import Writing

if TYPE_CHECKING:
    from sos_lint.reporters.to_terminal import PageWriting


class TextWriting(Writing):
    """Writes for people. What draws the page is only loaded when there is something to draw."""

    def __init__(
        self, report: Report, stream: TextIO, width: int | None = None, *, verbose: bool, quiet: bool
    ) -> None:
        super().__init__(report, stream)
        self._width = width
        self._verbose = verbose
        self._quiet = quiet
        self._clear = 0  # files before the first of which there is something to say
        self._page: PageWriting | None = None

    def add(self, file: FileReport) -> None:
        """Write what was found in a file."""
        if self._page is None and not self._says(file):
            self._clear += 1
        else:
            self._on_page().add(file)

    def _end(self) -> None:
        if self._page is not None or self.report.aside is not None or not self._clear:
            self._on_page().end(self.report)
        elif not self._quiet:
            reads = "file reads" if self._clear == 1 else "files read"
            self.stream.write(f"Nothing to ask: {self._clear} {reads} clearly.\n")

    def _says(self, file: FileReport) -> bool:
        """True where there is something to show of a file but that it was read."""
        found = file.findings or file.failure or file.glossary or (self._verbose and file.told)
        return bool(found or self.report.summary or self.report.statistics)

    def _on_page(self) -> PageWriting:
        """The page, on which the files before are counted."""
        if self._page is None:
            from sos_lint.reporters.to_terminal import PageWriting, console_on
            from sos_lint.reporters.to_terminal.page import Page

            page = Page(console_on(self.stream, self._width))
            self._page = PageWriting(self.report, page, verbose=self._verbose, quiet=self._quiet)
            for _ in range(self._clear):
                self._page.add(FileReport(""))
        return self._page
