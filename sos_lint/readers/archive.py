"""Opens a zip of XML parts, as word processors save them: it may be locked, broken or hostile."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from sos_lint.errors import UnreadableFile

MAX_UNPACKED = 200 * 1024 * 1024  # of all the parts read
_MAX_RATIO, _RATIO_MATTERS = 500, 20 * 1024 * 1024
BROKEN = (  # what a damaged zip makes Python raise
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a way of packing that zipfile does not know
)


class Archive:
    """The XML parts of one file. Whatever is wrong with them is an `UnreadableFile`.

    `kind` is what people call such a file ("Word"), `ending` how its name ends, `again` how to mend one.
    """

    def __init__(self, data: bytes, name: str, *, kind: str, ending: str, again: str) -> None:
        self._name = name
        self._kind = kind
        self._ending = ending
        self._again = again
        self._left = MAX_UNPACKED
        self.opened: dict[str, etree._Element] = {}  # the roots of the parts that were asked for
        if not data.startswith(b"PK"):
            raise UnreadableFile(name, f"This is not {_a(kind)} file, whatever its name says.", again)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._parts = {
                info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()
            }
        except BROKEN as error:
            raise UnreadableFile(name, f"This {kind} file is damaged or cut short.", again) from error

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, or None where the file has no such part."""
        data = self.bytes_of(name)
        if data is None:
            return None
        self.opened[name] = root = self.parsed(data)
        return root

    def bytes_of(self, name: str) -> bytes | None:
        """A part as it stands in the file, or None where the file has no such part."""
        info = self._parts.get(name)
        return None if info is None else self._unpack(info)

    def parsed(self, data: bytes) -> etree._Element:
        """The root of some XML."""
        return parsed(data, self._name, kind=self._kind, again=self._again)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise UnreadableFile(
                self._name,
                "This file is locked with a password.",
                f"Remove the password and save it as {self._ending}.",
            )
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > self._left or (ratio > _MAX_RATIO and info.file_size > _RATIO_MATTERS):
            raise self._too_big()
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (*BROKEN, RuntimeError) as error:  # RuntimeError: locked
            raise UnreadableFile(
                self._name, f"This {self._kind} file is damaged or cut short.", self._again
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise self._too_big()
        return data

    def _too_big(self) -> UnreadableFile:
        size = MAX_UNPACKED // (1024 * 1024)
        return UnreadableFile(
            self._name,
            f"This {self._kind} file unpacks to more than {size} MB of text.",
            "Check where it came from.",
        )


def parsed(data: bytes, name: str, *, kind: str, again: str) -> etree._Element:
    """The root of some XML, read without entities and without the network."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableFile(name, f"This {kind} file is damaged inside.", again) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(name, f"This {kind} file holds what no {kind} file should (a DTD).", again)
    return root


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'AEIOU' else 'a'} {word}"
