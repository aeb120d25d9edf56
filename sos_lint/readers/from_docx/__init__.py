"""Reads Word files (.docx): what the reader of the page sees, in the order in which they see it.

`package` opens the file, `styles` knows what styles and numbering say, `walk` goes through the stories.
"""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.from_docx.package import Package
from sos_lint.readers.from_docx.walk import Walk


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a Word file. It has no source text: places are of the text."""
    package = Package(data, name)
    builder = Builder(name, None)
    Walk(builder, package).through()
    document = builder.document()
    if not document.blocks:
        raise UnreadableFile(
            name,
            "This Word file holds no text.",
            "If it is a scanned picture, type or recognise its words first.",
        )
    return document
