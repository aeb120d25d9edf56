"""Which of several tables in a file is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sos_lint.errors import UnreadableFile, nearest
from sos_lint.readers import shown


def chosen(tables: Sequence[str], asked: str | None, path: Path) -> str:
    """The table that was asked for, or the only one; raises UnreadableFile where neither is clear."""
    listed = ", ".join(f"“{shown(name)}”" for name in tables[:8]) or "none"
    if asked is None:
        if len(tables) == 1:
            return tables[0]
        raise UnreadableFile(
            shown(str(path)), "This file does not hold one table.", f"Name one with --table: {listed}."
        )
    if asked not in tables:
        hint = nearest(asked, tables) or f"There are {listed}."
        raise UnreadableFile(shown(str(path)), f"There is no table “{shown(asked)}” in this file.", hint)
    return asked
