"""Who is meant: a grown-up, a child, or one of those who help. By words and capitals, with no model.

The words are classes of the packs: `adult`, `child`, `worker`, `of-any-age`, `first-name`, `not-a-name`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from sos_lint.document import BlockKind
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.text import Range

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[,;:.!?()]")
# A name, a surname as the police write it, or the initial of a child in court papers
_NAME = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{5,}|[B-HJ-Z])\Z")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "uncle", "auntie", "aunt", "gran", "grandad", "nan"])
_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his", "their", "hers"])
_OF_AN_AGE = re.compile(
    r"\b(?:([A-Z][a-z]+) )?([A-Z][a-z]+)"
    r"(?:,? \(?(?:aged? )?(?:1?\d)\)|,? aged? \d|, 1?\d,|, (?:a|the) (?:boy|girl|baby))"
)
_AGE = re.compile(r"\d\)|\baged? \d|, 1?\d,|, (?:a|the) (?:boy|girl|baby)")  # one of which stands in each
_OWNER = re.compile(r"\b([A-Z][a-z]*)['\u2019]s? ")
_HARMED = re.compile(
    r"(?:neglect|abuse|exploitation|bullying|harm|grooming|[Bb]aby|[Pp]upil)"
    r" (?:of |to |towards )?([A-Z][a-z]+)\b"
)
_OPENS = (".", ":", "!", "?", "(")
_INNER_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
_SMALL = re.compile(r"\b[a-z]+\b")
_WRITER = frozenset(["i", "we"])
_LONGEST_ROLE = 3  # words of a worker's role ("family support worker")
_BACK = 30  # sentences through which a reader goes back to whom a pronoun means


class Who(Enum):
    """What somebody is in a case. NAMED: by a first name, of grown-up or child; SOMEBODY: it does not say."""

    ADULT = 1
    CHILD = 2
    WORKER = 3
    NAMED = 4
    SOMEBODY = 5


class Word(NamedTuple):
    """A word or mark of a sentence, folded."""

    text: str
    at: Range


@lru_cache(maxsize=1)
def people_of(around: Surroundings, cues: Cues) -> People:
    """The people of a document: the same for all who ask for them one after the other."""
    return People(around, cues)


@lru_cache(maxsize=2)
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


class People:
    """Knows the people of one document."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._adults, self._children, self._workers, self._somebody, self._no_names, self._first_names = (
            cues.words(name)
            for name in ("adult", "child", "worker", "of-any-age", "not-a-name", "first-name")
        )
        self._read: dict[Range, list[Word]] = {}
        self._meant_by: dict[tuple[int, int], Who | None] = {}

    def words(self, sentence: Range) -> list[Word]:
        """The words and marks of a sentence."""
        if sentence not in self._read:
            found = _WORD.finditer(self._around.folded, sentence.start, sentence.end)
            self._read[sentence] = [Word(word.group(), Range(*word.span())) for word in found]
        return self._read[sentence]

    def is_clipped(self, sentence: Range) -> bool:
        """True of an item of a list or a cell of a table, which may leave out who it is about."""
        return self._around.block(sentence).kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL)

    def has_capital(self, word: Word) -> bool:
        """True of a word that is written with a capital."""
        return self._around.text[word.at.start].isupper()

    def who(self, words: Sequence[Word], number: int) -> Who | None:
        """Who a word means; None if nobody. A pronoun is SOMEBODY."""
        key = words[0].at.start, words[number].at.start  # what stands before it says the rest
        if key not in self._meant_by:
            self._meant_by[key] = self._who(words, number)
        return self._meant_by[key]

    def _who(self, words: Sequence[Word], number: int) -> Who | None:
        text = words[number].text
        if text in _WRITER and self._around.is_quoted(words[number].at):
            return Who.SOMEBODY
        if self._is_worker(words, number):
            return Who.WORKER
        bare = text.removesuffix("'s")
        if text in _PRONOUNS or bare in self._somebody:
            return Who.SOMEBODY
        if bare in self._adults:
            return Who.ADULT
        if bare in self._children:
            return Who.CHILD
        if not self._is_name(words, number):
            return None
        if number and words[number - 1].text in _TITLES:
            return Who.ADULT
        return self._known_by_name.get(bare, Who.NAMED)

    def are_in(self, words: Sequence[Word]) -> bool:
        """True of words of which one names or means somebody."""
        return any(self.who(words, number) is not None for number in range(len(words)))

    def last_before(self, at: int, sentence: Range) -> Who | None:
        """Who is named last before a place in its sentence; a pronoun goes back to the sentences before.

        “Tom's mum” is Mum: an owner counts only where nobody else follows.
        """
        words = [word for word in self.words(sentence) if word.at.start < at]
        for number in range(len(words) - 1, -1, -1):
            who = self.who(words, number)
            if who is Who.SOMEBODY and words[number].text in _PRONOUNS:
                return self._meant(words, number, sentence)
            if who is not None:
                return who
        return None

    def first_in(self, at: Range, sentence: Range) -> Who | None:
        """Who is named first inside a range ("bruises round her neck")."""
        words = self.words(sentence)
        inside = [n for n, word in enumerate(words) if at.contains(word.at)]
        named = next((n for n in inside if self.who(words, n) is not None), None)
        if named is None:
            return None
        if words[named].text in _PRONOUNS:
            return self._meant(words, named, sentence)
        return self.who(words, named)

    def _meant(self, words: Sequence[Word], number: int, sentence: Range) -> Who:
        """Whom a pronoun means: the grown-ups or the children, if only they were named before it."""
        told = self._told_apart(words[:number])
        before = islice(self._sentences_before(sentence), _BACK)
        while not told and (one := next(before, None)) is not None:
            told = self._told_apart(self.words(one))
        if len(told) == 1 and (one := next(before, None)) is not None:
            told |= self._told_apart(self.words(one))
        return told.pop() if len(told) == 1 else Who.SOMEBODY

    def _told_apart(self, words: Sequence[Word]) -> set[Who]:
        """The grown-ups, children and names among some words."""
        named = (self.who(words, number) for number in range(len(words)))
        return {who for who in named if who in (Who.ADULT, Who.CHILD, Who.NAMED)}

    def _sentences_before(self, sentence: Range) -> Iterator[Range]:
        """The sentences before, nearest first: of the same block, and of what leads a list or stands before
        it.
        """
        document = self._around.document
        block = self._around.block(sentence)
        same = self._around.sentences(block)
        for number in range(bisect_right(same, sentence.start, key=lambda other: other.end) - 1, -1, -1):
            yield same[number]
        if block.kind is BlockKind.LIST_ITEM:
            before = self._around.lead(block)
        else:
            number = document.block_number(sentence.start)
            before = document.blocks[number - 1] if number else None
        if before is None or (before.kind is BlockKind.HEADING and block.kind is not BlockKind.LIST_ITEM):
            return
        yield from self._around.sentences(before)[-1:]

    def _is_worker(self, words: Sequence[Word], number: int) -> bool:
        if words[number].text.removesuffix("'s") not in _last_words(self._workers):
            return False
        return any(
            " ".join(word.text for word in words[number - length + 1 : number + 1]).removesuffix("'s")
            in self._workers
            for length in range(1, min(_LONGEST_ROLE, number + 1) + 1)
        )

    def _is_name(self, words: Sequence[Word], number: int) -> bool:
        """A capitalised word; at the start of a sentence only one that is known for a name."""
        word = words[number]
        bare = word.text.removesuffix("'s")
        start = word.at.start
        if not _NAME.match(self._around.text[start : start + len(bare)]) or bare in self._no_names:
            return False
        if number and words[number - 1].text not in _OPENS:
            return True
        return len(bare) == 1 or bare in self._first_names or bare in self._names or word.text.endswith("'s")

    def is_name(self, word: Word) -> bool:
        """True of a name that a person may have, and no word for a person ("Child", "Mum")."""
        bare = word.text.removesuffix("'s")
        nouns = (self._adults, self._children, self._workers, self._somebody, self._no_names)
        return not any(bare in listed for listed in nouns)

    @cached_property
    def children(self) -> tuple[str, ...]:
        """The children whom the document names, as far as their age, or what only a child has, shows it."""
        named = [name for name, who in self._known_by_name.items() if who is Who.CHILD]
        sure = self._first_names | self._names
        return tuple(
            name.capitalize() for name in named if name in sure and self.is_name(Word(name, Range(0, 0)))
        )

    @cached_property
    def _known_by_name(self) -> dict[str, Who]:
        """Whose age stands behind the name, or who has what only a child or a grown-up has."""
        text, folded = self._around.text, self._around.folded
        known: dict[str, Who] = {}
        for found in _OF_AN_AGE.finditer(text) if _AGE.search(text) else ():
            first, last = (found.group(1) or "").lower(), found.group(2).lower()
            known[first if first in self._first_names else last] = Who.CHILD  # “Ruby Marlow, aged 7”
        for found in _OWNER.finditer(text):
            name, after = found.group(1).lower(), found.end()
            for who, things in ((Who.CHILD, "child-has"), (Who.ADULT, "adult-has")):
                if self._cues.class_(things).fit(folded, after, len(folded)) is not None:
                    known.setdefault(name, who)
        for found in _HARMED.finditer(text):
            known.setdefault(found.group(1).lower(), Who.CHILD)
        return known

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words that have a capital inside some sentence of the document, and small letters in none."""
        text = self._around.text
        inner = {found.group().lower() for found in _INNER_CAPITAL.finditer(text)}
        return frozenset(inner - set(_SMALL.findall(text)) - self._no_names)
