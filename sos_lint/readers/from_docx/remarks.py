"""What a Word file says to sos-lint: comments that begin with "sos-lint:", and styles named after it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from sos_lint.document import MarkKind
from sos_lint.readers.from_docx.styles import Styles
from sos_lint.readers.paragraph import Tag
from sos_lint.readers.remarks import said
from sos_lint.readers.xml_names import name_of, value


class Remarks:
    """Knows which words stand under such a comment, and which are in such a style."""

    def __init__(self, body: etree._Element | None, comments: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._styled: dict[str, Tag] = {}
        by_key = _tags(comments)
        self._on = _under(body, by_key) if by_key and body is not None else {}

    def on(self, element: etree._Element) -> tuple[Tag, ...]:
        """The comments over the words of an element."""
        return self._on.get(element, ())

    def of_style(self, element: etree._Element) -> tuple[Tag, ...]:
        """The style of a paragraph or run, where it says something to us."""
        words = self._styles.remark(element)
        if words is None:
            return ()
        tag = Tag(MarkKind.REMARK, words, term="style")
        return (self._styled.setdefault(words, tag),)


def _tags(comments: etree._Element | None) -> dict[str, Tag]:
    """The comments for us, by their keys."""
    tags = {}
    for comment in comments if comments is not None else ():
        key = value(comment, "w:id")
        words = said(" ".join(_words(inner) for inner in comment.iter() if name_of(inner) == "w:p"))
        if key is not None and words is not None and name_of(comment) == "w:comment":
            tags[key] = Tag(MarkKind.REMARK, words, term=f"comment {key}")
    return tags


def _words(paragraph: etree._Element) -> str:
    return "".join(inner.text or "" for inner in paragraph.iter() if name_of(inner) == "w:t")


def _under(body: etree._Element, tags: Mapping[str, Tag]) -> dict[etree._Element, tuple[Tag, ...]]:
    """The elements that stand between the marks of these comments, in whatever they are nested."""
    # A comment without an end mark is put on nothing: else it would be on the rest of the file.
    ended = {value(element, "w:id") for element in body.iter("{*}commentRangeEnd")}
    under: dict[etree._Element, tuple[Tag, ...]] = {}
    open_: dict[str, Tag] = {}
    for element in body.iter("*"):
        name = name_of(element)
        key = value(element, "w:id") or ""
        if name == "w:commentRangeStart" and key in tags and key in ended:
            open_[key] = tags[key]
        elif name == "w:commentRangeEnd":
            open_.pop(key, None)
        elif open_:
            under[element] = tuple(open_.values())
    return under
