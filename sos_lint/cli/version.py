"""Options of the program itself."""

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
    """Says where a case note, referral or plan is not yet clear, and asks what would make it so."""
    del version
