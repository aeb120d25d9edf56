"""Tables of notes as files: text with delimiters by the standard library, workbooks by openpyxl."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


def csv_text(rows: Rows, delimiter: str = ",", line_end: str = "\r\n", *, quote_all: bool = False) -> str:
    """The rows as the standard library writes them."""
    file = StringIO(newline="")
    quote_all = quote_all or line_end == "\r"  # with which it leaves a cell with a line feed bare
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return file.getvalue()


def workbook(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_workbook(
    sheet: str, strings: str = "", *, namespace: str = MAIN, main: str = "xl/workbook.xml"
) -> bytes:
    """A workbook with one sheet of this XML, as programs other than openpyxl write it."""
    folder, _, base = main.rpartition("/")
    parts = {
        "_rels/.rels": _relations(("d", "officeDocument", main)),
        main: f'<workbook xmlns="{namespace}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="Notes" sheetId="1" r:id="a"/></sheets></workbook>',
        f"{folder}/_rels/{base}.rels": _relations(
            ("a", "worksheet", f"/{folder}/sheets/one.xml"), ("b", "sharedStrings", "strings.xml")
        ),
        f"{folder}/sheets/one.xml": f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        f"{folder}/strings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return file.getvalue()


def _relations(*told: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for id_, kind, target in told
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'
