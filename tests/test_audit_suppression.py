"""Small counts are kept back, and nobody can work them out from what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.audit.suppression import hidden

# The parts of one total, and those that are hidden at a threshold of 5.
ONE_TOTAL: dict[str, tuple[dict[str, int], set[str]]] = {
    "nothing small": ({"a": 10, "b": 20}, set()),
    "zeros are shown": ({"a": 0, "b": 20}, set()),
    "one small one takes the next": ({"a": 3, "b": 20, "c": 30}, {"a", "b"}),
    "two that come to enough": ({"a": 3, "b": 4, "c": 30}, {"a", "b"}),
    "two that do not": ({"a": 1, "b": 2, "c": 30, "d": 40}, {"a", "b", "c"}),
    "a zero hides nothing": ({"a": 3, "b": 0, "c": 30}, {"a", "c"}),
    "nobody else is there": ({"a": 3, "b": 0}, {"a", "total"}),
}


@pytest.mark.parametrize(("counts", "out"), ONE_TOTAL.values(), ids=ONE_TOTAL)
def test_the_parts_of_one_total(counts: dict[str, int], out: set[str]) -> None:
    everything = {**counts, "total": sum(counts.values())}
    assert hidden(everything, [("total", list(counts))], 5) == out


TABLES = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4)


@given(TABLES, st.integers(2, 8))
def test_no_sum_tells_what_is_hidden_in_it(rows: list[list[int]], threshold: int) -> None:
    """In a table with totals of its rows, columns and all, every sum that is shown has either nothing
    but zeros hidden in it, or two cells or more that come to the threshold."""
    counts: dict[tuple[object, ...], int] = {("all",): sum(map(sum, rows))}
    sums: list[tuple[tuple[object, ...], list[tuple[object, ...]]]] = []
    for r, row in enumerate(rows):
        counts["row", r] = sum(row)
        sums.append((("row", r), [("cell", r, c) for c in range(3)]))
        for c, count in enumerate(row):
            counts["cell", r, c] = count
    for c in range(3):
        counts["column", c] = sum(row[c] for row in rows)
        sums.append((("column", c), [("cell", r, c) for r in range(len(rows))]))
    sums.append((("all",), [("row", r) for r in range(len(rows))]))
    sums.append((("all",), [("column", c) for c in range(3)]))
    out = hidden(counts, sums, threshold)
    assert {cell for cell, count in counts.items() if 0 < count < threshold} <= out
    for whole, parts in sums:
        inside = [part for part in parts if part in out]
        if whole not in out and any(counts[part] for part in inside):
            assert len(inside) >= 2 and sum(counts[part] for part in inside) >= threshold
        if whole in out and counts[whole]:
            assert inside


def test_what_is_to_be_hidden_anyway_is() -> None:
    assert hidden({"a": 50, "b": 60, "total": 110}, [("total", ["a", "b"])], 5, {"a"}) == {"a", "b"}
