"""Opens a Word file: a zip of XML parts, which may be locked, broken or hostile."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from sos_lint.errors import UnreadableFile
from sos_lint.readers.from_docx.names import REL_ID, short

MAX_UNPACKED = 200 * 1024 * 1024  # of all the parts read
_MAX_RATIO, _RATIO_MATTERS = 500, 20 * 1024 * 1024
_COMPOUND = b"\xd0\xcf\x11\xe0"  # an OLE file: a .doc, or an encrypted .docx
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
_AGAIN = "Open it in Word and save it again as .docx, or ask for another copy."


class Package:
    """The XML parts of one Word file. Whatever is wrong with them is an `UnreadableFile`."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = MAX_UNPACKED
        self.opened: dict[str, etree._Element] = {}  # the roots of the parts that were asked for
        if data.startswith(_COMPOUND):
            raise UnreadableFile(
                name,
                "This file is locked with a password, or is an old .doc.",
                "Open it in Word, remove the password and save it as .docx.",
            )
        if not data.startswith(b"PK"):
            raise UnreadableFile(name, "This is not a Word file, whatever its name says.", _AGAIN)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._parts = {
                info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()
            }
        except BROKEN as error:
            raise UnreadableFile(name, "This Word file is damaged or cut short.", _AGAIN) from error
        self.main = self._find_main()

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, or None where the file has no such part."""
        data = self.bytes_of(name)
        if data is None:
            return None
        self.opened[name] = root = self._parse(data)
        return root

    def bytes_of(self, name: str) -> bytes | None:
        """A part as it stands in the file, or None where the file has no such part."""
        info = self._parts.get(name)
        return None if info is None else self._unpack(info)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id, the kind ("header") and the name of the part, or its address."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        related = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            related[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return related

    def _find_main(self) -> str:
        for kind, target in self.related("").values():
            if kind == "officeDocument" and target in self._parts:
                return target
        if "word/document.xml" in self._parts:
            return "word/document.xml"
        raise UnreadableFile(self._name, "This file has no Word document in it.", _AGAIN)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise UnreadableFile(
                self._name,
                "This file is locked with a password.",
                "Remove the password and save it as .docx.",
            )
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > self._left or (ratio > _MAX_RATIO and info.file_size > _RATIO_MATTERS):
            raise self._too_big()
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (*BROKEN, RuntimeError) as error:  # RuntimeError: locked
            raise UnreadableFile(self._name, "This Word file is damaged or cut short.", _AGAIN) from error
        self._left -= len(data)
        if self._left < 0:
            raise self._too_big()
        return data

    def _parse(self, data: bytes) -> etree._Element:
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
            raise UnreadableFile(self._name, "This Word file is damaged inside.", _AGAIN) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(self._name, "This Word file holds what no Word file should (a DTD).", _AGAIN)
        return root

    def _too_big(self) -> UnreadableFile:
        size = MAX_UNPACKED // (1024 * 1024)
        return UnreadableFile(
            self._name, f"This Word file unpacks to more than {size} MB of text.", "Check where it came from."
        )


def target_of(element: etree._Element, related: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """What an element's `r:id` names, or two empty strings."""
    for key, value in element.attrib.items():
        if short(str(key)) == REL_ID:
            return related.get(str(value), ("", ""))
    return "", ""
