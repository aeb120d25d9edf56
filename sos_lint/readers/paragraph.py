"""A paragraph between reader and builder: lines of pieces, cut into blocks by their shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sos_lint.document import BlockKind, Cell, MarkKind
from sos_lint.readers.build import Builder, tidy
from sos_lint.readers.shape import has_words, is_cell_label, split
from sos_lint.text import Range


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """What markup says of the pieces that carry this very tag."""

    kind: MarkKind
    value: str
    term: str = ""


class Piece(NamedTuple):
    """Words of a line, and where they stand in the source.

    Not `verbatim`: they stand for other characters. A piece without words only carries its tags to
    their place.
    """

    words: str
    source: Range
    verbatim: bool = True
    tags: tuple[Tag, ...] = ()

    def between(self, start: int, end: int) -> Piece:
        """The piece from one of its characters to before another."""
        source = self.source
        if self.verbatim:
            source = Range(source.start + start, source.start + end)
        return self._replace(words=self.words[start:end], source=source)


Line = list[Piece]


def with_held(line: Line, held: Sequence[Range]) -> Line:
    """The line with each character of words that nobody may change on its own, and not verbatim."""
    parted: Line = []
    for piece in line:
        if any(one.contains(piece.source) for one in held):
            characters = (piece.between(i, i + 1) for i in range(len(piece.words)))
            parted += [character._replace(verbatim=False) for character in characters]
        else:
            parted.append(piece)
    return parted


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """Where a paragraph stands. `fixed` names the story; in the body, paragraphs are counted instead."""

    fixed: str | None = None
    cell: Cell | None = None
    header: bool = False
    first_of_two: bool = False


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph, and what markup says of it. `kind` None: its shape decides.

    `header` and `first_of_two` say where its table cell stands; `more`: other words follow in the cell.
    """

    lines: list[Line] = field(default_factory=list)
    kind: BlockKind | None = None
    level: int = 0
    where: str | None = None
    cell: Cell | None = None
    header: bool = False
    first_of_two: bool = False
    more: bool = False

    @property
    def has_words(self) -> bool:
        """True where some line has a letter or digit."""
        return any(has_words(_text(line)) for line in self.lines)


def write(builder: Builder, paragraph: Paragraph) -> None:
    """Add the paragraph's blocks to the document."""
    texts = [_text(line) for line in paragraph.lines]
    if paragraph.kind is BlockKind.HEADING:
        if paragraph.has_words:
            builder.start(
                BlockKind.HEADING, level=paragraph.level, where=paragraph.where, cell=paragraph.cell
            )
            _write_block(builder, paragraph.lines)
        return
    done = 0
    for chunk in split(texts, paragraph.kind, paragraph.level):
        first = chunk.lines[0][0]
        _write_definitions(builder, paragraph.lines[done:first])
        lines = [_cut(paragraph.lines[number], count) for number, count in chunk.lines]
        done = chunk.lines[-1][0] + 1
        kind, guess = chunk.kind, chunk.alone and paragraph.cell is None
        if paragraph.cell is not None and kind in (BlockKind.PARAGRAPH, BlockKind.FORM_LABEL):
            kind = _cell_kind(paragraph, tidy(" ".join(map(_text, lines))), alone=chunk.alone, kind=kind)
        builder.start(kind, level=chunk.level, where=paragraph.where, cell=paragraph.cell, guess=guess)
        _write_block(builder, lines)
    _write_definitions(builder, paragraph.lines[done:])


def _cell_kind(paragraph: Paragraph, words: str, *, alone: bool, kind: BlockKind) -> BlockKind:
    if kind is BlockKind.FORM_LABEL:
        return kind
    header = paragraph.header or paragraph.more
    if alone and is_cell_label(words, header=header, first_of_two=paragraph.first_of_two):
        return BlockKind.FORM_LABEL
    return BlockKind.TABLE_CELL


def _write_block(builder: Builder, lines: Sequence[Line]) -> None:
    """Fill the block that has just been started."""
    marks: dict[Tag, Range] = {}
    for i, line in enumerate(lines):
        if i:
            _write_gap(builder, line)
        for piece in line:
            here = builder.here if piece.words else builder.end
            _write_piece(builder, piece)
            for tag in piece.tags:
                if tag.kind is MarkKind.REMARK and tag in marks and here > marks[tag].end + 1:
                    builder.mark(tag.kind, marks.pop(tag), tag.value, tag.term)  # other words are between
                start = marks[tag].start if tag in marks else here
                marks[tag] = Range(start, max(start, builder.end if piece.words else here))
    for tag, at in marks.items():
        builder.mark(tag.kind, at, tag.value, tag.term)


def _write_gap(builder: Builder, line: Line) -> None:
    if line:
        builder.gap_before(line[0].source.start)
    else:
        builder.gap()


def _write_piece(builder: Builder, piece: Piece) -> None:
    if piece.verbatim:
        builder.keep(piece.words, piece.source.start)
    else:
        builder.replace(piece.words, piece.source)


def _write_definitions(builder: Builder, lines: Sequence[Line]) -> None:
    """Keep what lines without words define (Markdown's abbreviations)."""
    for line in lines:
        for piece in line:
            for tag in piece.tags:
                if tag.term:
                    builder.mark(tag.kind, Range(builder.end, builder.end), tag.value, tag.term)


def _text(line: Line) -> str:
    return "".join(piece.words for piece in line)


def _cut(line: Line, count: int) -> Line:
    """The line without its first `count` characters. A piece that is not verbatim goes whole or stays."""
    kept = []
    for piece in line:
        drop = min(count, len(piece.words))
        count -= drop
        if drop < len(piece.words) or not piece.words:
            kept.append(piece.between(drop, len(piece.words)) if drop else piece)
    return kept
