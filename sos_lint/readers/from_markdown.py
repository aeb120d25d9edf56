"""Reads Markdown. Code, HTML, comments, front matter and link targets are not prose; link text is.

What markup leaves open is decided by shape, as in plain text.
"""

from __future__ import annotations

import re

from sos_lint.document import Document
from sos_lint.memory import Memory
from sos_lint.readers.build import Builder, Passage
from sos_lint.readers.decode import decode
from sos_lint.readers.paragraph import write
from sos_lint.readers.plain_markdown import paragraphs

# Blank lines, and then the first line of a paragraph or heading: it ends every list and quotation before it.
_APART = re.compile(r"(?:\n{2,}|(?:\r\n){2,})(?=[^\W\d_]|[#\"'“‘(])")
_FAR = re.compile(
    r"```|~~~|\]:|<!--(?![^\r\n]*-->)|<!(?!--)|<\?|<(?:script|pre|style|textarea)", re.IGNORECASE
)


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a Markdown file."""
    return read_text(decode(data, name), name)


def read_text(source: str, name: str, memory: Memory | None = None) -> Document:
    """The document in some Markdown. `memory` knows the passages of the version before."""
    if memory is None or _reaches_far(source):
        builder, _ = _built(source, name)
        return builder.document()
    from sos_lint.readers.by_passages import by_passages

    return by_passages(source, name, _APART, lambda words: _passage(words, name), memory)


def _built(source: str, name: str) -> tuple[Builder, int]:
    """What Markdown says, and how many tables are in it."""
    builder = Builder(name, source)
    plain = paragraphs(source)
    if plain is None:
        from sos_lint.readers.markdown_walk import walk

        return builder, walk(builder, source)
    for paragraph in plain:
        write(builder, paragraph)
    return builder, 0


def _passage(source: str, name: str) -> Passage:
    builder, tables = _built(source, name)
    return builder.passage(tables)


def _reaches_far(source: str) -> bool:
    """True where something may reach over blank lines or say what stands elsewhere: code between fences, a
    comment of several lines, front matter, what a link or a note refers to.
    """
    return _FAR.search(source) is not None or source.lstrip().startswith("---")
