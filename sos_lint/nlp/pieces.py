"""Cuts a document into pieces that are read by themselves: paragraphs, lists with what leads them, tables.

What rules find in a piece hangs on its own blocks, on the block before it, on the heading over it, and on
the few things that a document says for all its parts (see `nlp.elsewhere`). Nothing in one piece tells a
part of what stands in another (see `nlp.unpacking.scope`).
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.nlp.candidates import LONG
from sos_lint.nlp.surroundings import Surroundings, words_of
from sos_lint.nlp.unpacking.scope import ITEMS, is_field
from sos_lint.text import Range


class Piece(NamedTuple):
    """Some blocks that follow each other, by number, and where they stand.

    `sees` is where what it looks at begins: the block before it. `name` says all that it hangs on, but for
    what the document says elsewhere; it is None of a document that is read once and forgotten.
    """

    first: int
    last: int
    at: Range
    sees: int
    name: Hashable = None


def whole(around: Surroundings) -> list[Piece]:
    """All the blocks of a document as one piece."""
    count = len(around.document.blocks)
    return [Piece(0, count - 1, Range(0, len(around.text)), 0)] if count else []


def pieces_of(around: Surroundings) -> list[Piece]:
    """The pieces of a document, in order."""
    blocks = around.document.blocks
    starts = [*_starts(around), len(blocks)]
    pieces = []
    look = [_looks(block, around) for block in blocks]
    heading: Hashable = None
    for first, after in itertools.pairwise(starts):
        before = blocks[first - 1] if first else None
        own = blocks[first:after]
        table = next((block.cell.table for block in own if block.cell is not None), 0)
        looks = (_looks(block, around, table) for block in own) if table else look[first:after]
        name = ("piece", heading, look[first - 1] if first else None, *looks)
        at = Range(own[0].at.start, own[-1].at.end)
        pieces.append(Piece(first, after - 1, at, before.at.start if before else at.start, name))
        for number in range(first, after):
            if blocks[number].kind is BlockKind.HEADING:
                heading = look[number]
    return pieces


def windows_of(around: Surroundings) -> Iterator[Piece]:
    """Pieces that follow each other put together, to LONG code points or somewhat more."""
    blocks = around.document.blocks
    first = 0
    for after in (*_starts(around), len(blocks)):
        start = blocks[first].at.start
        if after == len(blocks) or blocks[after].at.start - start >= LONG:
            yield Piece(first, after - 1, Range(start, blocks[after - 1].at.end), start)
            first = after


def _starts(around: Surroundings) -> Iterator[int]:
    """The numbers of the blocks that begin a piece."""
    blocks = around.document.blocks
    last_of_table = {
        block.cell.table: number for number, block in enumerate(blocks) if block.cell is not None
    }
    reach = -1  # the last block of the tables that have begun
    field_before = False
    for number, block in enumerate(blocks):
        field = is_field(number, around)
        if number == 0 or (number > reach and block.kind not in ITEMS and not (field and field_before)):
            yield number
        if block.cell is not None:
            reach = max(reach, last_of_table[block.cell.table])
        field_before = field


def _looks(block: Block, around: Surroundings, table: int = 0) -> Hashable:
    """All that is read of a block, wherever it stands; tables are counted from `table`."""
    cell = block.cell and block.cell._replace(table=block.cell.table - table)
    return block.kind, block.level, cell, *words_of(block, around)
