from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.lsp.texts import Change, Lines, Span, Spot, Units, changed
from sos_lint.text import LineIndex, Range

TEXTS = st.text(st.sampled_from("ab \n\r\x0c\u2028é\u0301\U0001f9e1\U0001d49c“"), max_size=40)
UNITS = st.sampled_from(list(Units))

# text, units, code point, line, character
PLACES = [
    ("Tom hid.", Units.UTF_16, 4, 0, 4),
    ("\U0001f9e1 Tom", Units.UTF_16, 2, 0, 3),
    ("\U0001f9e1 Tom", Units.UTF_8, 2, 0, 5),
    ("\U0001f9e1 Tom", Units.UTF_32, 2, 0, 2),
    ("one\r\ntwo", Units.UTF_16, 5, 1, 0),
    ("one\rtwo\nthree", Units.UTF_16, 8, 2, 0),
    ("one\x0ctwo\u2028three", Units.UTF_16, 8, 0, 8),
    ("caf\u0065\u0301!", Units.UTF_16, 5, 0, 5),
    ("caf\u0065\u0301!", Units.UTF_8, 5, 0, 6),
    ("", Units.UTF_16, 0, 0, 0),
]


@pytest.mark.parametrize(("text", "units", "offset", "line", "character"), PLACES)
def test_a_place_in_the_units_of_the_editor(
    text: str, units: Units, offset: int, line: int, character: int
) -> None:
    lines = Lines(text, units)
    assert lines.spot(offset) == Spot(line, character)
    assert lines.offset(Spot(line, character)) == offset


@pytest.mark.parametrize(
    ("spot", "offset"),
    [
        pytest.param(Spot(9, 0), 6, id="after the last line"),
        pytest.param(Spot(0, 99), 2, id="after the end of a line"),
        pytest.param(Spot(1, 2), 4, id="within an emoji, which stands from 1 to 3"),
    ],
)
def test_a_spot_where_nothing_begins_is_the_nearest_before_it(spot: Spot, offset: int) -> None:
    assert Lines("ab\na\U0001f9e1b", Units.UTF_16).offset(spot) == offset


@given(TEXTS, UNITS, st.data())
def test_there_and_back(text: str, units: Units, data: st.DataObject) -> None:
    """Every code point has a spot, and the spot leads back to it; but inside a line end."""
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text, units)
    if text[offset - 1 : offset + 1] != "\r\n":
        assert lines.offset(lines.spot(offset)) == offset
    assert lines.spot(offset).line == LineIndex(text).position(offset).line - 1


@given(TEXTS, UNITS)
def test_a_line_has_as_many_units_as_its_code_has(text: str, units: Units) -> None:
    length = {Units.UTF_8: 1, Units.UTF_16: 2, Units.UTF_32: 4}[units]
    code = {Units.UTF_8: "utf-8", Units.UTF_16: "utf-16-le", Units.UTF_32: "utf-32-le"}[units]
    lines = Lines(text, units)
    line = lines.line(len(text))
    assert lines.spot(line.end).character == len(line.of(text).encode(code)) // length


@given(TEXTS, TEXTS, UNITS, st.data())
def test_a_change_of_a_span_is_a_change_of_its_code_points(
    text: str, words: str, units: Units, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    span = Lines(text, units).span(Range(start, end))
    assert changed(text, [Change(words, span)], units) == text[:start] + words + text[end:]


def test_each_change_speaks_of_what_those_before_it_made() -> None:
    first = Change("\U0001f9e1", Span(Spot(0, 0), Spot(0, 1)))
    second = Change("!", Span(Spot(0, 2), Spot(0, 3)))
    assert changed("abc", [first, second], Units.UTF_16) == "\U0001f9e1!c"
    assert changed("abc", [first, Change("new"), second], Units.UTF_16) == "ne!"
