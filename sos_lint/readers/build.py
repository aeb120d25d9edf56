"""Builds documents: the only place that makes a source map.

A reader walks its file once and says, in order, what it keeps, replaces or leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sos_lint.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    Mark,
    MarkKind,
    Note,
    Remark,
    Segment,
    SourceMap,
)
from sos_lint.readers.shape import SHAPE_LEVEL, looks_like_heading
from sos_lint.text import Range

# White space, and the invisible characters that word processors leave inside words.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\0-\x08\x0e-\x1b\x7f]+")
# All but a single plain space, which may stay as it is between words.
_UNTIDY = re.compile(rf"\s*[^\S ]\s*|  +|{_INVISIBLE.pattern}")


def tidy(words: str) -> str:
    """The words as a block holds them: parted by single spaces, without invisible characters."""
    return " ".join(_INVISIBLE.sub("", words).split())


@dataclass(slots=True)
class _Draft:
    """A block in the making. `guess`: its kind waits for what follows it."""

    start: int
    kind: BlockKind
    level: int
    where: str | None
    cell: Cell | None
    guess: bool
    story: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reader made of a part of a source that it reads alike by itself; all is counted from there.

    `tables` is how many it holds, and `there` where its last words end in the source.
    """

    text: str
    blocks: tuple[tuple[_Draft, int], ...]
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...]
    there: int
    tables: int = 0


class Builder:
    """Collects blocks and their words. `source` offsets must not run backwards.

    They are of `source`, the file as people see it, or, for formats that nobody sees as text (`source` is
    None), of whatever the reader counts them in.
    """

    def __init__(self, name: str, source: str | None) -> None:
        self.name = name
        self.source = source
        self._text: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []
        self._blocks: list[tuple[_Draft, int]] = []
        self._marks: list[Mark] = []
        self._remarks: list[Remark] = []
        self._open: _Draft | None = None
        self._story = 0
        self._notes: list[tuple[int, str | None]] = []  # the block that each begins with, and its place
        self._there = 0
        self._space: Range | None = None  # white space seen, not yet known to stand between words
        self._plain = False  # that white space is a single space
        self._tables = 0  # in the passages put in

    @property
    def here(self) -> int:
        """The offset in the text at which the next kept character will stand, pending space counted."""
        return self._length + (1 if self._space is not None and self._in_words() else 0)

    @property
    def end(self) -> int:
        """The offset in the text just past the last kept character."""
        return self._length

    def story(self) -> None:
        """Begin another story (a header, a text box): its words do not follow those before it."""
        self.finish()
        self._story += 1

    def note(self, named: str | None = None) -> None:
        """Begin another text of a file that holds several (see `Note`)."""
        self.story()
        self._notes.append((len(self._blocks), named))

    def start(
        self,
        kind: BlockKind,
        *,
        level: int = 0,
        where: str | None = None,
        cell: Cell | None = None,
        guess: bool = False,
    ) -> None:
        """Open a block; an open one is finished first.

        With `guess`, a paragraph becomes a heading where its shape says so and other words follow it.
        """
        self.finish()
        if self._blocks:
            self._put("\n", Range(self._there, self._there), verbatim=False)
        self._open = _Draft(self._length, kind, level, where, cell, guess, self._story)

    def keep(self, words: str, source: int) -> None:
        """Add words that stand in the source at `source`; white space is made single on the way."""
        if words.isascii() and words.isprintable() and "  " not in words:  # as most are: nothing is untidy
            self._put_words(words, source)
            return
        end = 0
        for match in _UNTIDY.finditer(words):
            self._put_words(words[end : match.start()], source + end)
            if match.group().isspace():
                self.gap(Range(source + match.start(), source + match.end()))
            end = match.end()
        self._put_words(words[end:], source + end)

    def replace(self, words: str, source: Range) -> None:
        """Add words that stand for other characters of the source (an entity, an address)."""
        shown = _INVISIBLE.sub("", words)
        if shown.isspace():
            self.gap(source)
        elif shown:
            self._flush_space()
            self._put(" ".join(shown.split()), source, verbatim=False)

    def gap(self, source: Range | None = None) -> None:
        """Part two words: white space or a line break, however long, becomes one space."""
        self._part(source or Range(self._there, self._there), plain=False)

    def gap_before(self, source: int) -> None:
        """Part the last word from one that stands in the source at `source`."""
        self.gap(Range(min(self._there, source), source))

    def mark(self, kind: MarkKind, at: Range, value: str, term: str = "") -> None:
        """Note what markup says of a run of the text. `term` is its words, where it has any."""
        self._marks.append(Mark(at, kind, term, value))

    def remark(self, words: str, source: Range) -> None:
        """Note what a comment in markup says to us, and where in the source it stands."""
        self._remarks.append(Remark(words, (Range(self._length, self._length),), source))

    def finish(self) -> None:
        """Close the open block; one without words leaves nothing behind."""
        self._space = None
        if self._open is None:
            return
        draft, self._open = self._open, None
        if self._length > draft.start:
            self._blocks.append((draft, self._length))
        elif self._blocks:  # take the break back
            self._text.pop()
            self._segments.pop()
            self._length -= 1

    def passage(self, tables: int = 0) -> Passage:
        """What there is, to be put into the document that it is a part of. It is one story."""
        self.finish()
        text = "".join(self._text)
        blocks = ((self._weighed(draft, text[draft.start : end]), end) for draft, end in self._blocks)
        segments, marks, remarks = tuple(self._segments), tuple(self._marks), tuple(self._remarks)
        return Passage(text, tuple(blocks), segments, marks, remarks, self._there, tables)

    @staticmethod
    def _weighed(draft: _Draft, words: str) -> _Draft:
        """The block; there is nothing to guess of one that looks like no heading."""
        return replace(draft, guess=False) if draft.guess and not looks_like_heading(words) else draft

    def put(self, passage: Passage, source: int) -> None:
        """Add a passage that stands in the source at `source`."""
        self.finish()
        end = self._length
        if passage.text:
            if self._blocks:
                self._put("\n", Range(self._there, self._there), verbatim=False)
            self._there = source + passage.there
        by = self._length
        self._text.append(passage.text)
        self._length += len(passage.text)
        for one in passage.segments:
            self._segments.append(Segment(one.at.moved(by), one.source.moved(source), one.verbatim))
        for draft, stop in passage.blocks:
            cell = draft.cell and draft.cell._replace(table=draft.cell.table + self._tables)
            moved = _Draft(
                draft.start + by, draft.kind, draft.level, draft.where, cell, draft.guess, self._story
            )
            self._blocks.append((moved, stop + by))
        self._tables += passage.tables
        self._marks += (one._replace(at=one.at.moved(by)) for one in passage.marks)
        for remark in passage.remarks:
            at = remark.at[0]
            here = at.moved(by) if at.start else Range(end, end)  # before the break that parts the blocks
            self._remarks.append(Remark(remark.words, (here,), remark.place.moved(source)))

    def document(self, *, fixed: bool = False, barred: str = "") -> Document:
        """The finished document. It ends with its last word.

        `fixed`: no words of such a file can be changed by us, so that none count as verbatim. `barred` are
        signs that no change may put in.
        """
        self.finish()
        text = "".join(self._text)
        if fixed and text:
            self._segments = [Segment(Range(0, self._length), Range(0, 0), verbatim=False)]
        return Document(
            self.name,
            text,
            tuple(self._finished(text)),
            SourceMap(tuple(self._segments), self._length),
            self.source,
            tuple(mark for mark in (_trimmed(mark, text) for mark in self._marks) if _is_kept(mark)),
            tuple(self._finished_remarks()),
            tuple(self._finished_notes()),
            barred=barred,
        )

    def _finished_notes(self) -> Iterator[Note]:
        ends = [first for first, _ in self._notes] + [len(self._blocks)]
        for (first, named), end in zip(self._notes, ends[1:], strict=True):
            if first < end:
                (draft, _), (_, stop) = self._blocks[first], self._blocks[end - 1]
                yield Note(Range(draft.start, stop), named)

    def _finished_remarks(self) -> Iterator[Remark]:
        """The remarks in markup, then those on words, each with all its words."""
        for remark in self._remarks:
            at = min(remark.at[0].start, self._length)
            yield remark._replace(at=(Range(at, at),))
        on: dict[tuple[str, str], list[Range]] = {}
        for mark in self._marks:
            if mark.kind is MarkKind.REMARK and len(mark.at):
                on.setdefault((mark.term, mark.value), []).append(mark.at)
        for (_, words), ranges in on.items():
            yield Remark(words, tuple(ranges), ranges[0])

    def _finished(self, text: str) -> list[Block]:
        blocks = []
        stories = [draft.story for draft, _ in self._blocks] + [-1]
        for i, (draft, end) in enumerate(self._blocks):
            at = Range(draft.start, end)
            followed = stories[i + 1] == draft.story
            kind, level = draft.kind, draft.level
            if draft.guess and followed and looks_like_heading(at.of(text)):
                kind, level = BlockKind.HEADING, SHAPE_LEVEL
            blocks.append(Block(at, kind, level, draft.where, draft.cell))
        return blocks

    def _in_words(self) -> bool:
        return self._open is not None and self._length > self._open.start

    def _part(self, source: Range, *, plain: bool) -> None:
        start = self._space.start if self._space else source.start
        self._plain = plain and self._space is None
        self._space = Range(start, max(start, source.end))

    def _flush_space(self) -> None:
        space, self._space = self._space, None
        if space is not None and self._in_words():
            self._put(" ", space, verbatim=self._plain)

    def _put_words(self, words: str, source: int) -> None:
        """Put words between which single plain spaces stand; one at either end waits for more words."""
        if words.startswith(" "):
            self._part(Range(source, source + 1), plain=True)
            words, source = words[1:], source + 1
        if words:
            self._flush_space()
            kept = words.removesuffix(" ")
            end = source + len(kept)
            self._put(kept, Range(source, end), verbatim=True)
            if len(kept) < len(words):
                self._part(Range(end, end + 1), plain=True)

    def _put(self, words: str, source: Range, *, verbatim: bool) -> None:
        at = Range(self._length, self._length + len(words))
        last = self._segments[-1] if self._segments else None
        if last and verbatim and last.verbatim and last.source.end == source.start and words != "\n":
            at, source = Range(last.at.start, at.end), Range(last.source.start, source.end)
            self._segments[-1] = Segment(at, source, verbatim=True)
        else:
            self._segments.append(Segment(at, source, verbatim))
        self._text.append(words)
        self._length = at.end
        self._there = source.end


def _is_kept(mark: Mark) -> bool:
    return bool(mark.term) and mark.kind is not MarkKind.REMARK


def _trimmed(mark: Mark, text: str) -> Mark:
    """The mark without white space at its ends; its term is its words unless markup gave one."""
    words = mark.at.of(text)
    start = mark.at.start + len(words) - len(words.lstrip())
    at = Range(start, start + len(words.strip()))
    return Mark(at, mark.kind, mark.term or words.strip(), mark.value)
