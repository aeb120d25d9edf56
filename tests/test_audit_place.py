"""The folder of an audit: one audit at a time, and one clear line where something has no room in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")
resource = pytest.importorskip("resource")

from archives import parquet, records  # noqa: E402
from commands import PLAIN, run  # noqa: E402

from sos_lint.audit import place  # noqa: E402
from sos_lint.audit.place import at_work  # noqa: E402
from sos_lint.errors import BadOption  # noqa: E402

OPTIONS = ("--text", "note", "--id", "id", "--group", "team", "--date", "day", "--jobs", "1")
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from sos_lint.cli import main
raise SystemExit(main())
"""


@pytest.mark.parametrize("bytes_", [100, 1_000, 6_000, 20_000])
def test_a_disk_without_room_is_one_clear_line_and_the_next_run_goes_on(tmp_path: Path, bytes_: int) -> None:
    """No file may be larger than this, so that now a part, now the joined file, now the page fails."""
    parquet(tmp_path / "notes.parquet", records(300))
    asked = ("audit", str(tmp_path / "notes.parquet"), *OPTIONS, "--out", str(tmp_path / "out"))
    command = [sys.executable, "-c", LIMITED, str(bytes_), *asked]
    ran = subprocess.run(command, env={**os.environ, **PLAIN}, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert re.search("the disk is full.*give the same command again|no room left on the disk", ran.stderr)
    assert not list((tmp_path / "out").glob("**/*.new"))
    assert run(*asked).status == 0


def test_two_audits_in_one_folder_at_once_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_WAIT", 0.0)
    with (
        at_work(tmp_path / "out"),
        pytest.raises(BadOption, match="another audit is at work"),
        at_work(tmp_path / "out"),
    ):
        pass
    with at_work(tmp_path / "out"):
        pass


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadOption, match="nothing can be kept"), at_work(tmp_path / "file"):
        pass


def test_an_audit_that_is_refused_leaves_no_folder(tmp_path: Path) -> None:
    parquet(tmp_path / "notes.parquet", records(3))
    ran = run("audit", tmp_path / "notes.parquet", "--text", "nte", "--out", tmp_path / "out")
    assert ran.status == 2
    assert not (tmp_path / "out").exists()


def test_an_archive_without_a_note_that_can_be_read_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text('{"id": 1, "note": 5}\n{"id": 2, "note": null}\n')
    asked = ("--text", "note", "--id", "id", "--out", tmp_path / "out")
    ran = run("audit", tmp_path / "notes.jsonl", *asked)
    assert (ran.status, ran.err) == (0, "")
    assert "1 row: not text but another kind of value." in ran.out and "1 row: no text." in ran.out
    assert 'href="#method"' in (tmp_path / "out" / "dashboard.html").read_text(encoding="utf-8")
