"""`sos-lint-annotate`, as a file manager starts it: a copy beside the draft, which stays as it is."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commands import PLAIN, ROOT

from sos_lint.cli.beside import beside, desktop_file, main


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples" / "referral.docx", tmp_path / "My draft, final.docx"))


def comments_in(path: Path) -> int:
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml").count(b"commentReference ")


def test_the_copy_stands_beside_the_draft(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = draft.read_bytes()
    assert main([str(draft)]) == 0
    copy = draft.with_name("My draft, final-with-questions.docx")
    assert comments_in(copy) > 5
    assert draft.read_bytes() == before
    assert sorted(draft.parent.iterdir()) == sorted([draft, copy])
    assert f"Wrote {copy}" in capsys.readouterr().out


def test_an_earlier_copy_is_not_replaced(draft: Path) -> None:
    assert [main([str(draft)]), main([str(draft)])] == [0, 0]
    assert draft.with_name("My draft, final-with-questions-2.docx").exists()
    assert beside(draft).name == "My draft, final-with-questions-3.docx"


def test_several_are_made_though_one_cannot_be(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = draft.with_name("note.txt")
    note.write_text("There is neglect.")
    assert main([str(note), str(draft), str(draft.with_name("gone.docx"))]) == 2
    assert beside(draft).name == "My draft, final-with-questions-2.docx"
    told = capsys.readouterr().err
    assert "note" in told and "gone.docx" in told and "Traceback" not in told


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "Entwürfe für Mia",
            "Entwürfe für Mia: This is a folder. Open it, and drop the drafts that are in it.",
        ),
        (
            "photo.png",
            "photo.png: Only Word (.docx) and OpenDocument (.odt) files can hold comments. Save it",
        ),
        ("note", "note: Only Word (.docx) and OpenDocument"),
        ("broken.docx", "broken.docx: This is not a Word file, whatever its name says."),
    ],
)
def test_what_can_have_no_copy_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, says: str
) -> None:
    thing = tmp_path / name
    thing.mkdir() if " " in name else thing.write_text("nothing of that kind")
    assert main([str(thing)]) == 2
    told = capsys.readouterr().err
    assert says in told and told.count("\n") == 1
    assert list(tmp_path.iterdir()) == [thing]


def test_without_a_draft_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Drop a Word file" in capsys.readouterr().out


def test_a_name_that_looks_like_an_option_is_a_draft(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent)
    draft.rename(draft.with_name("-o.docx"))
    assert main(["-o.docx"]) == 0
    assert draft.with_name("-o-with-questions.docx").exists()


@pytest.mark.parametrize("typed", [b"\n", b""], ids=["Enter", "no keyboard"])
def test_a_window_waits_for_enter(draft: Path, typed: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sos_lint.cli.beside", "--wait", str(draft)],
        input=typed,
        capture_output=True,
        env={**os.environ, **PLAIN},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().endswith("Press Enter to close this window.")


def test_the_entry_for_file_managers_starts_it(draft: Path) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment]
    entry.read_string(desktop_file())
    about = entry["Desktop Entry"]
    assert about["Exec"].endswith(" --wait %F")
    assert "wordprocessingml.document;" in about["MimeType"]
    command = [part for part in shlex.split(about["Exec"]) if part not in ("--wait", "%F")]
    env = {**os.environ, **PLAIN}
    done = subprocess.run([*command, str(draft)], env=env, capture_output=True, check=False)
    assert done.returncode == 0 and beside(draft).name.endswith("-2.docx")


def test_the_entry_keeps_to_the_standard(tmp_path: Path) -> None:
    checker = shutil.which("desktop-file-validate")
    if checker is None:
        pytest.skip("desktop-file-validate is not installed")
    (tmp_path / "sos-lint-annotate.desktop").write_text(desktop_file())
    done = subprocess.run(
        [checker, str(tmp_path / "sos-lint-annotate.desktop")], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"")
