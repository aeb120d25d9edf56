"""The file that comments go into: the one that was dropped, with the words of the page, or a new one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.readers import read_bytes
from sos_lint.rewrite.draft import Draft, Hunk, hunks_between
from sos_lint.rewrite.into_word.fresh import word_file
from sos_lint.text import Range

_NEW = "text.docx"
_WRITABLE = (".docx", ".odt")


class Copy(NamedTuple):
    """A file with the words of the page. `lost_look`: one was dropped that could not take them."""

    data: bytes
    name: str
    lost_look: bool = False


def copy_of(data: bytes, name: str, document: Document) -> Copy:
    """The file that was dropped with the words of the page in it, where that is possible; else a new one."""
    path = PurePosixPath(name)
    is_written = bool(data) and path.suffix.lower() in _WRITABLE
    if is_written:
        try:
            return Copy(_changed(data, name, document), path.name)
        except SosLintError:
            pass
    return Copy(word_file(document), f"{path.stem}.docx" if path.stem else _NEW, lost_look=is_written)


def _changed(data: bytes, name: str, document: Document) -> bytes:
    """The bytes with each paragraph as it stands in the page; raises SosLintError where that cannot be."""
    old = read_bytes(data, name)
    if old.text == document.text:
        return data
    if len(old.blocks) != len(document.blocks):
        raise SosLintError(name, "There are other paragraphs in it now.")
    changes: list[Hunk] = []
    for before, after in zip(old.blocks, document.blocks, strict=True):
        new = after.at.of(document.text)
        if before.at.of(old.text) != new:
            changes += hunks_between(old.text, Range(before.at.start, before.at.end), new)
    return Draft(data, old, ()).changed(changes, lambda _: ()).data
