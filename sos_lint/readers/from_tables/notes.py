"""Writes the note of a cell into a document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from sos_lint.readers.build import Builder
from sos_lint.readers.from_text import parts
from sos_lint.readers.paragraph import Paragraph, Piece, write


def write_note(builder: Builder, cell: Sequence[Piece], where: str, named: str | None = None) -> None:
    """Add a cell's words as a text of their own, cut into blocks as plain text is.

    `where` is the place of the cell; `named` see `Note`. A comment to us is no prose, and sets nothing aside:
    whoever fills in a table has no say in that.
    """
    words = "".join(piece.words for piece in cell)
    if not words.strip():
        return
    starts = [0, *accumulate(len(piece.words) for piece in cell)]
    builder.note(named)
    for part in parts(words):
        if isinstance(part, Paragraph):
            part.where = where
            part.lines = [
                [own for piece in line for own in _placed(piece, cell, starts)] for line in part.lines
            ]
            write(builder, part)


def _placed(piece: Piece, cell: Sequence[Piece], starts: Sequence[int]) -> Iterator[Piece]:
    """A piece of the cell's words as pieces of the source."""
    start, end = piece.source.start, piece.source.end
    number = bisect_right(starts, start) - 1
    while number < len(cell) and starts[number] < end:
        first, last = max(start, starts[number]), min(end, starts[number + 1])
        own = cell[number].between(first - starts[number], last - starts[number])
        yield own._replace(tags=piece.tags)
        number += 1
