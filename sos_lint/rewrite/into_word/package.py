"""A Word file to be changed: its words, its parts, and the zip around them.

Parts that nobody changes are copied as they are packed, in their order and with their dates.
"""

from __future__ import annotations

import copy
import posixpath
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from io import BytesIO
from xml.parsers.expat import ExpatError

from sos_lint.errors import SosLintError
from sos_lint.readers.archive import BROKEN
from sos_lint.readers.from_docx import read_with_places
from sos_lint.readers.from_docx.package import Package
from sos_lint.readers.from_docx.places import Stretch
from sos_lint.rewrite.into_word.part import Node, Part
from sos_lint.text import Range

_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UTF8_NAME = 0x800
_SIGNS = frozenset({"w:tab", "w:ptab", "w:noBreakHyphen"})


class WordFile:
    """A Word file, read, and open for changes."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.document, self.stretches = read_with_places(data, name)
        self._starts = [one.start for one in self.stretches]
        self._data = data
        self._package = Package(data, name)
        self._parts: dict[str, Part] = {}
        self._new: dict[str, bytes] = {}

    @property
    def main(self) -> str:
        """The name of the part with the body."""
        return self._package.main

    def part(self, name: str) -> Part | None:
        """A part by its name, or None where there is none."""
        if name not in self._parts:
            data = self._package.bytes_of(name)
            if data is None:
                return None
            try:
                self._parts[name] = Part(data)
            except (ExpatError, LookupError, UnicodeError) as error:
                raise self.unwritable() from error
        return self._parts[name]

    def shown(self, name: str) -> dict[Node, str]:
        """The elements of a part that show words, and those words."""
        part = self.part(name)
        here = [one for one in self.stretches if one.part == name]
        return {self._node(part, one): one.words for one in here} if part else {}

    def covered(self, at: Range) -> Iterator[tuple[Stretch, Node, Range]]:
        """The elements whose words lie in a range of the source, and which of their words do."""
        first = max(0, bisect_right(self._starts, at.start) - 1)
        for one in self.stretches[first : bisect_left(self._starts, at.end)]:
            start, end = max(at.start, one.start), min(at.end, one.end)
            part = self.part(one.part)
            if start < end and part is not None:
                yield one, self._node(part, one), Range(start - one.start, end - one.start)

    def _node(self, part: Part, stretch: Stretch) -> Node:
        """The element of a stretch, as it was read by another parser."""
        node = part.nodes[stretch.number] if stretch.number < len(part.nodes) else part.root
        if node.name == "w:t" and node.text.startswith(stretch.words, stretch.skip):
            return node
        if node.name in _SIGNS and not node.text:
            return node
        raise self.unwritable()

    def body(self) -> Part:
        """The part with the body."""
        part = self.part(self.main)
        if part is None:
            raise self.unwritable()
        return part

    def related(self, kind: str) -> str:
        """The name of the first part of a kind ("comments") that the body refers to, or nothing."""
        related = self._package.related(self.main).values()
        return next((target for found, target in related if found == kind), "")

    def add(self, kind: str, content_type: str, content: bytes) -> str:
        """A new part of a kind, referred to by the body; returns its name."""
        folder, base = posixpath.split(self.main)
        name = posixpath.join(folder, f"{kind}.xml")
        count = 1
        while self._package.bytes_of(name) is not None:
            count += 1
            name = posixpath.join(folder, f"{kind}{count}.xml")
        self._new[name] = content
        self._relate(posixpath.join(folder, "_rels", f"{base}.rels"), kind, posixpath.basename(name))
        types = self.part(_TYPES)
        if types is not None:
            entry = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
            types.append(types.root, _in_namespace_of(types, entry))
        return name

    def _relate(self, name: str, kind: str, target: str) -> None:
        relations = self.part(name)
        taken = {node.attributes.get("Id") for node in relations.nodes} if relations else set()
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        if "purl.oclc.org" in self.body().root.namespace:
            offices = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        entry = f'<Relationship Id="rId{number}" Type="{offices}/{kind}" Target="{target}"/>'
        if relations is None:
            self._new[name] = f'{_XML}<Relationships xmlns="{_RELATIONS}">{entry}</Relationships>'.encode()
        else:
            relations.append(relations.root, _in_namespace_of(relations, entry))

    def unwritable(self) -> SosLintError:
        """The fault of a file that can be read, but is built as no Word file is."""
        return SosLintError(
            self.name,
            "This Word file is built in a way that cannot be changed here.",
            "Open it in Word, save it again, and use that copy.",
        )

    def written(self) -> bytes:
        """The bytes of the file with the changes in it; without any, the same bytes."""
        changed = {name: part.written() for name, part in self._parts.items() if part.is_changed}
        if not changed and not self._new:
            return self._data
        try:
            return _zipped(self._data, changed, self._new)
        except BROKEN as error:  # in a part that was not read
            raise self.unwritable() from error


def _in_namespace_of(part: Part, entry: str) -> bytes:
    """An entry that stands in the namespace of the part's root, whatever prefix that has."""
    name, _, rest = entry[1:].partition(" ")
    return f'<{name} xmlns="{part.root.namespace}" {rest}'.encode() if _has_prefix(part) else entry.encode()


def _has_prefix(part: Part) -> bool:
    return b":" in part.tag(part.root).split(None, 1)[0]


def _zipped(data: bytes, changed: dict[str, bytes], new: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as package:
        package.comment = old.comment
        entries = sorted(old.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in entries[1:]), old.start_dir]
        for info, end in zip(entries, ends, strict=True):
            name = info.filename.replace("\\", "/").lstrip("/")
            if name in changed:
                package.writestr(_like(info), changed[name])
            elif info.filename.isascii() or info.flag_bits & _UTF8_NAME:
                _copy(package, info, data[info.header_offset : end])
            else:  # a name in an old encoding would not be the same in the list at the end
                package.writestr(_like(info), old.read(info))
        for name, content in new.items():
            package.writestr(_like(entries[0], name), content)
    return file.getvalue()


def _copy(package: zipfile.ZipFile, info: zipfile.ZipInfo, packed: bytes) -> None:
    """Put an entry in as it is packed: `packed` is its header and its bytes."""
    if package.fp is None:
        raise ValueError("the zip is closed")
    info = copy.copy(info)
    package.fp.seek(package.start_dir)
    info.header_offset = package.start_dir
    package.fp.write(packed)
    package.start_dir = package.fp.tell()
    package.filelist.append(info)
    package.NameToInfo[info.filename] = info


def _like(info: zipfile.ZipInfo, name: str | None = None) -> zipfile.ZipInfo:
    """The header of an entry with other content."""
    made = zipfile.ZipInfo(name or info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED if name else info.compress_type
    made.create_system, made.external_attr = info.create_system, info.external_attr
    made.comment = b"" if name else info.comment
    return made
