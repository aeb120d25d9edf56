"""Old findings set aside: written, compared, pruned; by hashes alone, and whatever the files are called."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import docx
import pytest
from commands import run

from sos_lint import baseline
from sos_lint.errors import BadConfig, SosLintError
from sos_lint.settings import BASELINE

NEGLECT = "There is neglect in the home."
CIN = "The CIN plan is late."
FILE = BASELINE


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(**files: str) -> None:
    for name, text in files.items():
        Path(f"{name}.md").write_text(text, encoding="utf-8")


def held(path: str = FILE) -> dict[str, dict[str, int]]:
    """What a baseline holds, by file."""
    files: dict[str, dict[str, int]] = json.loads(Path(path).read_text(encoding="ascii"))["files"]
    return files


def new(*options: str) -> list[tuple[str, int]]:
    """The rule and line of each new finding in this folder."""
    ran = run("check", "--baseline", "--format", "json", *options)
    files = json.loads(ran.out)["files"]
    return [(one["rule"], one["start"]["line"]) for file in files for one in file["findings"]]


def aside() -> dict[str, int | None]:
    """How many old places are set aside, and how many of them are gone."""
    told: dict[str, int | None] = json.loads(run("check", "--baseline", "--format", "json").out)["baseline"]
    return told


BEFORE = f"{NEGLECT}\n\n{CIN}\n\nTom is 8.\n"

# A draft as it is later, and the findings in it that are new.
LATER: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "the same": (BEFORE, []),
    "lines before it": (f"# Tom\n\nTom is well.\n\n{BEFORE}", []),
    "the other way round": (f"{CIN}\n\nTom is 8.\n\n{NEGLECT}\n", []),
    "reflowed": (BEFORE.replace(" is ", "\nis "), []),
    "line ends of Windows": (BEFORE.replace("\n", "\r\n"), []),
    "wider": (BEFORE.replace(" ", "  "), []),
    "one more": (f"{BEFORE}\nMum is chaotic.\n", [("broad-terms/chaotic", 7)]),
    "the same once more": (f"{BEFORE}\n{NEGLECT}\n", [("broad-terms/neglect", 7)]),
    "other words beside it": (BEFORE.replace("the home", "the flat"), [("broad-terms/neglect", 1)]),
    "mended": ("Tom is 8.\n", []),
}


@pytest.mark.parametrize(("later", "found"), LATER.values(), ids=LATER)
def test_only_what_is_new_is_told(later: str, found: list[tuple[str, int]]) -> None:
    put(a=BEFORE)
    assert run("baseline", "write").status == 0
    Path("a.md").write_bytes(later.encode())
    assert new() == found
    assert run("check", "--baseline").status == int(bool(found))


def test_no_word_of_a_draft_is_held() -> None:
    put(**{"Walburga": f"Walburga Zaphod: {NEGLECT} {CIN}"})
    run("baseline", "write")
    words = {"walburga", "zaphod", "neglect", "cin", "broad", "acronyms", "home", ".md"}
    text = Path(FILE).read_text(encoding="ascii").lower()
    assert not [word for word in words if word in text]


def test_it_is_sorted_with_a_line_for_each_place() -> None:
    put(b=NEGLECT, a=f"{NEGLECT}\n\n{NEGLECT}\n\n{CIN}")
    run("baseline", "write")
    record = json.loads(Path(FILE).read_text(encoding="ascii"))
    assert list(record["files"]) == sorted(record["files"])
    assert sorted(n for marks in record["files"].values() for n in marks.values()) == [1, 1, 2]
    assert Path(FILE).read_text(encoding="ascii").endswith("}\n")
    first = Path(FILE).read_bytes()
    run("baseline", "write")
    assert Path(FILE).read_bytes() == first, "written again on the same drafts, it is the same"


def test_two_baselines_have_nothing_in_common() -> None:
    put(a=BEFORE)
    run("baseline", "write", "--baseline", "1.json")
    run("baseline", "write", "--baseline", "2.json")
    one, two = held("1.json"), held("2.json")
    assert not {*one, *(m for marks in one.values() for m in marks)} & {
        *two,
        *(m for marks in two.values() for m in marks),
    }


def test_a_renamed_file_keeps_its_past() -> None:
    put(a=BEFORE, b=CIN)
    run("baseline", "write")
    Path("sub").mkdir()
    Path("a.md").rename("sub/c.md")
    assert new() == []
    assert new("sub") == []
    assert aside() == {"old": 3, "gone": 0}


def test_a_copied_file_is_new() -> None:
    put(a=BEFORE)
    run("baseline", "write")
    put(b=BEFORE)
    assert len(new("b.md")) == 2


def test_git_mv_of_a_word_file() -> None:
    draft = docx.Document()
    draft.add_paragraph(NEGLECT)
    draft.save("a.docx")
    run("baseline", "write")
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "mv", "a.docx", "b.docx"], check=True)
    assert new() == []


def test_what_is_gone_is_told_and_pruned() -> None:
    put(a=BEFORE, b=CIN)
    run("baseline", "write")
    put(a=CIN)
    ran = run("check", "--baseline")
    assert ran.status == 0
    assert "2 old places are set aside. 1 of the old places is gone: `sos-lint baseline prune`." in " ".join(
        ran.out.split()
    )
    assert run("baseline", "prune").out == f"1 place is gone; 2 places are still set aside: {FILE}\n"
    assert aside() == {"old": 2, "gone": 0}
    put(a=BEFORE)
    assert new() == [("broad-terms/neglect", 1)], "what was mended is new when it comes back"


def test_what_is_gone_is_not_told_of_a_narrower_run() -> None:
    put(a=BEFORE)
    run("baseline", "write")
    told = json.loads(run("check", "--baseline", "--select", "acronyms", "--format", "json").out)
    assert told["baseline"] == {"old": 1, "gone": None}


def test_prune_forgets_files_that_are_gone_and_keeps_those_not_named() -> None:
    put(a=BEFORE, b=CIN, c=CIN)
    run("baseline", "write")
    Path("c.md").unlink()
    assert run("baseline", "prune", "b.md").out.startswith("1 place is gone; 3 places")
    assert len(held()) == 2


def test_prune_takes_a_renamed_file_along() -> None:
    put(a=BEFORE)
    run("baseline", "write")
    Path("a.md").rename("b.md")
    assert run("baseline", "prune").out.startswith("0 places are gone; 2 places")
    put(a=BEFORE)
    assert new("b.md") == []
    assert len(new("a.md")) == 2


def test_write_of_one_file_leaves_the_others() -> None:
    put(a=NEGLECT, b=CIN)
    run("baseline", "write")
    put(a=BEFORE)
    assert run("baseline", "write", "a.md").out == f"3 places are set aside in 2 files: {FILE}\n"
    assert new() == []


def test_the_baseline_of_the_configuration_is_named_as_from_here() -> None:
    """It was named by its whole path, which nobody here had written."""
    Path(".sos-lint.yml").write_text(f"baseline: {FILE}")
    put(a=CIN)
    assert run("baseline", "write").out == f"1 place is set aside in 1 file: {FILE}\n"


def test_the_configuration_names_it() -> None:
    put(a=BEFORE)
    Path(".sos-lint.yml").write_text("baseline: old/places.json\n", encoding="utf-8")
    Path("old").mkdir()
    assert run("baseline", "write").out.endswith("old/places.json\n")
    assert run("check").status == 0
    put(a=f"{BEFORE}\nMum is chaotic.\n")
    assert run("check").status == 1


def test_a_file_that_cannot_be_read_keeps_its_past() -> None:
    put(a=BEFORE, b=CIN)
    run("baseline", "write")
    Path("b.md").write_bytes(b"")
    ran = run("baseline", "prune")
    assert (ran.status, ran.out) == (2, f"0 places are gone; 3 places are still set aside: {FILE}\n")
    assert "b.md" in ran.err


BROKEN = {
    "not JSON": "{",
    "a conflict": "<<<<<<< ours\n{}",
    "another schema": '{"schema": 2, "salt": "00", "files": {}}',
    "no salt": '{"schema": 1, "files": {}}',
    "a salt that is none": '{"schema": 1, "salt": "x", "files": {}}',
    "a list": "[]",
    "no numbers": '{"schema": 1, "salt": "00", "files": {"a": {"b": "c"}}}',
    "less than none": '{"schema": 1, "salt": "00", "files": {"a": {"b": -1}}}',
    "a list of files": '{"schema": 1, "salt": "00", "files": []}',
    "empty": "",
    "not text": "\x00\x01",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_one_is_a_fault(here: Path, text: str) -> None:
    Path(FILE).write_text(text, encoding="utf-8")
    with pytest.raises(BadConfig) as caught:
        baseline.read(here / FILE)
    assert caught.value.place == FILE
    put(a=BEFORE)
    assert run("check", "--baseline").status == 2


def test_a_missing_one_is_a_fault_with_its_mend() -> None:
    put(a=BEFORE)
    ran = run("check", "--baseline")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"{FILE}: there is no baseline here. `sos-lint baseline write` makes one.\n"


def test_a_read_only_one_is_left(here: Path) -> None:
    put(a=BEFORE)
    run("baseline", "write")
    Path(FILE).chmod(0o444)
    with pytest.raises(SosLintError, match="read-only"):
        baseline.write(here / FILE, baseline.empty())
    assert held()
    assert [path.name for path in here.iterdir() if path.name.endswith(".sos-lint")] == []


ARGUMENTS = {
    "nothing after it": ["check", "--baseline"],
    "a draft after it": ["check", "--baseline", "a.md"],
    "a file after it": ["check", "--baseline", FILE, "a.md"],
    "a file with a sign of equality": ["check", f"--baseline={FILE}", "a.md"],
}


@pytest.mark.parametrize("arguments", ARGUMENTS.values(), ids=ARGUMENTS)
def test_the_file_may_be_left_out(arguments: list[str]) -> None:
    put(a=BEFORE)
    run("baseline", "write")
    assert run(*arguments).status == 0
