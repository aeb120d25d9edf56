"""Whether words picture anything."""

from __future__ import annotations

import pytest
from statements import around, cues

from sos_lint.nlp.people import People
from sos_lint.structure.pictures import Pictures

PICTURED = [
    "sent away",
    "leave school with nothing",
    "his arm broken",
    "live at home",
    "go to bed at seven",
    "changes him",
    "look after him",
]
VAGUE = [
    "things will get worse",
    "engage with services",
    "he could suffer significant harm",
    "improved parenting capacity",
    "put the children's needs first",
    "work with the school",
    "Tom and Mum",
    "for six weeks in May",
    "",
]


def pictures(text: str, *also: str) -> bool:
    draft = around(f"It is said: {text}.")
    at = draft.document.blocks[0].at
    start = draft.text.index(":") + 1
    return Pictures(draft, cues(), People(draft, cues())).hold(type(at)(start, at.end), *also)


@pytest.mark.parametrize("text", PICTURED)
def test_a_word_left_over_pictures_something(text: str) -> None:
    assert pictures(text)


@pytest.mark.parametrize("text", VAGUE)
def test_vague_words_little_words_times_and_people_picture_nothing(text: str) -> None:
    assert not pictures(text)


def test_a_use_may_have_more_words_that_picture_nothing() -> None:
    assert pictures("the best it could be")
    assert not pictures("the best it could be", "vague-scale")
