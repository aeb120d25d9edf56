"""Several reports of one run, each in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run

DRAFT = "Odette has a CIN plan. There is neglect.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(DRAFT)
    return tmp_path


# What each format begins with, whatever it found.
STARTS = {
    "text": "draft.txt:1:",
    "json": '{\n  "schema": 1',
    "sarif": '{\n  "$schema"',
    "github": "::warning file=draft.txt",
    "gitlab": "[\n  {",
    "junit": '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites',
    "checkstyle": '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle',
    "summary": "<!-- sos-lint -->",
    "html": "<!DOCTYPE html>",
}


def test_all_at_once_are_the_same_as_one_by_one(here: Path) -> None:
    formats = [*STARTS]
    files = [option for name in formats[1:] for option in ("--format", name, "-o", f"{name}.out")]
    ran = run("check", "draft.txt", *files, "-f", "text", "--quiet")
    assert (ran.status, ran.err) == (1, "")
    for name, start in STARTS.items():
        alone = run("check", "draft.txt", "--format", name, "--quiet")
        together = ran.out if name == "text" else (here / f"{name}.out").read_text(encoding="utf-8")
        assert alone.status == 1
        assert together == alone.out
        assert alone.out.startswith(start)


def test_every_format_is_tried() -> None:
    from sos_lint.cli.reports import Format
    from sos_lint.reporters import FORMATS

    assert tuple(STARTS) == FORMATS == tuple(format.value for format in Format)


# Options, and what then is printed (a format, or nothing) and written (by file).
PAIRED = {
    "nothing said": ("", "text", {}),
    "one file": ("-o a", None, {"a": "text"}),
    "the output before the only format": ("-o a -f json", None, {"a": "json"}),
    "the printed one first": ("-f github -f json -o a", "github", {"a": "json"}),
    "the printed one last": ("-f json -o a -f github", "github", {"a": "json"}),
    "both in files": ("-f json -o a -f junit -o b", None, {"a": "json", "b": "junit"}),
    "with an equals sign": ("--format=json --output=a --format=sarif", "sarif", {"a": "json"}),
    "between other options": ("-f json --quiet -o a draft.txt -f sarif", "sarif", {"a": "json"}),
    "the same format twice": ("-f json -o a -f json", "json", {"a": "json"}),
}


@pytest.mark.parametrize(("options", "printed", "files"), PAIRED.values(), ids=PAIRED)
def test_an_output_belongs_to_the_format_before(
    here: Path, options: str, printed: str | None, files: dict[str, str]
) -> None:
    ran = run("check", "draft.txt", *options.split())
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith(STARTS[printed]) if printed else ran.out == ""
    assert {path.name for path in here.iterdir()} == {"draft.txt", *files}
    for name, format in files.items():
        assert (here / name).read_text(encoding="utf-8").startswith(STARTS[format])


BAD = {
    "two printed": ("-f sarif -f text", "--format: sarif and text cannot all be printed"),
    "three printed": ("-f sarif -f text -f json", "--format: sarif, text and json cannot all"),
    "two files of one": ("-f json -o a -o b", "b: this --output has no --format of its own"),
    "two files of none": ("-o a -o b", "a: this --output has no --format of its own"),
    "a file before any format": ("-o a -f json -f text", "a: this --output has no --format of its own"),
    "two in one file": ("-f json -o a -f sarif -o ./a", "a: two reports cannot go to one file"),
    "one onto a draft": ("-f json -o a -f sarif -o draft.txt", "draft.txt: the report would replace"),
    "one into no folder": ("-f json -o a -f sarif -o b/c", "b/c: there is no folder “b”"),
}


@pytest.mark.parametrize(("options", "said"), BAD.values(), ids=BAD)
def test_what_is_not_plain_is_refused_before_any_work(here: Path, options: str, said: str) -> None:
    ran = run("check", "draft.txt", *options.split())
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(said)
    assert [path.name for path in here.iterdir()] == ["draft.txt"]


@pytest.mark.usefixtures("here")
def test_earlier_reports_are_not_read_as_drafts() -> None:
    options = ["-f", "summary", "-o", "summary.md", "-f", "text", "-o", "report.txt", "-f", "json"]
    for _ in range(2):
        ran = run("check", ".", *options)
        assert [file["path"] for file in json.loads(ran.out)["files"]] == ["./draft.txt"]


def test_sarif_tells_what_the_rules_are_for() -> None:
    """Rules of one's own packs as well as ours."""
    ran = run("check", "-", "--format", "sarif", stdin=DRAFT.encode())
    (told,) = json.loads(ran.out)["runs"]
    rules = {rule["id"]: rule for rule in told["tool"]["driver"]["rules"]}
    assert set(rules) == {"acronyms/cin", "broad-terms/neglect"}
    assert "Sources:\n- " in rules["broad-terms/neglect"]["help"]["text"]


ORDERS = ("::error::x", "::stop-commands::x", "##[error]x", "##vso[task.complete]x")


@pytest.mark.parametrize("format", STARTS)
@pytest.mark.parametrize("order", ORDERS)
def test_no_line_of_a_report_is_an_order_to_a_build_server(here: Path, order: str, format: str) -> None:
    """A sentence that stood at the start of a line was obeyed by the runner."""
    (here / "draft.txt").write_text(f"{order} There is neglect.\n\n{order} neglect {order} " * 9)
    for options in ([], ["--quiet"], ["--verbose"]):
        out = run("check", "draft.txt", "--format", format, *options).out
        assert "neglect" in out
        assert "##[" not in out
        assert "##vso[" not in out
        orders = [line for line in out.splitlines() if line.lstrip().startswith("::")]
        assert all(line.startswith("::warning file=draft.txt,") for line in orders)
        assert not orders or format == "github"


def test_a_report_that_cannot_be_finished_leaves_the_earlier_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user saw half a report in place of last week's, after the disk had filled up."""
    (here / "last.txt").write_text("last week's")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = run("check", "draft.txt", "-o", "last.txt")
    assert ran.status == 2
    assert (here / "last.txt").read_text() == "last week's"
    assert sorted(path.name for path in here.iterdir()) == ["draft.txt", "last.txt"]
