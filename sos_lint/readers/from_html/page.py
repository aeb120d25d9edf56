"""Goes through the tags of a web page as a browser does, and writes what is seen as paragraphs.

What only a style sheet or a program hides is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from sos_lint.document import BlockKind, MarkKind
from sos_lint.readers.build import Builder
from sos_lint.readers.from_html.tables import Table
from sos_lint.readers.from_html.tokens import End, Start, Words
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Line, Paragraph, Piece, Tag, write
from sos_lint.readers.remarks import Comment
from sos_lint.text import Range

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "caption", *_CELLS})
_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
form frameset header hgroup hr html legend li listing main nav option p plaintext pre search section summary
textarea xmp
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split()).union(_HEADINGS, _LISTS, _TABLE)
_STORIES = frozenset({"aside", "footer", "header", "nav"})  # words that do not follow those before them
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_SEALED_NAMES = """
applet audio canvas datalist head iframe math noembed noframes object script select style svg template title
video
"""
_SEALED = frozenset(_SEALED_NAMES.split())  # not seen, and nothing in them ends what is around them
_UNSEEN = _SEALED | {"del", "noscript"}
_CODE = frozenset({"code", "kbd", "samp", "var"})  # no prose; elsewhere a word stands in its place

# A start tag ends what is open of these, within what bounds it.
_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS | {"tr", "caption"},
    **dict.fromkeys(("thead", "tbody", "tfoot"), _CELLS | {"thead", "tbody", "tfoot", "tr", "caption"}),
}
_BOUNDS = frozenset({"table", "caption", *_CELLS})
_DEEPEST = 512  # elements inside one another, as in browsers

_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
# What mail programs mark as the words of somebody else, or as a signature; from some marks on, all is.
_NOT_OWN = frozenset(
    {"gmail_quote", "gmail_signature", "moz-signature", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"}
)
_EARLIER = frozenset({"divRplyFwdMsg", "appendonsend"})
_EARLIER_LINE = re.compile(r"border-top:\s*solid #(?:E1E1E1|B5C4DF) 1\.0pt", re.IGNORECASE)

_LINE_END = re.compile(r"(\r\n?|\n)")


class _Open(NamedTuple):
    """An element that has begun. `hidden`: it hides what is in it; `shown`: no other hid it when it began."""

    name: str
    hidden: bool
    tag: Tag | None
    shown: bool


class Page:
    """Takes the tags and words of a page in order.

    Of a `mail`, only what its writer wrote; its paragraphs are counted, as nobody sees its lines.
    """

    def __init__(self, builder: Builder, *, mail: bool = False) -> None:
        self._builder = builder
        self._mail = mail
        self._is_over = False  # the rest of the mail is an earlier one
        self._paragraphs = 0
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()  # of the names in `_open`
        self._hidden = 0
        self._tags: list[Tag] = []
        self._lines: list[Line] = [[]]
        self._begins_item = False
        self._tables: list[Table] = []
        self._table_count = 0

    def take(self, token: Start | End | Words | Comment) -> None:
        """Go on to the next tag or words, or to what a comment says to us."""
        if self._is_over:
            return
        if isinstance(token, Words):
            self._add(token)
        elif isinstance(token, Comment):
            if not self._mail:  # whose source nobody sees
                self._builder.remark(*token)
        elif isinstance(token, Start):
            self._is_over = self._mail and _is_earlier(token)
            self._begin(token)
        else:
            self._end(token)

    def end(self) -> None:
        """Close all that is open."""
        while self._open:
            self._pop()
        self._flush()

    def _add(self, token: Words) -> None:
        if self._hidden:
            return
        tags = tuple(self._tags)
        if self._count["pre"] and token.verbatim:
            start = token.at.start
            for part in _LINE_END.split(token.words):
                if _LINE_END.fullmatch(part):
                    self._lines.append([])
                elif part:
                    self._lines[-1].append(Piece(part, Range(start, start + len(part)), tags=tags))
                start += len(part)
        else:
            self._lines[-1].append(Piece(token.words, token.at, token.verbatim, tags))

    def _put(self, words: str, at: Range) -> None:
        """Add words that are seen in the place of a tag."""
        if not self._hidden:
            self._lines[-1].append(Piece(words, at, verbatim=False, tags=tuple(self._tags)))

    def _begin(self, token: Start) -> None:
        name = token.name
        if name in _BLOCKS:
            self._begin_block(name)
        if name in _VOID:
            self._take_void(token)
            return
        if len(self._open) >= _DEEPEST:
            self._pop()
        if name == "q":
            self._put("“", token.at)
        hidden = self._hides(token)
        tag = _tag(name, token.attributes)
        if hidden and name in _CODE:
            self._put(" ", token.at)
        self._open.append(_Open(name, hidden, tag, not (self._hidden or hidden)))
        self._count[name] += 1
        self._hidden += hidden
        if tag:
            self._tags.append(tag)
        if self._hidden:
            return
        if name == "li":
            self._begins_item = True
        elif name == "table":
            self._begin_table(token.attributes)
        elif name == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif name in _CELLS and self._tables:
            self._tables[-1].begin_cell(token.attributes)

    def _begin_block(self, name: str) -> None:
        """End what cannot go on where this block begins."""
        self._flush()
        if name not in {"caption", "tr", *_CELLS}:
            self._close(frozenset({"p"}))
        if name in _HEADINGS and self._open and self._open[-1].name in _HEADINGS:
            self._pop()
        bounds = frozenset({"table"}) if name in _TABLE else _BOUNDS
        if name == "li":
            bounds |= _LISTS
        if name in _ENDS:
            self._close(_ENDS[name], bounds, furthest=name in _TABLE)
        if name in _STORIES:
            self._builder_story()

    def _take_void(self, token: Start) -> None:
        name, attributes = token.name, token.attributes
        if self._hidden:
            return
        if name == "br":
            self._lines.append([])
        elif name == "img":
            self._put(" ", token.at)
        elif name == "input" and attributes.get("type", "").lower() == "checkbox":
            ticked = "checked" in attributes
            if self._begins_item and not any(piece.words.strip() for piece in self._lines[-1]):
                self._put("[x] " if ticked else "[ ] ", token.at)
            else:
                self._put("☑ " if ticked else "☐ ", token.at)

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("role", "").lower() in {"presentation", "none"}:
            self._open[-1] = self._open[-1]._replace(name="div")  # it only lays out the page
            self._count.update({"table": -1, "div": 1})
            return
        if self._tables:
            self._tables[-1].write_so_far(self._builder)
        self._table_count += 1
        self._tables.append(Table(self._table_count))

    def _end(self, token: End) -> None:
        name = token.name
        if name == "br":
            self._take_void(Start("br", token.at, {}))
        elif name in _HEADINGS:
            self._close(frozenset(_HEADINGS))
        elif name in _BLOCKS or name in _UNSEEN:
            self._close(frozenset({name}), frozenset({"table"} if name in _TABLE else _BOUNDS))
        else:
            self._end_inline(name)
        if name == "q":
            self._put("”", token.at)

    def _end_inline(self, name: str) -> None:
        """End an element inside a paragraph, alone; others in it go on, as browsers mend `<b><i></b></i>`."""
        if not self._count[name]:
            return
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name == name:
                self._forget(self._open.pop(place))
                return

    def _close(
        self, names: frozenset[str], bounds: frozenset[str] = _BOUNDS, *, furthest: bool = False
    ) -> None:
        """End the nearest element of these names, or the `furthest`, with all in it; none beyond a bound."""
        if not any(self._count[name] for name in names):
            return
        found = None
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place].name
            if name in names:
                found = place
                if not furthest:
                    break
            elif name in bounds or name in _SEALED:
                break
        if found is not None:
            while len(self._open) > found:
                self._pop()

    def _pop(self) -> None:
        """End the innermost element."""
        if self._open[-1].name in _BLOCKS:
            self._flush()
        ended = self._open.pop()
        self._forget(ended)
        if not ended.shown:
            return
        if ended.name == "li":
            self._begins_item = False
        elif ended.name in _CELLS and self._tables:
            self._tables[-1].in_cell = False
        elif ended.name == "tr" and self._tables:
            self._tables[-1].write(self._builder)
        elif ended.name == "table" and self._tables:
            self._tables.pop().write(self._builder)
        elif ended.name in _STORIES:
            self._builder_story()

    def _forget(self, ended: _Open) -> None:
        self._count[ended.name] -= 1
        self._hidden -= ended.hidden
        if ended.tag:
            self._tags.remove(ended.tag)

    def _builder_story(self) -> None:
        if not self._hidden and not self._in_cell():
            self._builder.story()

    def _hides(self, token: Start) -> bool:
        name, attributes = token.name, token.attributes
        if name in _UNSEEN or name in _CODE or "hidden" in attributes:
            return True
        if name == "dialog" and "open" not in attributes:
            return True
        if name == "a" and (
            attributes.get("role") == "doc-noteref"
            or (self._count["sup"] and attributes.get("href", "").startswith("#"))
        ):
            return True  # the sign of a footnote
        if self._mail and (
            (name == "blockquote" and attributes.get("type", "").lower() == "cite")
            or not _NOT_OWN.isdisjoint(attributes.get("class", "").split())
        ):
            return True
        return bool(_HIDES.search(attributes.get("style", "")))

    def _in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].in_cell

    def _flush(self) -> None:
        """Write the paragraph that has ended."""
        lines, self._lines = self._lines, [[]]
        if not any(lines):
            return
        paragraph = Paragraph([with_links(line) for line in lines])
        if not paragraph.has_words:
            return
        paragraph.kind, paragraph.level = self._kind()
        self._begins_item = False
        if self._mail:
            self._paragraphs += 1
            paragraph.where = f"paragraph {self._paragraphs}"
        if self._in_cell():
            self._tables[-1].add(paragraph)
        else:
            if self._tables:  # words between cells
                self._tables[-1].write_so_far(self._builder)
            write(self._builder, paragraph)

    def _kind(self) -> tuple[BlockKind | None, int]:
        """What the open elements say of a paragraph."""
        lists, quoted = 0, False
        for element in reversed(self._open):
            if element.name in _HEADINGS:
                return BlockKind.HEADING, _HEADINGS[element.name]
            if element.name in _CELLS:
                break
            lists += element.name in _LISTS
            quoted = quoted or element.name == "blockquote"
        if quoted:
            return BlockKind.QUOTATION, 0
        return (BlockKind.LIST_ITEM, max(1, lists)) if self._begins_item else (None, 0)


def _is_earlier(token: Start) -> bool:
    """True for the mark at which an earlier message begins."""
    attributes = token.attributes
    return attributes.get("id") in _EARLIER or bool(_EARLIER_LINE.search(attributes.get("style", "")))


def _tag(name: str, attributes: Mapping[str, str]) -> Tag | None:
    """What an element says of its words."""
    if name == "a" and attributes.get("href"):
        return Tag(MarkKind.LINK, attributes["href"])
    if name in {"abbr", "acronym"} and attributes.get("title", "").strip():
        return Tag(MarkKind.ABBREVIATION, attributes["title"].strip())
    return None
