"""Finds every literal that may start a match, with one pass of an automaton over the text.

The index may let through too much, never too little: `tests/laws` holds that findings are the same when
every phrase is looked for one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.surface import FIRST_WORD, Role, Surface, Table
from sos_lint.text import Range

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

FEW = 40_000  # code points that are read word by word before the automaton is made
LONG = 50_000  # code points, beyond which a document is read in windows

_WORD_BEFORE = re.compile(r"\w+\Z")
_LONGEST_WORD = 60  # letters: no prefix that we know is longer
# Each begins with a capital, and only then looks back: so the rest of a text is passed over quickly.
_DOTTED = re.compile(r"[A-Z](?<![\w.][A-Z])\.(?:[A-Z]\.)+(?:[A-Z](?!\w))?(?=s?(?!\w))")
_ROLES = {role.value: role for role in Role}
_HYPHENS = "-\u2010\u2011"

# Runs of capitals that may be a short form: CIN, C.I.N., FPoC, A&E.
_SHORT = re.compile(
    r"[A-Z](?:"
    r"(?<![\w&.'\u2019@/\\-][A-Z])(?:[A-Z&]{1,11}|[a-z][A-Z]{1,3}|[A-Z]{1,3}[a-z][A-Z])(?=s?(?![\w&@]))"
    r"|(?<=[/-][A-Z])[A-Z]{1,11}(?=s?(?![\w&@])))"
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


class Candidates(NamedTuple):
    """What is seen in a part of a text: words of the packs, known short forms, and runs of capitals that
    nobody knows.
    """

    phrases: Sequence[Candidate] = ()
    shorts: Sequence[Candidate] = ()
    unknown: Sequence[Range] = ()

    def moved(self, by: int) -> Candidates:
        """The same, so many code points further on."""
        if not by:
            return self
        return Candidates(
            [one._replace(start=one.start + by, end=one.end + by) for one in self.phrases],
            [one._replace(start=one.start + by, end=one.end + by) for one in self.shorts],
            [at.moved(by) for at in self.unknown],
        )


class _Finder:
    """Finds the forms of a table in a text. Gives row, start and end of each, whole words or not.

    Making the automaton takes as long as reading one draft word by word, so it is made only once more than
    that has been read. Both find the same.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._read = 0
        self._automaton: AhoCorasick | None = None

    def find(self, text: str) -> Iterable[tuple[int, int, int]]:
        """Every form in the text, overlapping ones too."""
        self._read += len(text)
        if self._read < FEW or not self.table.forms:
            return self._by_words(text)
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self.table.forms)
        return self._automaton.find_matches_as_indexes(text, overlapping=True)

    def _by_words(self, text: str) -> Iterator[tuple[int, int, int]]:
        forms, beginning = self.table.forms, self.table.beginning
        for row in beginning(""):
            start = text.find(forms[row])
            while start >= 0:
                yield row, start, start + len(forms[row])
                start = text.find(forms[row], start + 1)
        for match in FIRST_WORD.finditer(text):
            word, start = match.group(), match.start()
            singular = beginning(word[:-1]) if word[-1] == "s" else []
            for row in (*beginning(word), *singular):
                if text.startswith(forms[row], start):
                    yield row, start, start + len(forms[row])


class Index:
    """The compiled surface forms. `open_prefixes` are words whose hyphen makes no new word (non-CIN)."""

    def __init__(self, surface: Surface, open_prefixes: Iterable[str]) -> None:
        self._folded = _Finder(surface.folded)
        self._exact = _Finder(surface.exact)
        self._open = frozenset(prefix.lower() for prefix in open_prefixes)

    def phrases(self, text: str, folded: str) -> Iterator[Candidate]:
        """Phrases, exceptions, anchors and small-letter short forms; `folded` is `fold(text)`."""
        roles = self._folded.table.roles
        for number, start, end in self._folded.find(folded):
            role = _ROLES[roles[number]]
            if role is Role.ANCHOR or self._whole(text, folded, start, end):
                last = folded.index(" ", start) if role is Role.BESIDE else end
                yield Candidate(start, last, role, self._folded.table.rules(number))

    def shorts(self, text: str) -> Iterator[Candidate]:
        """Known short forms, in exact case, with a plural ending if there is one; longest at each place."""
        best: dict[int, tuple[int, int]] = {}
        for number, start, end in self._exact.find(text):
            whole = self._short_end(text, start, end)
            if whole is not None and end > best.get(start, (0, 0))[1]:
                best[start] = (number, end)
        for start, (number, end) in sorted({**best, **self._dotted(text)}.items()):
            plural = text[end : end + 1] == "s" and not _in_word(text[end + 1 : end + 2])
            yield Candidate(start, end + plural, Role.SHORT, self._exact.table.rules(number))

    def _dotted(self, text: str) -> dict[int, tuple[int, int]]:
        """Known short forms with full stops between the letters: start, number and end of each."""
        written = list(_DOTTED.finditer(text))
        known = {form: number for number, form in enumerate(self._exact.table.forms)} if written else {}
        letters = ((match, match.group().replace(".", "")) for match in written)
        return {match.start(): (known[form], match.end()) for match, form in letters if form in known}

    def _whole(self, text: str, folded: str, start: int, end: int) -> bool:
        if (end < len(folded) and _in_word(folded[end])) or (start and _in_word(folded[start - 1])):
            return False
        if start > 1 and text[start - 1] in _HYPHENS and _in_word(text[start - 2]):
            before = _WORD_BEFORE.search(folded, max(0, start - _LONGEST_WORD), start - 1)
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
