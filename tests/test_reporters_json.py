"""The JSON report: as programs read it, whatever the words."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

from reports import ONCE, asks, finding, only, report, to_json

from sos_lint.finding import Edit
from sos_lint.kinds import Part, Safety
from sos_lint.report import Report
from sos_lint.reporters import write
from sos_lint.text import Range


def test_json_is_the_golden_report(check_golden: Callable[[str, str], None]) -> None:
    check_golden("report.json", to_json(replace(report(), statistics=True)))


def test_json_says_null_where_excerpts_are_off() -> None:
    record = json.loads(to_json(only(ONCE, excerpts=False)))["files"][0]["findings"][0]
    assert (record["text"], record["sentence"], record["in_sentence"]) == (None, None, None)


def test_json_keeps_every_character_and_can_always_be_encoded() -> None:
    words = '“Ōdette” 界 👩‍👧 \x1b[31m \u2028 " \\ \udcff'
    for ascii_only in (False, True):
        text = to_json(only(finding(f"[[{words}]]")), ascii_only=ascii_only)
        text.encode("ascii" if ascii_only else "utf-8")
        assert json.loads(text)["files"][0]["findings"][0]["text"] == words
    assert "“Ōdette” 界" in to_json(only(finding(f"[[{words}]]")))


def test_json_of_edits_and_questions() -> None:
    edit = Edit(Range(4, 7), "child in need (CIN)", Safety.REVIEW, place=Range(6, 9))
    record = json.loads(to_json(only(replace(ONCE, asks=asks(Part.WORST), edits=(edit,)))))["files"][0][
        "findings"
    ][0]
    assert record["edits"] == [
        {"start": 6, "end": 9, "replacement": "child in need (CIN)", "safety": "review"}
    ]
    assert record["unpacking"] == {"behaviour": False, "frequency": False, "worst": True, "impact": False}
    assert record["evidence"]["worst"] == [{"start": 0, "end": 4}]
    assert record["missing"] == ["behaviour", "frequency", "impact"]
    assert len(record["questions"]) == 3


def test_json_without_words_has_no_rate() -> None:
    record = json.loads(to_json(Report((), statistics=True)))
    nothing = {"sentences": 0, "mean_sentence_length": None, "long_sentences": 0, "reading_age": None}
    assert record["statistics"] == {
        "words": 0,
        "findings_per_1000_words": None,
        "by_rule": {},
        "readability": {**nothing, "families_read_at": [9, 11], "by_file": {}},
    }
    assert record["summary"]["by_severity"] == {"error": 0, "warning": 0, "suggestion": 0}
    assert record["summary"]["by_kind"] == {}


def test_json_is_written_as_escapes_where_the_stream_lacks_signs() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    write(only(finding("[[界]]")), "json", stream)
    stream.seek(0)
    assert json.loads(stream.read())["files"][0]["findings"][0]["text"] == "界"


def test_a_json_report_needs_no_rich() -> None:
    code = "import sys, sos_lint.reporters.to_json; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
