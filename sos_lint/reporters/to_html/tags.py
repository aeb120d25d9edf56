"""Elements of a page, in which words are only ever words."""

from __future__ import annotations

from html import escape

from sos_lint.reporters.clean import one_line, referred, visible


def words(text: str) -> str:
    """Words as a page shows them."""
    return referred(escape(visible(one_line(text))))


def tag(name: str, *inner: str, **attributes: str) -> str:
    """An element around what is HTML already; `class_` and `data_kind` stand for `class` and `data-kind`."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{told}>{''.join(inner)}</{name}>"
