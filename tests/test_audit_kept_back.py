"""Nobody can work out a small count from the tables of an audit, however they are laid side by side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from hypothesis import given, settings
from hypothesis import strategies as st

from sos_lint.audit.counts import Counts
from sos_lint.audit.figures import Sums
from sos_lint.audit.summary import Summary, summarise

THRESHOLD, WORDS, TOLD = 5, 50, "told"
KINDS = {"b/1": "broad-term", "b/2": "broad-term", "j/1": "jargon", "j/2": "jargon", "a/1": "acronym"}

Note: TypeAlias = tuple[str, str, list[str]]  # its period, its team, and the rules found in it, or TOLD
Atom: TypeAlias = tuple[str, str, int, str]  # period, team, half, and rule; of notes none
Test: TypeAlias = Callable[[Atom], bool]

FEW = st.lists(st.sampled_from([*KINDS, "j/1", "j/1", TOLD, TOLD]), max_size=3)
TEAMS, PERIODS = ("North", "North", "South", "Night", ""), ("2024-01", "2024-01", "2024-02", "2024-03", "")
NOTES = st.lists(st.tuples(st.sampled_from(PERIODS), st.sampled_from(TEAMS), FEW), min_size=1, max_size=60)


def halves(notes: list[Note]) -> Callable[[str], int]:
    periods = sorted({period for period, _, _ in notes if period})
    late = periods[len(periods) // 2 :]
    return lambda period: -1 if not period or len(periods) < 2 else int(period in late)


def counted(notes: list[Note]) -> Counts:
    half = halves(notes)
    found: dict[tuple[str, str, int], Sums] = {}
    told: dict[tuple[str, str, int], Sums] = {}
    each: dict[tuple[str, int], Sums] = {}
    exposure: dict[int, Sums] = {}
    for period, team, rules in notes:
        key = period, team, half(period)
        counts = Counter(rules)
        for name, x in [("", len(rules) - counts[TOLD]), *((rule, counts[rule]) for rule in KINDS)]:
            pile = Sums(1, WORDS, x, x * x, x * WORDS, WORDS * WORDS)
            each[name, key[2]] = each.get((name, key[2]), Sums()).plus(pile)
            if not name:
                found[key] = found.get(key, Sums()).plus(pile)
        t, m = counts[TOLD], counts[TOLD] + counts["b/1"] + counts["b/2"]
        if m:
            told[key] = told.get(key, Sums()).plus(Sums(1, m, t, t * t, t * m, m * m))
        exposure[key[2]] = Sums()
    rules = {rule for _, _, names in notes for rule in names if rule != TOLD}
    kinds: dict[tuple[str, int], Sums] = {}
    for rule in sorted(rules):
        for h in exposure:
            old = kinds.get((KINDS[rule], h))
            new = each[rule, h]
            kinds[KINDS[rule], h] = new if old is None else old._replace(found=old.found + new.found)
    periods = tuple(sorted({period for period, _, _ in notes if period}))
    return Counts(
        "month",
        periods,
        datetime.date(2024, 2, 1) if len(periods) > 1 else None,
        found,
        kinds,
        {(rule, h): each[rule, h] for rule in rules for h in exposure},
        {rule: KINDS[rule] for rule in rules},
        told,
        {},
    )


def is_open(atom: Atom) -> bool:
    return atom[3] != TOLD


def of_kind(kind: str) -> Test:
    return lambda atom: KINDS.get(atom[3]) == kind


def published(summary: Summary, what: str) -> Iterator[tuple[Test, int | None]]:
    """What the tables say: for each number that is shown, which of the atoms it counts.

    Of a change between two halves both are known, as their ratio and their sum are.
    """
    every: Test = is_open if what == "found" else lambda _: True
    names: dict[str, Callable[[str], Test]] = {
        "period": lambda name: lambda atom: atom[0] == name and every(atom),
        "group": lambda name: lambda atom: atom[1] == name and every(atom),
        "kind": of_kind if what == "found" else lambda _: every,
        "rule": (lambda name: lambda atom: atom[3] == name) if what == "found" else lambda _: every,
        "change": lambda _: every,
    }
    yield every, getattr(summary.whole, what)
    for id, test in names.items():
        tables = {table.id: table for table in summary.tables if table.id in (id, f"{id}-change")}
        for name, table in tables.items():
            for line in table.lines:
                value, within = getattr(line, what), test(line.name)
                if "change" not in name:
                    yield within, value
                    continue
                yield (lambda atom, within=within: within(atom) and atom[2] != -1), value
                if line.value is not None and what == "found":
                    yield (lambda atom, within=within: within(atom) and atom[2] == 0), -1
    if what == "found":
        broad: Test = lambda atom: atom[3] == TOLD or of_kind("broad-term")(atom)  # noqa: E731
        for id, at in (("told-all", None), ("told-period", 0), ("told-group", 1)):
            for line in summary.table(id).lines:
                here: Test = lambda atom, at=at, name=line.name: at is None or atom[at] == name  # noqa: E731
                yield (lambda atom, here=here: broad(atom) and here(atom)), line.of
                yield (lambda atom, here=here: atom[3] == TOLD and here(atom)), line.found
        if summary.table("group").whole is not None:
            yield is_open, -1


class Known:
    """Which sums of atoms follow from those that are known, by elimination."""

    def __init__(self) -> None:
        self._rows: dict[Atom, dict[Atom, Fraction]] = {}

    def rest(self, atoms: set[Atom]) -> dict[Atom, Fraction]:
        """What is left of a sum when all that is known is taken away; nothing: it is known."""
        left = dict.fromkeys(atoms, Fraction(1))
        while pivots := [atom for atom in left if atom in self._rows]:
            first = min(pivots)
            times = left[first]
            for atom, factor in self._rows[first].items():
                left[atom] = left.get(atom, Fraction(0)) - times * factor
                if not left[atom]:
                    del left[atom]
        return left

    def add(self, atoms: set[Atom]) -> None:
        if left := self.rest(atoms):
            first = min(left)
            self._rows[first] = {atom: factor / left[first] for atom, factor in left.items()}


def asked(atoms: set[Atom], what: str) -> Iterator[Test]:
    """The counts that nobody is to know where they are small."""
    every: Test = is_open if what == "found" else lambda _: True
    yield every
    for at in (0, 1, 2, 3):
        for name in {atom[at] for atom in atoms}:
            yield lambda atom, at=at, name=name: atom[at] == name and (every(atom) or at == 3)
            yield lambda atom, at=at, name=name: atom[at] == name and atom[3] == TOLD
            if at in (1, 3):
                for half in (0, 1, -1):
                    yield (
                        lambda atom, at=at, name=name, half=half: (
                            atom[at] == name and atom[2] == half and (every(atom) or at == 3)
                        )
                    )
    for kind in set(KINDS.values()):
        yield of_kind(kind)
        for half in (0, 1, -1):
            yield lambda atom, kind=kind, half=half: of_kind(kind)(atom) and atom[2] == half


@settings(deadline=None)
@given(NOTES, st.sampled_from(["notes", "found"]))
def test_no_small_count_follows_from_all_that_is_shown(notes: list[Note], what: str) -> None:
    half = halves(notes)
    truth: Counter[Atom] = Counter()
    for period, team, rules in notes:
        for name in rules if what == "found" else [""]:
            truth[period, team, half(period), name] += 1
    keys = {(period, team, half(period)) for period, team, _ in notes}
    found = {rule for _, _, rules in notes for rule in rules if rule != TOLD}
    atoms = {(*key, name) for key in keys for name in ([*found, TOLD] if what == "found" else [""])}
    known = Known()
    for test, value in published(summarise(counted(notes), THRESHOLD), what):
        if value is not None:
            inside = set(filter(test, atoms))
            assert value in (-1, sum(truth[atom] for atom in inside))
            known.add(inside)
    for test in asked(atoms, what):
        inside = set(filter(test, atoms))
        if 0 < sum(truth[atom] for atom in inside) < THRESHOLD:
            assert known.rest(inside), "a small count can be worked out"
