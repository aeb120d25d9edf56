"""Answers in a file: read with their faults, written, and put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews import about, linter

from sos_lint.errors import SosLintError
from sos_lint.kinds import Part
from sos_lint.lint import shared_linter
from sos_lint.readers.build import tidy
from sos_lint.rewrite.answers import Entry, Picked, answers_file, questions_file, read_answers
from sos_lint.rewrite.decision import Instead, Skipped, Spelt, Told, Written
from sos_lint.rewrite.interview import Decided
from sos_lint.rewrite.replay import replayed

RULES = frozenset(rule.id for rule in linter().catalogue)
NEGLECT = "- rule: small/neglect\n"


def read(text: str) -> tuple[Entry, ...]:
    return read_answers(text, "answers.yml", RULES)


DECISIONS = {
    "answers": ("  answers: {behaviour: he left, impact: }", Told(((Part.BEHAVIOUR, "he left"),))),
    "a number is words too": ("  answers:\n    frequency: 3", Told(((Part.FREQUENCY, "3"),))),
    "several lines": (
        "  answers:\n    behaviour: >\n      he left\n      at six",
        Told(((Part.BEHAVIOUR, "he left at six"),)),
    ),
    "in place of the sentence": (
        "  answers: {behaviour: he left}\n  replace: true",
        Told(((Part.BEHAVIOUR, "he left"),), replace=True),
    ),
    "not in its place": ("  answers: {behaviour: x}\n  replace: false", Told(((Part.BEHAVIOUR, "x"),))),
    "a meaning": ("  meaning: child in need", Spelt("child in need")),
    "a meaning by number": ("  meaning: 2", Picked("meaning", 2)),
    "a number in quotes": ('  instead: "2"', Instead("2")),
    "other words": ("  instead: time together", Instead("time together")),
    "other words by number": ("  instead: 1", Picked("instead", 1)),
    "a sentence": ("  write: 'He left: at six.'", Written("He left: at six.")),
    "a skip": ("  skip: true", Skipped()),
    "a skip of a rule": ("  skip: rule", Skipped(rule=True)),
    "no skip": ("  skip: false", None),
    "blank": ("  answers:\n    behaviour:\n    impact: ''", None),
    "blank words": ("  instead:\n  write:", None),
    "one blank and one not": ("  instead:\n  write: He left.", Written("He left.")),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("text", "decision"), DECISIONS.values(), ids=DECISIONS)
def test_decisions(text: str, decision: object) -> None:
    (entry,) = read(NEGLECT + text)
    assert entry == Entry("answers.yml:1", "small/neglect", "", "", "", decision)


def test_where() -> None:
    _, entry = read(
        f"{NEGLECT}{NEGLECT}  place: line 3\n  words: Neglect\n  sentence: 'There is  neglect.'\n"
    )
    assert entry == Entry("answers.yml:2", "small/neglect", "line 3", "Neglect", "There is neglect.", None)


@pytest.mark.parametrize("text", ["", "# only words\n", "[]\n"])
def test_no_answers(text: str) -> None:
    assert read(text) == ()


# What stands in the file, and what is said of it.
FAULTS = {
    "no list": ("rule: x", "answers.yml:1: this file should be a list of answers. Each"),
    "no mapping": ("- x", "answers.yml:1: this is not an answer. Each"),
    "an unknown key": (
        f"{NEGLECT}  anwsers: {{}}",
        "answers.yml:2: the key “anwsers” is not known here. Did you mean “answers”?",
    ),
    "a key like none": (
        f"{NEGLECT}  qqq: 1",
        "answers.yml:2: the key “qqq” is not known here. The keys are rule, place,",
    ),
    "no rule": ("- place: line 3", "answers.yml:1: this answer names no rule."),
    "an unknown rule": (
        "- rule: small/neglct",
        "answers.yml:1: no rule is called “small/neglct”. Did you mean “small/neglect”?",
    ),
    "an unknown part": (
        f"{NEGLECT}  answers:\n    behaviour: x\n    impct: y",
        "answers.yml:4: no part is called “impct”. Did you mean “impact”?",
    ),
    "answers without parts": (
        f"{NEGLECT}  answers: he left",
        "answers.yml:2: “answers” should be parts with words each. They are behaviour,",
    ),
    "two decisions": (
        f"{NEGLECT}  instead: x\n  skip: true",
        "answers.yml:3: “instead” and “skip” cannot both hold.",
    ),
    "truth for words": (
        f"{NEGLECT}  instead: true",
        "answers.yml:2: “instead” should be words. Put them in quotes.",
    ),
    "a list for words": (f"{NEGLECT}  write: [a, b]", "answers.yml:2: “write” should be words."),
    "truth for an answer": (
        f"{NEGLECT}  answers:\n    impact: true",
        "answers.yml:3: “impact” should be words.",
    ),
    "a skip of something": (
        f"{NEGLECT}  skip: all",
        "answers.yml:2: “skip” should be true or false. Or `skip: rule`",
    ),
    "a skip by number": (f"{NEGLECT}  skip: 1", "answers.yml:2: “skip” should be true or false."),
    "replace without answers": (f"{NEGLECT}  replace: true", "answers.yml:2: “replace” goes with `answers`."),
    "replace with words": (
        f"{NEGLECT}  answers: {{impact: x}}\n  replace: yes",
        "answers.yml:3: “replace” should be true",
    ),
    "twice": (f"{NEGLECT}  words: x\n  words: y", "answers.yml:3: “words” stands here twice."),
    "a colon in words": (f"{NEGLECT}  write: He: she: it", "answers.yml:2: this is not YAML"),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_faults(text: str, said: str) -> None:
    with pytest.raises(SosLintError) as fault:
        read(text)
    assert str(fault.value).startswith(said)
    assert "\n" not in str(fault.value)


words = st.text(min_size=1).map(tidy).filter(bool)
decisions = st.one_of(
    st.builds(
        Told,
        st.lists(st.tuples(st.sampled_from(Part), words), min_size=1, unique_by=lambda a: a[0]).map(tuple),
        st.booleans(),
    ),
    st.builds(Spelt, words),
    st.builds(Instead, words),
    st.builds(Written, words),
    st.builds(Skipped, st.booleans()),
)


@given(st.lists(st.tuples(words, words, words, decisions)), words)
def test_what_is_written_is_read_again(listed: list[tuple[str, str, str, Any]], draft: str) -> None:
    decided = [Decided("small/neglect", *one, True) for one in listed]
    entries = read(answers_file(decided, draft))
    assert [(e.words, e.sentence, e.place, e.decision) for e in entries] == [d[1:5] for d in decided]
    assert read(answers_file(entries, draft)) == entries


def test_picked_is_written_as_it_was() -> None:
    entries = read("- rule: small/cin\n  meaning: 2\n")
    assert "  meaning: 2\n" in answers_file(entries, "draft.txt")


DRAFT = "There is neglect and CIN: twice.\n\nContact: “now”. A visit.\n"


def test_the_questions_of_a_draft(check_golden: Callable[[str, str], None]) -> None:
    check_golden("questions.yml", questions_file(about(DRAFT).open, "draft.txt"))


def test_the_questions_as_they_are_change_nothing() -> None:
    interview = about(DRAFT)
    entries = read(questions_file(interview.open, "draft.txt"))
    assert len(entries) == 4
    assert replayed(interview, entries) == (interview, ())


def test_the_questions_filled_in() -> None:
    text = questions_file(about(DRAFT).open, "draft.txt")
    text = text.replace("behaviour:", "behaviour: he left").replace("meaning:", "meaning: 1")
    text = text.replace("instead:", "instead: 2", 1)
    interview, lost = replayed(about(DRAFT), read(text))
    assert interview.draft.data.decode() == (
        "There is neglect and child in need: twice. He left.\n\nA visit: “now”. A visit.\n"
    )
    assert lost == ()


def test_no_questions() -> None:
    assert read(questions_file((), "draft.txt")) == ()


# A draft, answers, the draft then, and the lines of those that fit nowhere.
REPLAYS = {
    "by rule alone, the first": (
        "Contact. Contact.",
        "- rule: small/contact\n  instead: tea",
        "Tea. Contact.",
        [],
    ),
    "two by rule alone": (
        "Contact. Contact.",
        "- rule: small/contact\n  instead: tea\n- rule: small/contact\n  instead: cake",
        "Tea. Cake.",
        [],
    ),
    "by place": (
        "Contact.\n\nContact.\n",
        "- rule: small/contact\n  place: line 3\n  instead: tea",
        "Contact.\n\nTea.\n",
        [],
    ),
    "by sentence, wherever it now stands": (
        "Oh.\n\nContact.\n\nThe contact.\n",
        "- rule: small/contact\n  place: line 3\n  sentence: The contact.\n  instead: a visit",
        "Oh.\n\nContact.\n\nA visit.\n",
        [],
    ),
    "by words in other letters": (
        "CONTACT. Contact.",
        "- rule: small/contact\n  words: contact\n  instead: 1",
        "Time together. Contact.",
        [],
    ),
    "other words": ("Contact.", "- rule: small/contact\n  words: contacts\n  instead: tea", "Contact.", [1]),
    "another place": ("Contact.", "- rule: small/contact\n  place: line 9\n  instead: tea", "Contact.", [1]),
    "another rule": ("Contact.", "- rule: small/cin\n  meaning: 1", "Contact.", [1]),
    "both in one sentence": (
        "CIN and contact.",
        "- rule: small/contact\n  sentence: CIN and contact.\n  instead: tea\n"
        "- rule: small/cin\n  sentence: CIN and contact.\n  meaning: 1",
        "Child in need and tea.",
        [],
    ),
    "settled by another": (
        "CIN and contact.",
        "- rule: small/cin\n  write: Tea.\n- rule: small/contact\n  instead: 1",
        "Tea.",
        [],
    ),
    "about words of another answer": (
        "CIN.",
        "- rule: small/contact\n  instead: tea\n- rule: small/cin\n  write: A contact.",
        "A tea.",
        [],
    ),
    "done before": (
        "There is neglect. He left.",
        f"{NEGLECT}  answers: {{behaviour: he left}}",
        "There is neglect. He left.",
        [],
    ),
    "a skip": ("Contact.", "- rule: small/contact\n  skip: true", "Contact.", []),
}


@pytest.mark.parametrize(("draft", "answers", "after", "lost"), REPLAYS.values(), ids=REPLAYS)
def test_replayed(draft: str, answers: str, after: str, lost: list[int]) -> None:
    interview, unfit = replayed(about(draft), read(answers))
    assert interview.draft.data.decode() == after
    assert [entry.at for entry in unfit] == [f"answers.yml:{line}" for line in lost]


NUMBERS = {
    "too high": (
        "CIN.",
        "- rule: small/cin\n  meaning: 3",
        "there is no number 3 to choose. There are 2 here.",
    ),
    "none": ("CIN.", "- rule: small/cin\n  meaning: 0", "there is no number 0"),
    "nothing offered": ("A visit.", "- rule: small/visit\n  instead: 1", "None is offered here"),
    "blanks": ("She does not engage.", "- rule: small/engage\n  instead: 1", "this choice has blanks"),
}


@pytest.mark.parametrize(("draft", "answers", "said"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(draft: str, answers: str, said: str) -> None:
    with pytest.raises(SosLintError, match=said) as fault:
        replayed(about(draft), read(answers))
    assert fault.value.place == "answers.yml:1"


def test_the_example_in_the_guide_is_one() -> None:
    guide = (Path(__file__).parent.parent / "docs" / "rewrite.md").read_text(encoding="utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    rules = shared_linter().catalogue.selectors
    decisions = [type(entry.decision) for entry in read_answers(example, "rewrite.md", rules)]
    assert decisions == [Told, Picked, Instead, Written, Skipped]
