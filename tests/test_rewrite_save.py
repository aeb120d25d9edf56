"""Files are saved whole or not at all, whatever comes between, and nothing is left beside them."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commands import ROOT

from sos_lint.errors import SosLintError
from sos_lint.rewrite.save import save

OLD = b"Tom has a CIN plan.\n"
NEW = b"Tom has a child in need plan.\n"

posix = pytest.mark.skipif(os.name == "nt", reason="permissions as on POSIX")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "drafts" / "draft.txt"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def beside(path: Path) -> list[str]:
    """The names in a file's folder."""
    return sorted(other.name for other in path.parent.iterdir())


def refused(path: Path, was: bytes | None = OLD) -> SosLintError:
    """The fault of saving; it leaves nothing new in the folder, and has place, sentence and hint."""
    before = {
        name: (path.parent / name).read_bytes() for name in beside(path) if (path.parent / name).is_file()
    }
    with pytest.raises(SosLintError) as fault:
        save(path, NEW, was=was)
    after = {
        name: (path.parent / name).read_bytes() for name in beside(path) if (path.parent / name).is_file()
    }
    assert after == before
    assert fault.value.place == path.as_posix()
    assert fault.value.hint
    return fault.value


def child(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Some Python with `save`, in a process of its own."""
    start = "import sys; from pathlib import Path; from sos_lint.rewrite.save import save\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture
def shared() -> Iterator[Path]:
    """A draft that other users can reach; those of `tmp_path` are for one only."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "draft.txt"
        path.write_bytes(OLD)
        yield path


AS_SOMEBODY_ELSE = "import os; os.setgroups([]); os.setgid(4321); os.setuid(4321)\n"


def test_the_new_content_stands_in_the_place_of_the_old(draft: Path) -> None:
    save(draft, NEW, was=OLD)
    assert draft.read_bytes() == NEW
    assert beside(draft) == ["draft.txt"]


@pytest.mark.parametrize("data", [b"", b"\r\n\0\x1a", b"x" * 300_000])
def test_bytes_are_written_as_they_are(draft: Path, data: bytes) -> None:
    save(draft, data, was=OLD)
    assert draft.read_bytes() == data


def test_without_earlier_content_the_file_may_be_new(draft: Path) -> None:
    other = draft.with_name("other.txt")
    save(other, NEW, was=None)
    save(draft, NEW, was=None)
    assert other.read_bytes() == draft.read_bytes() == NEW


@posix
def test_a_new_file_gets_the_usual_permissions(draft: Path) -> None:
    usual, new = draft.with_name("usual.txt"), draft.with_name("new.txt")
    usual.write_bytes(NEW)
    save(new, NEW, was=None)
    assert new.stat().st_mode == usual.stat().st_mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o755, 0o200])
def test_permissions_are_kept(draft: Path, mode: int) -> None:
    draft.chmod(mode)
    if not mode & 0o400 and os.geteuid():
        pytest.skip("only root reads what nobody may")
    save(draft, NEW, was=OLD)
    assert stat.S_IMODE(draft.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(draft: Path) -> None:
    os.chown(draft, 12345, 23456)
    draft.chmod(0o660)
    save(draft, NEW, was=OLD)
    kept = draft.stat()
    assert (kept.st_uid, kept.st_gid, stat.S_IMODE(kept.st_mode)) == (12345, 23456, 0o660)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a process of another user")
def test_of_a_strangers_file_a_worker_gets_no_more_than_all_others_had(shared: Path) -> None:
    """Its group cannot be given back, so the new one may do no more than everybody."""
    os.chown(shared, 12345, 0)
    shared.chmod(0o676)
    shared.parent.chmod(0o777)
    done = child(AS_SOMEBODY_ELSE + "save(Path(sys.argv[1]), b'new', was=None)", shared)
    assert done.wait() == 0, done.communicate()
    assert shared.read_bytes() == b"new"
    assert (shared.stat().st_uid, stat.S_IMODE(shared.stat().st_mode)) == (4321, 0o666)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes")
def test_extended_attributes_are_kept(draft: Path) -> None:
    try:
        os.setxattr(draft, "user.case", b"7")
    except OSError:
        pytest.skip("this file system has none")
    save(draft, NEW, was=OLD)
    assert os.getxattr(draft, "user.case") == b"7"


@posix
def test_of_a_link_the_target_is_written(draft: Path) -> None:
    link = draft.parent.parent / "link.txt"
    link.symlink_to(draft)
    save(link, NEW, was=OLD)
    assert link.is_symlink()
    assert draft.read_bytes() == NEW
    assert beside(draft) == ["draft.txt"]


def test_a_file_that_has_changed_is_left(draft: Path) -> None:
    draft.write_bytes(b"Tom has a plan of his own.\n")
    assert "changed" in refused(draft).sentence


SWAPS: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda path: os.mkfifo(path, 0o600),
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a folder": lambda path: path.mkdir(),
    "another file": lambda path: path.write_bytes(OLD + OLD),
}


@posix
@pytest.mark.parametrize("put", SWAPS.values(), ids=SWAPS)
def test_what_is_put_in_its_place_while_we_write_is_left(draft: Path, put: Callable[[Path], object]) -> None:
    """A pipe that somebody put there in that moment kept us waiting for ever."""

    def in_pieces() -> Iterator[bytes]:
        yield NEW
        draft.unlink()
        put(draft)

    with pytest.raises(SosLintError, match="has changed since it was read"):
        save(draft, in_pieces(), was=OLD)
    assert beside(draft) == [draft.name]
    assert not draft.is_file() or draft.read_bytes() == OLD + OLD


@posix
def test_a_link_that_is_put_in_its_place_while_we_write_is_not_followed(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(OLD)

    def in_pieces() -> Iterator[bytes]:
        yield NEW
        draft.unlink()
        draft.symlink_to(other)

    save(draft, in_pieces(), was=OLD)
    assert (other.read_bytes(), draft.read_bytes(), draft.is_symlink()) == (OLD, NEW, False)


def test_a_file_that_has_gone_does_not_come_back(draft: Path) -> None:
    draft.unlink()
    assert "gone" in refused(draft).sentence


@pytest.mark.parametrize("was", [OLD, None])
def test_a_read_only_file_is_left(draft: Path, was: bytes | None) -> None:
    draft.chmod(0o444)
    assert refused(draft, was).sentence == "This file is read-only."
    draft.chmod(0o644)


def test_a_folder_is_no_file(draft: Path) -> None:
    folder = draft.with_name("folder")
    folder.mkdir()
    assert "not an ordinary file" in refused(folder, None).sentence


def test_a_folder_that_is_not_there(draft: Path) -> None:
    with pytest.raises(SosLintError, match="no such folder"):
        save(draft.parent / "gone" / "draft.txt", NEW, was=None)


@posix
def test_links_that_lead_in_a_ring(draft: Path) -> None:
    one, two = draft.with_name("one"), draft.with_name("two")
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(SosLintError, match="could not be written"):
        save(one, NEW, was=None)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a process of another user")
def test_a_folder_that_may_not_be_written_in(shared: Path) -> None:
    shared.chmod(0o666)
    shared.parent.chmod(0o755)
    done = child(AS_SOMEBODY_ELSE + "save(Path(sys.argv[1]), b'x', was=None)", shared)
    _, err = done.communicate()
    assert done.returncode == 1
    assert b"This folder may not be written in." in err
    assert (shared.read_bytes(), beside(shared)) == (OLD, ["draft.txt"])


@posix
def test_a_full_disk_leaves_the_old_file(draft: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
    done = child(code + "save(Path(sys.argv[1]), b'x' * 10_000, was=None)", draft)
    _, err = done.communicate()
    assert done.returncode == 1
    assert b"There is no room left on the disk." in err
    assert (draft.read_bytes(), beside(draft)) == (OLD, ["draft.txt"])


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="root makes a disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", tmp_path], check=False)
    if made.returncode:
        pytest.skip("no file systems are made here")
    try:
        draft = tmp_path / "draft.txt"
        draft.write_bytes(OLD)
        with pytest.raises(SosLintError, match="no room left"):
            save(draft, b"x" * 200_000, was=OLD)
        assert (draft.read_bytes(), beside(draft)) == (OLD, ["draft.txt"])
    finally:
        subprocess.run(["umount", tmp_path], check=True)


AGAIN = """
one, other = sys.argv[2].encode() * 40_000, sys.argv[3].encode() * 40_000
print("ready", flush=True)
while True:
    save(Path(sys.argv[1]), one, was=None)
    save(Path(sys.argv[1]), other, was=None)
"""


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_who_is_ended_at_any_moment_leaves_one_file_or_the_other(draft: Path, number: int) -> None:
    """Twenty times in all, five for each way to end; only who is killed cannot clear up."""
    dice = random.Random(number)
    for _ in range(5):
        draft.write_bytes(b"one " * 40_000)
        worker = child(AGAIN, draft, "one ", "other ")
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0, 0.05))
        worker.send_signal(number)
        worker.communicate()
        assert draft.read_bytes() in (b"one " * 40_000, b"other " * 40_000)
        if number != signal.SIGKILL:
            assert beside(draft) == ["draft.txt"]
    for left in draft.parent.iterdir():  # of who is killed: private, unless it is whole
        assert left.stat().st_size in (160_000, 240_000) or stat.S_IMODE(left.stat().st_mode) == 0o600


# A loop with a task in hand, and a request to end that comes at the n-th line of the loop's own code.
ENDED_IN_A_LOOP = """
import asyncio, os, signal, sys
from sos_lint.rewrite.save import ended_in_order

async def wait():
    other = asyncio.ensure_future(asyncio.sleep(0.001))
    await asyncio.sleep(0.002)
    await other

def ended_at(last):
    lines = 0
    def line(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        if lines == last:
            sys.settrace(None)
            os.kill(os.getpid(), signal.SIGTERM)
        return line
    sys.settrace(lambda frame, *_: line if frame.f_code.co_name == "_run_once" else None)
    try:
        with ended_in_order():
            asyncio.run(wait())
    except SystemExit as end:
        return end.code == 128 + signal.SIGTERM
    finally:
        sys.settrace(None)
    return lines < last  # it was over before

assert all(ended_at(number) for number in range(1, 80))
print("ended at each line")
"""


@posix
def test_a_request_to_end_is_heard_wherever_an_event_loop_is() -> None:
    """A writer closed the window while a question was being drawn, and `rewrite` went on waiting."""
    done = subprocess.run(
        [sys.executable, "-c", ENDED_IN_A_LOOP],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.stdout == "ended at each line\n", done.stderr
