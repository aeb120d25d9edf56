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
from collections.abc import Iterator, Mapping
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
NUMBER = "number"  # the class that digits belong to


def words_of(item: Item, classes: Classes) -> Iterator[str]:
    """The words of an item's classes; `<number>` needs no definition, as it matches digits."""
    for name in item.classes:
        yield from classes.get(name, ()) if name == NUMBER else classes[name]
