"""The numbers that people gave on a scale, and the reason for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sos_lint.nlp.people import People
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.pictures import Pictures
from sos_lint.structure.scaling.ends import ends_in
from sos_lint.structure.scaling.words import NUMBERS, WRITTEN, ScaleWords, value_of
from sos_lint.text import Range

_NUMBER = re.compile(rf"(?<![\w/.£#-])(?:{WRITTEN})(?![\w%]|[/.:]\d)")
_OUT_OF = re.compile(rf"(?<![\w/.£])({WRITTEN}) ?(?:/|out of) ?(?:10|ten)(?![\w/])")
_RUNS = re.compile(
    r"(?<![\w/])(?:from )?(?:0|1|zero|nought|one)(?: ?(?:to|[-\u2013\u2014]|and|through to) ?| )"
    r"(?:10|ten)(?![\w/])"
)
_CLIPPED = re.compile(r"[,:\u2013\u2014(-] ?\Z")
_ALONE = re.compile(rf"\W*(?:{WRITTEN})(?: ?(?:/|out of) ?(?:10|ten))?\W*\Z")
_MARK_AFTER = re.compile(r"\)? ?[:\u2013\u2014;,(-] ?(?=[A-Za-z])")
_LETTERS = re.compile(r"[a-z]{2,}")
_OPENS = re.compile(r" ?(?:[:,.\u2013\u2014-]|because|as|since|out)(?!\w)")
_NEAR = 200  # characters before a number that may say whose it is: a clause, even where no stop stands
_CLAUSE = 3  # words of the shortest reason after a comma or dash
_JOINS = frozenset(["a", "an", "and", "or", "to", "at"])
_OF_A_SCORE = frozenset(["for", "about", "around", "by", "number", "point", "level"])  # after a judging verb


class Score(NamedTuple):
    """A number that somebody gave, and where its reason stands, if there is one."""

    at: Range
    value: int
    reason: Range | None


class Scores:
    """Reads the numbers of one document."""

    def __init__(
        self, around: Surroundings, cues: Cues, people: People, pictures: Pictures, words: ScaleWords
    ) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._pictures = pictures
        self._words = words
        self._counted = cues.words("no-score-before")

    def numbers(self, sentence: Range, taken: Sequence[Range] = ()) -> Iterator[tuple[Range, int]]:
        """The numbers that a sentence says somebody gave; `taken` are those that mean something else."""
        folded = self._around.folded
        out_of = list(_OUT_OF.finditer(folded, sentence.start, sentence.end))
        masked = [Range(*run.span()) for run in _RUNS.finditer(folded, sentence.start, sentence.end)]
        masked += taken
        found: list[tuple[Range, int]] = []
        for match in out_of:
            at = Range(*match.span())
            rate = folded[sentence.start : at.start].endswith(("in ", "about "))
            if not (rate or _in(at, taken) or self._is_wished(at, sentence)):
                found.append((at, value_of(match.group(1))))
        masked += [Range(*match.span()) for match in out_of]
        for match in _NUMBER.finditer(folded, sentence.start, sentence.end):
            at = Range(*match.span())
            if _in(at, masked) or self._is_wished(at, sentence):
                continue
            if self._is_score(match.group(), at, sentence):
                found.append((at, value_of(match.group())))
        yield from sorted(found, key=lambda number: number[0].start)

    def reason(
        self, at: Range, after: int | None, sentences: Sequence[Range], given: Sequence[Range]
    ) -> Range | None:
        """Why that number: after it or before it in its sentence, in the next, or in the field for it.

        `after` is where the next number stands; `given` are the fields that ask for reasons.
        """
        place = next(place for place, one in enumerate(sentences) if one.contains(at))
        sentence = sentences[place]
        end = sentence.end if after is None else min(sentence.end, after)
        if end < sentence.end and (cut := self._words.next_answer.search(self._around.folded, at.end, end)):
            end = cut.start()
        found = self._after(at, end) or self._before(Range(sentence.start, at.start))
        if found is not None:
            return found
        if given:
            return min(given, key=lambda one: abs(one.start - at.end))
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        if following is not None and (after is None or after >= following.end) and self._tells_why(following):
            return following
        return None

    def is_reason(self, at: Range) -> bool:
        """True of words that picture something."""
        return len(at) > 0 and self._pictures.hold(at, "vague-scale")

    # --- is it a score?

    def _is_score(self, written: str, at: Range, sentence: Range) -> bool:
        """Whether a number is one that somebody gave, and counts nothing else."""
        folded = self._around.folded
        if _ALONE.match(folded[sentence.start : sentence.end]):
            return True
        if self._words.counts.match(folded, at.end, sentence.end):
            return False
        before = folded[max(sentence.start, at.start - _NEAR) : at.start].rstrip()
        if not before:
            return _OPENS.match(folded, at.end, sentence.end) is not None
        if written in NUMBERS or value_of(written) > 10:
            return self._words.judged_closely.search(before) is not None
        last = before.rpartition(" ")[2]
        judged = self._words.judged.search(before) is not None
        if last in self._counted:
            return judged and last in _OF_A_SCORE
        if judged or last in _JOINS or _CLIPPED.search(before):
            return True
        words = self._people.words(self._around.sentence(at))
        here = sum(word.at.start < at.start for word in words) - 1
        return here >= 0 and (
            self._people.who(words, here) is not None or self._people.has_capital(words[here])
        )

    def _is_wished(self, at: Range, sentence: Range) -> bool:
        """True of a number that is hoped for or asked about ("what would make it a 6")."""
        before = self._around.folded[max(sentence.start, at.start - _NEAR) : at.start]
        clause = self._words.new_clause.split(before)[-1] or ""
        if self._words.would_judge.search(clause):
            return False
        return self._words.wished.search(clause) is not None

    # --- its reason

    def _after(self, at: Range, end: int) -> Range | None:
        folded = self._around.folded
        for start, last in self._cues.cue("gives-reason").find(folded, at.end, end):
            no_reason = self._cues.cue("no-reason").fit(folded, start, end) is not None
            if not no_reason and self.is_reason(Range(last, end)):
                return Range(start, end)
        tail = folded[at.end : end]
        if (
            _MARK_AFTER.match(tail)
            and not self._words.somebody_judges.match(tail)
            and len(_LETTERS.findall(tail)) >= _CLAUSE
            and self.is_reason(Range(at.end, end))
        ):
            return Range(at.end, end)
        return None

    def _before(self, before: Range) -> Range | None:
        """“Because Nan is there each night, Mum said 6”; “the reason for the 3 is …”."""
        folded = self._around.folded
        for start, last in self._cues.cue("gives-reason-first").find(folded, before.start, before.end):
            names_it = "reason" in folded[start:last]
            comma = folded.find(",", last, before.end)
            if names_it or (start == before.start and comma > 0):
                return Range(start, comma if comma > 0 else before.end)
        return None

    def _tells_why(self, sentence: Range) -> bool:
        """True where a sentence after a number tells what it rests on, and no plan."""
        folded = self._around.folded
        if self._around.text[sentence.end - 1] == "?":
            return False
        if self._words.plans.search(folded, sentence.start, sentence.end):
            return False
        return self.is_reason(sentence) and not ends_in(sentence, self._around, self._words)


def _in(at: Range, others: Sequence[Range]) -> bool:
    return any(other.overlaps(at) for other in others)
