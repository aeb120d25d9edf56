"""Makes the Word, OpenDocument and PDF files of `examples/template-library` from the pages beside this file.

`letters/a.docx.html` becomes `letters/a.docx`, as LibreOffice writes it. Run it after a change to a page:

    python tests/template_library/make.py [NAME…]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PAGES = Path(__file__).parent
LIBRARY = PAGES.parent.parent / "examples" / "template-library"
FILTERS = {".docx": "docx:MS Word 2007 XML", ".odt": "odt:writer8", ".pdf": "pdf:writer_pdf_Export"}
FRAME = """\
<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><style>body, h1, h2 {{ font-family: "Liberation Sans" }}</style></head>
<body>
{}
</body>
</html>
"""


def pages() -> dict[Path, Path]:
    """Each document that is made, from the folder of the library, and the page that it is made from."""
    found = {page.relative_to(PAGES).with_suffix(""): page for page in PAGES.rglob("*.html")}
    return dict(sorted(found.items()))


def framed(page: Path) -> str:
    """The whole web page around what stands in a file, with lines and room to write in, as in a form."""
    text = page.read_text(encoding="utf-8")
    text = text.replace("<table>", '<table border="1" cellpadding="4" cellspacing="0" width="100%">')
    return FRAME.format(
        text.replace("</b></td><td></td></tr>", '</b></td><td width="55%" height="48"></td></tr>')
    )


def make(document: Path, page: Path) -> None:
    """Write one document."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{document.stem}.html"
        source.write_text(framed(page), encoding="utf-8")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(folder).as_uri()}/profile",
                "--headless",
                "--infilter=HTML (StarWriter)",
                "--convert-to",
                FILTERS[document.suffix],
                "--outdir",
                str((LIBRARY / document).parent),
                str(source),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    for document, page in pages().items():
        if not sys.argv[1:] or document.name in sys.argv[1:]:
            make(document, page)
