"""The report for people: each finding with its sentence and its questions, then a summary.

Words come from documents and file names, so they are never read as markup and never steer the
terminal; the meaning never rests on colour.
"""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.text import Text

from sos_lint.report import Report
from sos_lint.reporters import glossary
from sos_lint.reporters.gather import gather
from sos_lint.reporters.names import kind_name, location
from sos_lint.reporters.to_terminal.block import write_block, write_told
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.ready import write_ready
from sos_lint.reporters.to_terminal.summary import (
    write_failure,
    write_readability,
    write_statistics,
    write_summary,
)


def console_on(stream: TextIO, width: int | None = None) -> Console:
    """A console that writes to the stream; colour and width as the stream and environment say.

    Where a width is given the report is for a file: no colour, even if FORCE_COLOR wants it on terminals.
    """
    terminal = None if width is None else False
    return Console(
        file=stream, width=width, force_terminal=terminal, markup=False, highlight=False, emoji=False
    )


def to_terminal(report: Report, console: Console, *, verbose: bool = False, quiet: bool = False) -> None:
    """Write the report on a console.

    `verbose` adds the sentence to start from, every place of a repeat, and what is told in full. `quiet`
    leaves one line for each finding and each failure, and no summary.
    """
    page = Page(console)
    if report.summary:
        for file in report.files:
            write_ready(page, file)
        _write_failures(page, report)
    elif quiet:
        _write_lines(page, report)
    else:
        _write_blocks(page, report, verbose=verbose)


def _write_blocks(page: Page, report: Report, *, verbose: bool) -> None:
    for file in report.files:
        for group in gather(file.findings):
            write_block(page, group, excerpts=report.excerpts, verbose=verbose)
            page.put()
        if verbose and file.told:
            for finding in file.told:
                write_told(page, finding)
            page.put()
    _write_glossaries(page, report)
    _write_failures(page, report)
    if report.failures:
        page.put()
    if report.statistics:
        write_statistics(page, report)
        write_readability(page, report)
        page.put()
    write_summary(page, report)


def _write_glossaries(page: Page, report: Report) -> None:
    """What the short forms of each file mean: whole lines, to be copied."""
    for file in report.files:
        if file.glossary:
            page.put(page.text(f"{glossary.TITLE} in {file.path}", "bold"))
            for term in file.glossary:
                page.put(page.prose(glossary.line(term)))
            page.put()


def _write_lines(page: Page, report: Report) -> None:
    for finding in report.findings:
        pieces = (
            page.text(location(finding), "bold"),
            page.text(kind_name(finding.kind), "magenta"),
            page.text(finding.rule, "dim"),
            page.prose(finding.message),
        )
        page.put(Text("  ").join(pieces))
    _write_failures(page, report, one_line=True)


def _write_failures(page: Page, report: Report, *, one_line: bool = False) -> None:
    for file in report.files:
        if file.failure is not None:
            write_failure(page, file.path, file.failure, one_line=one_line)
