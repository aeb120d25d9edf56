"""A story of a file of RTF in the making: its paragraphs and tables, in the order of the file.

RTF has no tables, only paragraphs that say how many tables they stand in, and words at which a cell or a row
ends. What cells a row has is known where it ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sos_lint.readers.from_rtf.styles import Shape
from sos_lint.readers.paragraph import Tag

DEEPEST = 32  # tables in one another
_SAME = 40  # twentieths of a point within which two borders are one, as programs round them


class Run(NamedTuple):
    """Words, and what is said of them."""

    words: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it stands. `remarks` are on all of its words."""

    lines: list[list[Run]]
    shape: Shape
    remarks: tuple[Tag, ...] = ()


_EMPTY = Passage([], Shape())


@dataclass(slots=True)
class Border:
    """Where a cell ends, and whether it is part of another or deleted."""

    right: int
    is_part: bool


@dataclass(slots=True)
class RowShape:
    """The definition of a row: where it begins, its cells, and whether it is the first of a table."""

    left: int = 0
    is_first: bool = False
    borders: list[Border] = field(default_factory=list)
    merged: bool = False  # said of the cell whose border comes next

    def begin_at(self, left: int) -> None:
        """Take the left border of the row."""
        self.left = left

    def number(self, number: int | None) -> None:
        """Take the number of the row in its table, from 0, which only Word writes."""
        self.is_first = number == 0

    def merge_next(self) -> None:
        """The next cell is part of another, or deleted."""
        self.merged = True

    def end_cell(self, right: int) -> None:
        """Take the right border of the next cell."""
        self.borders.append(Border(right, self.merged))
        self.merged = False

    def lefts(self) -> list[int]:
        """Where each cell begins."""
        return [self.left, *(border.right for border in self.borders[:-1])] if self.borders else []


@dataclass(slots=True)
class Row:
    """The cells of a row that has ended."""

    cells: list[Items]
    shape: RowShape


@dataclass(slots=True)
class Table:
    """The rows of a table so far, the cells of the row at hand, and the cell at hand."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Items] = field(default_factory=list)
    cell: Items = field(default_factory=list)

    def end_row(self, shape: RowShape) -> None:
        """Close the row; words after the border of its last cell make a cell of their own."""
        if any(_has_words(item) for item in self.cell):
            self.cells.append(self.cell)
        if self.cells:
            self.rows.append(Row(self.cells, shape))
        self.cells, self.cell = [], []

    def places(self) -> Iterator[list[tuple[int, Items]]]:
        """The rows: of each, the cells with their columns; what is part of another cell is passed over."""
        columns = _columns(left for row in self.rows for left in row.shape.lefts())
        for row in self.rows:
            lefts, borders = row.shape.lefts(), row.shape.borders
            yield [
                (bisect_right(columns, lefts[i]) if i < len(lefts) else i + 1, cell)
                for i, cell in enumerate(row.cells)
                if not (i < len(borders) and borders[i].is_part)
            ]


@dataclass(slots=True)
class Box:
    """A text box, which stands after the paragraph that holds it."""

    story: Story


Item = Passage | Table | Box
Items = list[Item]


@dataclass(slots=True)
class Story:
    """What goes on from paragraph to paragraph. `tables` are those that are open, the outermost first.

    `boxes` are those in the paragraph at hand, `beside` those among which a text box itself stands; `link` is
    where the words at hand lead, `marked` whether they begin with the bullet or number of an item.
    """

    kind: str = ""
    items: Items = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    boxes: list[Box] = field(default_factory=list)
    beside: list[Box] | None = None
    link: Tag | None = None
    marked: bool | None = None

    @property
    def in_words(self) -> bool:
        """True where a paragraph is open that holds something."""
        return bool(self.boxes) or any(self.lines)

    def end_paragraph(self, level: int, shape: Shape, remarks: tuple[Tag, ...] = ()) -> None:
        """Close the paragraph at hand, which stands in so many tables."""
        place = self._place(level)
        place.append(Passage(self.lines, shape._replace(marked=self.marked), remarks))
        place.extend(self.boxes)
        self.lines, self.boxes, self.marked = [[]], [], None

    def end_empty(self, level: int) -> None:
        """Close a paragraph in which nothing stands."""
        self._place(level).append(_EMPTY)
        self.lines, self.marked = [[]], None

    def end_cell(self, level: int) -> None:
        """Close the cell at hand of the table at a level."""
        self._place(level)
        table = self.tables[level - 1]
        table.cells.append(table.cell)
        table.cell = []

    def end_row(self, level: int, shape: RowShape) -> None:
        """Close the row at hand of the table at a level."""
        self._place(level)
        table = self.tables[-1]
        if shape.is_first and table.rows:  # nothing stands between two tables
            cells, cell = table.cells, table.cell
            table.cells, table.cell = [], []
            self._place(level - 1)
            self._place(level)
            table = self.tables[-1]
            table.cells, table.cell = cells, cell
        table.end_row(shape)

    def finish(self) -> None:
        """Close the tables that are open."""
        self._place(0)

    def _place(self, level: int) -> Items:
        """Where what stands in so many tables belongs: those that are too deep are closed, others opened."""
        while len(self.tables) > level:
            self.tables.pop().end_row(RowShape())
        while len(self.tables) < level:
            place, table = self._here(), Table()
            place.append(table)
            self.tables.append(table)
        return self._here()

    def _here(self) -> Items:
        return self.tables[-1].cell if self.tables else self.items


def _has_words(item: Item) -> bool:
    return item is not _EMPTY


def _columns(lefts: Iterator[int]) -> list[int]:
    """Where the columns of a table begin, by where its cells do, from the left."""
    columns: list[int] = []
    for left in sorted(set(lefts)):
        if not columns or left - columns[-1] > _SAME:
            columns.append(left)
    return columns
