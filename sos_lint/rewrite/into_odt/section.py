"""Puts paragraphs at the end of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.rewrite.into_odt.elements import Elements, put_style
from sos_lint.rewrite.into_odt.file import OdtFile

_TITLE = "sos-lint-title"
_LOOK = {"paragraph": {"fo:keep-with-next": "always"}, "text": {"fo:font-weight": "bold"}}
# What may follow the last paragraph: it is said of the tables of the whole text.
_AFTER = frozenset(
    f"table:{kind}"
    for kind in ("named-expressions", "database-ranges", "data-pilot-tables", "consolidation", "dde-links")
)


def put_section(odt: OdtFile, title: str, lines: Iterable[str]) -> None:
    """Put a title in bold and a paragraph for each line at the end."""
    part = odt.content()
    body = part.root.child("office:body")
    text = body.child("office:text") if body else None
    if text is None:
        raise odt.unwritable()
    put_style(part, _TITLE, "paragraph", _LOOK)
    write = Elements(part, text)
    content = write.element("text:p", write.words(title), {"text:style-name": _TITLE})
    content += "".join(write.element("text:p", write.words(line)) for line in lines)
    after = next((node for node in text.children if node.name in _AFTER), None)
    if after is not None:
        part.replace(after.start, after.start, content.encode())
    else:
        part.append(text, content.encode())
