"""Puts paragraphs at the end of a Word file's body, before what its last section says of the page."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from sos_lint.rewrite.into_word.package import WordFile
from sos_lint.rewrite.spliced.part import written_name


def put_section(word: WordFile, title: str, lines: Iterable[str]) -> None:
    """Put a title in bold and a paragraph for each line at the end; raises SosLintError where no body is."""
    part = word.body()
    body = part.root.child("w:body")
    if body is None:
        raise word.unwritable()
    prefix, colon, _ = written_name(part.tag(body)).decode().rpartition(":")
    w = prefix + colon
    paragraphs = [
        f"<{w}p><{w}pPr><{w}keepNext/></{w}pPr>{_run(w, title, f'<{w}rPr><{w}b/></{w}rPr>')}</{w}p>",
        *(f"<{w}p>{_run(w, line)}</{w}p>" for line in lines),
    ]
    content = "".join(paragraphs).encode()
    last = body.children[-1] if body.children else None
    if last is not None and last.name == "w:sectPr":
        part.replace(last.start, last.start, content)
    else:
        part.append(body, content)


def _run(w: str, words: str, look: str = "") -> str:
    return f'<{w}r>{look}<{w}t xml:space="preserve">{escape(words)}</{w}t></{w}r>'
