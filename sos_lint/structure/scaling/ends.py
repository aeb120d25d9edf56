"""What a scale says that 0 and 10 mean: “10 means that …”, “0 (the week when …)”, “… would be a 10”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.kinds import Part
from sos_lint.nlp.surroundings import Surroundings
from sos_lint.structure.scaling.words import ScaleWords
from sos_lint.text import Range

# Words between a number and what follows that may also tell why somebody gave it ("Dad said 10 as …").
_EITHER = frozenset(["as", "when", "if", "is", "where", ",", "-", "\u2013", "\u2014", "being"])


_NEAR = 200  # characters before a number that may say whose it is


class End(NamedTuple):
    """One end of a scale: its number, and the words that say what it means."""

    part: Part
    number: Range
    meaning: Range


def ends_in(sentence: Range, around: Surroundings, words: ScaleWords) -> list[End]:
    """The ends of a scale that a sentence describes, in order."""
    found = [*_forwards(sentence, around, words), *_bracketed(sentence, around, words)]
    if not found:
        found = list(_backwards(sentence, around, words))
    return sorted(found, key=lambda end: end.number.start)


def _forwards(sentence: Range, around: Surroundings, words: ScaleWords) -> Iterator[End]:
    folded = around.folded
    for expression in (words.defined, words.at_end, words.placed):
        for match in expression.finditer(folded, sentence.start, sentence.end):
            if expression is words.defined and _is_given(match, sentence, around, words):
                continue
            until = words.until.search(folded, match.end(), sentence.end)
            meaning = Range(match.end(), until.start() if until else sentence.end)
            if len(meaning):
                yield End(_part(match.group(1)), Range(*match.span(1)), meaning)


def _bracketed(sentence: Range, around: Surroundings, words: ScaleWords) -> Iterator[End]:
    for match in words.bracketed.finditer(around.folded, sentence.start, sentence.end):
        yield End(_part(match.group(1)), Range(*match.span(1)), Range(*match.span(2)))


def _backwards(sentence: Range, around: Surroundings, words: ScaleWords) -> Iterator[End]:
    for match in words.backwards.finditer(around.folded, sentence.start, sentence.end):
        if "would be" in match.group() or not words.judged.search(f"{match.group(1)} "):
            yield End(_part(match.group(2)), Range(*match.span(2)), Range(*match.span(1)))


def _is_given(match: re.Match[str], sentence: Range, around: Surroundings, words: ScaleWords) -> bool:
    """True of a 0 or 10 that somebody gave."""
    before = around.folded[max(sentence.start, match.start(1) - _NEAR) : match.start(1)].rstrip()
    joined = match.group()[match.end(1) - match.start() :].strip()
    return joined in _EITHER and words.just_judged.search(before) is not None


def _part(written: str) -> Part:
    return Part.TEN_DEFINED if written in ("10", "ten") else Part.ZERO_DEFINED
