"""What is asked of a document as a whole: its form, its statements, its scales, its names.

Turns what the readers of this package find into matches of the rules that ask about it. A broad term inside a
statement weighs more than elsewhere: the statement is what the family works from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from sos_lint.catalogue import Catalogue
from sos_lint.document import Document
from sos_lint.kinds import Kind, Severity
from sos_lint.memory import Memory
from sos_lint.nlp.surroundings import Cues, Surroundings, cues_of, surroundings_of
from sos_lint.rule import Check, Match, Rule, Structural
from sos_lint.settings import Settings
from sos_lint.structure.forms import Form, State, chosen, forms_in
from sos_lint.structure.forms.checks import Fault, Lack, faults_in
from sos_lint.structure.forms.templates import prompts_in
from sos_lint.structure.labels import Topic
from sos_lint.structure.names import misnamed
from sos_lint.structure.passages import Passage, passages_in
from sos_lint.structure.scaling import Scale, scales_in
from sos_lint.structure.statements import Statement, statements_in
from sos_lint.structure.statements.remarks import (
    disputes,
    second_worries,
    tell_dispute,
    without_goal,
)
from sos_lint.text import Range, Ranges

MOST_DANGERS = 3  # statements of worry that a family can hold in mind (a council's guide, sos_structure.md)
MEETING = "meeting-record"
_LACKS = {
    Lack.MISSING: Check.MISSING_COLUMN,
    Lack.EMPTY: Check.EMPTY_COLUMN,
    Lack.PRINTED: Check.EMPTY_COLUMN,
    Lack.NOTHING_GOOD: Check.NOTHING_WELL,
    Lack.NO_PLAN: Check.NO_PLAN,
    Lack.NO_EXAMPLE: Check.NO_EXAMPLE,
    Lack.NOTHING_DONE: Check.NOTHING_DONE,
}
_UNWRITTEN = frozenset({Lack.MISSING, Lack.EMPTY, Lack.PRINTED})


class Structure:
    """One document, read as a whole. What nobody asks for is not looked for.

    `broad` gives where broad terms stand, whatever guards them.
    """

    def __init__(
        self,
        document: Document,
        catalogue: Catalogue,
        settings: Settings,
        broad: Callable[[], Iterable[Range]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._around = surroundings_of(document, catalogue.lexicon, memory)
        self._cues = cues_of(catalogue.lexicon)
        self._catalogue = catalogue
        self._settings = settings
        self._broad = broad
        self._answers: dict[Check, Callable[[Rule], Iterator[Match]]] = {
            Check.DANGER: lambda rule: self._parts(rule, self.dangers),
            Check.GOAL: lambda rule: self._parts(rule, self.goals),
            Check.SCALE: lambda rule: self._parts(rule, self.scales),
            Check.NO_GOAL: lambda rule: (
                self._match(rule, self._first_sentence(one)) for one in without_goal(self.statements)
            ),
            Check.TWO_WORRIES: lambda rule: (
                self._match(rule, at)
                for one in self.dangers
                for at in second_worries(one, self._around, self._cues)
            ),
            Check.DISPUTE: self._untold_dispute,
            Check.TOO_MANY: lambda rule: (
                self._match(rule, self._first_sentence(one)) for one in self.dangers[MOST_DANGERS:]
            ),
            Check.OUTSIDE_SCALE: lambda rule: (
                self._match(rule, score.at) for scale in self.scales for score in scale.outside
            ),
            Check.NO_SCALE: self._without_scale,
            Check.EMPTY_COLUMN: self._empty,
            Check.VAGUE_PROMPT: self._vague_prompts,
            Check.WRONG_NAME: self._wrong_names,
        }

    def matches(self, rules: Iterable[Rule]) -> list[Match]:
        """Where these rules hold, in order."""
        found: list[Match] = []
        for rule in rules:
            assert isinstance(rule.pattern, Structural)
            answer = self._answers.get(rule.pattern.check)
            found += answer(rule) if answer else self._lacking(rule, rule.pattern.check)
        return sorted(found, key=lambda match: (match.at.start, match.at.end, match.rule.id))

    def weighed(self, matches: Iterable[Match]) -> Iterator[Match]:
        """The matches, those of broad terms inside a statement one step more severe."""
        for match in matches:
            inside = match.rule.kind is Kind.BROAD_TERM and self._in_statements.hold(match.at)
            yield replace(match, severity=_raised(match.rule.severity)) if inside else match

    @cached_property
    def _passages(self) -> list[Passage]:
        """What stands under labels, for statements and scales alike."""
        return passages_in(self._around, self._cues)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements and goals."""
        return statements_in(self._around, self._cues, self._passages)

    @cached_property
    def _in_statements(self) -> Ranges:
        """The words of the statements and goals."""
        return Ranges(piece for one in self.statements for piece in one.pieces)

    @cached_property
    def dangers(self) -> list[Statement]:
        """The statements of worry."""
        return [one for one in self.statements if one.what is Topic.DANGER]

    @cached_property
    def goals(self) -> list[Statement]:
        """The goals."""
        return [one for one in self.statements if one.what is Topic.GOAL]

    @cached_property
    def scales(self) -> list[Scale]:
        """The scaling questions."""
        return scales_in(self._around, self._cues, self._passages)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms that the document is."""
        return forms_in(self._around, self._cues, self._catalogue.forms, self._settings.form)

    @property
    def cues(self) -> Cues:
        """The cues that it is read by."""
        return self._cues

    @property
    def around(self) -> Surroundings:
        """The document as the detector sees it."""
        return self._around

    def form(self) -> Form | None:
        """The form that was asked for, else the first that the document is."""
        return chosen(self.forms, self._settings.form)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What those forms lack."""
        return tuple(fault for form in self.forms for fault in faults_in(form, self._around, self._cues))

    def _parts(self, rule: Rule, found: Sequence[Statement] | Sequence[Scale]) -> Iterator[Match]:
        for one in found:
            evidence = tuple((part, ranges) for part, ranges in one.told.items() if ranges)
            yield replace(self._match(rule, self._first_sentence(one)), evidence=evidence)

    def _untold_dispute(self, rule: Rule) -> Iterator[Match]:
        """Where the text says that the family sees it otherwise, and no statement does."""
        if not self.dangers or tell_dispute(self.dangers, self._around, self._cues):
            return
        for at in disputes(self._around, self._cues)[:1]:
            yield self._match(rule, at)

    def _without_scale(self, rule: Rule) -> Iterator[Match]:
        """A meeting's record that asks nobody for a number (a family is asked at least once)."""
        for form in self.forms:
            if form.name == MEETING and not form.is_blank and not self.scales:
                yield self._match(rule, form.at)

    def _empty(self, rule: Rule) -> Iterator[Match]:
        """Each empty section; of a blank form all at once, as a remark."""
        blank = [form for form in self.forms if form.is_blank]
        for form in blank:
            names = tuple(one.name for one in form.sections if one.state in (State.EMPTY, State.PRINTED))
            if names:
                yield replace(self._match(rule, form.at), lacks=names, severity=Severity.SUGGESTION)
        of_blank = {section.name for form in blank for section in form.sections}
        for match in self._lacking(rule, Check.EMPTY_COLUMN):
            if not set(match.lacks) <= of_blank:
                yield match

    def _lacking(self, rule: Rule, check: Check) -> Iterator[Match]:
        for fault in self.faults:
            if _LACKS[fault.lack] is check:
                lacks = (fault.section,) if fault.lack in _UNWRITTEN else ()
                yield replace(self._match(rule, fault.at), lacks=lacks, questions=fault.questions)

    def _vague_prompts(self, rule: Rule) -> Iterator[Match]:
        prompts = Ranges(prompts_in(self._around, self._cues, self.forms))
        asked = {at for at in (self._broad() if prompts.all else ()) if prompts.hold(at)}
        furthest = -1
        for at in sorted(asked, key=lambda at: (at.start, -at.end)):
            if at.end > furthest:  # else it is a part of a longer one
                yield self._match(rule, at)
                furthest = at.end

    def _wrong_names(self, rule: Rule) -> Iterator[Match]:
        for wrong in misnamed(self._around, self._catalogue.services, self._settings.service):
            yield replace(self._match(rule, wrong.at), right=wrong.right)

    def _first_sentence(self, one: Statement | Scale) -> Range:
        """What stands for the whole: its first sentence, as far as it is its own."""
        first = one.pieces[0]
        sentence = self._around.sentence(first)
        return Range(max(first.start, sentence.start), min(first.end, sentence.end))

    def _match(self, rule: Rule, at: Range) -> Match:
        return Match(rule, at, self._around.sentence(at))


def _raised(severity: Severity) -> Severity:
    return Severity(min(severity + 1, Severity.ERROR))
