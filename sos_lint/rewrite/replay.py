"""Puts answers from a file into an interview, each at its place."""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.errors import SosLintError
from sos_lint.finding import NOWHERE, Finding
from sos_lint.kinds import Kind
from sos_lint.rewrite.answers import Entry, Picked
from sos_lint.rewrite.decision import Decision, Instead, Spelt, blanks, hunks, options
from sos_lint.rewrite.draft import moved
from sos_lint.rewrite.interview import Interview, Mark, place


def replayed(interview: Interview, entries: Iterable[Entry]) -> tuple[Interview, tuple[Entry, ...]]:
    """The interview with the entries decided, and those that fit no place in the draft.

    An entry goes to the first place that is still open and fits it as the draft then stands, so that what an
    interview has kept comes out the same. Else it goes to the place that it fitted before anything changed,
    as one of a file that was filled in may do. Raises SosLintError where an entry cannot be carried out.
    """
    replay = _Replay(interview, tuple(entries))
    lost = replay.run(replay.run(replay.entries))  # once more, for places that a later entry brought in
    return replay.interview, tuple(lost)


class _Replay:
    """One replay. `_places` holds where entries fitted at first, `_blank` what blank entries stand for."""

    def __init__(self, interview: Interview, entries: tuple[Entry, ...]) -> None:
        self.interview = interview
        self.entries = entries
        self._places: dict[str, Mark] = {}
        self._blank: list[Mark] = []
        for entry in entries:
            taken = self._places.values()
            best = _best(entry, (one for one in interview.open if _mark(one) not in taken))
            if best is not None:
                self._places[entry.at] = _mark(best)

    def run(self, entries: Iterable[Entry]) -> list[Entry]:
        """Decide on these entries in their order; those that fit nowhere are given back."""
        lost = []
        for entry in entries:
            free = (one for one in self.interview.open if _mark(one) not in self._blank)
            finding = _best(entry, free) or self._at_first(entry)
            if entry.decision is None:
                self._blank += [] if finding is None else [_mark(finding)]
            elif finding is not None:
                self._decide(finding, _resolved(entry, entry.decision, finding))
            elif entry.at not in self._places:
                lost.append(entry)  # else an answer before it has settled its place
        return lost

    def _at_first(self, entry: Entry) -> Finding | None:
        here = self._places.get(entry.at)
        return next((one for one in self.interview.open if _mark(one) == here), None)

    def _decide(self, finding: Finding, decision: Decision) -> None:
        made = hunks(self.interview.draft.document, finding, decision)
        self.interview = self.interview.decide(finding, decision)
        moves = {key: (mark.rule, moved(mark.at, made)) for key, mark in self._places.items()}
        gone = Mark("", NOWHERE)  # its words were changed: the place stays known, but is nothing's any more
        self._places = {key: gone if at is None else Mark(rule, at) for key, (rule, at) in moves.items()}
        self._blank = [Mark(m.rule, at) for m in self._blank if (at := moved(m.at, made)) is not None]


def _mark(finding: Finding) -> Mark:
    return Mark(finding.rule, finding.at)


def _best(entry: Entry, findings: Iterable[Finding]) -> Finding | None:
    """The first of the findings that the entry fits best."""
    fitting = [(fit, one) for one in findings if (fit := _fit(entry, one))]
    return max(fitting, key=lambda item: item[0])[1] if fitting else None


def _fit(entry: Entry, finding: Finding) -> int:
    """How well an entry fits: 0 not at all. A sentence has to be the same; its place may have moved."""
    if entry.rule != finding.rule or entry.words.casefold() not in ("", finding.text.casefold()):
        return 0
    here = entry.place in ("", place(finding))
    if entry.sentence:
        return (1 + here) if entry.sentence == finding.sentence else 0
    return int(here)


def _resolved(entry: Entry, decision: Decision | Picked, finding: Finding) -> Decision:
    """The decision, with a number as the words that it stands for."""
    if not isinstance(decision, Picked):
        return decision
    offered = options(finding)
    if not 0 < decision.number <= len(offered):
        many = f"There are {len(offered)} here." if offered else "None is offered here: write the words."
        raise SosLintError(entry.at, f"there is no number {decision.number} to choose.", many)
    words = offered[decision.number - 1]
    if blanks(words):
        raise SosLintError(entry.at, "this choice has blanks to fill in.", "Write it out in quotes.")
    return Spelt(words) if finding.kind is Kind.ACRONYM else Instead(words)
