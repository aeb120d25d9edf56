"""Where a match stands: its document, block and sentence, and the cues that its guards look for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import Any, TypeVar

from sos_lint.document import Block, BlockKind, Document
from sos_lint.kinds import Part
from sos_lint.memory import Memory
from sos_lint.nlp.elsewhere import Notes, Topic
from sos_lint.nlp.grid import Grid
from sos_lint.nlp.placeholders import placeholders
from sos_lint.nlp.sentences import Sentences
from sos_lint.rule import ACT_OF, Lexicon
from sos_lint.text import Range, Ranges
from sos_lint.words import PatternSet, Ready, parse

_QUOTES = re.compile(
    "\u201c[^\u201c\u201d]*\u201d"
    '|"[^"]*"'
    "|\u2018(?:[^\u2018\u2019]|(?<=\\w)\u2019(?=\\w))*\u2019(?!\\w)"
    "|(?<!\\w)'(?=\\w)(?:[^']|(?<=\\w)'(?=\\w))*(?<=[\\w.,!?\u2026])'(?!\\w)"
)
_LABEL = re.compile(r"([A-Z][^.!?:]{0,60})[:?](?: |\Z)")
_WORD = re.compile(r"\w+")
_START: Callable[[Range], int] = attrgetter("start")
_parsed = lru_cache(maxsize=None)(parse)

MOST_KEPT = 1_000  # of one sort, of the passages of one text
_WORDS_KEPT = 20_000  # of all documents

Found = TypeVar("Found")


class ByWord(dict[str, Found]):
    """What words are by themselves, each worked out once for all documents; when they are too many, anew."""

    def __missing__(self, word: str) -> Found:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        self[word] = found = self.work_out(word)
        return found

    def work_out(self, word: str) -> Found:
        """What a word is."""
        raise NotImplementedError


class Cues:
    """The word patterns of a lexicon, made ready when first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._ready = Ready()
        self._cues: dict[str, PatternSet] = {}
        self._alike: dict[str, PatternSet] = {}
        self._evidence: dict[Part, PatternSet] = {}
        self._classes: dict[str, PatternSet] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._patterns: dict[tuple[str, ...], PatternSet] = {}

    def cue(self, name: str) -> PatternSet:
        """The patterns of a cue; none where nobody defines it."""
        found = self._cues.get(name)
        if found is None:
            found = self._cues[name] = self._set(self.lexicon.cues.get(name, ()))
        return found

    @cached_property
    def kinds_of_acts(self) -> tuple[str, ...]:
        """The kinds of acts that are told apart."""
        return tuple(name.removeprefix(ACT_OF) for name in self.lexicon.cues if name.startswith(ACT_OF))

    def alike(self, name: str) -> PatternSet:
        """The patterns of what only looks like a cue (`NAME-pseudo`)."""
        found = self._alike.get(name)
        if found is None:
            found = self._alike[name] = self.cue(f"{name}-pseudo")
        return found

    def meant(self, name: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a cue stands, and none of its look-alikes (`NAME-pseudo`) begins before it and reaches it."""
        alike: list[tuple[int, int]] | None = None
        for first, last in self.cue(name).find(folded, start, end):
            if alike is None:
                alike = list(self.alike(name).find(folded, start, end))
            if not any(begin <= first < stop for begin, stop in alike):
                yield first, last

    def evidence(self, part: Part) -> PatternSet:
        """The patterns that tell a part of what happened."""
        found = self._evidence.get(part)
        if found is None:
            found = self._evidence[part] = self._set(self.lexicon.evidence.get(part, ()))
        return found

    def class_(self, name: str) -> PatternSet:
        """The words of a class; none where nobody defines it."""
        found = self._classes.get(name)
        if found is None:
            found = self._classes[name] = self._set((f"<{name}>",) if name in self.lexicon.classes else ())
        return found

    def words(self, name: str) -> frozenset[str]:
        """The words of a class as they are written there; none where nobody defines it."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = frozenset(self.lexicon.classes.get(name, ()))
        return found

    def patterns(self, written: tuple[str, ...]) -> PatternSet:
        """Some word patterns."""
        found = self._patterns.get(written)
        if found is None:
            found = self._patterns[written] = self._set(written)
        return found

    def _set(self, written: Iterable[str]) -> PatternSet:
        return PatternSet(map(_parsed, written), self.lexicon.classes, self._ready)


@lru_cache(maxsize=2)
def cues_of(lexicon: Lexicon) -> Cues:
    """The cues of a lexicon, made ready once for all who go by it."""
    return Cues(lexicon)


@lru_cache(maxsize=2)
def sentences_of(lexicon: Lexicon) -> Sentences:
    """What splits blocks into sentences by the abbreviations of a lexicon."""
    return Sentences(lexicon.classes.get("abbreviation", ()))


def surroundings_of(document: Document, lexicon: Lexicon, memory: Memory | None = None) -> Surroundings:
    """A document as the detector sees it: the same for all who ask for it one after the other."""
    if memory is None:
        return _surroundings(_This(document), lexicon)
    known: Surroundings | None = memory.recall("surroundings")
    if known is None or known.document is not document:
        known = Surroundings(document, sentences_of(lexicon), memory)
        memory.keep("surroundings", known)
    return known


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """A document known by being that one: to compare two by their words takes long."""

    document: Document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=1)
def _surroundings(this: _This, lexicon: Lexicon) -> Surroundings:
    return Surroundings(this.document, sentences_of(lexicon))


class Surroundings:
    """A document as the detector sees it: its folded text, and sentences where they are needed.

    `notes` are what is asked of the document as a whole. `memory` knows what was worked out of blocks in the
    version before.
    """

    def __init__(self, document: Document, sentences: Sentences, memory: Memory | None = None) -> None:
        self.document = document
        self.text = document.text
        self.folded = document.folded
        self.notes = Notes(kept=memory is not None)
        self._memory = memory
        self._splitter = sentences
        self._once: dict[object, Any] = {}
        self._known: dict[int, dict[str, Any]] = {}  # of the blocks, by where they start
        self._sentences: dict[int, list[Range]] = {}
        self._found: dict[tuple[str, int], Ranges] = {}
        self._standing: dict[str, array[int]] = {}

    def block(self, at: Range) -> Block:
        """The block that holds a match."""
        return self.document.block_at(at.start)

    def sentences(self, block: Block) -> list[Range]:
        """The sentences of a block."""
        start = block.at.start
        if start not in self._sentences:
            keep_few(self._sentences)
            self._sentences[start] = [Range(start + a, start + b) for a, b in self._ends(block)]
        return self._sentences[start]

    def _ends(self, block: Block) -> Sequence[tuple[int, int]]:
        """The sentences of a block, counted from where it starts."""
        return self.of_block(
            "sentences", block, lambda: _from(block.at.start, self._splitter.split(self.text, block.at))
        )

    def of_block(self, what: str, block: Block, work_out: Callable[[], Found]) -> Found:
        """Something that hangs on the words and kind of a block alone, worked out once."""
        if self._memory is None:
            return work_out()
        start = block.at.start
        known = self._known.get(start)
        if known is None:
            name = ("block", block.kind, *words_of(block, self))
            self._known[start] = known = self._memory.once(name, dict[str, Any])
        if what not in known:
            known[what] = work_out()
        found: Found = known[what]
        return found

    def once(self, what: object, work_out: Callable[[], Found]) -> Found:
        """Something that hangs on the whole document, worked out when it is first asked for."""
        if what not in self._once:
            self._once[what] = work_out()
        found: Found = self._once[what]
        return found

    def sentence(self, at: Range) -> Range:
        """The sentence that holds the start of a match."""
        block = self.block(at)
        sentences = self.sentences(block)
        before = bisect_right(sentences, at.start, key=_START) - 1
        return sentences[before] if before >= 0 and at.start < sentences[before].end else block.at

    def found(self, expression: re.Pattern[str], block: Block) -> Ranges:
        """Where an expression holds in a block; looked for once."""
        key = expression.pattern, block.at.start
        if key not in self._found:
            keep_few(self._found)
            spans = expression.finditer(self.text, block.at.start, block.at.end)
            self._found[key] = Ranges(Range(*match.span()) for match in spans)
        return self._found[key]

    def is_quoted(self, at: Range) -> bool:
        """True of a place inside quotation marks."""
        return self.found(_QUOTES, self.block(at)).hold(at)

    def stand(self, words: str, at: Range) -> bool:
        """True when folded words stand inside a range, as whole words; looked for once in the document."""
        places = self._places(words)
        first = bisect_left(places, at.start)
        return first < len(places) and places[first] + len(words) <= at.end

    def stand_anywhere(self, words: str, asking: int) -> bool:
        """True when folded words stand somewhere in the document; `asking` is where that matters."""
        stand = self._words.issuperset(_parts(words)) and (
            words in self._words or len(self._places(words)) > 0
        )
        self.notes.note(Topic.STANDS, words, asking, stand)
        return stand

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every folded word of the document."""
        words: set[str] = set()
        for block in self.document.blocks:
            words |= self.of_block("words", block, partial(self._words_in, block))
        return frozenset(words)

    def _words_in(self, block: Block) -> frozenset[str]:
        return frozenset(_WORD.findall(self.folded, block.at.start, block.at.end))

    def _places(self, words: str) -> array[int]:
        if words not in self._standing:
            self._standing[words] = array("q", places_of(words, self.folded))
        return self._standing[words]

    def label(self, block: Block) -> Range | None:
        """What labels a block from within: the words before its first colon, or its first question."""
        label = _LABEL.match(self.text, block.at.start, block.at.end)
        return Range(*label.span(1)) if label else None

    def lead(self, item: Block) -> Block | None:
        """The block before the list that holds an item."""
        return self._leads.get(item.at.start)

    def heading(self, block: Block) -> Block | None:
        """The last heading before a block."""
        before = bisect_left(self._headings, block.at.start, key=lambda heading: heading.at.start)
        return self._headings[before - 1] if before else None

    @cached_property
    def _headings(self) -> tuple[Block, ...]:
        return tuple(block for block in self.document.blocks if block.kind is BlockKind.HEADING)

    @cached_property
    def _leads(self) -> Mapping[int, Block]:
        leads: dict[int, Block] = {}
        lead: Block | None = None
        for block in self.document.blocks:
            if block.kind is not BlockKind.LIST_ITEM:
                lead = block
            elif lead is not None:
                leads[block.at.start] = lead
        return leads

    def table(self, number: int) -> Grid:
        """A table of the document, by its number."""
        return self._tables[number]

    @cached_property
    def _tables(self) -> Mapping[int, Grid]:
        tables: dict[int, list[Block]] = {}
        for block in self.document.blocks:
            if block.cell is not None:
                tables.setdefault(block.cell.table, []).append(block)
        return {number: Grid(blocks) for number, blocks in tables.items()}

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each sentence of the document starts, in order."""
        return tuple(start for block in self.document.blocks for start in self._starts_in(block))

    def _starts_in(self, block: Block) -> Iterator[int]:
        known = self._sentences.get(block.at.start)
        if known is not None:
            return (sentence.start for sentence in known)
        return (block.at.start + first for first, _ in self._ends(block))

    @cached_property
    def addresses(self) -> Ranges:
        """Web and mail addresses: what stands in them is not prose."""
        if _PART_OF_ADDRESS.search(self.text) is None:
            return Ranges(())
        return Ranges(self._in_blocks("addresses", self._addresses))

    def _addresses(self, block: Block) -> Iterator[Range]:
        found = _ADDRESS.finditer(self.text, block.at.start, block.at.end)
        return (Range(*match.span()) for match in found)

    @cached_property
    def placeholders(self) -> Ranges:
        """What a template holds in place of words: no prose either."""
        return Ranges(self._in_blocks("placeholders", self._placeholders))

    def _placeholders(self, block: Block) -> Iterator[Range]:
        start = block.at.start
        return (at.moved(start) for at in placeholders(block.at.of(self.text)))

    def _in_blocks(self, what: str, find: Callable[[Block], Iterable[Range]]) -> Iterator[Range]:
        """What is found in each block, in order."""
        for block in self.document.blocks:
            start = block.at.start
            for first, last in self.of_block(what, block, lambda: _from(start, find(block))):  # noqa: B023 (called at once)
                yield Range(start + first, start + last)


# Each begins at the start of a word, and is as long as an address may be: a flood of letters is read once.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)\S{1,254}@\S{1,254}\.\w+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-][\w.-]{0,250}\.(?:uk|com|org|net|gov)\b\S*"
)
_PART_OF_ADDRESS = re.compile(r"://|www\.|@|\.(?:uk|com|org|net|gov)\b")  # each holds one of these


def keep_few(known: dict[Any, Any]) -> None:
    """Forget what is known of the passages of a text where it is much: it can be worked out again.

    Passages are asked about in order, so that of a long document little is worked out twice.
    """
    if len(known) >= MOST_KEPT:
        known.clear()


def places_of(words: str, folded: str) -> Iterator[int]:
    """Where words stand in a text as whole words. A plain search is ten times as fast as an expression."""
    here = folded.find(words)
    while here >= 0:
        end = here + len(words)
        if not (_is_inner(folded[here - 1 : here]) or _is_inner(folded[end : end + 1])):
            yield here
        here = folded.find(words, here + 1)


@lru_cache(maxsize=_WORDS_KEPT)
def _parts(words: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(words))


def _from(start: int, ranges: Iterable[Range]) -> tuple[tuple[int, int], ...]:
    return tuple((at.start - start, at.end - start) for at in ranges)


def words_of(block: Block, around: Surroundings) -> tuple[str, str]:
    """The words of a block: folded too, since a rare letter folds by what else stands in its document."""
    return block.at.of(around.text), block.at.of(around.folded)


def _is_inner(character: str) -> bool:
    return character.isalnum() or character == "_"


@dataclass(frozen=True, slots=True)
class Spot:
    """A possible match: its rule's number is kept by the caller; here is only where it stands."""

    at: Range
    block: Block
    sentence: Range
