"""`sos-lint fix`: make the edits that need no second thought."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.cli import drafts, options, out

if TYPE_CHECKING:
    from sos_lint.fix import Fixed
    from sos_lint.kinds import Safety
    from sos_lint.lint import Linter
    from sos_lint.project import Project
    from sos_lint.readers.find import Found
    from sos_lint.report import FileReport
    from sos_lint.settings import Settings

EPILOG = """\
Spells out a short form at its first use, and puts plain words in where nothing is lost. Each file is written
whole or not at all, and stays as it is in all else. What stands on standard input goes to standard output.

\b
Examples:
  sos-lint fix --diff draft.docx
  sos-lint fix letters/ --review

\b
Exit status:
  0  done; with --diff, nothing would change
  1  with --diff, something would change
  2  something could not be read, followed or written; the rest is done
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("fix", epilog=EPILOG)
def fix(
    paths: options.Paths = None,
    review: Annotated[bool, typer.Option("--review", help="Make also the edits that need a look.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; write nothing.")] = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    force_exclude: options.ForceExclude = None,
    service: options.Service = None,
    column: options.Columns = None,
    stdin_filename: options.StdinName = None,
) -> None:
    """Make the safe edits in the drafts themselves."""
    from sos_lint.fix import Fixed
    from sos_lint.kinds import Safety
    from sos_lint.project import Project
    from sos_lint.report import FileReport

    paths = paths or [drafts.STDIN if stdin_filename else "."]
    stdin_name = stdin_filename or drafts.STDIN
    asked = options.settings(select, ignore, also, profile, pack, service=service, column=column)
    project = Project(asked, config=config, force_exclude=force_exclude)
    safety = Safety.REVIEW if review else Safety.SAFE
    done = list(_fixed(project, paths, stdin_name, safety, write=not diff))
    fixed = sorted((one for one in done if isinstance(one, Fixed)), key=lambda one: one.before.name)
    failed = sorted((one for one in done if isinstance(one, FileReport)), key=lambda one: one.path)
    if diff:
        _show(fixed)
    elif drafts.STDIN in paths:
        _pass_on(fixed, stdin_name)
    _tell(fixed, failed, aside=diff or drafts.STDIN in paths, only_shown=diff)
    changed = any(one.changes for one in fixed)
    raise typer.Exit(2 if failed else int(diff and changed))


def _fixed(
    project: "Project", paths: list[str], stdin_name: str, safety: "Safety", *, write: bool
) -> "Iterator[Fixed | FileReport]":
    """Each draft fixed and saved, or why that failed."""
    from sos_lint.batch import for_each
    from sos_lint.errors import SosLintError
    from sos_lint.fix import fix
    from sos_lint.readers import load
    from sos_lint.rewrite.save import save
    from sos_lint.rewrite.signed import VOID, is_signed

    found, failed = drafts.named((path for path in paths if path != drafts.STDIN), project)
    yield from failed
    typed = drafts.typed_on(paths, stdin_name)

    def do(document: "Found", linter: "Linter", settings: "Settings") -> "Fixed":
        if document is typed:
            return fix(drafts.from_stdin(stdin_name), stdin_name, linter, settings, safety)
        data = load(document.path, document.name)
        fixed = fix(data, document.name, linter, settings, safety)
        if write and fixed.changes:
            save(document.path, fixed.data, was=data)
            if is_signed(data):
                out.tell(SosLintError(document.name, VOID))
        return fixed

    documents = [*([typed] if typed else []), *found]
    yield from drafts.shown_progress(for_each(documents, project.choose, do), len(documents))


def _show(fixed: "list[Fixed]") -> None:
    """The changes as a diff, on standard output."""
    from sos_lint.reporters.to_diff import write_diff

    with out.printing() as stream:
        for one in fixed:
            before, after = (d.text + "\n" if d.source is None else d.source for d in (one.before, one.after))
            write_diff(before, after, one.before.name, stream)


def _pass_on(fixed: "list[Fixed]", stdin_name: str) -> None:
    """What came on standard input, fixed, on standard output."""
    from sos_lint.readers import shown

    with out.printing() as stream:
        for one in fixed:
            if one.before.name == shown(stdin_name):
                stream.flush()
                stream.buffer.write(one.data)


def _tell(fixed: "list[Fixed]", failed: "list[FileReport]", *, aside: bool, only_shown: bool) -> None:
    """What was done, on standard output, or `aside` of it."""
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.changes import write_changes, write_outcome
    from sos_lint.reporters.to_terminal.page import Page

    with out.printing() as stream:
        page = Page(console_on(sys.stderr if aside else stream))
        for one in fixed:
            if one.changes and not only_shown:
                write_changes(page, one.before.name, one.changes)
                page.put()
        write_outcome(
            page,
            [len(one.changes) for one in fixed],
            failed,
            for_review=sum(one.for_review for one in fixed),
            for_writer=sum(one.for_writer for one in fixed),
            only_read=[one.before.name for one in fixed if one.before.is_of_read_kind and one.for_writer],
            only_shown=only_shown,
        )
