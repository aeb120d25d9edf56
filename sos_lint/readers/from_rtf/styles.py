"""What the style sheet of a file of RTF, and its own words, say of a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sos_lint.document import BlockKind, MarkKind
from sos_lint.readers.from_rtf.tokens import Word
from sos_lint.readers.paragraph import Tag
from sos_lint.readers.remarks import said_by_style
from sos_lint.readers.style_names import heading_level, is_of_items, is_of_quotations

_MAX_LEVEL = 9
_LONGEST_LINE = 20  # styles that stand on one another; Word has no more than eleven
_KEYS = frozenset({"s", "cs", "ds", "ts"})
_T = TypeVar("_T")


class Shape(NamedTuple):
    """What a paragraph says of itself. `marked`: a bullet or number is shown; None: it does not say."""

    style: int = 0
    outline: int | None = None
    listed: int = 0
    depth: int = 0
    marked: bool | None = None


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: int | None = None
    outline: int | None = None


class Styles:
    """Looks through a style and all it is based on. Styles are known by number."""

    def __init__(self) -> None:
        self.speaks = False  # some style says something to us by its name
        self._styles: dict[int, _Style] = {}
        self._key, self._style = 0, _Style()
        self._tags: dict[str, Tag] = {}

    def begin(self) -> None:
        """Go on to the next entry of the style sheet."""
        self._key, self._style = 0, _Style()

    def hear(self, word: Word) -> None:
        """Take what an entry says."""
        if word.name in _KEYS:
            self._key = word.number or 0
        elif word.name == "sbasedon":
            self._style.based_on = word.number
        elif word.name == "outlinelevel":
            self._style.outline = word.number

    def end(self, name: str) -> None:
        """Close the entry, whose name stands after all else."""
        self._style.name = name.partition(";")[0].strip().lower()
        self._styles[self._key] = self._style
        self.speaks = self.speaks or said_by_style(self._style.name) is not None

    def kind(self, shape: Shape) -> tuple[BlockKind | None, int]:
        """What a paragraph is, and its level. None: nothing is said of it."""
        level = self._heading(shape)
        if level:
            return BlockKind.HEADING, level
        if self._is_item(shape):
            return BlockKind.LIST_ITEM, min(max(0, shape.depth), _MAX_LEVEL - 1) + 1
        if self._first(shape.style, lambda style: is_of_quotations(style.name) or None):
            return BlockKind.QUOTATION, 0
        return None, 0

    def remark(self, key: int | None) -> tuple[Tag, ...]:
        """What a style says to us by its name."""
        if not self.speaks or key is None:
            return ()
        words = self._first(key, lambda style: said_by_style(style.name))
        if words is None:
            return ()
        return (self._tags.setdefault(words, Tag(MarkKind.REMARK, words, term="style")),)

    def _heading(self, shape: Shape) -> int:
        outline = shape.outline
        if outline is None:
            named = self._first(shape.style, lambda style: heading_level(style.name))
            if named:
                return named
            outline = self._first(shape.style, lambda style: style.outline)
        return outline + 1 if outline is not None and 0 <= outline < _MAX_LEVEL else 0

    def _is_item(self, shape: Shape) -> bool:
        if shape.marked is not None:
            return shape.marked
        return shape.listed > 0 or bool(
            self._first(shape.style, lambda style: is_of_items(style.name) or None)
        )

    def _first(self, key: int, look: Callable[[_Style], _T | None]) -> _T | None:
        """The first answer along the line of a style and those it is based on."""
        return next((found for style in self._line(key) if (found := look(style)) is not None), None)

    def _line(self, key: int | None) -> Iterator[_Style]:
        for _ in range(_LONGEST_LINE):
            if key is None or key not in self._styles:
                return
            yield self._styles[key]
            key = self._styles[key].based_on
