"""The commands: what the help says of each, and where it is. A command is imported when it is named.

Each is a module of this package by the same name, with its own `app`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

# What stands in the list of commands: the first line of the command's own help.
SUMMARIES = {
    "check": "Say which words are not yet clear, and what to ask of each.",
    "fix": "Make the safe edits in the drafts themselves.",
    "rewrite": "Ask what each place needs, and write the clearer draft.",
    "annotate": "Put the findings into a copy of a draft, as comments.",
    "audit": "Say of a whole archive which words are not yet clear, and whether it gets better.",
    "serve": "Open a page on this computer: paste or drop a draft, and see what to ask.",
    "init": "Write a commented starter configuration, .sos-lint.yml.",
    "rules": "Look at the rules, and test them.",
    "baseline": "Set the findings of today aside, so that only new ones are told.",
    "config": "Look up what a configuration may say.",
    "lsp": "Serve an editor over standard input and output.",
    "cache": "Look after what is kept of earlier runs: places and packs, never words of a draft.",
    "resident": "Keep sos-lint ready in the background, for hooks and editors.",
}


class OnDemand(TyperGroup):
    """Knows the names of the commands, and loads the one that is asked for."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.commands = {name: TyperCommand(name, help=summary) for name, summary in SUMMARIES.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first argument names, and the other arguments."""
        name, _, others = super().resolve_command(ctx, args)
        return name, name and loaded(name), others


def loaded(name: str) -> Any:
    """The command of this name, with its options."""
    return get_command(import_module(f"sos_lint.cli.{name}").app)
