"""XML that always parses: elements of any words, written by the standard library."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sos_lint.reporters.clean import referred, visible

PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'

_EMPTY = " />"
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "�")  # which XML 1.0 does not allow, even escaped


def element(parent: Element | None, tag: str, text: str = "", **attributes: str | int | None) -> Element:
    """A new element, the last of its parent; attributes that are None are left out."""
    told = {name: _safe(str(value)) for name, value in attributes.items() if value is not None}
    made = Element(tag, told) if parent is None else SubElement(parent, tag, told)
    if text:
        made.text = "\n".join(map(_safe, text.split("\n")))
    return made


def start(root: Element) -> str:
    """The start tag of an element without children, which it is to have."""
    return f"{_ascii(root).removesuffix(_EMPTY)}>"


def inner(child: Element) -> str:
    """A child of it with all that it holds, indented, on lines of its own."""
    indent(child, level=1)
    return f"\n  {_ascii(child)}"


def end(root: Element) -> str:
    """Its end tag, and the end of the document."""
    return f"\n</{root.tag}>\n"


def alone(root: Element) -> str:
    """An element without children, and the end of the document."""
    return f"{_ascii(root)}\n"


def _ascii(node: Element) -> str:
    return referred(tostring(node).decode("ascii"))


def _safe(words: str) -> str:
    return visible(words).translate(_NO_CHARACTERS)
