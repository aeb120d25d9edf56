"""The text of an open document as an editor tells it: changes by line and column, in the editor's units.

A line ends at a line feed, a carriage return, or both, and nowhere else (section “Text Documents”): other
libraries split at a form feed too. An editor counts a line's bytes in UTF-8, code points, or, mostly, the
16-bit units of UTF-16, in which an emoji is two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from re import compile as expression
from typing import NamedTuple

from sos_lint.text import Range

_LINE_END = expression(r"\r\n|\n|\r")
_LAST_OF_BASIC_PLANE = "\uffff"


class Units(str, Enum):
    """What an editor counts the characters of a line in."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"


class Spot(NamedTuple):
    """A line and a character in it, both from 0, as the protocol counts."""

    line: int
    character: int


class Span(NamedTuple):
    """From one spot to another."""

    start: Spot
    end: Spot


class Change(NamedTuple):
    """New words in the place of others; without a place, in that of the whole text."""

    words: str
    at: Span | None = None


class Lines:
    """Turns code points of a text into spots in an editor's units, and back."""

    def __init__(self, text: str, units: Units) -> None:
        self._text = text
        self._units = units
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._stops = [*(start for start, _ in ends), len(text)]

    def spot(self, offset: int) -> Spot:
        """Where a code point is; inside a line end, where the line ends."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        offset = min(offset, self._stops[line])
        if self.is_plain:
            return Spot(line, offset - start)
        return Spot(line, _length(self._text[start:offset], self._units))

    def span(self, at: Range) -> Span:
        """Where a range is."""
        return Span(self.spot(at.start), self.spot(at.end))

    def offset(self, spot: Spot) -> int:
        """The code point at a spot; after a line's end, and within a character, the nearest there is."""
        if spot.line >= len(self._starts):
            return len(self._text)
        start, stop = self._starts[spot.line], self._stops[spot.line]
        if self.is_plain:
            return min(start + spot.character, stop)
        return start + _count(self._text[start:stop], spot.character, self._units)

    def range(self, span: Span) -> Range:
        """The code points in a span; one that runs backwards is empty."""
        start = self.offset(span.start)
        return Range(start, max(start, self.offset(span.end)))

    def line(self, offset: int) -> Range:
        """The line of a code point, without its end."""
        number = bisect_right(self._starts, offset) - 1
        return Range(self._starts[number], self._stops[number])

    @cached_property
    def is_plain(self) -> bool:
        """True where each code point counts as one."""
        if self._units is Units.UTF_32 or self._text.isascii():
            return True
        return self._units is Units.UTF_16 and max(self._text) <= _LAST_OF_BASIC_PLANE


def changed(text: str, changes: Sequence[Change], units: Units) -> str:
    """A text after some changes, of which each speaks of what those before it made."""
    for change in changes:
        if change.at is None:
            text = change.words
        else:
            at = Lines(text, units).range(change.at)
            text = text[: at.start] + change.words + text[at.end :]
    return text


def _length(words: str, units: Units) -> int:
    if units is Units.UTF_8:
        return len(words.encode("utf-8", "surrogatepass"))
    return len(words) + sum(character > _LAST_OF_BASIC_PLANE for character in words)


def _count(line: str, length: int, units: Units) -> int:
    """How many code points of a line so many units reach over."""
    seen = 0
    for number, character in enumerate(line):
        seen += _length(character, units)
        if seen > length:
            return number
    return len(line)
