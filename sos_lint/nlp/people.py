"""Who is meant: a grown-up, a child, or one of those who help. By words and capitals, with no model.

The words are classes of the packs: `adult`, `child`, `worker`, `of-any-age`, `first-name`, `not-a-name`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import NamedTuple, cast

from sos_lint.document import Block, BlockKind
from sos_lint.nlp.elsewhere import Answerer, Topic
from sos_lint.nlp.surroundings import ByWord, Cues, Surroundings, keep_few
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
_INNER_CAPITAL = re.compile(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]+\b")
_SMALL = re.compile(r"\b[a-z]+\b")
_WRITER = frozenset(["i", "we"])
_LONGEST_ROLE = 3  # words of a worker's role ("family support worker")
_PERHAPS, _NOBODY = "perhaps", "nobody"
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
    start: int
    end: int

    @property
    def at(self) -> Range:
        """Its place in the text."""
        return Range(self.start, self.end)


@lru_cache(maxsize=1)
def people_of(around: Surroundings, cues: Cues) -> People:
    """The people of a document: the same for all who ask for them one after the other."""
    return People(around, cues)


class _Meanings(ByWord["Who | str"]):
    """Whom a word means by itself; `_PERHAPS` somebody by the words around it, or `_NOBODY` but a name."""

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._adults, self._children, self._somebody = map(cues.words, ("adult", "child", "of-any-age"))
        self._roles = frozenset(phrase.rpartition(" ")[2] for phrase in cues.words("worker"))

    def work_out(self, text: str) -> Who | str:
        """Whom a word means."""
        bare = text.removesuffix("'s")
        if text in _WRITER or bare in self._roles:
            return _PERHAPS
        return self.without_role(text)

    def without_role(self, text: str) -> Who | str:
        """The same of a word that ends no role of a worker."""
        bare = text.removesuffix("'s")
        if text in _PRONOUNS or bare in self._somebody:
            return Who.SOMEBODY
        if bare in self._adults:
            return Who.ADULT
        return Who.CHILD if bare in self._children else _NOBODY


@lru_cache(maxsize=2)
def _meanings_of(cues: Cues) -> _Meanings:
    """What words mean, known for all documents that are read by the same cues."""
    return _Meanings(cues)


class People:
    """Knows the people of one document."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._adults, self._children, self._workers, self._somebody, self._no_names, self._first_names = (
            cues.words(name)
            for name in ("adult", "child", "worker", "of-any-age", "not-a-name", "first-name")
        )
        self._names = names_in(around, cues)
        self._meanings = _meanings_of(cues)
        self._read: dict[Range, list[Word]] = {}
        self._meant_by: dict[tuple[int, int], Who | None] = {}

    def words(self, sentence: Range) -> list[Word]:
        """The words and marks of a sentence."""
        if sentence not in self._read:
            keep_few(self._read)
            found = _WORD.finditer(self._around.folded, sentence.start, sentence.end)
            self._read[sentence] = [Word(word.group(), *word.span()) for word in found]
        return self._read[sentence]

    def is_clipped(self, sentence: Range) -> bool:
        """True of an item of a list or a cell of a table, which may leave out who it is about."""
        return self._around.block(sentence).kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL)

    def has_capital(self, word: Word) -> bool:
        """True of a word that is written with a capital."""
        return self._around.text[word.start].isupper()

    def who(self, words: Sequence[Word], number: int) -> Who | None:
        """Who a word means; None if nobody. A pronoun is SOMEBODY."""
        key = words[0].start, words[number].start  # what stands before it says the rest
        if key not in self._meant_by:
            keep_few(self._meant_by)
            self._meant_by[key] = self._who(words, number)
        return self._meant_by[key]

    def _who(self, words: Sequence[Word], number: int) -> Who | None:
        text = words[number].text
        meaning = self._meanings[text]
        if meaning == _PERHAPS:
            if text in _WRITER and self._around.is_quoted(words[number].at):
                return Who.SOMEBODY
            if self._is_worker(words, number):
                return Who.WORKER
            meaning = self._meanings.without_role(text)
        if isinstance(meaning, Who):
            return meaning
        if not self.has_capital(words[number]) or not self._is_name(words, number):
            return None
        bare = text.removesuffix("'s")
        if number and words[number - 1].text in _TITLES:
            return Who.ADULT
        known = self._names.known.get(bare, Who.NAMED)
        self._around.notes.note(Topic.KNOWN_BY_NAME, bare, words[number].start, known)
        return known

    def are_in(self, words: Sequence[Word]) -> bool:
        """True of words of which one names or means somebody."""
        return any(self.who(words, number) is not None for number in range(len(words)))

    def last_before(self, at: int, sentence: Range) -> Who | None:
        """Who is named last before a place in its sentence; a pronoun goes back to the sentences before.

        “Tom's mum” is Mum: an owner counts only where nobody else follows.
        """
        words = [word for word in self.words(sentence) if word.start < at]
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
        return any(
            " ".join(word.text for word in words[number - length + 1 : number + 1]).removesuffix("'s")
            in self._workers
            for length in range(1, min(_LONGEST_ROLE, number + 1) + 1)
        )

    def _is_name(self, words: Sequence[Word], number: int) -> bool:
        """A capitalised word; at the start of a sentence only one that is known for a name."""
        word = words[number]
        bare = word.text.removesuffix("'s")
        start = word.start
        if not _NAME.match(self._around.text[start : start + len(bare)]) or bare in self._no_names:
            return False
        if number and words[number - 1].text not in _OPENS:
            return True
        if len(bare) == 1 or bare in self._first_names or word.text.endswith("'s"):
            return True
        named = bare in self._names.anywhere
        self._around.notes.note(Topic.IS_NAME, bare, start, named)
        return named

    def is_name(self, word: Word) -> bool:
        """True of a name that a person may have, and no word for a person ("Child", "Mum")."""
        bare = word.text.removesuffix("'s")
        nouns = (self._adults, self._children, self._workers, self._somebody, self._no_names)
        return not any(bare in listed for listed in nouns)

    @cached_property
    def children(self) -> tuple[str, ...]:
        """The children whom the document names, as far as their age, or what only a child has, shows it."""
        named = [name for name, who in self._names.known.items() if who is Who.CHILD]
        sure = self._first_names | self._names.anywhere
        return tuple(name.capitalize() for name in named if name in sure and self.is_name(Word(name, 0, 0)))


class _NamesTold(NamedTuple):
    """What a block, or all of them, say of names: whose age is told, who has what, who was harmed; and the
    words that have a capital within a sentence, and those in small letters.
    """

    of_an_age: tuple[str, ...]
    owners: tuple[tuple[str, Who], ...]
    harmed: tuple[str, ...]
    capitals: frozenset[str]
    small: frozenset[str]


class Names:
    """What one document as a whole says of the names in it: what its blocks say, taken together."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._no_names, self._first_names = cues.words("not-a-name"), cues.words("first-name")

    def answers(self) -> Mapping[Topic, Answerer]:
        """What answers questions about names, asked again."""
        return {
            Topic.KNOWN_BY_NAME: lambda bare, _: self.known.get(cast(str, bare), Who.NAMED),
            Topic.IS_NAME: lambda bare, _: bare in self.anywhere,
        }

    @cached_property
    def known(self) -> dict[str, Who]:
        """Whose age stands behind the name, or who has what only a child or a grown-up has."""
        known = dict.fromkeys(self._told.of_an_age, Who.CHILD)
        for name, who in self._told.owners:
            known.setdefault(name, who)
        for name in self._told.harmed:
            known.setdefault(name, Who.CHILD)
        return known

    @cached_property
    def anywhere(self) -> frozenset[str]:
        """Words that have a capital inside some sentence of the document, and small letters in none."""
        return self._told.capitals - self._no_names - self._told.small

    @cached_property
    def _told(self) -> _NamesTold:
        """What all blocks together say."""
        of_an_age: dict[str, None] = {}
        owners: dict[str, Who] = {}
        harmed: dict[str, None] = {}
        capitals: set[str] = set()
        small: set[str] = set()
        for block in self._around.document.blocks:
            told = self._around.of_block("names", block, partial(self._in_block, block))
            of_an_age.update(dict.fromkeys(told.of_an_age))
            for name, who in told.owners:
                owners.setdefault(name, who)
            harmed.update(dict.fromkeys(told.harmed))
            capitals |= told.capitals
            small |= told.small
        return _NamesTold(
            tuple(of_an_age), tuple(owners.items()), tuple(harmed), frozenset(capitals), frozenset(small)
        )

    def _in_block(self, block: Block) -> _NamesTold:
        text, start, end = self._around.text, block.at.start, block.at.end
        ages = []
        for found in _OF_AN_AGE.finditer(text, start, end) if _AGE.search(text, start, end) else ():
            first, last = (found.group(1) or "").lower(), found.group(2).lower()
            ages.append(first if first in self._first_names else last)  # “Ruby Marlow, aged 7”
        return _NamesTold(
            tuple(ages),
            tuple(self._owners(block.at)),
            tuple(found.group(1).lower() for found in _HARMED.finditer(text, start, end)),
            frozenset(found.group().lower() for found in _INNER_CAPITAL.finditer(text, start, end)),
            frozenset(_SMALL.findall(text, start, end)),
        )

    def _owners(self, at: Range) -> Iterator[tuple[str, Who]]:
        for found in _OWNER.finditer(self._around.text, at.start, at.end):
            for who, things in ((Who.CHILD, "child-has"), (Who.ADULT, "adult-has")):
                if self._cues.class_(things).fit(self._around.folded, found.end(), at.end) is not None:
                    yield found.group(1).lower(), who


def names_in(around: Surroundings, cues: Cues) -> Names:
    """The names of a document, looked for once."""
    return around.once(Names, lambda: Names(around, cues))
