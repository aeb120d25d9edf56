"""Reads plain text. Paragraphs are parted by blank lines; the rest is said by shape (see `shape`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.document import Document
from sos_lint.memory import Memory
from sos_lint.readers.build import Builder
from sos_lint.readers.by_passages import by_passages
from sos_lint.readers.decode import decode
from sos_lint.readers.links import with_links
from sos_lint.readers.paragraph import Paragraph, Piece, write
from sos_lint.readers.remarks import Comment, comments_in
from sos_lint.text import Range

_LINE = re.compile(r"[^\r\n]+|\r\n|\n|\r")
_APART = re.compile(r"(?:\n{2,}|(?:\r\n){2,})(?=[^\r\n])")  # blank lines end every paragraph
_BLANK = re.compile("[\\s\u200b\ufeff]*")


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file."""
    return read_text(decode(data, name), name)


def read_text(source: str, name: str, memory: Memory | None = None) -> Document:
    """The document in some plain text. `memory` knows the passages of the version before."""
    if memory is None:
        return _built(source, name).document()
    return by_passages(source, name, _APART, lambda words: _built(words, name).passage(), memory)


def _built(source: str, name: str) -> Builder:
    builder = Builder(name, source)
    for part in parts(source):
        if isinstance(part, Comment):
            builder.remark(*part)
        else:
            write(builder, part)
    return builder


def parts(source: str) -> Iterator[Paragraph | Comment]:
    """The paragraphs, and the comments to us. One on a line of its own ends a paragraph, as in Markdown."""
    lines: list[list[Piece]] = []
    ended = True  # the line before is at its end
    for match in _LINE.finditer(source):
        words = match.group()
        if words[0] not in "\r\n":
            ended = False
            pieces = [Piece(words, Range(*match.span()))]
            if comments := list(comments_in(words)):
                pieces = _without(comments, pieces[0])
                alone = not any(piece.words.strip() for piece in pieces)
                if alone and lines:
                    yield Paragraph(lines)
                    lines = []
                for comment in comments:
                    at = comment.at
                    yield comment._replace(at=Range(match.start() + at.start, match.start() + at.end))
                if alone:
                    continue
            if not _BLANK.fullmatch(words):
                lines.append(with_links(pieces))
                continue
        elif not ended:
            ended = True
            continue
        if lines:
            yield Paragraph(lines)
            lines = []
    if lines:
        yield Paragraph(lines)


def _without(comments: list[Comment], line: Piece) -> list[Piece]:
    """The pieces of a line between the comments in it."""
    cuts = [0, *(cut for comment in comments for cut in (comment.at.start, comment.at.end)), len(line.words)]
    return [line.between(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if start < end]
