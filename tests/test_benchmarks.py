"""The benchmark of accuracy counts right, on a made-up pack and made-up labels."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands import ROOT
from small_packs import QUESTIONS, compiled, rule, write_pack

from sos_lint.lint import Linter

PATH = ROOT / "benchmarks" / "accuracy.py"


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def flag(span: str, kind: str, expected: str = "", **more: Any) -> dict[str, Any]:
    return {"span": span, "type": kind, "expected": expected, **more}


def case(
    text: str, *flags: dict[str, Any], unpacked: dict[str, dict[str, bool]] | None = None
) -> dict[str, Any]:
    return {"id": "one", "text": text, "flags": list(flags), "unpacked": unpacked or {}}


TOLD = {"behaviour": True, "frequency": True, "worst": False}

# A text and its labels; what is found: where, kind and more; the counts that come of it, by name and kind.
COUNTED: dict[str, tuple[dict[str, Any], list[tuple[Any, ...]], dict[tuple[str, str], int]]] = {
    "a label that is found": (
        case("marram", flag("marram", "jargon")),
        [((0, 6), "jargon")],
        {("found", "jargon"): 1, ("flags", "jargon"): 1, ("right", "jargon"): 1, ("near", "jargon"): 1},
    ),
    "a label that is missed": (case("marram", flag("marram", "jargon")), [], {("missed", "jargon"): 1}),
    "a label is every place where its words stand": (
        case("dune, Dune", flag("dune", "jargon")),
        [((6, 10), "jargon")],
        {("found", "jargon"): 1, ("flags", "jargon"): 1, ("right", "jargon"): 1, ("near", "jargon"): 1},
    ),
    "a finding of another kind": (
        case("marram", flag("marram", "victim-blaming")),
        [((3, 6), "jargon")],
        {("missed", "blaming-language"): 1, ("flags", "jargon"): 1, ("near", "jargon"): 1},
    ),
    "a finding beside the label": (
        case("marram dune", flag("marram", "jargon")),
        [((6, 7), "jargon")],
        {("missed", "jargon"): 1, ("flags", "jargon"): 1},
    ),
    "a kind that nobody labels": (case("marram"), [((0, 6), "structure")], {}),
    "an optional label": (
        case("marram", flag("marram", "agentless-passive", optional=True)),
        [((0, 6), "hidden-actor")],
        {("flags", "hidden-actor"): 1, ("right", "hidden-actor"): 1, ("near", "hidden-actor"): 1},
    ),
    "an expansion that is right": (
        case("NNR", flag("NNR", "acronym", "National Nature Reserve")),
        [((0, 3), "acronym", ("new net rules", "national nature reserve (wild)"))],
        {("found", "acronym"): 1, ("flags", "acronym"): 1, ("right", "acronym"): 1, ("near", "acronym"): 1}
        | {("expansions", ""): 1, ("expansions_right", ""): 1},
    ),
    "an expansion that is wrong": (
        case("NNR", flag("NNR", "acronym", "National Nature Reserve")),
        [((0, 3), "acronym", ("new net rules",))],
        {("found", "acronym"): 1, ("flags", "acronym"): 1, ("right", "acronym"): 1, ("near", "acronym"): 1}
        | {("expansions", ""): 1},
    ),
    "the parts of a broad term": (
        case("harm", flag("harm", "broad-term"), unpacked={"harm": TOLD}),
        [((0, 4), "broad-term", (), frozenset({"behaviour", "worst"}))],
        {("found", "broad-term"): 1, ("flags", "broad-term"): 1, ("right", "broad-term"): 1}
        | {("near", "broad-term"): 1, ("parts_right", "behaviour"): 1}
        | {("parts", part): 1 for part in TOLD},
    ),
    "a missed broad term is judged once, as missed": (
        case("harm", flag("harm", "broad-term"), unpacked={"harm": TOLD}),
        [],
        {("missed", "broad-term"): 1},
    ),
    "silence says that a broad term tells everything": (
        case("harm", flag("harm", "broad-term"), unpacked={"harm": dict.fromkeys(TOLD, True)}),
        [],
        {("parts", part): 1 for part in TOLD} | {("parts_right", part): 1 for part in TOLD},
    ),
    "plain text": (
        {"id": "one", "text": "a dune, a marram", "flags": [flag("dune", "jargon")]},
        [((2, 6), "acronym"), ((8, 9), "jargon"), ((10, 16), "jargon"), ((0, 1), "structure")],
        {("words", ""): 4, ("alarms", ""): 2},
    ),
}


@pytest.mark.parametrize(("item", "findings", "expected"), COUNTED.values(), ids=COUNTED)
def test_what_is_counted(
    accuracy: ModuleType,
    item: dict[str, Any],
    findings: list[tuple[Any, ...]],
    expected: dict[tuple[str, str], int],
) -> None:
    total = accuracy.score([item], lambda _: [accuracy.Found(*found) for found in findings])
    counts = {}
    for name in total.__dataclass_fields__:
        value = getattr(total, name)
        for key, number in {"": value}.items() if isinstance(value, int) else value.items():
            counts[name, key] = number
    assert {key: number for key, number in counts.items() if number} == expected


def test_ratios(accuracy: ModuleType) -> None:
    counter = accuracy.Counter
    total = accuracy.Score(
        found=counter(jargon=3),
        missed=counter(jargon=1),
        flags=counter(jargon=5, acronym=1),
        right=counter(jargon=3),
        near=counter(jargon=4),
    )
    assert total.recall("jargon") == 0.75
    assert total.precision("jargon") == 0.6
    assert total.any_kind("jargon") == 0.8
    assert total.f1("jargon") == pytest.approx(2 / 3)
    assert total.precision(accuracy.ALL) == 0.5
    assert total.f1("hidden-actor") == 0


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    meanings = ["national nature reserve"]
    rules = {
        "marram": rule("marram", phrases=["marram", "marram grass"], unless=["quoted"]),
        "harm": rule("harm", kind="broad-term", phrases=["harm"], ask=QUESTIONS),
        "nnr": rule("nnr", kind="acronym", short="NNR", meanings=meanings, unless=["explained"]),
        "made": rule("made", kind="hidden-actor", phrases=["made"], led_by=["plan was"]),
    }
    return Linter(compiled(write_pack(tmp_path_factory.mktemp("pack") / "small", rules)))


# A text; what sos-lint finds in it; what the dictionary does.
FINDERS = {
    "both": ("The Marram-grass", ["Marram-grass"], ["Marram-grass"]),
    "a guard": ("She said “marram”.", [], ["marram"]),
    "explained": ("A national nature reserve (NNR)", [], ["NNR"]),
    "a plural": ("two NNRs", ["NNRs"], ["NNRs"]),
    "small letters": ("two nnrs", [], []),
    "inside a word": ("harmless", [], []),
    "a word that needs its neighbours": ("The plan was made.", ["plan was made"], []),
}


@pytest.mark.parametrize(("text", "ours", "plain"), FINDERS.values(), ids=FINDERS)
def test_the_dictionary_has_the_words_and_nothing_else(
    accuracy: ModuleType, linter: Linter, text: str, ours: list[str], plain: list[str]
) -> None:
    item = {"id": "one", "text": text}
    finders = (accuracy.sos_lint(linter), accuracy.dictionary(linter.catalogue))
    assert [[text[slice(*found.at)] for found in find(item)] for find in finders] == [ours, plain]


def test_the_table_is_printed_for_files(
    accuracy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, plain = tmp_path / "cases.jsonl", tmp_path / "plain.jsonl"
    cases.write_text(json.dumps(case("We saw neglect.", flag("neglect", "broad-term"))) + "\n\n")
    plain.write_text(json.dumps({"id": "two", "text": "Tom said, “no neglect”."}) + "\n")
    monkeypatch.setattr(sys, "argv", ["accuracy.py", str(cases), str(plain)])
    accuracy.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if line.startswith("broad-term")] == [
        ["broad-term", "1", *["1.000"] * 8]
    ]
    assert lines[-2].split()[-2:] == ["0", "1"]
    assert lines[-1].split()[-2:] == ["0.00", "250.00"]


def test_files_that_are_not_there(
    accuracy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["accuracy.py", str(tmp_path / "gone.jsonl")])
    with pytest.raises(SystemExit, match=r"no labelled text at .*gone\.jsonl"):
        accuracy.main()
