"""Sets of word patterns, looked for together in folded text.

Nothing is compiled to an expression: every pattern has only so many places to end, so its time is bounded,
whoever wrote it. Which patterns are tried at all is the business of `seen`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sos_lint.fold import fold
from sos_lint.words.language import GAP, NUMBER, Classes, Item, WordPattern, parse, words_of
from sos_lint.words.seen import DIGIT, LONGEST_START, WORD_START, Line, Seen

_ANY_WORD = re.compile(r"[\w'/-]+")
_REST = re.compile(r"[\w']*")
_DIGITS = re.compile(r"\d+(?!\w)")
_MANY = 4  # patterns, from which on it pays to look at all the words after a place first,
_NEAR = 1_000  # if they are no more than so many letters
_NOWHERE: tuple[tuple[int, int], ...] = ()


class PatternSet:
    """Some word patterns, looked for together in folded text.

    Each is kept by the words of one of its places: a sentence that holds none of them never meets it. Sets
    over the same classes may share what they make ready (`ready`). Raises KeyError for a class that nobody
    defines, and ValueError for a pattern that asks for grammar.
    """

    def __init__(self, patterns: Iterable[WordPattern], classes: Classes, ready: Ready | None = None) -> None:
        ready = Ready() if ready is None else ready
        every = [ready.steps(pattern, classes) for pattern in _joined(patterns)]
        self._by_rarest: dict[int, list[_Steps]] = {}
        self._by_first: dict[int, list[_Steps]] = {}
        self._rarest = self._firsts = 0  # bits: see `seen`
        for steps in every:
            self._by_rarest.setdefault(steps.rarest, []).append(steps)
            for bit in () if steps.begins_anyhow else _each(steps.firsts):
                self._by_first.setdefault(bit, []).append(steps)
            self._rarest |= steps.rarest
            self._firsts |= steps.firsts
        self._anyhow = [steps for steps in every if steps.begins_anyhow]  # with any word
        self._loose = self._by_rarest.pop(0, [])  # without a place that needs a certain word
        self._seen = ready.seen
        self._known = len(self._seen.bits)

    def find(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a pattern fits, as far as it reaches, in order and without overlaps."""
        line = self._seen.line(folded, start, end, self._known)
        bits = line.bits(start, end)
        if not (bits & self._rarest or self._loose):
            return iter(_NOWHERE)  # nearly always
        patterns = self._possible(bits)
        return self._found(patterns, line, folded, start, end) if patterns else iter(_NOWHERE)

    def _found(
        self, patterns: Sequence[_Steps], line: Line, folded: str, start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        here = start
        for at, near in _may_begin(patterns, line, start, end):
            if at >= here:
                fit = _furthest(near, folded, at, end)
                if fit is not None:
                    yield at, fit
                    here = fit

    def may_fit(self, folded: str, start: int, end: int) -> bool:
        """False where no pattern fits anywhere, by a look at the words alone."""
        bits = self._seen.line(folded, start, end, self._known).bits(start, end)
        return bool(bits & self._rarest or self._loose)

    def occurs(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern fits anywhere."""
        return next(self.find(folded, start, end), None) is not None

    def fit(self, folded: str, at: int, end: int) -> int | None:
        """The furthest end of a pattern that begins exactly at `at`, where a word begins, if one does."""
        word = WORD_START.match(folded, at, end)
        if word is None:
            return None
        bits = self._seen.bits.of(word.group())
        if not (bits & self._firsts or self._anyhow):
            return None
        patterns = self._beginning(bits)
        if len(patterns) > _MANY and end - at <= _NEAR:
            known = self._seen.line(folded, at, end, self._known).bits(at, end)
            patterns = [steps for steps in patterns if steps.needed & known == steps.needed]
        return _furthest(patterns, folded, at, end)

    def fits_until(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern ends exactly at `end`, wherever after `start` it begins."""
        return self.fit_until(folded, start, end) is not None

    def fit_until(self, folded: str, start: int, end: int) -> int | None:
        """The first place after `start` from where a pattern reaches exactly to `end`, if there is one."""
        line = self._seen.line(folded, start, end, self._known)
        patterns = self._possible(line.bits(start, end))
        for at, near in _may_begin(patterns, line, start, end) if patterns else ():
            if any(end in steps.ends(folded, at, end) for steps in near):
                return at
        return None

    def _possible(self, bits: int) -> Sequence[_Steps]:
        """The patterns all of whose places may be filled by words with these bits."""
        found = list(self._loose)
        for bit in _each(bits & self._rarest):
            found += [steps for steps in self._by_rarest[bit] if steps.needed & bits == steps.needed]
        return found

    def _beginning(self, bits: int) -> Sequence[_Steps]:
        """The patterns that may begin with a word with these bits."""
        found = dict.fromkeys(self._anyhow)
        for bit in _each(bits & self._firsts):
            found.update(dict.fromkeys(self._by_first.get(bit, ())))
        return list(found)


def _joined(patterns: Iterable[WordPattern]) -> Iterator[WordPattern]:
    """The patterns, those that are a word or one of several all in one."""
    words: dict[str, None] = {}
    for pattern in patterns:
        item = pattern.items[0]
        if len(pattern.items) > 1 or item.classes or item.anything or pattern.asks_grammar:
            yield pattern
        else:
            words.update(dict.fromkeys(pattern.written.split("|")))
    if words:
        yield parse("|".join(words))


def _may_begin(
    patterns: Sequence[_Steps], line: Line, start: int, end: int
) -> Iterator[tuple[int, list[_Steps]]]:
    """The words that may begin a pattern, with the patterns."""
    for at, _, bits in line.words(start, end):
        near = [steps for steps in patterns if bits & steps.firsts or steps.begins_anyhow]
        if near:
            yield at, near


def _furthest(patterns: Iterable[_Steps], folded: str, at: int, end: int) -> int | None:
    """The furthest end of patterns that begin at `at`, if one fits there."""
    return max((last for steps in patterns for last in steps.ends(folded, at, end)), default=None)


_ByFirst = dict[str, list[str]]


def _by_first_word(item: Item, classes: Classes) -> _ByFirst:
    """The words and phrases that fit an item, by their first word."""
    words: _ByFirst = {}
    for word in sorted({*item.literals, *(fold(word) for word in words_of(item, classes))}):
        first = WORD_START.match(word)
        words.setdefault(first.group() if first else "", []).append(word)
    return words


class _Place(NamedTuple):
    """One item made ready: the words that fit it, by their first word, and what else fits."""

    words: _ByFirst
    starts: tuple[str, ...]
    number: bool
    anything: bool
    gap: bool
    optional: bool

    @property
    def first_words(self) -> frozenset[str]:
        """The words, and beginnings of words, that what fits may begin with."""
        words = [*self.words, *(f"{start[:LONGEST_START]}*" for start in self.starts)]
        return frozenset([*words, DIGIT] if self.number else words)

    @property
    def begins_anyhow(self) -> bool:
        """True where what fits may begin with any word, or with none."""
        return self.anything or "" in self.words

    @property
    def needs_words(self) -> bool:
        """True where one of the first words must stand."""
        return not (self.gap or self.optional or self.begins_anyhow)

    def fits(self, folded: str, here: int, end: int) -> list[int]:
        """Every end of words that fit here."""
        first = WORD_START.match(folded, here)
        found = []
        for word in self.words.get(first.group() if first else "", ()):
            last = here + len(word)
            if last <= end and folded.startswith(word, here) and not _continues(folded, last):
                found.append(last)
        if self.starts and folded.startswith(self.starts, here):
            for start in self.starts:
                rest = _REST.match(folded, here + len(start), end) if folded.startswith(start, here) else None
                if rest is not None:
                    found.append(rest.end())
        if self.number and (digits := _DIGITS.match(folded, here, end)):
            found.append(digits.end())
        if self.anything and (word_ := _ANY_WORD.match(folded, here, end)):
            found.append(word_.end())
        return found


class Ready:
    """The patterns and places that sets over the same classes have made ready so far, and what text they saw
    last.
    """

    def __init__(self) -> None:
        self.seen = Seen()
        self._steps: dict[str, _Steps] = {}
        self._places: dict[Item, tuple[_Place, frozenset[str]]] = {}  # many patterns share a class

    def steps(self, pattern: WordPattern, classes: Classes) -> _Steps:
        """A pattern made ready; raises as `PatternSet` does."""
        found = self._steps.get(pattern.written)
        if found is None:
            if pattern.asks_grammar:
                raise ValueError(f"“{pattern.written}” asks for grammar")
            found = self._steps[pattern.written] = _Steps(
                [self._place(item, classes) for item in pattern.items], self.seen
            )
        return found

    def _place(self, item: Item, classes: Classes) -> tuple[_Place, frozenset[str]]:
        if item not in self._places:
            words, number = _by_first_word(item, classes), NUMBER in item.classes
            place = _Place(words, item.starts, number, item.anything, item.gap, item.optional)
            self._places[item] = place, place.first_words
        return self._places[item]


class _Steps:
    """One pattern made ready: its places, and the bits of those that need certain words."""

    def __init__(self, places: Sequence[tuple[_Place, frozenset[str]]], seen: Seen) -> None:
        self._places = [place for place, _ in places]
        needed = [words for place, words in places if place.needs_words]
        self.needed = _bits(needed, seen)
        rarest = max(needed, key=_rarity, default=None)
        self.rarest = 0 if rarest is None else seen.bits.of_place(rarest)
        first = places[: _first_needed(self._places) + 1]
        self.firsts = _bits([words for _, words in first], seen)  # of words that it may begin with
        self.begins_anyhow = any(place.begins_anyhow for place, _ in first)

    def ends(self, folded: str, at: int, end: int) -> Collection[int]:
        """Every place at which the pattern can end if it begins at `at`."""
        if len(self._places) == 1:
            return self._places[0].fits(folded, at, end)
        fresh = True  # nothing of it has been met yet
        ends: set[int] = set()  # of what has been met
        for place in self._places:
            if place.gap:
                ends = {last for here in ends for last in _gaps(folded, here, end)}
                continue
            last = ends if place.optional else set()
            for here in ends:
                next_ = _next(folded, here, end)
                if next_ is not None:
                    last = last.union(place.fits(folded, next_, end))
            if fresh:
                last = last.union(place.fits(folded, at, end))
                fresh = place.optional
            ends = last
            if not ends and not fresh:
                break
        return ends


def _each(bits: int) -> list[int]:
    """Each of some bits."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest)
        bits ^= lowest
    return found


def _bits(places: Iterable[frozenset[str]], seen: Seen) -> int:
    found = 0
    for words in places:
        if words:
            found |= seen.bits.of_place(words)
    return found


def _first_needed(places: Sequence[_Place]) -> int:
    """Up to which place a pattern can begin: the first that may not be left out."""
    return next(i for i, place in enumerate(places) if not (place.optional or place.gap))


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """Short words are common ones; of places with like words, the one with fewer is met less."""
    return min(map(len, words)), -len(words)


def _next(folded: str, here: int, end: int) -> int | None:
    """Where the next word may begin: after a space, or a comma and a space."""
    if folded.startswith(" ", here, end):
        return here + 1
    return here + 2 if folded.startswith(", ", here, end) else None


def _gaps(folded: str, here: int, end: int) -> Iterator[int]:
    """Where none to `GAP` words after `here` end."""
    yield here
    for _ in range(GAP):
        next_ = _next(folded, here, end)
        word = None if next_ is None else _ANY_WORD.match(folded, next_, end)
        if word is None:
            return
        here = word.end()
        yield here


def _continues(folded: str, at: int) -> bool:
    return at < len(folded) and (folded[at].isalnum() or folded[at] == "_")
