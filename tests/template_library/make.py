"""Makes what no editor of text writes in `examples/template-library`, from the pages beside this file.

`letters/a.docx.html` becomes `letters/a.docx`, as LibreOffice writes it, or `letters/a.msg.html` a message of
Outlook; `practice/b.xlsx.csv` becomes a workbook. Run it in the folder `tests` after a change to a page:

    python -m template_library.make [NAME…]
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from msg_files import message
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties

PAGES = Path(__file__).parent
LIBRARY = PAGES.parent.parent / "examples" / "template-library"
FILTERS = {
    ".docx": "docx:MS Word 2007 XML",
    ".odt": "odt:writer8",
    ".pdf": "pdf:writer_pdf_Export",
    ".rtf": "rtf:Rich Text Format",
}
MADE = frozenset({*FILTERS, ".msg", ".xlsx"})
FRAME = """\
<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><style>body, h1, h2 {{ font-family: "Liberation Sans" }}</style></head>
<body>
{}
</body>
</html>
"""
CODE_PAGE_OF_BODY, UTF_8 = 0x3FDE0003, 65001
FONT, LINE = "Calibri", 15  # and how high a line is, in points
HEADER = 3  # the row of a workbook that names its columns, below its title
WIDTH = 22  # of a column, in characters; three times as much where there are sentences


def pages() -> dict[Path, Path]:
    """Each document that is made, from the folder of the library, and the page that it is made from."""
    found = [*PAGES.rglob("*.html"), *PAGES.rglob("*.csv")]
    return dict(sorted((page.relative_to(PAGES).with_suffix(""), page) for page in found))


def framed(page: Path) -> str:
    """The whole web page around what stands in a file, with lines and room to write in, as in a form."""
    text = page.read_text(encoding="utf-8")
    text = text.replace("<table>", '<table border="1" cellpadding="4" cellspacing="0" width="100%">')
    return FRAME.format(
        text.replace("</b></td><td></td></tr>", '</b></td><td width="55%" height="48"></td></tr>')
    )


def make(document: Path, page: Path) -> None:
    """Write one document."""
    target = LIBRARY / document
    if document.suffix == ".msg":
        target.write_bytes(mail(page))
    elif document.suffix == ".xlsx":
        workbook(page).save(target)
    else:
        convert(page, target)


def mail(page: Path) -> bytes:
    """A message whose subject is the heading of a page, and whose body is the rest of it."""
    above, subject, below = re.split("<h1>(.*)</h1>\n", framed(page))
    return message(subject, None, page=(above + below).encode(), code_pages={CODE_PAGE_OF_BODY: UTF_8})


def workbook(page: Path) -> Workbook:
    """A workbook with the rows of a table of text, ruled so that a person can fill it in."""
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.title = "Contacts"
    with page.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            sheet.append([cell or None for cell in row])
    for column in sheet.iter_cols():
        below = column[HEADER - 1 :]
        longest = max(len(str(cell.value or "")) for cell in below)
        sheet.column_dimensions[column[0].column_letter].width = WIDTH * (3 if longest > 2 * WIDTH else 1)
        for cell in below:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(FONT, bold=cell.row == HEADER)
    for row in sheet.iter_rows(min_row=HEADER):
        most = max(-(-len(str(cell.value or "")) // (3 * WIDTH)) for cell in row)
        sheet.row_dimensions[row[0].row].height = LINE * (most + 1)
    sheet["A1"].font = Font(FONT, 14, bold=True)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = f"A{HEADER + 1}"
    return book


def convert(page: Path, target: Path) -> None:
    """Write a document by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.html"
        source.write_text(framed(page), encoding="utf-8")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(folder).as_uri()}/profile",
                "--headless",
                "--infilter=HTML (StarWriter)",
                "--convert-to",
                FILTERS[target.suffix],
                "--outdir",
                str(target.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    for document, page in pages().items():
        if not sys.argv[1:] or document.name in sys.argv[1:]:
            make(document, page)
