"""Doers: whether a reader can tell who did what a passive says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_packs import found, linter_for, rule

from sos_lint.lint import Linter
from sos_lint.nlp.doers import REACH

WORDS = {
    "words": {"worker": ["staff", "social worker", "i"], "did": ["saw", "spoke", "met", "moved"]},
    "cues": {
        "doer": ["<worker> then? <did>", "at the meeting"],
        "carries-on": ["he|she|it"],
        "not-doer": ["friday|<number>", "the end", "phone"],
        "doer-stops": ["that|because", "and he"],
    },
}
Silent = Callable[[str, str], bool]


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Silent:
    """Whether a rule for “was moved” with this guard is silent, though it would speak without."""

    def linter(*guards: str) -> Linter:
        moved = rule("moved", phrases=["moved"], led_by=["was not? then?"], unless=list(guards))
        return linter_for(tmp_path_factory.mktemp("pack"), moved, words=WORDS)

    linters = {guard: linter(guard) for guard in ("doer-named", "doer-near")} | {"": linter()}

    def ask(guard: str, text: str) -> bool:
        assert found(linters[""], text), "the passive is not in the text at all"
        return not found(linters[guard], text)

    return ask


def cases(silenced: dict[str, str], not_silenced: dict[str, str]) -> pytest.MarkDecorator:
    rows = [(text, True) for text in silenced.values()] + [(text, False) for text in not_silenced.values()]
    return pytest.mark.parametrize(("text", "held"), rows, ids=[*silenced, *not_silenced])


@cases(
    {
        "by somebody": "Tom was moved by his uncle.",
        "by a name": "Tom was moved by Ann.",
        "later in the clause": "Tom was moved to the other side of the river by Ann.",
        "the second by": "Tom was moved by phone by Ann.",
        "as far as it reaches": f"Tom was moved {'x ' * REACH}by Ann.",
        "by “being” somebody": "Tom was moved by being itself.",
    },
    {
        "nobody": "Tom was moved to the river.",
        "a time": "Tom was moved by Friday.",
        "a time in figures": "Tom was moved by 9 o'clock.",
        "a time in words": "Tom was moved by the end of May.",
        "a means": "Tom was moved by phone.",
        "an act": "Tom was moved by asking for it.",
        "before the passive": "By Ann's house Tom was moved.",
        "in another clause": "Tom was moved because Jay was hit by Ann.",
        "in a clause joined on": "Tom was moved and he was hit by Ann.",
        "in the next sentence": "Tom was moved. It was done by Ann.",
        "beyond its reach": f"Tom was moved {'x ' * (REACH + 1)}by Ann.",
        "at the end": "Tom was moved by.",
        "inside a word": "Tom was moved nearby Ann.",
    },
)
def test_named(text: str, held: bool, silent: Silent) -> None:
    assert silent("doer-named", text) is held


@cases(
    {
        "before, in the sentence": "Staff spoke and Tom was moved.",
        "after, in the sentence": "Tom was moved after the social worker saw him.",
        "a meeting": "At the meeting Tom was moved.",
        "the sentence before": "Staff spoke to Tom. He was then moved.",
        "the sentence before, in any case": "STAFF THEN SPOKE. It was not moved.",
    },
    {
        "nobody": "Tom was moved.",
        "a doer who does nothing": "Staff were there and Tom was moved.",
        "a doer who is told": "Tom was moved. The social worker was told.",
        "another subject than the sentence before": "Staff spoke to Jay. Tom was moved.",
        "a pronoun further off": "Staff spoke to Jay. He said that Tom was moved.",
        "two sentences before": "Staff spoke. Tom cried. He was moved.",
        "the sentence after": "He was moved. Staff spoke.",
        "another paragraph": "Staff spoke to Tom.\n\nHe was moved.",
        "the first sentence": "He was moved.",
    },
)
def test_near(text: str, held: bool, silent: Silent) -> None:
    assert silent("doer-near", text) is held


@pytest.mark.parametrize("guard", ["doer-named", "doer-near"])
def test_without_cues_a_doer_is_whoever_stands_after_by(guard: str, tmp_path: Path) -> None:
    moved = rule("moved", phrases=["moved"], led_by=["was"], unless=[guard])
    linter = linter_for(tmp_path, moved)
    assert found(linter, "Staff spoke. He was moved.") == ["was moved"]
    assert found(linter, "He was moved by Friday.") == ([] if guard == "doer-named" else ["was moved"])
