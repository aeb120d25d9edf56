"""One law for all formats: the same words give the same findings."""

from __future__ import annotations

from html import escape
from io import BytesIO

import docx
import pytest
from msg_files import message
from odt_files import paragraphs
from rtf_files import paragraphs as rtf_paragraphs
from table_files import csv_text, workbook

from sos_lint import Linter
from sos_lint.readers import read_bytes

PAGES = [
    ["What are we worried about?", "There is neglect in the home."],
    ["Name: Tom", "Plan: CIN, reviewed by the MASH team"],
    ["- He presents as withdrawn.", "- Mum shouts at times."],
    ["Domestic abuse: on 4 May Callum threw a plate; it was the third time since Christmas."],
    ["Tom said, “they call it neglect but it isn’t”."],
]
TEXT = "\n\n".join("\n".join(lines) for lines in PAGES)


def word_file() -> bytes:
    document, file = docx.Document(), BytesIO()
    for lines in PAGES:
        document.add_paragraph("\n".join(lines))
    document.save(file)
    return file.getvalue()


FORMATS = {
    "md": TEXT.encode(),
    "html": "".join(f"<p>{'<br>'.join(map(escape, lines))}" for lines in PAGES).encode(),
    "docx": word_file(),
    "odt": paragraphs(PAGES),
    "csv": csv_text([["id", "note"], [1, TEXT]]).encode(),
    "xlsx": workbook({"Notes": [["id", "note"], [1, TEXT]]}),
    "rtf": rtf_paragraphs(PAGES),
    "msg": message(None, TEXT.replace("\n", "\r\n")),
    "eml": b"From: o@example.org\nContent-Type: text/plain; charset=utf-8\n\n" + TEXT.encode(),
}


def findings(data: bytes, ending: str) -> list[tuple[str, str, tuple[str, ...]]]:
    document = read_bytes(data, f"a.{ending}", columns=("note",))
    return [(one.rule, one.text, one.missing) for one in Linter.with_packs(()).lint(document)]


@pytest.mark.model
@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_words_give_the_same_findings(ending: str) -> None:
    expected = findings(TEXT.encode(), "txt")
    assert len(expected) > 4
    assert findings(FORMATS[ending], ending) == expected
