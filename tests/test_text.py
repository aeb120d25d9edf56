"""Ranges, and lines and columns of code points."""

from __future__ import annotations

import pytest

from sos_lint.text import LineIndex, Position, Range


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_what_is_no_range_cannot_be_built(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a range"):
        Range(start, end)


def test_a_range_counts_code_points() -> None:
    assert Range(1, 3).of("a😀éb") == "😀é"
    assert len(Range(1, 3)) == 2


def test_an_empty_range_is_still_a_place() -> None:
    assert Range(2, 2)
    assert len(Range(2, 2)) == 0


PAIRS = {
    "the same": (Range(2, 5), Range(2, 5), True, True),
    "inside": (Range(2, 5), Range(3, 4), True, True),
    "across the end": (Range(2, 5), Range(4, 6), False, True),
    "around": (Range(3, 4), Range(2, 5), False, True),
    "touching": (Range(2, 5), Range(5, 6), False, False),
    "touching before": (Range(5, 6), Range(2, 5), False, False),
    "apart": (Range(2, 3), Range(7, 8), False, False),
    "empty, inside": (Range(2, 5), Range(3, 3), True, True),
    "empty, at the end": (Range(2, 5), Range(5, 5), True, False),
}


@pytest.mark.parametrize(("one", "other", "contains", "overlaps"), PAIRS.values(), ids=PAIRS)
def test_contains_and_overlaps(one: Range, other: Range, contains: bool, overlaps: bool) -> None:
    assert one.contains(other) is contains
    assert one.overlaps(other) is overlaps


TEXT = "Tom\nis\r\nsix.\r\r\n😀é\u2028x\n"
PLACES = {
    "start": (0, Position(1, 1)),
    "before a line end": (3, Position(1, 4)),
    "after it": (4, Position(2, 1)),
    "inside CR LF": (7, Position(2, 4)),
    "after CR LF": (8, Position(3, 1)),
    "after a lone CR": (13, Position(4, 1)),
    "after an empty line": (15, Position(5, 1)),
    "after a wide sign": (16, Position(5, 2)),
    "after a separator that ends no line": (18, Position(5, 4)),
    "one past the end": (20, Position(6, 1)),
}


@pytest.mark.parametrize(("offset", "position"), PLACES.values(), ids=PLACES)
def test_positions(offset: int, position: Position) -> None:
    assert LineIndex(TEXT).position(offset) == position


def test_positions_and_offsets_are_inverse() -> None:
    lines = LineIndex(TEXT)
    assert [lines.offset(lines.position(i)) for i in range(len(TEXT) + 1)] == list(range(len(TEXT) + 1))
