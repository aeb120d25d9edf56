"""The guide “Write your own pack” works when it is followed: each file and command of it, in order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from commands import ROOT, run

GUIDE = (ROOT / "docs" / "your-own-pack.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
BLOCKS = list(BLOCK.finditer(GUIDE))


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what it is to print."""
    before, *parts = COMMAND.split(text)
    assert not before
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_every_block_is_a_file_or_commands() -> None:
    assert len(BLOCKS) == GUIDE.count("\n```") / 2
    kinds = {(block["language"], block["file"] is not None) for block in BLOCKS}
    assert kinds == {("yaml", True), ("markdown", True), ("console", False)}


def test_the_guide_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block in BLOCKS:
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
            continue
        for command, expected in commands(block["text"]):
            program, *arguments = shlex.split(command)
            assert program == "sos-lint"
            ran = run(*arguments)
            assert ran.out + ran.err == expected, command
