"""The command line: one file per command, and nothing heavy imported before it is needed."""

from __future__ import annotations

import sys

import typer

from sos_lint.cli import check, init, rules, version
from sos_lint.errors import SosLintError

app = typer.Typer(
    name="sos-lint",
    help="Says where a case note, referral or plan is not yet clear, and asks what would make it so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(version.main)
app.command("check")(check.check)
app.command("init")(init.init)
app.add_typer(rules.app, name="rules")


def main() -> None:
    """Run the command line; the exit status is 0, 1 (findings at the threshold) or 2 (work not done)."""
    try:
        app()
    except SosLintError as fault:
        print(fault, file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(2) from None
