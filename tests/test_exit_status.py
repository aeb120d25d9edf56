"""The exit status: 0 nothing at the threshold, 1 findings at it or above, 2 work that could not be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import run, spawn

CLEAR = "Odette had tea."
SUGGESTION = "Odette sees the QZVT team."
WARNING = "There is neglect."
SHORT_FORM = "Odette has a CIN plan."

TABLE = {
    "help": ("--help", 0),
    "help of a command": ("check -h", 0),
    "version": ("--version", 0),
    "no command": ("", 2),
    "unknown command": ("chekc", 2),
    "clear": ("check clear.txt", 0),
    "a suggestion": ("check suggestion.txt", 0),
    "a warning": ("check warning.txt", 1),
    "clear and a warning": ("check clear.txt warning.txt", 1),
    "the folder": ("check", 2),
    "from suggestions on": ("check suggestion.txt --fail-on suggestion", 1),
    "from warnings on": ("check warning.txt --fail-on warning", 1),
    "from errors on": ("check warning.txt --fail-on error", 0),
    "never": ("check warning.txt suggestion.txt --fail-on never", 0),
    "what warns is ignored": ("check warning.txt --ignore broad-term", 0),
    "what warns is not selected": ("check warning.txt --select acronyms", 0),
    "learning": ("check warning.txt --profile learning", 0),
    "strict": ("check suggestion.txt --profile strict", 1),
    "an unknown profile": ("check warning.txt --profile stern", 2),
    "an unknown pack as well": ("check clear.txt --with recordng", 2),
    "configured never": ("check never/warning.txt", 0),
    "configured never, and asked": ("check never/warning.txt --fail-on warning", 1),
    "configured as an error": ("check error/warning.txt --fail-on error", 1),
    "one folder fails and one does not": ("check never/warning.txt warning.txt", 1),
    "missing": ("check gone.txt", 2),
    "missing, and nothing is to fail": ("check gone.txt --fail-on never", 2),
    "missing, beside a warning": ("check gone.txt warning.txt", 2),
    "empty": ("check empty.txt", 2),
    "broken configuration": ("check broken/warning.txt", 2),
    "unknown rule": ("check clear.txt --select nglect", 2),
    "unknown option": ("check clear.txt --slect x", 2),
    "as JSON": ("check warning.txt --format json", 1),
    "as JSON, missing": ("check gone.txt --format json", 2),
    "quiet": ("check warning.txt --quiet", 1),
    "into a file": ("check warning.txt --output report", 1),
    "into no folder": ("check warning.txt --output gone/report", 2),
    "fix, nothing to change": ("fix clear.txt", 0),
    "fix, left to the writer": ("fix warning.txt", 0),
    "fix, shown, nothing to change": ("fix --diff clear.txt", 0),
    "fix, shown": ("fix --diff short.txt", 1),
    "fix, missing": ("fix gone.txt", 2),
    "fix, shown, missing": ("fix --diff short.txt gone.txt", 2),
    "fix, unknown rule": ("fix clear.txt --select nglect", 2),
    "rewrite, without a terminal": ("rewrite warning.txt", 2),
    "rewrite, the questions": ("rewrite warning.txt --questions", 0),
    "rewrite, missing": ("rewrite gone.txt --questions", 2),
    "rules": ("rules list jargon", 0),
    "rules without a command": ("rules", 2),
    "an unknown rule's page": ("rules explain xyzzy", 2),
    "examples": ("rules test broad-terms/neglect", 0),
    "schema": ("rules schema", 0),
    "init": ("init clear", 0),
    "init again": ("init never", 2),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("status")
    drafts = {"clear": CLEAR, "suggestion": SUGGESTION, "warning": WARNING, "short": SHORT_FORM, "empty": ""}
    for name, text in drafts.items():
        (folder / f"{name}.txt").write_text(text)
    for name, text in {
        "never": "fail-on: never",
        "error": "severity: {broad-term: error}",
        "broken": "ignor: x",
    }.items():
        (folder / name).mkdir()
        (folder / name / ".sos-lint.yml").write_text(text)
        (folder / name / "warning.txt").write_text(WARNING)
    (folder / "clear").mkdir()
    return folder


@pytest.mark.parametrize(("command", "status"), TABLE.values(), ids=TABLE)
def test_status(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, status: int) -> None:
    monkeypatch.chdir(folder)
    assert run(*command.split()).status == status


@pytest.mark.parametrize(("command", "status"), [("clear.txt", 0), ("warning.txt", 1), ("gone.txt", 2)])
def test_the_process_ends_with_it(folder: Path, command: str, status: int) -> None:
    assert spawn("check", command, cwd=folder).status == status


@pytest.mark.skipif(os.name == "nt", reason="the command has another ending there")
def test_the_installed_command_ends_with_it(folder: Path) -> None:
    import shutil
    import subprocess
    import sys

    command = shutil.which("sos-lint", path=Path(sys.executable).parent)
    assert command, "install the checkout first: pip install -e '.[dev]'"
    done = subprocess.run([command, "check", folder / "warning.txt"], capture_output=True, check=False)
    assert done.returncode == 1
