"""The tables of a web page. A row is held back until its end: only then is it known what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sos_lint.document import Cell
from sos_lint.readers.build import Builder
from sos_lint.readers.paragraph import Paragraph, write

_WIDEST = 1000  # columns, as browsers have it; nothing reaches down beyond these
_LONGEST = 65534  # rows


@dataclass(slots=True)
class _Column:
    """A cell of the row at hand, and its paragraphs."""

    number: int
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table that has begun. `covered`: the last row that a cell above reaches down to, by column."""

    number: int
    row: int = 0
    next_column: int = 1
    in_cell: bool = False
    cells: list[_Column] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        """Go on to the next row."""
        self.row += 1
        self.next_column = 1

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        """Go on to the next cell, past those that reach down from above."""
        if not self.row:
            self.begin_row()
        while self.covered.get(self.next_column, 0) >= self.row:
            self.next_column += 1
        self.in_cell = True
        self.cells.append(_Column(self.next_column))
        width = _count(attributes.get("colspan"), _WIDEST)
        rows = _count(attributes.get("rowspan"), _LONGEST)
        if rows > 1:
            reached = range(self.next_column, min(self.next_column + width, _WIDEST + 1))
            self.covered.update(dict.fromkeys(reached, self.row + rows - 1))
        self.next_column += width

    def add(self, paragraph: Paragraph) -> None:
        """Put a paragraph into the cell at hand."""
        self.cells[-1].paragraphs.append(paragraph)

    def write(self, builder: Builder) -> None:
        """Write the cells that are held back."""
        cells, self.cells = self.cells, []
        for cell in cells:
            for paragraph in cell.paragraphs:
                paragraph.cell = Cell(self.number, self.row, cell.number)
                paragraph.header = self.row == 1 and len(cells) > 1
                paragraph.first_of_two = len(cells) == 2 and cell is cells[0]
                paragraph.more = paragraph is not cell.paragraphs[-1]
                write(builder, paragraph)

    def write_so_far(self, builder: Builder) -> None:
        """Write them before their row has ended, as where a table stands in a cell, which then goes on."""
        last = self.cells[-1].number if self.cells else 1
        self.write(builder)
        if self.in_cell:
            self.cells.append(_Column(last))


def _count(written: str | None, most: int) -> int:
    """A count of columns or rows as an attribute gives it; one where it gives none."""
    digits = (written or "").strip()[:6]
    return min(max(1, int(digits)), most) if digits.isascii() and digits.isdigit() else 1
