"""What a Word file's styles and numbering say of a paragraph or a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from sos_lint.document import BlockKind
from sos_lint.readers.from_docx.names import number, switched_on, val
from sos_lint.readers.remarks import said_by_style
from sos_lint.readers.style_names import heading_level, is_of_items, is_of_quotations
from sos_lint.readers.xml_names import child, children, name_of, value

_MAX_LEVEL = 9
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    name: str
    element: etree._Element


class Styles:
    """Looks through a style and all it is based on."""

    def __init__(self, root: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for style in children(root, "w:style"):
            key = value(style, "w:styleId") or ""
            name = (val(child(style, "w:name")) or key).lower()
            self._styles[key] = _Style(val(child(style, "w:basedOn")), name, style)
            default = (value(style, "w:default") or "0").lower() in {"1", "true", "on"}
            if default and value(style, "w:type") == "paragraph":
                self._default = key
        self._speaks = any(said_by_style(style.name) is not None for style in self._styles.values())
        self._plain = _numbers_without_mark(numbering)

    def kind(self, paragraph: etree._Element) -> tuple[BlockKind | None, int]:
        """What a paragraph is, and its level. None: nothing is said of it."""
        properties = child(paragraph, "w:pPr")
        style = val(child(properties, "w:pStyle")) or self._default
        level = self._heading(properties, style)
        if level:
            return BlockKind.HEADING, level
        item = self._item(properties, style)
        if item:
            return BlockKind.LIST_ITEM, item
        if self._first(style, lambda s: is_of_quotations(s.name) or None):
            return BlockKind.QUOTATION, 0
        return None, 0

    def hides_paragraph(self, paragraph: etree._Element) -> bool:
        """True where the paragraph's style hides its words."""
        style = val(child(paragraph, "w:pPr", "w:pStyle")) or self._default
        return bool(self._first(style, _vanish))

    def hides_run(self, run: etree._Element, *, hidden: bool) -> bool:
        """True where a run's words are hidden, by itself, its style or (`hidden`) its paragraph's style."""
        properties = child(run, "w:rPr")
        own = switched_on(child(properties, "w:vanish"))
        if own is None:
            style = val(child(properties, "w:rStyle"))
            own = self._first(style, _vanish) if style else None
        return hidden if own is None else own

    def remark(self, element: etree._Element) -> str | None:
        """What the style of a paragraph or a run says to us by its name."""
        if not self._speaks:
            return None
        key = val(
            child(element, "w:pPr", "w:pStyle")
            if name_of(element) == "w:p"
            else child(element, "w:rPr", "w:rStyle")
        )
        return self._first(key, lambda style: said_by_style(style.name))

    def _heading(self, properties: etree._Element | None, style: str) -> int:
        outline = val(child(properties, "w:outlineLvl"))
        if outline is None:
            named = self._first(style, lambda s: heading_level(s.name))
            if named:
                return named
            outline = self._first(style, lambda s: val(child(s.element, "w:pPr", "w:outlineLvl")))
        level = number(outline, _MAX_LEVEL) + 1
        return level if 1 <= level <= _MAX_LEVEL else 0

    def _item(self, properties: etree._Element | None, style: str) -> int:
        own = child(properties, "w:numPr")
        by_style = self._first(style, lambda s: child(s.element, "w:pPr", "w:numPr"))
        key = val(child(own, "w:numId")) or val(child(by_style, "w:numId"))
        level = val(child(own, "w:ilvl")) or val(child(by_style, "w:ilvl"))
        if key is not None:
            depth = number(level)
            return 0 if key == "0" or (key, depth) in self._plain else depth + 1
        return self._first(style, lambda s: 1 if is_of_items(s.name) else None) or 0

    def _first(self, style: str | None, look: Callable[[_Style], _T | None]) -> _T | None:
        """The first answer along the line of a style and those it is based on."""
        return next((found for s in self._line(style) if (found := look(s)) is not None), None)

    def _line(self, style: str | None) -> Iterator[_Style]:
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def _vanish(style: _Style) -> bool | None:
    return switched_on(child(style.element, "w:rPr", "w:vanish"))


def _numbers_without_mark(numbering: etree._Element | None) -> set[tuple[str, int]]:
    """The lists, and levels of them, that show neither bullet nor number."""
    abstract: dict[str, set[int]] = {}
    for definition in children(numbering, "w:abstractNum"):
        key = value(definition, "w:abstractNumId") or ""
        abstract[key] = {
            number(value(level, "w:ilvl"))
            for level in children(definition, "w:lvl")
            if val(child(level, "w:numFmt")) == "none" and not val(child(level, "w:lvlText"))
        }
    return {
        (value(used, "w:numId") or "", level)
        for used in children(numbering, "w:num")
        for level in abstract.get(val(child(used, "w:abstractNumId")) or "", ())
    }
