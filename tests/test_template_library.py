"""The made-up template library: its documents are right, and every way to check it finds the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from commands import run
from repositories import call, configure_hooks, environment
from servers import BASH, run_check, run_job
from template_library.make import LIBRARY, MADE, framed, pages

from sos_lint.config import read_config
from sos_lint.readers import KINDS, is_table, read, read_bytes

Found = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library as a repository of its own."""
    folder = tmp_path_factory.mktemp("library") / "templates"
    shutil.copytree(LIBRARY, folder)
    return folder


@pytest.fixture(scope="module")
def home(library: Path) -> Path:
    (library.parent / "home").mkdir()
    env = environment(library.parent / "home")
    call("git", "init", "-q", ".", cwd=library, env=env)
    configure_hooks(library, {"sos-lint": ["--format=json", "--output=hook.json"]})
    call("git", "add", "-A", cwd=library, env=env)
    return library.parent / "home"


@pytest.fixture(scope="module")
def found(library: Path) -> Found:
    """What the command line finds in each document."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(library)
        ran = run("check", "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    return findings(json.loads(ran.out))


def findings(report: dict[str, Any]) -> Found:
    return {file["path"].removeprefix("./"): file["findings"] for file in report["files"]}


def documents() -> list[Path]:
    """The documents of the library but for those that its configuration leaves out."""
    config = read_config(LIBRARY / ".sos-lint.yml")
    files = sorted(path for path in LIBRARY.rglob("*.*") if path.is_file() and not path.name.startswith("."))
    return [path for path in files if not config.leaves_out(path, folder=False)]


def test_there_are_forty_documents_in_every_kind_that_is_read(found: Found) -> None:
    names = [path.relative_to(LIBRARY).as_posix() for path in documents()]
    assert sorted(found) == sorted(names)
    assert len(names) == 40
    assert {Path(name).suffix for name in names} == set(KINDS)


@pytest.mark.parametrize(("document", "page"), pages().items(), ids=map(str, pages()))
def test_a_document_holds_the_words_of_its_page(document: Path, page: Path) -> None:
    """Also after a change to the page: run tests/template_library/make.py, which needs LibreOffice."""
    columns = read_config(LIBRARY / ".sos-lint.yml").settings_for(LIBRARY / document).columns
    source = framed(page) if page.suffix == ".html" else page.read_text(encoding="utf-8")
    wanted = read_bytes(source.encode(), page.name, columns=columns).text.split()
    assert len(wanted) > 40
    assert read(LIBRARY / document, document.name, columns).text.split() == wanted


def test_every_document_that_no_editor_writes_is_made_from_a_page() -> None:
    made = {path.relative_to(LIBRARY) for path in documents() if path.suffix in MADE}
    assert made == set(pages())


def test_what_is_found_is_counted(found: Found, check_golden: Callable[[str, str], None]) -> None:
    """A rule that changes what is said of templates changes this table: read it as their author would."""
    everywhere = [one for there in found.values() for one in there]
    rows = [counted(there, path) for path, there in found.items()]
    check_golden(
        "template-library.txt", "\n".join([*rows, counted(everywhere, f"in {len(found)} documents"), ""])
    )


def counted(there: list[dict[str, Any]], where: str) -> str:
    kinds = Counter(one["kind"] for one in there)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    return f"{len(there):5}  {where}{told and f': {told}'}"


def test_the_columns_of_the_tables_are_named_once_for_every_way_to_check(found: Found) -> None:
    """What stands in other columns, such as who was rung, is not looked at; every chosen one is."""
    places = [one["where"] for path, there in found.items() if is_table(path) for one in there]
    columns = {re.sub(r".*column “(.*)”.*", r"\1", place) for place in places}
    assert columns == {"note", "What was said and seen", "What happens next"}


@pytest.mark.parametrize("option", ["--jobs=2", "--no-cache"])
def test_neither_processes_nor_the_cache_change_what_is_found(
    library: Path, found: Found, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(library)
    ran = run("check", "--format", "json", option)
    assert (ran.status, findings(json.loads(ran.out))) == (1, found)


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_the_hook_finds_the_same(library: Path, home: Path, found: Found) -> None:
    command = [sys.executable, "-m", "pre_commit", "run", "sos-lint", "--all-files", "--color", "never"]
    ran = call(*command, cwd=library, env=environment(home))
    assert ran.status == 1, ran.out
    assert findings(json.loads((library / "hook.json").read_text(encoding="utf-8"))) == found


@pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")
def test_the_action_finds_the_same(library: Path, home: Path, found: Found) -> None:
    given = {"json-file": "action.json", "sarif-file": "action.sarif", "excerpts": "true"}
    job = run_check(given, library, home)
    everywhere = [one for there in found.values() for one in there]
    assert (job.ran.status, job.outputs["findings"]) == (1, str(len(everywhere)))
    assert findings(json.loads((library / "action.json").read_text(encoding="utf-8"))) == found
    (sarif,) = json.loads((library / "action.sarif").read_text(encoding="utf-8"))["runs"]
    told = Counter(result["partialFingerprints"]["primaryLocationLineHash"] for result in sarif["results"])
    assert told == Counter(one["fingerprint"] for one in everywhere)
    assert len(re.findall(r"^::(?:error|warning|notice) ", job.ran.out, re.MULTILINE)) == len(everywhere)
    assert f"## sos-lint: {len(everywhere)} places to make clearer" in job.summary


def test_the_job_of_gitlab_finds_the_same(library: Path, home: Path, found: Found) -> None:
    assert run_job({"excerpts": "true"}, library, home).status == 1
    quality = json.loads((library / "sos-lint.json").read_text(encoding="utf-8"))
    told = Counter((one["location"]["path"].removeprefix("./"), one["check_name"]) for one in quality)
    assert told == Counter((path, one["rule"]) for path, there in found.items() for one in there)
