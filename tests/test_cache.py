"""What is kept of earlier runs: it changes no report, holds no word, and may be lost at any time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from commands import PLAIN, run

from sos_lint import batch, cache
from sos_lint.batch import Asked, lint_files
from sos_lint.cache import Results
from sos_lint.cli import drafts
from sos_lint.document import Document
from sos_lint.lint import Linter
from sos_lint.project import Project
from sos_lint.readers import read_bytes
from sos_lint.readers.attached import Drafts
from sos_lint.readers.find import Found, find_documents
from sos_lint.report import FileReport
from sos_lint.reporters import FORMATS
from sos_lint.settings import Profile, Settings
from sos_lint.shelf import Room, Shelf

DRAFTS = {
    "asked.md": "# Worries\n\nZephyrine has a CIN plan. There is neglect: nobody gave her supper.\n",
    "unknown.txt": "The QZXW team met Zephyrine. LAC and CP were discussed. He has contact with his aunt.\n",
    "clear.txt": "Zephyrine had tea with her gran.\n",
    "remarks.md": "Tea. <!-- sos-lint: ignore broad-terms/neglect -- quoted -->\n",
    "statement.md": "Danger statement: We are worried that Dad will hit Zephyrine again.\n",
    "table.csv": 'id,note\n1,There is neglect.\n2,"A CIN plan, and CP."\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The drafts, in the folder that one stands in, and a cache of its own. They count as just written."""
    monkeypatch.setattr(cache, "SETTLED", 3600 * 1_000_000_000)
    monkeypatch.setenv("SOS_LINT_CACHE", str(tmp_path / "cache"))
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for name, text in DRAFTS.items():
        (drafts / name).write_text(text)
    document = docx.Document()
    document.add_paragraph("There is neglect of Zephyrine.")
    document.save(str(drafts / "draft.docx"))
    monkeypatch.chdir(drafts)
    return drafts


def reports(
    folder: Path, results: Results | None, settings: Settings | None = None, asked: Asked | None = None
) -> list[FileReport]:
    project = Project(settings or Settings(columns=("note",)))
    found, _ = find_documents([str(folder)], project.leaves_out)
    return list(lint_files(found, project.choose, asked=asked, results=results))


SETTINGS = {
    "as they are": Settings(columns=("note",)),
    "strict": Settings(columns=("note",), profile=Profile.STRICT),
    "one kind": Settings(columns=("note",), select=("acronym",)),
    "all but one": Settings(columns=("note",), ignore=("broad-term",)),
    "a form": Settings(columns=("note",), form="three-columns"),
}


@pytest.mark.model
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_report_is_the_same_with_it_and_without(folder: Path, settings: Settings) -> None:
    asked = Asked(told=True, glossary=True, measure=True, ready=True, set_aside=True)
    for wanted in (None, asked):
        plain = reports(folder, None, settings, wanted)
        assert any(report.findings for report in plain)
        for _ in range(3):
            assert reports(folder, Results(), settings, wanted) == plain


@pytest.mark.model
def test_settings_that_are_tried_one_after_another_do_not_mix(folder: Path) -> None:
    results = Results()
    for settings in (*SETTINGS.values(), *SETTINGS.values()):
        assert reports(folder, results, settings) == reports(folder, None, settings)


def test_an_unchanged_draft_is_not_searched_again_and_a_changed_one_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    search = Linter.matches

    def counted(self: Linter, document: object, *others: object) -> object:
        searched.append(Path(document.name).name)  # type: ignore[attr-defined]
        return search(self, document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Linter, "matches", counted)
    reports(folder, Results())
    assert sorted(searched) == sorted(path.name for path in folder.iterdir())
    searched.clear()
    reports(folder, Results())
    assert searched == []
    (folder / "clear.txt").write_text("There is neglect.")
    (folder / "asked.md").rename(folder / "renamed.md")
    (changed,) = [one for one in reports(folder, Results()) if one.path.endswith("clear.txt")]
    assert searched == ["clear.txt"]
    assert [finding.rule for finding in changed.findings] == ["broad-terms/neglect"]


def test_it_holds_no_word_of_a_draft(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "SETTLED", 0)
    run("check", ".", "--column", "note")
    entries = list((tmp_path / "cache" / "results").iterdir())
    assert sorted(entry.name for entry in entries) == ["kept.db", "salt"]
    kept = rows(tmp_path)
    assert len(kept) == len(list(folder.iterdir())) + 1  # of the clear one, that it is clear, too
    assert (tmp_path / "cache" / "results").stat().st_mode & 0o077 == 0 or os.name == "nt"
    for entry in entries:
        for word in (b"ephyrine", b"QZXW", b"asked.md", b"statement"):
            assert word not in entry.read_bytes()
    told = " ".join(_strings([json.loads(data) for data in kept.values() if data.startswith(b"[")]))
    words = {word.strip('.,:"#').lower() for text in DRAFTS.values() for word in text.split()}
    assert not words & set(told.split()) - {"impact", "behaviour", "frequency", "worst"}


def test_the_text_of_an_unchanged_draft_is_not_made_of_its_markup_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = reports(folder, None)
    reports(folder, Results())
    parsed: list[str] = []

    def noted(data: bytes, name: str, **others: Any) -> Document:
        parsed.append(Path(name).name)
        return read_bytes(data, name, **others)

    monkeypatch.setattr(batch, "read_bytes", noted)
    assert reports(folder, Results()) == plain
    assert sorted(parsed) == ["draft.docx", "remarks.md", "table.csv"]  # what has no layout


@pytest.mark.model
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("format", FORMATS)
def test_every_report_is_the_same_cold_and_warm(format: str) -> None:
    command = ("check", ".", "--column", "note", "--format", format)
    plain = run(*command, "--no-cache")
    assert plain.out
    for _ in range(2):
        ran = run(*command)
        assert (ran.status, ran.out) == (plain.status, plain.out)


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data.lower()]
    return [word for item in data for word in _strings(item)] if isinstance(data, list) else []


def rows(tmp_path: Path) -> dict[bytes, bytes]:
    """What is kept, by its name, without the digest that stands before it."""
    with closing(sqlite3.connect(tmp_path / "cache" / "results" / "kept.db")) as connection:
        every = connection.execute("SELECT name, data FROM kept").fetchall()
    return {name: data[8:] for name, data in every if data is not None}  # None: torn


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, from here on. A change of this very moment counts as an old one."""
    names: list[str] = []
    load = Drafts.load

    def noted(self: Drafts, found: Found) -> bytes:
        names.append(found.path.name)
        return load(self, found)

    monkeypatch.setattr(Drafts, "load", noted)
    monkeypatch.setattr(cache, "SETTLED", 0)
    return names


def linted_again(folder: Path) -> list[FileReport]:
    """As a check does it."""
    project = Project(Settings(columns=("note",)))
    found, _ = find_documents([str(folder)], project.leaves_out)
    return list(drafts.linted(found, project, jobs=1))


def test_a_file_with_nothing_to_say_of_it_is_not_even_read_again(folder: Path, loaded: list[str]) -> None:
    plain = reports(folder, None)
    loaded.clear()
    assert linted_again(folder) == plain
    assert len(loaded) == len(plain)
    loaded.clear()
    assert linted_again(folder) == plain
    assert len(loaded) == len(plain) - 1
    assert "clear.txt" not in loaded


def test_a_change_that_keeps_size_and_time_is_seen(folder: Path, loaded: list[str]) -> None:
    """An editor, or a copy that keeps times, may set them back: the system's own time of change tells."""
    path = folder / "clear.txt"
    before = path.stat()
    linted_again(folder)
    words = "There is neglect at his gran's."
    path.write_text(words + "\n" + " " * (before.st_size - len(words) - 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    loaded.clear()
    assert linted_again(folder) == reports(folder, None)
    assert "clear.txt" in loaded


def test_a_file_that_has_just_changed_is_read_again(
    folder: Path, loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could change once more before the clock of the disk goes on (as git knows it of its index)."""
    monkeypatch.setattr(cache, "SETTLED", 3600 * 1_000_000_000)
    for _ in range(3):
        loaded.clear()
        linted_again(folder)
        assert "clear.txt" in loaded


def test_what_was_clear_under_other_settings_is_searched(folder: Path, loaded: list[str]) -> None:
    linted_again(folder)
    loaded.clear()
    project = Project(Settings(columns=("note",), profile=Profile.STRICT))
    found, _ = find_documents([str(folder)], project.leaves_out)
    list(drafts.linted(found, project, jobs=1))
    assert "clear.txt" in loaded


def test_two_caches_do_not_call_a_draft_the_same(tmp_path: Path) -> None:
    """A name is salted: who sees it cannot try out what a draft may have said."""
    catalogue = Linter.with_packs().catalogue
    names = {
        Results(tmp_path / place).name(catalogue, Settings(), ".txt", b"There is neglect.")
        for place in "abba"
    }
    assert len(names) == 2
    assert None not in names


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"[1, false]", b"[3, false, [[[999999, 0, 1]]]]", b"\xff", b"7"]
)
def test_what_is_odd_is_as_if_it_were_not_there(folder: Path, tmp_path: Path, data: bytes) -> None:
    plain = reports(folder, None)
    reports(folder, Results())
    shelf = Shelf(tmp_path / "cache" / "results" / "kept.db", cache.ROOM)
    for name in rows(tmp_path):
        shelf.put(name, data)
    shelf.close()
    assert set(rows(tmp_path).values()) == {data}
    for _ in range(3):
        assert reports(folder, Results()) == plain
    assert data not in rows(tmp_path).values()


@pytest.mark.parametrize("length", [0, 1, 100, 5000], ids=lambda length: f"to {length} bytes")
def test_a_file_that_is_cut_off_or_torn_is_begun_anew(folder: Path, tmp_path: Path, length: int) -> None:
    plain = reports(folder, None)
    reports(folder, Results())
    path = tmp_path / "cache" / "results" / "kept.db"
    for torn in (path.read_bytes()[:length], b"Oh." * 2000):
        path.write_bytes(torn)
        for _ in range(3):
            assert reports(folder, Results()) == plain
        assert len(rows(tmp_path)) >= len(plain)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may do everything writes anywhere")
@pytest.mark.usefixtures("folder")
def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    assert run("check", "clear.txt").status == 0


@pytest.mark.usefixtures("folder")
def test_a_file_in_the_place_of_the_folder_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("Oh.")
    ran = run("check", "clear.txt")
    assert (ran.status, ran.err) == (0, "")


def test_it_keeps_no_more_than_so_much(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "ROOM", Room(4, 1 << 30))
    reports(folder, Results())
    assert len(rows(tmp_path)) == len(list(folder.iterdir())) // 2
    monkeypatch.setattr(cache, "ROOM", Room(1000, 1))
    reports(folder, Results())
    assert len(rows(tmp_path)) <= len(list(folder.iterdir())) // 2


@pytest.mark.usefixtures("folder")
def test_it_can_be_done_without_and_deleted(tmp_path: Path) -> None:
    run("check", "asked.md", "--no-cache")
    assert not (tmp_path / "cache" / "results").exists()
    run("check", "asked.md")
    assert rows(tmp_path)
    ran = run("cache", "clear")
    assert (ran.status, ran.out.split(" deleted")[0]) == (0, "3 files")  # the entry, the salt and the packs
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert run("check", "asked.md").status == 1


def test_several_processes_share_it(folder: Path) -> None:
    plain = run("check", ".", "--column", "note", "--format", "json", "--no-cache").out
    command = [sys.executable, "-m", "sos_lint", "check", ".", "--column", "note", "--format", "json"]
    env = {**os.environ, **PLAIN}
    for jobs in ("1", "3"):
        begun = [
            subprocess.Popen([*command, "--jobs", jobs], stdout=subprocess.PIPE, env=env, cwd=folder)
            for _ in range(3)
        ]
        assert {one.communicate()[0].decode() for one in begun} == {plain}


def test_a_catalogue_that_was_not_loaded_is_not_known_again() -> None:
    loaded = Linter.with_packs()
    bare = type(loaded.catalogue).of(
        loaded.catalogue.packs, loaded.catalogue.lexicon, list(loaded.catalogue)[:1]
    )
    assert Results().name(bare, Settings(), ".txt", b"Tea.") is None
    assert Results().name(loaded.catalogue, Settings(), ".txt", b"Tea.") is not None


def test_what_does_not_matter_to_the_search_does_not_make_it_anew() -> None:
    catalogue = Linter.with_packs().catalogue
    results = Results()
    names = [
        results.name(catalogue, settings, ending, data)
        for settings, ending, data in (
            (Settings(), ".txt", b"Tea."),
            (replace(Settings(), ignore=("acronym",)), ".txt", b"Tea."),
            (replace(Settings(), form="safer"), ".txt", b"Tea."),
            (Settings(), ".md", b"Tea."),
            (Settings(), ".txt", b"Tea!"),
        )
    ]
    assert names[0] == names[1]
    assert len(set(names)) == 4
