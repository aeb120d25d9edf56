"""Places in a text: ranges of code points, and lines and columns for people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

_set = object.__setattr__
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, init=False)
class Range:
    """A half-open range of code points, `start <= end`, counted from 0."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:  # as a dataclass would, and quicker: there are many
        if not 0 <= start <= end:
            raise ValueError(f"not a range: {start}..{end}")
        _set(self, "start", start)
        _set(self, "end", end)

    def __reduce__(self) -> tuple[type[Range], tuple[int, int]]:
        return Range, (self.start, self.end)  # processes send thousands to each other

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True  # an empty range is still a place

    def contains(self, other: Range) -> bool:
        """True when `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Range) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Range:
        """The range so many code points further on."""
        return Range(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The characters of `text` in this range."""
        return text[self.start : self.end]


class Ranges:
    """Some ranges, of which is quickly said whether any of them holds or touches another."""

    __slots__ = ("_furthest", "_starts", "all")

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.all = tuple(sorted(ranges, key=lambda at: at.start))
        self._starts = [at.start for at in self.all]
        self._furthest = list(accumulate((at.end for at in self.all), max))  # the furthest end up to here

    def hold(self, at: Range) -> bool:
        """True when `at` lies wholly inside one of them."""
        before = bisect_right(self._starts, at.start)
        return before > 0 and self._furthest[before - 1] >= at.end

    def touch(self, at: Range) -> bool:
        """True when `at` shares a code point with one of them."""
        before = bisect_left(self._starts, at.end)
        return before > 0 and self._furthest[before - 1] > at.start

    def touching(self, at: Range) -> Iterator[Range]:
        """Those that share a code point with `at`, in order."""
        first, last = bisect_right(self._furthest, at.start), bisect_left(self._starts, at.end)
        return (one for one in self.all[first:last] if one.end > at.start)


class Position(NamedTuple):
    """A line and a column, both from 1; columns count code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into lines and columns. A line ends at `\\n`, `\\r\\n` or `\\r`."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """The line and column of a code point; one past the end is allowed."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The code point at a line and column: the inverse of `position`."""
        return self._starts[position.line - 1] + position.column - 1


def end_before(text: str, start: int, at: int) -> int:
    """Where the words between `start` and `at` stop, which may be parted from what follows by spaces."""
    while at > start and text[at - 1] == " ":
        at -= 1
    return at
