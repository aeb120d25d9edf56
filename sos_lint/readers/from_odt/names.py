"""The names of OpenDocument's elements, short."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OASIS}office:1.0": "office:",
    f"{_OASIS}text:1.0": "text:",
    f"{_OASIS}table:1.0": "table:",
    f"{_OASIS}style:1.0": "style:",
    f"{_OASIS}drawing:1.0": "draw:",
    f"{_OASIS}manifest:1.0": "manifest:",
    "http://www.w3.org/1999/xlink": "xlink:",
}


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """ "text:p" for the name of an element or attribute, whichever prefix the file gives it."""
    namespace, _, local = tag.rpartition("}")
    return _PREFIXES.get(namespace[1:], namespace and "?:") + local


def name_of(element: etree._Element) -> str:
    """The short name of an element; nothing for what is not an element."""
    return short(element.tag) if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, attribute: str) -> str | None:
    """An attribute by its short name."""
    if element is not None:
        for key, held in element.attrib.items():
            if short(str(key)) == attribute:
                return str(held)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of short names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == name), None)
    return element


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children with one of these short names."""
    return (inner for inner in (element if element is not None else ()) if name_of(inner) in names)


def number(written: str | None, default: int, most: int) -> int:
    """A whole number from 0 to `most` as the file gives it, or the default where it is none."""
    digits = (written or "").strip()
    if digits.isascii() and digits.isdigit():
        return min(int(digits[:9]), most)
    return default
