"""Reports for people and for programs: each is given what became of the files, one after another.

A report that can be is written as it goes; one that begins with what is only known at the end keeps its words
packed until then. None lints or reads files.
"""

from __future__ import annotations

from typing import TextIO

from sos_lint.errors import BadConfig
from sos_lint.report import Report
from sos_lint.reporters.writing import Writing

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "summary", "html")


def write(
    report: Report,
    format: str,
    stream: TextIO,
    *,
    width: int | None = None,
    verbose: bool = False,
    quiet: bool = False,
) -> None:
    """Write a whole report to a stream (see `writer`)."""
    writing = writer(report, format, stream, width=width, verbose=verbose, quiet=quiet)
    for file in report.files:
        writing.add(file)
    writing.end(report)


def writer(
    report: Report,
    format: str,
    stream: TextIO,
    *,
    width: int | None = None,
    verbose: bool = False,
    quiet: bool = False,
) -> Writing:
    """What writes a report to a stream, in one of `FORMATS`.

    Of `report` counts what is to be told; its files are given to the writer. `width`, `verbose` and `quiet`
    shape the text alone; without a width the terminal's own is used.
    """
    if format == "text" and report.for_reader:
        from sos_lint.reporters.to_terminal.reader import ReaderWriting

        return ReaderWriting(report, stream, width, quiet=quiet)
    if format == "text":
        from sos_lint.reporters.to_text import TextWriting

        return TextWriting(report, stream, width, verbose=verbose, quiet=quiet)
    if format not in FORMATS:
        raise BadConfig(
            "--format", f"There is no report called “{format}”.", f"Choose {' or '.join(FORMATS)}."
        )
    from importlib import import_module

    module = import_module(f"sos_lint.reporters.to_{format}")
    made: Writing = getattr(module, f"{format.capitalize()}Writing")(report, stream)
    return made


def holds_unicode(stream: TextIO) -> bool:
    """True when every sign can be written to the stream."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().startswith("utf")
