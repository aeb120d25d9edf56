"""A document's words in the order that they stand, with the unclear ones marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sos_lint.document import Block, BlockKind, Document
from sos_lint.finding import Finding
from sos_lint.reporters.names import kind_name
from sos_lint.reporters.to_html.notes import tip
from sos_lint.reporters.to_html.tags import tag, words


class Places(NamedTuple):
    """The findings of a document, in order; `id` begins the names of their places on the page."""

    id: str
    findings: Sequence[Finding]


class _Marked(NamedTuple):
    """A finding's place within its block."""

    start: int
    end: int
    number: int
    finding: Finding


def document(shown: Document, places: Places) -> str:
    """The blocks of a document; cells of one table stand in a table, a note under the name of its row."""
    marked = _by_block(shown, places.findings)
    return "\n".join(_blocks(shown, places.id, marked))


def _by_block(shown: Document, findings: Sequence[Finding]) -> dict[int, list[_Marked]]:
    """The places by the number of the block in which each begins; what reaches further ends with it.

    What stands between blocks, such as a remark to sos-lint, is shown at the end of the one before.
    """
    marked: dict[int, list[_Marked]] = {}
    for number, finding in enumerate(findings, start=1):
        after = bisect_right(shown.blocks, finding.at.start, key=lambda block: block.at.start)
        inside = max(0, after - 1)
        at = shown.blocks[inside].at
        start, end = (min(max(offset, at.start), at.end) for offset in (finding.at.start, finding.at.end))
        place = _Marked(start - at.start, end - at.start, number, finding)
        marked.setdefault(inside, []).append(place)
    return marked


def _blocks(shown: Document, id: str, marked: dict[int, list[_Marked]]) -> Iterator[str]:
    told = [
        (block, _words(block.at.of(shown.text), id, marked.get(number, [])))
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


def _words(text: str, id: str, marked: Sequence[_Marked]) -> str:
    widest_first = sorted(marked, key=lambda place: (place.start, -place.end))
    return _nested(text, 0, len(text), id, widest_first)


def _nested(text: str, start: int, end: int, id: str, marked: Sequence[_Marked]) -> str:
    """The text with its marks; one that begins inside another ends no later than that."""
    out, here, number = [], start, 0
    while number < len(marked):
        outer = marked[number]
        stop = min(outer.end, end)
        after = number + 1
        while after < len(marked) and marked[after].start < stop:
            after += 1
        inner = _nested(text, outer.start, stop, id, marked[number + 1 : after])
        out += [words(text[here : outer.start]), _place(outer, inner, f"{id}-{outer.number}")]
        here, number = stop, after
    return "".join((*out, words(text[here:end])))


def _place(place: _Marked, inner: str, id: str) -> str:
    name = f"Note {place.number}, {kind_name(place.finding.kind)}"
    number = tag(
        *("a", str(place.number)),
        **{"href": f"#n{id}", "class_": "number", "aria_label": name, "aria_describedby": f"t{id}"},
    )
    note = tag("span", tip(place.finding), class_="tip", role="tooltip", id=f"t{id}")
    mark = tag("mark", inner, class_=place.finding.severity.label)
    return tag("span", mark, number, note, class_="place", id=f"w{id}", data_kind=place.finding.kind.value)
