"""Goes through the stories of a Word file: body, notes, headers, footers, text boxes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sos_lint.document import Cell
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.from_docx.names import number, switched_on, val
from sos_lint.readers.from_docx.package import Package, target_of
from sos_lint.readers.from_docx.remarks import Remarks
from sos_lint.readers.from_docx.runs import Runs, Story, unwrapped
from sos_lint.readers.from_docx.styles import Styles
from sos_lint.readers.paragraph import Line, Paragraph, ParagraphPlace, write
from sos_lint.readers.places import Tape
from sos_lint.readers.xml_names import child, children, name_of, value

_NOT_SHOWN = {"separator", "continuationSeparator", "continuationNotice"}


class Walk:
    """Writes every story of a package, each once, in the order: body, notes, headers, footers.

    A text box follows the paragraph that holds it.
    """

    def __init__(self, builder: Builder, package: Package, tape: Tape) -> None:
        self._builder = builder
        self._package = package
        self._tape = tape
        self._related = package.related(package.main)
        self._styles = Styles(self._part("styles"), self._part("numbering"))
        self._root = package.part(package.main)
        self._remarks = Remarks(self._root, self._part("comments"), self._styles)
        self._paragraphs = self._tables = self._boxes = 0

    def through(self) -> None:
        """Write it all."""
        body = child(self._root, "w:body")
        if body is None:
            raise UnreadableFile(
                self._builder.name, "This file has no Word document in it.", "Save it again in Word."
            )
        story = Story(self._related)
        self._write(body, story, ParagraphPlace())
        for kind in ("footnote", "endnote"):
            self._write_notes(kind, [key for note, key in story.notes if note == kind])
        self._write_margins(body)

    def _part(self, kind: str) -> etree._Element | None:
        """The first part of this kind that the document refers to."""
        name = self._part_name(kind)
        return self._package.part(name) if name else None

    def _part_name(self, kind: str) -> str:
        return next((target for found, target in self._related.values() if found == kind), "")

    def _write_notes(self, kind: str, order: list[str]) -> None:
        """The notes that the body refers to, numbered in the order in which it does."""
        name = self._part_name(kind + "s")
        root = self._package.part(name) if name else None
        notes = {value(note, "w:id"): note for note in children(root, f"w:{kind}")}
        related = self._package.related(name) if root is not None else {}
        for count, key in enumerate(dict.fromkeys(order), 1):
            note = notes.get(key)
            if note is not None and value(note, "w:type") not in _NOT_SHOWN:
                self._builder.story()
                self._write(note, Story(related), ParagraphPlace(f"{kind} {count}"))

    def _write_margins(self, body: etree._Element) -> None:
        """Headers, then footers: each part once, and the same words once."""
        for kind in ("header", "footer"):
            seen: set[str] = set()
            for part in self._margins(body, kind):
                root = self._package.part(part)
                words = " ".join(map(str, root.itertext())) if root is not None else ""
                if root is not None and words not in seen:
                    seen.add(words)
                    self._builder.story()
                    self._write(root, Story(self._package.related(part)), ParagraphPlace(kind))

    def _margins(self, body: etree._Element, kind: str) -> list[str]:
        """The headers or footers that some page shows."""
        parts = {}
        for section in body.iter():
            if name_of(section) != "w:sectPr":
                continue
            first = switched_on(child(section, "w:titlePg"))
            for reference in children(section, f"w:{kind}Reference"):
                if value(reference, "w:type") != "first" or first:
                    parts[target_of(reference, self._related)[1]] = True
        return [part for part in parts if part]

    def _write(self, parent: etree._Element, story: Story, place: ParagraphPlace) -> None:
        """Write the paragraphs and tables in `parent`, which may be a body, a cell, a note or a box."""
        elements = [e for e in unwrapped(parent) if name_of(e) in {"w:p", "w:tbl"}]
        joined: list[Line] = []  # what a paragraph with a deleted end leaves to the next
        for i, element in enumerate(elements):
            if name_of(element) == "w:tbl":
                self._write_table(element, story, place)
                continue
            lines = Runs(story, self._styles, self._tape, self._remarks).lines(element)
            lines = [*joined[:-1], joined[-1] + lines[0], *lines[1:]] if joined else lines
            joined = []
            if _end_is_deleted(element) and i + 1 < len(elements) and name_of(elements[i + 1]) == "w:p":
                joined = lines
            else:
                self._write_paragraph(element, lines, place, more=i + 1 < len(elements))
                self._write_boxes(story)

    def _write_paragraph(
        self, element: etree._Element, lines: list[Line], place: ParagraphPlace, *, more: bool
    ) -> None:
        kind, level = self._styles.kind(element)
        paragraph = Paragraph(
            lines, kind, level, place.fixed, place.cell, place.header, place.first_of_two, more
        )
        if not paragraph.has_words:
            return
        if place.fixed is None:
            self._paragraphs += 1
            paragraph.where = f"paragraph {self._paragraphs}"
        write(self._builder, paragraph)

    def _write_boxes(self, story: Story) -> None:
        boxes, story.boxes = story.boxes, []
        for box in boxes:
            self._boxes += 1
            inner = Story(story.related)
            self._builder.story()
            self._write(box, inner, ParagraphPlace(f"text box {self._boxes}"))
            story.notes.extend(inner.notes)
            self._builder.story()

    def _write_table(self, table: etree._Element, story: Story, place: ParagraphPlace) -> None:
        self._tables += 1
        count = self._tables
        rows = [row for row in unwrapped(table) if name_of(row) == "w:tr" and not _is_deleted(row, "w:trPr")]
        for row_number, row in enumerate(rows, 1):
            cells = list(_cells(row))
            for column, cell in cells:
                where = f"table {count}, row {row_number}, column {column}"
                here = ParagraphPlace(
                    where if place.fixed is None or place.cell else place.fixed,
                    Cell(count, row_number, column),
                    header=row_number == 1 and len(cells) > 1,
                    first_of_two=len(cells) == 2 and column == cells[0][0],
                )
                self._write(cell, story, here)


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; what is merged into another cell is passed over."""
    column = 1 + number(val(child(row, "w:trPr", "w:gridBefore")))
    for cell in unwrapped(row):
        if name_of(cell) != "w:tc":
            continue
        properties = child(cell, "w:tcPr")
        merged = _goes_on(child(properties, "w:vMerge")) or _goes_on(child(properties, "w:hMerge"))
        if not merged and child(properties, "w:cellDel") is None:
            yield column, cell
        column += max(1, number(val(child(properties, "w:gridSpan")), 1))


def _goes_on(merge: etree._Element | None) -> bool:
    return merge is not None and val(merge) != "restart"


def _is_deleted(element: etree._Element, properties: str) -> bool:
    return child(element, properties, "w:del") is not None


def _end_is_deleted(paragraph: etree._Element) -> bool:
    """True where the break after the paragraph is deleted or moved away: the next one goes on with it."""
    properties = child(paragraph, "w:pPr", "w:rPr")
    return child(properties, "w:del") is not None or child(properties, "w:moveFrom") is not None
