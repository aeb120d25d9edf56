"""Which words of a document stand in which section: under a heading, after a label, in a table.

In a table, labels of several sections side by side head columns; else a label owns what follows it in its
cell and its row, and, where there is nothing, the rows beneath. Outside, a label owns what follows until the
next label, or a heading that is not beneath it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.nlp.surroundings import Surroundings
from sos_lint.structure.forms.filling import Filling
from sos_lint.structure.forms.labels import Label, Names, in_margin
from sos_lint.text import Range

_BY_SHAPE = 6  # the level of a heading that markup does not name


class Piece(NamedTuple):
    """Words in a section: a block, or what follows a label in its block. `box` is the number of its box.

    `headed`: the piece stands in a column that the section's label heads.
    """

    at: Range
    block: Block
    section: int
    box: int | None
    headed: bool = False


_Numbered = tuple[int, Block]


class Layout:
    """Goes through a document and hands out its words to the sections of a form."""

    def __init__(
        self, around: Surroundings, names: Names, labels: Mapping[int, Label], filling: Filling
    ) -> None:
        self._around = around
        self._names = names
        self._labels = labels
        self._filling = filling
        self._owner: Label | None = None  # of what follows
        self._level = _BY_SHAPE

    def pieces(self) -> Iterator[Piece]:
        """The pieces of all sections, in the order of the document."""
        numbered = (one for one in enumerate(self._around.document.blocks) if not in_margin(one[1]))
        for table, group in groupby(numbered, key=lambda one: one[1].cell.table if one[1].cell else None):
            blocks = list(group)
            if table is None:
                for number, block in blocks:
                    yield from self._in_text(number, block)
            else:
                yield from self._in_table(blocks)

    def _in_text(self, number: int, block: Block) -> Iterator[Piece]:
        label = self._labels.get(number)
        if label is not None:
            self._owner = label
            self._level = block.level if block.kind is BlockKind.HEADING else _BY_SHAPE
            if label.rest is not None:
                yield self._piece(label.rest, block, label)
        elif self._ends(block):
            self._owner = None
        elif self._owner is not None and not self._is_head(block) and not self.is_other_field(block):
            yield self._piece(block.at, block, self._owner)

    def _ends(self, block: Block) -> bool:
        """True of what no section goes on after: a heading that is not beneath it, a label named for that."""
        if self._names.is_field_label(self._around, block.at):
            return True
        if block.kind is not BlockKind.HEADING:
            return False
        if block.level < _BY_SHAPE:
            return block.level <= self._level
        return self._level == _BY_SHAPE and _is_title(block.at.of(self._around.text))

    @staticmethod
    def _is_head(block: Block) -> bool:
        """True of a heading or label inside a section, which is no part of what is told."""
        return block.kind is BlockKind.FORM_LABEL or (
            block.kind is BlockKind.HEADING and block.level < _BY_SHAPE
        )

    def _in_table(self, blocks: Sequence[_Numbered]) -> Iterator[Piece]:
        labels = [self._labels[number] for number, _ in blocks if number in self._labels]
        if not labels or self._goes_on(labels):
            if self._owner is not None:
                for number, block in blocks:
                    head = block.kind is BlockKind.FORM_LABEL and _row(block) == _row(blocks[0][1])
                    if number not in self._labels and not head:
                        yield self._piece(block.at, block, self._owner)
            return
        pieces = list(_Table(self, blocks).pieces())
        yield from pieces
        # A table of nothing but one label is a bar over what follows it.
        bar = len(labels) == 1 and not any(self._filling.says(piece.at) for piece in pieces)
        self._owner, self._level = labels[0] if bar else None, _BY_SHAPE

    def _goes_on(self, labels: Sequence[Label]) -> bool:
        """True of a table in a section whose heads name parts of the same ("Action", "Who", "By when")."""
        owner = self._owner
        return owner is not None and all(one.section == owner.section and not one.sure for one in labels)

    @staticmethod
    def _piece(at: Range, block: Block, label: Label) -> Piece:
        return Piece(at, block, label.section, label.box)

    def label(self, number: int) -> Label | None:
        """The label that begins a block."""
        return self._labels.get(number)

    def says(self, at: Range) -> bool:
        """True where words tell something of the case."""
        return self._filling.says(at)

    def is_other_field(self, block: Block) -> bool:
        """True of a field that belongs to no section, filled in or not ("Signed", "Date: 3 May")."""
        return self._names.is_field(self._around, block.at)


class _Table:
    """One table that has labels in it."""

    def __init__(self, layout: Layout, blocks: Sequence[_Numbered]) -> None:
        self._layout = layout
        self._blocks = blocks
        self._heads: dict[int, Label] = {}  # by the column where they begin
        self._owner: Label | None = None
        self._at = (0, 0)  # row and column of the owner
        self._told = False  # whether the owner's own row tells something
        self._over = False  # whether the owner's row heads those beneath ("Next steps | Who | By when")

    def pieces(self) -> Iterator[Piece]:
        """The pieces in the cells, row by row."""
        for _, group in groupby(self._blocks, key=lambda one: _row(one[1])):
            row = list(group)
            labels = [(_column(block), label) for n, block in row if (label := self._layout.label(n))]
            if labels and not all(self._is_beneath(column, label) for column, label in labels):
                several = len({label.section for _, label in labels}) > 1
                self._heads = dict(labels) if several else {}
                self._owner = None
            if self._heads:
                yield from self._in_columns(row)
            else:
                yield from self._in_row(row)

    def _is_beneath(self, column: int, label: Label) -> bool:
        head = self._head(column)
        return head is not None and self._heads[head].section == label.section

    def _head(self, column: int) -> int | None:
        return max((start for start in self._heads if start <= column), default=None)

    def _in_columns(self, row: Sequence[_Numbered]) -> Iterator[Piece]:
        for number, block in row:
            head = self._head(_column(block))
            if head is None:
                continue
            label = self._layout.label(number)
            if label is None:
                owner, at = self._heads[head], block.at
            else:
                self._heads[head] = owner = label
                if label.rest is None:
                    continue
                at = label.rest
            if label is not None or not self._layout.is_other_field(block):
                yield Piece(at, block, owner.section, owner.box, headed=True)

    def _in_row(self, row: Sequence[_Numbered]) -> Iterator[Piece]:
        if not any(self._layout.label(number) for number, _ in row) and self._ends(row):
            self._owner = None
        for number, block in row:
            label = self._layout.label(number)
            if label is not None:
                self._begin(label, block, row)
                if label.rest is not None:
                    yield self._taken(label.rest, block, label)
            elif self._owner is not None and self._is_content(block):
                yield self._taken(block.at, block, self._owner)

    def _begin(self, label: Label, block: Block, row: Sequence[_Numbered]) -> None:
        self._owner, self._at, self._told = label, (_row(block), _column(block)), False
        beside = [
            other
            for number, other in row
            if other.kind is BlockKind.FORM_LABEL
            and _column(other) > _column(block)
            and self._layout.label(number) is None
        ]
        self._over = len(beside) > 1 or (len(beside) == 1 and not label.sure)

    def _is_content(self, block: Block) -> bool:
        """True of a cell that holds no label: what looks like one beside the owner may be its value."""
        if block.kind is not BlockKind.FORM_LABEL:
            return True
        beside = (_row(block), _column(block)) > self._at and _row(block) == self._at[0]
        return beside is not self._over

    def _taken(self, at: Range, block: Block, owner: Label) -> Piece:
        self._told = self._told or (_row(block) == self._at[0] and self._layout.says(at))
        return Piece(at, block, owner.section, owner.box)

    def _ends(self, row: Sequence[_Numbered]) -> bool:
        """True of a row that does not belong to the label above it: a field of its own."""
        first = row[0][1]
        if self._owner is None or self._over or _column(first) > self._at[1]:
            return False
        return self._told or first.kind is BlockKind.FORM_LABEL or self._layout.is_other_field(first)


def _row(block: Block) -> int:
    return block.cell.row if block.cell else 0


def _column(block: Block) -> int:
    return block.cell.column if block.cell else 0


def _is_title(words: str) -> bool:
    """True where every long word has a capital: a heading of its own, and no short line of notes."""
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)
