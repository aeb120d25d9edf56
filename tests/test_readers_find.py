"""Paths to documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sos_lint.readers.find import find_documents

FILES = [
    "b.md",
    "a.txt",
    "sub/c.DOCX",
    "sub/old.doc",
    "sub/deep/d.markdown",
    "e.png",
    "noending",
    ".hidden.txt",
    "~$a.docx",
    ".git/f.txt",
    "node_modules/g.md",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Tom is six.")
    (tmp_path / "bare").mkdir()
    (tmp_path / "case" / "linked").symlink_to(tmp_path / "case" / "sub")
    monkeypatch.chdir(tmp_path)
    return tmp_path


WALKED = ["a.txt", "b.md", "sub/c.DOCX", "sub/deep/d.markdown", "sub/old.doc"]
GIVEN = {
    "a folder": (["case"], [f"case/{name}" for name in WALKED]),
    "with a stroke": (["case/"], [f"case/{name}" for name in WALKED]),
    "from here": (["./case/sub/deep"], ["./case/sub/deep/d.markdown"]),
    "files as they are": (["case/e.png", "case/.hidden.txt"], ["case/.hidden.txt", "case/e.png"]),
    "each once": (["case/sub", "case/sub/old.doc", "case/sub"], [f"case/{n}" for n in WALKED if "sub" in n]),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("given", "expected"), GIVEN.values(), ids=GIVEN)
def test_found(given: list[str], expected: list[str]) -> None:
    for paths in (given, given[::-1]):
        found, faults = find_documents(paths)
        assert [document.name for document in found] == expected
        assert not faults
        assert all(document.path.exists() for document in found)


def test_an_absolute_folder(folder: Path) -> None:
    found, _ = find_documents([str(folder / "case")])
    assert [document.name for document in found] == [f"{folder.as_posix()}/case/{name}" for name in WALKED]


@pytest.mark.usefixtures("folder")
def test_faults() -> None:
    found, faults = find_documents(["gone", "bare", "case/a.txt", os.fsdecode(b"\xff.txt")])
    assert [document.name for document in found] == ["case/a.txt"]
    assert [(fault.place, bool(fault.hint)) for fault in faults] == [
        ("\\xff.txt", True),
        ("bare", True),
        ("gone", True),
    ]


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_not_utf8_is_found() -> None:
    try:
        Path(os.fsdecode(b"bare/\xff.txt")).write_text("Tom")
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    found, faults = find_documents(["bare"])
    assert [document.name for document in found] == ["bare/\\xff.txt"]
    assert not faults


def made(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


# Files with their words; what is walked; what is found.
LISTED: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "a file": ({".gitignore": "b.md\n", "a.md": "", "b.md": "", "sub/b.md": ""}, ".", ["a.md"]),
    "a folder": ({".gitignore": "old/\n", "a.md": "", "old/b.md": "", "sub/old/c.md": ""}, ".", ["a.md"]),
    "anchored": ({".gitignore": "/b.md\n", "b.md": "", "sub/b.md": ""}, ".", ["sub/b.md"]),
    "taken in again": ({".gitignore": "*.md\n!b.md\n", "a.md": "", "b.md": ""}, ".", ["b.md"]),
    "not inside a folder that is out": (
        {".gitignore": "old/\n!old/b.md\n", "a.md": "", "old/b.md": ""},
        ".",
        ["a.md"],
    ),
    "the lower list wins": (
        {".gitignore": "*.md\n", "sub/.gitignore": "!*.md\n", "a.md": "", "sub/b.md": ""},
        ".",
        ["sub/b.md"],
    ),
    ".ignore wins": (
        {".gitignore": "b.md\n", ".ignore": "!b.md\na.md", "a.md": "", "b.md": ""},
        ".",
        ["b.md"],
    ),
    "comments and blank lines": ({".gitignore": "# *.md\n\n \n", "a.md": ""}, ".", ["a.md"]),
    "a line that is no pattern": ({".gitignore": "!\nb.md\n", "a.md": "", "b.md": ""}, ".", ["a.md"]),
    "a range that runs backwards": ({".gitignore": "[z-a]\nb.md\n", "a.md": "", "b.md": ""}, ".", ["a.md"]),
    "with a byte-order mark": ({".gitignore": "\ufeffb.md\r\n", "a.md": "", "b.md": ""}, ".", ["a.md"]),
    "above, in a repository": (
        {".git/config": "", ".gitignore": "b.md\n", "sub/a.md": "", "sub/b.md": ""},
        "sub",
        ["sub/a.md"],
    ),
    "above, without a repository": (
        {".gitignore": "b.md\n", "sub/a.md": "", "sub/b.md": ""},
        "sub",
        ["sub/a.md", "sub/b.md"],
    ),
    "a folder that is out, by its name": (
        {".git/config": "", ".gitignore": "sub/\n", "sub/a.md": ""},
        "sub",
        ["sub/a.md"],
    ),
    "of this clone": ({".git/info/exclude": "b.md\n", "a.md": "", "b.md": ""}, ".", ["a.md"]),
    "lock files and hidden ones": (
        {"~$a.docx": "", ".~lock.a.odt#": "", ".a.md": "", ".b/a.md": "", "a.md": ""},
        ".",
        ["a.md"],
    ),
}


@pytest.mark.parametrize(("files", "given", "expected"), LISTED.values(), ids=LISTED)
def test_lists_of_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], given: str, expected: list[str]
) -> None:
    monkeypatch.chdir(made(tmp_path, files))
    found, faults = find_documents([given])
    assert [document.path.as_posix() for document in found] == expected
    assert not faults


def test_a_file_that_is_named_is_taken_whatever_a_list_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made(tmp_path, {".gitignore": "*.md\n", "a.md": ""}))
    found, faults = find_documents(["a.md"])
    assert ([document.name for document in found], faults) == (["a.md"], [])
    found, (fault,) = find_documents(["."])
    assert not found
    assert "left out by .gitignore" in fault.sentence


def always(_: Path) -> bool:
    return True


WALKED_HERE = {name: (files, expected) for name, (files, given, expected) in LISTED.items() if given == "."}


@pytest.mark.parametrize(("files", "expected"), WALKED_HERE.values(), ids=WALKED_HERE)
def test_a_file_that_is_named_can_be_held_to_what_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], expected: list[str]
) -> None:
    monkeypatch.chdir(made(tmp_path, files))
    drafts = [name for name in files if name.endswith(".md")]
    for named in (drafts, [str(tmp_path / name) for name in drafts]):
        found, faults = find_documents(named, None, always)
        assert [
            document.path.resolve().relative_to(tmp_path.resolve()).as_posix() for document in found
        ] == expected
        assert not faults


def test_a_hidden_folder_above_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody keeps their whole work in ~/.work: what is below is as found from there."""
    monkeypatch.chdir(made(tmp_path / ".work", {"a.md": "", "sub/b.md": ""}))
    for here, named in ((".", ["a.md", "sub/b.md"]), ("sub", ["../a.md", "b.md"])):
        monkeypatch.chdir(tmp_path / ".work" / here)
        found, faults = find_documents(named, None, always)
        assert [document.name for document in found] == named
        assert not faults


def test_a_named_file_that_is_not_there_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made(tmp_path, {".gitignore": "*.md"}))
    found, (fault,) = find_documents(["gone.md"], None, always)
    assert (found, fault.place) == ([], "gone.md")


def test_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of the folder, none is followed; inside it, each document comes once."""
    made(tmp_path, {"in/a.md": "", "in/.store/b.md": "", "out/c.md": ""})
    monkeypatch.chdir(tmp_path / "in")
    for link, target in {
        "again.md": "a.md",
        "kept.md": ".store/b.md",
        "kept-too.md": ".store/b.md",
        "leads-out.md": "../out/c.md",
        "gone.md": "nowhere.md",
        "loop": ".",
        "out": "../out",
        "circle.md": "circle.md",
    }.items():
        Path(link).symlink_to(target)
    found, faults = find_documents(["."])
    assert [document.name for document in found] == ["./a.md", "./circle.md", "./gone.md", "./kept-too.md"]
    assert not faults
