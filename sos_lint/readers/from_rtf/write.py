"""Writes the stories of a file of RTF: body, notes, headers, footers, as the reader of Word files does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sos_lint.document import Cell, MarkKind
from sos_lint.readers.build import Builder
from sos_lint.readers.from_rtf.gather import Found, lines_of
from sos_lint.readers.from_rtf.story import Box, Item, Passage, Run, Story, Table
from sos_lint.readers.from_rtf.styles import Styles
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Line, Paragraph, ParagraphPlace, Piece, Tag, write
from sos_lint.text import Range


class Writer:
    """Writes every story once. A text box follows the paragraph that holds it."""

    def __init__(self, builder: Builder, found: Found, styles: Styles) -> None:
        self._builder = builder
        self._found = found
        self._styles = styles
        self._length = 0
        self._paragraphs = self._tables = self._boxes = 0

    def write(self) -> None:
        """Write it all."""
        self._write(self._found.body.items, ParagraphPlace())
        for kind in ("footnote", "endnote"):
            notes = [note for note in self._found.notes if note.kind == kind]
            for count, note in enumerate(notes, 1):
                self._builder.story()
                self._write(note.items, ParagraphPlace(f"{kind} {count}"))
        for kind in ("header", "footer"):
            for story in self._margins(kind):
                self._builder.story()
                self._write(story.items, ParagraphPlace(kind))

    def _margins(self, kind: str) -> Iterator[Story]:
        """The headers or footers that some page shows, the same words once."""
        seen: set[str] = set()
        for story, section in self._found.margins:
            if story.kind == kind and (section is None or section.first):
                words = "\n".join(lines_of(story.items))
                if words not in seen:
                    seen.add(words)
                    yield story

    def _write(self, items: Sequence[Item], place: ParagraphPlace) -> None:
        for i, item in enumerate(items):
            if isinstance(item, Passage):
                self._write_passage(item, place, more=i + 1 < len(items))
            elif isinstance(item, Table):
                self._write_table(item, place)
            else:
                self._write_box(item)

    def _write_passage(self, passage: Passage, place: ParagraphPlace, *, more: bool) -> None:
        if not any(passage.lines):
            return
        lines = [with_links(self._line(line, passage.remarks)) for line in passage.lines]
        kind, level = self._styles.kind(passage.shape)
        paragraph = Paragraph(
            lines, kind, level, place.fixed, place.cell, place.header, place.first_of_two, more
        )
        if not paragraph.has_words:
            return
        if place.fixed is None:
            self._paragraphs += 1
            paragraph.where = f"paragraph {self._paragraphs}"
        write(self._builder, paragraph)

    def _line(self, runs: Sequence[Run], remarks: tuple[Tag, ...]) -> Line:
        line = []
        for run in runs:
            at = Range(self._length, self._length + len(run.words))
            self._length = at.end
            line.append(Piece(run.words, at, tags=(*self._tags(run), *remarks)))
        return line

    def _tags(self, run: Run) -> Iterator[Tag]:
        """The tags of a run; of comments, what those for us say."""
        for tag in run.tags:
            if tag.kind is not MarkKind.REMARK or tag.value:
                yield tag
            elif tag in self._found.comments:
                yield self._found.comments[tag]

    def _write_box(self, box: Box) -> None:
        self._boxes += 1
        self._builder.story()
        self._write(box.story.items, ParagraphPlace(f"text box {self._boxes}"))
        self._builder.story()

    def _write_table(self, table: Table, place: ParagraphPlace) -> None:
        self._tables += 1
        count = self._tables
        for row, cells in enumerate(table.places(), 1):
            for column, items in cells:
                where = f"table {count}, row {row}, column {column}"
                here = replace(
                    place,
                    fixed=where if place.fixed is None or place.cell else place.fixed,
                    cell=Cell(count, row, column),
                    header=row == 1 and len(cells) > 1,
                    first_of_two=len(cells) == 2 and column == cells[0][0],
                )
                self._write(items, here)
