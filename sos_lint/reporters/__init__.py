"""Reports for people and for programs: each takes a `Report` and gives text. None lints or reads files."""

from __future__ import annotations

from typing import TextIO

from sos_lint.errors import BadConfig
from sos_lint.report import Report

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
    """Write the report to a stream, in one of `FORMATS`.

    `width`, `verbose` and `quiet` shape the text alone; without a width the terminal's own is used.
    """
    if format == "text" and report.for_reader:
        from sos_lint.reporters.to_terminal import console_on
        from sos_lint.reporters.to_terminal.reader import to_reader

        to_reader(report, console_on(stream, width), quiet=quiet)
    elif format == "text" and _is_clean(report) and not _adds(report, verbose=verbose):
        if not quiet:
            read = len(report.files)
            stream.write(f"Nothing to ask: {read} {'file reads' if read == 1 else 'files read'} clearly.\n")
    elif format == "text":
        from sos_lint.reporters.to_terminal import console_on, to_terminal

        to_terminal(report, console_on(stream, width), verbose=verbose, quiet=quiet)
    elif format == "json":
        from sos_lint.reporters.to_json import to_json

        stream.write(to_json(report, ascii_only=not holds_unicode(stream)))
    elif format in FORMATS:
        from importlib import import_module

        write_as = getattr(import_module(f"sos_lint.reporters.to_{format}"), f"to_{format}")
        stream.write(write_as(report))
    else:
        raise BadConfig(
            "--format", f"There is no report called “{format}”.", f"Choose {' or '.join(FORMATS)}."
        )


def _is_clean(report: Report) -> bool:
    """True where one sentence says it all: not worth the time that it takes to import rich."""
    return bool(report.files) and not (
        report.findings or report.failures or report.statistics or report.aside
    )


def _adds(report: Report, *, verbose: bool) -> bool:
    """True where there is something to show that is no finding."""
    return report.summary or any(file.glossary or (verbose and file.told) for file in report.files)


def holds_unicode(stream: TextIO) -> bool:
    """True when every sign can be written to the stream."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().startswith("utf")
