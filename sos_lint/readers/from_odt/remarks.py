"""What an OpenDocument text says to sos-lint: comments that begin with "sos-lint:", and styles named so."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_odt.names import PARAGRAPHS
from sos_lint.readers.from_odt.styles import Styles
from sos_lint.readers.paragraph import Tag
from sos_lint.readers.remarks import said
from sos_lint.readers.xml_names import name_of, value

_Place = tuple[etree._Element, bool]  # the words in an element, or those after it
_SPACES = frozenset({"text:s", "text:tab", "text:line-break"})


class Remarks:
    """Knows which words stand under such a comment, and which are in such a style."""

    def __init__(self, roots: list[etree._Element], styles: Styles) -> None:
        self._styles = styles
        self._styled: dict[str, Tag] = {}
        self._on: dict[_Place, tuple[Tag, ...]] = {}
        self._points: dict[etree._Element, list[Tag]] = {}
        tags = _tags(roots)
        for root in roots if tags else ():
            ended = {_key(element) for element in root.iter("{*}annotation-end")}
            self._on.update(_under(root, {one: tag for one, tag in tags.items() if _key(one) in ended}))
            for comment in root.iter("{*}annotation"):
                if comment in tags and _key(comment) not in ended:
                    around = (one for one in comment.iterancestors("*") if name_of(one) in PARAGRAPHS)
                    if (paragraph := next(around, None)) is not None:
                        self._points.setdefault(paragraph, []).append(tags[comment])

    def on(self, element: etree._Element, *, after: bool) -> tuple[Tag, ...]:
        """The comments over the words in an element, or over those after it."""
        return self._on.get((element, after), ())

    def on_paragraph(self, paragraph: etree._Element) -> tuple[Tag, ...]:
        """What its style says, and the comments in it that were put in without a choice of words."""
        style = self.of_style("paragraph", value(paragraph, "text:style-name"))
        return (*style, *self._points.get(paragraph, ()))

    def of_style(self, family: str, style: str | None) -> tuple[Tag, ...]:
        """The style of a paragraph or of a run of words, where it says something to us."""
        words = self._styles.remark(family, style)
        if words is None:
            return ()
        return (self._styled.setdefault(words, Tag(MarkKind.REMARK, words, term="style")),)


def _tags(roots: list[etree._Element]) -> dict[etree._Element, Tag]:
    """The comments for us."""
    tags = {}
    comments = (comment for root in roots for comment in root.iter("{*}annotation"))
    for number, comment in enumerate(comments):
        words = said(" ".join(_words(inner) for inner in comment.iter("*") if name_of(inner) in PARAGRAPHS))
        if words is not None and name_of(comment) == "office:annotation":
            tags[comment] = Tag(MarkKind.REMARK, words, term=f"comment {number}")
    return tags


def _words(paragraph: etree._Element) -> str:
    words = paragraph.text or ""
    for inner in paragraph.iterdescendants("*"):
        words += " " if name_of(inner) in _SPACES else inner.text or ""
        words += inner.tail or ""
    return words


def _under(root: etree._Element, tags: Mapping[etree._Element, Tag]) -> dict[_Place, tuple[Tag, ...]]:
    """The words between the marks of these comments, however they are nested, without the notes to them."""
    under: dict[_Place, tuple[Tag, ...]] = {}
    open_: dict[str, Tag] = {}
    outside: list[dict[str, Tag]] = []  # what is open around the notes that are being read
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = name_of(element)
        if name == "text:note":
            if event == "start":
                outside.append(open_)
                open_ = {}
            else:
                open_ = outside.pop()
        elif event == "start" and element in tags:
            open_[_key(element)] = tags[element]
        elif event == "start" and name == "office:annotation-end":
            open_.pop(_key(element), None)
        if open_:
            under[element, event == "end"] = tuple(open_.values())
    return under


def _key(element: etree._Element) -> str:
    return value(element, "office:name") or ""
