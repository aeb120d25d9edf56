"""Each limit of a document, at it and beyond it, as somebody sees it who set it in a configuration."""

from __future__ import annotations

import os
import time
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from commands import run, spawn
from pdf_files import pdf_file

from sos_lint import deadline
from sos_lint.deadline import OutOfMemory, OutOfTime, let_finish, within
from sos_lint.files import NotOrdinary, TooBig, bytes_in
from sos_lint.limits import HIGHEST, MB, NAMES, USUAL, Limits, held, in_force

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, parts: int = 0) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        for number in range(parts):
            package.writestr(f"word/media/{number}.png", b"")
    return file.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


ONE = paragraph("Tom is six.")
MUCH = "Tom is six. " * 100_000


def nested(depth: int) -> str:
    return f"{'<w:smartTag>' * depth}{ONE}{'</w:smartTag>' * depth}"


# The limit, a file within it and one beyond it, and what is said of that.
CASES: dict[str, tuple[str, str, bytes, bytes, str]] = {
    "size": ("size: 1", "a.txt", b"Tom is six.", MUCH.encode(), "over 1 MB"),
    "text": ("text: 1", "a.docx", word(ONE), word(paragraph(MUCH)), "over 1 MB of text"),
    "unpacked": ("unpacked: 1", "a.docx", word(ONE), word(paragraph(MUCH)), "unpacks to more than 1 MB"),
    "ratio": ("ratio: 9", "a.docx", word(ONE), word(ONE + " " * 22_000_000), "over 9 times its size"),
    "parts": ("parts: 5", "a.docx", word(ONE, 4), word(ONE, 5), "more than 5 parts"),
    "depth": ("depth: 9", "a.docx", word(nested(3)), word(nested(6)), "nested more than 9 elements"),
    "rows": ("rows: 3", "a.csv", b"note\nTom\nTom\n", b"note\nTom\nTom\nTom\n", "more than 3 rows"),
    "cells": ("cells: 2", "a.csv", b"note,b\nTom,b\n", b"note,b\nTom,b,c\n", "more than 2 cells"),
    "seconds": ("seconds: 1", "a.txt", b"Tom is six.", b"There was neglect. " * 200_000, "longer than 1 s"),
}  # fmt: skip


@pytest.mark.parametrize(("limit", "name", "within_it", "beyond", "said"), CASES.values(), ids=CASES)
def test_a_limit(limit: str, name: str, within_it: bytes, beyond: bytes, said: str, tmp_path: Path) -> None:
    if limit.startswith("seconds") and os.name == "nt":
        pytest.skip("Windows has no such clock")
    (tmp_path / ".sos-lint.yml").write_text(f"limits: {{{limit}}}\ncolumn: note\n")
    (tmp_path / name).write_bytes(within_it)
    (tmp_path / "other.md").write_text("There is neglect.")
    assert run("check", tmp_path, "--quiet").status == 1
    (tmp_path / name).write_bytes(beyond)
    ran = run("check", tmp_path, "--quiet")
    assert (ran.status, ran.err) == (2, "")
    finding, fault = ran.out.splitlines()
    assert "other.md:1:10" in finding
    assert fault.startswith(f"{tmp_path}/{name}: ")
    assert said in fault
    assert f"raise `{limit.partition(':')[0]}` under `limits`" in fault


def test_pages(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "a.pdf").write_bytes(pdf_file(["Tom is six."], ["He hides."]))
    (tmp_path / ".sos-lint.yml").write_text("limits: {pages: 1}")
    assert "more than 1 pages" in run("check", tmp_path / "a.pdf", "--quiet").out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such clock")
def test_memory(tmp_path: Path) -> None:
    """Much memory went into a small Markdown file. A process of its own has none to spare."""
    (tmp_path / ".sos-lint.yml").write_text("limits: {memory: 50}")
    (tmp_path / "a.md").write_text("Tom is *six*.\n\n" * 50_000)
    (tmp_path / "b.md").write_text("There is neglect.")
    ran = spawn("check", "a.md", "b.md", "--quiet", "--jobs", "1", "--no-cache", cwd=tmp_path)
    assert (ran.status, ran.err) == (2, "")
    fault, finding = sorted(ran.out.splitlines())
    assert fault.startswith("a.md: This file took more than 50 MB of memory. Split it, or raise `memory`")
    assert finding.startswith("b.md:1:10")


def test_every_limit_has_a_case() -> None:
    # The last: see test_attachments.py
    assert {*CASES, "pages", "memory", "attachments"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_configuration_lifts_a_limit_for_good(name: str, tmp_path: Path) -> None:
    assert getattr(USUAL, name) <= getattr(HIGHEST, name)
    (tmp_path / "a.txt").write_text("Tom is six.")
    for amount in (0, -1, getattr(HIGHEST, name) + 1, "much", "true", ""):
        (tmp_path / ".sos-lint.yml").write_text(f"limits:\n  {name}: {amount}\n")
        ran = run("check", tmp_path / "a.txt", "--quiet")
        assert ran.status == 2
        assert f".sos-lint.yml:2: “{name}” should be a whole number from 1 to" in ran.out


def test_limits_hold_for_the_work_inside_alone() -> None:
    assert in_force() == USUAL
    with held(Limits(size=1)):
        assert in_force().size == 1
    assert in_force() == USUAL


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


clocked = pytest.mark.skipif(os.name == "nt", reason="Windows has no such clock")


@clocked
def test_work_that_takes_too_long_is_ended_and_other_work_is_not() -> None:
    with pytest.raises(OutOfTime), within(0.05):
        work(5)
    with within(5):
        work(0.01)
    work(0.1)  # nothing rings later


@clocked
def test_work_that_takes_too_much_memory_is_ended() -> None:
    held = []

    def grow() -> None:
        held.append(bytes(range(1, 101)) * MB)
        work(5)

    with pytest.raises(OutOfMemory), within(5, 50 * MB):
        grow()
    with within(5, 50 * MB):
        work(0.6)


@clocked
def test_what_must_be_done_whole_is_done_whole() -> None:
    with within(0.05):
        let_finish()
        work(0.2)


@clocked
def test_a_module_is_loaded_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_load.py").write_text(
        "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nwhole = True\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(OutOfTime), within(0.05):
        import_module("slow_to_load") and work(5)
    assert import_module("slow_to_load").whole


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be forked")
def test_a_process_that_does_not_hear_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_GRACE", 0)
    child = os.fork()
    if not child:
        deadline.lose_this_process()
        with within(0.1):
            let_finish()  # as a library in C, which is not at a step of ours
            work(30)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1234")
    assert bytes_in(tmp_path / "a", 4) == b"1234"
    with pytest.raises(TooBig):
        bytes_in(tmp_path / "a", 3)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name, is_folder in {"": True, "pipe": False, "link": False}.items():
        with pytest.raises(NotOrdinary) as fault:
            bytes_in(tmp_path / name, 4)
        assert fault.value.is_folder is is_folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
@pytest.mark.parametrize("name", [".gitignore", ".ignore", ".sos-lint.yml", "pyproject.toml", "draft.txt"])
def test_a_pipe_in_a_folder_keeps_nobody_waiting(name: str, tmp_path: Path) -> None:
    """A walk waited for ever for a `.gitignore` that was a pipe."""
    (tmp_path / "a.txt").write_text("There is neglect.")
    os.mkfifo(tmp_path / name)
    assert "a.txt:1:10" in run("check", tmp_path, "--quiet").out


def test_standard_input_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sos_lint.limits.USUAL.__class__.size_in_bytes", property(lambda _: 10))
    ran = run("check", "-", "--quiet", stdin=b"There is neglect.")
    assert ran.status == 2
    assert "-: This file is over" in ran.out
