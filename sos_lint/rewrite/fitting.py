"""Fits words into the place of others: the article before them, a capital, number and possession.

Where it is not sure that the sentence stays English, it says so by giving nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.finding import Edit
from sos_lint.fold import fold
from sos_lint.kinds import Safety
from sos_lint.text import Range

NEAR = 300  # code points: nobody shall look through a whole block for each use

_ARTICLE = re.compile(r"(?<![\w'’-])([Aa]n?) \Z")
_DETERMINER = re.compile(r"(?<![\w'’-])(?:an?|the|this|that|my|our|your|his|her|their|its|each|every) \Z")
_FIRST = re.compile(r"[\w&]+")
# Said as letters: the names of these begin with a vowel ("an SGO", "an M1").
_LETTERS = re.compile(r"[AEFHILMNORSX](?=[A-Z0-9&]|$)")
_VOWEL = re.compile(
    r"(?!eu|ewe|one\b|once|u(?:ni(?![mndl])|s[aeu]|su[ar]|t[aei]|r[aeio]|k\b|biq))[aeiou]"
    r"|hour|honest|honour|heir|8|1[18](?!\d)"
)
_BEGINS = re.compile(
    r"(?:\A|[.!?…][\"'”’)\]]*(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!Dr\.)(?<!St\.)(?<!No\.) )[\"'“‘(\[]*\Z"
)
_LETTERS_TOGETHER = re.compile(r"[^\W\d_]{2}")


class Around(NamedTuple):
    """The words of a block on both sides of a place in it."""

    before: str
    words: str
    after: str


def around(document: Document, at: Range) -> Around:
    """What stands in the block before, in and after a range; of a long block only what is near."""
    block, text = document.block_at(at.start).at, document.text
    before = text[max(block.start, at.start - NEAR) : at.start]
    return Around(before, at.of(text), text[at.end : max(at.end, min(block.end, at.end + NEAR))])


def instead(
    document: Document, at: Range, words: str, *, safety: Safety = Safety.REVIEW, leading: bool = True
) -> Edit:
    """Put other words in a place: with a capital where a sentence begins, and the right a or an before them.

    Where the article changes, it becomes part of the edit. `leading` off leaves the first letter as it is.
    """
    before = around(document, at).before
    if leading and begins_sentence(before):
        words = capitalised(words)
    article = _ARTICLE.search(before)
    if article and article.group(1).lower() != (right := article_for(words)):
        at = Range(at.start - len(article.group()), at.end)
        words = f"{right.capitalize() if article.group(1)[0] == 'A' else right} {words}"
    return Edit(at, words, safety, document.place(at))


def begins_sentence(before: str) -> bool:
    """True when a sentence begins after these words of a block."""
    return _BEGINS.search(before) is not None


def capitalised(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def article_for(words: str) -> str:
    """The article that goes before the words, by their first sound: "an hour", "a unit", "an SGO"."""
    first = _FIRST.search(words)
    word = first.group() if first else ""
    said_as_letters = len(word) > 1 and word.upper() == word and not word[0].isdigit()
    vowel = _LETTERS.match(word) if said_as_letters else _VOWEL.match(word.lower())
    return "an" if vowel else "a"


def has_determiner(before: str) -> bool:
    """True after "a", "the", "his" and the like."""
    return _DETERMINER.search(before.lower()) is not None


def in_capitals(place: Around) -> bool:
    """True when the rest of the block is written in capitals."""
    rest = place.before + place.after
    return _LETTERS_TOGETHER.search(rest) is not None and rest.upper() == rest


def repeats(place: Around, words: str) -> bool:
    """True when a word would stand twice: at the start of the new words and before, or the end and after."""
    old, new = fold(place.before).split(), fold(words).split()
    next_ = re.match(r"[\w'’-]+", fold(place.after).lstrip())
    return bool(
        (old and new and old[-1] == new[0])
        or (next_ and new and next_.group() == new[-1] and place.after[:1] == " ")
    )
