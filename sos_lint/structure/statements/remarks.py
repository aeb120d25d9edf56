"""What else can be asked of statements: pairs, a second worry, whether a dispute is told.

York's glossary: a danger statement is always paired with a safety goal, and includes the dispute where the
family and those who help do not agree. One statement is about one worry (North Yorkshire).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from sos_lint.document import BlockKind
from sos_lint.nlp.generality import Generality
from sos_lint.nlp.people import People, Who, people_of
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.structure.labels import Topic, sentences_in
from sos_lint.structure.statements import Statement
from sos_lint.text import Range

_FAMILY = (Who.ADULT, Who.NAMED, Who.CHILD, Who.SOMEBODY)


def without_goal(statements: Sequence[Statement]) -> list[Statement]:
    """The statements of worry that no goal belongs to.

    A goal belongs to the worry with its number, or in its row of a table; else to the worry before it; what
    is left over on either side goes together in order.
    """
    worries = [one for one in statements if one.what is Topic.DANGER]
    goals = [one for one in statements if one.what is Topic.GOAL]
    starts = sorted(one.at.start for one in worries)

    def follows(one: Statement) -> int | None:
        """Where the worry begins that a goal stands after, or that this is."""
        before = bisect_left(starts, one.at.start + (one.what is Topic.DANGER))
        return starts[before - 1] if before else None

    for place in (_number, _row, follows):
        worries, goals = _unpaired(worries, goals, place)
    return worries[len(goals) :]


def _unpaired(
    worries: Iterable[Statement], goals: Iterable[Statement], place: Callable[[Statement], object]
) -> tuple[list[Statement], list[Statement]]:
    """What is left when each worry takes the first goal that is left at its place."""
    at_place: dict[object, deque[Statement]] = {}
    for goal in goals:
        at_place.setdefault(place(goal), deque()).append(goal)
    nowhere = at_place.pop(None, deque())
    alone = []
    for worry in worries:
        waiting = at_place.get(place(worry))
        if waiting:
            waiting.popleft()
        else:
            alone.append(worry)
    left = [*nowhere, *(goal for waiting in at_place.values() for goal in waiting)]
    return alone, sorted(left, key=lambda goal: goal.at.start)


def second_worries(statement: Statement, around: Surroundings, cues: Cues) -> list[Range]:
    """Where a statement goes on to another worry; what could come of the first one is none."""
    if statement.what is not Topic.DANGER:
        return []
    return [
        Range(*found)
        for piece in statement.pieces
        for sentence in sentences_in(piece, around)
        for found in cues.cue("another-worry").find(around.folded, sentence.start, sentence.end)
        if not cues.cue("foretells").occurs(around.folded, found[1], sentence.end)
    ]


def disputes(around: Surroundings, cues: Cues, within: Sequence[Range] | None = None) -> list[Range]:
    """Where a text, or these parts of its blocks, says that the family sees it otherwise."""
    people = people_of(around, cues)
    generality = Generality(around, cues)
    if within is None:
        within = [block.at for block in around.document.blocks if block.kind is not BlockKind.HEADING]
    return [
        at
        for piece in within
        for sentence in sentences_in(piece, around)
        for at in _disputes_in(sentence, around, cues, people)
        if not generality.holds(Spot(at, around.block(at), sentence))
    ]


def tell_dispute(statements: Iterable[Statement], around: Surroundings, cues: Cues) -> bool:
    """True of statements of which one says itself who does not agree."""
    return bool(disputes(around, cues, [piece for one in statements for piece in one.pieces]))


def _disputes_in(sentence: Range, around: Surroundings, cues: Cues, people: People) -> Iterator[Range]:
    folded = around.folded
    for start, end in cues.meant("disagrees", folded, sentence.start, sentence.end):
        if people.last_before(start, sentence) in _FAMILY:
            yield Range(start, end)


def _number(one: Statement) -> str | None:
    return one.number or None


def _row(one: Statement) -> tuple[int, int] | None:
    return None if one.cell is None else one.cell[:2]
