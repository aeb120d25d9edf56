"""Links in words: as Markdown writes them (from a web page saved as text), or in the code of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sos_lint.document import MarkKind
from sos_lint.readers.paragraph import Line, Piece, Tag


# Only before what is plainly an address: "[Tom](aged 6)" is prose.
@cache
def _link() -> re.Pattern[str]:
    """A link with its words and its address."""
    return re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|www\.|[#/])[^()\s]*)\)")


@cache
def _hyperlink() -> re.Pattern[str]:
    """The code of a field that is a link."""
    return re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)


def target_of_field(code: str) -> str | None:
    """Where a field of Word leads, by its code; None where it is no link."""
    match = _hyperlink().match(code)
    return match.group(1) if match else None


def with_links(line: Line) -> Line:
    """The line with each link as its words, marked, without brackets and address."""
    return [part for piece in line for part in (_parted(piece) if "](" in piece.words else [piece])]


def _parted(piece: Piece) -> Iterator[Piece]:
    done = 0
    for match in _link().finditer(piece.words):
        tag = Tag(MarkKind.LINK, match.group(2))
        yield piece.between(done, match.start())
        words = piece.between(*match.span(1))
        yield words._replace(tags=(*words.tags, tag))
        done = match.end()
    yield piece.between(done, len(piece.words)) if done else piece
