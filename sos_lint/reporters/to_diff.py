"""A unified diff of two texts, as `diff -u` writes it; in colour on a terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import TextIO

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_BUILD_SERVERS = ("CI", "TF_BUILD", "TEAMCITY_VERSION")  # what says that one runs us: it obeys its log
_COLOURS = {"---": "bold", "+++": "bold", "@": "cyan", "-": "red", "+": "green"}


def write_diff(before: str, after: str, name: str, stream: TextIO) -> None:
    """Write what changes between two texts; nothing where they are the same.

    Elsewhere than on a terminal, or where a build server reads along, it is a patch, to the byte.
    """
    lines = list(_diff(before, after, name))
    if not (stream.isatty() or any(os.environ.get(sign) for sign in _BUILD_SERVERS)):
        stream.writelines(f"{line}\n" for line in lines)
        return
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.page import Page

    page = Page(console_on(stream))
    for line in lines:
        style = next((colour for sign, colour in _COLOURS.items() if line.startswith(sign)), "")
        page.put(page.text(line.rstrip("\r"), style))


def _diff(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of the diff, without their ends but for a carriage return before a line feed."""
    for line in unified_diff(_LINE.findall(before), _LINE.findall(after), name, name):
        yield line[:-1] if line.endswith("\n") else line.rstrip("\r")
        if not line.endswith(("\n", "\r")):
            yield "\\ No newline at end of file"
