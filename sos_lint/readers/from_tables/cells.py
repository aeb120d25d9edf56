"""Cuts text with delimiters into rows and cells (RFC 4180), each with its place in the text.

It takes what the standard library's `csv` takes, which does not tell places; a law holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.limits import in_force, raised
from sos_lint.readers.paragraph import Piece
from sos_lint.text import Range

QUOTE = '"'


class BadRow(Exception):
    """A row that cannot be cut into cells: what is wrong with it, and how to mend it."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint


def too_long() -> BadRow:
    """The fault of a table with more rows than are read."""
    return BadRow(f"This table has more than {in_force().rows:,} rows.", f"Split it, {raised('rows')}.")


class Cell(NamedTuple):
    """A cell's place, with its quotation marks; `closed` is that of the closing one, where it has them."""

    start: int
    end: int
    closed: int | None = None

    @property
    def has_words(self) -> bool:
        """False for an empty cell."""
        return self.end > self.start + (0 if self.closed is None else 2)

    def words(self, source: str) -> str:
        """What the cell says."""
        return "".join(piece.words for piece in self.pieces(source))

    def pieces(self, source: str) -> list[Piece]:
        """The same, with places: a doubled quotation mark stands for one, and all else for itself."""
        if self.closed is None:
            return [_verbatim(source, self.start, self.end)]
        pieces, start = [], self.start + 1
        while (quote := source.find(QUOTE, start, self.closed)) >= 0:
            pieces.append(_verbatim(source, start, quote))
            pieces.append(Piece(QUOTE, Range(quote, quote + 2), verbatim=False))
            start = quote + 2
        pieces.append(_verbatim(source, start, self.closed))
        pieces.append(_verbatim(source, self.closed + 1, self.end))  # words after the closing mark
        return [piece for piece in pieces if piece.words]


def records(source: str, delimiter: str, start: int = 0) -> Iterator[list[Cell]]:
    """The rows from an offset on; an empty line is a row with an empty cell. Raises BadRow."""
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    at, end, row, limits = start, len(source), 0, in_force()
    while at < end:
        row += 1
        if row > limits.rows:
            raise too_long()
        cells: list[Cell] = []
        while True:
            closed = None
            first = at
            if source.startswith(QUOTE, at):
                at = closed = _closing(source, at + 1, row)
            match = plain.match(source, at if closed is None else closed + 1)
            assert match is not None  # it may be empty
            at = match.end()
            if len(cells) >= limits.cells:
                hint = f"Check whether it is a table, {raised('cells')}."
                raise BadRow(f"Row {row:,} has more than {limits.cells:,} cells.", hint)
            cells.append(Cell(first, at, closed))
            if not source.startswith(delimiter, at):
                break
            at += 1
        yield cells
        at += 2 if source.startswith("\r\n", at) else 1


def _closing(source: str, at: int, row: int) -> int:
    """Where the quotation mark is that closes a cell whose words begin at `at`."""
    while (quote := source.find(QUOTE, at)) >= 0:
        if not source.startswith(QUOTE, quote + 1):
            return quote
        at = quote + 2
    hint = "Close it, or save the table again as .csv."
    raise BadRow(f"A quotation mark in row {row:,} is never closed.", hint)


def _verbatim(source: str, start: int, end: int) -> Piece:
    return Piece(source[start:end], Range(start, end))
