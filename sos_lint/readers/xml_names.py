"""The names of elements and attributes in the files of word processors, short: "w:p", "text:p".

Formats give one thing several names (Word's transitional and strict form); files choose their own prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    f"{_OASIS}office:1.0": "office:",
    f"{_OASIS}text:1.0": "text:",
    f"{_OASIS}table:1.0": "table:",
    f"{_OASIS}style:1.0": "style:",
    f"{_OASIS}drawing:1.0": "draw:",
    f"{_OASIS}manifest:1.0": "manifest:",
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """The short name of an element or attribute, whichever namespace and prefix the file gives it."""
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
