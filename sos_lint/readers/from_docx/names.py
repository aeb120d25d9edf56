"""The names of Word's elements, short, and the same in the transitional and the strict form of the format."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
REL_ID = "r:id"
_OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """ "w:p" for the name of an element or attribute, whichever namespace it is written in."""
    namespace, _, local = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:], namespace and "?:") + local


def name_of(element: etree._Element) -> str:
    """The short name of an element; nothing for what is not an element."""
    return short(element.tag) if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of short names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children with this short name."""
    return (inner for inner in (element if element is not None else ()) if name_of(inner) == name)


def value(element: etree._Element | None, attribute: str = "w:val") -> str | None:
    """An attribute by its short name."""
    if element is not None:
        for key, held in element.attrib.items():
            if short(str(key)) == attribute:
                return str(held)
    return None


def switched_on(element: etree._Element | None) -> bool | None:
    """What a switch such as `w:vanish` says: without a value, yes; absent, nothing."""
    if element is None:
        return None
    return (value(element) or "1").lower() not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """A whole number as the file gives it, or the default where it is none."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
