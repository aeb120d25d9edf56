"""XML that always parses: elements of any words, written by the standard library."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sos_lint.reporters.clean import referred, visible

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "�")  # which XML 1.0 does not allow, even escaped


def element(parent: Element | None, tag: str, text: str = "", **attributes: str | int | None) -> Element:
    """A new element, the last of its parent; attributes that are None are left out."""
    told = {name: _safe(str(value)) for name, value in attributes.items() if value is not None}
    made = Element(tag, told) if parent is None else SubElement(parent, tag, told)
    if text:
        made.text = "\n".join(map(_safe, text.split("\n")))
    return made


def written(root: Element) -> str:
    """The document in ASCII, indented, ending in a line break."""
    indent(root)
    body = referred(tostring(root).decode("ascii"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _safe(words: str) -> str:
    return visible(words).translate(_NO_CHARACTERS)
