"""What word processors call the styles of headings and quotations, in lower case."""

from __future__ import annotations

import re

_HEADING = re.compile(r"heading (\d)|toc (\d)")
_TITLES = {"title": 1, "subtitle": 2, "toc heading": 1}
_QUOTES = frozenset({"quotations", "quote", "intense quote", "block text"})


def heading_level(name: str) -> int | None:
    """The level of the headings that have a style of this name; None for other styles."""
    match = _HEADING.fullmatch(name)
    return int(match.group(1) or match.group(2)) if match else _TITLES.get(name)


def is_of_quotations(name: str) -> bool:
    """True for a style of words that somebody else said or wrote."""
    return name in _QUOTES


def is_of_items(name: str) -> bool:
    """True for a style of the items of a list."""
    return name.startswith(("list bullet", "list number"))
