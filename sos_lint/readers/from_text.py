"""Reads plain text. Paragraphs are parted by blank lines; the rest is said by shape (see `shape`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.document import Document
from sos_lint.readers.build import Builder
from sos_lint.readers.decode import decode
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Paragraph, Piece, write
from sos_lint.text import Range

_LINE = re.compile(r"[^\r\n]+|\r\n|\n|\r")
_BLANK = re.compile("[\\s\u200b\ufeff]*")


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file."""
    return read_text(decode(data, name), name)


def read_text(source: str, name: str) -> Document:
    """The document in some plain text."""
    builder = Builder(name, source)
    for paragraph in _paragraphs(source):
        write(builder, paragraph)
    return builder.document()


def _paragraphs(source: str) -> Iterator[Paragraph]:
    lines: list[list[Piece]] = []
    ended = True  # the line before is at its end
    for match in _LINE.finditer(source):
        words = match.group()
        if words[0] not in "\r\n":
            ended = False
            if not _BLANK.fullmatch(words):
                lines.append(with_links([Piece(words, Range(*match.span()))]))
                continue
        elif not ended:
            ended = True
            continue
        if lines:
            yield Paragraph(lines)
            lines = []
    if lines:
        yield Paragraph(lines)
