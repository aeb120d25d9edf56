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
from sos_lint.limits import HIGHEST, MB, in_force, raised

_RATIO_MATTERS = 20 * MB
_ENTRY = b"PK\x01\x02"  # begins each entry of the list at the end of a zip
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
        self._left = in_force().unpacked_in_bytes
        self.opened: dict[str, etree._Element] = {}  # the roots of the parts that were asked for
        if not data.startswith(b"PK"):
            raise UnreadableFile(name, f"This is not {_a(kind)} file, whatever its name says.", again)
        if data.count(_ENTRY) > in_force().parts:  # before an object is made of each
            raise self._too_many_parts()
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
            raise _bad_xml(error, self._name, self._kind, self._again) from error

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
        if info.file_size > self._left:
            raise self._too_big()
        if info.file_size > max(_RATIO_MATTERS, in_force().ratio * info.compress_size):
            raise self._packed_too_well()
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
        size = f"This {self._kind} file unpacks to more than {in_force().unpacked} MB of text."
        return UnreadableFile(self._name, size, f"Check where it came from, {raised('unpacked')}.")

    def _packed_too_well(self) -> UnreadableFile:
        sentence = f"A part of this {self._kind} file unpacks to over {in_force().ratio} times its size."
        return UnreadableFile(self._name, sentence, f"Check where it came from, {raised('ratio')}.")

    def _too_many_parts(self) -> UnreadableFile:
        sentence = f"This {self._kind} file has more than {in_force().parts:,} parts."
        return UnreadableFile(self._name, sentence, f"Check where it came from, {raised('parts')}.")


def parsed(data: bytes, name: str, *, kind: str, again: str) -> etree._Element:
    """The root of some XML, read without entities and without the network."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFELY))
        if in_force().depth < HIGHEST.depth and _is_deeper(root, in_force().depth):
            raise _too_deep(name, kind)
    except _BROKEN_XML as error:
        raise _bad_xml(error, name, kind, again) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_dtd(name, kind, again)
    return root


def _is_deeper(root: etree._Element, depth: int) -> bool:
    """True where elements stand inside one another more than so many times."""
    return bool(etree.XPath("boolean(/" + "/".join("*" * (depth + 1)) + ")")(root))


def _bad_xml(error: Exception, name: str, kind: str, again: str) -> UnreadableFile:
    if "Excessive depth" in str(error):
        return _too_deep(name, kind)
    return UnreadableFile(name, f"This {kind} file is damaged inside.", again)


def _too_deep(name: str, kind: str) -> UnreadableFile:
    depth = in_force().depth
    more = f", {raised('depth')}" if depth < HIGHEST.depth else ""
    sentence = f"This {kind} file is nested more than {depth} elements deep."
    return UnreadableFile(name, sentence, f"Save its words as plain text{more}.")


def _with_dtd(name: str, kind: str, again: str) -> UnreadableFile:
    return UnreadableFile(name, f"This {kind} file holds what no {kind} file should (a DTD).", again)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'AEIOU' else 'a'} {word}"
