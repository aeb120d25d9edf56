"""Finds what is attached to messages, and reads it. Nothing that is attached is ever written to the disk.

An attachment is named after the last part of its own name, as if its message were a folder. Only those of a
kind that can be read are taken, and those of an attached message are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import Limits, held, in_force, raised
from sos_lint.readers import is_table, load, read, read_bytes, shown
from sos_lint.readers.find import WALKED, Found, is_hidden

if TYPE_CHECKING:
    from sos_lint.readers.message import Attached

_MESSAGES = frozenset({".eml", ".msg"})

Asks = Callable[[Path], bool]
Bounds = Callable[[Path], Limits]


def with_attached(
    documents: Iterable[Found], reads_attachments: Asks, reads_table: Asks, limits_of: Bounds
) -> tuple[list[Found], list[UnreadableFile]]:
    """The documents, each message with what is attached to it, and a fault for each that cannot be searched.

    A message that cannot be read has no attachments; whoever reads it will say what is wrong with it.
    """
    found: list[Found] = []
    faults: list[UnreadableFile] = []
    for document in documents:
        found.append(document)
        if document.path.suffix.lower() not in _MESSAGES or not reads_attachments(document.path):
            continue
        with held(limits_of(document.path)):
            try:
                data = load(document.path, document.name)
            except UnreadableFile:
                continue
            try:
                inside = _inside(data, document, tables=reads_table(document.path))
            except UnreadableFile as fault:
                faults.append(fault)
                continue
        found += [Found(document.path, f"{document.name}/{name}", part) for part, name in inside]
    return found, faults


def _inside(data: bytes, message: Found, *, tables: bool) -> list[tuple[int, str]]:
    """The attachments of a message that are read (see `_named`); raises UnreadableFile."""
    place = f"{message.name}/attachments"
    inside = _named(_attached(data, message.path, place), tables=tables)
    if len(inside) > in_force().attachments:
        sentence = f"This message has more than {in_force().attachments:,} attachments."
        hint = f"Save those that are to be checked as files, {raised('attachments')}."
        raise UnreadableFile(place, sentence, hint)
    return inside


class Drafts:
    """Gives documents and their bytes. Attachments of one message that follow each other cost one look."""

    def __init__(self) -> None:
        self._message: tuple[Path, Sequence[Attached]] | None = None

    def read(self, found: Found, columns: Sequence[str] = ()) -> Document:
        """The document; of a table, `columns` are read. Raises UnreadableFile."""
        if found.part is None:
            return read(found.path, found.name, columns)
        return read_bytes(self.load(found), found.name, columns=columns)

    def load(self, found: Found) -> bytes:
        """The bytes of the document. Raises UnreadableFile."""
        name = shown(found.name)
        if found.part is None:
            return load(found.path, name)
        if self._message is None or self._message[0] != found.path:
            self._message = found.path, _attached(load(found.path, name), found.path, name)
        attached = self._message[1]
        if found.part >= len(attached):
            raise UnreadableFile(name, "The message has changed while it was read.", "Try again.")
        return attached[found.part].data()


def _attached(data: bytes, path: Path, name: str) -> Sequence[Attached]:
    if path.suffix.lower() == ".msg":
        from sos_lint.readers import from_msg

        return from_msg.attached(data, name)
    from sos_lint.readers import from_email

    return from_email.attached(data, name)


def _named(attached: Iterable[Attached], *, tables: bool) -> list[tuple[int, str]]:
    """The attachments that are read: the number of each, and a name that no other has and that is safe.

    Where there are too many, one too many.
    """
    named: list[tuple[int, str]] = []
    taken: set[str] = set()
    for number, one in enumerate(attached):
        name = shown(one.name.replace("\\", "/").rpartition("/")[2].strip())
        ending = PurePosixPath(name).suffix.lower()
        if not ending or ending not in WALKED or is_hidden(name) or (is_table(name) and not tables):
            continue
        name = _free(name, taken)
        taken.add(name)
        named.append((number, name))
        if len(named) > in_force().attachments:
            break
    return named


def _free(name: str, taken: set[str]) -> str:
    """The name, or the first of "plan (2).docx", "plan (3).docx" that is not taken."""
    path = PurePosixPath(name)
    number = 1
    while name in taken:
        number += 1
        name = f"{path.stem} ({number}){path.suffix}"
    return name
