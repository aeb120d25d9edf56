"""What an audit comes to: tables of figures with their intervals, small counts kept back.

The same tables make `summary.parquet` and the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sos_lint.audit.counts import Counts, merged, ordered
from sos_lint.audit.figures import (
    CONFIDENCE,
    Interval,
    Sums,
    among,
    change,
    design_effect,
    dispersion,
    rate,
    share,
    total,
)
from sos_lint.audit.kept_back import (
    HALVES,
    TOLD_ALL,
    TOTAL,
    Cell,
    KeptBack,
    by_group_half,
    is_any_small,
    notes_of,
    told_tables,
)

SMALL = 5  # counts below it are kept back, unless said otherwise
_TOP = 20  # rules that are shown of those most used
_CHANGED = 15  # rules that are shown of those that fell, and of those that rose
_ENOUGH = 20  # places of a rule from which it is asked whether it changed
RATE, SHARE, TIMES = "rate", "share", "times"


class Line(NamedTuple):
    """One line of a table; `found` in `of` (words, or places). None: kept back, or not known.

    `verdict` says in a word what the interval says, where it says anything.
    """

    name: str
    notes: int | None
    of: int | None
    found: int | None
    value: Interval | None
    verdict: str = ""
    kept_back: bool = False


class Table(NamedTuple):
    """Some figures of one kind: a rate in 1,000 words, a share, or how many times as much as before."""

    id: str
    unit: str
    lines: tuple[Line, ...]
    whole: Interval | None = None
    over_time: bool = False


class Summary(NamedTuple):
    """All tables of an audit, and what they rest on. `spread` is the dispersion of the counts of notes."""

    whole: Line
    step: str
    periods: tuple[str, ...]
    halves: tuple[str, str] | None
    spread: float
    threshold: int
    tables: tuple[Table, ...]

    def table(self, id: str) -> Table:
        """The table of this name."""
        return next(table for table in self.tables if table.id == id)


def summarise(counts: Counts, threshold: int = SMALL) -> Summary:
    """The tables of these counts."""
    out = KeptBack(counts, threshold)
    spread = dispersion(counts.found.values())
    whole = _line("all", counts.whole, rate(counts.whole, spread), [TOTAL], out)
    tables = (
        _rates("period", counts.by_period(), out, spread, over_time=True),
        _changes("change", _both_halves(counts), "half", out, spread),
        _compared("group", counts.by_group(), out, spread, whole.value),
        _changes("group-change", _halves(by_group_half(counts)), "group", out, spread),
        _rates("kind", merged(counts.kinds), out, by_count=True, each_spread=_spreads(counts.kinds)),
        _changes("kind-change", _halves(counts.kinds), "kind", out, each_spread=_spreads(counts.kinds)),
        _rates(
            "rule", merged(counts.rules), out, by_count=True, each_spread=_spreads(counts.rules), top=_TOP
        ),
        _rule_changes(counts, out),
        *_share_tables(counts, out),
    )
    return Summary(whole, counts.step, counts.periods, _named_halves(counts), spread, threshold, tables)


def _named_halves(counts: Counts) -> tuple[str, str] | None:
    if counts.middle is None:
        return None
    half = len(counts.periods) // 2
    first, second = counts.periods[:half], counts.periods[half:]
    return f"{first[0]} to {first[-1]}", f"{second[0]} to {second[-1]}"


def _halves(piles: Mapping[tuple[str, int], Sums]) -> dict[str, tuple[Sums, Sums]]:
    """Of each name both halves, where there are two."""
    both = {name for name, half in piles if half == 0} & {name for name, half in piles if half == 1}
    return {name: (piles[name, 0], piles[name, 1]) for name in sorted(both, key=lambda one: (not one, one))}


def _both_halves(counts: Counts) -> dict[str, tuple[Sums, Sums]]:
    return {"all": (counts.half(0), counts.half(1))} if counts.middle is not None else {}


def _spreads(piles: Mapping[tuple[str, int], Sums]) -> dict[str, float]:
    names = {name for name, _ in piles}
    return {name: dispersion(pile for key, pile in piles.items() if key[0] == name) for name in names}


def _line(
    name: str,
    pile: Sums,
    value: Interval | None,
    cells: Sequence[Cell],
    out: KeptBack,
    verdict: str = "",
) -> Line:
    """A line about some cells: what is kept back of any of them is kept back of it."""
    if not out.notes.isdisjoint(map(notes_of, cells)):
        return Line(name, None, None, None, None, kept_back=True)
    if not out.found.isdisjoint(cells):
        return Line(name, pile.notes, pile.words, None, None, kept_back=True)
    return Line(name, pile.notes, pile.words, pile.found, value, verdict)


def _rates(
    id: str,
    piles: Mapping[str, Sums],
    out: KeptBack,
    spread: float = 1.0,
    *,
    each_spread: Mapping[str, float] | None = None,
    by_count: bool = False,
    over_time: bool = False,
    top: int | None = None,
) -> Table:
    names = sorted(piles, key=lambda name: (-piles[name].found, name)) if by_count else list(piles)
    lines = [
        _line(name, pile, rate(pile, (each_spread or {}).get(name, spread)), [(id, name)], out)
        for name, pile in ((name, piles[name]) for name in names[:top])
    ]
    return Table(id, RATE, tuple(lines), over_time=over_time)


def _compared(
    id: str, piles: Mapping[str, Sums], out: KeptBack, spread: float, whole: Interval | None
) -> Table:
    """Rates beside that of the whole. All intervals hold together: none stands out by chance alone."""
    level = among(len(piles))
    lines = []
    for name, pile in piles.items():
        value = rate(pile, spread, level)
        lines.append(_line(name, pile, value, [(id, name)], out, _beside(value, whole)))
    return Table(id, RATE, tuple(lines), whole)


def _beside(value: Interval | None, whole: Interval | None) -> str:
    if value is None or whole is None:
        return ""
    if value.low > whole.value:
        return "more than the whole"
    return "fewer than the whole" if value.high < whole.value else "like the whole"


def _verdict(value: Interval | None) -> str:
    if value is None:
        return ""
    if value.high < 1:
        return "fewer"
    return "more" if value.low > 1 else "no certain change"


def _changes(
    id: str,
    halves: Mapping[str, tuple[Sums, Sums]],
    what: str,
    out: KeptBack,
    spread: float = 1.0,
    *,
    each_spread: Mapping[str, float] | None = None,
) -> Table:
    level = among(len(halves))
    lines = []
    for name, (before, after) in halves.items():
        value = change(before, after, (each_spread or {}).get(name, spread), level)
        cells: list[Cell] = [(what, half) if what == "half" else (what, name, half) for half in HALVES]
        lines.append(_line(name, before.plus(after), value, cells, out, _verdict(value)))
    return Table(id, TIMES, tuple(lines))


def _rule_changes(counts: Counts, out: KeptBack) -> Table:
    """The rules of which it is certain that they changed: those that fell most first."""
    often = {
        name: both for name, both in _halves(counts.rules).items() if both[0].plus(both[1]).found >= _ENOUGH
    }
    table = _changes("rule-change", often, "rule", out, each_spread=_spreads(counts.rules))
    told = sorted(
        (
            (line.value.value, line)
            for line in table.lines
            if line.value and line.verdict in ("fewer", "more")
        ),
        key=lambda pair: (pair[0], pair[1].name),
    )
    fell = [line for _, line in told if line.verdict == "fewer"][:_CHANGED]
    rose = [line for _, line in told if line.verdict == "more"][-_CHANGED:]
    return table._replace(lines=(*fell, *rose))


def _share_tables(counts: Counts, out: KeptBack) -> Iterator[Table]:
    """Of the broad terms, how many say in full what happened; and of each part, how many tell it."""
    spread = design_effect(counts.told.values())
    all_told = total(counts.told.values())
    whole = _share("all", all_told, share(all_told, spread), kept_back=(TOLD_ALL, "all") in out.told)
    yield Table(TOLD_ALL, SHARE, (whole,))
    for id, piles in told_tables(counts).items():
        level = among(len(piles)) if id == "told-group" else CONFIDENCE
        lines = (
            _share(name, pile, share(pile, spread, level), kept_back=(id, name) in out.told)
            for name, pile in piles.items()
        )
        yield Table(id, SHARE, tuple(lines), whole.value, over_time=id == "told-period")
    parts = (
        _share(
            name,
            pile,
            share(pile, design_effect([pile])),
            kept_back=whole.kept_back or is_any_small(pile, out.threshold),
        )
        for name, pile in ordered(merged(counts.parts)).items()
    )
    yield Table("told-part", SHARE, tuple(parts))


def _share(name: str, pile: Sums, value: Interval | None, *, kept_back: bool) -> Line:
    if kept_back:
        return Line(name, None, None, None, None, kept_back=True)
    return Line(name, pile.notes, pile.words, pile.found, value)


SCHEMA = pa.schema(
    [
        ("table", pa.string()),
        ("name", pa.string()),
        ("unit", pa.string()),
        ("notes", pa.int64()),
        ("of", pa.int64()),
        ("found", pa.int64()),
        ("low", pa.float64()),
        ("value", pa.float64()),
        ("high", pa.float64()),
        ("verdict", pa.string()),
        ("kept_back", pa.bool_()),
    ]
)


def write_summary(summary: Summary, folder: Path) -> None:
    """Put every line of every table into `summary.parquet`."""
    all_tables = (Table("all", RATE, (summary.whole,)), *summary.tables)
    rows = [
        {
            "table": table.id,
            "name": line.name,
            "unit": table.unit,
            "notes": line.notes,
            "of": line.of,
            "found": line.found,
            **(line.value._asdict() if line.value else {}),
            "verdict": line.verdict,
            "kept_back": line.kept_back,
        }
        for table in all_tables
        for line in table.lines
    ]
    new = folder / ".summary.parquet.new"
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), new)
    new.chmod(0o600)
    new.replace(folder / "summary.parquet")
