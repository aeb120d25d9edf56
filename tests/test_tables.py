"""Tables of notes from the command line: which are read, and what each report says of the place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from commands import run
from table_files import csv_text, workbook

from sos_lint.reporters import FORMATS

ROWS = [
    ["id", "worker", "note"],
    [1, "Sam", "The child in need (CIN) plan ended in May."],
    [2, "Sam", 'Nana said, "he hid".\nThere is neglect.'],
    [3, "Sam", "The CIN plan goes on."],
]
CSV = csv_text(ROWS, line_end="\n")
ONLY = ("--select", "acronyms/cin,broad-terms/neglect")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "notes.xlsx").write_bytes(workbook({"Limpet": ROWS, "Wrexcombe": [["note"], ["I ran."]]}))
    return tmp_path


def places(*arguments: str, stdin: bytes = b"") -> list[str]:
    """Where things are found, of each its rule."""
    ran = run("check", "--quiet", *ONLY, *arguments, stdin=stdin)
    assert ran.err == ""
    return [" ".join(line.split("  ")[:3:2]) for line in ran.out.splitlines()]


IN_CSV = [
    "notes.csv:4:10 (row 3, column “note”) broad-terms/neglect",
    "notes.csv:5:11 (row 4, column “note”) acronyms/cin",
]
IN_WORKBOOK = [
    "notes.xlsx: sheet “Limpet”, row 3, column “note” broad-terms/neglect",
    "notes.xlsx: sheet “Limpet”, row 4, column “note” acronyms/cin",
]


@pytest.mark.usefixtures("here")
def test_each_row_is_a_text_of_its_own() -> None:
    assert places("notes.csv", "--column", "note") == IN_CSV
    assert places("notes.xlsx", "--column", "note") == IN_WORKBOOK


@pytest.mark.usefixtures("here")
def test_standard_input() -> None:
    assert places("--stdin-filename", "notes.csv", "--column", "NOTE", stdin=CSV.encode()) == [
        place.replace("note”", "NOTE”") for place in IN_CSV
    ]


def test_a_walk_reads_tables_of_which_columns_are_named(here: Path) -> None:
    (here / "a.md").write_text("There is neglect.")
    assert places(".") == ["./a.md:1:10 broad-terms/neglect"]
    assert len(places(".", "--column", "note")) == 5
    (here / ".sos-lint.yml").write_text("overrides:\n  - files: '*.csv'\n    column: note\n")
    assert [place.partition(":")[0] for place in places(".")] == ["./a.md", "./notes.csv", "./notes.csv"]
    (here / ".sos-lint.yml").write_text("column: [worker]\n")
    assert places("notes.csv") == []
    assert places("notes.csv", "--column", "note") == IN_CSV


@pytest.mark.usefixtures("here")
def test_a_folder_with_nothing_but_tables() -> None:
    assert run("check", "--quiet", ".").out == (
        ".: There are only tables here (.csv, .xlsx): which of their columns hold notes? "
        "Name them with --column, once for each.\n"
    )


def test_a_table_that_is_named_with_all_files_is_passed_over_without_a_column(here: Path) -> None:
    """As pre-commit names them."""
    (here / "a.md").write_text("There is neglect.")
    names = ("a.md", "notes.csv", "notes.xlsx", "--force-exclude")
    assert places(*names) == ["a.md:1:10 broad-terms/neglect"]
    (here / ".sos-lint.yml").write_text("column: note\n")
    assert places(*names) == ["a.md:1:10 broad-terms/neglect", *IN_CSV, *IN_WORKBOOK]


SAID = {
    "no column": ((), "Name them with --column, once for each. It has “id”, “worker”, “note”."),
    "a slip": (("--column", "nots"), "No column is called “nots”. Did you mean “note”?"),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["notes.csv", "notes.xlsx"])
@pytest.mark.parametrize(("options", "said"), SAID.values(), ids=SAID)
def test_names_of_columns_are_told_where_words_may_be(options: tuple[str, ...], said: str, name: str) -> None:
    shown = run("check", "--quiet", name, *options)
    hidden = run("check", "--quiet", "--no-excerpts", name, *options)
    assert shown.status == hidden.status == 2
    assert said in shown.out
    assert "“id”" not in hidden.out and "“note”" not in hidden.out
    assert len(hidden.out.splitlines()) == 1


MARKERS = ("limpet", "Wrexcombe", "Nana", "hid")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["notes.csv", "notes.xlsx"])
def test_without_excerpts_no_word_of_a_cell_is_shown(name: str, format: str) -> None:
    options = (name, "--column", "note", *ONLY, "--format", format)
    shown, hidden = run("check", *options), run("check", "--no-excerpts", *options)
    assert shown.status == hidden.status == 1
    if name == "notes.xlsx":
        assert "Limpet" in shown.out
        assert "sheet 1, row 3" in hidden.out.replace("&nbsp;", " ")
    assert [marker for marker in MARKERS if marker.casefold() in hidden.out.casefold()] == []


def test_the_places_in_reports_for_programs(here: Path) -> None:
    for format in ("json", "sarif", "github", "gitlab", "checkstyle"):
        run("check", "notes.csv", "--column", "note", *ONLY, "--format", format, "--output", f"{format}.out")

    def read(name: str) -> str:
        return (here / f"{name}.out").read_text(encoding="utf-8")

    neglect = json.loads(read("json"))["files"][0]["findings"][0]
    assert (neglect["start"]["line"], neglect["where"]) == (4, "row 3, column “note”")
    found = json.loads(read("sarif"))["runs"][0]["results"]
    assert [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in found] == [4, 5]
    assert [one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for one in found] == [
        "row 3, column “note”",
        "row 4, column “note”",
    ]
    (fix,) = found[1]["fixes"]
    (change,) = fix["artifactChanges"][0]["replacements"]
    at = change["deletedRegion"]
    assert CSV[at["charOffset"] : at["charOffset"] + at["charLength"]] == "CIN"
    assert "file=notes.csv,line=4,endLine=4,col=10," in read("github")
    assert "::row 3, column “note”: " in read("github")
    assert json.loads(read("gitlab"))[0]["location"]["lines"] == {"begin": 4, "end": 4}
    error = ElementTree.fromstring(read("checkstyle")).find("file/error")
    assert error is not None
    assert (error.get("line"), error.get("message", "")[:21]) == ("4", "row 3, column “note”:")


@pytest.mark.usefixtures("here")
def test_a_page_shows_each_note_under_the_name_of_its_row() -> None:
    options = ("--column", "note", *ONLY, "--format", "html")
    for name, sheet in (("notes.csv", ""), ("notes.xlsx", "sheet “Limpet”, ")):
        page = run("check", name, *options).out
        rows = re.findall('<p class="row"><small>([^<]*)</small></p>\n?<p class="paragraph">([^<]{9})', page)
        assert rows[:2] == [
            (f"{sheet}row 2, column “note”", "The child"),
            (f"{sheet}row 3, column “note”", "Nana said"),
        ]


def test_a_table_of_text_can_be_fixed(here: Path) -> None:
    ran = run("fix", "notes.csv", "--column", "note", "--review", *ONLY)
    assert ran.status == 0
    assert (here / "notes.csv").read_text(encoding="utf-8") == CSV.replace("The CIN", "The child in need")
    assert places("notes.csv", "--column", "note") == IN_CSV[:1]


@pytest.mark.parametrize("name", ["notes.csv", "notes.xlsx"])
def test_what_is_only_read_is_left_as_it_is(here: Path, name: str) -> None:
    before = (here / name).read_bytes()
    rewritten = run("rewrite", name, "--questions")
    annotated = run("annotate", name, "-o", "a.docx")
    fixed = run("fix", "--review", "notes.xlsx", "--column", "note")
    assert (rewritten.status, annotated.status, fixed.status) == (2, 2, 0)
    assert "This kind of file is only read" in rewritten.err
    assert "Only Word and OpenDocument files have comments." in annotated.err
    assert (here / name).read_bytes() == before
    assert not (here / "a.docx").exists()


@pytest.mark.usefixtures("here")
def test_a_baseline_of_tables() -> None:
    run("baseline", "write", "notes.csv", "--column", "note")
    ran = run("check", "--baseline", ".sos-lint-baseline.json", "--quiet", "notes.csv", "--column", "note")
    assert ran.status == 0


def test_a_glossary_of_rows_that_do_not_agree(here: Path) -> None:
    options = ("notes.csv", "--column", "note", "--glossary", "--format", "json")
    (cin,) = json.loads(run("check", *options).out)["files"][0]["glossary"]
    assert (cin["short"], cin["own"]) == ("CIN", None)
    (here / "notes.csv").write_text(csv_text(ROWS[:2]), encoding="utf-8")
    (cin,) = json.loads(run("check", *options).out)["files"][0]["glossary"]
    assert cin["own"] == "child in need"


def test_why(here: Path) -> None:
    (here / ".sos-lint.yml").write_text("column: note\n")
    for place in ("notes.csv:4", "notes.csv: row 3", "notes.xlsx: sheet “Limpet”, row 3, column “note”"):
        assert "broad-terms/neglect" in run("rules", "explain", "--why", place).out
    assert (
        run("rules", "explain", "--why", "notes.csv: row 9").out
        == "sos-lint finds nothing at notes.csv: row 9.\n"
    )
    ran = run("rules", "explain", "--why", "notes.csv:4", "--column", "worker")
    assert ran.out == "sos-lint finds nothing at notes.csv:4.\n"
