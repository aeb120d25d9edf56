"""What the text around a broad term already tells, and to which term it is told."""

from __future__ import annotations

from itertools import combinations

import pytest
from small_packs import QUESTIONS, findings_in, found, linter_for, rule

from sos_lint.finding import Finding
from sos_lint.kinds import UNPACKING, Part
from sos_lint.lint import Linter
from sos_lint.text import Range

WORDS = {
    "words": {"number": ["two", "four"]},
    "evidence": {
        "behaviour": ["left ... alone", "hit|hits"],
        "frequency": ["<number> times", "every night"],
        "worst": ["the worst", "bruis*"],
        "impact": ["cried", "was hungry"],
    },
}
TOLD = {
    Part.BEHAVIOUR: "He was left all alone.",
    Part.FREQUENCY: "It was two times.",
    Part.WORST: "On the worst day it rained.",
    Part.IMPACT: "Tom cried.",
}


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    drift = rule("drift", phrases=["drift"], kind="broad-term", ask=QUESTIONS)
    storm = rule(
        "storm", phrases=["storm", "hit and run"], kind="broad-term", ask=QUESTIONS, unless=["negated"]
    )
    two = rule("pair", phrases=["pair"], ask={"worst": "Which?", "behaviour": "What?"})
    plain = rule("plain", phrases=["plain"])
    words = {**WORDS, "cues": {"negation": ["no"]}}
    return linter_for(tmp_path_factory.mktemp("unpacking"), drift, storm, two, plain, words=words)


def one(linter: Linter, text: str, term: str = "drift", name: str = "draft.md") -> Finding:
    (finding,) = (each for each in findings_in(linter, text, name) if each.text.lower() == term)
    return finding


def told(finding: Finding) -> set[str]:
    return {ask.part.value for ask in finding.asks if ask.told}


SUBSETS = [parts for size in range(4) for parts in combinations(UNPACKING, size)]


@pytest.mark.parametrize(
    "parts", SUBSETS, ids=["+".join(part.value for part in parts) or "nothing" for parts in SUBSETS]
)
def test_each_part_is_present_or_asked_for(parts: tuple[Part, ...], linter: Linter) -> None:
    finding = one(linter, " ".join(["There is drift.", *(TOLD[part] for part in parts)]))
    assert [ask.part for ask in finding.asks if ask.told] == list(parts)
    assert finding.missing == tuple(part for part in UNPACKING if part not in parts)
    assert finding.questions == tuple(QUESTIONS[part.value] for part in finding.missing)


def test_when_all_is_told_nothing_is_flagged(linter: Linter) -> None:
    text = " ".join(["There is drift.", *TOLD.values()])
    assert found(linter, text) == []


def test_a_rule_asks_only_its_own_questions_in_its_own_order(linter: Linter) -> None:
    finding = one(linter, "A pair. It was two times.", "pair")
    assert [(ask.part, ask.question) for ask in finding.asks] == [
        (Part.WORST, "Which?"),
        (Part.BEHAVIOUR, "What?"),
    ]
    assert found(linter, "A pair. He was left alone on the worst day.") == []


def test_a_rule_without_questions_has_none(linter: Linter) -> None:
    finding = one(linter, "It is plain. He was left alone.", "plain")
    assert (finding.asks, finding.missing, finding.questions) == ((), (), ())


def test_evidence_is_a_place_in_the_file(linter: Linter) -> None:
    text = "# May\n\nThere is *drift*: Tom was **left** quite&nbsp;alone, *two* times.\n"
    finding = one(linter, text)
    ranges = {ask.part.value: [at.of(text) for at in ask.evidence] for ask in finding.asks}
    assert ranges["behaviour"] == ["left** quite&nbsp;alone"]
    assert ranges["frequency"] == ["two* times"]


def test_all_evidence_of_a_part_is_given_in_order(linter: Linter) -> None:
    finding = one(linter, "Bruises. There is drift. It was the worst. Bruised.")
    (worst,) = (ask for ask in finding.asks if ask.part is Part.WORST)
    assert worst.evidence == (Range(0, 7), Range(32, 41), Range(43, 50))


# Where evidence is looked for.

SCOPE = {
    "the same sentence": ("The drift came two times.", {"frequency"}),
    "the sentence before": ("It was two times. Then drift.", {"frequency"}),
    "a later sentence": ("There is drift. So. And so. It was two times.", {"frequency"}),
    "the next paragraph": ("There is drift.\n\nIt was two times.", set()),
    "the paragraph before": ("It was two times.\n\nThere is drift.", set()),
    "the list below": (
        "What drift means here:\n\n- two times\n- Tom cried\n\nHe was left alone.",
        {"frequency", "impact"},
    ),
    "the list below without a colon": ("There is drift.\n\n- two times", {"frequency"}),
    "not the list after a paragraph": ("There is drift:\n\nSo it is.\n\n- two times", set()),
    "the items below an item": (
        "- drift\n  - two times\n  - Tom cried\n- left alone\n  - bruises",
        {"frequency", "impact"},
    ),
    "not the next item": ("- drift\n- two times", set()),
    "not the item above": ("- two times\n  - drift", set()),
    "the table row": (
        "| What | When |\n|--|--|\n| drift | two times |\n| x | Tom cried |",
        {"frequency"},
    ),
    "the table row, to the left": ("| When | What |\n|--|--|\n| two times | drift |", {"frequency"}),
    "not another table": ("| a |\n|--|\n| drift |\n\n| b |\n|--|\n| two times |", set()),
    "a part of a word": ("There is drift. Recried; the bruise-free boy.", {"worst"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), SCOPE.values(), ids=SCOPE)
def test_where_evidence_is_looked_for(text: str, parts: set[str], linter: Linter) -> None:
    assert told(one(linter, text)) == parts


# To which term it belongs.

NEAREST = {
    "each its own sentence": (
        "The drift was two times. The storm was the worst.",
        {"frequency"},
        {"worst"},
    ),
    "the nearer in a sentence": ("The drift, and the storm two times.", set(), {"frequency"}),
    "the nearer before": ("Two times the drift, and the storm.", {"frequency"}, set()),
    "a sentence counts for more than letters": (
        "The drift came on a long and weary Monday, two times. Storm.",
        {"frequency"},
        set(),
    ),
    "the term before it rather than the one after": (
        "The drift. It was two times. The storm.",
        {"frequency"},
        set(),
    ),
    "one piece of evidence for one term": ("The drift and the storm were the worst.", set(), {"worst"}),
    "several for one": ("The drift. The storm was two times, and Tom cried.", set(), {"frequency", "impact"}),
    "a silent term keeps none": ("There is drift. There was no storm, two times.", {"frequency"}, None),
    "not what the term itself says": ("Drift. A storm.", set(), set()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "drift", "storm"), NEAREST.values(), ids=NEAREST)
def test_evidence_belongs_to_one_term(
    text: str, drift: set[str], storm: set[str] | None, linter: Linter
) -> None:
    assert told(one(linter, text)) == drift
    if storm is not None:
        assert told(one(linter, text, "storm")) == storm


def test_a_term_is_no_evidence_for_itself(linter: Linter) -> None:
    assert told(one(linter, "There was a hit and run.", "hit and run")) == set()


def test_a_term_may_be_evidence_for_another(linter: Linter) -> None:
    assert told(one(linter, "There was drift and a hit and run.")) == {"behaviour"}


def test_two_uses_of_one_term_share_no_evidence(linter: Linter) -> None:
    first, second = findings_in(linter, "The drift was two times.\n\nThe drift.")
    assert (told(first), told(second)) == ({"frequency"}, set())
