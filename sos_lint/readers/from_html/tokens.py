"""A web page cut into tags and words, each with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sos_lint.errors import UnreadableFile
from sos_lint.readers.plain_lines import PlainLines
from sos_lint.readers.remarks import Comment, said
from sos_lint.text import LineIndex, Position, Range


class Start(NamedTuple):
    """A start tag."""

    name: str
    at: Range
    attributes: Mapping[str, str]


class End(NamedTuple):
    """An end tag."""

    name: str
    at: Range


class Words(NamedTuple):
    """Words; not `verbatim`: a character reference, which stands for others."""

    words: str
    at: Range
    verbatim: bool = True


def cut(source: str, name: str) -> Iterator[Start | End | Words | Comment]:
    """The tags and words of a page in order; of comments and the like, only those to us."""
    try:
        from turbohtml import TokenType, tokenize
    except ImportError as error:  # it has no version for Python 3.10
        raise UnreadableFile(
            name, "Web pages can only be read with Python 3.11 or newer.", "Save it as .docx, .txt or .md."
        ) from error

    plain = PlainLines(source)
    lines = LineIndex(plain.text)

    def place(start: int, length: int) -> Range:
        return Range(plain.in_source(start), plain.in_source(start + length))

    for token in tokenize(plain.text, resolve_references=False, capture_source=True):
        begin = lines.offset(Position(token.line, token.col + 1))
        if token.type is TokenType.TEXT:
            at = place(begin, len(token.data or ""))
            yield Words(at.of(source), at)
            continue
        at = place(begin, len(token.source or ""))
        if token.type is TokenType.CHARACTER_REFERENCE:
            yield Words(token.data or "", at, verbatim=False)
        elif token.type is TokenType.START_TAG and token.tag:
            yield Start(token.tag, at, {key: value or "" for key, value in token.attrs or ()})
        elif token.type is TokenType.COMMENT:
            yield from (Comment(words, at) for words in (said(token.data or ""),) if words is not None)
        elif token.type is TokenType.END_TAG and token.tag:
            yield End(token.tag, at)
