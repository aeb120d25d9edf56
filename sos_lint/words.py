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

Patterns without parts of speech become one regular expression over folded text. They hold only
literals, alternatives and bounded gaps, so their time is bounded whoever wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_ANY = r"[\w'/-]+"


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


def expression(pattern: WordPattern, classes: Mapping[str, tuple[str, ...]]) -> str:
    """The regular expression of a pattern without parts of speech, for folded text.

    Raises KeyError for a class that nobody defines.
    """
    parts: list[str] = []
    begun = False  # after the first word that must be there, each further one brings its space
    for item in pattern.items:
        if item.gap:
            parts.append(
                rf"(?:[ ,]{{1,2}}{_ANY}){{0,{GAP}}}?" if begun else rf"(?:{_ANY}[ ,]{{1,2}}){{0,{GAP}}}?"
            )
            continue
        word = rf"(?<!\w)(?:{'|'.join(_choices(item, classes))})(?!\w)"
        spaced = (rf",? {word}" if begun else f"{word} ") if item.optional or begun else word
        parts.append(f"(?:{spaced})?" if item.optional else spaced)
        begun = begun or not item.optional
    return "".join(parts)


def _choices(item: Item, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    choices = [re.escape(word) for word in item.literals]
    choices += [rf"{re.escape(start)}[\w']*" for start in item.starts]
    for name in item.classes:
        if name == "number":
            choices.append(r"\d+")
        choices += sorted((re.escape(fold(word)) for word in classes[name]), key=len, reverse=True)
    if item.anything:
        choices.append(_ANY)
    return choices
