"""Builds documents: the only place that makes a source map.

A reader walks its file once and says, in order, what it keeps, replaces or leaves out.
"""

from __future__ import annotations

import re

from sos_lint.document import Block, BlockKind, Cell, Document, Mark, MarkKind, Segment, SourceMap
from sos_lint.text import Range

# White space, and the invisible characters that word processors leave inside words.
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_UNTIDY = re.compile(rf"{_SPACE.pattern}|{_INVISIBLE.pattern}")


class Builder:
    """Collects blocks and their words. `source` offsets must not run backwards."""

    def __init__(self, name: str, source: str | None) -> None:
        self.name = name
        self.source = source
        self._text: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._open: tuple[int, BlockKind, int, str | None, Cell | None] | None = None
        self._there = 0
        self._space: Range | None = None  # white space seen, not yet known to stand between words

    @property
    def here(self) -> int:
        """The offset in the text at which the next kept character will stand, pending space counted."""
        return self._length + (1 if self._space is not None and self._in_words() else 0)

    def start(
        self, kind: BlockKind, *, level: int = 0, where: str | None = None, cell: Cell | None = None
    ) -> None:
        """Open a block; an open one is finished first."""
        self.finish()
        if self._blocks:
            self._put("\n", Range(self._there, self._there), verbatim=False)
        self._open = (self._length, kind, level, where, cell)

    def keep(self, words: str, source: int | None = None) -> None:
        """Add words that stand in the source at `source`; white space is made single on the way.

        Where there is no source text (a Word file), leave `source` out.
        """
        at = self._there if source is None else source
        end = 0
        for match in _UNTIDY.finditer(words):
            self._put_words(words[end : match.start()], at + end)
            if _SPACE.match(match.group()):
                self.gap(Range(at + match.start(), at + match.end()))
            end = match.end()
        self._put_words(words[end:], at + end)

    def replace(self, words: str, source: Range) -> None:
        """Add words that stand for other characters of the source (an entity, an escape)."""
        if words.isspace():
            self.gap(source)
        elif words:
            self._flush_space()
            self._put(words, source, verbatim=False)

    def gap(self, source: Range | None = None) -> None:
        """Part two words: white space or a line break, however long, becomes one space."""
        here = source or Range(self._there, self._there)
        start = self._space.start if self._space else here.start
        self._space = Range(start, max(start, here.end))

    def mark(self, kind: MarkKind, at: Range, term: str, value: str) -> None:
        """Note what markup says of a run of the text."""
        self._marks.append(Mark(at, kind, term, value))

    def finish(self) -> None:
        """Close the open block; one without words leaves nothing behind."""
        self._space = None
        if self._open is None:
            return
        start, kind, level, where, cell = self._open
        self._open = None
        if self._length > start:
            self._blocks.append(Block(Range(start, self._length), kind, level, where, cell))
        elif self._blocks:  # take the break back
            self._text.pop()
            self._segments.pop()
            self._length -= 1
            if self.source is None:
                self._there = self._length

    def document(self) -> Document:
        """The finished document. It ends with its last word."""
        self.finish()
        return Document(
            self.name,
            "".join(self._text),
            tuple(self._blocks),
            SourceMap(tuple(self._segments), self._length),
            self.source,
            tuple(self._marks),
        )

    def _in_words(self) -> bool:
        return self._open is not None and self._length > self._open[0]

    def _flush_space(self) -> None:
        space, self._space = self._space, None
        if space is None or not self._in_words():
            return
        plain = self.source is not None and space.of(self.source) == " "
        self._put(" ", space, verbatim=plain or self.source is None)

    def _put_words(self, words: str, source: int) -> None:
        if words:
            self._flush_space()
            start = self._there if self.source is None else source
            self._put(words, Range(start, start + len(words)), verbatim=True)

    def _put(self, words: str, source: Range, *, verbatim: bool) -> None:
        if self.source is None:  # no source text: the text is its own source
            source, verbatim = Range(self._there, self._there + len(words)), True
        at = Range(self._length, self._length + len(words))
        last = self._segments[-1] if self._segments else None
        if last and verbatim and last.verbatim and last.source.end == source.start and words != "\n":
            self._segments[-1] = Segment(Range(last.at.start, at.end), Range(last.source.start, source.end), True)
        else:
            self._segments.append(Segment(at, source, verbatim))
        self._text.append(words)
        self._length = at.end
        self._there = source.end
