"""The summary for a pull request: counts, places, and not a word that a code host would act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from reports import HOSTILE, ONCE, hostile, only, report, to_summary

from sos_lint.report import Failure, FileReport, Report
from sos_lint.reporters.to_summary import MARK, MOST

MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def test_the_summary_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    check_golden("report-summary.md", to_summary(report()))


def test_without_excerpts_there_is_no_column_of_words() -> None:
    assert "| words |" in to_summary(only(ONCE))
    assert "| words |" not in to_summary(only(ONCE, excerpts=False))


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str) -> None:
    text = to_summary(hostile(words))
    assert text.startswith(f"{MARK}\n")
    html = MARKDOWN.render(text.removeprefix(MARK))
    assert set(re.findall(r"<(/?\w+)", html)) <= {
        *("h2", "/h2", "h3", "/h3", "ul", "/ul", "li", "/li", "br", "table", "/table", "thead", "/thead"),
        *("tbody", "/tbody", "tr", "/tr", "th", "/th", "td", "/td", "p", "/p"),
    }
    shown = re.sub("<[^>]+>", "", html)
    # What code hosts look for in words that Markdown has made already.
    assert not re.search(r"[@#!~%]\w|://|www\.|GH-\d", shown.replace("sos-lint", ""))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\ud800-\udfff]", text)
    assert not [line for line in text.splitlines() if line.startswith(("/", "::", "    "))]
    assert html.count("<td>") == 2 + 4  # no sign of a table in the words makes a cell


def test_a_long_list_is_cut() -> None:
    text = to_summary(only(*(replace(ONCE, text=f"word {number}") for number in range(MOST + 30))))
    assert text.count("broad-terms/neglect") == MOST
    assert text.endswith("\nAnd 30 more, not listed here.\n")


def test_what_says_the_same_is_one_row() -> None:
    text = to_summary(only(*[replace(ONCE, start=replace(ONCE.start, line=line)) for line in range(1, 12)]))
    row = "| 1:1; 2:1; 3:1; 4:1; 5:1; 6:1; 7:1; 8:1 and 3 more | Neglect |"
    assert [line.startswith(row) for line in text.splitlines()[-1:]] == [True]


def test_long_words_are_cut() -> None:
    text = to_summary(only(replace(ONCE, text="word " * 100)))
    assert max(map(len, text.splitlines())) < 600
    assert "word…" in text


CLEAN = {
    "one": ((FileReport("a.md"),), "1 file reads clearly."),
    "two": ((FileReport("a.md"), FileReport("b.md")), "2 files read clearly."),
}


def test_nothing_could_be_read() -> None:
    text = to_summary(Report((FileReport("a.md", failure=Failure("It is empty.")),)))
    assert (
        text
        == f"{MARK}\n## sos-lint: no file was read\n\n### 1 file could not be read\n\n- a.md: It is empty.\n"
    )


@pytest.mark.parametrize(("files", "said"), CLEAN.values(), ids=CLEAN)
def test_a_clean_run(files: tuple[FileReport, ...], said: str) -> None:
    assert to_summary(Report(files)) == f"{MARK}\n## sos-lint: nothing to ask\n\n{said}\n"
