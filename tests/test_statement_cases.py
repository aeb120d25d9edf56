"""Statements, goals and scales on own sentences with the shipped packs: what is told, part by part."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from statements import LETTERS, found_in, kind_of, summary, told_in

from sos_lint.yaml_lines import read_yaml

FILE = Path(__file__).with_name("statement_cases.yml")
ENOUGH = 0.9  # of the judgements on each part, by the goal of the issue that asked for this
ENTRIES = read_yaml(FILE.read_text(encoding="utf-8"), FILE.name)[0]
CASES = [entry for entry in ENTRIES if "text" in entry]
DOCUMENTS = [entry for entry in ENTRIES if "doc" in entry]
LABELS = {"danger": "Danger statement", "goal": "Safety goal", "scale": "Scaling question"}


def flipped(case: dict[str, Any]) -> str:
    """What is read: the told parts, but for those amiss."""
    amiss = case.get("amiss", "")
    letters = LETTERS[case["kind"]].values()
    return "".join(letter for letter in letters if (letter in case["told"]) != (letter in amiss))


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['kind']}" for n, case in enumerate(CASES)])
@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_what_is_told(case: dict[str, Any], name: str) -> None:
    label = case.get("under", LABELS[case["kind"]])
    (one,) = found_in(f"{label}:\n\n{case['text']}\n", name)
    assert (kind_of(one), told_in(one)) == (case["kind"], flipped(case))


@pytest.mark.parametrize("entry", DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_what_is_found_in_a_document(entry: dict[str, Any]) -> None:
    assert summary(entry["doc"]) == entry["finds"]


def test_each_part_is_right_often_enough() -> None:
    wrong = Counter((case["kind"], letter) for case in CASES for letter in case.get("amiss", ""))
    count = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 200
    shares = {
        (kind, part.value): 1 - wrong[kind, letter] / count[kind]
        for kind, letters in LETTERS.items()
        for part, letter in letters.items()
    }
    assert {key: share >= ENOUGH for key, share in shares.items()} == dict.fromkeys(shares, True)


def test_every_part_is_told_and_left_untold_in_enough_cases() -> None:
    for kind, letters in LETTERS.items():
        told = [case["told"] for case in CASES if case["kind"] == kind]
        for letter in letters.values():
            share = sum(letter in each for each in told)
            assert min(share, len(told) - share) >= 10, (kind, letter)
