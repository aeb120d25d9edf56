"""The interview about a draft, without its terminal: what is asked next, and what an answer does.

An `Interview` is a value. Each move gives another one and leaves it as it was, so that going back is to take
up an earlier one. Nothing is asked here and nothing is written: whoever shows the questions makes the moves,
and `interview.draft` is the draft with all that was accepted, at any time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from sos_lint.finding import Ask, Finding
from sos_lint.kinds import Kind
from sos_lint.rewrite.decision import (
    Decision,
    Instead,
    Piece,
    Skipped,
    Spelt,
    Told,
    Written,
    blanks,
    changed,
    hunks,
    options,
    sentence_at,
)
from sos_lint.rewrite.draft import Draft, Hunk, Lint, moved
from sos_lint.text import Range


class Stage(Enum):
    """What the interview waits for."""

    ANSWER = "an answer to `question`"
    CHOICE = "one of `options`, or own words"
    REVIEW = "whether `decision` is right"
    DONE = "nothing: every place is decided on"


class Decided(NamedTuple):
    """One decision, the place that it was about as it then stood, and whether it changed any words."""

    rule: str
    words: str
    sentence: str
    place: str
    decision: Decision
    changed: bool


class Mark(NamedTuple):
    """A place that is not asked about again."""

    rule: str
    at: Range


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands. `answers` are those to the questions of the finding in hand, in order.

    `decided` is what was decided, oldest first; `decision` what is under review.
    """

    draft: Draft
    lint: Lint = field(compare=False)
    decided: tuple[Decided, ...] = ()
    answers: tuple[str, ...] = ()
    decision: Decision | None = None
    _number: int = 0
    _aside: frozenset[Mark] = frozenset()
    _rules_aside: frozenset[str] = frozenset()
    _before: Interview | None = field(default=None, repr=False, compare=False)

    # What to show

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that are still to be decided on, in order; of a short form only the first."""
        first: dict[object, Finding] = {}
        for finding in self.draft.findings:
            if not self._is_aside(finding):
                once = finding.text.casefold() if finding.kind is Kind.ACRONYM else finding.at
                first.setdefault((finding.rule, once), finding)
        return tuple(first.values())

    @property
    def finding(self) -> Finding | None:
        """The finding in hand: the first that is open."""
        return next((finding for finding in self.draft.findings if not self._is_aside(finding)), None)

    @property
    def stage(self) -> Stage:
        """What the interview waits for."""
        if self.finding is None:
            return Stage.DONE
        if self.decision is not None:
            return Stage.REVIEW
        return Stage.ANSWER if self.questions else Stage.CHOICE

    @property
    def questions(self) -> tuple[Ask, ...]:
        """The open questions of the finding in hand."""
        return tuple(ask for ask in self._in_hand.asks if not ask.told)

    @property
    def question(self) -> Ask:
        """The question that is asked now."""
        return self.questions[self._number]

    @property
    def answer_before(self) -> str:
        """What was answered to it before the writer went back, to be changed or kept."""
        return self.answers[self._number] if self._number < len(self.answers) else ""

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen for the finding in hand."""
        return options(self._in_hand)

    @property
    def new_sentence(self) -> tuple[Piece, ...]:
        """The sentence in hand as the decision under review would leave it, with what follows it."""
        return changed(self.draft.document, self._in_hand, self.decision or Skipped())

    @property
    def blanks(self) -> tuple[str, ...]:
        """What the writer has still to fill in before the decision under review can be accepted."""
        match self.decision:
            case Instead(words) if words in self.options:
                return blanks(words)
        return ()

    @property
    def in_hand(self) -> bool:
        """True when something was answered or chosen that is not yet decided on."""
        return self.decision is not None or any(answer.strip() for answer in self.answers)

    @property
    def changes(self) -> int:
        """How many decisions changed words."""
        return sum(one.changed for one in self.decided)

    # Moves

    def answer(self, words: str) -> Interview:
        """Answer the question, or leave it open with no words; after the last one the answers are reviewed.

        No answer at all skips the finding.
        """
        here, questions = self._number, self.questions
        answers = (*self.answers[:here], words, *self.answers[here + 1 :])
        if here + 1 < len(questions):
            return replace(self, answers=answers, _number=here + 1)
        answered = replace(self, answers=answers)
        return answered.so_far() if answered.in_hand else self.skip()

    def so_far(self) -> Interview:
        """Review the answers that there are; without one, it is the same."""
        if self.decision is not None or not self.in_hand:
            return self
        parts = ((ask.part, answer) for ask, answer in zip(self.questions, self.answers, strict=False))
        return replace(self, decision=Told(tuple((part, answer) for part, answer in parts if answer.strip())))

    def choose(self, number: int) -> Interview:
        """Review one of the options, counted from 0."""
        return self.say(self.options[number])

    def say(self, words: str) -> Interview:
        """Review other words for those that were found, or the meaning of a short form."""
        kind = Spelt if self._in_hand.kind is Kind.ACRONYM else Instead
        return replace(self, decision=kind(words))

    def switch(self) -> Interview:
        """Let the answers take the place of the sentence, or follow it again."""
        if not isinstance(self.decision, Told):
            return self
        return replace(self, decision=replace(self.decision, replace=not self.decision.replace))

    def write(self, words: str) -> Interview:
        """Take the sentence as the writer has written it; one that is as it was is skipped."""
        match self.decision:
            case Spelt(offered) | Instead(offered) if offered in self.options:
                return self.decide(self._in_hand, Written(words), offered)
        return self.decide(self._in_hand, Written(words))

    def accept(self) -> Interview:
        """Put the decision under review in the draft; raises SosLintError where it cannot be."""
        if self.decision is None or self.blanks:
            raise ValueError("there is nothing to accept yet")
        return self.decide(self._in_hand, self.decision)

    def skip(self, *, rule: bool = False) -> Interview:
        """Leave the finding in hand as it is, and with `rule` all others of its rule."""
        return self.decide(self._in_hand, Skipped(rule))

    def back(self) -> Interview:
        """Take back the last move: what is under review, the last answer, or the last decision."""
        if self.decision is not None:
            return replace(self, decision=None)
        if self._number > 0:
            return replace(self, _number=self._number - 1)
        return self if self._before is None else self._before

    def decide(self, finding: Finding, decision: Decision, offered: str = "") -> Interview:
        """Decide on any finding of the draft; words that stand there already change nothing.

        `offered` words came from the program, and what stands in them is not asked about. Raises
        SosLintError where the words cannot be put into the file.
        """
        made = hunks(self.draft.document, finding, decision)
        draft = self.draft.changed(made, self.lint) if made else self.draft
        aside = {Mark(mark.rule, at) for mark in self._aside if (at := moved(mark.at, made)) is not None}
        aside.update(_settled(finding, decision, made, draft, offered))
        kept = decision if made or isinstance(decision, Told | Skipped) else Skipped()
        record = Decided(finding.rule, finding.text, finding.sentence, place(finding), kept, bool(made))
        ruled = {finding.rule} if decision == Skipped(rule=True) else frozenset[str]()
        return Interview(
            draft,
            self.lint,
            (*self.decided, record),
            _aside=frozenset(aside),
            _rules_aside=self._rules_aside | ruled,
            _before=self,
        )

    def begun_here(self) -> Interview:
        """The same with nothing to go back to."""
        return replace(self, _before=None)

    @property
    def _in_hand(self) -> Finding:
        finding = self.finding
        if finding is None:
            raise ValueError("every place is decided on")
        return finding

    def _is_aside(self, finding: Finding) -> bool:
        return finding.rule in self._rules_aside or Mark(finding.rule, finding.at) in self._aside


def place(finding: Finding) -> str:
    """The place of a finding in its file, as a person would say it."""
    return finding.where or f"line {finding.start.line}"


def _settled(
    finding: Finding, decision: Decision, made: Sequence[Hunk], draft: Draft, offered: str
) -> Iterator[Mark]:
    """The findings of the draft, as it now is, that the decision has settled.

    They are what the rule still finds in the sentence, what touches words that the program offered, and for
    a short form, every other place of it.
    """
    at = sentence_at(finding)
    growth = sum(len(hunk.words) - len(hunk.at) for hunk in made)
    zone = Range(at.start, at.end + growth) if made else finding.at
    ours: tuple[Range, ...] = ()
    if isinstance(decision, Spelt | Instead) and decision.words in options(finding):
        ours = tuple(_new_places(made))
    elif offered:
        standing = re.compile(re.escape(offered), re.IGNORECASE).finditer(
            draft.document.text, zone.start, zone.end
        )
        ours = tuple(Range(*words.span()) for words in standing)
    for one in draft.findings:
        same = one.rule == finding.rule
        again = one.kind is Kind.ACRONYM and one.text.casefold() == finding.text.casefold()
        if (same and (zone.overlaps(one.at) or one.at == zone or again)) or any(
            words.overlaps(one.at) for words in ours
        ):
            yield Mark(one.rule, one.at)


def _new_places(made: Sequence[Hunk]) -> Iterator[Range]:
    """Where the new words stand once they are all put in."""
    shift = 0
    for hunk in made:
        start = hunk.at.start + shift
        yield Range(start, start + len(hunk.words))
        shift += len(hunk.words) - len(hunk.at)
