"""The diff of two texts: what `diff -u` would write, and colour only where a terminal shows it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from sos_lint.reporters.to_diff import write_diff


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def diff(before: str, after: str) -> str:
    stream = io.StringIO()
    write_diff(before, after, "a.txt", stream)
    return stream.getvalue()


HEAD = "--- a.txt\n+++ a.txt\n"
DIFFS = {
    "nothing": ("a\n", "a\n", ""),
    "a line": ("a\nb\nc\n", "a\nx\nc\n", HEAD + "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"),
    "the last line": (
        "a",
        "b",
        HEAD + "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
    ),
    "Windows line ends": ("a\r\nb\r\n", "x\r\nb\r\n", HEAD + "@@ -1,2 +1,2 @@\n-a\r\n+x\r\n b\r\n"),
    "old Mac line ends": ("a\rb\r", "x\rb\r", HEAD + "@@ -1,2 +1,2 @@\n-a\n+x\n b\n"),
    "lines like a head": ("--- a\n", "+++ b\n", HEAD + "@@ -1 +1 @@\n---- a\n++++ b\n"),
}


@pytest.fixture(autouse=True)
def _nobody_reads_along(monkeypatch: pytest.MonkeyPatch) -> None:
    for sign in ("CI", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(sign, raising=False)


@pytest.mark.parametrize(("before", "after", "expected"), DIFFS.values(), ids=DIFFS)
def test_diff(before: str, after: str, expected: str) -> None:
    assert diff(before, after) == expected


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize("name", ["a line", "the last line", "Windows line ends", "lines like a head"])
def test_the_diff_is_a_patch(name: str, tmp_path: Path) -> None:
    before, after, _ = DIFFS[name]
    (tmp_path / "a.txt").write_bytes(before.encode())
    subprocess.run(
        ["patch", "--binary", "-p0"],
        input=diff(before, after).encode(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "a.txt").read_bytes() == after.encode()


def test_a_terminal_shows_colour_and_obeys_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    write_diff("a\r\n[bold]\x1b[2J\r\n", "b\r\n[bold]\x1b[2J\r\n", "a.txt", stream)
    shown = stream.getvalue()
    assert "\x1b[31m-a\x1b[0m\n" in shown
    assert "\x1b[32m+b\x1b[0m\n" in shown
    assert " [bold]␛[2J\n" in shown
    assert "\x1b[2J" not in shown
