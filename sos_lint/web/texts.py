"""What stands in the page as a `Document`, and places in it as a browser counts them.

A text that was typed or pasted is read as plain text. Of a file that was dropped the page keeps, line by
line, what each was (a heading, a cell of a table), so that a form is still known while it is being changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from sos_lint.document import Block, BlockKind, Cell, Document
from sos_lint.readers import shown
from sos_lint.readers.build import Builder
from sos_lint.readers.from_text import read_text

_LONGEST = 100  # characters of a place
NAME = "text.txt"  # what a text is called that has no file


class Line(NamedTuple):
    """What a line of the page was in the file that it came from."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    cell: Cell | None = None
    where: str | None = None

    @classmethod
    def of(cls, block: Block) -> Line:
        """What a block is."""
        return cls(block.kind, block.level, block.cell, block.where)

    @classmethod
    def told(cls, plain: Any) -> Line:
        """A line as the page tells it; raises ValueError or TypeError on anything else."""
        kind, level, cell, where = plain
        numbers = (level, *(cell or ()))
        if not all(isinstance(number, int) and 0 <= number < 1_000_000 for number in numbers):
            raise ValueError("a line is told by its kind, its level, its cell and its place")
        return cls(
            BlockKind(kind),
            level,
            None if cell is None else Cell(*cell),
            None if where is None else shown(str(where)[:_LONGEST]),
        )

    @property
    def plain(self) -> list[Any]:
        """The line as it is told to the page."""
        cell = None if self.cell is None else list(self.cell)
        return [self.kind.value, self.level, cell, self.where]


def document_of(text: str, lines: Sequence[Line] | None = None, name: str = NAME) -> Document:
    """The document that stands in the page; `lines` are what its lines were in their file."""
    if lines is None:
        return read_text(text, name)
    builder, start = Builder(name, text), 0
    for number, words in enumerate(text.split("\n")):
        line = lines[number] if number < len(lines) else Line()
        builder.start(line.kind, level=line.level, cell=line.cell, where=line.where)
        builder.keep(words, start)
        start += len(words) + 1
    return builder.document()


class Units:
    """Places in a text: ours are code points, a browser's are units of UTF-16."""

    def __init__(self, text: str) -> None:
        is_plain = text.isascii() or max(text, default="") <= "\uffff"
        self._wide = [] if is_plain else [n for n, sign in enumerate(text) if sign > "\uffff"]

    def of(self, offset: int) -> int:
        """A place of ours as the browser counts it."""
        return offset + bisect_left(self._wide, offset)


def whole(text: str) -> str:
    """The text without halves of signs, as long as before by the browser's count."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
