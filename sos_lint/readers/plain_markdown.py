"""Reads Markdown that is nothing but headings and paragraphs of plain words, as most notes are.

The parser would find no markup in them: so it is not asked, nor even loaded. What could be any is for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.document import BlockKind
from sos_lint.readers.paragraph import Line, Paragraph, Piece
from sos_lint.text import Range

# What may be markup wherever it stands, is no plain white space, or is not seen.
_ODD = (
    "\\\\`*_\\[\\]<>&~|\\x00-\\x09\\x0b-\\x1f\\x7f-\\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ufeff\ud800-\udfff"
)
_BEGINNING = r"(?!\d{1,9}[.)])[\w\"'(\u2018-\u201d]"  # how a line begins that is neither an item nor a rule
_LINE = rf"{_BEGINNING}(?:[^\n{_ODD}]*[^\n {_ODD}])?"
_HEADING = rf"#{{1,6}} {_BEGINNING}(?:[^\n{_ODD}]*[^\n #{_ODD}])?"
_MARKED = re.compile(rf"^(?!(?:{_LINE}|{_HEADING})?$)", re.MULTILINE)  # where any other line begins


def paragraphs(source: str) -> Iterator[Paragraph] | None:
    """The paragraphs of some Markdown; None where only the parser can tell them."""
    return None if _MARKED.search(source) else _parted(source)


def _parted(source: str) -> Iterator[Paragraph]:
    """The paragraphs, which headings and empty lines part."""
    lines: list[Line] = []
    here = 0
    for line in source.split("\n"):
        end = here + len(line)
        is_heading = line.startswith("#")
        if lines and (is_heading or not line):
            yield Paragraph(lines)
            lines = []
        if is_heading:
            level = line.index(" ")
            start = here + level + 1
            yield Paragraph([[Piece(line[level + 1 :], Range(start, end))]], BlockKind.HEADING, level)
        elif line:
            lines.append([Piece(line, Range(here, end))])
        here = end + 1
    if lines:
        yield Paragraph(lines)
