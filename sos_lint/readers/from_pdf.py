"""Reads PDF files with a text layer, page by page. It needs pypdfium2, which the extra `pdf` brings."""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import in_force, raised
from sos_lint.readers.build import Builder
from sos_lint.readers.from_text import parts
from sos_lint.readers.paragraph import Paragraph, write

_BROKEN_WORD = "\ufffe\r\n"  # how pdfium writes a hyphen at which a line breaks a word
_PASSWORD = 4  # pdfium's number for a file that wants one


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a PDF file. Nothing in it can be changed by us."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile(name, "This is not a PDF file, whatever its name says.", "Ask for another copy.")
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError as error:
        raise UnreadableFile(
            name,
            "PDF files can only be read with a further part.",
            "Install it: pip install 'sos-lint[pdf]'.",
        ) from error
    builder = Builder(name, None)
    try:
        with PdfDocument(data) as pdf:
            if len(pdf) > in_force().pages:
                sentence = f"This PDF file has more than {in_force().pages:,} pages."
                raise UnreadableFile(name, sentence, f"Split it, {raised('pages')}.")
            for number in range(len(pdf)):
                _write_page(builder, pdf[number].get_textpage().get_text_bounded(), number + 1)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            hint = "Save a copy without the password."
            raise UnreadableFile(name, "This PDF file is locked with a password.", hint) from error
        hint = "Save it again from the program that made it, or ask for another copy."
        raise UnreadableFile(name, "This PDF file is damaged or cut short.", hint) from error
    document = builder.document(fixed=True)
    if not document.blocks:
        raise UnreadableFile(
            name,
            "This PDF file has no text layer: its pages are pictures.",
            "Recognise its words first (OCR), or ask for the file that it was made from.",
        )
    return document


def _write_page(builder: Builder, words: str, number: int) -> None:
    for paragraph in parts(words.replace(_BROKEN_WORD, "").replace("\ufffe", "-")):
        if isinstance(paragraph, Paragraph):
            paragraph.where = f"page {number}"
            write(builder, paragraph)
