"""What leads a match ends in words that can be listed; where they do not stand, nothing leads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.fold import fold
from sos_lint.leads import endings
from sos_lint.text import end_before
from sos_lint.words import PatternSet, parse

CLASSES = {"was": ("was", "were", "has been"), "manner": ("again", "well-known"), "number": ("two",)}

# Word patterns, and what text that one of them ends with ends in.
ENDINGS = {
    ("<was>",): ("has been", "was", "were"),
    ("<was> <manner>?",): ("again", "has been", "was", "well known", "were"),
    ("they <was> <manner>",): ("again", "well known"),
    ("it is|was", "there is"): ("is", "was"),
    ("been|has-been",): ("been",),
    ("Mum?  had",): ("had",),
    ("had _",): (),
    ("had ...",): (),
    ("had _?",): (),
    ("neglect*",): (),
    ("had|NOUN",): (),
    ("<number>",): (),
    ("<was>", "to _"): (),
    (): (),
}


@pytest.mark.parametrize(("written", "expected"), ENDINGS.items(), ids=map(str, ENDINGS))
def test_what_leads_ends_in_the_words_of_its_last_places(
    written: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert endings(written, CLASSES) == expected


WRITTEN = st.lists(
    st.sampled_from(["<was>", "<manner>?", "it?", "is|was", "...", "_?", "seen*", "<number>", "well-known?"]),
    min_size=1,
    max_size=4,
).filter(lambda items: not all(item == "..." or item.endswith("?") for item in items))
WORDS = st.lists(
    st.sampled_from(
        ["was", "were", "has", "been", "again", "well", "well-known", "Was,", "it", "is", "12", "x"]
    )
)


@given(st.lists(WRITTEN, min_size=1, max_size=3), WORDS, st.sampled_from(["", " ", "  ", ", "]))
def test_where_no_such_words_stand_nothing_leads(
    patterns: list[list[str]], words: list[str], after: str
) -> None:
    written = [" ".join(items) for items in patterns]
    text = fold(" ".join(words) + after)
    end = end_before(text, 0, len(text))
    ends = endings(written, CLASSES)
    if ends and not text.endswith(ends, 0, end):
        assert PatternSet(map(parse, written), CLASSES).fit_until(text, 0, end) is None
