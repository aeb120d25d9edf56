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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
_NEXT = re.compile(r",? ")
_NUMBER = "number"  # the class that digits belong to


class PatternSet:
    """Some word patterns, looked for together in folded text.

    They are kept by the words that they can begin with, so that a word of the text meets only the patterns
    that may fit it. Raises KeyError for a class that nobody defines, and ValueError for a pattern that asks
    for grammar.
    """

    def __init__(self, patterns: Iterable[WordPattern], classes: Classes) -> None:
        self._by_first: dict[str, list[_Steps]] = {}
        self._by_start: dict[str, list[_Steps]] = {}
        self._anywhere: list[_Steps] = []
        known: dict[Item, _Words] = {}
        for pattern in patterns:
            if pattern.asks_grammar:
                raise ValueError(f"“{pattern.written}” asks for grammar")
            steps = _Steps(pattern, classes, known)
            for first in steps.firsts():
                self._by_first.setdefault(first, []).append(steps)
            for start in steps.starts():
                self._by_start.setdefault(start, []).append(steps)
            if steps.begins_with_anything():
                self._anywhere.append(steps)
        self._starts = tuple(self._by_start)

    def find(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a pattern fits, as far as it reaches, in order and without overlaps."""
        here = start
        for word in _WORD_START.finditer(folded, start, end):
            if word.start() >= here and self._may_begin(word.group()):
                fit = self.fit(folded, word.start(), end)
                if fit is not None:
                    yield word.start(), fit
                    here = fit

    def occurs(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern fits anywhere."""
        return next(self.find(folded, start, end), None) is not None

    def fit(self, folded: str, at: int, end: int) -> int | None:
        """The furthest end of a pattern that begins exactly at `at`, where a word begins, if one does."""
        return max(
            (last for steps in self._near(folded, at, end) for last in steps.ends(folded, at, end)),
            default=None,
        )

    def fits_until(self, folded: str, start: int, end: int) -> bool:
        """True when a pattern ends exactly at `end`, wherever after `start` it begins."""
        return self.fit_until(folded, start, end) is not None

    def fit_until(self, folded: str, start: int, end: int) -> int | None:
        """The first place after `start` from where a pattern reaches exactly to `end`, if there is one."""
        for word in _WORD_START.finditer(folded, start, end):
            if self._may_begin(word.group()) and any(
                end in steps.ends(folded, word.start(), end)
                for steps in self._near(folded, word.start(), end)
            ):
                return word.start()
        return None

    def _may_begin(self, first: str) -> bool:
        """False where no pattern begins with such a word: nearly everywhere, and quickly said."""
        return (
            first in self._by_first
            or bool(self._anywhere)
            or (first[0].isdigit() and "0" in self._by_first)
            or first.startswith(self._starts)
        )

    def _near(self, folded: str, at: int, end: int) -> Iterator[_Steps]:
        word = _WORD_START.match(folded, at, end)
        if word is None:
            return
        first = word.group()
        yield from self._by_first.get(first, ())
        if first[0].isdigit():
            yield from self._by_first.get("0", ())
        if self._by_start:
            for length in range(1, len(first) + 1):
                yield from self._by_start.get(first[:length], ())
        yield from self._anywhere


def words_of(item: Item, classes: Classes) -> Iterator[str]:
    """The words of an item's classes; `<number>` needs no definition, as it matches digits."""
    for name in item.classes:
        yield from classes.get(name, ()) if name == _NUMBER else classes[name]


_Words = dict[str, list[str]]


def _by_first_word(item: Item, classes: Classes) -> _Words:
    """The words and phrases that fit an item, by their first word."""
    words: _Words = {}
    for word in sorted({*item.literals, *(fold(word) for word in words_of(item, classes))}):
        first = _WORD_START.match(word)
        words.setdefault(first.group() if first else "", []).append(word)
    return words


class _Steps:
    """One pattern made ready: for each item the words that fit it."""

    def __init__(self, pattern: WordPattern, classes: Classes, known: dict[Item, _Words]) -> None:
        self._items = pattern.items
        for item in pattern.items:
            if item not in known:  # many patterns of a set share a class
                known[item] = _by_first_word(item, classes)
        self._words = [known[item] for item in pattern.items]

    def ends(self, folded: str, at: int, end: int) -> set[int]:
        """Every place at which the pattern can end if it begins at `at`."""
        found: set[int] = set()
        # Each path is an item to try, where, and whether a word has been met yet (then a space comes first).
        paths = [(0, at, False)]
        seen = set(paths)
        while paths:
            number, here, begun = paths.pop()
            if number == len(self._items):
                if begun:
                    found.add(here)
                continue
            for path in self._after(number, here, begun, folded, end):
                if path not in seen:
                    seen.add(path)
                    paths.append(path)
        return found

    def _after(
        self, number: int, here: int, begun: bool, folded: str, end: int
    ) -> Iterator[tuple[int, int, bool]]:
        item = self._items[number]
        if item.gap:
            yield number + 1, here, begun
            for _ in range(GAP if begun else 0):
                space = _NEXT.match(folded, here, end)
                word = _ANY_WORD.match(folded, space.end(), end) if space else None
                if word is None:
                    return
                here = word.end()
                yield number + 1, here, begun
            return
        if item.optional:
            yield number + 1, here, begun
        if begun:
            space = _NEXT.match(folded, here, end)
            if space is None:
                return
            here = space.end()
        yield from ((number + 1, last, True) for last in self._fits(number, here, folded, end))

    def _fits(self, number: int, here: int, folded: str, end: int) -> Iterator[int]:
        item = self._items[number]
        first = _WORD_START.match(folded, here)
        for word in self._words[number].get(first.group() if first else "", ()):
            last = here + len(word)
            if last <= end and folded.startswith(word, here) and not _continues(folded, last):
                yield last
        for start in item.starts:
            rest = _REST.match(folded, here + len(start), end) if folded.startswith(start, here) else None
            if rest is not None:
                yield rest.end()
        if _NUMBER in item.classes and (digits := _DIGITS.match(folded, here, end)):
            yield digits.end()
        if item.anything and (word_ := _ANY_WORD.match(folded, here, end)):
            yield word_.end()

    def firsts(self) -> set[str]:
        """The words that the pattern can begin with; "0" stands for digits."""
        words = {word for n in self._first_items() for word in self._words[n] if word}
        return words | (
            {"0"} if any(_NUMBER in self._items[n].classes for n in self._first_items()) else set()
        )

    def starts(self) -> set[str]:
        """The beginnings of words that the pattern can begin with."""
        return {start for n in self._first_items() for start in self._items[n].starts}

    def begins_with_anything(self) -> bool:
        """True when any word can begin the pattern."""
        return any(self._items[n].anything for n in self._first_items())

    def _first_items(self) -> list[int]:
        numbers = []
        for number, item in enumerate(self._items):
            numbers.append(number)
            if not (item.optional or item.gap):
                break
        return numbers


def _continues(folded: str, at: int) -> bool:
    return at < len(folded) and (folded[at].isalnum() or folded[at] == "_")
