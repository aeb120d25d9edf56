"""Splits a block into sentences, without tokens: quick, and the same wherever the block came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.text import Range

# A stop, with the quotes or brackets that close on it, before a space and something that opens a sentence.
_STOP = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*(?= +[\"'\u201c\u2018(\[]?[A-Z0-9\u00c0-\u00de])")
_LAST_WORD = re.compile(r"[\w.&'-]+\Z")
_LONGEST_WORD = 60  # letters: no abbreviation that we know is longer
_WORD = re.compile(r"\w+(?:[-'\u2010\u2011\u2019.,/@&]\w+)*")


LONGEST = (
    1500  # characters: some 250 words. What is longer is read in pieces, as readers take time by its length
)


def words_in(sentence: str) -> list[str]:
    """The words of a sentence as a reader counts them: "don't", "well-being" and "3.5" are one each."""
    return _WORD.findall(sentence)


def _cut(text: str, sentence: Range) -> Iterator[Range]:
    """The sentence, or where it is no sentence but a flood of words, pieces of it that end with a word."""
    start = sentence.start
    while sentence.end - start > LONGEST:
        end = text.rfind(" ", start + 1, start + LONGEST)
        end = end if end > 0 else start + LONGEST
        yield Range(start, end)
        start = end
        while start < sentence.end and text[start] == " ":
            start += 1
    yield Range(start, sentence.end)


class Sentences:
    """Splits blocks; `abbreviations` are words after which a full stop ends no sentence."""

    def __init__(self, abbreviations: tuple[str, ...]) -> None:
        self._abbreviations = frozenset(word.lower().rstrip(".") for word in abbreviations)

    def split(self, text: str, block: Range) -> list[Range]:
        """The sentences of a block, in order, without the spaces between them."""
        ranges: list[Range] = []
        start = block.start
        for stop in _STOP.finditer(text, block.start, block.end):
            if stop.group() == "." and self._is_abbreviation(text, start, stop.start()):
                continue
            ranges.append(Range(start, stop.end()))
            start = stop.end()
            while start < block.end and text[start] == " ":
                start += 1
        if start < block.end:
            ranges.append(Range(start, block.end))
        if block.end - block.start <= LONGEST:
            return ranges
        return [piece for sentence in ranges for piece in _cut(text, sentence)]

    def _is_abbreviation(self, text: str, start: int, stop: int) -> bool:
        before = text[max(start, stop - _LONGEST_WORD) : stop].rpartition(" ")[2]
        if before.isalpha():  # nearly always
            return before.lower() in self._abbreviations or (len(before) == 1 and before.isupper())
        word = _LAST_WORD.search(before)
        if word is None:
            return False
        last = word.group().lower()
        return last in self._abbreviations or (len(last) == 1 and word.group().isupper())
