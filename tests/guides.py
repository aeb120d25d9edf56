"""Follows a page of the manual: writes its files, runs its commands, and says what they print now.

A block under a line with a file's name is that file; a `console` block is commands with what they print.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from commands import run

BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)


def followed(page: str, folder: Path) -> str:
    """The page with what its commands print in this folder, which must be the working one."""

    def again(block: re.Match[str]) -> str:
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
        if block["language"] != "console":
            return block.group()
        shown = "".join(f"$ {command}\n{_printed(command)}" for command in _commands(block["text"]))
        return f"```console\n{shown.rstrip()}\n```"

    return BLOCK.sub(again, page)


def _commands(text: str) -> list[str]:
    before, *parts = _COMMAND.split(text)
    assert not before
    return parts[::2]


def _printed(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "sos-lint"
    ran = run(*arguments)
    return ran.out + ran.err
