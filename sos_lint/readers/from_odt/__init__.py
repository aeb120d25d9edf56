"""Reads OpenDocument texts (.odt, .ott, .fodt): what the reader of the page sees, in that order.

`package` opens the file, `styles` knows what styles say, `words` gathers the words of a paragraph, `walk`
goes through the stories.
"""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.from_odt.package import opened
from sos_lint.readers.from_odt.walk import Walk


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of an OpenDocument text. Nothing in it can be changed by us yet."""
    builder = Builder(name, None)
    content, styles = opened(data, name)
    Walk(builder, content, styles).through()
    document = builder.document(fixed=True)
    if not document.blocks:
        raise UnreadableFile(
            name,
            "This OpenDocument file holds no text.",
            "If it is a scanned picture, type or recognise its words first.",
        )
    return document
