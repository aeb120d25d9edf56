"""Sieves the candidates of a document: conditions, then the model where a rule asks for it, then what
swallows what, then guards, then what the text already tells. Every step takes and gives plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sos_lint.catalogue import Catalogue
from sos_lint.document import Block, Document
from sos_lint.kinds import Kind
from sos_lint.memory import Memory
from sos_lint.nlp.acronyms import Lesson, ShortForms, likeliest
from sos_lint.nlp.candidates import LONG, Candidate, Candidates
from sos_lint.nlp.conditions import Checks, Verdict
from sos_lint.nlp.elsewhere import Topic
from sos_lint.nlp.glossary import Entry, Use, entries
from sos_lint.nlp.grammar import Grammar, Need, Reading
from sos_lint.nlp.guards import Guards
from sos_lint.nlp.people import names_in
from sos_lint.nlp.pieces import Piece, windows_of
from sos_lint.nlp.sentences import words_in
from sos_lint.nlp.surroundings import Spot, Surroundings, cues_of, surroundings_of
from sos_lint.nlp.unpacking import Term, evidence_for
from sos_lint.nlp.versions import Versions, stretches
from sos_lint.rule import (
    Guard,
    Match,
    Rule,
    ShortForm,
    UnknownShortForm,
)
from sos_lint.surface import Role
from sos_lint.text import Range, Ranges

_APART = frozenset({Kind.HIDDEN_ACTOR, Kind.STRUCTURE})  # neither swallow nor are swallowed by other kinds
_SHORT = frozenset({Role.LOWER, Role.BESIDE})  # of short forms in letters that are not all capitals
_HEADING, _NONE = frozenset({Guard.HEADING}), frozenset[Guard]()
# Where nobody needs to ask for a meaning, but a glossary gives it.
_SAID_SO = frozenset({Guard.EXPLAINED, Guard.QUOTED, Guard.HEADING, Guard.TITLE, Guard.TICK_LIST})
_KIND_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class _Hit:
    """A rule's pattern, seen at a spot."""

    number: int
    rule: Rule
    spot: Spot
    written: str = ""  # of a short form, without its plural
    label: bool = False  # the label of a field, which counts where something is told beside or beneath it
    other_sense: bool = False  # not meant as the rule means it: it only swallows what stands inside it


class _Seen(NamedTuple):
    """What is seen at first sight: hits, exceptions to them, and where known short forms begin."""

    hits: list[_Hit]
    exceptions: list[Candidate]
    shorts: list[int]

    def and_(self, other: _Seen) -> _Seen:
        """With what is seen elsewhere in the same document."""
        return _Seen(self.hits + other.hits, self.exceptions + other.exceptions, self.shorts + other.shorts)


Find = Callable[[Range], Candidates]  # finds the candidates in a part of a document


class Sieve:
    """Turns the candidates of a document into matches; one serves any number of documents."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cues = cues_of(catalogue.lexicon)
        self._checks = Checks(self._cues)
        self._pack_order = {pack.id: number for number, pack in enumerate(catalogue.packs)}

    def matches(
        self,
        document: Document,
        find: Find,
        grammar: Grammar,
        long: Sequence[tuple[int, int]] = (),
        memory: Memory | None = None,
    ) -> list[Match]:
        """The matches in a document, in order. `find` finds the candidates in a part of it; `long` are rules
        on sentences of so many words. What a memory knows of a version before is not read again.
        """
        around = surroundings_of(document, self._catalogue.lexicon, memory)
        forms = ShortForms(around, self._cues)
        if memory is None and len(document.text) > LONG:
            return list(self._in_windows(around, find, grammar, long, forms))
        readings = _Readings(around, grammar)
        versions = Versions(around, memory)
        for lesson in versions.lessons():
            forms.take(lesson)
        new = self._seen(around, find, long, readings, versions.new)
        lessons = _learned(new.hits, forms)
        answers = {
            **forms.answers(),
            **names_in(around, self._cues).answers(),
            Topic.STANDS: lambda words, at: around.stand_anywhere(str(words), at),
        }
        again = self._seen(around, find, long, readings, versions.forget(answers))
        lessons += _learned(again.hits, forms)
        return versions.merged(lessons, self._sifted(new.and_(again), forms, around, readings))

    def _in_windows(
        self,
        around: Surroundings,
        find: Find,
        grammar: Grammar,
        long: Sequence[tuple[int, int]],
        forms: ShortForms,
    ) -> Iterator[Match]:
        """The matches in a long document, in order: what is known of a window is let go before the next."""
        windows = list(windows_of(around))
        for window in windows:
            _learned(self._short_hits(around, find(window.at)), forms)
        for window in windows:
            readings = _Readings(around, grammar)
            seen = self._seen(around, find, long, readings, [window])
            yield from self._sifted(seen, forms, around, readings)

    def _seen(
        self,
        around: Surroundings,
        find: Find,
        long: Sequence[tuple[int, int]],
        readings: _Readings,
        pieces: Sequence[Piece],
    ) -> _Seen:
        """What is seen in some pieces of a document at first sight."""
        places = stretches(pieces)
        found = [find(at) for at in places]
        phrases = [candidate for one in found for candidate in one.phrases]
        shorts = [candidate for one in found for candidate in one.shorts]
        unknown = [at for one in found for at in one.unknown]
        blocks = (block for piece in pieces for block in around.document.blocks[piece.first : piece.last + 1])
        hits = [
            *self._phrase_hits(around, phrases),
            *self._short_hits(around, Candidates(phrases, shorts, unknown)),
            *self._pattern_hits(around, phrases, readings),
            *self._long_hits(around, long, blocks),
        ]
        exceptions = [c for c in phrases if c.role is Role.EXCEPTION]
        return _Seen(hits, exceptions, [short.start for short in shorts])

    def _sifted(
        self, seen: _Seen, forms: ShortForms, around: Surroundings, readings: _Readings
    ) -> list[Match]:
        """The matches among what was seen, in order."""
        hits = list(self._led(_outside(seen.hits, seen.exceptions), around))
        hits = self._judged(hits, around, readings)
        if not hits:
            return []
        guards = Guards(around, self._cues, frozenset(seen.shorts))
        kept = []
        for hit in self._widest(hits):
            at = hit.spot.at
            if hit.other_sense or around.addresses.touch(at) or around.placeholders.touch(at):
                continue
            label = bool(hit.rule.ask) and Guard.HEADING in hit.rule.unless and guards.leads(hit.spot)
            if not self._is_guarded(hit, guards, forms, but=_HEADING if label else _NONE):
                kept.append(replace(hit, label=True) if label else hit)
        return self._matches(kept, around)

    def glossary(
        self,
        document: Document,
        found: Candidates,
        grammar: Grammar,
    ) -> tuple[Entry, ...]:
        """The short forms among the candidates, those too that the document explains."""
        around = surroundings_of(document, self._catalogue.lexicon)
        exceptions = [c for c in found.phrases if c.role is Role.EXCEPTION]
        hits = _outside(self._short_hits(around, found), exceptions)
        forms = ShortForms(around, self._cues)
        _learned(hits, forms)
        guards = Guards(around, self._cues, frozenset(short.start for short in found.shorts))
        uses = [
            Use(hit.written, hit.spot, _known(hit.rule))
            for hit in self._widest(self._judged(hits, around, _Readings(around, grammar)))
            if not hit.other_sense
            and not around.addresses.touch(hit.spot.at)
            and not self._is_guarded(hit, guards, forms, but=_SAID_SO)
        ]
        return entries(uses, around)

    def _phrase_hits(self, around: Surroundings, candidates: Iterable[Candidate]) -> Iterator[_Hit]:
        for candidate in candidates:
            if candidate.role is Role.PHRASE:
                spot = _spot(candidate.at, around)
                for number in candidate.rules:
                    yield _Hit(number, self._catalogue.rule(number), spot)

    def _short_hits(self, around: Surroundings, found: Candidates) -> Iterator[_Hit]:
        lower = (candidate for candidate in found.phrases if candidate.role in _SHORT)
        for candidate in (*found.shorts, *lower):
            spot = _spot(candidate.at, around)
            for number in candidate.rules:
                rule = self._catalogue.rule(number)
                written = candidate.at.of(around.text)
                plural = written.endswith("s") and len(written) > 2 and candidate.role is not Role.BESIDE
                yield _Hit(
                    number, rule, spot, written[:-1] if plural and not _is_form(rule, written) else written
                )
        if self._catalogue.surface.unknown is not None:
            rule = self._catalogue.rule(self._catalogue.surface.unknown)
            for at in found.unknown:
                yield _Hit(
                    self._catalogue.surface.unknown,
                    rule,
                    _spot(at, around),
                    at.of(around.text).removesuffix("s"),
                )

    def _pattern_hits(
        self, around: Surroundings, candidates: Iterable[Candidate], readings: _Readings
    ) -> Iterator[_Hit]:
        wanted: dict[tuple[int, Range], Spot] = {}
        for candidate in candidates:
            if candidate.role is Role.ANCHOR:
                spot = _spot(candidate.at, around)
                for number in candidate.rules:
                    wanted[number, spot.sentence] = spot
        yield from (
            _Hit(number, self._catalogue.rule(number), Spot(at, spot.block, spot.sentence))
            for number, spot, at in self._checks.pattern_places(
                [(number, self._catalogue.rule(number), spot) for (number, _), spot in wanted.items()],
                around,
                readings.read,
            )
        )

    def _long_hits(
        self, around: Surroundings, rules: Sequence[tuple[int, int]], blocks: Iterable[Block]
    ) -> Iterator[_Hit]:
        for block in blocks if rules else ():
            for sentence in around.sentences(block):
                count = len(words_in(sentence.of(around.text)))
                for number, words in rules:
                    if count > words:
                        yield _Hit(number, self._catalogue.rule(number), Spot(sentence, block, sentence))

    def _led(self, hits: Iterable[_Hit], around: Surroundings) -> Iterator[_Hit]:
        """The hits with the words that must lead them, without those that lack them."""
        for hit in hits:
            if not hit.rule.conditions.led_by:
                yield hit
            elif at := self._checks.led(hit.rule.conditions, hit.spot, around):
                yield replace(hit, spot=replace(hit.spot, at=at))

    def _judged(self, hits: Sequence[_Hit], around: Surroundings, readings: _Readings) -> list[_Hit]:
        """The hits whose conditions hold, and those that are meant otherwise."""
        verdicts = self._checks.verdicts(
            hits, lambda hit: (hit.rule.conditions, hit.spot), around, readings.read
        )
        return [
            replace(hit, other_sense=True) if verdict is Verdict.OTHER_SENSE else hit
            for hit, verdict in zip(hits, verdicts, strict=True)
            if verdict is not Verdict.FAILS
        ]

    def _is_guarded(self, hit: _Hit, guards: Guards, forms: ShortForms, but: frozenset[Guard]) -> bool:
        """Whether a guard of the rule holds, `but` these; for a short form some need the whole document."""
        unless, written, spot = hit.rule.unless - but if but else hit.rule.unless, hit.written, hit.spot
        if not written:
            return guards.hold(unless, spot)
        return (
            guards.hold(unless - {Guard.EXPLAINED}, spot)
            or (Guard.EXPLAINED in unless and forms.explained(written, spot, _known(hit.rule)))
            or (Guard.INITIALS in unless and forms.initials(written, spot))
            or (Guard.REFERENCE in unless and forms.reference(spot))
            or (
                isinstance(hit.rule.pattern, UnknownShortForm)
                and not _is_likely(hit.rule.pattern, hit, forms)
            )
        )

    def _widest(self, hits: Sequence[_Hit]) -> list[_Hit]:
        """Without those inside a longer match; of several rules at one place, the first by pack and kind.

        A short form inside a phrase stands by itself: of "CIN plan" we ask what CIN is and what the plan is.
        So does a hidden actor: of "was neglected" we ask who did it and what it was.
        """
        order = sorted(
            hits,
            key=lambda hit: (
                hit.spot.at.start,
                -hit.spot.at.end,
                hit.other_sense,
                -self._pack_order.get(hit.rule.pack, -1) if hit.written else 0,
                _KIND_ORDER[hit.rule.kind],
                -self._pack_order.get(hit.rule.pack, -1),
                hit.rule.id,
            ),
        )
        kept: list[_Hit] = []
        ends: dict[str, int] = {}  # the furthest end kept so far: of short forms, hidden actors, the rest
        for hit in order:
            apart = "short" if hit.written else hit.rule.kind.value if hit.rule.kind in _APART else ""
            if hit.spot.at.end <= ends.get(apart, -1):
                continue
            ends[apart] = hit.spot.at.end
            kept.append(hit)
        return kept

    def _matches(self, hits: Sequence[_Hit], around: Surroundings) -> list[Match]:
        broad = [hit for hit in hits if hit.rule.ask]
        terms = [
            Term(hit.spot, hit.rule.id, hit.rule.whose, hit.rule.echo, hit.rule.not_told_by) for hit in broad
        ]
        evidence = dict(zip(map(id, broad), evidence_for(terms, around, self._cues), strict=True))
        return [
            Match(
                hit.rule,
                hit.spot.at,
                hit.spot.sentence,
                *(
                    likeliest(hit.rule.pattern.meanings, around, hit.spot)
                    if isinstance(hit.rule.pattern, ShortForm)
                    else ((), False)
                ),
                evidence.get(id(hit), ()),
            )
            for hit in hits
            if not hit.label or evidence.get(id(hit))
        ]


class _Readings:
    """Readings of sentences, each made once for a document."""

    def __init__(self, around: Surroundings, grammar: Grammar) -> None:
        self._around = around
        self._grammar = grammar
        self._read: dict[Need, dict[Range, Reading]] = {need: {} for need in Need}

    def read(self, sentences: Iterable[Range], need: Need) -> Mapping[Range, Reading]:
        """Readings of at least these sentences."""
        read = self._read[need]
        new = {sentence for sentence in sentences if sentence not in read}
        if new:
            read.update(self._grammar.read(self._around.text, new, need))
        return read


def _learned(hits: Iterable[_Hit], forms: ShortForms) -> list[Lesson]:
    """What short forms say of themselves, wherever they stand and whatever is then made of them."""
    return [forms.learn(hit.written, hit.spot, _known(hit.rule)) for hit in hits if hit.written]


def _known(rule: Rule) -> ShortForm | None:
    return rule.pattern if isinstance(rule.pattern, ShortForm) else None


def _spot(at: Range, around: Surroundings) -> Spot:
    return Spot(at, around.block(at), around.sentence(at))


def _is_likely(pattern: UnknownShortForm, hit: _Hit, forms: ShortForms) -> bool:
    """Whether a run of capitals that nobody knows is likely to be a short form at all."""
    written, spot = hit.written, hit.spot
    return (
        pattern.shortest <= len(written) <= pattern.longest
        and not forms.everyday(written, spot)
        and not forms.used_as_word(written, spot)
        and not forms.named(spot)
        and (len(written) > 2 or forms.used_as_label(spot))
    )


def _is_form(rule: Rule, written: str) -> bool:
    return isinstance(rule.pattern, ShortForm) and written in (rule.pattern.short, *rule.pattern.written)


def _outside(hits: Iterable[_Hit], exceptions: Sequence[Candidate]) -> list[_Hit]:
    """Hits that no exception of their own rule swallows."""
    places: dict[int, list[Range]] = {}
    for exception in exceptions:
        for number in exception.rules:
            places.setdefault(number, []).append(exception.at)
    swallowed = {number: Ranges(its) for number, its in places.items()}
    return [hit for hit in hits if hit.number not in swallowed or not swallowed[hit.number].hold(hit.spot.at)]
