"""Finds scaling questions, and says which of their parts are told.

A scale runs from 0 to 10. Both ends are pictured for this family ("unsafe" and "the worst" picture nothing);
each person asked gives a number, and a reason for it (Signs of Safety, Your Questions Answered). A question
that asks for the reason counts for one: a blank scale has no answers yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sos_lint.document import Block, BlockKind, Cell
from sos_lint.kinds import Part
from sos_lint.nlp.generality import Generality
from sos_lint.nlp.people import people_of
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.structure.labels import Labels, Topic, sentences_in
from sos_lint.structure.passages import Passage, passages_in
from sos_lint.structure.pictures import Pictures
from sos_lint.structure.scaling.ends import ends_in
from sos_lint.structure.scaling.scores import Score, Scores
from sos_lint.structure.scaling.words import WRITTEN, scale_words
from sos_lint.text import Range, Ranges

_RANGE = re.compile(
    r"(?<!\w)(?:scale|line|range|number|rate|score)[^.?]{0,40}?(?<!\w)(?:0|zero)"
    r"(?: ?(?:to|[-\u2013]) ?| )(?:10|ten)(?!\w)"
)
_SCALED = re.compile(r"(?<!\w)(?:scaled|scales|scaling|rated|scored?|safety scale|scale)(?!\w)")
_NUMBER_OR_QUESTION = re.compile(rf"\?|(?<!\w)(?:{WRITTEN})(?!\w)", re.IGNORECASE)
_SURE = frozenset(["scaled", "scales", "scaling", "safety scale"])
_LABELS = (BlockKind.HEADING, BlockKind.FORM_LABEL)
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TICK_BOX)
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Scale:
    """A scaling question and its answers: `told` has all four parts, without ranges where one is not told."""

    at: Range
    label: Range | None
    told: Mapping[Part, tuple[Range, ...]]
    scores: tuple[Score, ...]
    pieces: tuple[Range, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are not told, in their order."""
        return tuple(part for part, ranges in self.told.items() if not ranges)

    @property
    def numbers(self) -> tuple[tuple[Range, int], ...]:
        """The numbers given."""
        return tuple((score.at, score.value) for score in self.scores)

    @property
    def outside(self) -> tuple[Score, ...]:
        """The numbers that do not stand on a scale from 0 to 10."""
        return tuple(score for score in self.scores if not 0 <= score.value <= 10)

    @property
    def unexplained(self) -> tuple[Score, ...]:
        """The numbers without a reason."""
        return tuple(score for score in self.scores if score.reason is None)


def scales_in(around: Surroundings, cues: Cues, passages: Sequence[Passage] | None = None) -> list[Scale]:
    """The scales of a document, in order; `passages` are those under labels, where known."""
    return _Scales(around, cues).found(passages_in(around, cues) if passages is None else passages)


class _Scales:
    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._words = scale_words(cues)
        people = people_of(around, cues)
        self._pictures = Pictures(around, cues, people)
        self._scores = Scores(around, cues, people, self._pictures, self._words)
        self._labels = Labels(around, cues)

    def found(self, passages: Sequence[Passage]) -> list[Scale]:
        labelled = [one for one in passages if Topic.SCALE in one.topics and self._may_scale(one)]
        taken = [piece for one in passages for piece in one.pieces]
        taken += [one.label.at for one in labelled if one.label]
        scales = (self._scale(passage) for passage in [*labelled, *self._shaped(taken)])
        return sorted(scales, key=lambda scale: scale.at.start)

    def _may_scale(self, passage: Passage) -> bool:
        """False of a table's cell with neither a number nor a question in it."""
        return self._around.block(passage.pieces[0]).cell is None or any(
            _NUMBER_OR_QUESTION.search(self._around.text, at.start, at.end) for at in passage.pieces
        )

    def _scale(self, passage: Passage) -> Scale:
        sentences = [one for at in passage.pieces for one in sentences_in(at, self._around)]
        fields = [field for topic, field in passage.fields if topic is Topic.SCALE]
        ends = [end for one in sentences for end in ends_in(one, self._around, self._words)]
        meanings = [(end.part, end.meaning) for end in ends] + [
            (field.part, field.value)
            for field in fields
            if field.part in (Part.ZERO_DEFINED, Part.TEN_DEFINED)
            and not any(end.meaning.overlaps(field.value) for end in ends)
        ]
        taken = [end.number for end in ends] + [meaning for _, meaning in meanings]
        answered = [field.value for field in fields if field.part is Part.NUMBER_GIVEN]
        scores = self._given(
            sentences,
            taken,
            answered,
            [field.value for field in fields if field.part is Part.REASON_GIVEN],
        )
        reasons = [score.reason for score in scores if score.reason is not None]
        reasons += [at for one in sentences for at in self._asked_why(one)]
        told = {
            **{
                part: tuple(at for each, at in meanings if each is part and self._is_pictured(at))
                for part in (Part.ZERO_DEFINED, Part.TEN_DEFINED)
            },
            Part.NUMBER_GIVEN: tuple(score.at for score in scores),
            Part.REASON_GIVEN: tuple(dict.fromkeys(reasons)),
        }
        label = passage.label.at if passage.label else None
        return Scale(passage.at, label, told, tuple(scores), passage.pieces)

    def _is_pictured(self, at: Range) -> bool:
        return self._pictures.hold(at, "vague-scale")

    def _given(
        self,
        sentences: Sequence[Range],
        taken: Sequence[Range],
        answered: Sequence[Range],
        why: Sequence[Range],
    ) -> list[Score]:
        """The numbers given, each with its reason; a question gives none."""
        numbers: list[tuple[Range, int]] = []
        for sentence in sentences:
            is_question = self._around.text[sentence.end - 1] == "?"
            if not is_question or any(at.overlaps(sentence) for at in answered):
                numbers += self._scores.numbers(sentence, taken)
        reasons = [at for at in why if self._scores.is_reason(at)]
        after = [at.start for at, _ in numbers[1:]] + [None] if numbers else []
        return [
            Score(at, value, self._scores.reason(at, next_number, sentences, reasons))
            for (at, value), next_number in zip(numbers, after, strict=True)
        ]

    def _asked_why(self, sentence: Range) -> Iterator[Range]:
        """Where a question asks for the reason."""
        if self._around.text[sentence.end - 1] == "?":
            cue = self._cues.cue("asks-reason")
            yield from (Range(*at) for at in cue.find(self._around.folded, sentence.start, sentence.end))

    # --- without a label

    def _shaped(self, taken: Sequence[Range]) -> Iterator[Passage]:
        """What looks like a scale though no label stands over it, with the blocks that answer it."""
        generality = Generality(self._around, self._cues)
        blocks = self._around.document.blocks
        gone = Ranges(taken)
        free = [not gone.touch(block.at) for block in blocks]
        for number, block in enumerate(blocks):
            spot = self._shape(block) if free[number] else None
            if spot is None or self._around.is_quoted(spot):
                continue
            sentence = self._around.sentence(spot)
            if generality.holds(Spot(spot, block, sentence)):
                continue
            pieces = [Range(sentence.start, block.at.end)]
            for place in self._after(number):
                if not (free[place] and self._answers(blocks[place], block)):
                    break
                pieces.append(blocks[place].at)
                free[place] = False
            prompt = block.kind in _LABELS or block.cell is not None
            if len(pieces) > 1 or not prompt or self._defines(block):  # else it is a blank form's
                yield Passage((Topic.SCALE,), None, tuple(pieces))

    def _shape(self, block: Block) -> Range | None:
        """Where a block asks a scaling question, or gives a number on a scale."""
        if not self._around.of_block("speaks of a scale", block, partial(self._speaks_of_one, block)):
            return None
        folded, start, end = self._around.folded, block.at.start, block.at.end
        sentences = self._around.sentences(block)
        if ranged := _RANGE.search(folded, start, end):
            asks = any(self._around.text[one.end - 1] == "?" for one in sentences)
            given = any(True for one in sentences for _ in self._scores.numbers(one))
            return Range(*ranged.span()) if asks or given or self._defines(block) else None
        for match in _SCALED.finditer(folded, start, end):
            for at, _ in self._scores.numbers(self._around.sentence(Range(*match.span()))):
                near = match.end() <= at.start < match.end() + _NEAR
                if near and (match.group() in _SURE or "/" in at.of(folded)):
                    return at
        return None

    def _speaks_of_one(self, block: Block) -> bool:
        folded, start, end = self._around.folded, block.at.start, block.at.end
        named = _RANGE.search(folded, start, end) or _SCALED.search(folded, start, end)
        return bool(named) and not self._cues.cue("other-scale").occurs(folded, start, end)

    def _after(self, number: int) -> Iterator[int]:
        """The blocks in which a question may be answered, by number: those that follow; of a question in a
        table, those of its cell, of its row, and beneath it.
        """
        blocks = self._around.document.blocks
        cell = blocks[number].cell
        for place in range(number + 1, len(blocks)):
            block = blocks[place]
            if (block.cell and block.cell.table) != (cell and cell.table):
                return
            if block.cell is None or cell is None or _is_beside(block.cell, cell):
                yield place

    def _defines(self, block: Block) -> bool:
        return any(ends_in(one, self._around, self._words) for one in self._around.sentences(block))

    def _answers(self, block: Block, question: Block) -> bool:
        """True of a block that goes on with a scale: an end of it, an answer."""
        if block.kind is BlockKind.HEADING or self._labels.of(block) is not None:
            return False
        if any(True for _ in self._labels.fields(Topic.SCALE, block.at)):
            return True
        if self._defines(block):
            return True
        return any(True for _ in self._scores.numbers(self._around.sentences(block)[0])) and (
            block.kind in _ITEMS
            or question.kind in _LABELS
            or self._words.answer.match(self._around.folded, block.at.start, block.at.end) is not None
        )


def _is_beside(cell: Cell, question: Cell) -> bool:
    """True of a cell in the row or the column of a question."""
    return cell.table == question.table and (cell.row == question.row or cell.column == question.column)
