"""No command opens a connection or leaves a word of a draft behind, nor does a process that it begins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import PLAIN, ROOT
from killing import ANSWERS, MARKERS, PLACES, put

# Python runs this first in every process of its own that inherits the path.
WATCH = """
import os, sys
NETWORK = ("socket.connect", "socket.bind", "socket.listen", "socket.send", "socket.getaddrinfo",
           "socket.gethostby", "socket.getnameinfo", "socket.gethostname", "urllib.", "http.", "ftplib.",
           "smtplib.", "imaplib.", "poplib.", "telnetlib.", "nntplib.", "webbrowser.")
def watch(event, arguments):
    if event.startswith(NETWORK):
        os.write(2, f"REFUSED {event}\\n".encode())
        os._exit(97)
sys.addaudithook(watch)
"""
COMMANDS = {
    "version": ("--version",),
    "help": ("--help",),
    "check": ("check", "."),
    "check, in full": ("check", ".", "--verbose", "--statistics", "--glossary", "--no-cache"),
    "check, by two": ("check", ".", "--jobs", "2"),
    "check, attachments": ("check", ".", "--attachments", "--column", "note"),
    "check, what changed": ("check", ".", "--changed-since", "HEAD"),
    "check, every report": (
        *("check", ".", "--format", "html", "--output", "report.html", "--format", "sarif"),
        *("--output", "report.sarif", "--format", "summary", "--output", "summary.md"),
    ),
    "check, with no words": ("check", ".", "--no-excerpts", "--format", "json", "--output", "report.json"),
    "fix, shown": ("fix", ".", "--diff"),
    "fix": ("fix", ".", "--review"),
    "annotate": ("annotate", "draft.docx", "-o", "new.docx", "--track-changes", "--glossary"),
    "rewrite, questions": ("rewrite", "draft.txt", "--questions"),
    "rewrite": ("rewrite", "draft.txt", "--answers", "answers.yml", "-o", "clearer.txt"),
    "baseline write": ("baseline", "write"),
    "baseline prune": ("baseline", "prune"),
    "rules list": ("rules", "list"),
    "rules explain": ("rules", "explain", "neglect"),
    "rules explain, why": ("rules", "explain", "--why", "draft.txt:1"),
    "rules schema": ("rules", "schema"),
    "rules pages": ("rules", "pages", "pages"),
    "rules test": ("rules", "test", "rule.yml"),
    "config schema": ("config", "schema"),
    "config page": ("config", "page"),
    "init": ("init", "elsewhere"),
    "cache clear": ("cache", "clear"),
}
# What holds words because somebody asked for it; all else may not.
ASKED_FOR = frozenset(
    ["draft.txt", "draft.docx", "copy.docx", "new.docx", "clearer.txt", "report.html", "summary.md"]
)
RULE = """\
id: rule
kind: jargon
severity: warning
message: What is it?
why: It helps.
source: A guide
phrases: [golden thread]
examples: {bad: ["A [[golden thread]]."], good: ["A thread."]}
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    for name in (*PLACES, "watch"):
        (tmp_path / name).mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    path = os.pathsep.join([str(tmp_path / "watch"), str(ROOT)])
    return {**os.environ, **PLAIN, "PYTHONPATH": path, **{name: str(tmp_path / name) for name in PLACES}}


def drafts(folder: Path) -> None:
    put(folder)
    (folder / "answers.yml").write_text(ANSWERS)
    (folder / "rule.yml").write_text(RULE)
    (folder / "elsewhere").mkdir()
    if shutil.which("git"):
        git = ["git", "-c", "user.name=Odette", "-c", "user.email=odette@example.org", "-c", "core.pager="]
        for command in (["init", "-q"], ["add", "answers.yml"], ["commit", "-q", "-m", "First"]):
            subprocess.run([*git, *command], cwd=folder, check=True)


@pytest.mark.model
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_command_connects_or_leaves_words(
    command: tuple[str, ...], watched: dict[str, str], tmp_path: Path
) -> None:
    if "--changed-since" in command and not shutil.which("git"):
        pytest.skip("needs git")
    folder = tmp_path / "drafts"
    drafts(folder)
    done = subprocess.run(
        [sys.executable, "-m", "sos_lint", *command],
        cwd=folder,
        env=watched,
        capture_output=True,
        check=False,
    )
    assert b"REFUSED" not in done.stderr
    assert done.returncode in {0, 1}, done.stderr
    left = [
        str(path)
        for path in tmp_path.rglob("*")
        if path.is_file() and path.name not in ASKED_FOR and any(m in path.read_bytes() for m in MARKERS)
    ]
    assert [path for path in left if not path.endswith("report.sarif")] == []


def test_the_watch_can_fail(watched: dict[str, str]) -> None:
    code = "import socket; socket.create_connection(('localhost', 9))"
    done = subprocess.run([sys.executable, "-c", code], env=watched, capture_output=True, check=False)
    assert (done.returncode, done.stderr[:8]) == (97, b"REFUSED ")
