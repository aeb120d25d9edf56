"""The words of one Word paragraph, as they are seen: without deletions, hidden text and field codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_docx.names import switched_on, val
from sos_lint.readers.from_docx.package import target_of
from sos_lint.readers.from_docx.remarks import Remarks
from sos_lint.readers.from_docx.styles import Styles
from sos_lint.readers.links import target_of_field, with_links
from sos_lint.readers.paragraph import Line, Piece, Tag, with_held
from sos_lint.readers.places import Tape
from sos_lint.readers.xml_names import child, name_of, value
from sos_lint.text import Range

# Elements that stand around others and say nothing of their words; of the last three, words may be
# changed only on one side of their borders.
_LOOSE = frozenset({"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo"})
_AROUND = _LOOSE | {"w:fldSimple", "w:ruby", "w:rubyBase"}
_CHOICES = frozenset({"w:sdt", "mc:AlternateContent"})
_DELETED = frozenset({"w:del", "w:moveFrom"})

# Marks between words that may be changed as one.
_BETWEEN_RUNS = frozenset(
    {
        "w:pPr",
        "w:proofErr",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:permStart",
        "w:permEnd",
    }
)
_IN_RUN = frozenset({"w:rPr", "w:lastRenderedPageBreak", "w:commentReference"})

# Word writes the words of these anew by itself, or lets nobody change them.
_HOLDING = frozenset({"w:dataBinding", "?:dataBinding", "w:dropDownList", "w:date", "w:citation"})
_LOCKS = frozenset({"contentLocked", "sdtContentLocked"})
_OWN_WORDS = re.compile(r"\s*(?:HYPERLINK|FORMTEXT)\b", re.IGNORECASE)  # fields that keep what is typed

_PLACEHOLDER = "w:showingPlcHdr"
_BLANK = " \t\r\n"


def keeps_what_is_typed(code: str) -> bool:
    """True for the code of a field that shows what people type; false where Word fills it."""
    return bool(_OWN_WORDS.match(code))


@dataclass(slots=True)
class _Field:
    """A field that has begun. Its code is not shown; its result is."""

    in_code: bool = True
    code: str = ""
    tag: Tag | None = None
    holds: bool = False


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
        elif name in _CHOICES:
            content = _content(element, name)
            if content is not None:
                yield from unwrapped(content)
        elif name not in _DELETED:
            yield element


def _content(element: etree._Element, name: str) -> etree._Element | None:
    """What counts of a control or a choice: nothing where only a prompt is shown."""
    if name == "w:sdt":
        prompt = switched_on(child(element, "w:sdtPr", _PLACEHOLDER))
        return None if prompt else child(element, "w:sdtContent")
    chosen = child(element, "mc:Choice")
    return child(element, "mc:Fallback") if chosen is None else chosen


def _holds(control: etree._Element) -> bool:
    """True where the words of a control come from elsewhere or are locked."""
    properties = child(control, "w:sdtPr")
    return properties is not None and any(
        name_of(said) in _HOLDING or (name_of(said) == "w:lock" and val(said) in _LOCKS)
        for said in properties
    )


class Runs:
    """Collects the lines of one paragraph."""

    def __init__(self, story: Story, styles: Styles, tape: Tape, remarks: Remarks) -> None:
        self._story = story
        self._remarks = remarks
        self._of_paragraph: tuple[Tag, ...] = ()  # what its style says to us
        self._of_run: tuple[Tag, ...] = ()
        self._styles = styles
        self._tape = tape
        self._lines: list[Line] = [[]]
        self._tags: list[Tag] = []
        self._holders = 0  # of what is being read, how many hold its words
        self._held: list[Range] = []

    def lines(self, paragraph: etree._Element) -> list[Line]:
        """The lines of the paragraph, parted where a break stands."""
        self._tape.part()
        self._of_paragraph = self._remarks.of_style(paragraph)
        self._holders = sum(map(_holds, paragraph.iterancestors("{*}sdt")))
        self._read(paragraph, hidden=self._styles.hides_paragraph(paragraph))
        # A field whose code never ends would swallow the rest of the file.
        self._story.fields = [field for field in self._story.fields if not field.in_code]
        lines = [with_links(line) for line in self._lines]
        return [with_held(line, self._held) for line in lines] if self._held else lines

    def _read(self, parent: etree._Element, *, hidden: bool) -> None:
        for element in parent:
            name = name_of(element)
            if name == "w:r":
                if self._styles.hides_run(element, hidden=hidden):
                    self._tape.part()
                else:
                    self._read_run(element)
            elif name in _LOOSE:
                self._read(element, hidden=hidden)
            elif name not in _BETWEEN_RUNS:
                self._tape.part()
                self._read_apart(element, name, hidden=hidden)
                self._tape.part()

    def _read_apart(self, element: etree._Element, name: str, *, hidden: bool) -> None:
        """Read what has a border that no change may lie across."""
        if name == "w:hyperlink":
            self._read_link(element, hidden=hidden)
        elif name in _AROUND or name in _CHOICES:
            content = _content(element, name) if name in _CHOICES else element
            holders = self._holders
            if name == "w:sdt":
                self._holders += _holds(element)
            elif name == "w:fldSimple":
                self._holders += not keeps_what_is_typed(value(element, "w:instr") or "")
            if content is not None:
                self._read(content, hidden=hidden)
            self._holders = holders

    def _read_link(self, element: etree._Element, *, hidden: bool) -> None:
        target = target_of(element, self._story.related)[1]
        anchor = value(element, "w:anchor")
        self._tags.append(Tag(MarkKind.LINK, f"{target}#{anchor}" if anchor else target))
        self._read(element, hidden=hidden)
        self._tags.pop()

    def _read_run(self, run: etree._Element) -> None:
        self._of_run = self._remarks.of_style(run)
        for element in run:
            name = name_of(element)
            if name == "w:t":
                self._add_words(element)
            elif name not in _IN_RUN:
                self._tape.part()
                self._read_sign(element, name)
                self._tape.part()

    def _read_sign(self, element: etree._Element, name: str) -> None:
        """Read what stands in a run beside its words."""
        if name in _AROUND or name in _CHOICES:
            content = _content(element, name) if name in _CHOICES else element
            if content is not None:
                self._holders += 1  # a run can only be parted between its own children
                self._read_run(content)
                self._holders -= 1
        else:
            match name:
                case "w:tab" | "w:ptab":
                    self._add("\t", element)
                case "w:noBreakHyphen":
                    self._add("-", element, verbatim=False)
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
            fields[-1].holds = not keeps_what_is_typed(fields[-1].code)
            target = target_of_field(fields[-1].code)
            if target is not None:
                fields[-1].tag = Tag(MarkKind.LINK, target)
        elif kind == "end" and fields:
            fields.pop()

    def _add_words(self, element: etree._Element) -> None:
        words = element.text or ""
        if value(element, "xml:space") == "preserve":
            self._add(words, element)
        else:
            shown = words.lstrip(_BLANK)
            self._add(shown.rstrip(_BLANK), element, len(words) - len(shown))

    def _add(self, words: str, element: etree._Element, skip: int = 0, *, verbatim: bool = True) -> None:
        fields = self._story.fields
        if not words or any(field.in_code for field in fields):
            return
        at = self._tape.add(words, element, skip)
        if self._holders or len(element) or any(field.holds for field in fields):
            self._held.append(at)
        tags = [*self._tags, *(field.tag for field in fields if field.tag)]
        tags += [*self._of_paragraph, *self._of_run, *self._remarks.on(element)]
        self._lines[-1].append(Piece(words, at, verbatim, tuple(tags)))


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, each once: of a choice only what is chosen, and none inside another."""
    for inner in unwrapped(element):
        if name_of(inner) == "w:txbxContent":
            yield inner
        else:
            yield from _boxes(inner)
