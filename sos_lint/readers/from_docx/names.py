"""What Word's elements and attributes say."""

from __future__ import annotations

from lxml import etree

from sos_lint.readers.xml_names import value

REL_ID = "r:id"
_OFF = frozenset({"0", "false", "off", "none"})


def val(element: etree._Element | None) -> str | None:
    """What an element says in its `w:val`, as most do."""
    return value(element, "w:val")


def switched_on(element: etree._Element | None) -> bool | None:
    """What a switch such as `w:vanish` says: without a value, yes; absent, nothing."""
    if element is None:
        return None
    return (val(element) or "1").lower() not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """A whole number as the file gives it, or the default where it is none."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
