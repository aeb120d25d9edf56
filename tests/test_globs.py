"""Patterns for paths come with any folder: those that could take for ever are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run

from sos_lint.globs import Globs

FINE = {
    "*.docx": "a.docx",
    "*[Rr]eport*draft*": "a report, a draft.txt",
    "**/old/**/*.md": "a/old/b/c.md",
    "/letters/**": "letters/a.txt",
    "a\\*b": "a*b",
}
ENDLESS = ["*a*a*a*b", "x/*a*a*a*a*b/y", "**/a/**/b/**/c/**/d", "[a*]*b*c*d*", "*" * 40]


@pytest.mark.parametrize(("pattern", "path"), FINE.items(), ids=FINE)
def test_a_pattern(pattern: str, path: str) -> None:
    globs = Globs([pattern])
    assert (globs.fits(path), globs.faults) == (True, ())


@pytest.mark.parametrize("pattern", ENDLESS)
def test_one_that_could_take_for_ever(pattern: str) -> None:
    globs = Globs(["*.md", pattern, "!b.md"])
    assert globs.faults == (1,)
    assert [globs.fits(path) for path in ("a.md", "b.md", "a" * 200)] == [True, False, None]


def test_where_somebody_sees_it(tmp_path: Path) -> None:
    """In a `.gitignore` it leaves nothing out; in a configuration it is an error."""
    (tmp_path / ".git").mkdir()
    (tmp_path / f"{'a' * 200}.txt").write_text("There is neglect.")
    (tmp_path / ".gitignore").write_text(f"{'*a' * 20}*b\n")
    assert run("check", tmp_path, "--quiet").status == 1
    (tmp_path / ".sos-lint.yml").write_text(f"exclude: ['{'*a' * 20}*b']")
    ran = run("check", tmp_path, "--quiet")
    assert ran.status == 2
    assert "is no pattern" in ran.out
