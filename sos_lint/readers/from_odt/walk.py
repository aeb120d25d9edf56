"""Goes through the stories of an OpenDocument text: body, notes, headers, footers, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from sos_lint.document import BlockKind, Cell
from sos_lint.readers.build import Builder
from sos_lint.readers.from_odt.names import PARAGRAPHS, number
from sos_lint.readers.from_odt.package import Package
from sos_lint.readers.from_odt.remarks import Remarks
from sos_lint.readers.from_odt.styles import Styles
from sos_lint.readers.from_odt.words import Story, Words
from sos_lint.readers.paragraph import Paragraph, write
from sos_lint.readers.places import Tape
from sos_lint.readers.xml_names import child, children, name_of, value

_AROUND = frozenset(
    {
        "text:section",
        "text:index-body",
        "text:index-title",
        "text:table-of-content",
        "text:illustration-index",
        "text:table-index",
        "text:object-index",
        "text:user-index",
        "text:alphabetical-index",
        "text:bibliography",
        "text:numbered-paragraph",
        "draw:text-box",
        "draw:g",
        "draw:a",
    }
)
_FILLED = frozenset({"text:index-body", "text:index-title"})  # with words that are written anew
_ROWS = frozenset({"table:table-header-rows", "table:table-row-group", "table:table-rows"})
_DRAWN = frozenset({"draw:frame", "draw:custom-shape", "draw:rect"})
_WIDEST = 1000  # columns


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands. `fixed` names the story; in the body, paragraphs are counted instead.

    `level` is how many lists it is in, `list_style` the style of the outermost; `item`: it begins an item;
    `held`: its words come from elsewhere, or are locked.
    """

    fixed: str | None = None
    cell: Cell | None = None
    header: bool = False
    first_of_two: bool = False
    level: int = 0
    list_style: str | None = None
    item: bool = False
    held: bool = False


class Walk:
    """Writes every story once, in the order: body, notes, headers, footers.

    A text box follows the paragraph that holds it.
    """

    def __init__(self, builder: Builder, package: Package, tape: Tape) -> None:
        self._builder = builder
        self._tape = tape
        self._text = package.text
        self._pages = package.pages
        content = self._text.getroottree().getroot()
        self._styles = Styles(content, self._pages)
        roots = [content] if self._pages is None or self._pages is content else [content, self._pages]
        self._remarks = Remarks(roots, self._styles)
        self._story = Story()
        self._paragraphs = self._tables = self._boxes = 0
        self._notes: dict[str, list[tuple[etree._Element, bool]]] = {"footnote": [], "endnote": []}

    def through(self) -> None:
        """Write it all."""
        self._write(self._text, _Place())
        for kind, notes in self._notes.items():
            for count, (body, held) in enumerate(notes, 1):
                self._builder.story()
                self._write(body, _Place(f"{kind} {count}", held=held))
        self._write_margins()

    def _write_margins(self) -> None:
        """Headers, then footers: the same words once."""
        masters = list(children(child(self._pages, "office:master-styles"), "style:master-page"))
        for kind in ("header", "footer"):
            seen: set[str] = set()
            for master in masters:
                names = (f"style:{kind}", f"style:{kind}-left", f"style:{kind}-first")
                for margin in children(master, *names):
                    words = " ".join(map(str, margin.itertext()))
                    if value(margin, "style:display") != "false" and words not in seen:
                        seen.add(words)
                        self._builder.story()
                        self._write(margin, _Place(kind))

    def _write(self, parent: etree._Element, place: _Place) -> None:
        """Write what stands in `parent`, which may be a body, a section, an item, a cell, a note or a box."""
        elements = list(parent)
        for i, element in enumerate(elements):
            name = name_of(element)
            if name in PARAGRAPHS:
                self._write_paragraph(element, place, more=i + 1 < len(elements))
                place = replace(place, item=False)
            elif name == "text:list":
                self._write_list(element, place)
                place = replace(place, item=False)
            elif name == "table:table":
                self._write_table(element, place)
            elif name in _DRAWN:
                self._write_box(element, held=place.held)
            elif name in _AROUND and value(element, "text:display") != "none":
                held = place.held or name in _FILLED or _is_locked(element)
                self._write(element, replace(place, held=held))

    def _write_list(self, element: etree._Element, place: _Place) -> None:
        style = value(element, "text:style-name") or place.list_style
        inside = replace(place, level=place.level + 1, list_style=style)
        for item in children(element, "text:list-item", "text:list-header"):
            marked = name_of(item) == "text:list-item" and self._styles.shows_mark(style, inside.level)
            self._write(item, replace(inside, item=marked))

    def _write_paragraph(self, element: etree._Element, place: _Place, *, more: bool) -> None:
        words = Words(self._story, self._styles, self._tape, self._remarks, held=place.held)
        lines = words.lines(element)
        kind, level = self._styles.kind(element)
        if place.item and kind is not BlockKind.HEADING:
            kind, level = BlockKind.LIST_ITEM, place.level
        paragraph = Paragraph(
            lines, kind, level, place.fixed, place.cell, place.header, place.first_of_two, more
        )
        if paragraph.has_words:
            if place.fixed is None:
                self._paragraphs += 1
                paragraph.where = f"paragraph {self._paragraphs}"
            write(self._builder, paragraph)
        self._after_paragraph(held=place.held)

    def _after_paragraph(self, *, held: bool) -> None:
        """Keep the notes of a paragraph for later, and write its text boxes."""
        for note in self._story.notes:
            kind = value(note, "text:note-class") or "footnote"
            body = child(note, "text:note-body")
            if body is not None and kind in self._notes:
                self._notes[kind].append((body, held))
        self._story.notes = []
        boxes, self._story.boxes = self._story.boxes, []
        for box in boxes:
            self._write_box(box, held=held)

    def _write_box(self, box: etree._Element, *, held: bool) -> None:
        if not any(name_of(inner) in PARAGRAPHS for inner in box.iter("*")):
            return
        self._boxes += 1
        self._builder.story()
        self._write(box, _Place(f"text box {self._boxes}", held=held))
        self._builder.story()

    def _write_table(self, table: etree._Element, place: _Place) -> None:
        self._tables += 1
        count = self._tables
        for row_number, row in enumerate(_rows(table), 1):
            cells = list(_cells(row))
            for column, cell in cells:
                where = f"table {count}, row {row_number}, column {column}"
                here = replace(
                    place,
                    fixed=where if place.fixed is None or place.cell else place.fixed,
                    cell=Cell(count, row_number, column),
                    header=row_number == 1 and len(cells) > 1,
                    first_of_two=len(cells) == 2 and column == cells[0][0],
                    level=0,
                    item=False,
                    held=place.held or _is_locked(cell) or _is_locked(table),
                )
                self._write(cell, here)


def _is_locked(element: etree._Element) -> bool:
    """True where nobody may change the words of a section or a table, or they come from another file."""
    said = value(element, "text:protected"), value(element, "table:protected")
    return "true" in said or child(element, "text:section-source") is not None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that are seen, out of what only stands around them."""
    for element in table:
        if name_of(element) == "table:table-row":
            if value(element, "table:visibility") not in {"collapse", "filter"}:
                yield element
        elif name_of(element) in _ROWS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; what is merged into another cell is passed over."""
    column = 1
    for cell in children(row, "table:table-cell", "table:covered-table-cell"):
        if name_of(cell) == "table:table-cell":
            yield column, cell
        column += max(1, number(value(cell, "table:number-columns-repeated"), 1, _WIDEST))
