"""The benchmarks count right: accuracy on a made-up pack and labels, speed on made-up seconds."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands import ROOT
from small_packs import QUESTIONS, compiled, rule, write_pack

from sos_lint.lint import Linter


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    return benchmark("accuracy")


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    return benchmark("speed_table")


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


# A goal; made-up seconds of "sos-lint" and "other" for a job, and of a job that only starts up; the line of
# the goal from the ratios on.
MEGABYTES = 100
SPEED: dict[str, tuple[dict[str, Any], tuple[float, ...], tuple[float, ...], list[str]]] = {
    "as fast as it may be": ({"at_most": 1.5}, (3.0,), (2.0,), ["1.50", "1.50", "at most 1.5 ×", "met"]),
    "too slow": ({"at_most": 1.5}, (3.1,), (2.0,), ["1.55", "1.55", "at most 1.5 ×", "not met"]),
    "many times faster": ({"at_most": 1 / 8}, (1.0,), (8.0,), ["0.12", "0.12", "8 × faster", "met"]),
    "the median and the best round": (
        {"at_most": 1},
        (9.0, 1.0, 4.0),
        (2.0, 8.0, 0.5),
        ["2.00", "2.00", "at most 1 ×", "not met"],
    ),
    "a slow round of the other": (
        {"at_most": 1},
        (1.0, 1.0, 1.0),
        (2.0, 8.0, 0.5),
        ["0.50", "2.00", "at most 1 ×", "met"],
    ),
    "ten times as much": (
        {"at_most": 1.2, "times": 10},
        (21.0,),
        (3.0,),
        ["0.70", "0.70", "at most 1.2 ×", "met"],
    ),
    "ten times as much, beyond starting up": (
        {"at_most": 1.2, "times": 10, "beyond": "start"},
        (15.0,),
        (3.0,),
        ["1.30", "1.30", "at most 1.2 ×", "not met"],
    ),
    "without the start": ({"at_most": 1, "beyond": "gone"}, (1.0,), (2.0,), ["at most 1 ×", "not measured"]),
}


def cells(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


@pytest.mark.parametrize(("goal", "ours", "theirs", "expected"), SPEED.values(), ids=SPEED)
def test_a_goal_is_held_against_the_ratio(
    speed: ModuleType,
    goal: dict[str, Any],
    ours: tuple[float, ...],
    theirs: tuple[float, ...],
    expected: list[str],
) -> None:
    runs = {
        ("start", "sos-lint"): speed.Run((2.0,), 1),
        ("job", "sos-lint"): speed.Run(ours, MEGABYTES * speed.MEGABYTE),
        ("job", "other"): speed.Run(theirs, 7 * speed.MEGABYTE),
    }
    _, _, line, other = speed.table(runs, 9, [speed.Goal("job", "other", **goal)])
    assert cells(line)[:2] == ["job", "sos-lint"] and cells(line)[-1] == "100 MB"
    assert cells(other)[0] == "other" and cells(other)[3] == "7 MB"
    assert cells(other)[4:] == expected


# A limit; how many notes were measured; the verdict on 0.5 s and 100 MB.
LIMITS: dict[str, tuple[dict[str, Any], int, list[str]]] = {
    "under the seconds": ({"seconds": 0.6}, 1, ["under 0.6 s", "met"]),
    "not under the seconds": ({"seconds": 0.5}, 1, ["under 0.5 s", "not met"]),
    "under the memory": ({"megabytes": 101}, 1, ["under 101 MB", "met"]),
    "not under the memory": ({"megabytes": 100}, 1, ["under 100 MB", "not met"]),
    "fast on too few notes": ({"seconds": 0.6, "notes": 2_000}, 1_500, ["under 0.6 s", "only 1,500 notes"]),
    "slow even on few": ({"seconds": 0.4, "notes": 2_000}, 1_500, ["under 0.4 s", "not met"]),
    "fast on as many": ({"seconds": 0.6, "notes": 2_000}, 2_000, ["under 0.6 s", "met"]),
}


@pytest.mark.parametrize(("limit", "notes", "expected"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_held_against_the_run(
    speed: ModuleType, limit: dict[str, Any], notes: int, expected: list[str]
) -> None:
    runs = {("job", "sos-lint"): speed.Run((0.5,), MEGABYTES * speed.MEGABYTE)}
    _, line = speed.table(runs, notes, [speed.Limit("job", **limit)])
    assert cells(line)[-2:] == expected


def test_every_goal_is_in_the_table(speed: ModuleType) -> None:
    lines = list(speed.table({}, 1))[1:]
    assert len(lines) == len(speed.GOALS)
    assert all(line.endswith("not measured") for line in lines)
