"""The short forms that a document uses, with what it says that they stand for, or what they may.

Unlike the findings, they hold those that the document explains: a family needs the list of them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sos_lint.document import MarkKind
from sos_lint.fold import fold
from sos_lint.nlp.acronyms import key_of, likeliest, spells
from sos_lint.nlp.surroundings import Spot, Surroundings
from sos_lint.rule import KnownMeaning, ShortForm
from sos_lint.text import Range

_BRACKETED = re.compile(r"['’\"”]?(?: [a-z]+)? ?[(\[](?P<inside>[^()\[\]]+)[)\]]")
_MEANS = re.compile(
    r"['’\"”]*,? ?(?:means|stands for|is short for|:|=|[-–—]) ?['‘\"“]?(?P<inside>[^.;,()\n]+)"
)
_OPENING = re.compile(r"['’\"”]? ?[(\[]['‘\"“]?\Z")
_LONGEST_OPENING, _LONGEST_MEANING = 4, 200  # characters
_APART = re.compile(r"[()\[\].;:]")
_WORD = re.compile(r"[\w'’&/-]+")


class Use(NamedTuple):
    """A short form where it stands, without its plural; `known` is what the packs know of it."""

    written: str
    spot: Spot
    known: ShortForm | None


class Entry(NamedTuple):
    """A short form of a document. `own` is what the document itself says that it stands for, if it does.

    `meanings` are those of the packs, likeliest here first; `places` is where it stands.
    """

    short: str
    own: str | None
    meanings: tuple[KnownMeaning, ...]
    places: tuple[Range, ...] = ()


def entries(uses: Iterable[Use], around: Surroundings) -> tuple[Entry, ...]:
    """The short forms that are used, each once, in the order of the alphabet."""
    found: dict[str, Entry] = {}
    company: set[str] = set()
    marks = _marked(around)
    for use in uses:
        key = key_of(use.known.short if use.known else use.written)
        meanings, by_company = likeliest(use.known.meanings, around, use.spot) if use.known else ((), False)
        entry = found.setdefault(key, Entry(use.written, marks.get(key), meanings))
        if by_company and key not in company:
            company.add(key)
            entry = entry._replace(meanings=meanings)
        places = (*entry.places, use.spot.at)
        found[key] = entry._replace(own=entry.own or _own(use, around), places=places)
    return tuple(sorted(found.values(), key=lambda entry: (fold(entry.short), entry.short)))


def _marked(around: Surroundings) -> Mapping[str, str]:
    """What markup says that short forms stand for."""
    return {
        key_of(mark.term): mark.value
        for mark in around.document.marks
        if mark.kind is MarkKind.ABBREVIATION and mark.value
    }


def _own(use: Use, around: Surroundings) -> str | None:
    """What the words around a short form say that it stands for."""
    text, block, at = around.text, use.spot.block.at, use.spot.at
    for after in (_BRACKETED.match(text, at.end, block.end), _MEANS.match(text, at.end, block.end)):
        if after and _is_meaning(use, after["inside"].strip()):
            return after["inside"].strip()
    opening = _OPENING.search(text, max(block.start, at.start - _LONGEST_OPENING), at.start)
    if opening is None:
        return None
    before = text[max(block.start, opening.start() - _LONGEST_MEANING) : opening.start()]
    words = _APART.split(before)[-1]
    ends = (words[word.start() :].strip() for word in reversed(list(_WORD.finditer(words))))
    return next((words for words in ends if " " in words and _is_meaning(use, words)), None)


def _is_meaning(use: Use, words: str) -> bool:
    known = (fold(meaning.expansion) for meaning in use.known.meanings) if use.known else ()
    return fold(words) in known or spells(use.written, words)
