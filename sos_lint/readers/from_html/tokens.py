"""A web page cut into tags and words, each with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from sos_lint.errors import UnreadableFile
from sos_lint.readers.remarks import Comment, said
from sos_lint.text import Range

_LINE_END = re.compile(r"\r\n?|\n")


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

    places = _Places(source)
    for token in tokenize(places.seen, resolve_references=False, capture_source=True):
        begin = places.begin(token.line, token.col)
        if token.type is TokenType.TEXT:
            at = places.range(begin, begin + len(token.data or ""))
            yield Words(at.of(source), at)
            continue
        at = places.range(begin, begin + len(token.source or ""))
        if token.type is TokenType.CHARACTER_REFERENCE:
            yield Words(token.data or "", at, verbatim=False)
        elif token.type is TokenType.START_TAG and token.tag:
            yield Start(token.tag, at, {key: value or "" for key, value in token.attrs or ()})
        elif token.type is TokenType.COMMENT:
            yield from (Comment(words, at) for words in (said(token.data or ""),) if words is not None)
        elif token.type is TokenType.END_TAG and token.tag:
            yield End(token.tag, at)


class _Places:
    """Leads from lines and columns of the page as it is cut, with plain line ends, to its source."""

    def __init__(self, source: str) -> None:
        self.seen = _LINE_END.sub("\n", source)
        self._lines = [0, *accumulate(len(line) + 1 for line in self.seen.split("\n"))]
        pairs = [match.start() for match in _LINE_END.finditer(source) if len(match.group()) == 2]
        self._returns = [start - before for before, start in enumerate(pairs)]

    def begin(self, line: int, column: int) -> int:
        """The offset at which a token begins, in `seen`."""
        return self._lines[line - 1] + column

    def range(self, start: int, end: int) -> Range:
        """A range of `seen`, in the source."""
        return Range(start + bisect_left(self._returns, start), end + bisect_left(self._returns, end))
