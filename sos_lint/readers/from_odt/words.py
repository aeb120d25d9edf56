"""The words of one OpenDocument paragraph, as they are seen: without comments and hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_odt.names import number
from sos_lint.readers.from_odt.styles import Styles
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Line, Piece, Tag
from sos_lint.readers.xml_names import name_of, value
from sos_lint.text import Range

# Not seen, or not in this place: comments, what a field shows elsewhere, words beside a picture.
_UNSEEN = frozenset(
    {
        "office:annotation",
        "office:annotation-end",
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
_BLANK = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000


@dataclass(slots=True)
class Story:
    """What goes on from paragraph to paragraph: how many words came so far, notes and text boxes met."""

    length: int = 0
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class Words:
    """Gathers the lines of one paragraph."""

    def __init__(self, story: Story, styles: Styles) -> None:
        self._story = story
        self._styles = styles
        self._lines: list[Line] = [[]]
        self._tags: list[Tag] = []

    def lines(self, paragraph: etree._Element) -> list[Line]:
        """The lines, parted at line breaks."""
        hidden = bool(self._styles.hides("paragraph", value(paragraph, "text:style-name")))
        hidden = hidden or any(
            name_of(inner) == "text:hidden-paragraph" and value(inner, "text:is-hidden") == "true"
            for inner in paragraph
        )
        self._inside(paragraph, hidden=hidden)
        return [with_links(line) for line in self._lines]

    def _inside(self, element: etree._Element, *, hidden: bool) -> None:
        self._add(element.text, hidden=hidden)
        for inner in element:
            self._take(inner, hidden=hidden)
            self._add(inner.tail, hidden=hidden)

    def _take(self, element: etree._Element, *, hidden: bool) -> None:
        name = name_of(element)
        if name in _UNSEEN:
            return
        if name in _DRAWN:
            if not hidden:
                self._story.boxes.append(element)
        elif name == "text:note":
            if not hidden:
                self._story.notes.append(element)
        elif name == "text:s":
            self._add(" " * number(value(element, "text:c"), 1, _MOST_SPACES), hidden=hidden, kept=True)
        elif name == "text:tab":
            self._add("\t", hidden=hidden, kept=True)
        elif name == "text:line-break":
            if not hidden:
                self._lines.append([])
        elif name == "text:a":
            self._tags.append(Tag(MarkKind.LINK, value(element, "xlink:href") or ""))
            self._inside(element, hidden=hidden)
            self._tags.pop()
        else:
            if name == "text:span":
                said = self._styles.hides("text", value(element, "text:style-name"))
                hidden = hidden if said is None else said
            self._inside(element, hidden=hidden)

    def _add(self, words: str | None, *, hidden: bool, kept: bool = False) -> None:
        if not words or hidden:
            return
        words = words if kept else _BLANK.sub(" ", words)
        at = Range(self._story.length, self._story.length + len(words))
        self._story.length = at.end
        self._lines[-1].append(Piece(words, at, tags=tuple(self._tags)))
