"""Options of the program itself."""

from __future__ import annotations

from typing import Annotated

import typer

import sos_lint


def _show(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sos-lint {sos_lint.__version__}")
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Say where writing is not yet clear, and ask the questions that would make it so."""
    del version
