"""How the text of a document lies in its file, in numbers alone: enough to have it again from the file.

Of a file of plain text or markup only: what its reader made of the markup is told by places, and no word is
held. A document of which more than that would have to be told has no layout, and is read as ever.
"""

from __future__ import annotations

from typing import NamedTuple

from sos_lint.document import Block, BlockKind, Cell, Document, Segment, SourceMap
from sos_lint.text import Range

_PUT_IN = (" ", "\n")  # what a reader puts between words; anything else would be a word of the document
_KINDS = tuple(BlockKind)
_VERBATIM = len(_PUT_IN)


class Layout(NamedTuple):
    """The runs of a text and its blocks.

    `runs`: where each begins in the text, where it stands in the source, and what it is: what was put in, by
    number, or else the source's own signs. `blocks`: where each begins and ends, the number of its kind, its
    level, and of a table's cell the three numbers of its place.
    """

    length: int
    runs: tuple[tuple[int, int, int, int], ...]
    blocks: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, document: Document, source: str) -> Layout | None:
        """The layout of a document that was read from these characters; None where it has none."""
        told = document.marks or document.remarks or document.notes or document.barred
        if told or document.source != source or any(block.where for block in document.blocks):
            return None
        runs = []
        for at, there, verbatim in (
            (one.at, one.source, one.verbatim) for one in document.source_map.segments
        ):
            words = at.of(document.text)
            if not verbatim and words not in _PUT_IN:
                return None
            what = _VERBATIM if verbatim else _PUT_IN.index(words)
            runs.append((at.start, there.start, there.end, what))
        blocks = (
            (block.at.start, block.at.end, _KINDS.index(block.kind), block.level, *(block.cell or ()))
            for block in document.blocks
        )
        return cls(len(document.text), tuple(runs), tuple(blocks))

    def document(self, name: str, source: str) -> Document:
        """The document again. Raises ValueError or IndexError for numbers that are none of such a source."""
        ends = (*(start for start, *_ in self.runs[1:]), self.length) if self.runs else ()
        segments = []
        words = []
        for (start, first, last, what), end in zip(self.runs, ends, strict=True):
            verbatim = what == _VERBATIM
            segments.append(Segment(Range(start, end), Range(first, last), verbatim))
            words.append(source[first:last] if verbatim else _PUT_IN[what])
        blocks = tuple(
            Block(Range(start, end), _KINDS[kind], level, None, Cell(*cell) if cell else None)
            for start, end, kind, level, *cell in self.blocks
        )
        return Document(name, "".join(words), blocks, SourceMap(tuple(segments), self.length), source)
