"""The one path: a document goes in, findings come out. Every caller goes through `Linter`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sos_lint.catalogue import Catalogue
from sos_lint.document import Document
from sos_lint.errors import BadConfig, nearest
from sos_lint.fold import fold
from sos_lint.nlp.detect import Detector
from sos_lint.packs import load
from sos_lint.settings import Settings
from sos_lint.text import LineIndex, Range

if TYPE_CHECKING:
    from sos_lint.finding import Finding
    from sos_lint.memory import Memory
    from sos_lint.nlp.glossary import Entry
    from sos_lint.nlp.grammar import Grammar
    from sos_lint.report import Readability, ReadyForm, Term
    from sos_lint.rule import Match, Rule


# The rules that ask of a text as a whole, by number, each with words of which the text must hold one.
Anchored = Sequence[tuple[int, Sequence[str]]]


class Linter:
    """Lints documents by the rules of a catalogue.

    `excerpts` off keeps the document's own words out of every finding.
    """

    def __init__(
        self, catalogue: Catalogue, *, excerpts: bool = True, detector: Detector | None = None
    ) -> None:
        self.catalogue = catalogue
        self.excerpts = excerpts
        self._detector = detector or Detector(catalogue)
        self._turned_off: dict[Settings, frozenset[int]] = {}

    @classmethod
    def with_packs(cls, packs: Iterable[Path] = (), *, excerpts: bool = True) -> Linter:
        """A linter with the shipped packs and any others; raises BadPack with every fault in them."""
        catalogue = load(packs, ready={digest: linter.catalogue for digest, linter in _ready.items()})
        ready = _ready.get(catalogue.digest)
        if ready is None:
            return cls(catalogue, excerpts=excerpts)
        return cls(catalogue, excerpts=excerpts, detector=ready._detector)

    def lint(
        self,
        document: Document,
        settings: Settings | None = None,
        grammar: Grammar | None = None,
        *,
        told: bool = False,
        set_aside: bool = False,
        memory: Memory | None = None,
    ) -> tuple[Finding, ...]:
        """The findings of a document, in order: by place, then rule.

        `grammar` reads sentences in place of our own model (see `nlp.grammar`). `told`: with those whose
        questions the text answers already, which ask for nothing (see `Finding.is_told`). `set_aside`: with
        those that the document or the settings say may stay (see `Finding.suppression`).

        `memory`, where the same text is linted again and again as it changes, knows what it said before: the
        findings are the same, and only what has changed is read. Each text has one of its own.
        """
        wanted = settings or Settings()
        if memory is not None:
            memory.begin((self, grammar, wanted, document.name))
        matches = self.matches(document, wanted, grammar, memory)
        return self.findings(document, matches, wanted, told=told, set_aside=set_aside, memory=memory)

    def matches(
        self,
        document: Document,
        settings: Settings,
        grammar: Grammar | None = None,
        memory: Memory | None = None,
    ) -> list[list[Match]]:
        """Where rules hold in each text of a document: what takes long, and holds no word of it."""
        anchored, off = self._anchored(document, settings), self._off(settings)
        return [
            self._structured(
                text, settings, anchored, self._detector.detect(text, grammar, off, memory), memory
            )
            for text in document.texts(named=self.excerpts)
        ]

    def findings(
        self,
        document: Document,
        matches: Iterable[Iterable[Match]],
        settings: Settings,
        *,
        told: bool = False,
        set_aside: bool = False,
        bare: bool = False,
        memory: Memory | None = None,
    ) -> tuple[Finding, ...]:
        """What there is to say of the matches in each text of a document (see `lint`).

        `bare`: without fingerprints, edits and sentences to start from, as not every report shows them.
        Each match is asked for once, in order, and let go.
        """
        lines = cache(document.lines)
        findings = [
            finding
            for text, its in zip(document.texts(named=self.excerpts), matches, strict=True)
            for finding in self._findings(
                text, its, settings, lines, told=told, set_aside=set_aside, bare=bare, memory=memory
            )
        ]
        if not findings:
            return ()
        from sos_lint.judge import marked

        findings.sort(key=lambda finding: finding.sort_key)
        return tuple(findings) if bare else marked(findings, document.text, memory)

    def _findings(
        self,
        document: Document,
        matches: Iterable[Match],
        wanted: Settings,
        all_lines: Callable[[], LineIndex],
        *,
        told: bool,
        set_aside: bool,
        bare: bool,
        memory: Memory | None,
    ) -> list[Finding]:
        """The findings of one text; their places are those in its file."""
        kept = (match for match in matches if wanted.wants(match.rule) and (told or not self._is_told(match)))
        first = next(kept, None)
        if first is None and not document.remarks:
            return []
        from sos_lint.judge import Judge, moved

        lines = all_lines()
        judge = Judge(document, lines, wanted, self.catalogue.lexicon, excerpts=self.excerpts, memory=memory)
        every: Iterable[Match] = kept if first is None else chain([first], kept)
        rules: dict[str, Rule] = {}
        if sets_aside := bool(document.remarks or wanted.ignored_words):
            every = list(every)
            rules = {match.rule.id: match.rule for match in every}
        findings = judge.bare_findings(every) if bare else judge.findings(every)
        if sets_aside:
            findings = self._kept(findings, rules, document, lines, wanted, set_aside=set_aside)
        return [moved(finding, document.begins) for finding in findings] if document.begins else findings

    def _kept(
        self,
        findings: list[Finding],
        rules: Mapping[str, Rule],
        document: Document,
        lines: LineIndex,
        settings: Settings,
        *,
        set_aside: bool,
    ) -> list[Finding]:
        """The findings that nothing sets aside, and what is wrong with the remarks that should; those that
        are set aside too, where they are asked for.
        """
        from sos_lint.judge import of_remark
        from sos_lint.rule import OF_REMARKS, Structural
        from sos_lint.suppress import is_told_of, keep

        kept = keep(findings, rules, document, self.catalogue, settings)
        left = list(kept.findings)
        if set_aside:
            left += map(self._without_words, (one for one in kept.aside if not one.is_told))
        if not kept.complaints:
            return left
        about = (self.catalogue.rule(number) for number, _ in self.catalogue.surface.structure)
        by_check = {
            rule.pattern.check: rule
            for rule in about
            if isinstance(rule.pattern, Structural) and rule.pattern.check in OF_REMARKS
        }
        return [
            *left,
            *(
                of_remark(complaint, rule, document, lines, settings, excerpts=self.excerpts)
                for complaint in kept.complaints
                if (rule := by_check.get(complaint.check)) and is_told_of(rule, complaint.check, settings)
            ),
        ]

    def _without_words(self, finding: Finding) -> Finding:
        """The finding without a reason that stands in the document, where its words are not shown."""
        from sos_lint.finding import Suppression

        by = finding.suppression
        shown = self.excerpts or by is None or not by.in_document
        return finding if shown else replace(finding, suppression=Suppression(True))

    def ready(
        self, document: Document, findings: Sequence[Finding], settings: Settings | None = None
    ) -> ReadyForm | None:
        """How ready a form is to be sent, by what was found in it; None of a document that is no form."""
        if document.notes:
            return None
        from sos_lint.structure.check import Structure
        from sos_lint.structure.ready import ready_form

        lines = document.lines()

        def place(at: Range) -> str:
            where = document.block_at(at.start).where if len(at) else None  # a remark may stand anywhere
            here = lines.position(document.place(at).start)
            return where or f"{here.line}:{here.column}"

        structure = Structure(document, self.catalogue, settings or Settings())
        return ready_form(structure, findings, place)

    def glossary(self, document: Document) -> tuple[Term, ...]:
        """The short forms of a document in the order of the alphabet, with what they stand for.

        With excerpts off, only those that a pack knows, by the pack's own words. In a file with several
        texts, one stands for something where they all say so.
        """
        from sos_lint.finding import Meaning
        from sos_lint.report import Term

        entries: dict[str, Entry] = {}
        for text in document.texts(named=False):
            for entry in self._detector.glossary(text):
                first = entries.get(entry.short, entry)
                places = tuple(at.moved(text.begins) for at in entry.places)
                own = entry.own if first.own == entry.own else None
                before = first.places if entry.short in entries else ()
                entries[entry.short] = entry._replace(own=own, places=(*before, *places))
        terms = []
        ordered = sorted(entries.values(), key=lambda one: (fold(one.short), one.short))
        for short, own, meanings, places in ordered:
            said = own if self.excerpts else None
            known = [Meaning(m.expansion, m.gloss, m.retired) for m in meanings]
            same = [meaning for meaning in known if own and fold(meaning.expansion) == fold(own)]
            if self.excerpts or known:
                terms.append(Term(short, said, tuple(same if own else known), places))
        return tuple(terms)

    def _anchored(self, document: Document, settings: Settings) -> Anchored:
        """The rules that ask of a text as a whole; for several texts, with words that stand in some alone."""
        off = self._off(settings)
        rules = [rule for rule in self.catalogue.surface.structure if rule[0] not in off]
        if settings.form is not None or not document.notes:
            return rules
        stands = cache(document.folded.__contains__)
        return [(number, found) for number, anchors in rules if (found := list(filter(stands, anchors)))]

    @cached_property
    def _anchors(self) -> frozenset[str]:
        """The words of which a text must hold one, for any rule that asks of it as a whole."""
        return frozenset(word for _, anchors in self.catalogue.surface.structure for word in anchors)

    def _structured(
        self,
        document: Document,
        settings: Settings,
        anchored: Anchored,
        matches: list[Match],
        memory: Memory | None,
    ) -> list[Match]:
        """The matches with those of rules that ask of the text as a whole, where it speaks of that."""
        if settings.form is None and not any(map(document.folded.__contains__, self._anchors)):
            return matches
        stands = cache(document.folded.__contains__)  # the rules share most of their anchors
        asked = [n for n, anchors in anchored if settings.form is not None or any(map(stands, anchors))]
        if not asked:
            return matches
        from sos_lint.structure.check import Structure

        structure = Structure(
            document, self.catalogue, settings, lambda: self._detector.broad_terms(document), memory
        )
        rules = [self.catalogue.rule(number) for number in asked]
        found = [*structure.weighed(matches), *structure.matches(rules)]
        return sorted(found, key=lambda match: (match.at.start, match.at.end, match.rule.id))

    def measure(self, document: Document) -> Readability:
        """How hard the document is to read."""
        from sos_lint.nlp.readability import measure
        from sos_lint.nlp.surroundings import sentences_of

        return measure(document, sentences_of(self.catalogue.lexicon))

    def _off(self, settings: Settings) -> frozenset[int]:
        """The numbers of the optional rules that nobody asks for."""
        optional = self.catalogue.optional
        if not optional or settings.leaves_optional_off:
            return optional
        if settings not in self._turned_off:
            off = (n for n in optional if not settings.turns_on(self.catalogue.rule(n)))
            self._turned_off[settings] = frozenset(off)
        return self._turned_off[settings]

    def check_names(self, names: Iterable[str], place: str) -> None:
        """Raise BadConfig if a selector means no rule; it names the nearest one that does."""
        for name in names:
            if name not in self.catalogue.selectors:
                hint = nearest(name, self.catalogue.selectors) or "`sos-lint rules list` shows them all."
                raise BadConfig(place, f"no rule, pack or kind is called “{name}”.", hint)

    @staticmethod
    def _is_told(match: Match) -> bool:
        """True when the text already tells every part that the rule asks for."""
        told = {part for part, ranges in match.evidence if ranges}
        return bool(match.rule.ask) and all(part in told for part, _ in match.rule.ask)


# By the digest of their packs: what a process that stays has made ready for the runs to come.
_ready: dict[str, Linter] = {}


def keep_ready(linter: Linter) -> None:
    """Let every later linter with the same packs begin with what this one has made by then."""
    _ready[linter.catalogue.digest] = linter


@lru_cache(maxsize=1)
def shared_linter() -> Linter:
    """A linter with the shipped packs, made once."""
    return Linter.with_packs()
