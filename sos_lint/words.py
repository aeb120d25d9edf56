"""Word patterns: the small language in which packs say what stands near a word.

A word pattern is items parted by single spaces:

    word        that word, in any case
    a|b|c       one of these
    word?       that item or nothing
    neglect*    any word that starts so
    <month>     a word or phrase of the named class (`<number>` matches digits too)
    _           any one word
    ...         up to five words
    NOUN        a word of that part of speech (asks the language model)

Between two words stands a space, or a comma and a space. Patterns without parts of speech are matched over
folded text by `PatternSet`: nothing is compiled, and every pattern has only so many places to end, so its
time is bounded whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sos_lint.fold import fold

PARTS_OF_SPEECH = frozenset(
    [
        "NOUN",
        "VERB",
        "ADJ",
        "ADV",
        "PROPN",
        "PRON",
        "ADP",
        "DET",
        "NUM",
        "AUX",
        "PART",
        "CCONJ",
        "SCONJ",
        "INTJ",
    ]
)
GAP = 5  # the most words that `...` stands for

_CLASS = re.compile(r"<([a-z0-9-]+)>\Z")
_WORD = re.compile(r"[\w'&/.+-]+\*?\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a word pattern: the words that fit it, and how many of them it takes."""

    literals: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    parts_of_speech: tuple[str, ...] = ()
    anything: bool = False
    gap: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A parsed word pattern."""

    written: str
    items: tuple[Item, ...]

    @property
    def asks_grammar(self) -> bool:
        """True when the pattern names a part of speech."""
        return any(item.parts_of_speech for item in self.items)

    def without_grammar(self) -> WordPattern | None:
        """What fits by its words alone, of a pattern of one place; None where that is not so simple."""
        item = self.items[0]
        if len(self.items) > 1 or not (item.literals or item.starts or item.classes):
            return None
        words = (choice for choice in self.written.split("|") if choice not in PARTS_OF_SPEECH)
        return parse("|".join(words))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the word classes that the pattern uses."""
        return tuple(name for item in self.items for name in item.classes)


def parse(written: str) -> WordPattern:
    """Read a word pattern; raises ValueError with a sentence that says what cannot be read."""
    items = tuple(_parse_item(item) for item in written.split())
    if not items:
        raise ValueError("a word pattern needs at least one word")
    if all(item.optional or item.gap for item in items):
        raise ValueError(f"every word of “{written}” may be left out, so it would fit anything")
    return WordPattern(written, items)


def _parse_item(written: str) -> Item:
    if written == "...":
        return Item(gap=True)
    optional = written.endswith("?")
    literals, starts, classes, tags, anything = [], [], [], [], False
    for choice in written.removesuffix("?").split("|"):
        if choice == "_":
            anything = True
        elif named := _CLASS.match(choice):
            classes.append(named.group(1))
        elif choice in PARTS_OF_SPEECH:
            tags.append(choice)
        elif not _WORD.match(fold(choice).replace(" ", "-")):
            raise ValueError(f"“{choice}” cannot stand in a word pattern")
        elif choice.endswith("*"):
            starts.append(fold(choice[:-1]))
        else:
            literals.append(fold(choice))
    return Item(tuple(literals), tuple(starts), tuple(classes), tuple(tags), anything, False, optional)


Classes = Mapping[str, tuple[str, ...]]

_WORD_START = re.compile(r"(?<!\w)\w+")
_ANY_WORD = re.compile(r"[\w'/-]+")
_REST = re.compile(r"[\w']*")
_DIGITS = re.compile(r"\d+(?!\w)")
_NUMBER = "number"  # the class that digits belong to
_DIGIT = "0"  # stands for every word that begins with a digit
_MANY = 4  # patterns, from which on it pays to look at all the words after a place first,
_NEAR = 1_000  # if they are no more than so many letters
_LONGEST_START = 8  # letters of a beginning that are looked at to see whether a pattern may fit at all
_NOTHING = frozenset[str]()
_KEPT = 20_000  # words of documents for which a set remembers which of its patterns they begin


class _Words(NamedTuple):
    """The words of a range of text, each with where it begins; `known` are all of them, and their beginnings.

    A beginning has a star, as in the patterns.
    """

    begun: tuple[tuple[int, str], ...]
    known: frozenset[str]


def _words_in(folded: str, start: int, end: int) -> _Words:
    """Many sets look for their patterns in the same sentence, one after the other: the last few are kept."""
    return _few_words(folded, start, end) if end - start <= _NEAR else _many_words(folded, start, end)


def _read_words(folded: str, start: int, end: int) -> _Words:
    begun = tuple([(word.start(), word.group()) for word in _WORD_START.finditer(folded, start, end)])
    return _Words(begun, _NOTHING.union(*[_and_beginnings(word) for _, word in begun]))


@lru_cache(maxsize=_KEPT)
def _and_beginnings(word: str) -> frozenset[str]:
    """A word and its beginnings, each with a star; of a number that it is one."""
    found = {word, *[f"{word[:length]}*" for length in range(1, min(len(word), _LONGEST_START) + 1)]}
    return frozenset(found | {_DIGIT} if word[0].isdigit() else found)


_few_words = lru_cache(maxsize=64)(_read_words)
_many_words = lru_cache(maxsize=2)(_read_words)  # of text without a full stop, each may be as long as a book


class PatternSet:
    """Some word patterns, looked for together in folded text.

    Each is kept by the words of one of its places: a sentence that holds none of them never meets it. Sets
    over the same classes may share what they make ready (`ready`). Raises KeyError for a class that nobody
    defines, and ValueError for a pattern that asks for grammar.
    """

    def __init__(self, patterns: Iterable[WordPattern], classes: Classes, ready: Ready | None = None) -> None:
        self._all: list[_Steps] = []
        self._by_needed: dict[str, list[_Steps]] = {}
        self._loose: list[_Steps] = []  # without a place that needs a certain word
        ready = Ready() if ready is None else ready
        for pattern in patterns:
            steps = ready.steps(pattern, classes)
            self._all.append(steps)
            for word in steps.rarest:
                self._by_needed.setdefault(word, []).append(steps)
            if not steps.rarest:
                self._loose.append(steps)
        self._needed = frozenset(self._by_needed)
        self._met: dict[str, tuple[_Steps, ...]] = {}

    def find(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a pattern fits, as far as it reaches, in order and without overlaps."""
        words = _words_in(folded, start, end)
        if not self._loose and words.known.isdisjoint(self._needed):
            return iter(())  # nearly always
        return self._found(words, folded, start, end)

    def _found(self, words: _Words, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        here = start
        for at, steps in self._may_begin(words):
            if at >= here:
                fit = _furthest(steps, folded, at, end)
                if fit is not None:
                    yield at, fit
                    here = fit

    def occurs(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern fits anywhere."""
        return next(self.find(folded, start, end), None) is not None

    def fit(self, folded: str, at: int, end: int) -> int | None:
        """The furthest end of a pattern that begins exactly at `at`, where a word begins, if one does."""
        word = _WORD_START.match(folded, at, end)
        patterns = self._beginning_with(word.group()) if word else ()
        if len(patterns) > _MANY and end - at <= _NEAR:
            known = _words_in(folded, at, end).known
            patterns = tuple(steps for steps in patterns if steps.may_fit(known))
        return _furthest(patterns, folded, at, end) if patterns else None

    def fits_until(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern ends exactly at `end`, wherever after `start` it begins."""
        return self.fit_until(folded, start, end) is not None

    def fit_until(self, folded: str, start: int, end: int) -> int | None:
        """The first place after `start` from where a pattern reaches exactly to `end`, if there is one."""
        for at, patterns in self._may_begin(_words_in(folded, start, end)):
            if any(end in steps.ends(folded, at, end) for steps in patterns):
                return at
        return None

    def _may_begin(self, words: _Words) -> Iterator[tuple[int, list[_Steps]]]:
        """The words that may begin a pattern, with the patterns: nearly everywhere none."""
        near: dict[str, list[_Steps]] = {}
        for steps in self._possible(words.known):
            for word in steps.beginnings(words):
                near.setdefault(word, []).append(steps)
        return ((at, near[word]) for at, word in words.begun if word in near) if near else iter(())

    def _beginning_with(self, word: str) -> tuple[_Steps, ...]:
        """The patterns that may begin with a word."""
        steps = self._met.get(word)
        if steps is None:
            if len(self._met) >= _KEPT:
                self._met.clear()
            steps = self._met[word] = tuple(one for one in self._all if one.may_begin(word))
        return steps

    def _possible(self, known: frozenset[str]) -> Collection[_Steps]:
        """The patterns all of whose places may be filled by these words."""
        if known.isdisjoint(self._needed):
            return self._loose
        near = {steps for word in known & self._needed for steps in self._by_needed[word]}
        return [*self._loose, *(steps for steps in near if steps.may_fit(known))]


def _furthest(patterns: Iterable[_Steps], folded: str, at: int, end: int) -> int | None:
    """The furthest end of patterns that begin at `at`, if one fits there."""
    return max((last for steps in patterns for last in steps.ends(folded, at, end)), default=None)


def words_of(item: Item, classes: Classes) -> Iterator[str]:
    """The words of an item's classes; `<number>` needs no definition, as it matches digits."""
    for name in item.classes:
        yield from classes.get(name, ()) if name == _NUMBER else classes[name]


_ByFirst = dict[str, list[str]]


def _by_first_word(item: Item, classes: Classes) -> _ByFirst:
    """The words and phrases that fit an item, by their first word."""
    words: _ByFirst = {}
    for word in sorted({*item.literals, *(fold(word) for word in words_of(item, classes))}):
        first = _WORD_START.match(word)
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
    def first_words(self) -> set[str]:
        """The words, and beginnings of words, that what fits may begin with."""
        words = self.words.keys() | {f"{start[:_LONGEST_START]}*" for start in self.starts}
        return words | {_DIGIT} if self.number else words

    @property
    def needs_words(self) -> bool:
        """True where one of the first words must stand."""
        return not (self.gap or self.optional or self.anything or "" in self.words)

    def fits(self, folded: str, here: int, end: int) -> Iterator[int]:
        """Every end of words that fit here."""
        first = _WORD_START.match(folded, here)
        for word in self.words.get(first.group() if first else "", ()):
            last = here + len(word)
            if last <= end and folded.startswith(word, here) and not _continues(folded, last):
                yield last
        for start in self.starts:
            rest = _REST.match(folded, here + len(start), end) if folded.startswith(start, here) else None
            if rest is not None:
                yield rest.end()
        if self.number and (digits := _DIGITS.match(folded, here, end)):
            yield digits.end()
        if self.anything and (word_ := _ANY_WORD.match(folded, here, end)):
            yield word_.end()


class Ready:
    """The patterns and places that sets over the same classes have made ready so far."""

    def __init__(self) -> None:
        self._steps: dict[str, _Steps] = {}
        self._words: dict[Item, _ByFirst] = {}  # many patterns share a class

    def steps(self, pattern: WordPattern, classes: Classes) -> _Steps:
        """A pattern made ready; raises as `PatternSet` does."""
        found = self._steps.get(pattern.written)
        if found is None:
            if pattern.asks_grammar:
                raise ValueError(f"“{pattern.written}” asks for grammar")
            found = self._steps[pattern.written] = _Steps(pattern, classes, self._words)
        return found


class _Steps:
    """One pattern made ready: for each item the words that fit it."""

    def __init__(self, pattern: WordPattern, classes: Classes, known: dict[Item, _ByFirst]) -> None:
        places = []
        for item in pattern.items:
            if item not in known:
                known[item] = _by_first_word(item, classes)
            number = _NUMBER in item.classes
            places.append(_Place(known[item], item.starts, number, item.anything, item.gap, item.optional))
        self._places = tuple(places)
        first = _until_needed(self._places)
        self._firsts = frozenset(word for place in first for word in place.first_words)
        self._starts = tuple(start for place in first for start in place.starts)
        self._begins_anyhow = any(place.anything or "" in place.words for place in first)
        self._begins_loosely = self._begins_anyhow or bool(self._starts) or _DIGIT in self._firsts
        self._needed = [frozenset(place.first_words) for place in self._places if place.needs_words]
        self.rarest = max(self._needed, key=_rarity, default=frozenset())

    def ends(self, folded: str, at: int, end: int) -> Collection[int]:
        """Every place at which the pattern can end if it begins at `at`."""
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

    def may_begin(self, word: str) -> bool:
        """False where the pattern cannot begin with this word."""
        return (
            word in self._firsts
            or self._begins_anyhow
            or word.startswith(self._starts)
            or (word[0].isdigit() and _DIGIT in self._firsts)
        )

    def beginnings(self, words: _Words) -> Collection[str]:
        """Those of some words that the pattern may begin with."""
        if not self._begins_loosely:
            return words.known & self._firsts
        if self._begins_anyhow or not words.known.isdisjoint(self._firsts):
            return {word for _, word in words.begun if self.may_begin(word)}
        return ()

    def may_fit(self, known: frozenset[str]) -> bool:
        """False where some place can be filled by none of these words."""
        return not any(map(known.isdisjoint, self._needed))


def _until_needed(places: Sequence[_Place]) -> list[_Place]:
    """The places that a pattern can begin at: up to the first that may not be left out."""
    last = next(i for i, place in enumerate(places) if not (place.optional or place.gap))
    return list(places[: last + 1])


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
