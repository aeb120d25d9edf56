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
    "e.pdf",
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
    "files as they are": (["case/e.pdf", "case/.hidden.txt"], ["case/.hidden.txt", "case/e.pdf"]),
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
