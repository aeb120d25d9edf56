"""A Word file to be changed: its words, its parts, and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from sos_lint.readers.from_docx import read_with_places
from sos_lint.readers.from_docx.package import Package
from sos_lint.readers.places import Stretch
from sos_lint.rewrite.spliced.file import SplicedFile
from sos_lint.rewrite.spliced.part import Node, Part
from sos_lint.text import Range

_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SIGNS = frozenset({"w:tab", "w:ptab", "w:noBreakHyphen"})


class WordFile(SplicedFile):
    """A Word file, read, and open for changes."""

    program = kind = "Word"

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data, *read_with_places(data, name))
        self._package = Package(data, name)

    @property
    def main(self) -> str:
        """The name of the part with the body."""
        return self._package.main

    def bytes_of(self, name: str) -> bytes | None:
        """A part as it stands in the file, or None where there is none."""
        return self._package.bytes_of(name)

    def shown(self, name: str) -> dict[Node, str]:
        """The elements of a part that show words, and those words."""
        part = self.part(name)
        here = [one for one in self.stretches if one.part == name]
        return {self._node(part, one): one.words for one in here} if part else {}

    def covered(self, at: Range) -> Iterator[tuple[Stretch, Node, Range]]:
        """The elements whose words lie in a range of the source, and which of their words do."""
        for one, within in self.stretches_in(at):
            if (part := self.part(one.part)) is not None:
                yield one, self._node(part, one), within

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
        while self.bytes_of(name) is not None:
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


def _in_namespace_of(part: Part, entry: str) -> bytes:
    """An entry that stands in the namespace of the part's root, whatever prefix that has."""
    name, _, rest = entry[1:].partition(" ")
    return f'<{name} xmlns="{part.root.namespace}" {rest}'.encode() if _has_prefix(part) else entry.encode()


def _has_prefix(part: Part) -> bool:
    return b":" in part.tag(part.root).split(None, 1)[0]
