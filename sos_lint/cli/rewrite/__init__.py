"""`sos-lint rewrite`: asks what each place needs, and writes the clearer draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from sos_lint.cli import options, out
from sos_lint.errors import BadOption

EPILOG = """\
One place at a time: you answer in your own words, see the new sentence, and say yes or change it.
Enter leaves a thing as it is; b goes back, q finishes, ? helps. The file is written once, at the end.

\b
Examples:
  sos-lint rewrite draft.docx
  sos-lint rewrite draft.docx -o clearer.docx --select acronym
  sos-lint rewrite draft.md --questions > answers.yml
  sos-lint rewrite draft.md --answers answers.yml

\b
Files of answers hold words of the draft. Keep them as safe as the draft.

\b
Exit status:
  0  done, or there was nothing to do
  1  some answers in the file fit no place in the draft; the others were used
  2  it could not be done; the draft is as it was
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("rewrite", epilog=EPILOG)
def rewrite(
    path: Annotated[Path, typer.Argument(help="The draft: .txt, .md, .docx or .odt.", metavar="PATH")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the new draft to this file, not to PATH.", metavar="FILE"),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="Take the answers from this file, and ask nothing.", metavar="FILE"),
    ] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Print the questions as a file of answers to fill in.")
    ] = False,
    save_answers: Annotated[
        Path | None,
        typer.Option("--save-answers", help="Keep your answers in this new file.", metavar="FILE"),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume", help="Go on from answers kept earlier, and keep them there.", metavar="FILE"
        ),
    ] = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    service: options.Service = None,
) -> None:
    """Ask what each place needs, and write the clearer draft."""
    from sos_lint.cli.rewrite.task import Task
    from sos_lint.limits import held
    from sos_lint.project import Project

    if sum(map(bool, (answers, resume, questions))) > 1 or (questions and (output or save_answers)):
        raise BadOption(
            "rewrite", "--questions, --answers and --resume each go alone.", "Questions first, then answers."
        )
    if resume and save_answers:
        raise BadOption("--save-answers", "--resume keeps the answers already.", "Leave this out.")
    project = Project(options.settings(select, ignore, also, profile, pack, service=service), config=config)
    linter, settings = project.choose(path)
    with held(settings.bounds):
        task = Task.begin(path, output, linter, settings)
        if questions:
            with out.printing() as stream:
                stream.write(task.questions())
            return
        if answers:
            raise typer.Exit(task.answer(answers))
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        raise BadOption(
            "rewrite",
            "there is no terminal to ask in.",
            "--questions prints the questions as a file; --answers takes it filled in.",
        )
    with held(settings.bounds):
        raise typer.Exit(task.ask(keep=resume or save_answers, resume=resume is not None))


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
