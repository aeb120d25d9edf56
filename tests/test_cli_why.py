"""Why a place is asked about, or passes: `rules explain --why`, and the ticks of `check --verbose`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from commands import run
from word_files import saved

DRAFT = """\
# Notes

Neglect: on four mornings in May Mum left Tom (7) without breakfast. The worst time was 12 May, when he
fainted. He cried.

There is neglect in the home. On three nights
Mum left Tom alone.

Tom was hit. The sun shone.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", [3, 6, 9])
def test_the_reasons_are_those_of_the_golden_file(
    line: int, check_golden: Callable[[str, str], None]
) -> None:
    ran = run("rules", "explain", "--why", f"draft.md:{line}")
    check_golden(f"why-{line}.txt", ran.out)
    assert (ran.status, ran.err) == (0, "")


PLACES = {
    "a line": ("draft.md:6", ["draft.md:6:10"]),
    "a line and column": ("draft.md:6:10", ["draft.md:6:10"]),
    "a space": ("draft.md: 6", ["draft.md:6:10"]),
    "told": ("draft.md:3", ["draft.md:3:1"]),
    "another column": ("draft.md:6:11", []),
    "a line without any": ("draft.md:7", []),
    "a line that is not there": ("draft.md:99", []),
    "the place of another kind of file": ("draft.md:paragraph 3", []),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("place", "found"), PLACES.values(), ids=PLACES)
def test_places(place: str, found: list[str]) -> None:
    ran = run("rules", "explain", "--why", place)
    assert [line.split("  ")[0] for line in ran.out.splitlines() if line.startswith("draft.md:")] == found
    assert (f"sos-lint finds nothing at {place}." in ran.out) is (not found)


def test_a_place_in_word(here: Path) -> None:
    word = docx.Document()
    word.add_paragraph("The sun shone.")
    word.add_paragraph("There is neglect. Tom (7) cried.")
    (here / "draft.docx").write_bytes(saved(word))
    ran = run("rules", "explain", "--why", "draft.docx: paragraph 2")
    assert "draft.docx: paragraph 2" in ran.out
    assert "“cried” (paragraph 2)" in " ".join(ran.out.split())
    assert "finds nothing" in run("rules", "explain", "--why", "draft.docx:paragraph 1").out
    assert "finds nothing" in run("rules", "explain", "--why", "draft.docx:2").out


SLIPS = {
    "no place": (["--why", "draft.md"], "“draft.md” names no place in a file"),
    "a rule too": (["neglect", "--why", "draft.md:6"], "the name of a rule, or a place"),
    "neither": ([], "the name of a rule, or a place"),
    "no such file": (["--why", "gone.md:3"], "gone.md"),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("arguments", "said"), SLIPS.values(), ids=SLIPS)
def test_slips(arguments: list[str], said: str) -> None:
    ran = run("rules", "explain", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.usefixtures("here")
def test_what_is_told_in_full_has_a_tick_for_those_who_ask() -> None:
    tick = "draft.md:3:1  ✓ “Neglect”: everything is told  broad-terms/neglect"
    assert tick in run("check", "draft.md", "--verbose").out.splitlines()
    assert "everything is told" not in run("check", "draft.md").out
    assert "everything is told" not in run("check", "draft.md", "--verbose", "--quiet").out
    hidden = run("check", "draft.md", "--verbose", "--no-excerpts").out
    assert "draft.md:3:1  ✓ everything is told  broad-terms/neglect" in hidden.splitlines()


def test_what_is_told_counts_nowhere(here: Path) -> None:
    (here / "draft.md").write_text(DRAFT.partition("There is")[0], encoding="utf-8")
    ran = run("check", "draft.md", "--verbose", "--statistics")
    assert "✓ “Neglect”" in ran.out
    assert "Nothing to ask: 1 file reads clearly." in ran.out
    assert ran.status == 0
    report = json.loads(run("check", "draft.md", "--verbose", "--format", "json").out)
    assert (report["files"][0]["findings"], report["summary"]["findings"]) == ([], 0)
