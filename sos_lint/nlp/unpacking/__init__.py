"""What the text around a broad term already tells: what was done, how often, the worst time, the impact.

What could tell a part is found by `evidence`. It is looked for where `scope` says, and belongs to the nearest
term there that it can explain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sos_lint.document import Block
from sos_lint.kinds import Part, Whose
from sos_lint.nlp.people import Who
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.nlp.unpacking.evidence import Reader, Told
from sos_lint.nlp.unpacking.scope import scope
from sos_lint.text import Range

Evidence = tuple[tuple[Part, tuple[Range, ...]], ...]


class Term(NamedTuple):
    """A broad term where it stands, and whose acts it is about."""

    spot: Spot
    whose: Whose


def evidence_for(terms: Sequence[Term], around: Surroundings, cues: Cues) -> list[Evidence]:
    """For each broad term of a document, the ranges that tell each part of it."""
    told: list[dict[Part, list[Range]]] = [{} for _ in terms]
    rivals: dict[int, list[int]] = {}  # block start: the terms that evidence there may belong to
    blocks: dict[int, Block] = {}
    for number, term in enumerate(terms):
        for block in scope(term.spot, around):
            rivals.setdefault(block.at.start, []).append(number)
            blocks[block.at.start] = block
    reader = Reader(around, cues)
    for start, numbers in sorted(rivals.items()):
        for found in reader.told(blocks[start]):
            near = min((_distance(terms[n].spot, found.at, around)[0] for n in numbers), default=0)
            free = [
                n
                for n in numbers
                if _explains(found, terms[n]) and _distance(terms[n].spot, found.at, around)[0] == near
            ]
            if free:
                nearest = min(free, key=lambda n: (_distance(terms[n].spot, found.at, around), n))
                ranges = told[nearest].setdefault(found.part, [])
                if found.at not in ranges:
                    ranges.append(found.at)
    return [tuple((part, tuple(found[part])) for part in Part if part in found) for found in told]


def _explains(found: Told, term: Term) -> bool:
    """Whether this tells something of that term: what a child feels tells of harm to it only the impact."""
    if term.spot.at.contains(found.at):
        return False
    if found.part is Part.BEHAVIOUR and term.whose is Whose.CHILD:
        return found.who is not Who.ADULT
    if found.part is Part.BEHAVIOUR and found.who is not Who.ADULT:
        harmed = found.unlisted and found.who is Who.CHILD and term.whose is Whose.ADULT
        return not (found.feels or harmed)
    if found.part is Part.IMPACT and found.unlisted:
        return term.whose is not Whose.CHILD
    return True


def _distance(spot: Spot, at: Range, around: Surroundings) -> tuple[int, bool, int]:
    """How far evidence is from a term: in sentences, whether it stands before, in letters."""
    first, last = sorted((spot.at.start, at.start))
    between = range(bisect_right(around.starts, first), bisect_right(around.starts, last))
    return len(between), at.start < spot.at.start, max(at.start - spot.at.end, spot.at.start - at.end, 0)
