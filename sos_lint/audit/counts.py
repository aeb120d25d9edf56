"""Counts what an audit found, by DuckDB: sums over notes, by time, group, kind, rule and part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb

from sos_lint.audit.database import database, quoted
from sos_lint.audit.figures import Sums, total
from sos_lint.audit.run import FINDINGS, NOTES, PRIVATE
from sos_lint.errors import BadOption
from sos_lint.kinds import Kind
from sos_lint.readers import shown

Key = TypeVar("Key")

# How a day is put into a period, from the finest.
PERIODS = {
    "month": "strftime(date, '%Y-%m')",
    "quarter": "year(date) || ' Q' || quarter(date)",
    "year": "year(date)::VARCHAR",
}
_MOST = 24  # periods that a chart shows well
MOST_GROUPS = 200  # that stand by themselves; who names a column of families has as many as families
NOBODY = ""  # the group of notes without one, and the period of those without a date


class Between(NamedTuple):
    """Notes from the first day on, and before the last one; None: no limit."""

    first: date | None = None
    end: date | None = None

    @property
    def condition(self) -> str:
        """The same in SQL."""
        tests = [f"date {sign} DATE {quoted(day.isoformat())}" for sign, day in self._limits() if day]
        return " AND ".join(tests) or "true"

    def _limits(self) -> tuple[tuple[str, date | None], ...]:
        return (">=", self.first), ("<", self.end)


class Counts(NamedTuple):
    """The sums of what was found. A half is 0 or 1 (of the time that the notes span), or -1 without a date.

    `found` is by period, group and half, the rest by what it is and half. `told` and `parts` are of broad
    terms: of how many places how many are told in full, or tell this part.
    """

    step: str
    periods: tuple[str, ...]
    middle: date | None
    found: Mapping[tuple[str, str, int], Sums]
    kinds: Mapping[tuple[str, int], Sums]
    rules: Mapping[tuple[str, int], Sums]
    kind_of: Mapping[str, str]
    told: Mapping[tuple[str, str, int], Sums]
    parts: Mapping[tuple[str, int], Sums]

    @property
    def whole(self) -> Sums:
        """All notes."""
        return total(self.found.values())

    def by_period(self) -> dict[str, Sums]:
        """The notes of each period, in order; last those without a date."""
        return ordered(_by(self.found, lambda key: key[0]))

    def by_group(self) -> dict[str, Sums]:
        """The notes of each group, in the order of the names; last those without one."""
        return ordered(_by(self.found, lambda key: key[1]))

    def half(self, number: int) -> Sums:
        """The notes of one half."""
        return total(pile for key, pile in self.found.items() if key[2] == number)


def _by(piles: Mapping[Any, Sums], key: Callable[[Any], Key]) -> dict[Key, Sums]:
    out: dict[Key, Sums] = {}
    for name, pile in piles.items():
        out[key(name)] = out.get(key(name), Sums()).plus(pile)
    return out


def ordered(piles: Mapping[str, Sums]) -> dict[str, Sums]:
    """The same in the order of the names; last what has none."""
    return {name: piles[name] for name in sorted(piles, key=lambda name: (name == NOBODY, name))}


def merged(piles: Mapping[tuple[str, int], Sums]) -> dict[str, Sums]:
    """The same of all halves together."""
    return _by(piles, lambda key: key[0])


def shares_by(piles: Mapping[tuple[str, str, int], Sums], at: int) -> dict[str, Sums]:
    """The same by period (0) or group (1)."""
    return ordered(_by(piles, lambda key: key[at]))


def count(folder: Path, step: str | None = None, between: Between | None = None) -> Counts:
    """The counts of an audit that is done; raises BadOption where there is none."""
    if not all((folder / name).exists() for name in (NOTES, FINDINGS)):
        hint = "Run `sos-lint audit` with --out on this folder first."
        raise BadOption(shown(str(folder)), "there is no audit in this folder that is done.", hint)
    with closing(database(spill=folder / PRIVATE / "spill")) as here:
        notes = f"read_parquet({quoted(str(folder / NOTES))})"
        where = f"word_count IS NOT NULL AND ({(between or Between()).condition})"
        here.execute(f"CREATE VIEW kept AS SELECT * FROM {notes} WHERE {where}")
        chosen, periods, middle = _time(here, step)
        half = "-1" if middle is None else f"CASE WHEN date < DATE '{middle}' THEN 0 WHEN true THEN 1 END"
        here.execute(
            f"CREATE VIEW n AS SELECT row, coalesce({PERIODS[chosen]}, '') AS p, {_group(here)} AS g, "
            f"CASE WHEN date IS NULL THEN -1 ELSE {half} END AS h, word_count::BIGINT AS w FROM kept"
        )
        here.execute(f"CREATE VIEW f AS SELECT * FROM read_parquet({quoted(str(folder / FINDINGS))})")
        return _counted(here, chosen, periods, middle)


def _group(here: duckdb.DuckDBPyConnection) -> str:
    """What puts a note into its group, in SQL: those that have the most notes are told apart."""
    name = "coalesce(\"group\", '')"
    here.execute(
        f"CREATE TABLE apart AS SELECT {name} AS g FROM kept GROUP BY 1 ORDER BY count(*) DESC, 1 "
        f"LIMIT {MOST_GROUPS}"
    )
    (groups,) = here.execute(f"SELECT count(DISTINCT {name}) FROM kept").fetchall()[0]
    others = quoted(f"{groups - MOST_GROUPS:,} others")
    return f"CASE WHEN {name} IN (SELECT g FROM apart) THEN {name} ELSE {others} END"


def _time(here: duckdb.DuckDBPyConnection, step: str | None) -> tuple[str, tuple[str, ...], date | None]:
    """The steps of time, the periods in order, and the day on which the later half of them begins."""
    chosen, rows = "month", []
    for chosen in [step] if step else PERIODS:
        query = f"SELECT {PERIODS[chosen]} AS p, min(date_trunc('{chosen}', date))::DATE FROM kept "
        rows = here.execute(query + "WHERE date IS NOT NULL GROUP BY p ORDER BY p").fetchall()
        if len(rows) <= _MOST:
            break
    middle = rows[len(rows) // 2][1] if len(rows) > 1 else None
    return chosen, tuple(row[0] for row in rows), middle


def _counted(
    here: duckdb.DuckDBPyConnection, step: str, periods: tuple[str, ...], middle: date | None
) -> Counts:
    # What is told in full asks for nothing, and is counted only among the shares.
    open_places = "f WHERE unpacked IS DISTINCT FROM true"
    base = "SELECT p, g, h, count(*), sum(w), 0, 0, 0, sum(w * w) FROM n GROUP BY p, g, h"
    exposure = {(p, g, h): _sums(row) for p, g, h, *row in here.execute(base).fetchall()}
    found = {
        (p, g, h): _with(exposure[p, g, h], row)
        for p, g, h, *row in here.execute(_per_note(open_places, "", "p, g, h")).fetchall()
    }
    halves = _by(exposure, lambda key: key[2])
    kinds = here.execute(_per_note(open_places, "kind", "kind, h")).fetchall()
    rules = here.execute(_per_note(open_places, "rule, kind", "rule, kind, h")).fetchall()
    broad = f"f WHERE kind = '{Kind.BROAD_TERM.value}' AND unpacked IS NOT NULL"
    told = f"SELECT row, count(*) AS m, count(*) FILTER (WHERE unpacked) AS t FROM {broad} GROUP BY row"
    parts = (
        "SELECT row, part, count(*) AS m, sum(t)::BIGINT AS t FROM ("
        f"SELECT row, unnest(told) AS part, 1 AS t FROM {broad} "
        f"UNION ALL SELECT row, unnest(open), 0 FROM {broad}) GROUP BY row, part"
    )
    return Counts(
        step,
        periods,
        middle,
        {**exposure, **found},
        _in_each({(kind, h): row for kind, h, *row in kinds}, halves),
        _in_each({(rule, h): row for rule, _, h, *row in rules}, halves),
        {rule: kind for rule, kind, *_ in rules},
        {(p, g, h): _sums(row) for p, g, h, *row in here.execute(_shares(told, "p, g, h")).fetchall()},
        {(part, h): _sums(row) for part, h, *row in here.execute(_shares(parts, "part, h")).fetchall()},
    )


def _in_each(
    found: Mapping[tuple[str, int], list[Any]], halves: Mapping[int, Sums]
) -> dict[tuple[str, int], Sums]:
    """The sums of each name in each half. Where nothing was found in one, its words still count."""
    names = {name for name, _ in found}
    return {(name, h): _with(pile, found.get((name, h), ())) for name in names for h, pile in halves.items()}


def _per_note(places: str, kept: str, by: str) -> str:
    """The sums of what was found in each note, by these columns."""
    columns = f"row, {kept}" if kept else "row"
    return (
        f"SELECT {by}, sum(x), sum(x * x), sum(x * w) "
        f"FROM (SELECT {columns}, count(*)::BIGINT AS x FROM {places} GROUP BY {columns}) "
        f"JOIN n USING (row) GROUP BY {by}"
    )


def _shares(per_note: str, by: str) -> str:
    return (
        f"SELECT {by}, count(*), sum(m), sum(t), sum(t * t), sum(t * m), sum(m * m) "
        f"FROM ({per_note}) JOIN n USING (row) GROUP BY {by}"
    )


def _sums(row: Iterable[Any]) -> Sums:
    return Sums(*(int(value or 0) for value in row))


def _with(exposure: Sums, row: Iterable[Any]) -> Sums:
    found, xx, xw = [int(value or 0) for value in row] or (0, 0, 0)
    return exposure._replace(found=found, xx=xx, xw=xw)


class Problem(NamedTuple):
    """What is wrong with some rows, and how many."""

    what: str
    rows: int


# A spreadsheet takes what begins so for a formula, which may fetch or run something.
_IS_FORMULA = r"regexp_matches(id, '^[=+@\t\r-]') AND try_cast(id AS DOUBLE) IS NULL"
_SAFE_ID = f"CASE WHEN {_IS_FORMULA} THEN chr(39) || id ELSE id END"


def list_problems(folder: Path) -> list[Problem]:
    """Write every row that has something wrong into `problems.csv`; how many there are of each kind."""
    from sos_lint.audit.columns import NO_ID, TWICE

    listed = folder / "problems.csv"
    new = folder / ".problems.csv.new"
    with closing(database(spill=folder / PRIVATE / "spill")) as here:
        here.execute(f"CREATE VIEW n AS SELECT * FROM read_parquet({quoted(str(folder / NOTES))})")
        twice = "id IN (SELECT id FROM n GROUP BY id HAVING count(*) > 1)"
        here.execute(
            f"CREATE VIEW wrong AS SELECT row, {_SAFE_ID} AS id, problem FROM ("
            "SELECT row, id, unnest(problems) AS problem FROM n "
            f"UNION ALL SELECT row, id, {quoted(NO_ID)} FROM n WHERE id IS NULL "
            f"UNION ALL SELECT row, id, {quoted(TWICE)} FROM n WHERE {twice})"
        )
        here.execute(f"COPY (FROM wrong ORDER BY row, problem) TO {quoted(str(new))} (FORMAT csv)")
        new.chmod(0o600)
        new.replace(listed)
        query = "SELECT problem, count(*) FROM wrong GROUP BY problem ORDER BY 2 DESC, 1"
        return [Problem(what, int(rows)) for what, rows in here.execute(query).fetchall()]
