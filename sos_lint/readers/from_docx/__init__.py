"""Reads Word files (.docx): what the reader of the page sees, in the order in which they see it.

`package` opens the file, `styles` knows what styles and numbering say, `walk` goes through the stories,
`places` keeps which element each character came from.
"""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.from_docx.package import Package
from sos_lint.readers.from_docx.walk import Walk
from sos_lint.readers.places import Stretch, Tape


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a Word file. It has no source text: places are of the text."""
    return _read(Package(data, name), name, Tape())


def read_with_places(data: bytes, name: str) -> tuple[Document, tuple[Stretch, ...]]:
    """The same document, and where in the file its words stand: `source_map` leads to the stretches."""
    package, tape = Package(data, name), Tape()
    document = _read(package, name, tape)
    return document, tape.stretches(package.opened)


def _read(package: Package, name: str, tape: Tape) -> Document:
    builder = Builder(name, None)
    Walk(builder, package, tape).through()
    document = builder.document()
    if not document.blocks:
        raise UnreadableFile(
            name,
            "This Word file holds no text.",
            "If it is a scanned picture, type or recognise its words first.",
        )
    return document
