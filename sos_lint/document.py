"""What a reader makes of a file: clean prose in blocks, and a map back to the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from sos_lint.fold import fold
from sos_lint.text import LineIndex, Range


class BlockKind(str, Enum):
    """What a block is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    QUOTATION = "quotation"
    FORM_LABEL = "form label"
    TICK_BOX = "tick box"


class Cell(NamedTuple):
    """Where a table cell stands; table, row and column count from 1 in reading order."""

    table: int
    row: int
    column: int


class Block(NamedTuple):
    """One paragraph, heading, item or cell of a document.

    `at` is its range in `Document.text`; it holds no line break. `level` is the depth of a
    heading or list item (from 1), else 0. `where` says the place as a person would ("table 2,
    row 3, column 1") in formats without lines, else None.
    """

    at: Range
    kind: BlockKind
    level: int = 0
    where: str | None = None
    cell: Cell | None = None


class MarkKind(str, Enum):
    """What markup says of a run of words."""

    LINK = "link"
    ABBREVIATION = "abbreviation"
    REMARK = "remark"


class Mark(NamedTuple):
    """A run of words with something said of it by markup.

    For a LINK, `at` is the link's words and `value` its target. For an ABBREVIATION, `value` is the
    expansion; `at` is the short form where it is shown with its title, or, where the definition is
    not itself prose (Markdown's `*[CIN]: Child in Need`), the empty range at which it takes effect.
    `term` is the short form. A REMARK is for the builder, which makes a `Remark` of those with one
    `term`: none is left in a document.
    """

    at: Range
    kind: MarkKind
    term: str
    value: str


class Remark(NamedTuple):
    """Words to sos-lint itself ("ignore jargon -- a quotation"), in a comment or the name of a style.

    `at` is the words that they are put on, or, of a comment in markup, the empty range at which it stands.
    `place` is where that is, or the comment itself, as `Document.place` gives places.
    """

    words: str
    at: tuple[Range, ...]
    place: Range


class Note(NamedTuple):
    """One of several texts in a file: the note of a table's row. Nothing in one speaks for another.

    `named` says its place with words of the document in it (the name of a sheet), where there are such.
    """

    at: Range
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of `Document.text` and the run of the source it came from.

    Verbatim: the same characters, one for one. Else the run was put in or changed by the reader.
    """

    at: Range
    source: Range
    verbatim: bool

    def __post_init__(self) -> None:
        if self.verbatim and len(self.at) != len(self.source):
            raise ValueError(f"verbatim segment of unequal lengths: {self.at}, {self.source}")


class SourceMap:
    """Maps ranges of a document's text to its source. It refuses gaps, overlaps and disorder."""

    __slots__ = ("_starts", "segments")

    def __init__(self, segments: tuple[Segment, ...], text_length: int) -> None:
        here = there = 0
        for segment in segments:
            if segment.at.start != here:
                raise ValueError(f"segments do not tile the text at {here}: {segment}")
            if segment.source.start < there:
                raise ValueError(f"segments run backwards in the source at {there}: {segment}")
            here, there = segment.at.end, segment.source.end
        if here != text_length:
            raise ValueError(f"segments end at {here}, the text at {text_length}")
        self.segments = segments
        self._starts = [segment.at.start for segment in segments]

    def to_source(self, at: Range) -> Range:
        """The run of the source that a run of the text came from."""
        if not self.segments:
            return Range(0, 0)
        segment = self.segments[max(0, bisect_right(self._starts, at.start) - 1)]
        if segment.verbatim and at.start < at.end <= segment.at.end:  # as most are
            by = segment.source.start - segment.at.start
            return at.moved(by)
        if not len(at):
            start = self._point(at.start)
            return Range(start, start)
        return Range(self._point(at.start), self._point(at.end - 1, end=True))

    def is_verbatim(self, at: Range) -> bool:
        """True when every character of the range stands in the source as it is, without a break."""
        if not (self.segments and len(at)):
            return False
        first = max(0, bisect_right(self._starts, at.start) - 1)
        covering = self.segments[first : bisect_left(self._starts, at.end)]
        return all(
            segment.verbatim and (i == 0 or covering[i - 1].source.end == segment.source.start)
            for i, segment in enumerate(covering)
        )

    def within(self, at: Range) -> SourceMap:
        """The map of a run of the text, as a text of its own."""
        kept = []
        first = max(0, bisect_right(self._starts, at.start) - 1)
        for segment in self.segments[first : bisect_left(self._starts, at.end)]:
            start, end = max(at.start, segment.at.start), min(at.end, segment.at.end)
            if start < end:
                skip = start - segment.at.start
                source = segment.source
                if segment.verbatim:
                    source = Range(source.start + skip, source.start + skip + end - start)
                kept.append(Segment(Range(start - at.start, end - at.start), source, segment.verbatim))
        return SourceMap(tuple(kept), len(at))

    def _point(self, offset: int, *, end: bool = False) -> int:
        segment = self.segments[max(0, bisect_right(self._starts, offset) - 1)]
        if segment.verbatim:
            return segment.source.start + (offset - segment.at.start) + (1 if end else 0)
        return segment.source.end if end else segment.source.start


@dataclass(frozen=True, slots=True)
class Document:
    """Clean prose and where it came from.

    `text` is the blocks in reading order, one line break between each two; inside a block, words are
    parted by single spaces. `source` is the decoded file (without a byte-order mark, line ends as they
    stand) for formats that people see as lines, else None: then lines and columns are of `text`, and
    `source_map` leads to what only its reader knows (the words of a Word file's runs). In every format a
    verbatim range of it is one that can be changed in the file. `name` is the path as the user gave it;
    `folded` is the text with words made alike that only look different (see `fold`). `notes` are the texts of
    a file that holds several, in order; of such a text by itself `begins` is where it stands in the file's.
    `barred` are the signs that no change may put in, as they would cut the file differently.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    source_map: SourceMap
    source: str | None = None
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[Note, ...] = ()
    begins: int = 0
    barred: str = ""
    _folded: str | None = field(default=None, init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(block.at.start for block in self.blocks))
        end = -1
        for block in self.blocks:
            if block.at.start <= end or block.at.end > len(self.text):
                raise ValueError(f"blocks overlap, run backwards or overrun: {block}")
            end = block.at.end - 1

    @property
    def folded(self) -> str:
        """The text with words made alike that only look different; whoever only tells places needs none."""
        if self._folded is None:
            object.__setattr__(self, "_folded", fold(self.text))
        assert self._folded is not None
        return self._folded

    @property
    def words(self) -> int:
        """How many words there are; counted line by line, since a list of all may take more than the text."""
        return sum(len(line.split()) for line in self.text.split("\n"))

    def place(self, at: Range) -> Range:
        """The range that people and reports are told: of the source, else of the text."""
        if self.source is not None:
            return self.source_map.to_source(at)
        return at.moved(self.begins) if self.begins else at

    def texts(self, *, named: bool) -> Iterator[Document]:
        """Each text by itself; most documents are one. `named`: places may hold words of the document."""
        if not self.notes:
            yield self
            return
        starts = [block.at.start for block in self.blocks]
        marks: dict[int, list[Mark]] = {}
        for mark in self.marks:
            number = bisect_right(self.notes, mark.at.start, key=lambda note: note.at.start) - 1
            marks.setdefault(number, []).append(mark)
        for number, note in enumerate(self.notes):
            at = note.at
            where = note.named if named else None
            blocks = self.blocks[bisect_left(starts, at.start) : bisect_left(starts, at.end)]
            yield Document(
                self.name,
                at.of(self.text),
                tuple(
                    block._replace(at=_from(at.start, block.at), where=where or block.where)
                    for block in blocks
                ),
                self.source_map.within(at),
                self.source,
                tuple(mark._replace(at=_from(at.start, mark.at)) for mark in marks.get(number, ())),
                begins=at.start,
                barred=self.barred,
            )

    @property
    def can_change(self) -> bool:
        """False for a file of a kind that is only read."""
        return any(segment.verbatim for segment in self.source_map.segments)

    @property
    def is_of_read_kind(self) -> bool:
        """True for a file of a kind that is only read: its map leads nowhere."""
        return self.source is None and not any(len(segment.source) for segment in self.source_map.segments)

    def lines(self) -> LineIndex:
        """Lines and columns of what `place` gives."""
        return LineIndex(self.text if self.source is None else self.source)

    def block_at(self, offset: int) -> Block:
        """The block that holds the code point at `offset`; raises LookupError outside any block."""
        return self.blocks[self.block_number(offset)]

    def block_number(self, offset: int) -> int:
        """The place of that block among the blocks."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or offset >= self.blocks[i].at.end:
            raise LookupError(offset)
        return i


def _from(start: int, at: Range) -> Range:
    return at.moved(-start)
