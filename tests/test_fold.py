"""Folding: words that only look different become alike, and every offset stays."""

from __future__ import annotations

import pytest

from sos_lint.fold import fold

FOLDED = {
    "case": ("Tom", "tom"),
    "curly apostrophes": ("Tom’s ‘bed’ isnʼt", "tom's 'bed' isn't"),
    "curly quotes": ("“No”", '"no"'),
    "a hyphen in a word": ("self-harm", "self harm"),
    "other hyphens in a word": ("self‐harm self‑harm", "self harm self harm"),
    "hyphens in a row": ("up-to-date", "up to date"),
    "a hyphen by a number": ("12-month-old", "12 month old"),
    "a letter that grows": ("İpek’S", "İpek's"),
    "wide signs": ("😀-Tom", "😀-tom"),
    "German and Greek": ("STRASSE ẞ ΣΑΣ", "strasse ß σας"),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.values(), ids=FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


LEFT_ALONE = {
    "dashes": "bed – wet—or dry − cold",
    "a hyphen between spaces": "bed - wet",
    "a hyphen at the end of a word": "pre- and post- ",
    "two hyphens": "a--b",
    "marks": "a/b c.d e&f g_h",
    "accents": "café naïve",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert fold(text) == text
