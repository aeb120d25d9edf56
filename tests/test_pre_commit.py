"""The hooks of this repository, run by pre-commit itself in a scratch repository."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import docx
import pytest
from commands import Ran, run
from msg_files import message
from odt_files import paragraphs
from pdf_files import pdf_file
from repositories import call, configure_hooks, environment, own_hooks
from rtf_files import paragraphs as rtf_paragraphs
from table_files import workbook
from word_files import saved

from sos_lint.readers import ENDINGS, KINDS, TABLES, read

NEGLECT = "There is neglect in the home."
CLEAR = "On Monday Dee gave Ruby her tea at six."

needs_pre_commit = pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")


def word(text: str) -> bytes:
    draft = docx.Document()
    draft.add_paragraph(text)
    return saved(draft)


def everywhere(text: str) -> dict[str, bytes]:
    """The same words as drafts of several kinds."""
    return {
        "letter.docx": word(text),
        "letter.odt": paragraphs([[text]]),
        "letter.rtf": rtf_paragraphs([[text]]),
        "letter.msg": message("Tea", text),
        "letter.pdf": pdf_file([text]),
        "letter.md": text.encode(),
        "letter.txt": text.encode(),
        "letter.html": f"<!doctype html><title>A letter</title><p>{text}</p>".encode(),
        "letter.csv": f"date,note\n2 March,{text}\n".encode(),
        "letter.xlsx": workbook({"Notes": [["Date", "Note"], ["2 March", text]]}),
        "letter.eml": f"From: jo@example.org\nSubject: Tea\n\n{text}\n".encode(),
    }


class Repository:
    """A scratch repository with our hooks, in which a user works."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self._env = environment(home)
        folder.mkdir()
        self.git("init", "-q", ".")

    def put(self, files: dict[str, bytes]) -> None:
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.git("add", "-A")

    def git(self, *arguments: str) -> Ran:
        return call("git", *arguments, cwd=self.folder, env=self._env)

    def pre_commit(self, *arguments: str) -> Ran:
        return call(sys.executable, "-m", "pre_commit", *arguments, cwd=self.folder, env=self._env)

    def hook(self, name: str) -> Ran:
        return self.pre_commit("run", name, "--all-files", "--color", "never")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "drafts", tmp_path / "home")


def test_the_drafts_are_of_every_kind_that_is_read() -> None:
    assert {Path(name).suffix for name in everywhere("")} == set(KINDS)


@needs_pre_commit
def test_a_commit_of_unclear_drafts_is_stopped_and_one_of_clear_drafts_is_not(repository: Repository) -> None:
    configure_hooks(repository.folder, {"sos-lint": ["--quiet"]})
    assert repository.pre_commit("install").status == 0
    repository.put({".sos-lint.yml": b"column: note", **everywhere(NEGLECT)})
    stopped = repository.git("commit", "-m", "Add letters")
    told = re.findall(r"^(letter\.\w+)\b.*broad-terms/neglect", stopped.err, re.MULTILINE)
    assert (stopped.status, told) == (1, sorted(everywhere("")))
    assert "(say where a draft is not yet clear)" in stopped.err
    assert repository.git("rev-parse", "-q", "--verify", "HEAD").status == 1
    repository.put(everywhere(CLEAR))
    done = repository.git("commit", "-m", "Add letters")
    assert (done.status, done.err.count("Passed")) == (0, 1), done.err
    assert repository.git("rev-parse", "-q", "--verify", "HEAD").status == 0


@needs_pre_commit
def test_what_the_configuration_leaves_out_is_left_out(repository: Repository) -> None:
    """pre-commit names every file, and a file that is named was checked whatever `exclude` said."""
    configure_hooks(repository.folder, {"sos-lint": []})
    repository.put({".sos-lint.yml": b"exclude: old/", "old/a.md": NEGLECT.encode(), "a.md": CLEAR.encode()})
    ran = repository.hook("sos-lint")
    assert (ran.status, "Passed" in ran.out) == (0, True), ran.out


@needs_pre_commit
def test_a_fix_changes_the_file_and_says_so(repository: Repository) -> None:
    configure_hooks(repository.folder, {"sos-lint-fix": []})
    cin = "Ruby is on a CIN plan. The CIN plan ends in May."
    repository.put(
        {"a.md": cin.encode(), "b.docx": word(cin), "c.md": CLEAR.encode(), "old/d.md": cin.encode()}
    )
    repository.put({".sos-lint.yml": b"exclude: old/"})
    ran = repository.hook("sos-lint-fix")
    assert (ran.status, "files were modified by this hook" in ran.out) == (1, True), ran.out
    for name in ("a.md", "b.docx"):
        assert "child in need (CIN) plan" in read(repository.folder / name, name).text
    assert (repository.folder / "c.md").read_text() == CLEAR
    assert (repository.folder / "old/d.md").read_text() == cin
    repository.git("add", "-A")
    again = repository.hook("sos-lint-fix")
    assert (again.status, "Passed" in again.out) == (0, True), again.out


PACK = """\
title: Words of our council
defaults: {kind: jargon, severity: warning, source: "Our standards, 2026"}
entries:
  - phrases: [golden thread meeting]
    message: Would the family know our word?
    why: Families do not know the names of our teams.
    alternatives: [a meeting about your plan]
    examples:
      bad: ["We had a %s."]
      good: ["She had a golden thread in her hair."]
"""


@needs_pre_commit
@pytest.mark.parametrize(("example", "status"), [("[[golden thread meeting]]", 0), ("[[thread meeting]]", 1)])
def test_the_examples_of_ones_own_rules_are_tried(repository: Repository, example: str, status: int) -> None:
    configure_hooks(repository.folder, {"sos-lint-rules-test": ["our-words.yml"]})
    repository.put({"our-words.yml": (PACK % example).encode()})
    ran = repository.hook("sos-lint-rules-test")
    assert (ran.status, ran.out.count("Failed")) == (status, status), ran.out


def test_the_hooks_are_commands_that_read_what_they_are_given() -> None:
    for hook in own_hooks().values():
        program, *command = hook["entry"].split()
        assert program == "sos-lint"
        assert run(*command, "--help").status == 0


def test_the_hooks_share_one_environment() -> None:
    """pre-commit installed spaCy twice, as one hook asked for an extra that the others did not."""
    assert len({tuple(hook["additional_dependencies"]) for hook in own_hooks().values()}) == 1


def test_the_check_takes_every_file_that_a_walk_would_find() -> None:
    wanted = re.compile(own_hooks()["sos-lint"]["files"])
    unreadable = ["draft.docx.bak", "draft", "docx", "draft.png", "draft.md~"]
    assert [
        ending
        for ending in (*ENDINGS, *TABLES)
        if ending and not wanted.search(f"Letters/DRAFT{ending.upper()}")
    ] == []
    assert [name for name in unreadable if wanted.search(name)] == []


def test_the_fix_takes_only_what_the_check_takes() -> None:
    endings = re.findall(r"\w+", own_hooks()["sos-lint-fix"]["files"].partition("(?i)")[2])
    assert set(endings) <= {ending.lstrip(".") for ending in (*ENDINGS, *TABLES)}
