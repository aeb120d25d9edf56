"""What the styles of an OpenDocument text say of a paragraph, a run of words or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sos_lint.document import BlockKind
from sos_lint.readers.from_odt.names import number
from sos_lint.readers.remarks import said_by_style
from sos_lint.readers.xml_names import child, children, name_of, value

_TITLES = {"title": 1, "subtitle": 2}
_QUOTES = {"quotations", "quote", "intense quote", "block text"}
_MAX_LEVEL = 9
_ENCODED = re.compile(r"_([0-9a-f]{1,6})_")  # a sign that a style's name may not hold, as "_20_" for a space


class Styles:
    """Looks through a style and all that it stands on. Styles of the text come before those of the pages."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._unmarked: set[tuple[str, int]] = set()  # levels of lists that show neither bullet nor number
        for root in roots:
            for group in children(root, "office:automatic-styles", "office:styles"):
                for style in children(group, "style:style"):
                    key = value(style, "style:family") or "", value(style, "style:name") or ""
                    self._styles.setdefault(key, style)
                for style in children(group, "text:list-style"):
                    self._note_unmarked(style)
        self._speaks = any(said_by_style(_name(style)) is not None for style in self._styles.values())

    def kind(self, paragraph: etree._Element) -> tuple[BlockKind | None, int]:
        """What a paragraph is, and its level. None: nothing is said of it."""
        if name_of(paragraph) == "text:h":
            level = number(value(paragraph, "text:outline-level"), 1, _MAX_LEVEL)
            return BlockKind.HEADING, max(1, level)
        style = value(paragraph, "text:style-name")
        names = [_name(s) for s in self._line("paragraph", style)] or [_plain(style or "")]
        title = next((_TITLES[name] for name in names if name in _TITLES), 0)
        if title:
            return BlockKind.HEADING, title
        return (None, 0) if _QUOTES.isdisjoint(names) else (BlockKind.QUOTATION, 0)

    def hides(self, family: str, style: str | None) -> bool | None:
        """What a style of paragraphs or runs says of its words being hidden; None: nothing."""
        return next((said for s in self._line(family, style) if (said := _hidden(s)) is not None), None)

    def remark(self, family: str, style: str | None) -> str | None:
        """What a style of paragraphs or runs says to us by its name."""
        if not self._speaks:
            return None
        said = (said_by_style(_name(one)) for one in self._line(family, style))
        return next((words for words in said if words is not None), None)

    def shows_mark(self, style: str | None, level: int) -> bool:
        """True where the items of a list show a bullet or number."""
        return (style or "", level) not in self._unmarked

    def _note_unmarked(self, style: etree._Element) -> None:
        for level in children(style, "text:list-level-style-number"):
            shown = [value(level, f"style:num-{part}") for part in ("format", "prefix", "suffix")]
            if not any((one or "").strip() for one in shown):
                depth = number(value(level, "text:level"), 1, 10)
                self._unmarked.add((value(style, "style:name") or "", depth))

    def _line(self, family: str, style: str | None) -> Iterator[etree._Element]:
        """A style and those that it stands on, nearest first."""
        seen = set()
        while style is not None and (family, style) in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[family, style]
            yield element
            style = value(element, "style:parent-style-name")


def _name(style: etree._Element) -> str:
    return _plain(value(style, "style:display-name") or value(style, "style:name") or "")


def _plain(name: str) -> str:
    return _ENCODED.sub(lambda match: _sign(match[1]), name.lower())


def _sign(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0xD800 else ""


def _hidden(style: etree._Element) -> bool | None:
    display = value(child(style, "style:text-properties"), "text:display")
    return None if display is None else display == "none"
