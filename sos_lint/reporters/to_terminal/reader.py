"""The report at a terminal for whoever received a document: what its words mean, and what may be asked.

Each thing is said once, at its first place, with the other places behind it.
"""

from __future__ import annotations

from typing import TextIO

from sos_lint.received import Explanation, once
from sos_lint.report import FileReport, Report
from sos_lint.reporters.received import CLEAR, MAY_ASK, heading, means
from sos_lint.reporters.to_terminal import console_on
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.summary import write_failure
from sos_lint.reporters.writing import Writing


class ReaderWriting(Writing):
    """Writes for whoever received a document. `quiet` leaves one line for each thing, and no questions."""

    def __init__(self, report: Report, stream: TextIO, width: int | None = None, *, quiet: bool) -> None:
        super().__init__(report, stream)
        self._page = Page(console_on(stream, width))
        self._quiet = quiet

    def add(self, file: FileReport) -> None:
        """Write what the words of a file mean."""
        if file.failure is not None:
            write_failure(self._page, file.path, file.failure, one_line=self._quiet)
        else:
            _write_file(self._page, file, quiet=self._quiet)

    def _end(self) -> None:
        """All has been written."""


def _write_file(page: Page, file: FileReport, *, quiet: bool) -> None:
    told = once(file.explained or ())
    if not quiet:
        page.put(page.text(heading(file.path), "bold"))
        page.put()
    if not told and not quiet:
        page.write(page.prose(CLEAR))
        page.put()
    for one, later in told:
        if quiet:
            page.put(page.prose(f"{file.path}:{one.location}  {means(one)}"))
        else:
            _write(page, one, later)


def _write(page: Page, one: Explanation, later: list[Explanation]) -> None:
    places = ", ".join(dict.fromkeys(each.location for each in (one, *later)))
    page.write(page.prose(means(one), "bold"), page.text(f"  ({places})", "dim"))
    if one.questions:
        page.write(page.text(MAY_ASK), indent=4)
        for question in one.questions:
            page.write(page.prose(question), lead=page.text("- "), indent=4)
    page.put()
