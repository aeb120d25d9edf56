"""Finds the row of a table that names its columns, and which of them were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from sos_lint.errors import UnknownColumn, nearest
from sos_lint.readers.build import tidy
from sos_lint.readers.from_tables.cells import BadRow
from sos_lint.readers.shape import has_words

LOOKED_AT = 100  # rows: above the names there may be a title, a date, an empty row
_MOST_NAMES, _LONGEST_NAME = 12, 40  # told in a message: a first row may be no names at all

Row = tuple[int, Sequence[tuple[int, str]]]  # its number, and its cells with theirs, from 0


class Header(NamedTuple):
    """The row that names the columns, or, where none names one that was asked for, the first with words.

    `chosen` are the cells that name a column that was asked for, and how; `missing` those that none names.
    `broken` is what kept us from looking further.
    """

    row: int = 0
    width: int = 0
    names: tuple[str, ...] = ()
    chosen: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    broken: BadRow | None = None


def find_header(rows: Iterable[Row], columns: Sequence[str]) -> Header:
    """The first row with the most of the columns' names, among those at the top of a table."""
    asked = {_key(column): column for column in columns}
    found = Header(missing=tuple(columns))
    broken: BadRow | None = None
    try:
        for row, cells in islice(rows, LOOKED_AT):
            names = tuple(tidy(cell) for _, cell in cells if has_words(cell))
            keys = {number: key for number, cell in cells if (key := _key(cell)) in asked}
            chosen = tuple((number, asked[key]) for number, key in keys.items())
            missing = tuple(column for key, column in asked.items() if key not in keys.values())
            if (names and not found.row) or len(missing) < len(found.missing):
                found = Header(row, len(cells), names, chosen, missing)
            if found.row and not found.missing:
                break
    except BadRow as fault:
        broken = fault
    return found._replace(broken=broken)


def best(header: Header) -> tuple[int, int, int]:
    """Of several ways to cut a table, the one with the highest of these is right."""
    return -len(header.missing), -header.row if header.chosen else 0, len(header.names)


def unknown(name: str, header: Header, columns: Sequence[str]) -> UnknownColumn:
    """The fault of a table whose columns were not named, or not rightly."""
    shown = [f"“{_cut(one)}”" for one in header.names[:_MOST_NAMES]]
    more = len(header.names) - len(shown)
    listed = ", ".join(shown) + (f" and {more:,} more" if more else "")
    if not columns:
        return UnknownColumn(
            name,
            "This is a table: which of its columns hold notes?",
            "Name them with --column, once for each.",
            f"Name them with --column, once for each. It has {listed}." if shown else "It names no columns.",
        )
    missing = header.missing[0]
    return UnknownColumn(
        name,
        f"No column is called “{missing}”.",
        "Look at the row that names them.",
        nearest(missing, header.names) or (f"There are {listed}." if shown else "It names no columns."),
    )


def _key(name: str) -> str:
    return tidy(name).casefold()


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
