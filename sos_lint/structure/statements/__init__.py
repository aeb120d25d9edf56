"""Finds danger, harm and worry statements and safety goals, and says which of their parts are told.

They are found under their label (`passages`), or by their shape where none stands over them: “School and Nan
are worried that … If nothing changes …”; “Everyone will need to see …”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sos_lint.document import Block, BlockKind, Cell
from sos_lint.kinds import Part
from sos_lint.nlp.generality import Generality
from sos_lint.nlp.people import Who, people_of
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.nlp.unpacking.scope import list_after
from sos_lint.structure.labels import Topic
from sos_lint.structure.passages import Passage, passages_in, speaks_of_a_case
from sos_lint.structure.pictures import Pictures
from sos_lint.structure.statements.danger import Danger
from sos_lint.structure.statements.goals import Goals
from sos_lint.text import Range, Ranges

_NO_PROSE = (BlockKind.HEADING, BlockKind.FORM_LABEL, BlockKind.QUOTATION)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of worry or a goal: its words, its label if it has one, and what tells each part.

    `told` has every part of its kind; no ranges where a part is not told. `pieces` are its words block by
    block. `number` is that of its label ("Danger statement 2"), and `cell` its table, row and column.
    """

    what: Topic
    at: Range
    label: Range | None
    told: Mapping[Part, tuple[Range, ...]]
    pieces: tuple[Range, ...]
    number: str = ""
    cell: Cell | None = None

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are not told, in their order."""
        return tuple(part for part, ranges in self.told.items() if not ranges)


def statements_in(
    around: Surroundings, cues: Cues, passages: Sequence[Passage] | None = None
) -> list[Statement]:
    """The statements and goals of a document, in order; `passages` are those under labels, where known."""
    return _Statements(around, cues).found(passages_in(around, cues) if passages is None else passages)


class _Statements:
    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._people = people = people_of(around, cues)
        pictures = Pictures(around, cues, people)
        self._danger = Danger(around, cues, people, pictures)
        self._goals = Goals(around, cues, people, pictures)

    def found(self, passages: Sequence[Passage]) -> list[Statement]:
        under_labels = [made for passage in passages for made in self._made(passage)]
        taken = [piece for passage in passages for piece in passage.pieces]
        by_shape = [made for passage in self._shaped(taken) for made in self._made(passage)]
        return sorted([*under_labels, *by_shape], key=lambda statement: statement.at.start)

    def _made(self, passage: Passage) -> Iterator[Statement]:
        topics = [topic for topic in passage.topics if topic is not Topic.SCALE]
        if not topics:
            return
        topic = topics[0]
        if len(topics) > 1 and self._looks_like_a_goal(passage.pieces):
            topic = Topic.GOAL
        told = self._danger.told(passage) if topic is Topic.DANGER else self._goals.told(passage)
        block = self._around.block(passage.pieces[0])
        yield Statement(
            topic,
            passage.at,
            passage.label.at if passage.label else None,
            told,
            passage.pieces,
            passage.label.number if passage.label else "",
            block.cell,
        )

    def _looks_like_a_goal(self, pieces: Sequence[Range]) -> bool:
        cue, worried = self._cues.cue("goal-shape"), self._cues.cue("danger-shape")
        folded = self._around.folded
        return any(cue.occurs(folded, at.start, at.end) for at in pieces) and not any(
            worried.occurs(folded, at.start, at.end) for at in pieces
        )

    def _shaped(self, taken: Sequence[Range]) -> Iterator[Passage]:
        """What looks like a statement or goal though no label stands over it."""
        generality = Generality(self._around, self._cues)
        gone = Ranges(taken)
        blocks = self._around.document.blocks
        for number, block in enumerate(blocks):
            if block.kind in _NO_PROSE or gone.touch(block.at):
                continue
            shapes = [(topic, self._shape(topic, block)) for topic in (Topic.DANGER, Topic.GOAL)]
            for topic, at in shapes:
                if at is None or not speaks_of_a_case(block.at, self._around, self._cues):
                    continue
                sentence = self._around.sentence(at)
                if not generality.holds(Spot(at, block, sentence)) and not self._around.is_quoted(at):
                    pieces = [Range(sentence.start, block.at.end), *self._list_after(number)]
                    yield Passage((topic,), None, tuple(pieces))
                    break

    def _begins(self, topic: Topic, block: Block) -> tuple[int, ...]:
        """Where in a block a shape begins and how far that goes; nothing where it has none."""
        cue, start = self._cues.cue(f"{topic.value}-by-shape"), block.at.start
        found = next(cue.find(self._around.folded, *_ends(block)), ())
        return tuple(place - start for place in found)

    def _shape(self, topic: Topic, block: Block) -> Range | None:
        """Where a block has the whole shape of a statement: its worry and its future, or its goal."""
        folded = self._around.folded
        found = self._around.of_block(f"{topic.value} by shape", block, partial(self._begins, topic, block))
        if not found:
            return None
        begins = Range(*(block.at.start + place for place in found))
        if topic is Topic.DANGER:
            return begins if self._cues.cue("goes-on-like-this").occurs(folded, *_ends(block)) else None
        sentence = self._around.sentence(begins)
        before = folded[sentence.start : begins.start]
        words = self._people.words(sentence)
        after = [n for n, word in enumerate(words) if word.start >= begins.end][:3]
        somebody = any(
            words[n].text == "that" or self._people.who(words, n) not in (None, Who.WORKER) for n in after
        )
        return begins if somebody and len(before.split()) <= 8 else None

    def _list_after(self, number: int) -> Iterator[Range]:
        block = self._around.document.blocks[number]
        if not self._around.text[block.at.start : block.at.end].rstrip().endswith(":"):
            return
        yield from (after.at for after in list_after(number, self._around))


def _ends(block: Block) -> tuple[int, int]:
    return block.at.start, block.at.end
