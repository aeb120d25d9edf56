"""`sos-lint check`: lint files and folders."""

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.cli import options, out
from sos_lint.settings import FailOn

if TYPE_CHECKING:
    from sos_lint.document import Document
    from sos_lint.project import Project
    from sos_lint.report import FileReport

MANY = 20  # files from which a progress bar is shown
FILE_WIDTH = 100  # columns of a report that goes to a file
STDIN = "-"

EPILOG = """\
Reads plain text (.txt), Markdown (.md) and Word (.docx). Nothing leaves this computer.

\b
Examples:
  sos-lint check draft.docx
  sos-lint check letters/ --select acronyms,jargon
  sos-lint check --format json --output report.json

\b
Exit status:
  0  nothing to ask, or nothing at the --fail-on severity
  1  findings at that severity or above
  2  something could not be read or followed; the rest is reported
"""


class Format(str, Enum):
    """How to report."""

    TEXT = "text"
    JSON = "json"


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files and folders, or - for standard input. [default: this folder]", metavar="[PATH]..."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to report.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the report to this file.", metavar="FILE"),
    ] = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 1 from this severity on. [default: warning]"),
    ] = None,
    config: options.Configuration = None,
    excerpts: Annotated[
        bool, typer.Option("--excerpts/--no-excerpts", help="Show words of the document in the report.")
    ] = True,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Add counts by rule, and the reading age.")
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            "--stdin-filename", help="What to call standard input; its ending tells the kind.", metavar="NAME"
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every repeat, and a sentence to start from.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line for each finding.")] = False,
) -> None:
    """Say which words are not yet clear, and what to ask of each."""
    from sos_lint.project import Project
    from sos_lint.report import Report
    from sos_lint.reporters import write

    paths = paths or [STDIN if stdin_filename else "."]
    if output is not None:
        out.check_place(output, paths)
    asked = options.settings(select, ignore, also, profile, pack, fail_on)
    project = Project(asked, config=config, excerpts=excerpts)
    reports = _reports(project, paths, stdin_filename or STDIN, output, measure=statistics)
    report = Report(tuple(sorted(reports, key=lambda file: file.path)), excerpts, statistics)
    if output is None:
        with out.printing() as stream:
            write(report, format.value, stream, verbose=verbose, quiet=quiet)
    else:
        import io

        text = io.StringIO()
        write(report, format.value, text, width=FILE_WIDTH, verbose=verbose, quiet=quiet)
        out.write_file(output, text.getvalue())
    raise typer.Exit(2 if report.failures else int(any(file.fails for file in report.files)))


def _reports(
    project: "Project", paths: list[str], stdin_name: str, output: Path | None, *, measure: bool
) -> "Iterator[FileReport]":
    from sos_lint.batch import lint_files
    from sos_lint.config import plain_path
    from sos_lint.readers import read
    from sos_lint.readers.find import Found, find_documents
    from sos_lint.report import Failure, FileReport

    found, faults = find_documents(path for path in paths if path != STDIN)
    for fault in faults:
        yield FileReport(fault.place, failure=Failure(fault.sentence, fault.hint))
    if output is not None:  # an earlier report in a folder of drafts is none of them
        found = [document for document in found if plain_path(document.path) != plain_path(output)]
    typed = Found(Path(stdin_name), stdin_name) if STDIN in paths else None
    documents = [*([typed] if typed else []), *found]

    def open_(document: "Found") -> "Document":
        return _from_stdin(stdin_name) if document is typed else read(document.path, document.name)

    reports = lint_files(documents, project.choose, open_, measure=measure)
    yield from _shown_progress(reports, len(documents))


def _from_stdin(name: str) -> "Document":
    from sos_lint.errors import UnreadableFile
    from sos_lint.readers import read_bytes

    if sys.stdin is None:
        raise UnreadableFile(name, "Standard input is closed.", "Name a file, or pipe the draft in.")
    if sys.stdin.isatty():
        print("Type or paste the draft. Then press Ctrl-D (on Windows Ctrl-Z and Enter).", file=sys.stderr)
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        raise UnreadableFile(name, f"Standard input cannot be read: {why}.", "Name a file.") from error
    return read_bytes(data, name)


def _shown_progress(reports: "Iterator[FileReport]", total: int) -> "Iterator[FileReport]":
    """The same reports; on a terminal, long work shows how far it is."""
    if total < MANY or not sys.stderr.isatty():
        return reports
    from rich.console import Console
    from rich.progress import track

    return iter(
        track(reports, "Reading", total, console=Console(stderr=True), transient=True, update_period=0.2)
    )
