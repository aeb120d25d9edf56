"""Reads messages of Outlook (.msg): what their writer wrote, as `message` tells it from what is not theirs.

Such a file is a compound file of Microsoft's, in which each property of the message is a stream named by the
numbers of the property and of its type (MS-OXMSG, MS-OXPROPS). What is attached is in folders of its own (see
`attached`).
"""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import MB, in_force, raised
from sos_lint.readers.code_pages import codec_of
from sos_lint.readers.message import FORWARDED, Attached, Body, characters, document_of

if TYPE_CHECKING:
    from olefile import OleFileIO

_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 512
_MOST_OF_NAMES = 64 * 1024  # and of all the names of one attachment
_SECTORS = (b"\x09\0\x06\0", b"\x0c\0\x06\0")  # 512 or 4096 bytes, 64 for small streams: as powers of two
_FAULTS = (OSError, ValueError, struct.error, IndexError, OverflowError, RecursionError)  # of damage
_AGAIN = "Save the message again from Outlook, or its words as .txt."

_NAMED = "__substg1.0_"
_FIXED = "__properties_version1.0"  # properties of fixed length: 16 bytes each after a head
_HEAD_OF_MESSAGE, _HEAD_OF_INSIDE, _HEAD_OF_ATTACHMENT = 32, 24, 8  # its bytes
_CLASS, _SUBJECT, _PLAIN, _PAGE, _RICH = "001A", "0037", "1000", "1013", "1009"
_WIDE, _NARROW, _BINARY = "001F", "001E", "0102"  # types: characters of UTF-16, of a code page, bytes
_PROPERTIES = [
    *(name + kind for name in (_CLASS, _SUBJECT, _PLAIN, _PAGE) for kind in (_WIDE, _NARROW)),
    *(name + _BINARY for name in (_PAGE, _RICH)),
]
_ATTACHMENT = "__attach_version1.0_#"  # the folders of what is attached
_CONTENT = "3701"
_NAMES = ("3707", "3704", "3001")  # of what is attached: whole, short and as shown
_OF_NAMES = [name + kind for name in _NAMES for kind in (_WIDE, _NARROW)]
_INSIDE = f"{_NAMED}{_CONTENT}000D"  # the folder of an attached message
_OF_MESSAGE, _OF_PAGE = 0x3FFD0003, 0x3FDE0003  # code pages: of characters, of the body as a web page
_WESTERN = "cp1252"
_SEALED = "IPM.NOTE.SMIME"


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a message of Outlook. Nothing in it can be changed by us."""
    if not data.startswith(_START):
        raise UnreadableFile(name, "This is not an Outlook message, whatever its name says.", _AGAIN)
    message = _Message(_streams(data, _PROPERTIES, name), name)
    return document_of(name, message.subject, message.own_bodies())


def attached(data: bytes, name: str) -> list[Attached]:
    """What is attached to a message: none to one that cannot be read. `name` is what to call that place.

    Attached messages are given as e-mail, as they are no file of their own.
    """
    try:
        message = _Message(_streams(data, _PROPERTIES, name), name)
    except UnreadableFile:
        return []
    try:
        with _opened(data) as file:
            storages = file.listdir(streams=False, storages=True)
            tops = sorted(path[0] for path in storages if len(path) == 1)
            folders = [top for top in tops if top.startswith(_ATTACHMENT)]
            return [_attached(data, file, folder, message, name) for folder in folders]
    except _FAULTS as error:
        raise _damaged(name) from error


def _attached(data: bytes, file: OleFileIO[str], folder: str, message: _Message, name: str) -> Attached:
    streams = _read(file, _OF_NAMES, name, f"{folder}/", _MOST_OF_NAMES)
    about = _Message(streams, name, _HEAD_OF_ATTACHMENT, message.codec)
    called = next((words for property in _NAMES if (words := about.words(property))), "")
    inside = f"{folder}/{_INSIDE}/"
    if not file.exists(inside + _FIXED):
        return Attached(called, partial(_content, data, folder, name))
    called = called if called.lower().endswith(".eml") else FORWARDED
    return Attached(called, partial(_as_email, data, inside, name))


def _content(data: bytes, folder: str, name: str) -> bytes:
    content = _CONTENT + _BINARY
    return _streams(data, [content], name, f"{folder}/", in_force().size_in_bytes).get(content, b"")


def _as_email(data: bytes, inside: str, name: str) -> bytes:
    """The subject and words of a message that is attached, in an e-mail."""
    message = _Message(_streams(data, _PROPERTIES, name, inside), name, _HEAD_OF_INSIDE)
    body = next((body for body in message.own_bodies() if body.words.strip()), Body("", is_page=False))
    subject, words = (b64encode(said.encode("utf-8", "replace")) for said in (message.subject, body.words))
    kind = b"text/html" if body.is_page else b"text/plain"
    return (
        b"MIME-Version: 1.0\r\nSubject: =?utf-8?b?%b?=\r\nContent-Type: %b; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n%b\r\n" % (subject, kind, words)
    )


class _Message:
    """The properties of a message, by what they are called in the file."""

    def __init__(
        self,
        streams: Mapping[str, bytes],
        name: str,
        head: int = _HEAD_OF_MESSAGE,
        usual: str = _WESTERN,
    ) -> None:
        self._streams = streams
        self._name = name
        self._usual = usual
        fixed = streams[_FIXED][head:]
        entries = struct.iter_unpack("<IIII", fixed[: len(fixed) // 16 * 16])
        self._numbers = {tag: number for tag, _, number, _ in entries}

    @property
    def subject(self) -> str:
        """The subject, or nothing."""
        return self.words(_SUBJECT)

    @property
    def _is_sealed(self) -> bool:
        """True where the words are kept in an attachment, encrypted or to be signed."""
        return self.words(_CLASS).upper().startswith(_SEALED)

    @property
    def codec(self) -> str:
        """The encoding of characters that are not UTF-16."""
        return self._codec(_OF_MESSAGE) or self._usual

    def own_bodies(self) -> Iterator[Body]:
        """The versions of the message, the plain one first; raises UnreadableFile where they are sealed."""
        if self._is_sealed and not any(body.words.strip() for body in self._bodies()):
            hint = "Open it in Outlook and save its words as .txt."
            raise UnreadableFile(self._name, "This Outlook message is encrypted or signed.", hint)
        return self._bodies()

    def _bodies(self) -> Iterator[Body]:
        yield Body(self.words(_PLAIN), is_page=False)
        yield Body(self._page(), is_page=True)
        rich = self._streams.get(_RICH + _BINARY)
        if rich:
            yield self._rich(rich)

    def _page(self) -> str:
        data = self._streams.get(_PAGE + _BINARY, b"")
        if not data.strip():
            return self.words(_PAGE)
        return characters(data, self._codec(_OF_PAGE), self._name)

    def _rich(self, packed: bytes) -> Body:
        from sos_lint.readers.from_rtf.compressed import unpacked
        from sos_lint.readers.from_rtf.wrapped import unwrapped

        try:
            return Body(*unwrapped(unpacked(packed).rstrip(b"\0"), self._name))
        except OverflowError as error:
            raise _too_big(self._name, in_force().unpacked) from error
        except (ValueError, UnreadableFile) as error:
            raise _damaged(self._name) from error

    def words(self, property: str) -> str:
        """The words of a property, or nothing."""
        wide = self._streams.get(property + _WIDE)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._streams.get(property + _NARROW, b"")
        return narrow.decode(self.codec, "replace").rstrip("\0")

    def _codec(self, tag: int) -> str | None:
        page = self._numbers.get(tag)
        return None if page is None else codec_of(page)


def _opened(data: bytes) -> OleFileIO[str]:
    from olefile import DEFECT_INCORRECT, OleFileIO

    return OleFileIO(BytesIO(data), raise_defects=DEFECT_INCORRECT)


def _streams(
    data: bytes, properties: Iterable[str], name: str, folder: str = "", most: int | None = None
) -> dict[str, bytes]:
    """What a file says of the message itself, or of what is in a folder of it: these properties, by name."""
    if not _has_sound_head(data):
        raise _damaged(name)
    try:
        with _opened(data) as file:
            return _read(file, properties, name, folder, most or in_force().unpacked_in_bytes)
    except _FAULTS as error:
        raise _damaged(name) from error


def _read(
    file: OleFileIO[str], properties: Iterable[str], name: str, folder: str, most: int
) -> dict[str, bytes]:
    names = {_FIXED: folder + _FIXED, **{one: folder + _NAMED + one for one in properties}}
    if not _is_stream(file, names[_FIXED]):
        if folder:
            raise _damaged(name)
        raise UnreadableFile(name, "This file has no Outlook message in it.", _AGAIN)
    there = {key: path for key, path in names.items() if _is_stream(file, path)}
    size = sum(map(file.get_size, there.values()))
    if folder and size > most:
        raise UnreadableFile(name, "An attachment is too big.", "Save it as a file, and split it.")
    if size > most:
        raise _too_big(name, most // MB)
    return {key: file.openstream(path).read() for key, path in there.items()}


def _is_stream(file: OleFileIO[str], path: str) -> bool:
    """True where such a thing is there, and is no folder of that name."""
    from olefile import STGTY_STREAM

    return bool(file.get_type(path) == STGTY_STREAM)


def _has_sound_head(data: bytes) -> bool:
    """True where the head of a compound file claims no more than the file can hold; olefile believes it."""
    if len(data) < _HEAD or data[30:34] not in _SECTORS:
        return False
    tables = int.from_bytes(data[44:48], "little")  # sectors that say which sector follows which
    return tables <= len(data) // _HEAD // 64 + 2


def _too_big(name: str, most: int) -> UnreadableFile:
    sentence = f"This Outlook message holds more than {most} MB of text."
    return UnreadableFile(name, sentence, f"Check where it came from, {raised('unpacked')}.")


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(name, "This Outlook message is damaged or cut short.", _AGAIN)
