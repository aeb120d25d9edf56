"""Reads web pages (.html): what is seen of them, each word with its place in the source.

`tokens` cuts the page as browsers do, `page` goes from tag to tag, `tables` holds the rows of tables back
until it is known what stands in them.
"""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.decode import decode
from sos_lint.readers.from_html.page import Page
from sos_lint.readers.from_html.tokens import cut


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a web page."""
    return read_text(decode(data, name), name)


def read_text(source: str, name: str) -> Document:
    """The document in a web page."""
    builder = Builder(name, source)
    write_into(builder, source)
    document = builder.document()
    if not document.blocks:
        raise UnreadableFile(
            name, "This web page shows no words.", "If a program fills it in, save it as you see it."
        )
    return document


def write_into(builder: Builder, source: str, *, mail: bool = False) -> None:
    """Add what is seen of a web page to a document; of a `mail`, only what its writer wrote."""
    page = Page(builder, mail=mail)
    for token in cut(source, builder.name):
        page.take(token)
    page.end()
