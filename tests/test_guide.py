"""The pages of the manual are true: each file and command on them, in order, prints what stands there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from commands import ROOT, run
from guides import BLOCK, followed

from sos_lint.reporters import FORMATS

DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
FOLLOWED = [
    name for name in PAGES if re.search(r"^```console$", (DOCS / name).read_text("utf-8"), re.MULTILINE)
]
OWN_PACK = (DOCS / "your-own-pack.md").read_text(encoding="utf-8")


def test_every_block_of_the_guide_to_packs_is_a_file_or_commands() -> None:
    blocks = list(BLOCK.finditer(OWN_PACK))
    assert len(blocks) == OWN_PACK.count("\n```") / 2
    kinds = {(block["language"], block["file"] is not None) for block in blocks}
    assert kinds == {("yaml", True), ("markdown", True), ("console", False)}


def test_the_pages_with_commands_are_among_those_that_are_followed() -> None:
    assert {"practitioner.md", "repository.md", "template-library.md", "adoption.md"} < set(FOLLOWED)


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_page_can_be_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """`--update-golden` puts what is printed now into the page: read the change."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    page = (DOCS / name).read_text(encoding="utf-8")
    now = followed(page, tmp_path)
    if request.config.getoption("--update-golden"):
        (DOCS / name).write_text(now, encoding="utf-8", newline="\n")
    assert now == (DOCS / name).read_text(encoding="utf-8")


OF_THE_READERS = ["index", "practitioner", "repository", "template-library", "adoption", "reports", "privacy"]


@pytest.mark.model
@pytest.mark.parametrize("name", OF_THE_READERS)
def test_the_pages_for_readers_keep_the_rules_that_they_explain(name: str) -> None:
    """Names of formats (JSON, YAML) stay: whoever needs them knows them by no other."""
    ran = run("check", DOCS / f"{name}.md", "--ignore", "acronyms/unknown", "--quiet")
    assert (ran.status, ran.out) == (0, "")


def test_the_page_on_reports_names_every_format_and_every_key_of_the_json(tmp_path: Path) -> None:
    page = (DOCS / "reports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"| `{name}` |" not in page] == []
    for name in ("safer-draft.md", "note.md"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
    (tmp_path / "empty.md").touch()
    run("baseline", "write", tmp_path / "note.md", "--baseline", tmp_path / "old.json")
    options = ("--statistics", "--summary", "--glossary", "--baseline", tmp_path / "old.json")
    report = json.loads(run("check", tmp_path, "--format", "json", *options).out)
    findings = [finding for file in report["files"] for finding in file.get("findings", ())]
    records = [report, *report["files"], *findings]
    keys = {key for record in records for key in record}
    assert {"baseline", "failure", "readiness", "unpacking"} < keys
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


COMMAND = re.compile(r"^(?:\S*[/\\])?sos-lint ((?:[^#\n]|\S#)*)", re.MULTILINE)
SHOWN = {
    (name, command.strip())
    for name in PAGES
    for block in BLOCK.finditer((DOCS / name).read_text(encoding="utf-8"))
    if block["language"] in {"sh", "powershell"}
    for command in COMMAND.findall(block["text"])
}


@pytest.mark.parametrize(("name", "command"), sorted(SHOWN))
def test_a_command_that_is_only_shown_has_the_options_that_it_names(name: str, command: str) -> None:
    words = shlex.split(command.partition(">")[0], posix="\\" not in command)
    options = [word for word in words if word.startswith("-")]
    group = words[:2] if words[0] in {"rules", "baseline", "config"} else words[:1]
    if group == ["audit"]:  # to run one is its first command, which need not be named
        group.append("compare" if words[1] == "compare" else "run")
    told = run(*group, "--help")
    assert told.status == 0, name
    assert [option for option in options if not re.search(rf"(^|[ ,]){option}\b", told.out, re.M)] == []
