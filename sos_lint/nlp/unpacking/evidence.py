"""What in a block could tell a part of what a broad term stands for.

By the word patterns of the packs (`evidence`, and `injury`, which tells of the worst and of the impact); by
`nlp.acts`, for acts that no list foresees; and by the label of a form's field or a table's column. What is
denied, supposed, planned or general tells nothing, nor does what the help did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.kinds import Part
from sos_lint.nlp.acts import Act, Acts
from sos_lint.nlp.generality import Generality
from sos_lint.nlp.people import Who, people_of
from sos_lint.nlp.standing import Standings
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.rule import ACT_OF
from sos_lint.text import Range

# 11/09 and 2.10.24, and the "x5" of clipped notes
_DATE = re.compile(r"(?<![\w/.])(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4})(?![\w/])")
_CALLED = re.compile(r"(?<!\w)(call(?:ed|s|ing)? \w+) [\"']\w")  # … “thick”
_NOWHERE: tuple[Range, ...] = ()
_TIMES = re.compile(r"(?<![\w/.])x ?\d{1,2}(?![\w/])")


class Told(NamedTuple):
    """Words that tell a part, and who is meant by them as far as that can be seen.

    `feels`: an act that shows what it was like for who did it (hid, cried). `unlisted`: an act that no word
    pattern of the packs names. `date`: one date, of which it takes two to tell how often.
    `hurt`: harm to the body. `again`: of what was told before, however far ("This has happened twice").
    `acts`: the kinds of acts that its sentence tells of; none where it may be of an act of no kind.
    """

    part: Part
    at: Range
    who: Who | None = None
    feels: bool = False
    unlisted: bool = False
    date: bool = False
    hurt: bool = False
    again: bool = False
    acts: frozenset[str] = frozenset()


class Reader:
    """Reads the blocks of one document."""

    def __init__(self, around: Surroundings, cues: Cues, *, by_acts: bool = False) -> None:
        """`by_acts`: also say of which kinds of acts something is told."""
        self._around = around
        self._cues = cues
        self._kinds = {kind: f"{ACT_OF}{kind}" for kind in cues.kinds_of_acts} if by_acts else {}
        self._people = people_of(around, cues)
        self._acts = Acts(self._people, cues)
        self._standings = Standings(around, cues)
        self._generality = Generality(around, cues)
        self._read: dict[int, tuple[Told, ...]] = {}

    def told(self, block: Block) -> tuple[Told, ...]:
        """What a block tells, by its label and sentence by sentence; a question tells nothing."""
        start = block.at.start
        if start not in self._read:
            self._read[start] = tuple(self._in_block(block))
        return self._read[start]

    def _in_block(self, block: Block) -> Iterator[Told]:
        asked = list(self._by_label(block))
        yield from asked
        felt = any(told.part is Part.IMPACT for told in asked)
        for sentence in self._around.sentences(block):
            if self._around.text[sentence.end - 1] == "?":
                continue
            found = self._with_acts(list(self._in_sentence(sentence)), sentence)
            if not found:
                continue
            if self._cues.cue("happened-again").fit(self._around.folded, sentence.start, sentence.end):
                found = [each._replace(again=True) for each in found]
            if not self._generality.holds(Spot(found[0].at, block, sentence)):
                yield from (told for told in found if not (felt and told.part is Part.BEHAVIOUR))

    def _by_label(self, block: Block) -> Iterator[Told]:
        """A field that asks for a part tells it, unless it is filled with words that say nothing."""
        labels, field = self._labelled(block)
        folded = self._around.folded
        words = folded[field.start : field.end].split()
        if not labels or not words or any(self._fits("says-nothing", field)):
            return
        for part in (Part.WORST, Part.FREQUENCY, Part.IMPACT):
            asked = any(self._asks(part, label) for label in labels)
            if asked and (self._counts(field) if part is Part.FREQUENCY else len(words) > 1):
                yield Told(part, field)
                return

    def _asks(self, part: Part, label: Range) -> bool:
        """True where a label asks for a part."""
        cue = self._cues.cue(f"label-{part.value}")
        return cue.fit(self._around.folded, label.start, label.end) is not None

    def _labelled(self, block: Block) -> tuple[list[Range], Range]:
        """A block's labels, and what they label: before its colon, over its column, in the block before."""
        label = self._around.label(block)
        if label is not None:
            return [label], Range(label.end + 1, block.at.end)
        if block.cell is not None:
            return [head.at for head in self._around.table(block.cell.table).heads(block)], block.at
        if block.kind is BlockKind.LIST_ITEM:
            lead = self._around.lead(block)
            return (
                [self._around.sentences(lead)[-1]]
                if lead and self._around.text[lead.at.end - 1] == ":"
                else []
            ), block.at
        number = self._around.document.block_number(block.at.start)
        before = self._around.document.blocks[number - 1] if number else None
        return ([before.at] if before and before.kind is BlockKind.FORM_LABEL else []), block.at

    def _dates(self, sentence: Range) -> list[Range]:
        found = [
            Range(*date.span()) for date in _DATE.finditer(self._around.text, sentence.start, sentence.end)
        ]
        return found + [at for at in self._fits("date", sentence) if self._standings.is_past(at, sentence)]

    def _counts(self, field: Range) -> bool:
        """True where a field holds a number, a day or a time of the year."""
        folded = self._around.folded
        return bool(self._dates(field)) or any(
            self._cues.class_(name).occurs(folded, field.start, field.end)
            for name in ("number", "day", "days", "month", "season", "period")
        )

    def _in_sentence(self, sentence: Range) -> Iterator[Told]:
        every = list(self._acts.within(sentence))
        acts = [act for act in every if self._happened(act, sentence)]
        impacts = [at for at in self._patterns(Part.IMPACT, sentence) if self._is_felt(at, sentence, acts)]
        injuries = [at for at in self._fits("injury", sentence) if self._standings.is_fact(at, sentence)]
        yield from (Told(Part.IMPACT, at) for at in impacts)
        yield from self._behaviour(sentence, acts, impacts, injuries)
        counts = (at for at in self._patterns(Part.FREQUENCY, sentence) if not self._is_of_help(at, every))
        yield from (Told(Part.FREQUENCY, at) for at in counts)
        found = _TIMES.finditer(self._around.folded, sentence.start, sentence.end)
        yield from (Told(Part.FREQUENCY, Range(*times.span())) for times in found)
        yield from (Told(Part.FREQUENCY, at, date=True) for at in self._dates(sentence))
        yield from (Told(Part.WORST, at) for at in self._patterns(Part.WORST, sentence))
        for at in injuries:
            yield Told(Part.WORST, at)
            who = self._sufferer(at, sentence)
            if who not in (Who.ADULT, Who.WORKER):
                yield Told(Part.IMPACT, at, who, hurt=True)

    def _with_acts(self, found: list[Told], sentence: Range) -> list[Told]:
        """The same, with the kinds of acts that it is told of: an act that has none may be of any."""
        done = {each.at for each in found if each.part is Part.BEHAVIOUR}
        if not (done and self._kinds):
            return found
        places = {kind: list(self._fits(cue, sentence)) for kind, cue in self._kinds.items()}
        kinds = frozenset(kind for kind, at in places.items() if at)
        every = [at for named in places.values() for at in named]
        of_a_kind = {at for at in done if _touch(at, every)}
        return [
            each._replace(acts=kinds)
            if (each.at in of_a_kind if each.part is Part.BEHAVIOUR else of_a_kind == done)
            else each
            for each in found
        ]

    def _is_of_help(self, at: Range, acts: list[Act]) -> bool:
        """True of how often there was help, and not what it is about ("I have tried to visit six times")."""
        before = [act for act in acts if act.verb.start < at.start]
        return bool(before) and self._acts.is_help(before[-1])

    def _happened(self, act: Act, sentence: Range) -> bool:
        """Whether an act is told as a fact; what was left undone is one too."""
        if act.left_undone:
            return self._standings.is_past(act.verb.at, sentence)
        return self._standings.is_fact(act.verb.at, sentence)

    def _behaviour(
        self, sentence: Range, acts: list[Act], impacts: list[Range], injuries: list[Range]
    ) -> Iterator[Told]:
        for at in self._patterns(Part.BEHAVIOUR, sentence):
            who = self._doer(at, sentence, acts)
            if who is not Who.WORKER:
                yield Told(Part.BEHAVIOUR, at, who, feels=_touch(at, impacts))
        for called in _CALLED.finditer(self._around.folded, sentence.start, sentence.end):
            yield Told(Part.BEHAVIOUR, Range(*called.span(1)))
        alike = list(self._fits("behaviour-pseudo", sentence)) if acts else []
        for act in acts:
            if _begins_in(act.verb.at, alike):
                continue
            hurt = act.who is None and _touch(act.at, injuries)  # "her arm was broken" pictures no act
            effect = self._acts.shows_effect(act)
            if act.who is not Who.WORKER and self._acts.pictures(act) and not hurt:
                feels = effect or _touch(act.at, impacts)
                yield Told(Part.BEHAVIOUR, act.at, act.who, feels, unlisted=True)
            if effect:
                yield Told(Part.IMPACT, act.at, act.who, unlisted=True)

    def _patterns(self, part: Part, sentence: Range) -> Iterator[Range]:
        """Where a word pattern of a part fits, and none of its look-alikes."""
        alike: list[Range] | None = None
        for found in self._cues.evidence(part).find(self._around.folded, sentence.start, sentence.end):
            at = Range(*found)
            if alike is None:
                alike = list(self._fits(f"{part.value}-pseudo", sentence))
            if not _begins_in(at, alike) and self._is_told(part, at, sentence):
                yield at

    def _is_told(self, part: Part, at: Range, sentence: Range) -> bool:
        """Whether it is told as a fact; how often something was not done is one too."""
        if part is Part.FREQUENCY:
            return self._standings.is_past(at, sentence)
        return self._standings.is_fact(at, sentence)

    def _fits(self, cue: str, sentence: Range) -> Iterator[Range]:
        """Where a cue stands in a sentence, and none of its look-alikes."""
        if not self._cues.cue(cue).may_fit(self._around.folded, sentence.start, sentence.end):
            return iter(_NOWHERE)
        found = self._cues.meant(cue, self._around.folded, sentence.start, sentence.end)
        return (Range(*at) for at in found)

    def _doer(self, at: Range, sentence: Range, acts: list[Act]) -> Who | None:
        """Who does what stands there: the doer of the act, else who is named last before it."""
        same = next((act for act in acts if act.at.overlaps(at)), None)
        if same is not None:
            return same.who
        return None if self._acts.is_done_to(at, sentence) else self._people.last_before(at.start, sentence)

    def _is_felt(self, at: Range, sentence: Range, acts: list[Act]) -> bool:
        """False where it was a grown-up, or one who helps, who felt or did it."""
        who = self._doer(at, sentence, acts) or self._people.last_before(at.start, sentence)
        return who not in (Who.ADULT, Who.WORKER)

    def _sufferer(self, at: Range, sentence: Range) -> Who | None:
        """Whose a hurt is: of who is named in it, or last before it. One who helps may only have seen it."""
        owner = self._people.first_in(at, sentence)
        if owner is not None:
            return owner
        who = self._people.last_before(at.start, sentence)
        sees = who is Who.WORKER and self._cues.cue("sees").occurs(
            self._around.folded, sentence.start, at.start
        )
        return None if sees else who


def _touch(at: Range, others: Iterable[Range]) -> bool:
    return any(at.overlaps(other) for other in others)


def _begins_in(at: Range, others: Iterable[Range]) -> bool:
    return any(other.start <= at.start < other.end for other in others)
