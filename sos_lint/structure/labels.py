"""Labels: a heading, a cell or the words before a colon that say “danger statement”, “safety goal”, “scale”.

The names are data: the cues `danger-label`, `goal-label`, `scale-label` of the packs, and `field-…` for the
fields of a form that ask for one part. What stands under a label is the work of `passages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.kinds import Part
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.text import Range

_NUMBER_BEFORE = re.compile(r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]*(?= )(?<![a-z]))?\s*")
_NUMBER_AFTER = re.compile(
    r" ?(?:no\.? ?|number |#)?(\d{1,2}|one|two|three|four|[a-h])(?=\W|\Z)(?!\)?[.)]? [a-z])"
)
_BRACKETS = re.compile(r" ?\([^()]*\)")
_END = re.compile(r" ?(?:[:.]+|(?<= )[-\u2013\u2014]+|[\u2013\u2014]+)?(?: |\Z)")
_ABOUT = re.compile(r" (?:for|about|re|regarding|on|of) ")
_JOINED = re.compile(r" ?(?:and|&|/|\+|,) ?")
_FIELD = re.compile(r"([^.!?:]{1,80}?) ?([:?]|[\u2013\u2014-](?= ))(?: |\Z)")
_FIELD_WORDS = 9
_LABELS = (BlockKind.HEADING, BlockKind.FORM_LABEL)


class Topic(Enum):
    """What a passage is."""

    DANGER = "danger"
    GOAL = "goal"
    SCALE = "scale"


FIELDS: dict[Topic, tuple[Part, ...]] = {
    Topic.DANGER: (
        Part.WHO_IS_WORRIED,
        Part.IF_NOTHING_CHANGES,
        Part.IMPACT_ON_CHILD,
        Part.BEHAVIOUR,
    ),
    Topic.GOAL: (Part.HOW_LONG, Part.HOW_KNOWN, Part.WHO, Part.WHAT_WILL_BE_DIFFERENT),
    Topic.SCALE: (Part.ZERO_DEFINED, Part.TEN_DEFINED, Part.REASON_GIVEN, Part.NUMBER_GIVEN),
}


class Label(NamedTuple):
    """Words that name what follows them. `topics` has two where one label names both.

    `rest` is what stands after the label in its own block; `many` says that the name is a plural, `number`
    which of several it is.
    """

    topics: tuple[Topic, ...]
    at: Range
    rest: Range | None
    many: bool
    number: str


class Field(NamedTuple):
    """The label of a field that asks for a part, and what is filled in."""

    part: Part
    value: Range


class Labels:
    """Reads the labels of one document."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        names = (cues.lexicon.cues.get(f"{topic.value}-label", ()) for topic in Topic)
        self._any = cues.patterns(tuple(written for its in names for written in its))
        self._known: dict[int, Label | None] = {}

    def of(self, block: Block) -> Label | None:
        """The label that a block is, or begins with."""
        start = block.at.start
        if start not in self._known:
            is_one = self._around.of_block("label", block, lambda: self._read(block) is not None)
            self._known[start] = self._read(block) if is_one else None
        return self._known[start]

    def fields(self, topic: Topic, at: Range) -> Iterator[Field]:
        """The fields in a run of words: “Who is worried? School.”, “How long: ten weeks”."""
        for sentence in self._parts(at):
            found = _FIELD.match(self._around.text, sentence.start, sentence.end)
            if found is None or found.end() >= sentence.end:
                continue
            part = self.asks(topic, Range(*found.span(1)))
            if part is not None:
                yield Field(part, Range(found.end(), sentence.end))

    def asks(self, topic: Topic, at: Range) -> Part | None:
        """The part that the label of a field asks for."""
        folded = self._around.folded
        start = _skip(folded, at)
        if len(folded[start : at.end].split()) > _FIELD_WORDS:
            return None
        for part in FIELDS[topic]:
            cue = self._cues.cue(f"field-{part.value.replace('_', '-')}")
            end = cue.fit(folded, start, at.end)
            if end is not None and not folded[end : at.end].strip(" ?:.-–—"):
                return part
        return None

    def _parts(self, at: Range) -> Iterator[Range]:
        """A run of words from each question or label to the next; sentences between belong to the last."""
        begun: Range | None = None
        for sentence in sentences_in(at, self._around):
            if begun is not None and not _FIELD.match(self._around.text, sentence.start, sentence.end):
                begun = Range(begun.start, sentence.end)
                continue
            if begun is not None:
                yield begun
            begun = sentence
        if begun is not None:
            yield begun

    def _read(self, block: Block) -> Label | None:
        folded, end = self._around.folded, block.at.end
        start = _skip(folded, block.at)
        first = self._named(start, end)
        if first is None:
            return None
        topics, last = [first[0]], first[1]
        many = _is_plural(folded, last)
        joined = _JOINED.match(folded, last, end)
        if joined and (second := self._named(joined.end(), end)) and second[0] not in topics:
            topics.append(second[0])
            last, many = second[1], True
        number = ""
        if found := _NUMBER_AFTER.match(folded, last, end):
            number, last = found.group(1), found.end()
        if found := _BRACKETS.match(folded, last, end):
            last = found.end()
        if block.kind in _LABELS and _ABOUT.match(folded, last, end):
            return Label(tuple(topics), Range(start, end), None, many, number)
        if found := _END.match(folded, last, end):
            return self._label(block, topics, Range(start, last), found.end(), many=many, number=number)
        return None

    def _label(
        self, block: Block, topics: list[Topic], at: Range, rest: int, *, many: bool, number: str
    ) -> Label | None:
        """The label, and what follows it; words that follow without a mark between make it none."""
        text, end = self._around.text, block.at.end
        if rest >= end:
            return Label(tuple(topics), at, None, many, number)
        if not text[at.end : rest].strip():
            return None
        few = len(text[rest:end].split()) <= 4 and text[end - 1] not in ".!?"
        if block.kind in _LABELS and few:  # "Danger statement – Tom"
            return Label(tuple(topics), Range(at.start, end), None, many, number)
        return Label(tuple(topics), at, Range(rest, end), many, number)

    def _named(self, start: int, end: int) -> tuple[Topic, int] | None:
        """The topic whose name begins here, and where that ends: the longest name counts."""
        folded = self._around.folded
        if start >= end or self._any.fit(folded, start, end) is None:
            return None
        ends = {topic: self._cues.cue(f"{topic.value}-label").fit(folded, start, end) for topic in Topic}
        return max(
            ((topic, last) for topic, last in ends.items() if last is not None),
            key=lambda found: found[1],
            default=None,
        )


def sentences_in(at: Range, around: Surroundings) -> list[Range]:
    """The sentences of a run of words in a block, cut to it."""
    return [
        Range(max(at.start, one.start), min(at.end, one.end))
        for one in around.sentences(around.block(at))
        if one.start < at.end and at.start < one.end
    ]


def _skip(folded: str, at: Range) -> int:
    """Where words begin after a number."""
    found = _NUMBER_BEFORE.match(folded, at.start, at.end)
    return found.end() if found else at.start


def _is_plural(folded: str, end: int) -> bool:
    return folded[end - 1] == "s"
