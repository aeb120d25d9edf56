"""Unpacking on own sentences with the shipped packs: what is told of each term, part by part."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sos_lint.document import Document
from sos_lint.kinds import UNPACKING, Part
from sos_lint.lint import shared_linter
from sos_lint.nlp.detect import Detector
from sos_lint.readers import read_bytes
from sos_lint.rule import Match
from sos_lint.yaml_lines import read_yaml

FILE = Path(__file__).with_name("unpacking_cases.yml")
ENOUGH = 0.9  # of the judgements on each part, by the goal of the issue that asked for this
CASES = [
    (case["text"], term["term"], term["told"], term.get("amiss", ""))
    for case in read_yaml(FILE.read_text(encoding="utf-8"), FILE.name)[0]
    for term in case["terms"]
]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(shared_linter().catalogue)


def match_of(detector: Detector, text: str, term: str) -> tuple[Match, Document]:
    document = read_bytes(text.encode(), "draft.md")
    start = text.index(term)
    for match in detector.detect(document):
        at = document.place(match.at)
        if match.rule.ask and at.start < start + len(term) and start < at.end:
            return match, document
    raise AssertionError(f"“{term}” is not asked about")


def letters(parts: list[Part]) -> str:
    return "".join(part.value[0] for part in UNPACKING if part in parts)


def flipped(told: str, amiss: str) -> str:
    return "".join(part.value[0] for part in UNPACKING if (part.value[0] in told) != (part.value[0] in amiss))


@pytest.mark.parametrize(
    ("text", "term", "told", "amiss"), CASES, ids=[f"{n}-{case[1]}" for n, case in enumerate(CASES)]
)
def test_what_is_told(text: str, term: str, told: str, amiss: str, detector: Detector) -> None:
    match, _ = match_of(detector, text, term)
    assert letters([part for part, ranges in match.evidence if ranges and part in dict(match.rule.ask)]) == (
        flipped(told, amiss)
    )


def test_each_part_is_right_often_enough() -> None:
    wrong = Counter(letter for _, _, _, amiss in CASES for letter in amiss)
    assert len(CASES) >= 120
    assert {part.value: 1 - wrong[part.value[0]] / len(CASES) >= ENOUGH for part in UNPACKING} == {
        part.value: True for part in UNPACKING
    }
