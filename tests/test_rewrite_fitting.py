"""Words fitted into the place of others."""

from __future__ import annotations

import pytest

from sos_lint.readers.from_markdown import read_text
from sos_lint.rewrite.apply import edited
from sos_lint.rewrite.fitting import article_for, begins_sentence, instead
from sos_lint.text import Range

AN = [
    "hour", "honest answer", "heir", "apple", "umbrella", "uncle", "unimportant note", "unidentified man",
    "SGO", "NHS nurse", "MP", "A&E visit", "8 May", "18-year-old", "11 days", "initial plan", "“open” door",
]  # fmt: skip
A = [
    "house", "unit", "university", "united family", "uniform", "use", "usual day", "user", "European",
    "one-off", "once-a-week visit", "CIN plan", "UK home", "YOT worker", "1 May", "180-day plan", "“plan”",
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "article"), [*((words, "an") for words in AN), *((words, "a") for words in A)]
)
def test_the_article_goes_by_the_first_sound(words: str, article: str) -> None:
    assert article_for(words) == article


BEGINS = ["", "He left. ", "“He left.” ", "Why? ", "He left. “", "(", "He left… "]
GOES_ON = ["he ", "He left, ", "e.g. ", "Dr. ", "At St. ", "No. ", "She said, “"]


@pytest.mark.parametrize(("before", "begins"), [*((b, True) for b in BEGINS), *((b, False) for b in GOES_ON)])
def test_where_a_sentence_begins(before: str, begins: bool) -> None:
    assert begins_sentence(before) is begins


INSTEAD = {
    "as it is": ("Tom saw [x] today.", "y", "Tom saw y today."),
    "a to an": ("Tom has a [x].", "order", "Tom has an order."),
    "an to a": ("Tom has an [x].", "plan", "Tom has a plan."),
    "the article stays": ("Tom has a [x].", "plan", "Tom has a plan."),
    "at the start": ("[x] came.", "she", "She came."),
    "after a sentence": ("Tom left. [X] came.", "she", "Tom left. She came."),
    "an article at the start": ("A [x] came.", "order", "An order came."),
    "an article that begins a sentence": ("Tom left. An [x] came.", "plan", "Tom left. A plan came."),
    "the": ("The [x] came.", "order", "The order came."),
    "a letter that is no article": ("Vitamin A [x]", "order", "Vitamin An order"),
    "in a list": ("- [x] came", "she", "She came"),
}


@pytest.mark.parametrize(("marked", "words", "after"), INSTEAD.values(), ids=INSTEAD)
def test_instead(marked: str, words: str, after: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    document = read_text(marked.replace("[", "").replace("]", ""), "a.md")
    shift = len(marked) - 2 - len(document.text)  # a list's mark is not in the text
    edit = instead(document, Range(start - shift, end - shift), words)
    assert edited(document.text, [edit]) == after
    assert edit.place == document.place(edit.at)
