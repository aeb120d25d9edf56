"""What stands in the page as a document, and its places as a browser counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette")

from sos_lint.document import BlockKind, Cell
from sos_lint.web.texts import Line, Units, document_of, whole

SIGNS = st.text(st.sampled_from("ab 😀\u202eé\n𝔘\u200d"), max_size=40)


@given(SIGNS)
def test_a_place_is_counted_as_a_browser_does(text: str) -> None:
    """The units before a place are those of the words before it."""
    units = Units(text)
    for offset in range(len(text) + 1):
        assert units.of(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(st.text(max_size=30))
def test_halves_of_signs_are_taken_out_and_nothing_moves(text: str) -> None:
    broken = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") + "\ud800"
    mended = whole(broken)
    assert len(mended.encode("utf-16-le")) == len(broken.encode("utf-16-le", "surrogatepass"))
    mended.encode("utf-8")


@given(
    SIGNS,
    st.lists(st.sampled_from([Line(), Line(BlockKind.HEADING, 1), Line(cell=Cell(1, 1, 1))]), max_size=5),
)
def test_lines_keep_what_they_were(text: str, lines: list[Line]) -> None:
    """Each line with words is a block, whose places are those of the text."""
    document = document_of(text, tuple(lines))
    filled = [n for n, line in enumerate(text.split("\n")) if line.strip(" \u202e\u200d")]
    kinds = [(lines[n] if n < len(lines) else Line()).kind for n in filled]
    assert [block.kind for block in document.blocks] == kinds
    for number, block in zip(filled, document.blocks, strict=True):
        place = document.place(block.at)
        start = sum(len(line) + 1 for line in text.split("\n")[:number])
        assert start <= place.start <= place.end <= start + len(text.split("\n")[number])


def test_a_line_is_told_and_read_again() -> None:
    for line in (Line(), Line(BlockKind.TABLE_CELL, 0, Cell(1, 2, 3), "table 1, row 2, column 3")):
        assert Line.told(line.plain) == line


@pytest.mark.parametrize(
    "plain", [["paragraph", -1, None, None], ["x", 0, None, None], ["paragraph", 0, [1], None], [], "abc", 7]
)
def test_what_is_no_line_is_refused(plain: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        Line.told(plain)
