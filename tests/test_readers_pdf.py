"""PDF files: their text layer, page by page."""

from __future__ import annotations

import sys

import pytest
from pdf_files import pdf_file

from sos_lint.document import BlockKind
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes


def test_pages_and_lines() -> None:
    pages = (
        ["What are we worried about?", "There is neglect in the home, and he", "hides."],
        ["- one", "- two"],
    )
    document = read_bytes(pdf_file(*pages), "a.pdf")
    assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == [
        (BlockKind.FORM_LABEL, "page 1", "What are we worried about?"),
        (BlockKind.PARAGRAPH, "page 1", "There is neglect in the home, and he hides."),
        (BlockKind.LIST_ITEM, "page 2", "one"),
        (BlockKind.LIST_ITEM, "page 2", "two"),
    ]
    assert document.source is None
    assert not document.can_change


FAULTS = {
    "no text layer": (pdf_file([]), "no text layer"),
    "cut short": (pdf_file(["Tom is six."])[:60], "damaged or cut short"),
    "text by another name": (b"Tom is six.", "not a PDF file"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.pdf")
    assert raised.value.hint


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)  # as where it is not installed
    with pytest.raises(UnreadableFile, match="a further part") as raised:
        read_bytes(pdf_file(["Tom is six."]), "a.pdf")
    assert "sos-lint[pdf]" in raised.value.hint
