"""Guards: each with what it silences, and the near misses that it must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_packs import findings_in, found, linter_for, rule

from sos_lint.lint import Linter
from sos_lint.nlp.guards import NEGATION_REACH

WORDS = {
    "words": {"title-noun": ["act", "board", "action plan", "strategy"]},
    "cues": {
        "negation": ["no", "not", "didn't|wasn't", "no sign of"],
        "negation-after": ["was|were not seen", "was ruled out", "nil"],
        "negation-stops": ["but", "because", "as a result of"],
        "negation-pseudo": ["not only", "no doubt", "not ... stop"],
        "explanation": ["means", "which is", "that is"],
    },
}
Silent = Callable[[str, str], bool]


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Silent:
    """Whether a rule for “drift” with one guard says nothing of a text, in which it would say something."""
    linters: dict[str, Linter] = {}

    def ask(guard: str, text: str) -> bool:
        if guard not in linters:
            folder = tmp_path_factory.mktemp(guard)
            guarded = rule("drift", phrases=["drift", "drift away"], unless=[guard])
            linters[guard] = linter_for(folder / "with", guarded, words=WORDS)
        if "" not in linters:
            plain = rule("drift", phrases=["drift", "drift away"])
            linters[""] = linter_for(tmp_path_factory.mktemp("plain"), plain, words=WORDS)
        assert found(linters[""], text), "the term is not in the text at all"
        return not found(linters[guard], text)

    return ask


def cases(silenced: dict[str, str], not_silenced: dict[str, str]) -> pytest.MarkDecorator:
    rows = [(text, True) for text in silenced.values()] + [(text, False) for text in not_silenced.values()]
    return pytest.mark.parametrize(("text", "held"), rows, ids=[*silenced, *not_silenced])


@cases(
    {
        "brackets": "There is drift (things move too slowly).",
        "brackets after quotes": "We say “drift” (things move too slowly).",
        "means": "Drift means that things move too slowly.",
        "comma, which is": "The drift, which is a delay, hurt him.",
        "dash, that is": "The drift – that is, the delay – hurt him.",
        "a longer term": "They drift away (things move too slowly).",
    },
    {
        "nothing": "There is drift in the case.",
        "one word in brackets": "There is drift (again).",
        "brackets later": "There is drift in it (things move too slowly).",
        "an explanation before": "The delay, which is long, is drift.",
        "an explanation in the next sentence": "There is drift. That is a delay.",
        "a cue that is longer": "The drift meanswhile grew.",
    },
)
def test_explained(text: str, held: bool, silent: Silent) -> None:
    assert silent("explained", text) is held


@cases(
    {
        "curly": "Tom said, “I just drift all day”.",
        "straight": 'Tom said, "I just drift all day".',
        "single curly": "Tom said, ‘I don’t drift all day’.",
        "single straight": "Tom said, 'I don't drift all day'.",
        "around it alone": "They call it “drift”.",
        "two quotations": "“I sleep,” he said, “and I drift.”",
        "a block": "> I just drift all day.",
        "over sentences": "Tom said, “I sleep. I drift. I eat.”",
    },
    {
        "none": "Tom said that he drifts and that his days drift.",
        "before": "“I sleep all day,” he said, and drift went on.",
        "between two": "“I sleep” and drift and “I eat”.",
        "opened and never closed": "Tom said, “I just drift all day.",
        "apostrophes": "Tom’s days drift and Ann’s do too.",
        "straight apostrophes": "Tom's days drift and Ann's do too.",
        "plural apostrophes": "The boys' days drift, and the girls' days too.",
        "inches": "The 6' man let it drift by 5'.",
        "in the next paragraph": "Tom said, “I sleep.\n\nWe let it drift.” So.",
    },
)
def test_quoted(text: str, held: bool, silent: Silent) -> None:
    assert silent("quoted", text) is held


@cases(
    {
        "before": "There is no drift.",
        "a word between": "She saw no real drift.",
        "a contraction": "She didn’t see drift.",
        "several words": "There was no sign of any drift at all.",
        "at the start": "No drift was found.",
        "as far as it reaches": f"Not {'a ' * NEGATION_REACH}drift.",
        "after": "Drift was not seen.",
        "after, with a word between": "Drift there was not seen.",
        "after, in an answer": "Drift: nil.",
        "after a stop, again": "It was slow, but there was no drift.",
        "a stop behind the term": "There was no drift because he rang.",
        "in a list": "No delay, loss or drift.",
        "of two, the real one": "Not only that, there was no drift.",
    },
    {
        "nothing": "There is drift.",
        "in another sentence": "There was no delay. There is drift.",
        "too far": f"Not {'a ' * (NEGATION_REACH + 1)}drift.",
        "part of a word": "The notable drift, the nonsense drift.",
        "a stop between": "He was not there, but there was drift.",
        "a longer stop between": "She did not come as a result of drift.",
        "pseudo": "There is not only drift.",
        "pseudo, other": "There is no doubt some drift.",
        "pseudo around the cue": "She could not make it stop, and drift went on.",
        "pseudo, with a gap": "They did not at once stop the drift.",
        "after, too far": "Drift in the case last May was not seen.",
        "after, a stop between": "Drift because it was not seen.",
        "after, in the next sentence": "There is drift. It was not seen.",
    },
)
def test_negated(text: str, held: bool, silent: Silent) -> None:
    assert silent("negated", text) is held


@cases(
    {
        "a heading": "# Drift in the case",
        "a heading by shape": "Drift in the case:\n\nTom waited.",
        "the label of a form": "| Drift: | Tom waited. |\n|--|--|\n| a | b |",
    },
    {
        "a paragraph": "Drift in the case.",
        "a list item": "- drift in the case",
        "a table cell": "| a | b |\n|--|--|\n| c | drift in the case |",
        "a paragraph under a heading": "# The case\n\nThere is drift.",
    },
)
def test_heading(text: str, held: bool, silent: Silent) -> None:
    assert silent("heading", text) is held


@cases(
    {
        "the noun after": "We read the Drift Strategy.",
        "the noun before": "We read the Strategy on Drift.",
        "small words between": "We read the Board of the Drift of Cases.",
        "two words": "The Drift Action Plan is here.",
        "a year": "We read the Drift Act 1989.",
        "an ampersand": "We read the Drift & Delay Act.",
    },
    {
        "small letters": "We read the drift strategy.",
        "a capital at the start": "Drift in a strategy hurt him.",
        "another capital word": "We read of Drift and Tom.",
        "the noun in small letters": "We read the Drift strategy.",
        "the noun in another sentence": "We saw Drift. Strategy came later.",
        "the noun in a word": "We read the Drift Actor.",
    },
)
def test_title(text: str, held: bool, silent: Silent) -> None:
    assert silent("title", text) is held


@cases(
    {
        "a box before": "☐ Drift",
        "boxes after": "Drift: ☐ yes ☐ no",
        "square brackets": "Drift: [ ] yes [x] no",
        "a Markdown task": "- [ ] Drift\n- [x] Delay",
        "a box at the end": "Drift ☐",
        "among others": "☐ Delay ☑ Drift ☐ Loss",
    },
    {
        "none": "Drift: yes",
        "a bullet": "• Drift in the case",
        "a note in square brackets": "Drift [see May] in the case",
        "far behind one box": f"Yes ☑ {'Tom waited a long while. ' * 4}Then came drift in the case.",
    },
)
def test_tick_list(text: str, held: bool, silent: Silent) -> None:
    assert silent("tick-list", text) is held


@cases(
    {
        "a line": "PLEASE LET NOTHING DRIFT AWAY",
        "a heading": "# NOTHING MAY DRIFT",
        "most of a line": "NOTHING MAY DRIFT, TOM SAID to me",
        "two words": "STOP DRIFT",
    },
    {
        "small letters": "please let nothing drift away",
        "one word": "Please let nothing DRIFT away.",
        "half of a line": "NOTHING MAY drift, Tom said to me",
        "another sentence": "NOTHING MAY GO. Then came the drift in the case.",
        "alone": "DRIFT",
    },
)
def test_capitals(text: str, held: bool, silent: Silent) -> None:
    assert silent("capitals", text) is held


def test_a_guard_that_is_not_named_does_not_hold(tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("drift", phrases=["drift"], unless=["quoted"]), words=WORDS)
    assert found(linter, "There is no drift.") == ["drift"]
    assert found(linter, "“There is no drift.”") == []


def test_each_use_is_guarded_by_itself(tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("drift", phrases=["drift"], unless=["negated"]), words=WORDS)
    text = "There was no drift. There is drift. Drift was not seen, but drift came."
    assert [one.start.offset for one in findings_in(linter, text)] == [29, 60]


def test_guards_without_their_cues_say_nothing(tmp_path: Path) -> None:
    """A pack without the shipped English has no negation to go by: it errs on the loud side."""
    unless = ["explained", "negated", "title"]
    linter = linter_for(tmp_path, rule("drift", phrases=["drift"], unless=unless))
    assert found(linter, "There is no drift. Drift means delay. The Drift Act.") == [
        "drift",
        "Drift",
        "Drift",
    ]
