"""Swaps: each form of a phrase with the same form of the plain words, and what cannot be paired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_packs import compiled, rule, write_pack

from sos_lint.errors import BadPack
from sos_lint.kinds import Safety
from sos_lint.selftest import Trial, try_rules

PAIRS: dict[str, tuple[list[Any], Any, dict[str, str]]] = {
    "a phrase": (["prior to"], "before", {"prior to": "before"}),
    "every phrase": (["prior to", "ahead of"], "before", {"prior to": "before", "ahead of": "before"}),
    "one phrase of two": (["prior to", "ex ante"], {"prior to": "before"}, {"prior to": "before"}),
    "hyphens are spaces": (["pre-birth"], "before birth", {"pre birth": "before birth"}),
    "a noun": ([{"noun": "agency"}], "service", {"agency": "service", "agencies": "services"}),
    "a verb": (
        [{"verb": "commence"}],
        "start",
        {"commence": "start", "commences": "starts", "commencing": "starting", "commenced": "started"},
    ),
    "a verb with a small word": (
        [{"verb": "liaise with"}],
        "talk to",
        {"liaise with": "talk to", "liaises with": "talks to", "liaising with": "talking to",
         "liaised with": "talked to"},
    ),
    "two pasts for two": (
        [{"verb": "undertake"}],
        "do",
        {"undertake": "do", "undertakes": "does", "undertaking": "doing", "undertook": "did",
         "undertaken": "done"},
    ),
    "one past for two": (
        [{"verb": "undertake"}],
        "start",
        {"undertake": "start", "undertakes": "starts", "undertaking": "starting", "undertook": "started",
         "undertaken": "started"},
    ),
    "two pasts for one: which is not sure": (
        [{"verb": "provide"}],
        "give",
        {"provide": "give", "provides": "gives", "providing": "giving"},
    ),
    "a past like the present": (
        [{"verb": "put off"}],
        "delay",
        {"puts off": "delays", "putting off": "delaying"},
    ),
    "a past like the present, for one": (
        [{"verb": "revise"}],
        "put right",
        {"revise": "put right", "revises": "puts right", "revising": "putting right", "revised": "put right"},
    ),
    "one form alone": ([{"verb": "reside"}], {"resides": "lives"}, {"resides": "lives"}),
    "by the name of a noun": (
        [{"noun": "dwelling"}, "abode"],
        {"dwelling": "home"},
        {"dwelling": "home", "dwellings": "homes"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("phrases", "swap", "pairs"), PAIRS.values(), ids=PAIRS)
def test_forms_are_paired(phrases: list[Any], swap: Any, pairs: dict[str, str], tmp_path: Path) -> None:
    (made,) = compiled(write_pack(tmp_path, {"x": rule("x", phrases=phrases, swap=swap)}))
    assert dict(made.swaps) == pairs
    assert made.swap_safety is Safety.REVIEW


def test_a_swap_may_be_called_safe(tmp_path: Path) -> None:
    safe = rule("x", phrases=["prior to"], swap="before", swap_safety="safe")
    (made,) = compiled(write_pack(tmp_path, {"x": safe}))
    assert made.swap_safety is Safety.SAFE


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "without phrases": ({"short": "CIN", "meanings": ["child in need"], "swap": "x"}, "goes with `phrases`"),
    "of another phrase": (
        {"phrases": ["prior to"], "swap": {"prior too": "before"}},
        "names “prior too”, which is none of the phrases. Did you mean “prior to”?",
    ),
    "of a verb that cannot be paired": ({"phrases": [{"verb": "attend"}], "swap": "come"}, "can be paired"),
    "with a safety of its own": (
        {"phrases": ["a"], "swap": "b", "swap-safety": "sure"},
        "cannot stand under",
    ),
    "without words": ({"phrases": ["a"], "swap": ""}, "is empty"),
    "of no phrase": ({"phrases": ["a"], "swap": {}}, "no form of the `swap` can be paired"),
}


@pytest.mark.parametrize(("body", "fault"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_a_swap_is_told(body: dict[str, Any], fault: str, tmp_path: Path) -> None:
    with pytest.raises(BadPack) as bad:
        compiled(write_pack(tmp_path, {"x": rule("x", **body)}))
    assert fault in str(bad.value)


def trial(folder: Path, *rules: dict[str, Any]) -> Trial:
    return try_rules(compiled(write_pack(folder, {one["id"]: one for one in rules})))


def prior(fixed: str, swap: str = "before", text: str = "Tom ate [[prior to]] school.") -> dict[str, Any]:
    bad = [{"text": text, "fixed": fixed}]
    return rule(
        "x", phrases=["prior to", "prior"], swap={"prior to": swap}, examples={"bad": bad, "good": ["y"]}
    )


def test_an_example_that_becomes_what_it_says(tmp_path: Path) -> None:
    assert not trial(tmp_path, prior("Tom ate before school.")).faults


NOT_FIXED = {
    "another text": (prior("Tom ate after school."), "becomes “Tom ate before school.”, not “Tom ate after"),
    "flagged again": (
        prior("Tom ate prior school.", "prior"),
        "still flags “prior” in “Tom ate prior school.”",
    ),
    "no edit there": (prior("Before.", text="TOM ATE [[PRIOR TO]] SCHOOL."), "becomes “TOM ATE PRIOR TO"),
    "no such example": (
        rule("x", phrases=["a b"], swap="c", examples={"bad": ["[[a b]]"], "good": ["y"]}),
        "has a `swap` and no example of it",
    ),
}


@pytest.mark.parametrize(("made", "why"), NOT_FIXED.values(), ids=NOT_FIXED)
def test_an_example_that_does_not(made: dict[str, Any], why: str, tmp_path: Path) -> None:
    assert why in trial(tmp_path, made).faults[0].why


def test_an_example_of_a_table_holds_for_the_entries_with_a_swap(tmp_path: Path) -> None:
    defaults = {key: value for key, value in rule("x").items() if key not in ("id", "examples")}
    table = {
        "title": "Words",
        "defaults": defaults,
        "entries": [{"phrases": [{"verb": "commence"}], "swap": "start"}, {"phrases": ["abode"]}],
        "examples": {"bad": [{"text": "We [[{phrase}]] it.", "fixed": "We {swap} it."}], "good": ["y"]},
    }
    done = try_rules(compiled(write_pack(tmp_path, {"words": table})))
    assert (done.rules, done.faults) == (2, ())
