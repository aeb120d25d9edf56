"""`sos-lint init`: a starter configuration that can be used as it stands, line by line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from commands import run

from sos_lint.cli.init import STARTER
from sos_lint.config import read_config
from sos_lint.kinds import Severity
from sos_lint.settings import FailOn, Profile, Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_is_written_here(here: Path) -> None:
    ran = run("init")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Wrote .sos-lint.yml. Next: sos-lint check .\n"
    assert (here / ".sos-lint.yml").read_text(encoding="utf-8") == STARTER


def test_it_is_written_in_a_folder(here: Path) -> None:
    (here / "letters").mkdir()
    assert run("init", "letters").out == "Wrote letters/.sos-lint.yml. Next: sos-lint check letters\n"
    assert (here / "letters" / ".sos-lint.yml").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".sos-lint.yml", "ignore: jargon"),
        (".sos-lint.yaml", "ignore: jargon"),
        ("pyproject.toml", '[tool.sos-lint]\nignore = "jargon"'),
    ],
)
def test_what_is_there_counts_unless_forced(here: Path, name: str, text: str) -> None:
    (here / name).write_text(text)
    ran = run("init")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{name}: there is a configuration already. Use --force to put this in its place.\n"
    assert (here / name).read_text() == text
    assert run("init", "--force").status == 0
    assert (here / ".sos-lint.yml").read_text(encoding="utf-8") == STARTER


def test_a_configuration_above_is_no_hindrance(here: Path) -> None:
    (here / ".sos-lint.yml").write_text("ignore: jargon")
    (here / "letters").mkdir()
    assert run("init", "letters").status == 0


@pytest.mark.parametrize("folder", ["gone", "draft.txt", os.fsdecode(b"caf\xe9")])
def test_where_it_cannot_be_written(here: Path, folder: str) -> None:
    (here / "draft.txt").touch()
    ran = run("init", folder)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "no such folder" in ran.err or "not a directory" in ran.err


def test_as_it_stands_it_changes_nothing(here: Path) -> None:
    run("init")
    settings = read_config(here / ".sos-lint.yml").settings
    assert settings == Settings(fail_on=FailOn.WARNING, profile=Profile.STANDARD)


def test_every_line_that_is_commented_out_can_be_used(here: Path) -> None:
    (here / "project").mkdir()
    (here / "project" / "our-words.yml").touch()
    (here / "shared").mkdir()
    (here / "shared" / ".sos-lint.yml").write_text("ignore: [acronyms/cin]")
    used = re.sub(r"^# (?=[a-z]+:| |  )", "", STARTER, flags=re.MULTILINE)
    path = here / "project" / ".sos-lint.yml"
    path.write_text(used)
    config = read_config(path)
    assert config.settings == Settings(
        ("acronyms", "broad-terms"),
        ("acronyms/cin", "acronyms/unknown"),
        (("jargon", Severity.SUGGESTION),),
        (here / "project" / "our-words.yml",),
        FailOn.WARNING,
        ("recording",),
        Profile.STANDARD,
        "child-protection",
        "safer",
        columns=("note",),
    )
    assert [override.files for override in config.overrides] == [("templates/*",), ("early-help/*",)]


def test_the_selectors_that_it_names_mean_rules(here: Path) -> None:
    names = {"acronyms", "broad-terms", "acronyms/unknown", "jargon"}
    assert all(name in STARTER for name in names)
    (here / "draft.txt").write_text("Odette had tea.")
    assert run("check", "draft.txt", "--select", ",".join(sorted(names))).status == 0
