"""A pack tests itself: each slip in its examples is one fault, in words; a sound pack has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_packs import QUESTIONS, compiled, rule, write_pack

from sos_lint.selftest import Fault, Trial, try_rules, unmarked
from sos_lint.text import Range

WORDS = {
    "cues": {"negation": ["no"], "explanation": ["means"]},
    "evidence": {"frequency": ["<number> times"], "impact": ["cried"]},
}


def trial(folder: Path, *rules: dict[str, Any], names: tuple[str, ...] = ()) -> Trial:
    files = {**{one["id"]: one for one in rules}, "words": WORDS}
    return try_rules(compiled(write_pack(folder, files)), names)


def drift(bad: list[Any], good: list[str], misses: list[str] | None = None, **more: Any) -> dict[str, Any]:
    examples = {"bad": bad, "good": good, "known-misses": misses or []}
    return rule("drift", phrases=["drift", "drift away"], examples=examples, **more)


SOUND = drift(
    ["There is [[drift]].", "The [[drift]] and the *[[drift]]*.", "- They [[drift away]]"],
    ["There is no drift.", "Tom said, “I drift”.", "The drift net.", "A snow drift.", "Nothing at all."],
    ["They drifted away."],
    unless=["negated", "quoted"],
    not_before=["net"],
    **{"except": ["snow drift"]},
)


def test_a_sound_pack(tmp_path: Path) -> None:
    assert trial(tmp_path, SOUND) == Trial(rules=1, examples=9, faults=())


FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "words that are not flagged": (
        drift(["There is [[drift]] and [[delay]]."], ["x"]),
        [("There is [[drift]] and [[delay]].", "does not flag “delay”")],
    ),
    "words that are flagged too": (
        drift(["The drift, the [[drift]]."], ["x"]),
        [("The drift, the [[drift]].", "flags “drift” too")],
    ),
    "a bracket too narrow": (
        drift(["They [[drift]] away."], ["x"]),
        [
            ("They [[drift]] away.", "does not flag “drift”"),
            ("They [[drift]] away.", "flags “drift away” too"),
        ],
    ),
    "no brackets": (
        drift(["There is drift."], ["x"]),
        [("There is drift.", "marks no words with [[double brackets]]")],
    ),
    "several, in the order of the text": (
        drift(["[[One]] drift, [[two]] drift."], ["x"]),
        [
            ("[[One]] drift, [[two]] drift.", "does not flag “One”"),
            ("[[One]] drift, [[two]] drift.", "does not flag “two”"),
            ("[[One]] drift, [[two]] drift.", "flags “drift” too"),
            ("[[One]] drift, [[two]] drift.", "flags “drift” too"),
        ],
    ),
    "a good example that is flagged": (
        drift(["A [[drift]]."], ["A drift net.", "No drift.", "A net."]),
        [("A drift net.", "flags “drift”, and should pass"), ("No drift.", "flags “drift”, and should pass")],
    ),
    "a known miss that is caught": (
        drift(["A [[drift]]."], ["x"], ["They drifted.", "The DRIFT."]),
        [("The DRIFT.", "is a known miss that is caught now: move it to `bad`")],
    ),
    "a guard that nothing needs": (
        drift(["A [[drift]]."], ["“I drift.”", "A nod."], unless=["negated", "quoted"]),
        [("", "no good example needs “negated”: add one, or take it away")],
    ),
    "a guard that only helps together": (
        drift(["A [[drift]]."], ["“There is no drift.”"], unless=["negated", "quoted"]),
        [
            ("", "no good example needs “negated”: add one, or take it away"),
            ("", "no good example needs “quoted”: add one, or take it away"),
        ],
    ),
    "a condition that nothing needs": (
        drift(["A [[drift]]."], ["A drift net."], not_before=["net"], not_near=["snow"]),
        [("", "no good example needs “not-near”: add one, or take it away")],
    ),
    "an exception that nothing needs": (
        drift(["A [[drift]]."], ["A net."], **{"except": ["snow drift"]}),
        [("", "no good example needs “except”: add one, or take it away")],
    ),
    "parts that are told": (
        drift(
            [{"text": "[[Drift]], 2 times.", "missing": ["behaviour", "frequency", "worst", "impact"]}],
            ["x"],
            ask=QUESTIONS,
        ),
        [
            (
                "[[Drift]], 2 times.",
                "asks for behaviour, worst, impact, not behaviour, frequency, worst, impact",
            )
        ],
    ),
    "parts that are not told": (
        drift([{"text": "[[Drift]]. Tom cried.", "missing": []}], ["x"], ask={"worst": "Which?"}),
        [("[[Drift]]. Tom cried.", "asks for worst, not nothing")],
    ),
    "another meaning first": (
        rule(
            "ab",
            short="AB",
            meanings=[{"is": "a bit", "near": ["small"]}, {"is": "a bank", "near": ["money"]}],
            examples={"bad": [{"text": "The small [[AB]].", "expansion": "a bank"}], "good": ["x"]},
        ),
        [("The small [[AB]].", "takes it for “a bit” first")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "faults"), FAULTS.values(), ids=FAULTS)
def test_a_fault(body: dict[str, Any], faults: list[tuple[str, str]], tmp_path: Path) -> None:
    found = trial(tmp_path, body).faults
    by_example = [(fault.example, fault.why) for fault in found]
    assert by_example == faults
    assert {fault.rule for fault in found} == {f"small/{body['id']}"}


def test_parts_and_meanings_as_they_should_be(tmp_path: Path) -> None:
    told = drift(
        [{"text": "[[Drift]], 2 times.", "missing": ["impact"]}],
        ["x"],
        ask={"frequency": "a", "impact": "b"},
    )
    short = rule(
        "ab",
        short="AB",
        meanings=["a bit", {"is": "a bank", "near": ["money"]}],
        examples={"bad": [{"text": "The money [[AB]].", "expansion": "a bank"}], "good": ["x"]},
    )
    assert trial(tmp_path, told, short).faults == ()


def test_findings_of_other_rules_are_their_own_business(tmp_path: Path) -> None:
    other = rule("net", phrases=["net"], examples={"bad": ["A [[net]]."], "good": ["x"]})
    assert trial(tmp_path, drift(["A [[drift]] net."], ["A net."]), other).faults == ()


def test_a_longer_phrase_of_another_rule_hides_an_example(tmp_path: Path) -> None:
    other = rule("net", phrases=["drift net"], examples={"bad": ["A [[drift net]]."], "good": ["x"]})
    assert trial(tmp_path, drift(["A [[drift]] net."], ["x"]), other).faults == (
        Fault("small/drift", "A [[drift]] net.", "does not flag “drift”"),
    )


def test_in_a_table_one_example_anywhere_needs_a_shared_guard(tmp_path: Path) -> None:
    table = {
        "title": "Slow",
        "defaults": {**rule("x", examples={}), "unless": ["quoted"]},
        "entries": [
            {"phrases": ["drift"], "examples": {"good": ["“I drift.”"]}},
            {"phrases": ["delay"]},
        ],
        "examples": {"bad": ["A [[{phrase}]]."], "good": ["Nothing."]},
    }
    del table["defaults"]["id"]
    sound = try_rules(compiled(write_pack(tmp_path / "a", {"slow": table})))
    assert sound == Trial(2, 5, ())
    table["entries"][0]["examples"] = {}
    unneeded = try_rules(compiled(write_pack(tmp_path / "b", {"slow": table})))
    assert unneeded.faults == (
        Fault("small/slow", "", "no good example needs “quoted”: add one, or take it away"),
    )


CHOSEN = {
    "all": ((), 3),
    "an id": (("small/drift",), 1),
    "a file": (("small/net",), 1),
    "a kind": (("acronym",), 1),
    "a pack": (("small",), 3),
    "two": (("small/drift", "acronym"), 2),
    "none of these": (("small/other",), 0),
}


@pytest.mark.parametrize(("names", "rules"), CHOSEN.values(), ids=CHOSEN)
def test_rules_are_chosen_by_name(names: tuple[str, ...], rules: int, tmp_path: Path) -> None:
    net = rule("net", phrases=["net"], examples={"bad": ["A [[net]]."], "good": ["x"]})
    short = rule(
        "ab", short="AB", meanings=["a bit"], kind="acronym", examples={"bad": ["[[AB]]"], "good": ["x"]}
    )
    assert trial(tmp_path, SOUND, net, short, names=names).rules == rules


MARKED = {
    "none": ("A drift.", "A drift.", ()),
    "one": ("A [[drift]].", "A drift.", (Range(2, 7),)),
    "two": ("[[A]] and [[B c]]", "A and B c", (Range(0, 1), Range(6, 9))),
    "touching": ("[[A]][[B]]", "AB", (Range(0, 1), Range(1, 2))),
    "in markup": ("*[[A]]* [x [[b]]](c)", "*A* [x b](c)", (Range(1, 2), Range(7, 8))),
    "single brackets": ("[A] [x](y)", "[A] [x](y)", ()),
    "wide signs": ("😀[[é]]", "😀é", (Range(1, 2),)),
}


@pytest.mark.parametrize(("marked", "text", "places"), MARKED.values(), ids=MARKED)
def test_unmarked(marked: str, text: str, places: tuple[Range, ...]) -> None:
    assert unmarked(marked) == (text, places)
