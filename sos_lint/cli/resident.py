"""`sos-lint resident`: a process that stays, so that hooks and editors need not wait."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sos_lint.cli import out
from sos_lint.errors import BadOption, SosLintError
from sos_lint.reporters.names import counted
from sos_lint.resident.address import make_folder, socket_path
from sos_lint.resident.client import asked
from sos_lint.resident.launch import MINUTES, is_ready_within
from sos_lint.resident.messages import STATUS, STOP

EPILOG = """\
While it is there, `check`, `fix`, `annotate`, `baseline` and `rules` begin at once. They find the same as
without it, and do without it where it is not. It keeps rules and the language model ready, never a draft.

\b
In the environment:
  SOS_LINT_RESIDENT=1  begin it after the first run that does not find it
  SOS_LINT_RESIDENT=0  do without
"""
_LONGEST = 60.0  # seconds to wait until it is ready, or gone

app = typer.Typer(
    help="Keep sos-lint ready in the background, for hooks and editors.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    epilog=EPILOG,
)


@app.command()
def start(
    idle: Annotated[
        float, typer.Option("--idle", min=0.05, help="Minutes without work after which it ends.", metavar="N")
    ] = MINUTES,
) -> None:
    """Begin it, unless it is there, and wait until it is ready."""
    _check_possible()
    if asked(STATUS) is None and not is_ready_within(_LONGEST, idle):
        raise SosLintError("resident start", "it did not become ready.", "All commands work without it.")
    status()


@app.command()
def status() -> None:
    """Say whether it is there. The exit status is 1 where it is not."""
    answer = asked(STATUS)
    with out.printing() as stream:
        if answer is None:
            stream.write("Not running.\n")
            raise typer.Exit(1)
        number, minutes, idle = answer.split()
        since = counted(int(minutes), "minute", "minutes")
        stream.write(f"Ready: process {number}, for {since}; it ends after {idle} minutes without work.\n")


@app.command()
def stop() -> None:
    """End it. What it is at is finished."""
    number = asked(STOP)
    with out.printing() as stream:
        stream.write("Not running.\n" if number is None else "Stopped.\n")


def _check_possible() -> None:
    if sys.platform != "linux":
        raise BadOption("resident", "this works on Linux alone.", "All commands work without it.")
    try:
        possible = make_folder(socket_path())
    except OSError:
        possible = False
    if not possible:
        raise SosLintError(
            "resident start",
            "there is no folder for it that only you can open, or its name is too long.",
            "Set XDG_RUNTIME_DIR or SOS_LINT_CACHE to one with a short name.",
        )
