"""`sos-lint check`: lint files and folders."""

import heapq
import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sos_lint.cli import drafts, options
from sos_lint.cli.reports import SHOW_LITTLE, Format, Ordered, check_places, pairs
from sos_lint.errors import BadOption
from sos_lint.settings import FailOn

if TYPE_CHECKING:
    from sos_lint.batch import Asked
    from sos_lint.changed import Changes
    from sos_lint.document import Document
    from sos_lint.project import Project
    from sos_lint.readers.find import Found
    from sos_lint.report import FileReport
    from sos_lint.settings import Settings


class Audience(str, Enum):
    """Who is spoken to."""

    WRITER = "writer"
    READER = "reader"


FOR_READERS = (Format.TEXT, Format.HTML)

EPILOG = """\
Reads plain text (.txt), Markdown (.md), web pages (.html), e-mail (.eml, and .msg of Outlook), Word (.docx),
OpenDocument (.odt), Rich Text (.rtf), with --column the notes in tables (.csv, .tsv, .xlsx), and, with the
extra "pdf", PDF with a text layer. Nothing leaves this computer.

\b
Examples:
  sos-lint check draft.docx
  sos-lint check letters/ --select acronyms,jargon
  sos-lint check case-notes.csv --column note
  sos-lint check message.msg --attachments
  sos-lint check --format json --output report.json
  sos-lint check --format sarif --output a.sarif --format text
  sos-lint check letter-we-got.docx --for reader

\b
Exit status:
  0  nothing to ask, or nothing at the --fail-on severity
  1  findings at that severity or above
  2  something could not be read or followed; the rest is reported
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("check", cls=Ordered, epilog=EPILOG)
def check(
    context: typer.Context,
    paths: options.Paths = None,
    format: Annotated[
        list[Format] | None,
        typer.Option(
            "--format", "-f", help="How to report; several, each with its own --output. [default: text]"
        ),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", help="Write the report of the --format before to this file.", metavar="FILE"
        ),
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
    force_exclude: options.ForceExclude = None,
    service: options.Service = None,
    form: options.Form = None,
    column: options.Columns = None,
    attachments: options.Attachments = None,
    excerpts: Annotated[
        bool, typer.Option("--excerpts/--no-excerpts", help="Show words of the document in the report.")
    ] = True,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Add counts by rule, and the reading age.")
    ] = False,
    glossary: Annotated[
        bool, typer.Option("--glossary", help="Add what the short forms stand for, to give to the family.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Only say how ready each form is to be sent.")
    ] = False,
    set_aside: Annotated[
        bool,
        typer.Option("--set-aside", help="List in SARIF what is set aside too, as suppressed."),
    ] = False,
    for_: Annotated[
        Audience,
        typer.Option(
            "--for", help="Speak to the writer, or to the reader: who received it, and what they may ask."
        ),
    ] = Audience.WRITER,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            help="Tell only what is new to this baseline. [default file: .sos-lint-baseline.json]",
            metavar="[FILE.json]",
        ),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            help="Tell only what stands on lines that git says have changed since then.",
            metavar="REVISION",
        ),
    ] = None,
    jobs: options.Jobs = None,
    cache: options.Kept = True,
    stdin_filename: options.StdinName = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every repeat, and a sentence to start from.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line for each finding.")] = False,
) -> None:
    """Say which words are not yet clear, and what to ask of each."""
    from sos_lint.batch import Asked
    from sos_lint.cli.only_new import has_baseline, on_changed_lines, without_old
    from sos_lint.cli.printing import Printing
    from sos_lint.project import Project
    from sos_lint.report import Report

    paths = paths or [drafts.STDIN if stdin_filename else "."]
    wanted = pairs(context, format or (), output or ())
    outputs = check_places(wanted, paths)
    tells_rules = any(style is Format.SARIF for style, _ in wanted)
    if set_aside and not tells_rules:
        hint = "Add --format sarif, or leave this out."
        raise BadOption("--set-aside", "only a SARIF report lists what is set aside.", hint)
    for_reader = for_ is Audience.READER
    if for_reader and (unfit := [style.value for style, _ in wanted if style not in FOR_READERS]):
        hint = "Choose --format text or --format html."
        raise BadOption("--for", f"a report of the format “{unfit[0]}” is for writers.", hint)
    if for_reader and (summary or statistics):
        raise BadOption("--for", "a summary and statistics are for writers.", "Leave one or the other out.")
    asked = options.settings(select, ignore, also, profile, pack, fail_on, service, form, column, attachments)
    project = Project(asked, config=config, excerpts=excerpts, force_exclude=force_exclude)
    changes = None
    if changed_since is not None:
        from sos_lint.changed import Changes

        changes = Changes(changed_since)
    named = _named(project, paths, stdin_filename or drafts.STDIN, outputs, changes)
    holds = Asked(
        measure=statistics,
        told=verbose,
        glossary=glossary,
        ready=summary,
        keep=excerpts and any(style is Format.HTML for style, _ in wanted),
        set_aside=set_aside,
        reader=for_reader,
        bare=not (verbose or for_reader)
        and all(style in SHOW_LITTLE for style, _ in wanted)
        and not has_baseline(named.documents, project, baseline),
    )
    narrowed = bool(select or ignore or profile or service or form or changes)
    reports, aside = without_old(
        _reports(named, project, holds, jobs, kept=cache),
        named.documents,
        project,
        baseline,
        tells_gone=not narrowed,
        set_aside=set_aside,
    )
    if changes is not None:
        reports = on_changed_lines(reports, named.documents, changes)
    report = Report((), excerpts, statistics, summary, (), aside, set_aside, for_reader)
    waits = drafts.shows_progress(len(named.documents)) and sys.stdout.isatty()
    printing = Printing(report, wanted, verbose=verbose, quiet=quiet, waits=waits)
    status, found = 0, set[str]()
    for file in reports:
        printing.add(file)
        status = max(status, 2 if file.failure is not None else int(file.fails and not for_reader))
        if tells_rules:
            found.update(finding.rule for finding in (*file.findings, *file.set_aside))
    printing.end(replace(report, rules=project.notes(found)) if found else report)
    raise typer.Exit(status)


class _Named(NamedTuple):
    """The drafts to check, sorted by name, and what cannot be: files, then configurations.

    `typed` is the one that comes on standard input.
    """

    documents: list["Found"]
    failed: list["FileReport"]
    passed_over: list["FileReport"]
    typed: "Found | None"


def _named(
    project: "Project", paths: list[str], stdin_name: str, outputs: list[Path], changes: "Changes | None"
) -> _Named:
    from sos_lint.batch import choosable
    from sos_lint.config import plain_path
    from sos_lint.readers import shown

    found, failed = drafts.named((path for path in paths if path != drafts.STDIN), project)
    if outputs:
        earlier = set(map(plain_path, outputs))  # reports in a folder of drafts are none of them
        found = [document for document in found if plain_path(document.path) not in earlier]
    if changes is not None:  # a file without a changed line need not be read
        found = [document for document in found if changes.lines(document.path) != ()]
    found, unsearched = drafts.with_attached(found, project)
    typed = drafts.typed_on(paths, stdin_name)
    documents, passed_over = choosable([*([typed] if typed else []), *found], project.choose)
    documents.sort(key=lambda document: shown(document.name))
    failed = sorted((*failed, *unsearched), key=lambda file: file.path)
    return _Named(documents, failed, sorted(passed_over, key=lambda file: file.path), typed)


def _reports(
    named: _Named, project: "Project", asked: "Asked", jobs: int | None, *, kept: bool
) -> "Iterator[FileReport]":
    """What became of each file, sorted by path."""
    from sos_lint.batch import lint_files
    from sos_lint.readers import read_bytes
    from sos_lint.readers.attached import Drafts

    documents, typed = named.documents, named.typed
    if typed is None:
        reports = drafts.linted(documents, project, asked, jobs, kept=kept)
    else:
        files = Drafts()

        def open_(document: "Found", settings: "Settings") -> "Document":
            if document is typed:
                return read_bytes(drafts.from_stdin(typed.name), typed.name, columns=settings.columns)
            return files.read(document, settings.columns)

        reports = lint_files(documents, project.choose, open_, asked)
    reports = drafts.shown_progress(reports, len(documents))
    return heapq.merge(named.failed, reports, named.passed_over, key=lambda file: file.path)
