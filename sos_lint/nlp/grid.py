"""A table as its reader sees it: rows, what heads each column, what labels each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from sos_lint.document import Block, BlockKind

FORM_ROWS = 60  # a longer table of two columns is a list of cases, not one form


class Grid:
    """One table of a document. `blocks` are its blocks, in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._rows: dict[int, list[Block]] = {}
        for block in blocks:
            if block.cell is not None:
                self._rows.setdefault(block.cell.row, []).append(block)

    def row(self, number: int) -> Sequence[Block]:
        """The blocks of a row, in order."""
        return self._rows.get(number, ())

    def group(self, number: int) -> list[Block]:
        """The blocks of a row with those beneath it that leave the first column empty; of a flood of rows,
        the nearest.
        """
        here = bisect_right(self._firsts, number) - 1
        top = self._firsts[here] if here >= 0 else number
        below = self._firsts[here + 1] if here + 1 < len(self._firsts) else self._last + 1
        if below - top > FORM_ROWS:
            top, below = max(top, number - FORM_ROWS // 2), min(below, number + FORM_ROWS // 2)
        return [block for row in range(top, below) for block in self.row(row)]

    def heads(self, block: Block) -> list[Block]:
        """What names a cell: the label in the first cell of its row, the cell above it in the first row."""
        if block.cell is None:
            return []
        _, row, column = block.cell
        labels = [one for one in self.row(row)[:1] if one.kind is BlockKind.FORM_LABEL and _column(one) == 1]
        above = [one for one in self.row(1) if row > 1 and _column(one) == column]
        return [one for one in (*above, *labels) if one != block]

    @cached_property
    def is_form(self) -> bool:
        """True of a table of labels and values: its first column holds labels from the second row on."""
        return len(self._rows) <= FORM_ROWS and any(
            block.kind is BlockKind.FORM_LABEL and block.cell is not None and block.cell.row > 1
            for block in self.blocks
        )

    @cached_property
    def _last(self) -> int:
        return max(self._rows)

    @cached_property
    def _firsts(self) -> list[int]:
        """The rows that have words in the first column."""
        return sorted(row for row, blocks in self._rows.items() if any(_column(one) == 1 for one in blocks))


def _column(block: Block) -> int:
    return block.cell.column if block.cell is not None else 0
