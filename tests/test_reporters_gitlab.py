"""GitLab's Code Quality report: a list of issues, each with a fingerprint of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from reports import HOSTILE, ONCE, acronym, hostile, only, report, short_report, to_gitlab

from sos_lint.report import FileReport, Report


def test_gitlab_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    check_golden("report-gitlab.json", to_gitlab(short_report()))


def test_no_two_issues_share_a_fingerprint() -> None:
    """GitLab shows but one of two issues with the same."""
    twice = (FileReport("a.md", (replace(ONCE, path="a.md"),)), FileReport("b.md", (ONCE,)))
    issues = [*json.loads(to_gitlab(Report(twice))), *json.loads(to_gitlab(short_report()))]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 16


def test_a_fingerprint_stays_when_lines_move() -> None:
    moved = replace(ONCE, start=replace(ONCE.start, line=9), end=replace(ONCE.end, line=9))
    first, then = (json.loads(to_gitlab(only(one)))[0] for one in (ONCE, moved))
    assert first["fingerprint"] == then["fingerprint"]
    assert (first["location"]["lines"]["begin"], then["location"]["lines"]["begin"]) == (1, 9)


def test_a_word_file_has_its_place_in_words() -> None:
    (issue,) = json.loads(to_gitlab(only(acronym("A [[CIN]].", 7, where="paragraph 12"))))
    assert issue["location"]["lines"] == {"begin": 1, "end": 1}
    assert issue["description"].endswith(" (paragraph 12)")


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str) -> None:
    text = to_gitlab(hostile(words))
    assert text.isascii() and "##[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    for issue in json.loads(text):
        assert not {"\x1b", "\u202e", "\n", "\r"} & set(issue["description"] + issue["location"]["path"])


def test_severities_are_those_of_gitlab() -> None:
    told = {issue["severity"] for issue in json.loads(to_gitlab(report()))}
    assert told == {"critical", "major", "minor", "info"}
