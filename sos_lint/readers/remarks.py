"""Knows what a file says to sos-lint: a comment that begins with "sos-lint:", a style named after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.text import Range

_SAID = re.compile(r"\s*sos-lint\s*:(.*)", re.IGNORECASE | re.DOTALL)
_STYLE = re.compile(r"\s*sos-lint\b[\s:]*(ignore\b.*)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


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
    if "<!--" not in text:
        return
    for match in _COMMENT.finditer(text):
        words = said(match[1])
        if words is not None:
            yield Comment(words, Range(*match.span()))
