"""One XML part of a file, by its bytes: where each element begins and ends, and what comes instead.

The part is never written anew from a tree. What is not replaced stays as it is, to the byte: declaration,
namespaces, the order of attributes, and whatever else of the file nobody here knows.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from sos_lint.readers.xml_names import short

_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)""")
# What XML 1.0 cannot hold at all: https://www.w3.org/TR/xml/#charsets
_IMPOSSIBLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(slots=True, eq=False)
class Node:
    """An element: its bytes are from `start` to `end`, those between its tags from `inner` to `inner_end`.

    `name` and the names of its attributes are short ("w:r", "text:p"), as in `readers.xml_names`.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    parent: Node | None
    start: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def above(self, *names: str) -> Node | None:
        """The nearest element around this one that has one of these names."""
        node = self.parent
        while node is not None and node.name not in names:
            node = node.parent
        return node

    def child(self, name: str) -> Node | None:
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)


class Run(NamedTuple):
    """Characters that the file holds from a byte on: as they are, or one of them as a reference ("&amp;").

    `raw`: they stand in a CDATA section, in which nothing is markup.
    """

    start: int
    words: str
    raw: bool


class Bytes(NamedTuple):
    """The bytes from `start` to `end`, in a CDATA section if `raw`."""

    start: int
    end: int
    raw: bool


@dataclass(slots=True, eq=False)
class Text:
    """The characters between two tags. `inside` is the element that they stand in."""

    inside: Node
    runs: list[Run] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The characters."""
        return "".join(run.words for run in self.runs)


class Part:
    """The elements of one part, in the order of the file, and the changes to its bytes.

    `texts` are the characters before the first child of an element, or those after it (True).
    """

    def __init__(self, data: bytes) -> None:
        self._encoding = _encoding_of(data)
        # Offsets are of UTF-8, whatever the part is written in: nearly always that is the same.
        self.data = data if self._encoding == "utf-8" else data.decode(self._encoding).encode()
        self._changes: list[tuple[int, int, bytes]] = []
        scan = _Scan(self.data)
        self.nodes = scan.nodes
        self.texts = scan.texts
        self._prefixes = scan.prefixes

    @property
    def root(self) -> Node:
        """The element around all others."""
        return self.nodes[0]

    def tag(self, node: Node) -> bytes:
        """The start tag of an element as it is written."""
        return self.data[node.start : node.inner]

    def prefix(self, namespace: str, node: Node) -> str | None:
        """The prefix that a namespace has inside an element, if it has one there."""
        around: Node | None = node
        hidden: set[str | None] = {None, ""}
        while around is not None:
            declared = self._prefixes.get(around, {})
            for prefix, meant in declared.items():
                if meant == namespace and prefix not in hidden:
                    return prefix
            hidden.update(declared)
            around = around.parent
        return None

    def places(self, text: Text, start: int, end: int) -> Iterator[Bytes]:
        """The bytes of some characters of a text, which may be in several runs."""
        done = 0
        for run in text.runs:
            first, last = max(start - done, 0), min(end - done, len(run.words))
            done += len(run.words)
            if first >= last:
                continue
            at = run.start
            if self.data[at : at + 1] == b"\r":  # a line end, which is one character
                yield Bytes(at, at + (2 if self.data[at : at + 2] == b"\r\n" else 1), run.raw)
            elif self.data[at : at + 1] == b"&" and not run.raw:
                yield Bytes(at, self.data.index(b";", at) + 1, run.raw)
            else:
                at += len(run.words[:first].encode())
                yield Bytes(at, at + len(run.words[first:last].encode()), run.raw)

    def within(self, node: Node) -> Iterator[Node]:
        """The elements inside one, in order."""
        for child in node.children:
            yield child
            yield from self.within(child)

    def replace(self, start: int, end: int, content: bytes) -> None:
        """Put other bytes in the place of some; at one place, what came first stands first."""
        self._changes.append((start, end, content))

    def put(self, place: Bytes, content: str) -> None:
        """Put elements and words, as they are written, in the place of some bytes."""
        if place.raw and content:
            content = f"]]>{content}<![CDATA["
        self.replace(place.start, place.end, content.encode())

    def remove(self, node: Node) -> None:
        """Take an element out."""
        self.replace(node.start, node.end, b"")

    def append(self, parent: Node, content: bytes) -> None:
        """Put something in as the last of an element."""
        if parent.inner == parent.end:  # an empty tag: open it
            tag = self.tag(parent)
            content = tag[:-2] + b">" + content + b"</" + written_name(tag) + b">"
            self.replace(parent.start, parent.end, content)
        else:
            self.replace(parent.inner_end, parent.inner_end, content)

    @property
    def is_changed(self) -> bool:
        """True when something was replaced."""
        return bool(self._changes)

    def written(self) -> bytes:
        """The part with all changes in it."""
        changes = sorted(self._changes, key=lambda change: change[:2])
        if any(end > start for (_, end, _), (start, _, _) in pairwise(changes)):
            raise ValueError("changes of a part overlap")
        pieces, done = [], 0
        for start, end, content in changes:
            pieces += [self.data[done:start], content]
            done = end
        data = b"".join([*pieces, self.data[done:]])
        if self._encoding == "utf-8":
            return data
        return data.decode().encode(self._encoding, "xmlcharrefreplace")


def written_name(tag: bytes) -> bytes:
    """The name in a start tag, with its prefix."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]


def escaped(words: str) -> str:
    """Words as they are written between tags, without what XML cannot hold."""
    return escape(_IMPOSSIBLE.sub("", words), {"\r": "&#13;"})


def _encoding_of(data: bytes) -> str:
    declared = _DECLARED.match(data)
    name = _WIDE.get(data[:2]) or (declared.group(1).decode() if declared else "utf-8")
    return codecs.lookup(name).name


class _Scan:
    """Notes the place of each element, and of the words between tags, while the part is parsed."""

    def __init__(self, data: bytes) -> None:
        self.nodes: list[Node] = []
        self.texts: dict[tuple[Node, bool], Text] = {}
        self.prefixes: dict[Node, dict[str | None, str]] = {}
        self._declared: dict[str | None, str] = {}  # by the start tag that comes next
        self._tag: tuple[Node, bool] | None = None  # the last that was read: a start tag, or an end tag
        self._raw = False
        self._data = data
        self._stack: list[Node] = []
        self._opened: Node | None = None  # whose start tag ends where the next thing begins
        self._parser = parser = expat.ParserCreate("utf-8", "}")
        parser.ordered_attributes = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartCdataSectionHandler = self._begin_raw
        parser.EndCdataSectionHandler = self._end_raw
        parser.CharacterDataHandler = self._words
        parser.DefaultHandler = self._other
        parser.StartDoctypeDeclHandler = self._refuse
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._settle()
        parent = self._stack[-1] if self._stack else None
        node = Node(
            _short(name),
            name.rpartition("}")[0],
            {_short(key): value for key, value in attributes.items()},
            parent,
            self._parser.CurrentByteIndex,
        )
        if parent is not None:
            parent.children.append(node)
        self.nodes.append(node)
        self._stack.append(node)
        self._opened = node
        self._tag = (node, False)
        if self._declared:
            self.prefixes[node], self._declared = self._declared, {}

    def _end(self, _name: str) -> None:
        self._settle()
        node, here = self._stack.pop(), self._parser.CurrentByteIndex
        node.inner_end = node.end = here
        is_empty_tag = node.inner == here and self._data[here - 2 : here] == b"/>"
        if not is_empty_tag:
            node.end = self._data.index(b">", here) + 1
        self._tag = (node, True)

    def _words(self, words: str) -> None:
        self._settle()
        inside = self._stack[-1]
        inside.text += words
        if self._tag is not None:
            text = self.texts.setdefault(self._tag, Text(inside))
            text.runs.append(Run(self._parser.CurrentByteIndex, words, self._raw))

    def _declare(self, prefix: str | None, namespace: str) -> None:
        self._declared[prefix] = namespace

    def _begin_raw(self) -> None:
        self._settle()
        self._raw = True

    def _end_raw(self) -> None:
        self._raw = False

    def _other(self, _data: str) -> None:
        self._settle()

    def _refuse(self, *_: object) -> None:
        raise LookupError("a DTD: what it names would come from elsewhere")

    def _settle(self) -> None:
        if self._opened is not None:
            self._opened.inner = self._parser.CurrentByteIndex
            self._opened = None


def _short(name: str) -> str:
    return short("{" + name) if "}" in name else name
