"""The words of one OpenDocument paragraph, as they are seen: without comments and hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_odt.names import TYPED_IN, number
from sos_lint.readers.from_odt.remarks import Remarks
from sos_lint.readers.from_odt.styles import Styles
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Line, Piece, Tag, with_held
from sos_lint.readers.places import Tape
from sos_lint.readers.xml_names import name_of, value
from sos_lint.text import Range

# Not seen, or not in this place: comments, what a field shows elsewhere, words beside a picture.
_UNSEEN = frozenset(
    {
        "text:hidden-text",
        "text:ruby-text",
        "text:placeholder",
        "text:note-citation",
        "text:tracked-changes",
        "text:script",
        "text:page-number",
        "text:page-count",
    }
)
_DRAWN = frozenset({"draw:frame", "draw:custom-shape", "draw:rect", "draw:g", "draw:a", "draw:line"})
# Marks between words that may be changed as one.
_BETWEEN = frozenset(
    {
        "office:annotation",
        "office:annotation-end",
        "text:bookmark",
        "text:bookmark-start",
        "text:bookmark-end",
        "text:reference-mark",
        "text:reference-mark-start",
        "text:reference-mark-end",
        "text:change-start",
        "text:change-end",
        "text:soft-page-break",
    }
)
_BLANK = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000


@dataclass(slots=True)
class Story:
    """What goes on from paragraph to paragraph: notes and text boxes met."""

    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class Words:
    """Gathers the lines of one paragraph. `held`: its words may not be changed by anybody."""

    def __init__(self, story: Story, styles: Styles, tape: Tape, remarks: Remarks, *, held: bool) -> None:
        self._story = story
        self._styles = styles
        self._tape = tape
        self._remarks = remarks
        self._lines: list[Line] = [[]]
        self._tags: list[Tag] = []
        self._holders = int(held)  # of what is being read, how many hold its words
        self._held: list[Range] = []

    def lines(self, paragraph: etree._Element) -> list[Line]:
        """The lines, parted at line breaks."""
        hidden = bool(self._styles.hides("paragraph", value(paragraph, "text:style-name")))
        hidden = hidden or any(
            name_of(inner) == "text:hidden-paragraph" and value(inner, "text:is-hidden") == "true"
            for inner in paragraph
        )
        self._tags += self._remarks.on_paragraph(paragraph)
        self._tape.part()
        self._inside(paragraph, hidden=hidden)
        lines = [with_links(line) for line in self._lines]
        return [with_held(line, self._held) for line in lines] if self._held else lines

    def _inside(self, element: etree._Element, *, hidden: bool) -> None:
        self._add_words(element, element.text, after=False, hidden=hidden)
        for inner in element:
            name = name_of(inner)
            if name == "text:span":
                self._take_span(inner, hidden=hidden)
            elif name not in _BETWEEN:
                self._tape.part()
                self._take(inner, name, hidden=hidden)
                self._tape.part()
            self._add_words(inner, inner.tail, after=True, hidden=hidden)

    def _take_span(self, span: etree._Element, *, hidden: bool) -> None:
        style = value(span, "text:style-name")
        said = self._styles.hides("text", style)
        before = len(self._tags)
        self._tags += self._remarks.of_style("text", style)
        self._inside(span, hidden=hidden if said is None else said)
        del self._tags[before:]

    def _take(self, element: etree._Element, name: str, *, hidden: bool) -> None:
        """Read what has a border that no change may lie across."""
        if name in _UNSEEN or (
            name == "?:content-control" and value(element, "?:showing-place-holder") == "true"
        ):
            return
        if name in _DRAWN:
            if not hidden:
                self._story.boxes.append(element)
        elif name == "text:note":
            if not hidden:
                self._story.notes.append(element)
        elif name == "text:s":
            self._add_sign(" " * number(value(element, "text:c"), 1, _MOST_SPACES), element, hidden=hidden)
        elif name == "text:tab":
            self._add_sign("\t", element, hidden=hidden)
        elif name == "text:line-break":
            if not hidden:
                self._lines.append([])
        else:
            self._take_around(element, name, hidden=hidden)

    def _take_around(self, element: etree._Element, name: str, *, hidden: bool) -> None:
        """Read what stands around words: a link, a control, or a field, whose words are filled in."""
        before, holders = len(self._tags), self._holders
        if name == "text:a":
            self._tags.append(Tag(MarkKind.LINK, value(element, "xlink:href") or ""))
        self._holders += name not in TYPED_IN
        self._inside(element, hidden=hidden)
        self._holders = holders
        del self._tags[before:]

    def _add_sign(self, words: str, element: etree._Element, *, hidden: bool) -> None:
        if words and not hidden:
            tags = (*self._tags, *self._remarks.on(element, after=False))
            self._lines[-1].append(Piece(words, self._tape.add(words, element), tags=tags))

    def _add_words(self, element: etree._Element, words: str | None, *, after: bool, hidden: bool) -> None:
        if not words:
            return
        if hidden:
            self._tape.part()
            return
        at = self._tape.add(words, element, after=after)
        if self._holders:
            self._held.append(at)
        tags = (*self._tags, *self._remarks.on(element, after=after))
        done = 0
        for match in _BLANK.finditer(words):
            if match.group() != " ":  # is one space, however it is written
                start, end = match.span()
                self._lines[-1] += _pieces(words, at.start, done, start, tags)
                blank = Range(at.start + start, at.start + end)
                self._lines[-1].append(Piece(" ", blank, verbatim=False, tags=tags))
                done = end
        self._lines[-1] += _pieces(words, at.start, done, len(words), tags)


def _pieces(words: str, source: int, start: int, end: int, tags: tuple[Tag, ...]) -> Line:
    """The words from one character to before another, where there are any, as they stand in the file."""
    at = Range(source + start, source + end)
    return [Piece(words[start:end], at, tags=tags)] if start < end else []
