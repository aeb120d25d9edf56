"""Annotations of GitHub Actions: each on one line that the runner obeys, and no other line that it would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from reports import HOSTILE, ONCE, acronym, finding, hostile, only, report, to_github

from sos_lint.report import Failure, FileReport, Report

# How actions/runner reads a line (src/Runner.Common/ActionCommand.cs).
_COMMAND = re.compile(r"::(?P<command>[\w-]+) (?P<properties>[^\n]*?)::(?P<data>[^\n]*)")


def obeyed(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that a runner finds in what a step prints: name, properties and words, unescaped."""
    found = []
    for line in re.split("\r\n|\r|\n", text)[:-1]:
        command = _COMMAND.fullmatch(line)
        assert command, line
        pairs = (pair.split("=", 1) for pair in command["properties"].split(","))
        properties = {name: unescaped(value) for name, value in pairs}
        found.append((command["command"], properties, unescaped(command["data"])))
    return found


def unescaped(value: str) -> str:
    for code, sign in {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}.items():
        value = value.replace(code, sign)
    return value


def test_github_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    check_golden("report-github.txt", to_github(report()))


def test_each_finding_is_one_command_with_its_place() -> None:
    told = finding("Odette is [[often, 100% often]] late: yes.", 3, path="a,b:c%.md")
    ((command, properties, words),) = obeyed(to_github(only(told)))
    assert (command, properties) == (
        "warning",
        {
            "file": "a,b:c%.md",
            "line": "3",
            "endLine": "3",
            "col": "11",
            "endColumn": "28",
            "title": "broad-terms/neglect",
        },
    )
    assert words.startswith("“often, 100% often” means")


def test_a_place_over_two_lines_has_no_columns() -> None:
    ((_, properties, _words),) = obeyed(to_github(only(replace(ONCE, end=replace(ONCE.end, line=2)))))
    assert properties == {"file": "draft.md", "line": "1", "endLine": "2", "title": ONCE.rule}


def test_of_a_word_file_the_place_is_said() -> None:
    ((_, properties, words),) = obeyed(to_github(only(acronym("A [[CIN]].", 1, where="paragraph 12"))))
    assert properties == {"file": "draft.md", "title": "acronyms/social-work"}
    assert words.startswith("paragraph 12: This short form")


def test_what_could_not_be_read_is_an_error_at_its_line() -> None:
    failed = FileReport("packs/a.yml:3", failure=Failure("It is odd.", "Mend it."))
    assert obeyed(to_github(Report((failed,)))) == [
        ("error", {"file": "packs/a.yml", "line": "3", "title": "sos-lint"}, "It is odd.\nMend it.")
    ]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str) -> None:
    text = to_github(hostile(words))
    assert [command for command, *_ in obeyed(text)] == ["error", "warning", "warning"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\u2066\ud800-\udfff]", text)


def test_a_clean_run_says_nothing() -> None:
    assert to_github(only()) == ""
