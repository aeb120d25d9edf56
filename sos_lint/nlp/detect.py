"""Where rules hold in a document: the way into the linguistics.

Two steps. The index finds candidates, in every document, with nothing else imported. Only where it finds
some, `sieve` judges them: conditions, then the model where a rule asks for it, then what swallows what, then
guards, then what the text already tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sos_lint.catalogue import Catalogue
from sos_lint.document import Document
from sos_lint.kinds import Kind
from sos_lint.memory import Memory
from sos_lint.nlp.candidates import LONG, Candidate, Candidates, Index, unknown_shorts
from sos_lint.surface import Role
from sos_lint.text import Range, end_before

if TYPE_CHECKING:
    from sos_lint.nlp.glossary import Entry
    from sos_lint.nlp.grammar import Grammar
    from sos_lint.nlp.sieve import Sieve
    from sos_lint.rule import Match


class Detector:
    """Finds matches. One may serve any number of documents."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._index = Index(catalogue.surface, catalogue.prefixes)
        self._endings = catalogue.surface.endings()

    def detect(
        self,
        document: Document,
        grammar: Grammar | None = None,
        off: frozenset[int] = frozenset(),
        memory: Memory | None = None,
    ) -> list[Match]:
        """Every match in a document, in order. `grammar` reads sentences: our model, if none is given.

        Rules whose numbers are in `off` are as if they were not there. `memory` is the last version's.
        """
        long = [(number, words) for number, words in self._catalogue.surface.long if number not in off]
        found = None
        if memory is None and len(document.text) <= LONG:
            found = self._candidates(document, Range(0, len(document.text)), off)
        if memory is None and not long:
            parts = (self._candidates(document, at, off) for at in _parts(document))
            if not any(map(any, parts if found is None else [found])):
                return []
        from sos_lint.nlp.grammar import Model

        def find(at: Range) -> Candidates:
            return self._candidates(document, at, off) if found is None else found

        return self._sieve.matches(document, find, grammar or Model(), long, memory)

    def glossary(self, document: Document) -> tuple[Entry, ...]:
        """The short forms of a document, each once, those too that it explains."""
        from sos_lint.nlp.grammar import Model

        found = self._candidates(document, Range(0, len(document.text)), frozenset())
        return self._sieve.glossary(document, found, Model())

    def broad_terms(self, document: Document) -> list[Range]:
        """Where the words of a broad term stand, whatever guards them.

        Not words that are broad only in some company ("seemed well").
        """
        phrases = self._index.phrases(document.text, document.folded)
        return [
            phrase.at
            for phrase in phrases
            if phrase.role is Role.PHRASE and any(map(self._is_broad_anywhere, phrase.rules))
        ]

    def _is_broad_anywhere(self, number: int) -> bool:
        rule = self._catalogue.rule(number)
        asked = rule.conditions
        company = (asked.led_by, asked.only_before, asked.only_after, asked.only_near)
        return rule.kind is Kind.BROAD_TERM and not any(company)

    @cached_property
    def _sieve(self) -> Sieve:
        from sos_lint.nlp.sieve import Sieve

        return Sieve(self._catalogue)

    def _candidates(self, document: Document, at: Range, off: frozenset[int]) -> Candidates:
        """What stands in some blocks of a document that a rule may ask about."""
        text, folded = at.of(document.text), at.of(document.folded)
        shorts = _on(self._index.shorts(text), off)
        phrases = self._led(_on(self._index.phrases(text, folded), off), folded)
        found = Candidates(phrases, shorts, self._unknown(text, shorts, off))
        return found.moved(at.start)

    def _led(self, candidates: Iterable[Candidate], folded: str) -> list[Candidate]:
        """The candidates without rules whose words must be led, and are not as far as can be seen here."""
        kept = []
        for candidate in candidates:
            rules = candidate.rules
            if candidate.role is Role.PHRASE and not self._endings.keys().isdisjoint(rules):
                end = end_before(folded, 0, candidate.start)
                rules = [
                    number
                    for number in rules
                    if number not in self._endings or folded.endswith(self._endings[number], 0, end)
                ]
            if rules is candidate.rules:
                kept.append(candidate)
            elif rules:
                kept.append(candidate._replace(rules=rules))
        return kept

    def _unknown(self, text: str, known: Sequence[Candidate], off: frozenset[int]) -> list[Range]:
        """Runs of capitals that no table and no allow-list knows."""
        if self._catalogue.surface.unknown is None or self._catalogue.surface.unknown in off:
            return []
        taken = {candidate.start for candidate in known}
        allowed = self._catalogue.allowed
        return [
            at
            for at in unknown_shorts(text)
            if at.start not in taken
            and at.of(text) not in allowed
            and at.of(text).removesuffix("s") not in allowed
        ]


def _parts(document: Document) -> Iterator[Range]:
    """A long text in parts of whole blocks."""
    start = 0
    for block in document.blocks:
        if block.at.end - start >= LONG:
            yield Range(start, block.at.end)
            start = block.at.end
    yield Range(start, len(document.text))


def _on(candidates: Iterable[Candidate], off: frozenset[int]) -> list[Candidate]:
    """The candidates of rules that are on."""
    if not off:
        return list(candidates)
    kept = ((candidate, [n for n in candidate.rules if n not in off]) for candidate in candidates)
    return [candidate._replace(rules=rules) for candidate, rules in kept if rules]
