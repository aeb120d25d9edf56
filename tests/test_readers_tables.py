"""Tables of notes: which cells are read, where they stand, and that each is a text of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from table_files import MAIN, STRICT, csv_text, raw_workbook, saved, workbook

from sos_lint.document import BlockKind, Document
from sos_lint.errors import UnknownColumn, UnreadableFile
from sos_lint.limits import Limits, held
from sos_lint.readers import read_bytes

ROWS = [["id", "note"], [1, "Tom is six."], [2, 'He said, "go", and\r\nhid.'], [3, ""], [4, "Ana ran."]]
NOTES = [
    ("row 2, column “note”", "Tom is six."),
    ("row 3, column “note”", 'He said, "go", and hid.'),
    ("row 5, column “note”", "Ana ran."),
]


def read(data: str | bytes, name: str = "a.csv", *columns: str) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return read_bytes(data, name, columns=columns or ("note",))


def notes(document: Document) -> list[tuple[str | None, str]]:
    return [(block.where, block.at.of(document.text)) for block in document.blocks]


SAME = {
    "commas": (csv_text(ROWS).encode(), "a.csv"),
    "semicolons": (csv_text(ROWS, ";").encode(), "a.csv"),
    "tabs": (csv_text(ROWS, "\t").encode(), "a.tsv"),
    "tabs called commas": (csv_text(ROWS, "\t").encode(), "a.csv"),
    "bars": (csv_text(ROWS, "|").encode(), "a.CSV"),
    "every cell quoted": (csv_text(ROWS, quote_all=True).encode(), "a.csv"),
    "line feeds": (csv_text(ROWS, line_end="\n").encode(), "a.csv"),
    "old Mac line ends": (csv_text(ROWS, line_end="\r").encode(), "a.csv"),
    "no last line end": (csv_text(ROWS).rstrip().encode(), "a.csv"),
    "a byte-order mark": (csv_text(ROWS).encode("utf-8-sig"), "a.csv"),
    "UTF-16 from Excel": (csv_text(ROWS, "\t").encode("utf-16"), "a.csv"),
    "what Excel says of the sign": (f"sep=;\r\n{csv_text(ROWS, ';')}".encode(), "a.csv"),
    "a sign that only Excel's line knows": (f"sep=^\r\n{csv_text(ROWS, '^')}".encode(), "a.csv"),
    "other signs in the cells": (csv_text([[*row, "a;b;c|d"] for row in ROWS]).encode(), "a.csv"),
    "a workbook": (workbook({"Sheet": ROWS}), "a.xlsx"),
    "a workbook with macros": (workbook({"Sheet": ROWS}), "a.xlsm"),
    "a workbook called by its old name": (workbook({"Sheet": ROWS}), "a.xls"),
    "a workbook in which one sheet can be seen": (
        workbook({"Sheet": ROWS, "Old": [["note"], ["gone"]]}, hidden=["Old"]),
        "a.xlsx",
    ),
}


@pytest.mark.parametrize(("data", "name"), SAME.values(), ids=SAME)
def test_the_same_notes(data: bytes, name: str) -> None:
    assert notes(read(data, name)) == NOTES


def test_words_in_an_older_encoding() -> None:
    text = "note;id\r\n“Zoë’s café”;1\r\n"
    assert notes(read(text.encode("cp1252"))) == [("row 2, column “note”", "“Zoë’s café”")]


WHERE: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "an empty line is a row": ("note,x\r\n\r\nTom,\r\n", [(3, "Tom")]),
    "a cell of two lines is not": ('note,x\n"Tom\nis",1\nAna,2\n', [(2, "Tom is"), (3, "Ana")]),
    "a title above the names": ("Case notes 2026\n\nid,note\n1,Tom\n", [(4, "Tom")]),
    "a short row": ("id,x,note\n1\n1,2,Tom\n", [(3, "Tom")]),
    "empty cells too many": ("id,note\n1,Tom,,\n", [(2, "Tom")]),
    "names in other letters": ("ID, Note \n1,Tom\n", [(2, "Tom")]),
    "words after the quotation": ('id,note\n1,"Tom" is six\n', [(2, "Tom is six")]),
    "quotation marks inside": ('id,note\n1,Tom is "six" now\n', [(2, 'Tom is "six" now')]),
    "the name twice": ("note,note\nTom,Ana\n", [(2, "Tom"), (2, "Ana")]),
    "one column": ("note\nTom\n", [(2, "Tom")]),
    "a name that a note repeats": ("id,note\n1,note\n", [(2, "note")]),
}


@pytest.mark.parametrize(("source", "expected"), WHERE.values(), ids=WHERE)
def test_rows_are_numbered_as_the_spreadsheet_shows_them(
    source: str, expected: list[tuple[int, str]]
) -> None:
    assert notes(read(source)) == [(f"row {row}, column “note”", words) for row, words in expected]


def test_a_long_note_has_blocks_as_plain_text_has() -> None:
    note = "Worries:\n- He hides.\n- He runs.\n\nMum said “go”.\nThen she left."
    document = read(csv_text([["id", "note"], [1, note], [2, "Tom is six."]]))
    assert [(block.kind, block.at.of(document.text)) for block in document.blocks] == [
        (BlockKind.HEADING, "Worries:"),
        (BlockKind.LIST_ITEM, "He hides."),
        (BlockKind.LIST_ITEM, "He runs."),
        (BlockKind.PARAGRAPH, "Mum said “go”. Then she left."),
        (BlockKind.PARAGRAPH, "Tom is six."),
    ]
    assert [one.at.of(document.text).count("\n") for one in document.notes] == [3, 0]


def test_several_columns() -> None:
    source = "id,seen,note\n1,Tom,Ana\n"
    expected = [("row 2, column “Seen”", "Tom"), ("row 2, column “note”", "Ana")]
    assert notes(read(source, "a.csv", "note", "Seen")) == expected
    assert notes(read(source, "a.csv", "note", "Note", "seen"))[1] == ("row 2, column “Note”", "Ana")


def test_several_sheets_by_number_and_by_name() -> None:
    sheets = {"May": ROWS[:2], "Lists": [["colour"], ["red"]], "June": [["note"], ["Ana ran."]]}
    document = read(workbook(sheets), "a.xlsx")
    assert [block.where for block in document.blocks] == [
        "sheet 1, row 2, column “note”",
        "sheet 3, row 2, column “note”",
    ]
    assert [text.blocks[0].where for text in document.texts(named=True)] == [
        "sheet “May”, row 2, column “note”",
        "sheet “June”, row 2, column “note”",
    ]


def test_each_column_is_in_some_sheet() -> None:
    sheets = {"May": [["note"], ["Tom"]], "June": [["remark"], ["Ana"]]}
    document = read(workbook(sheets), "a.xlsx", "note", "remark")
    assert [words for _, words in notes(document)] == ["Tom", "Ana"]


def test_only_words_are_notes_in_a_workbook() -> None:
    book = Workbook()
    bold = CellRichText("Tom ", TextBlock(InlineFont(b=True), "is"), " six.")
    for row in (["note"], [12], [True], [bold], ["=1+1"], ["a_x000D_\nb"]):
        book.active.append(row)
    expected = [("row 4, column “note”", "Tom is six."), ("row 6, column “note”", "a b")]
    assert notes(read(saved(book), "a.xlsx")) == expected


ROW = '<row><c t="inlineStr"><is><t>note</t></is></c></row>'
RAW = {
    "words in the cells": ('<c t="inlineStr"><is><r><t>Tom </t></r><r><t>ran.</t></r></is></c>', ""),
    "a formula's words": ('<c t="str"><f>A1</f><v>Tom ran.</v></c>', ""),
    "how a word is said": ('<c t="s"><v>0</v></c>', "<si><t>Tom ran.</t><rPh><t>x</t></rPh></si>"),
    "a reference": ('<c r="A2" t="s"><v>1</v></c>', "<si><t>x</t></si><si><t>Tom ran.</t></si>"),
}


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
@pytest.mark.parametrize(("cell", "strings"), RAW.values(), ids=RAW)
def test_workbooks_by_other_programs(cell: str, strings: str, namespace: str) -> None:
    sheet = f"<sheetData>{ROW}<row>{cell}</row></sheetData>"
    data = raw_workbook(sheet, strings, namespace=namespace, main="book/main.xml")
    assert notes(read(data, "a.xlsx")) == [("row 2, column “note”", "Tom ran.")]


@pytest.mark.parametrize("number", ["9", "x", "", "-1", "99999999999999"])
def test_words_that_a_workbook_has_not(number: str) -> None:
    cells = f'<row><c t="s"><v>{number}</v></c></row><row><c t="inlineStr"><is><t>Tom</t></is></c></row>'
    data = raw_workbook(f"<sheetData>{ROW}{cells}</sheetData>", "<si><t>x</t></si>")
    assert notes(read(data, "a.xlsx")) == [("row 3, column “note”", "Tom")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_workbook_by_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(csv_text(ROWS), encoding="utf-8", newline="")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.csv")], check=True, capture_output=True, timeout=120)
    if not (tmp_path / "a.xlsx").exists():
        pytest.skip("LibreOffice is here without its tables")
    assert notes(read((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")) == NOTES


def test_what_can_be_changed() -> None:
    assert read("id,note\n1,Tom").can_change
    assert not read(workbook({"Sheet": ROWS}), "a.xlsx").can_change


LONG = "A long first row, which is no name at all but " + "somebody's note " * 9
CUT = "It has “A long first row, which is no name at a…”"
NAMING = {
    "without a column": ("id,note\n1,Tom\n", (), "which of its columns", "It has “id”, “note”."),
    "a slip": ("id,note\n1,Tom\n", ("nots",), "“nots”", "Did you mean “note”?"),
    "one of two": ("id,note\n1,Tom\n", ("note", "remarks"), "“remarks”", "There are “id”, “note”."),
    "a name like none": ("id;note\n1;Tom\n", ("zzz",), "“zzz”", "There are “id”, “note”."),
    "many names": (",".join(f"n{i}" for i in range(20)), ("zzz",), "“zzz”", "“n11” and 8 more."),
    "no name but a note": (f'"{LONG}"\nTom', (), "which of", CUT),
    "nothing but signs": (",,\n,,\n", ("note",), "“note”", "names no columns"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "columns", "said", "naming"), NAMING.values(), ids=NAMING)
def test_columns_that_are_not_there(source: str, columns: tuple[str, ...], said: str, naming: str) -> None:
    with pytest.raises(UnknownColumn) as caught:
        read_bytes(source.encode(), "a.csv", columns=columns)
    assert said in caught.value.sentence
    assert naming in caught.value.mend(words=True)
    assert caught.value.hint == caught.value.mend(words=False)
    assert "“id”" not in str(caught.value)


def test_columns_that_no_sheet_has() -> None:
    sheets = {"May": [["id", "note"]], "June": [["id", "remark"]]}
    with pytest.raises(UnknownColumn) as caught:
        read(workbook(sheets), "a.xlsx", "zzz")
    assert caught.value.naming == "There are “id”, “note”, “remark”."


FAULTS: dict[str, tuple[str | bytes, str, str]] = {
    "a quotation that never ends": ('id,note\n1,Tom\n2,"Ana', "a.csv", "in row 3 is never closed"),
    "and hides the names": ('"id,note\n1,Tom\n', "a.csv", "in row 1 is never closed"),
    "a row with more cells": ("id,note\n1,Tom ran, and hid\n", "a.csv", "Row 2 has more cells than row 1"),
    "more cells than Excel has": ("id,note\n" + "," * 20_000, "a.csv", "more than 16,384 cells"),
    "no words in the column": ("id,note\n1,\n2, \n", "a.csv", "hold no words"),
    "zeros": ("id,note\n1,T\0m\n", "a.csv", "is not text"),
    "a Word file by another name": (raw_workbook("")[:9], "a.xlsx", "damaged or cut short"),
    "text by another name": ("id,note\n", "a.xlsx", "not an Excel file"),
    "an old file": (b"\xd0\xcf\x11\xe0" + bytes(508), "a.xls", "old Excel file"),
    "a locked file": (b"\xd0\xcf\x11\xe0" + bytes(508), "a.xlsx", "locked with a password"),
    "broken inside": (raw_workbook("<sheetData><row>"), "a.xlsx", "damaged inside"),
}


@pytest.mark.parametrize(("data", "name", "said"), FAULTS.values(), ids=FAULTS)
def test_tables_that_cannot_be_read(data: str | bytes, name: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    assert said in caught.value.sentence
    assert caught.value.hint


ENDLESS = {
    "text": ("note\n" + "Tom\n" * 9, "a.csv"),
    "a workbook": (workbook({"S": [["note"], *[["Tom"]] * 9]}), "a.xlsx"),
}


@pytest.mark.parametrize(("data", "name"), ENDLESS.values(), ids=ENDLESS)
def test_more_rows_than_may_be(data: str | bytes, name: str) -> None:
    with held(Limits(rows=10)):
        assert len(read(data, name).blocks) == 9
    with held(Limits(rows=9)), pytest.raises(UnreadableFile, match="more than 9 rows"):
        read(data, name)


def test_words_that_many_cells_share_are_counted_for_each() -> None:
    cells = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 40
    data = raw_workbook(
        f"<sheetData>{cells}</sheetData>", f"<si><t>note</t></si><si><t>{'Tom is six. ' * 2_700}</t></si>"
    )
    assert len(read(data, "a.xlsx").blocks) == 40
    with held(Limits(unpacked=1)), pytest.raises(UnreadableFile, match="come to more than 1 MB"):
        read(data, "a.xlsx")


def test_a_cell_at_the_far_end_takes_no_room() -> None:
    cells = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Tom</t></is></c></row>'
    names = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>note</t></is></c></row>'
    data = raw_workbook(f"<sheetData>{names}{cells}</sheetData>")
    assert notes(read(data, "a.xlsx")) == [("row 1,048,576, column “note”", "Tom")]
