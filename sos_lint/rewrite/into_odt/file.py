"""An OpenDocument text to be changed: a zip of parts, or one file of XML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sos_lint.readers.from_odt import read_with_places
from sos_lint.readers.from_odt.package import CONTENT, STYLES, Package, is_flat
from sos_lint.readers.places import Stretch
from sos_lint.rewrite.spliced.file import SplicedFile
from sos_lint.rewrite.spliced.part import Node, Part, Text
from sos_lint.text import Range

_SHAPES = tuple(
    f"draw:{kind}"
    for kind in (
        *("custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle"),
        *("ellipse", "connector", "caption", "measure", "control"),
    )
)
_CREATORS = ("office:change-info", "dc:creator")


class Covered(NamedTuple):
    """Characters of the text between two tags of a part."""

    part: Part
    text: Text
    within: Range


class Insertion(NamedTuple):
    """What stands between two bytes of a part and waits to be accepted, and who put it in."""

    start: int
    end: int
    author: str


class OdtFile(SplicedFile):
    """An OpenDocument text, read, and open for changes."""

    program, kind = "LibreOffice", "OpenDocument"

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data, *read_with_places(data, name))
        self._package = Package(data, name)
        self._insertions: dict[Part, list[Insertion]] = {}

    def bytes_of(self, name: str) -> bytes | None:
        """A part as it stands in the file, or None where there is none."""
        return self._package.bytes_of(name)

    def content(self) -> Part:
        """The part with the text."""
        part = self.part(CONTENT)
        if part is None:
            raise self.unwritable()
        return part

    def parts(self) -> Iterator[Part]:
        """The parts with words: that with the text, and that with headers and footers."""
        for name in (CONTENT, STYLES):
            if (part := self.part(name)) is not None:
                yield part

    def covered(self, at: Range) -> Iterator[Covered]:
        """The characters that lie in a range of the document's text."""
        for stretch, within in self.stretches_in(self.document.source_map.to_source(at)):
            part = self.part(stretch.part)
            text = self._text(part, stretch) if part else None
            if part is not None and text is not None:
                yield Covered(part, text, within)

    def beside(self, source: int) -> str:
        """The character at a place of the source; nothing where something else stands there."""
        return next((one.words[at.start] for one, at in self.stretches_in(Range(source, source + 1))), "")

    def author_of(self, node: Node) -> str:
        """Who stands in a comment, or in what is said of a change."""
        around: Node | None = node
        for name in _CREATORS[1:] if node.name == "office:annotation" else _CREATORS:
            around = around.child(name) if around else None
        return around.text if around else ""

    def changes(self) -> dict[str, Node]:
        """The changes that wait to be accepted, by their names: insertions, deletions, other formats."""
        found = {}
        for part in self.parts():
            for node in part.nodes:
                if node.name == "text:changed-region" and node.children:
                    for key in ("xml:id", "text:id"):
                        found[node.attributes.get(key, "")] = node.children[0]
        found.pop("", None)
        return found

    def insertions(self, part: Part) -> list[Insertion]:
        """What waits to be accepted in a part, in order."""
        if part not in self._insertions:
            begun = {}
            found = []
            changes = self.changes()
            for node in part.nodes:
                key = node.attributes.get("text:change-id", "")
                change = changes.get(key)
                if change is None or change.name != "text:insertion":
                    continue
                if node.name == "text:change-start":
                    begun[key] = node.end
                elif node.name == "text:change-end" and key in begun:
                    found.append(Insertion(begun.pop(key), node.start, self.author_of(change)))
            self._insertions[part] = sorted(found)
        return self._insertions[part]

    def is_drawn(self, at: Range) -> bool:
        """True for words of the document that are drawn in a shape."""
        return any(shape_around(text.inside) is not None for _, text, _ in self.covered(at))

    def inserted(self, at: Range) -> set[str]:
        """Who has put in words of a range of the document's text that wait to be accepted."""
        authors: set[str] = set()
        for part, text, within in self.covered(at):
            insertions = self.insertions(part)
            for place in part.places(text, within.start, within.end) if insertions else ():
                until = bisect_right(insertions, place.end, key=lambda one: one.start)
                around = (one for one in insertions[:until] if place.start < one.end)
                authors.update(one.author for one in around if one.start < place.end)
        return authors

    def _text(self, part: Part, stretch: Stretch) -> Text | None:
        """The characters of a stretch, as they were read by another parser; None for a sign such as a tab."""
        node = part.nodes[stretch.number] if stretch.number < len(part.nodes) else part.root
        if not stretch.after and node.name in ("text:s", "text:tab"):
            return None
        text = part.texts.get((node, stretch.after))
        if text is None or text.words != stretch.words:
            raise self.unwritable()
        return text

    def _packed(self, changed: Mapping[str, bytes], new: Mapping[str, bytes]) -> bytes:
        return changed[CONTENT] if is_flat(self._data) else super()._packed(changed, new)


def shape_around(node: Node) -> Node | None:
    """The shape in which an element is drawn. A text box is none: it is written in as a page is."""
    around = node.above("draw:text-box", *_SHAPES)
    return around if around is not None and around.name in _SHAPES else None
