"""The parts of the page, in order: what each is called and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.audit.summary import Summary


class Part(NamedTuple):
    """One chart with its table. `what` heads the names, `of` the column of what the figure is taken of."""

    id: str
    title: str
    says: str
    what: str
    nobody: str = ""
    of: str = "Words"
    found: str = "Places"


def parts_of(summary: Summary) -> Iterator[Part]:
    """The parts that have something to show."""
    return (part for part in _parts(summary) if summary.table(part.id).lines)


def _parts(summary: Summary) -> Iterator[Part]:
    before, after = summary.halves or ("", "")
    span = f"{after}, against {before}"
    rates = "Places to make clearer in 1,000 words"
    dated = len(summary.periods) > 0
    grouped = any(line.name for line in summary.table("group").lines)
    if dated:
        yield Part(
            "period", "Over time", f"{rates}, by {summary.step}.", summary.step.capitalize(), "No date"
        )
    if grouped:
        yield Part(
            "group",
            "By team",
            f"{rates}. The upright line is the whole archive. Only where a team's own line does not reach it "
            "does the team differ by more than chance.",
            "Team",
            "No team",
        )
        yield Part(
            "group-change",
            "Which teams changed",
            f"How many times as many places in 1,000 words: {span}. Left of the upright line is fewer.",
            "Team",
            "No team",
        )
    yield Part("kind", "By kind", f"{rates}, by what they are.", "Kind")
    yield Part(
        "kind-change",
        "Which kinds changed",
        f"How many times as many places in 1,000 words: {span}. Left of the upright line is fewer.",
        "Kind",
    )
    yield Part("rule", "Terms used most", f"{rates}, by rule: the twenty with the most.", "Rule")
    yield Part(
        "rule-change",
        "Terms that changed for certain",
        f"How many times as many places in 1,000 words: {span}. Those that fell most come first; terms that "
        "may have changed by chance alone are left out.",
        "Rule",
    )
    told = (
        "The share of broad terms (such as “neglect”) near which the note says what was done, how often, the "
    )
    told += "worst time, and what it was like for the child"
    if dated:
        yield Part(
            "told-period",
            "Broad terms told in full, over time",
            f"{told}, by {summary.step}.",
            summary.step.capitalize(),
            "No date",
            "Broad terms",
            "Told in full",
        )
    if grouped:
        yield Part(
            "told-group",
            "Broad terms told in full, by team",
            f"{told}. The upright line is the whole archive.",
            "Team",
            "No team",
            "Broad terms",
            "Told in full",
        )
    yield Part(
        "told-part",
        "What is told of broad terms",
        "The share of broad terms near which the note tells each of the four parts.",
        "Part",
        "",
        "Broad terms",
        "Told",
    )
