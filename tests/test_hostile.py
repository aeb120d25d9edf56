"""Hostile words in drafts of hostile names, put through every report and command: nothing obeys them."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import run
from hostile import CONTROLS, NAMES, WORDS, obeyed, put_drafts

from sos_lint.reporters import FORMATS

SELECT = ("--select", "broad-terms/neglect,acronyms/cin")
OPTIONS = {
    "plain": (),
    "in full": ("--verbose", "--statistics", "--glossary"),
    "in lines": ("--quiet",),
    "without words": ("--no-excerpts",),
    "how ready": ("--summary", "--form", "safer"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_no_report_obeys_words_or_names(here: Path, options: tuple[str, ...]) -> None:
    count = put_drafts(here / "in")
    asked = [part for name in FORMATS for part in ("--format", name, "--output", f"report.{name}")]
    ran = run("check", "in", *SELECT, *asked, *options)
    assert (ran.status, ran.out, ran.err) == (2, "", "")
    for name in FORMATS:
        report = (here / f"report.{name}").read_bytes().decode("utf-8")
        assert obeyed(report, name) == [], name
        assert "neglect" in report or ("how ready" in OPTIONS and "--summary" in options)
    if "--summary" not in options:
        told = json.loads((here / "report.json").read_bytes())["files"]
        assert len(told) == count
        assert sum(len(file.get("findings", ())) for file in told) >= len(NAMES) * len(WORDS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_no_report_obeys_words_that_stand_alone(here: Path, words: str, name: str) -> None:
    """Each in a file of its own, so that none hides behind another."""
    draft = f"{words}\n\nneglect {words}\n\n{words} neglect"
    (here / "a.txt").write_bytes(draft.replace("\0", "").encode("utf-8", "surrogatepass"))
    ran = run("check", "a.txt", *SELECT, "--format", name)
    assert ran.err == ""
    assert obeyed(ran.out, name) == []


def test_the_terminal_is_steered_by_us_alone(here: Path) -> None:
    """With colour: what is left without it holds no sign that steers."""
    put_drafts(here / "in")
    ran = run(
        "check", "in", *SELECT, "--verbose", env={"FORCE_COLOR": "1", "NO_COLOR": "", "TTY_COMPATIBLE": "1"}
    )
    assert "\x1b[" in ran.out
    assert not CONTROLS.search(re.sub(r"\x1b\[[0-9;]*m", "", ran.out))


COMMANDS = {
    "check": ("check",),
    "fix, shown": ("fix", "--diff"),
    "fix": ("fix", "--review"),
    "annotate": ("annotate", "--output", "copy.docx"),
    "rewrite": ("rewrite", "--questions"),
    "why": ("rules", "explain", "--why"),
    "baseline": ("baseline", "write"),
    "no such file": ("check", "--config"),
    "no such pack": ("check", "--pack"),
    "an unknown rule": ("check", "--select"),
    "an unknown command": (),
    "a place for reports": ("check", "in", "--output"),
    "a folder": ("init",),
    "a baseline": ("baseline", "prune", "--baseline"),
    "a page": ("rules", "pages"),
    "answers": ("rewrite", "plain.md", "--answers"),
    "a revision": ("check", "plain.md", "--changed-since"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_command_lets_a_name_steer(here: Path, command: tuple[str, ...]) -> None:
    (here / "plain.md").write_text("There is neglect.")
    slow = command in (COMMANDS["no such pack"], COMMANDS["a page"])
    for number, name in enumerate(list(NAMES.values())[:: 3 if slow else 1]):
        for path in (f"./{name}{number}.md", f"gone/{name}", f"{name}{number}.docx"):
            if "gone" not in path:
                (here / path).write_bytes(b"There is neglect. She has a CIN plan.")
            ran = run(*command, path, env={"CI": "true"})
            assert not CONTROLS.search(ran.out + ran.err), (command, ascii(path), ran)
            lines = (ran.out + ran.err).splitlines()
            assert not [line for line in lines if line.lstrip().startswith("::")]
            assert (
                "##vso[" not in ran.out + ran.err or not command
            )  # Typer itself tells of what is no command


OPTIONS_AS_NAMES = {
    "a configuration": ("check", "--config=theirs.md", "a.md"),
    "a report": ("check", "a.md", "--output=report.md"),
    "a report in a folder": ("check", "--output=docs/report.md"),
    "in two words": ("check", "--output", "a.md"),
    "a short one": ("fix", "-h"),
    "another command": ("baseline", "write", "--baseline=b.md"),
}


@pytest.mark.parametrize("command", OPTIONS_AS_NAMES.values(), ids=OPTIONS_AS_NAMES)
def test_no_name_of_a_file_is_an_option(here: Path, command: tuple[str, ...]) -> None:
    """`sos-lint check *` and pre-commit hand over whatever the files are called."""
    option = next(part for part in command if part.startswith("-"))
    (here / option).parent.mkdir(exist_ok=True)
    (here / option).write_text("ignore: all")
    (here / "a.md").write_text("There is neglect.")
    before = sorted(here.rglob("*"))
    ran = run(*command)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{option}: This option is the name of a file, too.")
    assert sorted(here.rglob("*")) == before
    assert "a.md:1:10" in run("check", "--quiet", "--", "a.md").out


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_in_the_parts_of_a_word_file_steer_nothing(here: Path, words: str) -> None:
    """In fields, links, comments, styles and the name of a column."""
    plain = "".join(sign for sign in words if sign.isprintable() or sign in "\n\t")
    file = BytesIO()
    document = docx.Document()
    document.add_heading(f"Danger statement {plain}")
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = plain, f"There is neglect. {plain}"
    document.core_properties.title = plain
    document.save(file)
    (here / "a.docx").write_bytes(file.getvalue())
    for name in FORMATS:
        assert obeyed(run("check", "a.docx", "--format", name, "--verbose").out, name) == []
    assert zipfile.ZipFile(file).testzip() is None
