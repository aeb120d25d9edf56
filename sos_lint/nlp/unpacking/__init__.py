"""What the text around a broad term already tells: what was done, how often, the worst time, the impact.

What could tell a part is found by `evidence`. It is looked for where `scope` says, and belongs to the nearest
term there that it can explain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sos_lint.document import Block
from sos_lint.kinds import UNPACKING, Part, Whose
from sos_lint.nlp.people import Who
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.nlp.unpacking.evidence import Reader, Told
from sos_lint.nlp.unpacking.scope import scope
from sos_lint.text import Range

_FAR = 99
_NEIGHBOURS = 8

Evidence = tuple[tuple[Part, tuple[Range, ...]], ...]


class Term(NamedTuple):
    """A broad term where it stands, its rule, and whose acts it is about.

    `echo`: it names again what another term names ("the incident"), and what is told of it is told of both.
    `not_told_by`: kinds of acts that tell nothing of it, as a blow tells nothing of neglect.
    """

    spot: Spot
    rule: str
    whose: Whose
    echo: bool = False
    not_told_by: tuple[str, ...] = ()


def evidence_for(terms: Sequence[Term], around: Surroundings, cues: Cues) -> list[Evidence]:
    """For each broad term of a document, the ranges that tell each part of it."""
    if not terms:
        return []
    told: list[list[Told]] = [[] for _ in terms]
    rivals: dict[int, list[int]] = {}  # block start: the terms that evidence there may belong to
    blocks: dict[int, Block] = {}
    for number, term in enumerate(terms):
        for block in scope(term.spot, around):
            rivals.setdefault(block.at.start, []).append(number)
            blocks[block.at.start] = block
    reader = Reader(around, cues, by_acts=any(term.not_told_by for term in terms))
    for start, numbers in sorted(rivals.items()):
        echoes = [n for n in numbers if terms[n].echo]
        others = [n for n in numbers if not terms[n].echo]
        for found in reader.told(blocks[start]):
            for each in (others, echoes):
                alike = _close_by(found, each, terms)
                if each is echoes and others:  # then only what stands in their own sentence
                    alike = [n for n in alike if terms[n].spot.sentence.contains(found.at)]
                nearest = _nearest(found, alike, terms, around)
                if nearest is None:
                    continue
                for number in alike:
                    if terms[number].rule == terms[nearest].rule and _explains(found, terms[number]):
                        told[number].append(found)
    return [tuple(_parts(found)) for found in told]


def _close_by(found: Told, numbers: list[int], terms: Sequence[Term]) -> list[int]:
    """The terms among which the nearest must be: of a flood of them only the next few on either side."""
    if len(numbers) <= 2 * _NEIGHBOURS:
        return numbers
    here = bisect_right(numbers, found.at.start, key=lambda number: terms[number].spot.at.start)
    return numbers[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS]


def _nearest(found: Told, numbers: Sequence[int], terms: Sequence[Term], around: Surroundings) -> int | None:
    """The term that evidence belongs to: of those in the nearest sentence, the nearest that it explains."""
    if not numbers:
        return None
    distances = {n: _distance(terms[n].spot, found.at, around) for n in numbers}
    sentences = min(distance[0] for distance in distances.values())
    if sentences > _reach(found):
        return None
    near = [n for n in numbers if distances[n][0] == sentences and _explains(found, terms[n])]
    return min(near, key=lambda n: (distances[n], n), default=None)


def _reach(found: Told) -> int:
    """How many sentences away something may stand and still tell of a term: the less sure, the fewer."""
    if found.again:
        return _FAR
    if found.unlisted:
        return 1 if found.who is None else 2
    if found.part is Part.FREQUENCY:
        return 1 if found.date else 3
    return _FAR


def _parts(told: Sequence[Told]) -> Iterator[tuple[Part, tuple[Range, ...]]]:
    """The ranges for each part. One date alone tells when, not how often."""
    for part in UNPACKING if told else ():
        found = [each for each in told if each.part is part]
        ranges = tuple(dict.fromkeys(each.at for each in found))
        if ranges and not (len(ranges) == 1 and found[0].date):
            yield part, ranges


def _explains(found: Told, term: Term) -> bool:
    """Whether this tells something of that term: what a child feels tells of harm to it only the impact."""
    if term.spot.at.contains(found.at) or _of_another_harm(found, term):
        return False
    if found.part is Part.BEHAVIOUR and term.whose is Whose.CHILD:
        return found.who is not Who.ADULT
    if found.part is Part.BEHAVIOUR and found.who is not Who.ADULT:
        harmed = found.unlisted and found.who is Who.CHILD and term.whose is not Whose.ANYONE
        return not (found.feels or harmed)
    if found.part is Part.IMPACT and found.hurt and term.whose is Whose.COUPLE:
        return found.who is Who.CHILD
    if found.part is Part.IMPACT and found.unlisted:
        return term.whose is not Whose.CHILD
    return True


def _of_another_harm(found: Told, term: Term) -> bool:
    """True where all acts that it tells of are such as tell nothing of the term."""
    return bool(found.acts) and found.acts.issubset(term.not_told_by)


def _distance(spot: Spot, at: Range, around: Surroundings) -> tuple[int, bool, int]:
    """How far evidence is from a term: in sentences, whether it stands before, in letters."""
    first, last = sorted((spot.at.start, at.start))
    between = range(bisect_right(around.starts, first), bisect_right(around.starts, last))
    return len(between), at.start < spot.at.start, max(at.start - spot.at.end, spot.at.start - at.end, 0)
