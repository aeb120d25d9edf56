"""Which lines git says have changed, and the findings on them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import docx
import pytest
from commands import run

from sos_lint.changed import Changes
from sos_lint.errors import BadOption

NEGLECT = "There is neglect in the home.\n"
GIT = ("git", "-c", "user.name=Jo", "-c", "user.email=jo@example.org")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run([*GIT, *arguments], check=True, capture_output=True)


def put(files: dict[str, str | bytes]) -> None:
    for name, held in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held if isinstance(held, bytes) else held.encode())


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "before", "--allow-empty")


LINES = {
    "the same": ("a\nb\n", "a\nb\n", []),
    "one line": ("a\nb\nc\n", "a\nB\nc\n", [range(2, 3)]),
    "lines put in": ("a\nb\n", "a\nx\ny\nb\n", [range(2, 4)]),
    "lines taken out": ("a\nb\nc\n", "a\nc\n", []),
    "first and last": ("a\nb\nc\n", "A\nb\nC\n", [range(1, 2), range(3, 4)]),
    "no line end at the end": ("a\nb", "a\nB", [range(2, 3)]),
    "a line that looks like a patch": ("a\n", "a\ndiff --git a/x b/x\n@@ -1 +1 @@\n", [range(2, 4)]),
    "line ends of old Macs": ("a\rb\r", "a\rB\r", None),
    "not text to git": ("a\nb\n", b"\xff\xfea\0\n\0", None),
    "a new file": (None, "a\nb\n", None),
}


@pytest.mark.parametrize(("before", "after", "expected"), LINES.values(), ids=LINES)
def test_lines(before: str | None, after: str | bytes, expected: list[range] | None) -> None:
    if before is not None:
        put({"a ä.md": before})
    commit()
    put({"a ä.md": after})
    lines = Changes("HEAD").lines(Path("a ä.md"))
    assert (None if lines is None else list(lines)) == expected


def test_a_staged_new_file_is_changed_from_end_to_end() -> None:
    commit()
    put({"a.md": "a\nb\n"})
    git("add", "-A")
    assert Changes("HEAD").lines(Path("a.md")) == [range(1, 3)]


def test_a_renamed_file_keeps_its_unchanged_lines() -> None:
    put({"a.md": "".join(f"line {n}\n" for n in range(30))})
    commit()
    git("mv", "a.md", "b.md")
    put({"b.md": "new\n" + "".join(f"line {n}\n" for n in range(30))})
    assert Changes("HEAD").lines(Path("b.md")) == [range(1, 2)]


def test_several_files_each_have_their_own_lines() -> None:
    put({"a.md": "a\n", "b.md": "a\n", "sub/c.md": "a\n"})
    commit()
    put({"a.md": "x\na\n", "sub/c.md": "a\nx\n"})
    changes = Changes("HEAD")
    assert [changes.lines(Path(name)) for name in ("a.md", "b.md", "sub/c.md")] == [
        [range(1, 2)],
        (),
        [range(2, 3)],
    ]


def test_a_persons_own_settings_of_git_change_nothing() -> None:
    put({"a.md": "a\n", "b.md": "a\n"})
    commit()
    for key, said in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.ui": "always",
        "diff.external": "false",
        "diff.interHunkContext": "9",
        "core.quotePath": "true",
    }.items():
        git("config", key, said)
    put({"a.md": "a\nb\n"})
    assert Changes("HEAD").lines(Path("a.md")) == [range(2, 3)]


def found(*options: str) -> list[tuple[str, int]]:
    """The path and line of each finding in this folder."""
    files = json.loads(run("check", "--format", "json", *options).out)["files"]
    return [(file["path"], one["start"]["line"]) for file in files for one in file.get("findings", ())]


def test_only_findings_on_changed_lines_are_told() -> None:
    put({"a.md": f"{NEGLECT}\nTom is 8.\n", "b.md": NEGLECT})
    commit()
    put({"a.md": f"{NEGLECT}\nTom is 8.\n\nAnd {NEGLECT}"})
    assert found() == [("./a.md", 1), ("./a.md", 5), ("./b.md", 1)]
    assert found("--changed-since", "HEAD") == [("./a.md", 5)]
    put({"a.md": f"{NEGLECT}\nTom is 9.\n"})
    assert run("check", "--changed-since", "HEAD").status == 0


def test_of_a_word_file_all_is_told() -> None:
    for words in ("Tom is 8.", "Tom is 9."):
        draft = docx.Document()
        for one in (NEGLECT, words):
            draft.add_paragraph(one.strip())
        draft.save("a.docx")
        if words == "Tom is 8.":
            commit()
            assert found("--changed-since", "HEAD") == []
    assert found("--changed-since", "HEAD") == [("./a.docx", 1)]


def test_with_a_baseline() -> None:
    put({"a.md": NEGLECT})
    commit()
    run("baseline", "write")
    put({"a.md": f"{NEGLECT}\nAnd {NEGLECT}\nMum is chaotic.\n"})
    told = json.loads(run("check", "--baseline", "--changed-since", "HEAD", "--format", "json").out)
    assert [one["text"] for one in told["files"][0]["findings"]] == ["neglect", "chaotic"]
    assert told["baseline"] == {"old": 1, "gone": None}


REFUSED = {
    "no such revision": ("nope", "git knows no revision “nope”."),
    "an option": ("--output=x", "git knows no revision “--output=x”."),
    "a file": ("a.md", "git knows no revision “a.md”."),
    "nothing": ("", "git knows no revision “”."),
}


@pytest.mark.parametrize(("revision", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_revision_that_is_none(revision: str, sentence: str) -> None:
    put({"a.md": NEGLECT})
    commit()
    with pytest.raises(BadOption) as caught:
        Changes(revision).lines(Path("a.md"))
    assert caught.value.sentence == sentence
    assert sorted(path.name for path in Path().iterdir()) == [".git", "a.md"]
    ran = run("check", f"--changed-since={revision}")
    assert (ran.status, ran.out) == (2, "")


def test_outside_a_repository(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("plain") / "a.md"
    path.write_text(NEGLECT, encoding="utf-8")
    with pytest.raises(BadOption, match="no git repository"):
        Changes("HEAD").lines(path)


def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    commit()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BadOption, match="not installed"):
        Changes("HEAD").lines(Path("a.md"))
