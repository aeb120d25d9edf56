"""What the text around a broad term already tells: what was done, how often, the worst time, the impact.

This is a first reading by word patterns (the `evidence` of the packs); grammar is not asked yet. Evidence
is looked for in the term's paragraph and in the list or table row beneath it, and belongs to the nearest
term there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sos_lint.document import Block, BlockKind
from sos_lint.kinds import Part
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.text import Range

Evidence = tuple[tuple[Part, tuple[Range, ...]], ...]


def evidence_for(spots: Sequence[Spot], around: Surroundings, cues: Cues) -> list[Evidence]:
    """For each broad term of a document, the ranges that tell each part of it."""
    told: list[dict[Part, list[Range]]] = [{} for _ in spots]
    rivals: dict[int, list[int]] = {}  # block start: the terms that evidence there may belong to
    blocks: dict[int, Block] = {}
    for number, spot in enumerate(spots):
        for block in _scope(spot, around):
            rivals.setdefault(block.at.start, []).append(number)
            blocks[block.at.start] = block
    for start, numbers in sorted(rivals.items()):
        for part, at in _evidence(blocks[start], around, cues):
            free = [n for n in numbers if not spots[n].at.contains(at)]
            if free:
                nearest = min(free, key=lambda n: (_distance(spots[n], at, around), n))
                told[nearest].setdefault(part, []).append(at)
    return [tuple((part, tuple(found[part])) for part in Part if part in found) for found in told]


def _scope(spot: Spot, around: Surroundings) -> Iterator[Block]:
    """The term's block, and the items or cells that hang on it."""
    yield spot.block
    if spot.block.cell is not None:
        yield from (block for block in around.row(spot.block.cell) if block != spot.block)
        return
    is_item = spot.block.kind is BlockKind.LIST_ITEM
    if not is_item and around.text[spot.block.at.end - 1] != ":":
        return
    blocks = around.document.blocks
    for number in range(around.document.block_number(spot.at.start) + 1, len(blocks)):
        block = blocks[number]
        if block.kind is not BlockKind.LIST_ITEM or (is_item and block.level <= spot.block.level):
            break
        yield block


def _evidence(block: Block, around: Surroundings, cues: Cues) -> Iterator[tuple[Part, Range]]:
    for part in Part:
        for start, end in cues.evidence(part).find(around.folded, block.at.start, block.at.end):
            yield part, Range(start, end)


def _distance(spot: Spot, at: Range, around: Surroundings) -> tuple[int, bool, int]:
    """How far evidence is from a term: in sentences, whether it stands before, in letters."""
    first, last = sorted((spot.at.start, at.start))
    between = range(bisect_right(around.starts, first), bisect_right(around.starts, last))
    return len(between), at.start < spot.at.start, max(at.start - spot.at.end, spot.at.start - at.end, 0)
