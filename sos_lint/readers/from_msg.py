"""Reads messages of Outlook (.msg): what their writer wrote, as `message` tells it from what is not theirs.

Such a file is a compound file of Microsoft's, in which each property of the message is a stream named by the
numbers of the property and of its type (MS-OXMSG, MS-OXPROPS). What is attached is in folders of its own, and
is not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from io import BytesIO

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.code_pages import codec_of
from sos_lint.readers.message import Body, characters, document_of

_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 512
_MOST = 64 * 1024 * 1024  # bytes of all the properties
_SECTORS = (b"\x09\0\x06\0", b"\x0c\0\x06\0")  # 512 or 4096 bytes, 64 for small streams: as powers of two
_AGAIN = "Save the message again from Outlook, or its words as .txt."

_NAMED = "__substg1.0_"
_FIXED = "__properties_version1.0"  # properties of fixed length: 16 bytes each after a head of 32
_CLASS, _SUBJECT, _PLAIN, _PAGE, _RICH = "001A", "0037", "1000", "1013", "1009"
_WIDE, _NARROW, _BINARY = "001F", "001E", "0102"  # types: characters of UTF-16, of a code page, bytes
_PROPERTIES = [
    *(name + kind for name in (_CLASS, _SUBJECT, _PLAIN, _PAGE) for kind in (_WIDE, _NARROW)),
    *(name + _BINARY for name in (_PAGE, _RICH)),
]
_OF_MESSAGE, _OF_PAGE = 0x3FFD0003, 0x3FDE0003  # code pages: of characters, of the body as a web page
_WESTERN = "cp1252"
_SEALED = "IPM.NOTE.SMIME"


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a message of Outlook. Nothing in it can be changed by us."""
    if not data.startswith(_START):
        raise UnreadableFile(name, "This is not an Outlook message, whatever its name says.", _AGAIN)
    message = _Message(_streams(data, name), name)
    if message.is_sealed and not any(body.words.strip() for body in message.bodies()):
        hint = "Open it in Outlook and save its words as .txt."
        raise UnreadableFile(name, "This Outlook message is encrypted or signed.", hint)
    return document_of(name, message.subject, message.bodies())


class _Message:
    """The properties of a message, by what they are called in the file."""

    def __init__(self, streams: Mapping[str, bytes], name: str) -> None:
        self._streams = streams
        self._name = name
        fixed = streams[_FIXED][32:]
        entries = struct.iter_unpack("<IIII", fixed[: len(fixed) // 16 * 16])
        self._numbers = {tag: number for tag, _, number, _ in entries}

    @property
    def subject(self) -> str:
        """The subject, or nothing."""
        return self._words(_SUBJECT)

    @property
    def is_sealed(self) -> bool:
        """True where the words are kept in an attachment, encrypted or to be signed."""
        return self._words(_CLASS).upper().startswith(_SEALED)

    def bodies(self) -> Iterator[Body]:
        """The versions of the message, the plain one first."""
        yield Body(self._words(_PLAIN), is_page=False)
        yield Body(self._page(), is_page=True)
        rich = self._streams.get(_RICH + _BINARY)
        if rich:
            yield self._rich(rich)

    def _page(self) -> str:
        data = self._streams.get(_PAGE + _BINARY, b"")
        if not data.strip():
            return self._words(_PAGE)
        return characters(data, self._codec(_OF_PAGE), self._name)

    def _rich(self, packed: bytes) -> Body:
        from sos_lint.readers.from_rtf.compressed import unpacked
        from sos_lint.readers.from_rtf.wrapped import unwrapped

        try:
            return Body(*unwrapped(unpacked(packed).rstrip(b"\0"), self._name))
        except (ValueError, UnreadableFile) as error:
            raise _damaged(self._name) from error

    def _words(self, property: str) -> str:
        wide = self._streams.get(property + _WIDE)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._streams.get(property + _NARROW, b"")
        return narrow.decode(self._codec(_OF_MESSAGE) or _WESTERN, "replace").rstrip("\0")

    def _codec(self, tag: int) -> str | None:
        page = self._numbers.get(tag)
        return None if page is None else codec_of(page)


def _streams(data: bytes, name: str) -> dict[str, bytes]:
    """What the file says of the message itself: its properties that are read, by name."""
    from olefile import DEFECT_INCORRECT, OleFileIO

    if not _has_sound_head(data):
        raise _damaged(name)
    names = {_FIXED: _FIXED, **{one: _NAMED + one for one in _PROPERTIES}}
    try:
        with OleFileIO(BytesIO(data), raise_defects=DEFECT_INCORRECT) as file:
            if not file.exists(_FIXED):
                raise UnreadableFile(name, "This file has no Outlook message in it.", _AGAIN)
            there = {key: path for key, path in names.items() if file.exists(path)}
            if sum(map(file.get_size, there.values())) > _MOST:
                sentence = f"This Outlook message holds more than {_MOST // (1024 * 1024)} MB of text."
                raise UnreadableFile(name, sentence, "Check where it came from.")
            return {key: file.openstream(path).read() for key, path in there.items()}
    except (OSError, ValueError, struct.error, IndexError, OverflowError, RecursionError) as error:
        raise _damaged(name) from error


def _has_sound_head(data: bytes) -> bool:
    """True where the head of a compound file claims no more than the file can hold; olefile believes it."""
    if len(data) < _HEAD or data[30:34] not in _SECTORS:
        return False
    tables = int.from_bytes(data[44:48], "little")  # sectors that say which sector follows which
    return tables <= len(data) // _HEAD // 64 + 2


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(name, "This Outlook message is damaged or cut short.", _AGAIN)
