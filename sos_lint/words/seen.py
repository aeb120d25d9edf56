"""Which places of word patterns the words of a text may fill, so that few patterns are ever tried.

Each place that needs certain words has a bit of its own. A word has the bits of all places that it may begin
to fill, and a range of text those of its words: one look at them says of any set of patterns, nearly always,
that none fits. The bits may say too much, never too little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from threading import Lock

WORD_START = re.compile(r"(?<!\w)\w+")
DIGIT = "0"  # stands for every word that begins with a digit
LONGEST_START = 8  # letters of a beginning that are looked at

_KEPT_WORDS = 20_000  # of documents
_KEPT_LINES = 256  # of the text that is read at present
_LONG = 8_000  # letters: of a longer line only what stands around a range is looked at,
_AROUND = 2_000  # so far on either side


class Line:
    """The words of a line of text, or of a part of it, with their bits.

    `known`: how many bits there were when it was read.
    """

    __slots__ = ("_bits", "_of_ranges", "_starts", "_words", "end", "known", "start", "text")

    def __init__(self, text: str, start: int, end: int, bits: Bits) -> None:
        found = [(word.start(), word.group()) for word in WORD_START.finditer(text, start, end)]
        self.text, self.start, self.end = text, start, end
        self.known = len(bits)
        self._starts = [at for at, _ in found]
        self._words = [word for _, word in found]
        self._bits = [bits.of(word) for _, word in found]
        self._of_ranges: dict[tuple[int, int], int] = {}

    def holds(self, text: str, start: int, end: int, known: int) -> bool:
        """True where a range of a text lies in it, and so many bits were known."""
        return self.text is text and self.start <= start and end <= self.end and self.known >= known

    def bits(self, start: int, end: int) -> int:
        """The bits of the words that begin in a range."""
        key = start, end
        found = self._of_ranges.get(key)
        if found is None:
            found = 0
            first = bisect_left(self._starts, start)
            for each in self._bits[first : bisect_left(self._starts, end, first)]:
                found |= each
            self._of_ranges[key] = found
        return found

    def words(self, start: int, end: int) -> Iterator[tuple[int, str, int]]:
        """The words that begin in a range, each with where it begins and its bits."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return zip(self._starts[first:last], self._words[first:last], self._bits[first:last], strict=True)


class Bits:
    """The bits of places and of words."""

    def __init__(self) -> None:
        self._places: dict[frozenset[str], int] = {}
        self._by_word: dict[str, int] = {}  # of words, and of beginnings with a star
        self._met: dict[str, int] = {}
        self._adding = Lock()

    def __len__(self) -> int:
        """How many places have a bit."""
        return len(self._places)

    def of_place(self, words: frozenset[str]) -> int:
        """The bit of a place that is filled by these words and beginnings, each of which has a star."""
        if words not in self._places:
            with self._adding:  # what is read meanwhile knows one bit less, and says so
                bit = 1 << len(self._places)
                for word in words:
                    self._by_word[word] = self._by_word.get(word, 0) | bit
                for word in self._met_among(words):
                    self._met[word] |= bit
                self._places[words] = bit
        return self._places[words]

    def _met_among(self, words: frozenset[str]) -> list[str]:
        """The words of documents that are, or begin as, one of these."""
        starts = tuple(word[:-1] for word in words if word[-1:] == "*")
        if DIGIT in words:
            return [met for met in self._met if met in words or met.startswith(starts) or met[0].isdigit()]
        if starts:
            return [met for met in self._met if met in words or met.startswith(starts)]
        return [word for word in words if word in self._met]

    def of(self, word: str) -> int:
        """The bits of the places that a word may begin to fill."""
        found = self._met.get(word)
        return self._meet(word) if found is None else found

    def _meet(self, word: str) -> int:
        bits = 0
        with self._adding:
            for each in _and_beginnings(word):
                bits |= self._by_word.get(each, 0)
            if len(self._met) >= _KEPT_WORDS:
                self._met.clear()
            self._met[word] = bits
        return bits


class Seen:
    """The lines of the text that is read at present."""

    def __init__(self) -> None:
        self.bits = Bits()
        self.last = Line("", 0, 0, self.bits)
        self._lines: dict[int, Line] = {}

    def line(self, text: str, start: int, end: int, known: int) -> Line:
        """The words around a range, with at least the first so many bits."""
        last = self.last
        if last.holds(text, start, end, known):
            return last
        if last.text is not text:
            self._lines = {}
        first = text.rfind("\n", 0, start) + 1
        line = self._lines.get(first)
        if line is None or line.text is not text or line.end < end or line.known < known:
            line = self._read(text, first, start, end)
        self.last = line
        return line

    def _read(self, text: str, first: int, start: int, end: int) -> Line:
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        if last - first > _LONG:
            return Line(text, max(first, start - _AROUND), min(last, end + _AROUND), self.bits)
        line = Line(text, first, last, self.bits)
        if len(self._lines) >= _KEPT_LINES:
            self._lines = {}
        self._lines[first] = line
        return line


def _and_beginnings(word: str) -> list[str]:
    """A word and its beginnings, each with a star; of a number that it is one."""
    found = [word, *[f"{word[:length]}*" for length in range(1, min(len(word), LONGEST_START) + 1)]]
    return [*found, DIGIT] if word[0].isdigit() else found
