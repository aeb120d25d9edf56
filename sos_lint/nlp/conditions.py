"""Conditions: the neighbours and the part of speech that a rule asks for.

Those that look at words only are answered first; the sentences of what is left and needs grammar are then
read together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, TypeVar

from sos_lint.nlp.grammar import Need, Reading
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.nlp.token_patterns import Matchers, has_part_of_speech, need_of, tokenized
from sos_lint.rule import Conditions, Rule
from sos_lint.text import Range, end_before
from sos_lint.words import PatternSet, WordPattern, parse

Hit = TypeVar("Hit")
Read = Callable[[Iterable[Range], Need], Mapping[Range, Reading]]


class Verdict(Enum):
    """What conditions say of a match.

    OTHER_SENSE: the words are meant otherwise here ("a leaflet about …"), and so are the shorter terms
    inside them. FAILS: this rule has nothing to say of them, but another one may.
    """

    HOLDS = 1
    OTHER_SENSE = 2
    FAILS = 3


class Checks:
    """Answers conditions; one serves any number of documents."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._matchers = Matchers(cues.lexicon.classes)
        self._known: dict[int, tuple[Conditions, _Needs]] = {}  # by id: to hash them takes long

    def verdicts(
        self,
        hits: Sequence[Hit],
        of: Callable[[Hit], tuple[Conditions, Spot]],
        around: Surroundings,
        read: Read,
    ) -> list[Verdict]:
        """What the conditions say of each hit; `of` gives a hit's conditions and where it stands."""
        by_words = [self._by_words(*of(hit), around) for hit in hits]
        asking = [of(hit)[1].sentence for hit, verdict in zip(hits, by_words, strict=True) if verdict is None]
        readings = read(asking, Need.TAGS) if asking else {}
        return [
            self._by_grammar(*of(hit), around, readings) if verdict is None else verdict
            for hit, verdict in zip(hits, by_words, strict=True)
        ]

    def led(self, conditions: Conditions, spot: Spot, around: Surroundings) -> Range | None:
        """The match with the words before it that must lead it, or None where they do not."""
        end = end_before(around.folded, spot.sentence.start, spot.at.start)
        led_by = self._needs(conditions).led_by
        start = None if led_by is None else led_by.fit_until(around.folded, spot.sentence.start, end)
        return None if start is None else Range(start, spot.at.end)

    def pattern_places(
        self, wanted: Sequence[tuple[int, Rule, Spot]], around: Surroundings, read: Read
    ) -> Iterator[tuple[int, Spot, Range]]:
        """Where the token and dependency patterns of rules hold, in the sentences that call for them."""
        if not wanted:
            return
        needs = {number: need_of(rule) for number, rule, _ in wanted}
        alike: dict[Need, list[Range]] = {}
        for number, _, spot in wanted:
            if need := needs[number]:
                alike.setdefault(need, []).append(spot.sentence)
        readings = {need: read(sentences, need) for need, sentences in alike.items()}
        for number, rule, spot in wanted:
            need, sentence = needs[number], spot.sentence
            reading = readings[need][sentence] if need else tokenized(around.text, sentence)
            for at in self._matchers.places(rule, reading, sentence):
                if _is_whole(around.text, at):
                    yield number, spot, at

    def _by_words(self, conditions: Conditions, spot: Spot, around: Surroundings) -> Verdict | None:
        """What words alone say of a match; None where only grammar can tell."""
        needs = self._needs(conditions)
        for test, parted in needs.none:
            if test(self, parted, spot, around, None):
                return Verdict.OTHER_SENSE
        sure = not needs.grammar
        for test, parted in needs.some:
            if not test(self, parted, spot, around, None):
                if not parted.asking:
                    return Verdict.FAILS
                sure = False
        return Verdict.HOLDS if sure else None

    def _by_grammar(
        self, conditions: Conditions, spot: Spot, around: Surroundings, readings: Mapping[Range, Reading]
    ) -> Verdict:
        """What words and grammar say of a match."""
        needs, reading = self._needs(conditions), readings[spot.sentence]
        part_of_speech = conditions.part_of_speech
        if part_of_speech and not has_part_of_speech(part_of_speech, reading, spot.at):
            return Verdict.FAILS
        if any(test(self, parted, spot, around, reading) for test, parted in needs.none):
            return Verdict.OTHER_SENSE
        holds = all(test(self, parted, spot, around, reading) for test, parted in needs.some)
        return Verdict.HOLDS if holds else Verdict.FAILS

    def _needs(self, conditions: Conditions) -> _Needs:
        known = self._known.get(id(conditions))
        if known is None:
            known = self._known[id(conditions)] = conditions, _needs(conditions, self._cues)
        return known[1]

    def _before(self, parted: _Parted, spot: Spot, around: Surroundings, reading: Reading | None) -> bool:
        """True when one of these patterns stands directly after the match, which is before it."""
        if parted.plain is not None:
            start, end = spot.at.end, spot.sentence.end
            while start < end and around.folded[start] == " ":
                start += 1
            if parted.plain.fit(around.folded, start, end) is not None:
                return True
        return reading is not None and any(
            self._matchers.stands_before(one, reading, spot.at, spot.sentence) for one in parted.asking
        )

    def _after(self, parted: _Parted, spot: Spot, around: Surroundings, reading: Reading | None) -> bool:
        """True when one of these patterns stands directly before the match, which is after it."""
        if parted.plain is not None:
            end = end_before(around.folded, spot.sentence.start, spot.at.start)
            if parted.plain.fits_until(around.folded, spot.sentence.start, end):
                return True
        return reading is not None and any(
            self._matchers.stands_after(one, reading, spot.at, spot.sentence) for one in parted.asking
        )

    def _near(self, parted: _Parted, spot: Spot, around: Surroundings, reading: Reading | None) -> bool:
        """True when one of these patterns stands in the sentence beside the match."""
        if parted.plain is not None:
            words, folded = parted.plain, around.folded
            if words.occurs(folded, spot.sentence.start, spot.at.start):
                return True
            if words.occurs(folded, spot.at.end, spot.sentence.end):
                return True
        return reading is not None and any(
            self._matchers.stands_near(one, reading, spot.at, spot.sentence) for one in parted.asking
        )


class _Parted(NamedTuple):
    """Some word patterns: those on words alone, and those that ask for grammar."""

    plain: PatternSet | None
    asking: tuple[WordPattern, ...]


def _parted(written: tuple[str, ...], cues: Cues) -> _Parted:
    """The patterns by what they ask for; "she|PROPN" asks for grammar only where the word is another."""
    patterns = [parse(one) for one in written]
    parts = (one.without_grammar() if one.asks_grammar else one for one in patterns)
    plain = tuple(one.written for one in parts if one is not None)
    asking = tuple(one for one in patterns if one.asks_grammar)
    return _Parted(cues.patterns(plain) if plain else None, asking)


Test = Callable[[Checks, _Parted, Spot, Surroundings, "Reading | None"], bool]


class _Needs(NamedTuple):
    """The neighbours of which none may stand by a match, those of which some must, what must lead it, and
    whether only grammar can tell in any case.
    """

    none: tuple[tuple[Test, _Parted], ...]
    some: tuple[tuple[Test, _Parted], ...]
    led_by: PatternSet | None
    grammar: bool


def _needs(asked: Conditions, cues: Cues) -> _Needs:
    before, after, near = Checks._before, Checks._after, Checks._near
    none = ((before, asked.not_before), (after, asked.not_after), (near, asked.not_near))
    some = ((before, asked.only_before), (after, asked.only_after), (near, asked.only_near))
    unwanted = tuple((test, _parted(written, cues)) for test, written in none if written)
    wanted = tuple((test, _parted(written, cues)) for test, written in some if written)
    grammar = asked.part_of_speech is not None or any(parted.asking for _, parted in unwanted)
    return _Needs(unwanted, wanted, cues.patterns(asked.led_by) if asked.led_by else None, grammar)


def _is_whole(text: str, at: Range) -> bool:
    """False where a match begins or ends inside a word: spaCy makes two tokens of "done_"."""

    def parts_word(offset: int) -> bool:
        return all(char.isalnum() or char == "_" for char in text[offset - 1 : offset + 1])

    return not (at.start and parts_word(at.start)) and not (at.end < len(text) and parts_word(at.end))
