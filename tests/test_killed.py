"""Who is ended by force, has no room or may not write loses nothing, and leaves no words lying about."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import ROOT, run, spawn
from killing import CASES, Case, put

from sos_lint.rewrite import save as saving

KILLS = os.environ.get("SOS_LINT_KILLS", "10")  # of each command: 200 for a long run
SCRIPT = Path(__file__).with_name("killing.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


@pytest.mark.model
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), KILLS],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["command"] for one in told] == list(CASES)
    for one in told:
        assert one["old"] + one["new"] == int(KILLS), one
        nothing = ("half", "changed otherwise", "left after the next run", "words elsewhere")
        assert [one[key] for key in nothing] == [0, 0, 0, 0], one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which there is no room for a second copy of anything."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root makes a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(disk)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be made here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_full_disk(case: Case, small_disk: Path) -> None:
    folder = small_disk / "drafts"
    put(folder)
    free = os.statvfs(small_disk)
    (small_disk / "rest").write_bytes(bytes(free.f_bavail * free.f_bsize))
    was = (folder / case.target).read_bytes()
    ran = spawn(*case.arguments, cwd=folder, env={"SOS_LINT_CACHE": str(small_disk / "cache")})
    assert ran.status == 2
    assert "There is no room left on the disk" in ran.out + ran.err
    assert "Traceback" not in ran.out + ran.err
    assert (folder / case.target).read_bytes() == was
    assert not [path for path in folder.iterdir() if path.name.endswith(".sos-lint")]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_target_that_is_read_only(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    put(folder)
    target = folder / case.target
    was = target.read_bytes()
    target.chmod(0o440)
    ran = spawn(*case.arguments, cwd=folder)
    assert ran.status == 2
    assert "read-only" in ran.out + ran.err or "may not be written" in ran.out + ran.err
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (was, 0o440)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_link_out_of_the_folder_is_not_written_through(case: Case, tmp_path: Path) -> None:
    """A folder of somebody else's held a link to a file at home."""
    folder, elsewhere = tmp_path / "drafts", tmp_path / "home"
    put(folder)
    elsewhere.mkdir()
    target, real = folder / case.target, elsewhere / case.target
    shutil.move(target, real)
    target.symlink_to(real)
    was = real.read_bytes()
    ran = spawn(*case.arguments, cwd=folder)
    assert ran.status == 2
    assert "link to a file in another folder" in ran.out + ran.err
    assert real.read_bytes() == was
    assert sorted(path.name for path in elsewhere.iterdir()) == [case.target]


def test_what_was_left_by_force_goes_with_the_next_write(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("She has a CIN plan.")
    left = tmp_path / f".{'0' * 16}.sos-lint"
    left.write_text("There is neglect.")
    others = [tmp_path / name for name in (".sos-lint.yml", ".0.sos-lint", f".{'0' * 16}.sos-lint.txt")]
    for other in others:
        other.write_text("")
    saving._clear_up.cache_clear()
    assert run("fix", tmp_path / "a.txt").status == 0
    assert not left.exists()
    assert all(other.exists() for other in others)


@pytest.mark.skipif(os.name == "nt", reason="locks as on POSIX")
def test_what_another_process_is_writing_is_left_to_it(tmp_path: Path) -> None:
    busy = tmp_path / f".{'0' * 16}.sos-lint"
    busy.write_text("half of a draft")
    handle = os.open(busy, os.O_RDONLY)
    assert saving.lock(handle)
    saving._clear_up.cache_clear()
    saving.save(tmp_path / "a.txt", b"new", was=None)
    assert busy.exists()
    os.close(handle)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as on Linux")
def test_no_image_of_our_memory_is_written() -> None:
    code = "import resource; from sos_lint.cli import main; main(['--version']); "
    code += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.split()[-1] in {"0", "1"}


def test_a_baseline_that_a_configuration_puts_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "a.txt").write_text("There is neglect.")
    (folder / ".sos-lint.yml").write_text("baseline: ../elsewhere.json")
    monkeypatch.chdir(folder)
    ran = run("baseline", "write")
    assert (ran.status, ran.out) == (2, "")
    assert "outside the folder of the configuration" in ran.err
    assert not (tmp_path / "elsewhere.json").exists()
    assert run("baseline", "write", "--baseline", "../elsewhere.json").status == 0
