"""`sos-lint annotate`: a Word or OpenDocument draft with each finding as a comment beside its words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.cli import options, out

if TYPE_CHECKING:
    from sos_lint.annotate import Annotation
    from sos_lint.lint import Linter
    from sos_lint.readers.find import Found
    from sos_lint.settings import Settings

EPILOG = """\
The draft stays as it is; the copy differs from it in nothing but the comments, the tracked changes and the
list of short forms, where you ask for them. Word shows no comments in headers and footers: what is found
there is told here. In footnotes and text boxes of Word the comment stands at the note's number or at the box;
in OpenDocument all comments stand at their words.

\b
Examples:
  sos-lint annotate draft.docx -o draft-with-questions.docx
  sos-lint annotate draft.docx -o draft-with-questions.docx --track-changes
  sos-lint annotate draft.odt -o draft-with-questions.odt

\b
Exit status:
  0  done
  2  something could not be read, followed or written
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("annotate", epilog=EPILOG)
def annotate(
    path: Annotated[Path, typer.Argument(help="The draft: .docx or .odt.", metavar="PATH")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the copy here.", metavar="FILE")],
    track_changes: Annotated[
        bool, typer.Option("--track-changes", help="Add the safe edits, to accept or reject.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take earlier comments by sos-lint out, unless someone replied."),
    ] = False,
    glossary: Annotated[
        bool, typer.Option("--glossary", help="Add what the short forms stand for at the end.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    service: options.Service = None,
) -> None:
    """Put the findings into a copy of a draft, as comments."""
    from sos_lint.annotate import annotate_draft
    from sos_lint.batch import for_each
    from sos_lint.errors import SosLintError
    from sos_lint.project import Project
    from sos_lint.readers import load, shown
    from sos_lint.readers.find import Found
    from sos_lint.report import FileReport
    from sos_lint.rewrite.notes import Author
    from sos_lint.rewrite.save import save
    from sos_lint.rewrite.signed import VOID, is_signed

    _check_place(path, output, force=force)
    project = Project(options.settings(select, ignore, also, profile, pack, service=service), config=config)

    def do(draft: "Found", linter: "Linter", settings: "Settings") -> "tuple[Annotation, bytes]":
        data = load(draft.path, draft.name)
        done = annotate_draft(
            data,
            draft.name,
            linter,
            settings,
            Author(),
            replace=replace,
            track=track_changes,
            glossary=glossary,
        )
        return done, data

    failed = False
    for done in for_each([Found(path, shown(str(path)))], project.choose, do):
        if isinstance(done, FileReport):
            failed = True
            out.tell(SosLintError(done.path, *(done.failure or ())))
        else:
            annotation, was = done
            save(output, annotation.data, was=was if _is_same(path, output) else None)
            _tell(annotation, shown(str(output)))
            if is_signed(was):
                out.tell(SosLintError(shown(str(output)), VOID))
    raise typer.Exit(2 if failed else 0)


def _check_place(path: Path, output: Path, *, force: bool) -> None:
    """Raise BadOption, before any work, where the copy cannot go or would replace something."""
    from sos_lint.errors import BadOption
    from sos_lint.readers import is_opendocument

    odt = is_opendocument(path.name)
    kind, ending = ("an OpenDocument text", path.suffix.lower()) if odt else ("a Word file", ".docx")
    if output.suffix.lower() != ending:
        raise BadOption(str(output), f"this is no name of {kind}.", f"Let it end in {ending}.")
    if force:
        return
    if _is_same(path, output):
        hint = "Choose another name for the copy, or use --force to put the comments into the draft."
        raise BadOption(str(output), "this is the draft itself.", hint)
    if output.exists():
        hint = "Choose another name, or use --force to put the copy in its place."
        raise BadOption(str(output), "there is such a file already.", hint)


def _is_same(path: Path, output: Path) -> bool:
    return output.exists() and path.exists() and output.samefile(path)


def _tell(done: "Annotation", output: str) -> None:
    from sos_lint.reporters.clean import safe_line
    from sos_lint.reporters.names import counted

    said = [counted(done.placed, "new comment", "new comments")]
    if done.standing:
        said.append(f"{done.standing} that {'was' if done.standing == 1 else 'were'} there already")
    if done.terms:
        said.append(f"{counted(done.terms, 'short form', 'short forms')} explained at the end")
    if done.edits:
        said.append(counted(len(done.edits), "tracked change", "tracked changes"))
    with out.printing() as stream:
        stream.write(safe_line(f"Wrote {output}: {', '.join(said)}.") + "\n")
        if done.in_controls:
            stream.write("Open it in Word: LibreOffice hides words beside comments in form controls.\n")
        for finding in done.unplaced:
            told = f"No comment can stand in the {finding.where}: {finding.message} ({finding.rule})"
            stream.write(safe_line(told) + "\n")
