"""Puts answers from a file into an interview: each at its place, in the order of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sos_lint.errors import SosLintError
from sos_lint.finding import Finding
from sos_lint.kinds import Kind
from sos_lint.rewrite.answers import Entry, Picked
from sos_lint.rewrite.decision import Decision, Instead, Spelt, blanks, hunks, options
from sos_lint.rewrite.draft import moved
from sos_lint.rewrite.interview import Interview, Mark, place


def replayed(interview: Interview, entries: Iterable[Entry]) -> tuple[Interview, tuple[Entry, ...]]:
    """The interview with the entries decided, and those that fit no place in the draft.

    An entry is bound to its place before anything changes; one that fits none then may be about words that
    another entry brings in. Raises SosLintError where an entry cannot be carried out.
    """
    wanted = [entry for entry in entries if entry.decision is not None]
    bound, rest = _bind(interview.draft.findings, wanted)
    while bound:
        mark, entry = bound.pop(0)
        finding = next((one for one in interview.draft.findings if (one.rule, one.at) == mark), None)
        if finding is None:  # settled by an answer before it
            continue
        decision = _resolved(entry, finding)
        made = hunks(interview.draft.document, finding, decision)
        interview = interview.decide(finding, decision)
        bound = [(Mark(m.rule, at), e) for m, e in bound if (at := moved(m.at, made)) is not None]
    lost = []
    for entry in rest:
        again, _ = _bind(interview.open, [entry])
        for mark, _ in again:
            finding = next(one for one in interview.open if (one.rule, one.at) == mark)
            interview = interview.decide(finding, _resolved(entry, finding))
        if not again:
            lost.append(entry)
    return interview, tuple(lost)


def _bind(
    findings: Sequence[Finding], entries: Sequence[Entry]
) -> tuple[list[tuple[Mark, Entry]], list[Entry]]:
    """Each entry with the place that it fits best, in the order of the places; and those that fit none."""
    bound: dict[Mark, Entry] = {}
    rest = []
    for entry in entries:
        free = [one for one in findings if Mark(one.rule, one.at) not in bound and _fit(entry, one)]
        if free:
            best = max(free, key=lambda one: _fit(entry, one))
            bound[Mark(best.rule, best.at)] = entry
        else:
            rest.append(entry)
    return sorted(bound.items(), key=lambda item: (item[0].at.start, item[0].at.end, item[0].rule)), rest


def _fit(entry: Entry, finding: Finding) -> int:
    """How well an entry fits a finding: 0 not at all. The sentence tells more than the place, which moves."""
    if entry.rule != finding.rule or entry.words.casefold() not in ("", finding.text.casefold()):
        return 0
    if not entry.sentence and not entry.place:
        return 1
    return 2 * (entry.sentence == finding.sentence) + (entry.place == place(finding))


def _resolved(entry: Entry, finding: Finding) -> Decision:
    """The entry's decision, with a number as the words that it stands for."""
    decision = entry.decision
    if not isinstance(decision, Picked):
        if decision is None:
            raise ValueError("this entry is blank")
        return decision
    offered = options(finding)
    if not 0 < decision.number <= len(offered):
        many = f"There are {len(offered)} here." if offered else "None is offered here: write the words."
        raise SosLintError(entry.at, f"there is no number {decision.number} to choose.", many)
    words = offered[decision.number - 1]
    if blanks(words):
        raise SosLintError(entry.at, "this choice has blanks to fill in.", "Write it out in quotes.")
    return Spelt(words) if finding.kind is Kind.ACRONYM else Instead(words)
