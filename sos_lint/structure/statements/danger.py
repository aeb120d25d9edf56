"""The parts of a danger, harm or worry statement, and the words that tell each.

Who is worried; what was done, that somebody could see; what it did or could do to the child; what is foretold
if nothing changes. After North Yorkshire's and York's guidance on danger statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from sos_lint.kinds import Part
from sos_lint.nlp.people import People, Who, Word
from sos_lint.nlp.standing import Standings
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.nlp.unpacking.evidence import Reader, Told
from sos_lint.structure.labels import Topic, sentences_in
from sos_lint.structure.passages import Passage
from sos_lint.structure.pictures import Pictures
from sos_lint.structure.statements.futures import Future, Futures
from sos_lint.structure.statements.worriers import Worriers
from sos_lint.text import Range

_ING = re.compile(r"(?: \w+ly)? [a-z]{2,}ing\b")
_CONTINUOUS = re.compile(
    r"(?<!\w)(?:is|are|was|were|been|'s|keeps|kept)(?: \w+ly| often| still)? ([a-z]{2,}ing)\b"
)
_OF_WHAT_COMES = (Part.IF_NOTHING_CHANGES, Part.IMPACT_ON_CHILD)
_AGAIN = re.compile(r"(?<!\w)again\b")
_GROWN = re.compile(
    r"\b(?:[Mm]um|[Dd]ad|[Mm]other|[Ff]ather|[Pp]artner|[Bb]oyfriend|[Gg]irlfriend|[Ss]tepdad|[Ss]tepmum|Mr|Mrs|Ms|Miss)"
    r"[ ,(]{1,2}([A-Z][a-z]+)|\b([A-Z][a-z]+)(?: \(|, )(?:[Tt]he |[Hh]is |[Hh]er |[Tt]heir )?"
    r"(?:[\w'’]+ )?(?:mum|dad|mother|father|nan|gran|aunt|uncle|grandad|social worker|health visitor|teacher)"
)


class Danger:
    """Reads the danger statements of one document."""

    def __init__(self, around: Surroundings, cues: Cues, people: People, pictures: Pictures) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._pictures = pictures
        self._reader = Reader(around, cues)
        self._standings = Standings(around, cues)
        self._worriers = Worriers(around, cues, people)
        self._futures = Futures(around, cues, people, pictures)

    def told(self, passage: Passage) -> dict[Part, tuple[Range, ...]]:
        """The ranges that tell each part."""
        sentences = [one for at in passage.pieces for one in sentences_in(at, self._around)]
        fields = [field for topic, field in passage.fields if topic is Topic.DANGER]
        futures = list(self._foretold(sentences))
        by_field = {
            part: [
                field.value for field in fields if field.part is part and self._is_filled(part, field.value)
            ]
            for part in Part
        }
        found = {
            Part.WHO_IS_WORRIED: [at for one in sentences for at in self._worriers.within(one)],
            Part.BEHAVIOUR: [
                at
                for at in self._behaviour(passage, sentences)
                if not any(future.outcome.overlaps(at) for future in futures if not self._is_again(at))
                and not any(field.value.contains(at) for field in fields if field.part in _OF_WHAT_COMES)
            ],
            Part.IMPACT_ON_CHILD: list(self._impact(passage, sentences, futures)),
            Part.IF_NOTHING_CHANGES: [future.at for future in futures],
        }
        return {part: tuple(dict.fromkeys([*by_field[part], *ranges])) for part, ranges in found.items()}

    def _is_filled(self, part: Part, value: Range) -> bool:
        if part is Part.WHO_IS_WORRIED:
            return self._cues.cue("says-nothing").fit(self._around.folded, value.start, value.end) is None
        return part is not Part.BEHAVIOUR and self._pictures.hold(value, "vague-future")

    # --- what is foretold

    def _foretold(self, sentences: Sequence[Range]) -> Iterator[Future]:
        before = None
        for sentence in sentences:
            if not self._around.text[sentence.start : sentence.end].endswith("?"):
                yield from self._futures.within(sentence, before)
            before = sentence

    # --- what was done

    def _behaviour(self, passage: Passage, sentences: Sequence[Range]) -> Iterator[Range]:
        child_only: list[Range] = []
        for at in passage.pieces:
            for told in self._reader.told(self._around.block(at)):
                if told.part is not Part.BEHAVIOUR or not at.contains(told.at):
                    continue
                if self._is_welcome(told.at) or self._is_a_name_for_it(told.at):
                    continue
                if told.feels:
                    child_only.append(told.at)
                else:
                    yield told.at
        yield from (at for at in child_only if self._is_the_worry(at))
        for sentence in sentences:
            yield from self._habits(sentence)
            yield from self._states(sentence)
            yield from self._as_before(sentence)

    def _is_a_name_for_it(self, at: Range) -> bool:
        """True of “Dad's drinking”, which names what was done and does not tell it."""
        folded = self._around.folded
        owned = (
            folded[max(0, at.start - 40) : at.start].rstrip().endswith(("'s", "s'", " his", " her", " their"))
        )
        return owned and folded[at.start : at.end].endswith("ing")

    def _is_welcome(self, at: Range) -> bool:
        """True of what somebody did well, told in fairness."""
        sentence = self._around.sentence(at)
        return any(
            start <= at.end and at.start <= end
            for start, end in self._cues.cue("welcome").find(
                self._around.folded, sentence.start, sentence.end
            )
        )

    def _is_the_worry(self, at: Range) -> bool:
        """True where what a child does is what somebody is worried about, and not how the child took it."""
        sentence = self._around.sentence(at)
        return any(worry.end <= at.start for worry in self._worriers.within(sentence))

    def _habits(self, sentence: Range) -> Iterator[Range]:
        """What goes on, though it stands after an "if": “if she carries on using heroin”; “hit her again”."""
        folded = self._around.folded
        for start, end in self._cues.class_("presupposing-verb").find(folded, sentence.start, sentence.end):
            after = Range(end, self._clause_end(end, sentence))
            who = self._people.last_before(start, sentence)
            if (
                (folded[start:end].endswith(" to") or _ING.match(folded, after.start, after.end))
                and who not in (None, Who.WORKER)
                and self._pictures.hold(after, "vague-act")
            ):
                yield Range(start, after.end)
        for found in _CONTINUOUS.finditer(folded, sentence.start, sentence.end):
            at = Range(found.start(1), self._clause_end(found.end(), sentence))
            who = self._people.last_before(found.start(), sentence)
            if (
                who not in (None, Who.WORKER)
                and self._standings.is_fact(Range(*found.span(1)), sentence)
                and self._pictures.hold(at, "vague-act", "no-act")
                and not self._is_welcome(at)
            ):
                yield at
        yield from self._of_many(sentence)
        for found in _AGAIN.finditer(folded, sentence.start, sentence.end):
            ends = [end for _, end in self._cues.cue("foretells").find(folded, sentence.start, found.start())]
            if ends and self._pictures.hold(Range(ends[-1], found.end()), "vague-act"):
                yield Range(ends[-1], found.end())

    def _of_many(self, sentence: Range) -> Iterator[Range]:
        """“Both parents leave Ada to look after him”: a verb that word forms do not show to be one."""
        words = self._people.words(sentence)
        verbs, many = self._cues.words("act-of-many"), self._cues.words("many")
        for before, word in pairwise(word for word in words if word.text not in self._between):
            if word.text not in verbs or not (before.text in many or self._is_second(words, before)):
                continue
            at = Range(word.start, self._clause_end(word.end, sentence))
            if self._standings.is_fact(word.at, sentence) and self._pictures.hold(at, "vague-act"):
                yield at

    def _is_second(self, words: Sequence[Word], word: Word) -> bool:
        """True of “Dad” in “Mum and Dad”."""
        number = words.index(word)
        return (
            number >= 2
            and words[number - 1].text == "and"
            and all(self._people.who(words, n) not in (None, Who.WORKER) for n in (number, number - 2))
        )

    def _states(self, sentence: Range) -> Iterator[Range]:
        folded = self._around.folded
        for start, end in self._cues.cue("seen-state").find(folded, sentence.start, sentence.end):
            if self._standings.is_fact(Range(start, end), sentence):
                yield Range(start, end)

    def _as_before(self, sentence: Range) -> Iterator[Range]:
        """“… as she did in June”: what is feared has happened, if the sentence pictures it."""
        folded = self._around.folded
        for start, end in self._cues.cue("as-before").find(folded, sentence.start, sentence.end):
            if start > sentence.start and self._pictures.hold(Range(sentence.start, start), "vague-act"):
                yield Range(start, end)

    def _clause_end(self, start: int, sentence: Range) -> int:
        marks = [self._around.text.find(mark, start, sentence.end) for mark in ",;:.\u2014\u2013"]
        return min((at for at in marks if at > start), default=sentence.end)

    # --- what it does to the child

    def _impact(
        self, passage: Passage, sentences: Sequence[Range], futures: Sequence[Future]
    ) -> Iterator[Range]:
        for at in passage.pieces:
            for told in self._reader.told(self._around.block(at)):
                if told.part is Part.IMPACT and at.contains(told.at) and self._is_the_childs(told):
                    yield told.at
        for sentence in sentences:
            if self._around.text[sentence.end - 1] != "?":
                yield from self._feared(sentence)
        for future in futures:
            if self._touches_child(future):
                yield future.outcome

    def _is_the_childs(self, told: Told) -> bool:
        sentence = self._around.sentence(told.at)
        words = self._people.words(sentence)
        last = sum(word.start < told.at.end for word in words) - 1
        noun = told.unlisted and self._people.who(words, last) is not None  # "the children with neighbours"
        return not (noun or self._is_adults(told.at) or self._is_vague_future(told.at, sentence))

    def _is_again(self, at: Range) -> bool:
        """True of words that say that something goes on, or would be done again: it was done before."""
        folded = self._around.folded
        return (
            folded.endswith("again", at.start, at.end)
            or self._cues.class_("presupposing-verb").occurs(folded, at.start, at.end)
            or self._cues.cue("as-before").fit(folded, at.start, at.end) is not None
        )

    def _feared(self, sentence: Range) -> Iterator[Range]:
        """Harm and feelings of a child, whether they came or are feared, and not denied."""
        folded = self._around.folded
        for patterns in (
            self._cues.evidence(Part.IMPACT),
            self._cues.cue("injury"),
            self._cues.cue("feared-harm"),
        ):
            for start, end in patterns.find(folded, sentence.start, sentence.end):
                at = Range(start, end)
                if not (
                    self._standings.is_denied(at, sentence)
                    or self._is_adults(at)
                    or self._is_worrying(at, sentence)
                    or self._is_vague_future(at, sentence)
                ):
                    yield at

    def _is_vague_future(self, at: Range, sentence: Range) -> bool:
        """True of “will not be …” where what follows pictures nothing."""
        modal = self._cues.cue("foretells").fit(self._around.folded, at.start, sentence.end)
        if modal is None:
            return False
        rest = Range(modal, self._clause_end(at.end, sentence))
        return not self._pictures.hold(rest, "vague-future", "no-impact-word")

    def _is_worrying(self, at: Range, sentence: Range) -> bool:
        """True of the words that say who is worried: no feeling of the child's."""
        return any(worry.overlaps(at) for worry in self._worriers.within(sentence))

    def _is_adults(self, at: Range) -> bool:
        """True of what happened to a grown-up or to one who helps."""
        sentence = self._around.sentence(at)
        who = self._people.last_before(at.start, sentence)
        if who is None or who is Who.WORKER:
            who = self._people.first_in(at, sentence) or who
        if who is Who.NAMED:
            named = [
                word.text.removesuffix("'s")
                for number, word in enumerate(self._people.words(sentence))
                if word.start < at.start
                and self._people.who(self._people.words(sentence), number) is Who.NAMED
            ]
            return bool(named) and named[-1] in self._grown_names
        return who in (Who.ADULT, Who.WORKER)

    def _touches_child(self, future: Future) -> bool:
        """Whether what is foretold is of the child, and pictures what it would be like."""
        if not self._pictures.hold(future.outcome, "vague-future", "no-impact-word"):
            return False
        return not self._is_adults(future.at) and future.who is not None

    @cached_property
    def _between(self) -> frozenset[str]:
        return self._cues.words("before-verb") - {
            "to",
            "did",
            "does",
            "do",
            "will",
            "would",
        }

    @cached_property
    def _grown_names(self) -> frozenset[str]:
        """Names that stand beside a grown-up's role, in small letters."""
        found = _GROWN.finditer(self._around.text)
        return frozenset(name.lower() for match in found for name in match.groups() if name)
