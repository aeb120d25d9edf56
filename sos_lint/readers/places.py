"""Where the words of a word processor's file stand: which element of which part each character came from.

Nobody sees such a file as text, so the source that its `SourceMap` leads to is one that only its reader
knows: the words of its elements, laid one after the other on a tape in the order in which they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from sos_lint.text import Range


class Stretch(NamedTuple):
    """Words from one element, from `start` on the tape on.

    `number` counts the elements of the part in the order of the file, from 0; `skip` is the white space at
    the start of the element's text that does not count. `after`: the words follow the element, in the one
    around it.
    """

    start: int
    words: str
    part: str
    number: int
    skip: int = 0
    after: bool = False

    @property
    def end(self) -> int:
        """Where on the tape the words end."""
        return self.start + len(self.words)


class Tape:
    """The words of a file as they are read. What may not be changed as one is parted by an empty place."""

    __slots__ = ("_pieces", "length")

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[tuple[int, str, etree._Element, int, bool]] = []

    def add(self, words: str, element: etree._Element, skip: int = 0, *, after: bool = False) -> Range:
        """Lay on words of an element, or of what follows it; returns where they are."""
        at = Range(self.length, self.length + len(words))
        self._pieces.append((at.start, words, element, skip, after))
        self.length = at.end
        return at

    def part(self) -> None:
        """Leave a place empty, so that no change can lie across it."""
        self.length += 1

    def stretches(self, parts: Mapping[str, etree._Element]) -> tuple[Stretch, ...]:
        """All of it, with the places of the elements in these parts, which are given by their roots."""
        wanted = {element for _, _, element, _, _ in self._pieces}
        places = {
            element: (name, number)
            for name, root in parts.items()
            for number, element in enumerate(root.iter("*"))
            if element in wanted
        }
        return tuple(
            Stretch(start, words, *places[element], skip, after)
            for start, words, element, skip, after in self._pieces
        )
