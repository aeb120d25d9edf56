"""Which figures of a summary are kept back: the small ones, and whatever would tell them.

All that is shown is seen as one set of sums: notes and places by time, team, kind, rule and half, and the
broad terms that are told in full or not. Those that are not told are counted as places, too, so that one
table could tell what another keeps back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from sos_lint.audit.counts import Counts, shares_by
from sos_lint.audit.figures import Sums, total
from sos_lint.audit.suppression import hidden, is_small
from sos_lint.kinds import Kind

Cell: TypeAlias = tuple[object, ...]
_Sum: TypeAlias = tuple[Cell, list[Cell]]

HALVES = (0, 1)
_HALVES = (*HALVES, -1)
TOTAL: Cell = ("total",)
TOLD_ALL = "told-all"
_TOLD = ("notes", "told", "open", "all")  # what a line of a table of shares shows, or lets one reckon
_BROAD: Cell = ("kind", Kind.BROAD_TERM.value)


class KeptBack:
    """The cells of notes and of places that are kept back, and the lines (table and name) of shares."""

    def __init__(self, counts: Counts, threshold: int) -> None:
        self.threshold = threshold
        piles, shares = _cells(counts), _shares(counts)
        sums = list(_sums(counts))
        notes = {cell: pile.notes for cell, pile in piles.items() if cell == notes_of(cell)}
        of_notes = [(whole, parts) for whole, parts in sums if all(cell in notes for cell in (whole, *parts))]
        self.notes = hidden(notes, of_notes, threshold)
        found = {cell: pile.found for cell, pile in piles.items()}
        lines = [tuple((*line, what) for what in _TOLD) for line in shares]
        for line, pile in shares.items():
            each = (pile.notes, pile.found, pile.words - pile.found, pile.words)
            found |= {(*line, what): count for what, count in zip(_TOLD, each, strict=True)}
        sums += _sums_of_shares(shares, found)
        self.found = hidden(found, sums, threshold, self.notes, lines)
        self.told = frozenset(line for line in shares if (*line, "all") in self.found)


def notes_of(cell: Cell) -> Cell:
    """The cell whose notes a cell is about: a kind or rule is looked for in all of them."""
    if cell[0] not in ("kind", "rule"):
        return cell
    return ("half", cell[2]) if len(cell) == 3 else TOTAL


def told_tables(counts: Counts) -> dict[str, dict[str, Sums]]:
    """The tables of broad terms told in full: by time and by team."""
    return {"told-period": shares_by(counts.told, 0), "told-group": shares_by(counts.told, 1)}


def is_any_small(pile: Sums, threshold: int) -> bool:
    """True for a share of which a part, or its notes, are few."""
    return any(is_small(count, threshold) for count in (pile.found, pile.words - pile.found, pile.notes))


def by_group_half(counts: Counts) -> dict[tuple[str, int], Sums]:
    """The notes of each group in each half."""
    out: dict[tuple[str, int], Sums] = {}
    for (_, group, half), pile in counts.found.items():
        out[group, half] = out.get((group, half), Sums()).plus(pile)
    return out


def _cells(counts: Counts) -> dict[Cell, Sums]:
    cells: dict[Cell, Sums] = {TOTAL: counts.whole}
    cells |= {("period", name): pile for name, pile in counts.by_period().items()}
    cells |= {("group", name): pile for name, pile in counts.by_group().items()}
    for half in _HALVES:
        cells["half", half] = counts.half(half)
    for what, piles in (("group", by_group_half(counts)), ("kind", counts.kinds), ("rule", counts.rules)):
        for name in {name for name, _ in piles}:
            cells[what, name] = total(piles.get((name, half), Sums()) for half in _HALVES)
            for half in _HALVES:
                cells[what, name, half] = piles.get((name, half), Sums())
    return cells


def _shares(counts: Counts) -> dict[tuple[str, str], Sums]:
    """The broad terms of each line of the tables of shares."""
    lines = {(TOLD_ALL, "all"): total(counts.told.values())}
    for id, piles in told_tables(counts).items():
        lines |= {(id, name): pile for name, pile in piles.items()}
    return lines


def _sums(counts: Counts) -> Iterator[_Sum]:
    """Which of the cells add up to which."""
    yield TOTAL, [("half", half) for half in _HALVES]
    yield TOTAL, [("period", name) for name in counts.by_period()]
    for half in _HALVES:
        inside = {p for p, _, h in counts.found if h == half}
        if counts.middle is not None:
            yield ("half", half), [("period", name) for name in sorted(inside)]
    names = {
        "group": {name for name, _ in by_group_half(counts)},
        "kind": {name for name, _ in counts.kinds},
        "rule": {name for name, _ in counts.rules},
    }
    for what, these in names.items():
        for name in sorted(these):
            yield (what, name), [(what, name, half) for half in _HALVES]
        if what != "rule":
            yield TOTAL, [(what, name) for name in sorted(these)]
            for half in _HALVES:
                yield ("half", half), [(what, name, half) for name in sorted(these)]
    for kind in sorted(names["kind"]):
        rules = sorted(rule for rule, its in counts.kind_of.items() if its == kind)
        yield ("kind", kind), [("rule", rule) for rule in rules]
        for half in _HALVES:
            yield ("kind", kind, half), [("rule", rule, half) for rule in rules]


def _sums_of_shares(lines: Iterable[tuple[str, str]], found: Mapping[Cell, int]) -> Iterator[_Sum]:
    """The same of the broad terms that are told or open, and how they hang together with the places."""
    tables: dict[str, list[str]] = {}
    for line in lines:
        id, name = line
        yield (*line, "all"), [(*line, "told"), (*line, "open")]
        if id != TOLD_ALL:
            tables.setdefault(id, []).append(name)
    for id, names in tables.items():
        for what in _TOLD:
            yield (TOLD_ALL, "all", what), [(id, name, what) for name in names]
    asked = (TOLD_ALL, "all", "open")
    if found.get(_BROAD, 0) == found[asked]:  # else some ask nothing, and nobody can tell how many
        if _BROAD in found:
            yield _BROAD, [asked]
        if found[TOTAL] == found[asked]:
            for id, names in tables.items():
                for name in names:
                    yield (id.removeprefix("told-"), name), [(id, name, "open")]
