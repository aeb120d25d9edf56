"""Finds every literal that may start a match, with one pass of an automaton over the text.

The index may let through too much, never too little: `tests/laws` holds that findings are the same when
every phrase is looked for one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from sos_lint.surface import Role, Surface
from sos_lint.text import Range

_WORD_BEFORE = re.compile(r"\w+\Z")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?")
_HYPHENS = "-\u2010\u2011"

# Runs of capitals that may be a short form: CIN, C.I.N., FPoC, A&E.
_SHORT = re.compile(
    r"(?<![\w&.'\u2019@/\\-])(?:[A-Z](?:[A-Z&]{1,11}|[a-z][A-Z]{1,3}|[A-Z]{1,3}[a-z][A-Z]))(?=s?(?![\w&@]))"
    r"|(?<=[/-])[A-Z]{2,12}(?=s?(?![\w&@]))"
)


class Candidate(NamedTuple):
    """A literal seen in the text as whole words: where, what it does, and the numbers of its rules."""

    start: int
    end: int
    role: Role
    rules: Sequence[int]

    @property
    def at(self) -> Range:
        """Its place in the text."""
        return Range(self.start, self.end)


class Index:
    """The compiled surface forms. `open_prefixes` are words whose hyphen makes no new word (non-CIN)."""

    def __init__(self, surface: Surface, open_prefixes: Iterable[str]) -> None:
        self._folded = surface.folded
        self._exact = surface.exact
        self._open = frozenset(prefix.lower() for prefix in open_prefixes)
        self._folded_automaton = AhoCorasick(self._folded.forms) if self._folded.forms else None
        self._exact_automaton = AhoCorasick(self._exact.forms) if self._exact.forms else None

    def phrases(self, text: str, folded: str) -> Iterator[Candidate]:
        """Phrases, exceptions, anchors and small-letter short forms; `folded` is `fold(text)`."""
        if self._folded_automaton is None:
            return
        for number, start, end in self._folded_automaton.find_matches_as_indexes(folded, overlapping=True):
            role = Role(self._folded.roles[number])
            if role is Role.ANCHOR or self._whole(text, folded, start, end):
                last = folded.index(" ", start) if role is Role.BESIDE else end
                yield Candidate(start, last, role, self._folded.rules(number))

    def shorts(self, text: str) -> Iterator[Candidate]:
        """Known short forms, in exact case, with a plural ending if there is one; longest at each place."""
        if self._exact_automaton is None:
            return
        best: dict[int, tuple[int, int]] = {}
        for number, start, end in self._exact_automaton.find_matches_as_indexes(text, overlapping=True):
            whole = self._short_end(text, start, end)
            if whole is not None and end > best.get(start, (0, 0))[1]:
                best[start] = (number, end)
        for start, (number, end) in sorted({**best, **self._dotted(text)}.items()):
            plural = text[end : end + 1] == "s"
            yield Candidate(start, end + plural, Role.SHORT, self._exact.rules(number))

    def _dotted(self, text: str) -> dict[int, tuple[int, int]]:
        """Known short forms with full stops between the letters: start, number and end of each."""
        written = list(_DOTTED.finditer(text))
        known = {form: number for number, form in enumerate(self._exact.forms)} if written else {}
        letters = ((match, match.group().replace(".", "")) for match in written)
        return {match.start(): (known[form], match.end()) for match, form in letters if form in known}

    def _whole(self, text: str, folded: str, start: int, end: int) -> bool:
        if (end < len(folded) and _in_word(folded[end])) or (start and _in_word(folded[start - 1])):
            return False
        if start > 1 and text[start - 1] in _HYPHENS and _in_word(text[start - 2]):
            before = _WORD_BEFORE.search(folded, 0, start - 1)
            return before is not None and before.group() in self._open
        return True

    @staticmethod
    def _short_end(text: str, start: int, end: int) -> int | None:
        if start and _in_word(text[start - 1]):
            return None
        if end < len(text) and _in_word(text[end]):
            plural = text[end] == "s" and not _in_word(text[end + 1 : end + 2])
            return end + 1 if plural else None
        return end


def unknown_shorts(text: str) -> Iterator[Range]:
    """Runs of capitals that may be short forms nobody told us of, with a plural ending if there is one."""
    return (
        Range(match.start(), match.end() + (text[match.end() : match.end() + 1] == "s"))
        for match in _SHORT.finditer(text)
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"  # no character at all is in no word
