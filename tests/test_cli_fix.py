"""`sos-lint fix` from the outside: files, standard input, the diff, what is told, and what goes wrong."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from commands import PLAIN, run
from odt_files import body, odt_file
from small_packs import ACRONYM, RULE, write_pack
from word_files import only_changed

DRAFT = "Tom has an SGO. The SGO was made prior to May.\r\n\r\nHe has a CIN plan; it was utilised."
FIXED = (
    "Tom has a special guardianship order (SGO). The SGO was made before May.\r\n\r\n"
    "He has a child in need plan; it was utilised."
)
REVIEWED = FIXED.replace("utilised", "used")
CLEAR = "Odette had tea.\n"


RULES = {
    "cin": {**ACRONYM, "id": "cin", "short": "CIN", "meanings": ["child in need"]},
    "sgo": {**ACRONYM, "id": "sgo", "short": "SGO", "meanings": ["special guardianship order"]},
    "prior-to": {**RULE, "id": "prior-to", "phrases": ["prior to"], "swap": "before", "swap-safety": "safe"},
    "utilise": {**RULE, "id": "utilise", "phrases": [{"verb": "utilise"}], "swap": "use"},
    "matter": {**RULE, "id": "matter", "phrases": ["matter"]},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with drafts and a small pack, the only one in force, in which the commands run."""
    pack = {"id": "small", "title": "Small", "version": "1", "sources": {"guide": "A guide"}}
    kinds = ["acronym", "jargon", "broad-term", "vague-frequency", "blaming-language", "hidden-actor"]
    write_pack(tmp_path / "pack", RULES, {**pack, "switch-off": kinds})
    (tmp_path / ".sos-lint.yml").write_text("packs: [pack]")
    (tmp_path / "draft.txt").write_bytes(DRAFT.encode())
    (tmp_path / "clear.md").write_text(CLEAR)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_told_is_golden(folder: Path, check_golden: Callable[[str, str], None]) -> None:
    (folder / "other.md").write_text("# A CIN plan\n\nPrior to tea, prior to bed, it is a matter for us.\n")
    pages = []
    for command in ("fix --diff", "fix", "fix", "fix --review", "fix --review --diff", "fix clear.md"):
        ran = run(*command.split())
        aside = f"(aside)\n{ran.err}" if ran.err else ""
        pages.append(f"$ sos-lint {command}\n{ran.out}{aside}(exit {ran.status})\n")
    check_golden("fix.txt", "\n".join(pages).replace("\r", ""))


def test_a_draft_is_fixed_where_it_is(folder: Path) -> None:
    draft = folder / "draft.txt"
    draft.chmod(0o640)
    assert run("fix", draft).status == 0
    assert draft.read_bytes() == FIXED.encode()
    assert os.name == "nt" or stat.S_IMODE(draft.stat().st_mode) == 0o640
    assert run("fix", draft, "--review").status == 0
    assert draft.read_bytes() == REVIEWED.encode()


def test_a_kind_that_is_only_read_is_told(folder: Path) -> None:
    draft = rb"{\rtf1 He has a CIN plan.}"
    (folder / "a.rtf").write_bytes(draft)
    ran = run("fix", "a.rtf")
    assert (ran.status, ran.err) == (0, "")
    assert "a.rtf is of a kind that is only read: nothing was changed there." in ran.out
    assert (folder / "a.rtf").read_bytes() == draft
    (folder / "b.eml").write_text("Subject: Tea\n\nHe has a CIN plan.")
    assert "2 files are of a kind that is only read" in run("fix", "a.rtf", "b.eml", "clear.md").out


def test_a_kind_that_is_only_read_but_is_clear_is_not_told(folder: Path) -> None:
    (folder / "a.rtf").write_bytes(rb"{\rtf1 Odette had tea.}")
    assert "only read" not in run("fix", "a.rtf").out


def test_what_does_not_change_is_not_written(folder: Path) -> None:
    os.utime(folder / "clear.md", ns=(1, 1))
    before = (folder / "clear.md").stat()
    assert run("fix").status == 0
    assert (folder / "clear.md").stat().st_mtime_ns == 1
    assert (folder / "clear.md").stat().st_ino == before.st_ino
    assert (folder / "draft.txt").read_bytes() == FIXED.encode()


@pytest.mark.parametrize(("file", "status"), [("draft.txt", 1), ("clear.md", 0)])
def test_the_diff_writes_nothing(folder: Path, file: str, status: int) -> None:
    before = (folder / file).read_bytes()
    ran = run("fix", "--diff", file)
    assert ran.status == status
    assert (folder / file).read_bytes() == before
    assert bool(ran.out) is bool(status)


def test_standard_input_goes_to_standard_output(folder: Path) -> None:
    assert folder
    ran = run("fix", "-", stdin=DRAFT.encode())
    assert (ran.status, ran.out) == (0, FIXED)
    assert "“CIN” is now “child in need”" in ran.err
    assert run("fix", "-", stdin=CLEAR.encode()).out == CLEAR


def test_standard_input_keeps_its_encoding(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sos_lint", "fix", "-"],
        input="Zoë: CIN\r\n".encode("utf-16"),
        capture_output=True,
        cwd=folder,
        env={**os.environ, **PLAIN},
        check=True,
    )
    assert done.stdout == "Zoë: child in need\r\n".encode("utf-16")


def test_standard_input_has_a_name_and_a_diff(folder: Path) -> None:
    assert folder
    ran = run("fix", "--stdin-filename", "note.md", "--diff", stdin=b"**CIN** plan")
    assert ran.status == 1
    assert ran.out.startswith("--- note.md\n+++ note.md\n")
    assert "+**Child in need** plan" in ran.out


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    ran = run("fix", "a.txt", "draft.txt", "gone.txt")
    assert ran.status == 2
    assert "a.txt: This file is empty." in ran.out
    assert "gone.txt: There is no such file or folder." in ran.out
    assert "2 files could not be changed." in ran.out
    assert (folder / "draft.txt").read_bytes() == FIXED.encode()


def test_a_read_only_file_is_a_fault(folder: Path) -> None:
    (folder / "draft.txt").chmod(0o444)
    ran = run("fix")
    assert ran.status == 2
    assert "draft.txt: This file is read-only." in ran.out
    assert (folder / "draft.txt").read_bytes() == DRAFT.encode()


def test_a_sign_that_the_encoding_lacks_is_a_fault(folder: Path) -> None:
    pack = {**RULE, "id": "cafe", "phrases": ["prior"], "swap": "łza"}
    write_pack(
        folder / "more",
        {"cafe": pack},
        {"id": "more", "title": "M", "version": "1", "sources": {"guide": "A"}},
    )
    data = "Renée’s prior plan.".encode("cp1252")
    (folder / "old.txt").write_bytes(data)
    ran = run("fix", "old.txt", "--review", "--pack", "more")
    assert ran.status == 2
    assert "This file's encoding (Windows-1252) lacks a sign of the new words." in ran.out
    assert (folder / "old.txt").read_bytes() == data


def test_options_choose_the_rules(folder: Path) -> None:
    run("fix", "--select", "small/cin")
    assert (folder / "draft.txt").read_bytes() == DRAFT.replace("CIN", "child in need").encode()
    run("fix", "--ignore", "small/sgo")
    assert b"an SGO" in (folder / "draft.txt").read_bytes()
    assert b"before" in (folder / "draft.txt").read_bytes()


def test_a_word_file_keeps_its_formatting(folder: Path) -> None:
    draft = docx.Document()
    paragraph = draft.add_paragraph("Tom has a ")
    paragraph.add_run("CIN").bold = True
    paragraph.add_run(" plan, made prior to May.")
    draft.save(str(folder / "note.docx"))
    shown = run("fix", "note.docx", "--diff")
    assert "+Tom has a child in need plan, made before May.\n" in shown.out
    assert run("fix", "note.docx").status == 0
    after = docx.Document(str(folder / "note.docx")).paragraphs[0]
    assert after.text == "Tom has a child in need plan, made before May."
    assert [(one.text, one.bold) for one in after.runs][1] == ("child in need", True)
    before = (folder / "note.docx").stat().st_ino
    assert "Nothing to change." in run("fix", "note.docx").out
    assert (folder / "note.docx").stat().st_ino == before


def test_an_opendocument_file_changes_in_its_words_alone(folder: Path) -> None:
    data = odt_file(
        "<text:p>Tom has a <text:span>CIN</text:span> plan, made prior to May.<text:change/></text:p>"
    )
    (folder / "note.odt").write_bytes(data)
    assert "+Tom has a child in need plan, made before May.\n" in run("fix", "note.odt", "--diff").out
    ran = run("fix", "note.odt")
    assert (ran.status, ran.err) == (0, "")
    after = (folder / "note.odt").read_bytes()
    assert only_changed(data, after) == {"content.xml"}
    words = "Tom has a <text:span>child in need</text:span> plan, made before May.<text:change/>"
    assert body(after) == f"<text:p>{words}</text:p>"
    assert "Nothing to change." in run("fix", "note.odt").out


BAD = {
    "an unknown rule": ("fix --select smal/cin", "no rule, pack or kind is called “smal/cin”"),
    "a configuration that is not there": ("fix --config gone.yml", "gone.yml"),
    "a pack that is not there": ("fix --pack gone", "gone"),
}


@pytest.mark.parametrize(("command", "said"), BAD.values(), ids=BAD)
def test_a_slip_on_the_command_line_stops_the_run(folder: Path, command: str, said: str) -> None:
    ran = run(*command.split())
    assert ran.status == 2
    assert said in ran.err
    assert (folder / "draft.txt").read_bytes() == DRAFT.encode()


def test_a_broken_configuration_is_told_with_the_files_it_is_for(folder: Path) -> None:
    (folder / ".sos-lint.yml").write_text("pack: [pack]")
    ran = run("fix")
    assert ran.status == 2
    assert "2 files are not checked" in ran.out
    assert (folder / "draft.txt").read_bytes() == DRAFT.encode()
