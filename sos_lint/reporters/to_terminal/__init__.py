"""The report for people: each finding with its sentence and its questions, then a summary.

Words come from documents and file names, so they are never read as markup and never steer the
terminal; the meaning never rests on colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sos_lint.report import FileReport, Readability, Report, Term
from sos_lint.reporters import glossary
from sos_lint.reporters.gather import gather
from sos_lint.reporters.tally import Tally
from sos_lint.reporters.to_terminal.block import Blocks
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.ready import write_ready
from sos_lint.reporters.to_terminal.styled import Sheet, console_on
from sos_lint.reporters.to_terminal.summary import (
    write_failure,
    write_readability,
    write_statistics,
    write_summary,
)
from sos_lint.reporters.writing import Writing

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["PageWriting", "console_on", "to_terminal"]


def to_terminal(
    report: Report, console: Console | Sheet, *, verbose: bool = False, quiet: bool = False
) -> None:
    """Write a whole report on a console (see `PageWriting`)."""
    writing = PageWriting(report, Page(console), verbose=verbose, quiet=quiet)
    for file in report.files:
        writing.add(file)
    writing.end(report)


class PageWriting(Writing):
    """Writes the findings of each file, and at the end what is told of all.

    `verbose` adds the sentence to start from, every place of a repeat, and what is told in full. `quiet`
    leaves one line for each finding and each failure, and no summary.
    """

    def __init__(self, report: Report, page: Page, *, verbose: bool, quiet: bool) -> None:
        super().__init__(report, page.stream)
        self._page = page
        self._verbose = verbose
        self._quiet = quiet
        self._blocks = Blocks(page, excerpts=report.excerpts, verbose=verbose)
        self._tally = Tally()
        self._failed: list[FileReport] = []
        self._glossaries: list[tuple[str, tuple[Term, ...]]] = []
        self._measured: list[tuple[str, Readability]] = []

    def add(self, file: FileReport) -> None:
        """Write what was found in a file."""
        self._tally.add(file)
        if file.failure is not None:
            self._failed.append(file)
        elif self.report.summary:
            write_ready(self._page, file)
        elif self._quiet:
            self._page.show("".join(map(self._blocks.brief, file.findings)))
        else:
            self._write_blocks(file)

    def _end(self) -> None:
        page = self._page
        if self.report.summary or self._quiet:
            self._write_failures(one_line=self._quiet and not self.report.summary)
            return
        for path, terms in self._glossaries:
            _write_glossary(page, path, terms)
        self._write_failures()
        if self._failed:
            page.put()
        if self.report.statistics:
            write_statistics(page, self._tally)
            write_readability(page, self._measured, self._tally.readability)
            page.put()
        write_summary(page, self._tally, [file.path for file in self._failed], self.report.aside)

    def _write_blocks(self, file: FileReport) -> None:
        made: list[str] = []
        for group in gather(file.findings):
            made += self._blocks.block(group)
            made.append("\n")
        if self._verbose and file.told:
            made += map(self._blocks.told, file.told)
            made.append("\n")
        self._page.show("".join(made))
        if file.glossary:
            self._glossaries.append((file.path, file.glossary))
        if self.report.statistics and file.readability:
            self._measured.append((file.path, file.readability))

    def _write_failures(self, *, one_line: bool = False) -> None:
        for file in self._failed:
            assert file.failure is not None
            write_failure(self._page, file.path, file.failure, one_line=one_line)


def _write_glossary(page: Page, path: str, terms: Sequence[Term]) -> None:
    """What the short forms of a file mean: whole lines, to be copied."""
    page.put(page.text(f"{glossary.TITLE} in {path}", "bold"))
    for term in terms:
        page.put(page.prose(glossary.line(term)))
    page.put()
