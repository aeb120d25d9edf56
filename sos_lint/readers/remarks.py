"""Knows what a file says to sos-lint: a comment that begins with "sos-lint:", a style named after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.text import Range

_SAID = re.compile(r"\s*sos-lint\s*:(.*)", re.IGNORECASE | re.DOTALL)
_STYLE = re.compile(r"\s*sos-lint\b[\s:]*(ignore\b.*)", re.IGNORECASE | re.DOTALL)
_OPEN, _CLOSE = "<!--", "-->"


class Comment(NamedTuple):
    """A comment in markup that is for us: what it says, and the whole of it in the text searched."""

    words: str
    at: Range


def said(comment: str) -> str | None:
    """What a comment says to us, or None where it is for others."""
    match = _SAID.match(comment)
    return None if match is None else " ".join(match[1].split())


def said_by_style(name: str) -> str | None:
    """The same of the name of a style ("sos-lint ignore")."""
    match = _STYLE.match(name)
    return None if match is None else " ".join(match[1].split())


def comments_in(text: str) -> Iterator[Comment]:
    """The comments in some markup (`<!-- sos-lint: ignore jargon -->`) that are for us."""
    start = text.find(_OPEN)
    while start >= 0 and (end := text.find(_CLOSE, start + len(_OPEN))) >= 0:
        words = said(text[start + len(_OPEN) : end])
        end += len(_CLOSE)
        if words is not None:
            yield Comment(words, Range(start, end))
        start = text.find(_OPEN, end)
