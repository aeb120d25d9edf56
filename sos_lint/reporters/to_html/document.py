"""A document's words in the order that they stand, with the unclear ones marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sos_lint.document import Block, BlockKind, Document
from sos_lint.reporters.to_html.tags import tag, words
from sos_lint.text import Range


class Place(NamedTuple):
    """A place that is marked; `around` gives what the page shows for its words, which are HTML already."""

    at: Range
    around: Callable[[str], str]


class _Marked(NamedTuple):
    """A place within its block."""

    start: int
    end: int
    around: Callable[[str], str]


def document(shown: Document, places: Sequence[Place]) -> str:
    """The blocks of a document; cells of one table stand in a table, a note under the name of its row."""
    return "\n".join(_blocks(shown, _by_block(shown, places)))


def _by_block(shown: Document, places: Sequence[Place]) -> dict[int, list[_Marked]]:
    """The places by the number of the block in which each begins; what reaches further ends with it.

    What stands between blocks, such as a remark to sos-lint, is shown at the end of the one before.
    """
    marked: dict[int, list[_Marked]] = {}
    for place, around in places:
        after = bisect_right(shown.blocks, place.start, key=lambda block: block.at.start)
        inside = max(0, after - 1)
        at = shown.blocks[inside].at
        start, end = (min(max(offset, at.start), at.end) for offset in (place.start, place.end))
        marked.setdefault(inside, []).append(_Marked(start - at.start, end - at.start, around))
    return marked


def _blocks(shown: Document, marked: dict[int, list[_Marked]]) -> Iterator[str]:
    told = [
        (block, _words(block.at.of(shown.text), marked.get(number, [])))
        for number, block in enumerate(shown.blocks)
    ]
    rows = {note.at.start: note.named for note in shown.notes}
    for table, group in groupby(told, key=lambda pair: pair[0].cell and pair[0].cell.table):
        if table is None:
            for block, inner in group:
                if block.at.start in rows:
                    place = rows[block.at.start] or block.where or ""
                    yield tag("p", tag("small", words(place)), class_="row")
                yield _block(block, inner)
        else:
            yield _table(group)


def _block(block: Block, inner: str) -> str:
    if block.kind is BlockKind.HEADING:
        return tag("p", inner, class_="heading", role="heading", aria_level=str(min(block.level + 2, 9)))
    if block.kind is BlockKind.QUOTATION:
        return tag("blockquote", tag("p", inner))
    return tag("p", inner, class_=block.kind.value.replace(" ", "-"))


def _table(cells: Iterable[tuple[Block, str]]) -> str:
    rows = groupby(cells, key=lambda pair: pair[0].cell and pair[0].cell.row)
    return tag("table", *(tag("tr", *_row(row)) for _, row in rows))


def _row(cells: Iterable[tuple[Block, str]]) -> Iterator[str]:
    for _, blocks in groupby(cells, key=lambda pair: pair[0].cell and pair[0].cell.column):
        yield tag("td", *(tag("p", inner) for _, inner in blocks))


def _words(text: str, marked: Sequence[_Marked]) -> str:
    widest_first = sorted(marked, key=lambda place: (place.start, -place.end))
    return _nested(text, 0, len(text), widest_first)


def _nested(text: str, start: int, end: int, marked: Sequence[_Marked]) -> str:
    """The text with its marks; one that begins inside another ends no later than that."""
    out, here, number = [], start, 0
    while number < len(marked):
        outer = marked[number]
        stop = min(outer.end, end)
        after = number + 1
        while after < len(marked) and marked[after].start < stop:
            after += 1
        inner = _nested(text, outer.start, stop, marked[number + 1 : after])
        out += [words(text[here : outer.start]), outer.around(inner)]
        here, number = stop, after
    return "".join((*out, words(text[here:end])))
