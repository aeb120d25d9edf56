"""Opens a zip of XML parts, as word processors save them: it may be locked, broken or hostile."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

from sos_lint.errors import UnreadableFile

MAX_UNPACKED = 100 * 1024 * 1024  # of all the parts read
_MAX_RATIO, _RATIO_MATTERS = 150, 20 * 1024 * 1024
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
_BROKEN_XML = (etree.XMLSyntaxError, ValueError, LookupError)
_SAFELY: Mapping[str, Any] = {  # how XML is read: without entities, and without the network
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


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

    def elements(self, name: str, tag: str) -> Iterator[etree._Element]:
        """The elements of a part with a short name, in order; none is kept once the next is read."""
        data = self.bytes_of(name)
        if data is None:
            return
        try:
            walk = etree.iterparse(BytesIO(data), events=("end",), tag=f"{{*}}{tag}", **_SAFELY)
            for number, (_, element) in enumerate(walk):
                if number == 0 and element.getroottree().docinfo.internalDTD is not None:
                    raise _with_dtd(self._name, self._kind, self._again)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except _BROKEN_XML as error:
            raise _damaged(self._name, self._kind, self._again) from error

    def parsed(self, data: bytes) -> etree._Element:
        """The root of some XML."""
        return parsed(data, self._name, kind=self._kind, again=self._again)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part of Microsoft's refers to: by id, the kind ("header") and its name, or an address."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        related = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            related[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return related

    def main_part(self, usual: str) -> str | None:
        """The part that a file of Microsoft's begins with, where it has one; `usual` is its usual name."""
        for kind, target in self.related("").values():
            if kind == "officeDocument" and target in self._parts:
                return target
        return usual if usual in self._parts else None

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
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFELY))
    except _BROKEN_XML as error:
        raise _damaged(name, kind, again) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_dtd(name, kind, again)
    return root


def _damaged(name: str, kind: str, again: str) -> UnreadableFile:
    return UnreadableFile(name, f"This {kind} file is damaged inside.", again)


def _with_dtd(name: str, kind: str, again: str) -> UnreadableFile:
    return UnreadableFile(name, f"This {kind} file holds what no {kind} file should (a DTD).", again)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'AEIOU' else 'a'} {word}"
