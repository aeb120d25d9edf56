"""`sos-lint check`: lint files and folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.config import Settings, parse_fail_on

if TYPE_CHECKING:
    from sos_lint.project import Project
    from sos_lint.report import FileReport, Report

MANY = 20  # files from which a progress bar is shown


class Format(str, Enum):
    """How to report."""

    TEXT = "text"
    JSON = "json"


class FailOn(str, Enum):
    """The least severity that makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"
    NEVER = "never"


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files and folders, or - for standard input.", metavar="[PATH]..."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to report.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report to this file.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only these rules, packs or kinds.", metavar="NAME")
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", help="All but these rules, packs or kinds.", metavar="NAME"),
    ] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option("--pack", help="A further rule pack: its folder or file.", metavar="PATH"),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 1 from this severity on. [default: warning]"),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="Use this configuration, not the nearest.", metavar="FILE")
    ] = None,
    excerpts: Annotated[
        bool, typer.Option("--excerpts/--no-excerpts", help="Show words of the document in the report.")
    ] = True,
    statistics: Annotated[bool, typer.Option("--statistics", help="Add counts by rule.")] = False,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", help="What to call standard input; its ending tells the kind.")
    ] = "-",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every repeat.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line for each finding.")] = False,
) -> None:
    """Say which words are not yet clear, and what to ask of each."""
    from sos_lint.project import Project
    from sos_lint.report import Report
    from sos_lint.reporters import write

    def asked(settings: Settings) -> Settings:
        return replace(
            settings,
            select=tuple(select or settings.select),
            ignore=(*settings.ignore, *(ignore or ())),
            packs=(*settings.packs, *(pack or ())),
            fail_on=parse_fail_on(fail_on.value, "--fail-on") if fail_on else settings.fail_on,
        )

    project = Project(asked, config=config, excerpts=excerpts)
    files = sorted(_reports(project, paths or ["."], stdin_filename), key=lambda file: file.path)
    report = Report(tuple(files), excerpts, statistics)
    if output is None:
        write(report, format.value, sys.stdout, verbose=verbose, quiet=quiet)
    else:
        _write_file(report, format, output, verbose=verbose, quiet=quiet)
    raise typer.Exit(2 if report.failures else int(any(file.fails for file in files)))


def _reports(project: Project, paths: list[str], stdin_filename: str) -> Iterator[FileReport]:
    from sos_lint.batch import lint_files
    from sos_lint.readers.find import find_documents
    from sos_lint.report import Failure, FileReport

    if "-" in paths:
        yield _from_stdin(project, stdin_filename)
    found, faults = find_documents(path for path in paths if path != "-")
    for fault in faults:
        yield FileReport(fault.place, failure=Failure(fault.sentence, fault.hint))
    yield from _shown_progress(lint_files(found, project.choose), len(found))


def _from_stdin(project: Project, name: str) -> FileReport:
    from sos_lint.batch import lint_one
    from sos_lint.readers import read_bytes

    linter, settings = project.choose(Path.cwd() / name)
    return lint_one(name, lambda: read_bytes(sys.stdin.buffer.read(), name), linter, settings)


def _shown_progress(reports: Iterator[FileReport], total: int) -> Iterator[FileReport]:
    """The same reports; on a terminal, long work shows how far it is."""
    if total < MANY or not sys.stderr.isatty():
        return reports
    from rich.console import Console
    from rich.progress import track

    return iter(
        track(reports, "Reading", total, console=Console(stderr=True), transient=True, update_period=0.2)
    )


def _write_file(report: Report, format: Format, output: Path, *, verbose: bool, quiet: bool) -> None:
    """Write the report whole or not at all."""
    import io
    import os
    import tempfile

    from sos_lint.errors import SosLintError
    from sos_lint.reporters import write

    text = io.StringIO()
    write(report, format.value, text, width=100, verbose=verbose, quiet=quiet)
    try:
        handle, name = tempfile.mkstemp(dir=output.absolute().parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text.getvalue())
            Path(name).replace(output)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        raise SosLintError(
            str(output), f"the report cannot be written: {why}.", "Choose another place."
        ) from error
