"""Tables for lines, underlines, cuts and safe words in the columns of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sos_lint.reporters.clean import one_line, visible
from sos_lint.reporters.to_terminal.excerpt import columns_of, trim, underline, wrap
from sos_lint.text import Range

LINES = [
    ("empty", "", 10, []),
    ("fits", "a gull", 6, ["a gull"]),
    ("breaks", "a gull sat", 6, ["a gull", "sat"]),
    ("many spaces", "  a   gull  ", 20, ["a   gull"]),
    ("long word", "lighthousekeeper", 6, ["lighth", "ouseke", "eper"]),
    ("long word after a short one", "a lighthouse", 6, ["a", "lighth", "ouse"]),
    ("wide", "界界界 界", 6, ["界界界", "界"]),
    ("wide word cut", "界界界界", 5, ["界界", "界界"]),
    ("accents take no column", "e\u0301e\u0301e\u0301 x", 5, ["e\u0301e\u0301e\u0301 x"]),
    ("accents stay with their letter", "e\u0301" * 4, 3, ["e\u0301" * 3, "e\u0301"]),
    ("a no-break space holds", "12\u00a0May is near", 6, ["12\u00a0May", "is", "near"]),
]


@pytest.mark.parametrize(("text", "width", "lines"), [c[1:] for c in LINES], ids=[c[0] for c in LINES])
def test_lines_are_broken_by_columns(text: str, width: int, lines: list[str]) -> None:
    assert [line.of(text) for line in wrap(text, width)] == lines


MARKS = [
    ("one word", "a [gull] sat", 20, ["  ^^^^"]),
    ("nothing", "a gull[] sat", 20, [""]),
    ("over a line break", "a [gull sat] down", 6, ["  ^^^^", "^^^", ""]),
    ("after wide signs", "界界 [gull]", 20, ["     ^^^^"]),
    ("wide signs", "a [界界] b", 20, ["  ^^^^"]),
    ("after accents", "cafe\u0301 [gull]", 20, ["     ^^^^"]),
    ("accented", "a [cafe\u0301] b", 20, ["  ^^^^"]),
    ("second line only", "one two [three]", 7, ["", "^^^^^"]),
]


@pytest.mark.parametrize(("marked", "width", "rows"), [c[1:] for c in MARKS], ids=[c[0] for c in MARKS])
def test_underlines_stand_below_the_words(marked: str, width: int, rows: list[str]) -> None:
    text = marked.replace("[", "").replace("]", "")
    mark = Range(marked.index("["), marked.index("]") - 1)
    assert [underline(text, line, mark, "^") for line in wrap(text, width)] == rows


CUTS = [
    ("fits", "a [gull] sat down", 20, "a [gull] sat down"),
    ("both ends", "one two three [gull] four five six", 16, "… three [gull] four …"),
    ("short before", "a [gull] four five six seven", 16, "a [gull] four five …"),
    ("short after", "one two three four [gull].", 16, "… three four [gull]."),
    ("long mark", "one [two three four five] six", 9, "… [two three] …"),
    ("one long word before", "lighthousekeeper [gull] x", 12, "… [gull] x"),
]


@pytest.mark.parametrize(("marked", "columns", "cut"), [c[1:] for c in CUTS], ids=[c[0] for c in CUTS])
def test_long_sentences_are_cut_between_words(marked: str, columns: int, cut: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    shown, mark = trim(text, Range(marked.index("["), marked.index("]") - 1), columns, "…")
    assert f"{shown[: mark.start]}[{mark.of(shown)}]{shown[mark.end :]}" == cut


WORDS = st.text(st.sampled_from("ab  界é\u0301\u200d👩—."), max_size=80)


@given(WORDS, st.integers(2, 30))
def test_lines_hold_every_word_and_none_is_too_wide(text: str, width: int) -> None:
    """Law: the lines lose nothing but spaces, and only what cannot be cut is wider than the page."""
    lines = [line.of(text) for line in wrap(text, width)]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


@given(WORDS, st.data(), st.integers(10, 40))
def test_a_cut_keeps_the_marked_words(text: str, data: st.DataObject, columns: int) -> None:
    """Law: after a cut the mark lies on the start of the same words, and on all of them if there is room."""
    start = data.draw(st.integers(0, len(text)))
    at = Range(start, data.draw(st.integers(start, len(text))))
    shown, mark = trim(text, at, columns, "…")
    assert at.of(text).startswith(mark.of(shown))
    assert mark.of(shown) == at.of(text) or cell_len(at.of(text)) >= columns
    assert cell_len(shown) <= columns + 4


@given(st.text(max_size=40))
def test_safe_words_are_as_long_as_before(text: str) -> None:
    """Law: making words safe moves no character, so every place in them still holds."""
    for encoding in ("utf-8", "ascii", "cp1252"):
        shown = visible(one_line(text), encoding)
        assert len(shown) == len(text)
        assert "\x1b" not in shown
        shown.encode(encoding)


def test_columns_are_those_of_rich() -> None:
    """Most words are measured without it: signs of which each takes one column."""
    signs = [chr(code) for code in range(0x30000)]
    assert [sign for sign in signs if columns_of(sign) != cell_len(sign)] == []
    single = "".join(sign for sign in signs if columns_of(f"“{sign}”") == 3)
    assert columns_of(single) == cell_len(single)


@given(st.text("ab \u00a0é–", max_size=40), st.integers(1, 12))
def test_a_text_of_single_signs_is_broken_as_any_other(text: str, width: int) -> None:
    wide = f"{text} 界"  # one wide sign, and its columns are counted one by one
    last = wrap(wide, width)[-1]
    expected = [line.of(wide) for line in wrap(wide, width)]
    if last.of(wide) == "界":
        assert [line.of(text) for line in wrap(text, width)] == expected[:-1]
