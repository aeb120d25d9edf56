"""The parts of a safety, wellbeing or success goal, and the words that tell each.

What will be different, as something that can be seen and not only the bad thing stopped; who does it; for how
long, or by when; who will see it, or how it will be known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from sos_lint.kinds import Part
from sos_lint.nlp.acts import Acts
from sos_lint.nlp.people import People, Who, Word
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.labels import Topic, sentences_in
from sos_lint.structure.passages import Passage
from sos_lint.structure.pictures import Pictures
from sos_lint.text import Range

_CLAUSE_MARK = re.compile(
    r"[,;:.\u2014\u2013()]|(?<!\w)(?:and|but|so that|that|then|when|whenever|if|until|while|because)(?!\w)"
)
_CONDITIONS = ("when", "whenever", "if", "until", "while", "because")
_SUBJECTS = frozenset(["he", "she", "they", "mum", "dad", "we"])
_NEAR = 60  # characters before a verb of seeing that may say that it is to come
_GOES_ON = frozenset(["and", "then", "or", "but", ",", ")"])
_NOT_INSTEAD = re.compile(r"(?<!\w)(?:without|instead of|rather than|not)(?!\w)")
_BEFORE_VERB = frozenset(
    ["always", "also", "both", "all", "each", "still", "only", "then", "now", "not", "never"]
)
_EVERYONE = frozenset(["everyone", "everybody", "we", "anyone"])


class Goals:
    """Reads the goals of one document."""

    def __init__(self, around: Surroundings, cues: Cues, people: People, pictures: Pictures) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._pictures = pictures
        self._acts = Acts(people, cues)

    def told(self, passage: Passage) -> dict[Part, tuple[Range, ...]]:
        """The ranges that tell each part."""
        sentences = [one for at in passage.pieces for one in sentences_in(at, self._around)]
        fields = [field for topic, field in passage.fields if topic is Topic.GOAL]
        known = [at for one in sentences for at in self._known(one)]
        found = {
            Part.WHAT_WILL_BE_DIFFERENT: [at for one in sentences for at in self._different(one)],
            Part.WHO: [*self._lead(passage), *(at for one in sentences for at in self._who(one))],
            Part.HOW_LONG: [at for one in sentences for at in self._how_long(one)],
            Part.HOW_KNOWN: known,
        }
        by_field = {
            part: [field.value for field in fields if field.part is part and self._is_filled(field.value)]
            for part in found
        }
        return {part: tuple(dict.fromkeys([*by_field[part], *ranges])) for part, ranges in found.items()}

    def _is_filled(self, value: Range) -> bool:
        return self._cues.cue("says-nothing").fit(self._around.folded, value.start, value.end) is None

    # --- what will be different

    def _different(self, sentence: Range) -> Iterator[Range]:
        """The clauses that picture an act or a state; what is not done, or only seen, is left out."""
        folded = self._around.folded
        for whole in self._clauses(sentence):
            clause = self._without_condition(whole)
            if clause is None or self._is_stopped(clause):
                continue
            cut = _NOT_INSTEAD.search(folded, clause.start, clause.end)
            said = Range(clause.start, cut.start()) if cut else clause
            seen = [Range(*at) for at in self._cues.cue("looks-on").find(folded, said.start, said.end)]
            if seen:  # "school will see", and what they see stands after it
                said = Range(seen[-1].end, said.end)
            if len(said) and self._pictures.hold(said, "vague-goal"):
                yield said

    def _clauses(self, sentence: Range) -> Iterator[Range]:
        start = sentence.start
        for mark in _CLAUSE_MARK.finditer(self._around.folded, sentence.start, sentence.end):
            if mark.start() > start:
                yield Range(start, mark.start())
            start = mark.start() if mark.group() in _CONDITIONS else mark.end()
        if sentence.end > start:
            yield Range(start, sentence.end)

    def _without_condition(self, clause: Range) -> Range | None:
        """“When he is cross he goes out”: what he does; None where only the condition stands there."""
        folded = self._around.folded
        start = (
            clause.start
            + len(folded[clause.start : clause.end])
            - len(folded[clause.start : clause.end].lstrip())
        )
        if not folded.startswith(_CONDITIONS, start, clause.end):
            return clause
        words = self._people.words(self._around.sentence(clause))
        inside = [n for n, word in enumerate(words) if start <= word.start < clause.end]
        for number in inside[3:]:
            if self._people.who(words, number) is not None and words[number].text in _SUBJECTS:
                return Range(words[number].start, clause.end)
        return None

    def _is_stopped(self, clause: Range) -> bool:
        """True where a clause says what will not be done any more."""
        folded = self._around.folded
        first = next(self._cues.cue("stops").find(folded, clause.start, clause.end), None)
        return first is not None and not self._pictures.hold(
            Range(clause.start, max(clause.start, first[0])), "vague-goal"
        )

    # --- who does it

    def _who(self, sentence: Range) -> Iterator[Range]:
        """Grown-ups or young people who will act; not those who look on, nor children who are cared for."""
        words = self._people.words(sentence)
        folded = self._around.folded
        for start, end in self._goal_verbs(sentence):
            here = bisect_right(words, start, key=_end) - 1
            while here >= 0 and words[here].text in _BEFORE_VERB:
                here -= 1
            if here >= 0 and self._does(words, here, end, sentence):
                yield words[here].at
        for cue, wanted in (("looks-on", 3), ("done-by", 4)):
            for _, end in self._cues.cue(cue).find(folded, sentence.start, sentence.end):
                after = _next_to(words, end, wanted)
                adults = [n for n in after if self._people.who(words, n) is Who.ADULT]
                yield from (words[n].at for n in adults[:1])
        if any(True for _ in self._different(sentence)):
            for act in self._acts.within(sentence):
                if act.who in (Who.ADULT, Who.NAMED) and not act.left_undone:
                    yield act.at

    def _lead(self, passage: Passage) -> Iterator[Range]:
        """Those who lead a list: “Tom and Mum:”."""
        at = passage.pieces[0]
        sentence = self._around.sentence(at)
        if len(passage.pieces) > 1 and self._around.text[at.end - 1] == ":":
            who = self._people.last_before(at.end, sentence)
            if who in (Who.ADULT, Who.NAMED):
                yield at

    def _goal_verbs(self, sentence: Range) -> Iterator[tuple[int, int]]:
        """“will”, “needs to”; in a sentence without any, “to” (“Mum to take him”)."""
        folded = self._around.folded
        verbs = list(self._cues.cue("goal-verb").find(folded, sentence.start, sentence.end))
        if not verbs:
            to = next(self._cues.cue("goal-infinitive").find(folded, sentence.start, sentence.end), None)
            verbs = [(to[0], to[0] + len("to"))] if to else []
        yield from verbs

    def _does(self, words: Sequence[Word], here: int, end: int, sentence: Range) -> bool:
        """Whether who stands before a verb will do it."""
        if self._looks_on(end, sentence):
            return False
        text = words[here].text
        if text in _EVERYONE:
            return True
        who = self._people.who(words, here)
        if text in self._cues.words("child"):
            return any(self._people.who(words, n) is Who.ADULT for n in range(here))
        if who is None:
            near = words[max(0, here - 4) : here + 1]
            if any(word.text in self._cues.words("family-group") for word in near):
                return True
            who = self._people.last_before(words[here].end, sentence)
            if text not in _GOES_ON:
                return who is Who.ADULT
        if who in (Who.NAMED, Who.CHILD):
            start = _next(self._around.folded, end)
            return self._cues.cue("cared-for").fit(self._around.folded, start, sentence.end) is None
        if who is Who.WORKER:
            return any(self._people.who(words, n) in (Who.ADULT, Who.NAMED) for n in range(here))
        return who is not None

    def _looks_on(self, end: int, sentence: Range) -> bool:
        """True where what follows a verb such as "will" is seeing or being told."""
        folded = self._around.folded
        return self._cues.cue("looks-on").fit(folded, _next(folded, end), sentence.end) is not None

    # --- how long

    def _how_long(self, sentence: Range) -> Iterator[Range]:
        folded = self._around.folded
        if self._cues.cue("review").occurs(folded, sentence.start, sentence.end):
            return
        for at in self._cues.meant("how-long", folded, sentence.start, sentence.end):
            yield Range(*at)

    # --- how it will be known

    def _known(self, sentence: Range) -> Iterator[Range]:
        folded = self._around.folded
        alike = list(self._cues.cue("how-known-pseudo").find(folded, sentence.start, sentence.end))

        def found(cue: str) -> Iterator[tuple[int, int]]:
            for start, end in self._cues.cue(cue).find(folded, sentence.start, sentence.end):
                if not any(first <= start < last for first, last in alike):
                    yield start, end

        words = self._people.words(sentence)
        yield from (Range(*at) for at in found("how-known"))
        for cue in ("looks-on", "tells"):
            for start, end in found(cue):
                watcher = self._watcher(words, start)
                if watcher is not None and (self._is_to_come(start, sentence) or watcher[1]):
                    yield Range(watcher[0], end)
        for start, end in found("shows"):
            after = _next_to(words, end, 3)
            to_whom = list(
                takewhile(lambda n: words[n].text not in ("that", "how", "they", "she", "he"), after)
            )
            if any(self._people.who(words, n) is not None or words[n].text in _EVERYONE for n in to_whom):
                yield Range(start, end)

    def _is_to_come(self, start: int, sentence: Range) -> bool:
        """True of a verb after "will", "needs to" and so on, and of what children say."""
        folded = self._around.folded
        end = sentence.start + len(folded[sentence.start : start].rstrip())
        near = max(sentence.start, start - _NEAR)
        return self._cues.cue("before-telling").fits_until(folded, near, end)

    def _watcher(self, words: Sequence[Word], start: int) -> tuple[int, bool] | None:
        """Where those who will see it are named before the verb, and whether they are there to help."""
        for number in range(bisect_right(words, start, key=_end) - 1, -1, -1):
            word = words[number]
            if word.text in (";", ":", "."):
                return None
            who = self._people.who(words, number)
            if who is not None or word.text in _EVERYONE or self._people.has_capital(word):
                return word.start, who is Who.WORKER
        return None


def _end(word: Word) -> int:
    return word.end


def _next_to(words: Sequence[Word], end: int, wanted: int) -> range:
    """The numbers of so many words after a place."""
    first = bisect_left(words, end, key=lambda word: word.start)
    return range(first, min(len(words), first + wanted))


def _next(folded: str, end: int) -> int:
    while end < len(folded) and folded[end] == " ":
        end += 1
    return end
