"""Goes through Markdown as its parser sees it. Exact places come from `markdown_places`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from sos_lint.document import BlockKind, Cell, MarkKind
from sos_lint.readers.build import Builder
from sos_lint.readers.markdown_places import AT, DEFINITION, ORIGIN, Origin, parser
from sos_lint.readers.paragraph import Line, Paragraph, Piece, Tag, write
from sos_lint.readers.plain_lines import PlainLines
from sos_lint.readers.remarks import comments_in
from sos_lint.text import Range

_ABBR = re.compile(r"<abbr\b[^>]*?\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)


def walk(builder: Builder, source: str) -> int:
    """Write the paragraphs of some Markdown; how many tables are in it."""
    plain = PlainLines(source)
    walker = _Walk(builder, source, plain)
    walker.through(parser().parse(plain.text))
    return walker.table


@dataclass
class _Walk:
    """Goes through block tokens in order and writes their paragraphs."""

    builder: Builder
    source: str
    plain: PlainLines
    quotes: int = 0
    lists: int = 0
    begins_item: bool = False
    heading: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    columns: int = 0
    in_cell: bool = False

    def through(self, tokens: list[Token]) -> None:
        """Write every paragraph of the tokens."""
        for token in tokens:
            if token.type == "inline":
                self._write(token)
            elif token.type == "html_block":
                self._note(token)
            else:
                self._enter(token)

    def _enter(self, token: Token) -> None:
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self.lists += token.nesting
            case "list_item_open" | "list_item_close":
                self.begins_item = token.nesting == 1
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "footnote_reference_open" | "footnote_reference_close":
                self.builder.story()
            case "table_open":
                self.table, self.row, self.columns = self.table + 1, 0, 0
            case "tr_open":
                self.row, self.column = self.row + 1, 0
            case "th_open" | "td_open":
                self.column, self.in_cell = self.column + 1, True
                self.columns = max(self.columns, self.column)
            case "th_close" | "td_close":
                self.in_cell = False
            case _:
                pass

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins as the parser sees it, and where the last one ends."""
        text = self.plain.text
        return [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n"), len(text)]

    def _note(self, token: Token) -> None:
        """Keep what comments between blocks say to us."""
        first, last = token.map or (0, 0)
        end = self._starts[min(last, len(self._starts) - 1)]
        lines = Range(self.plain.in_source(self._starts[first]), self.plain.in_source(end))
        for words, at in comments_in(lines.of(self.source)):
            self.builder.remark(words, at.moved(lines.start))

    def _write(self, token: Token) -> None:
        inline = _Inline(self.source, token, self.plain)
        paragraph = Paragraph(inline.lines())
        for remark in inline.remarks:
            self.builder.remark(*remark)
        if self.in_cell:
            paragraph.cell = Cell(self.table, self.row, self.column)
            paragraph.header = self.row == 1
            paragraph.first_of_two = self.column == 1 and self.columns == 2
        elif self.heading:
            paragraph.kind, paragraph.level = BlockKind.HEADING, self.heading
        elif self.quotes:
            paragraph.kind = BlockKind.QUOTATION
        elif self.begins_item:
            paragraph.kind, paragraph.level = BlockKind.LIST_ITEM, self.lists
        self.begins_item = False
        write(self.builder, paragraph)


class _Inline:
    """The lines of one inline token, as pieces with their places in the file."""

    def __init__(self, source: str, token: Token, plain: PlainLines) -> None:
        self._source = source
        self._content = token.content
        self._children = token.children or []
        self._origin: Origin = token.meta[ORIGIN]
        self._in_file = plain.in_source
        self._lines: list[Line] = [[]]
        self._tags: list[Tag] = []
        self.remarks: list[tuple[str, Range]] = []
        self._skip = False  # the text of an automatic link is written with its brackets

    def lines(self) -> list[Line]:
        """The lines, parted at soft and hard breaks."""
        for child in self._children:
            self._add(child)
        return self._lines

    def _add(self, token: Token) -> None:
        match token.type:
            case "text" if not self._skip:
                self._keep(token.meta[AT], len(token.content))
            case "text_special":
                self._add_special(token)
            case "softbreak" | "hardbreak":
                self._lines.append([])
            case "code_inline":
                self._replace(" ", token.meta[AT], len(token.markup))
            case "html_inline":
                self._add_html(token)
            case "link_open":
                self._tags.append(Tag(MarkKind.LINK, str(token.attrs.get("href", ""))))
                self._skip = token.info == "auto"
                if self._skip:
                    self._add_address(token.meta[AT])
            case "link_close":
                self._skip = False
                self._close(MarkKind.LINK)
            case kind if kind == DEFINITION:
                tag = Tag(MarkKind.ABBREVIATION, token.info, token.content)
                place = self._place(token.meta[AT])
                self._lines[-1].append(Piece("", Range(place, place), tags=(tag,)))
            case _:
                pass

    def _add_special(self, token: Token) -> None:
        """An entity stands for other characters; an escaped character for itself."""
        at = token.meta[AT]
        if token.info == "entity":
            self._replace(token.content, at, len(token.markup))
        else:
            hidden = len(token.markup) - len(token.content)
            self._keep(at + hidden, len(token.content))

    def _add_address(self, at: int) -> None:
        """`<http://…>` keeps its brackets: so it reads in plain text and in Word."""
        end = self._content.index(">", at)
        tags, self._tags = self._tags, self._tags[:-1]
        self._keep(at, 1)
        self._tags = tags
        self._keep(at + 1, end - at - 1)
        self._tags = tags[:-1]
        self._keep(end, 1)
        self._tags = tags

    def _add_html(self, token: Token) -> None:
        if match := _ABBR.match(token.content):
            self._tags.append(Tag(MarkKind.ABBREVIATION, (match.group(1) or match.group(2) or "").strip()))
            return
        for words, at in comments_in(token.content):
            place = self._place(token.meta[AT])
            end = self._in_file(self._origin.at(token.meta[AT] + at.end - 1) + 1)
            self.remarks.append((words, Range(place, end)))
        named = _TAG.match(token.content)
        name = named.group(1).lower() if named else ""
        if name == "abbr" and token.content.startswith("</"):
            self._close(MarkKind.ABBREVIATION)
        elif name == "br":
            self._lines.append([])

    def _close(self, kind: MarkKind) -> None:
        for i in range(len(self._tags) - 1, -1, -1):
            if self._tags[i].kind is kind:
                del self._tags[i]
                return

    def _keep(self, start: int, length: int) -> None:
        for begin, end in self._origin.spans(start, start + length):
            at = Range(self._in_file(begin), self._in_file(end))
            self._lines[-1].append(Piece(at.of(self._source), at, tags=tuple(self._tags)))

    def _replace(self, words: str, start: int, length: int) -> None:
        at = Range(self._place(start), self._in_file(self._origin.at(start + length - 1) + 1))
        self._lines[-1].append(Piece(words, at, verbatim=False, tags=tuple(self._tags)))

    def _place(self, offset: int) -> int:
        return self._in_file(self._origin.at(offset))
