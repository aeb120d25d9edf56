"""Reads Rich Text Format (.rtf): what the reader of the page sees, in the order in which they see it.

`tokens` cuts the file, `characters` knows its code pages, `walk` goes through its groups (`state`: what each
has set), `gather` lays the words down as stories (`story`), of which `styles` knows what paragraphs are, and
`write` writes them.
"""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.from_rtf.walk import Walk
from sos_lint.readers.from_rtf.write import Writer


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a file of RTF. Nothing in it can be changed by us."""
    found, styles = Walk(data, name).through()
    builder = Builder(name, None)
    Writer(builder, found, styles).write()
    document = builder.document(fixed=True)
    if not document.blocks:
        raise UnreadableFile(
            name,
            "This RTF file holds no text.",
            "If it is a scanned picture, type or recognise its words first.",
        )
    return document
