"""The words of one Word paragraph, as they are seen: without deletions, hidden text and field codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_docx.names import child, name_of, switched_on, value
from sos_lint.readers.from_docx.package import target_of
from sos_lint.readers.from_docx.styles import Styles
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Line, Piece, Tag

# Elements that stand around others and say nothing of their words.
_AROUND = frozenset(
    {
        "w:ins",
        "w:moveTo",
        "w:smartTag",
        "w:customXml",
        "w:fldSimple",
        "w:dir",
        "w:bdo",
        "w:ruby",
        "w:rubyBase",
    }
)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)
_PLACEHOLDER = "w:showingPlcHdr"


@dataclass(slots=True)
class _Field:
    """A field that has begun. Its code is not shown; its result is."""

    in_code: bool = True
    code: str = ""
    tag: Tag | None = None


@dataclass(slots=True)
class Story:
    """What goes on from paragraph to paragraph in one story: fields, notes referred to, text boxes seen."""

    related: dict[str, tuple[str, str]]
    fields: list[_Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children that count, out of what only stands around them; deleted ones are left out."""
    for element in parent:
        name = name_of(element)
        if name in _AROUND:
            yield from unwrapped(element)
        elif name == "w:sdt":
            content = child(element, "w:sdtContent")
            if content is not None and not switched_on(child(element, "w:sdtPr", _PLACEHOLDER)):
                yield from unwrapped(content)
        elif name == "mc:AlternateContent":
            chosen = child(element, "mc:Choice")
            chosen = child(element, "mc:Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from unwrapped(chosen)
        elif name not in {"w:del", "w:moveFrom"}:
            yield element


class Runs:
    """Collects the lines of one paragraph."""

    def __init__(self, story: Story, styles: Styles) -> None:
        self._story = story
        self._styles = styles
        self._lines: list[Line] = [[]]
        self._tags: list[Tag] = []

    def lines(self, paragraph: etree._Element) -> list[Line]:
        """The lines of the paragraph, parted where a break stands."""
        self._read(paragraph, hidden=self._styles.hides_paragraph(paragraph))
        # A field whose code never ends would swallow the rest of the file.
        self._story.fields = [field for field in self._story.fields if not field.in_code]
        return [with_links(line) for line in self._lines]

    def _read(self, parent: etree._Element, *, hidden: bool) -> None:
        for element in unwrapped(parent):
            name = name_of(element)
            if name == "w:r":
                if not self._styles.hides_run(element, hidden=hidden):
                    self._read_run(element)
            elif name == "w:hyperlink":
                self._read_link(element, hidden=hidden)

    def _read_link(self, element: etree._Element, *, hidden: bool) -> None:
        target = target_of(element, self._story.related)[1]
        anchor = value(element, "w:anchor")
        self._tags.append(Tag(MarkKind.LINK, f"{target}#{anchor}" if anchor else target))
        self._read(element, hidden=hidden)
        self._tags.pop()

    def _read_run(self, run: etree._Element) -> None:
        for element in unwrapped(run):
            name = name_of(element)
            match name:
                case "w:t":
                    self._add(_words(element))
                case "w:tab" | "w:ptab":
                    self._add("\t")
                case "w:noBreakHyphen":
                    self._add("-")
                case "w:br" | "w:cr":
                    self._lines.append([])
                case "w:fldChar":
                    self._turn(value(element, "w:fldCharType"))
                case "w:instrText":
                    if self._story.fields:
                        self._story.fields[-1].code += element.text or ""
                case "w:footnoteReference" | "w:endnoteReference":
                    self._story.notes.append((name[2:-9], value(element, "w:id") or ""))
                case "w:drawing" | "w:pict" | "w:object":
                    self._story.boxes.extend(_boxes(element))
                case _:
                    pass

    def _turn(self, kind: str | None) -> None:
        """A field begins, passes from code to result, or ends."""
        fields = self._story.fields
        if kind == "begin":
            fields.append(_Field())
        elif kind == "separate" and fields:
            fields[-1].in_code = False
            if match := _HYPERLINK.match(fields[-1].code):
                fields[-1].tag = Tag(MarkKind.LINK, match.group(1))
        elif kind == "end" and fields:
            fields.pop()

    def _add(self, words: str) -> None:
        if words and not any(field.in_code for field in self._story.fields):
            tags = [*self._tags, *(field.tag for field in self._story.fields if field.tag)]
            self._lines[-1].append(Piece(words, tags=tuple(tags)))


def _words(element: etree._Element) -> str:
    words = element.text or ""
    return words if value(element, "xml:space") == "preserve" else words.strip(" \t\r\n")


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, each once: of a choice only what is chosen, and none inside another."""
    for inner in unwrapped(element):
        if name_of(inner) == "w:txbxContent":
            yield inner
        else:
            yield from _boxes(inner)
