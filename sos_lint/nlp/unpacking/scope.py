"""Where a broad term may be unpacked: its paragraph, the list beneath, its table row, its form section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from sos_lint.document import Block, BlockKind, Cell
from sos_lint.nlp.grid import FORM_ROWS
from sos_lint.nlp.surroundings import Spot, Surroundings

ITEMS = (BlockKind.LIST_ITEM, BlockKind.TICK_BOX)


def scope(spot: Spot, around: Surroundings) -> Iterator[Block]:
    """The blocks in which a term may be unpacked, its own first."""
    block = spot.block
    yield block
    if block.cell is not None:
        yield from (other for other in _cells(block.cell, around) if other != block)
        return
    number = around.document.block_number(spot.at.start)
    if block.kind in ITEMS:
        yield from _items_under(number, around)
        return
    yield from _fields(number, around)
    yield from list_after(number, around)


def _cells(cell: Cell, around: Surroundings) -> Iterator[Block]:
    """The row, with rows beneath that leave the first column empty; for the value in a form, all its rows."""
    table = around.table(cell.table)
    yield from table.blocks if table.is_form and cell.column > 1 else table.group(cell.row)


def _items_under(number: int, around: Surroundings) -> Iterator[Block]:
    """The items that hang on an item."""
    level = around.document.blocks[number].level
    return takewhile(lambda block: block.level > level, list_after(number, around))


def list_after(number: int, around: Surroundings) -> Iterator[Block]:
    """The list that follows a block directly."""
    blocks = around.document.blocks
    after = (blocks[other] for other in range(number + 1, len(blocks)))
    return takewhile(lambda block: block.kind in ITEMS, after)


def _fields(number: int, around: Surroundings) -> Iterator[Block]:
    """The other fields of a form section: labelled lines that stand together, and what bare labels name."""
    blocks = around.document.blocks
    first, last = number, number
    lowest, highest = max(0, number - FORM_ROWS), min(len(blocks) - 1, number + FORM_ROWS)
    while first > lowest and is_field(first - 1, around) and is_field(first, around):
        first -= 1
    while last < highest and is_field(last + 1, around) and is_field(last, around):
        last += 1
    yield from (blocks[other] for other in range(first, last + 1) if other != number)


def is_field(number: int, around: Surroundings) -> bool:
    """True of a labelled line, and of what a bare label names."""
    block = around.document.blocks[number]
    if block.cell is not None or block.kind is BlockKind.HEADING or block.kind in ITEMS:
        return False
    if block.kind is BlockKind.FORM_LABEL or around.of_block(
        "labelled", block, lambda: around.label(block) is not None
    ):
        return True
    before = around.document.blocks[number - 1] if number else None
    return before is not None and before.kind is BlockKind.FORM_LABEL
