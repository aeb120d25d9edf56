"""Knows a finding again when its draft has changed: by its rule and the words around it, never by its place.

Only hashes leave this module. They hide long passages, not short guesses: whoever knows the rule can try
likely words. So reports without excerpts do not show them (see `reporters.identity`), and what is kept in a
file is salted first (see `baseline`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from sos_lint.digest import blake2b
from sos_lint.fold import fold
from sos_lint.memory import Memory
from sos_lint.text import Range

AROUND = 3  # words on either side that are looked at, within the block

_NEAR = 240  # characters that hold so many words: a block may be a whole book on one line
_WORD = re.compile(r"\w+")
_VERSION = b"sos-lint words 1"  # another way to look at the words is another version


def fingerprint(rule: str, text: str, at: Range, memory: Memory | None = None) -> str:
    """A hash of the rule and of the words at, before and after a place of `Document.text`.

    Line breaks, spacing, punctuation, case and kinds of quotation mark change nothing; nor does whatever
    stands in other blocks. Two places with the same words around them have the same hash (see `numbered`).
    """
    before = text[max(0, at.start - _NEAR) : at.start].rpartition("\n")[2]
    after = text[at.end : at.end + _NEAR].partition("\n")[0]
    seen = (rule, before, at.of(text), after)
    return _hash(*seen) if memory is None else memory.once(("fingerprint", *seen), lambda: _hash(*seen))


def _hash(rule: str, before: str, words: str, after: str) -> str:
    near = _words(before)[-AROUND:], _words(words), _words(after)[:AROUND]
    told = "\n".join((rule, *map(" ".join, near)))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16, person=_VERSION).hexdigest()


def numbered(fingerprints: Iterable[str]) -> Iterator[str]:
    """The same, told apart: the n-th of a kind in a document ends in `:n`, counted from 1."""
    seen: Counter[str] = Counter()
    for one in fingerprints:
        seen[one] += 1
        yield f"{one}:{seen[one]}"


def _words(text: str) -> list[str]:
    if text.isascii():  # the same, and quicker
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFC", fold(text)))
