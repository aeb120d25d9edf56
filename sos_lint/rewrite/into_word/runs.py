"""Runs written anew: cut where something is put between their words, each piece with their formatting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from sos_lint.rewrite.notes import Author
from sos_lint.rewrite.spliced.part import Node, Part, escaped, written_name

_BLANK = " \t\r\n"


def outside(node: Node) -> Node:
    """The run of what stands in one, else the element itself."""
    return node.parent if node.parent is not None and node.parent.name == "w:r" else node


def highest_id(part: Part) -> int:
    """The highest `w:id` in the part, of whatever kind; 0 where there is none."""
    ids = (node.attributes.get("w:id", "") for node in part.nodes)
    return max((int(key) for key in ids if key.isascii() and key.isdigit()), default=0)


def said_of(author: Author) -> dict[str, str]:
    """What Word's elements say of who wrote and when, which Word shows as it is written."""
    return {"author": author.name, "date": author.at.strftime("%Y-%m-%dT%H:%M:%SZ")}


class Names:
    """Writes elements of Word with the prefix of a node, to stand beside it or `inside` it."""

    def __init__(self, part: Part, node: Node, *, inside: bool = False) -> None:
        tag = part.tag(node)
        prefix = written_name(tag).rpartition(b":")[0].decode()
        known = prefix and (inside or f"xmlns:{prefix}=".encode() not in tag)
        self._prefix = prefix if known else "w"
        self._declaration = "" if known else f" xmlns:w={quoteattr(node.namespace)}"

    def element(self, name: str, content: str = "", **attributes: str) -> str:
        """An element, around its content as it is written."""
        said = "".join(f" {self._prefix}:{key}={quoteattr(value)}" for key, value in attributes.items())
        tag = f"{self._prefix}:{name}"
        start = f"<{tag}{self._declaration}{said}"
        return f"{start}>{content}</{tag}>" if content else f"{start}/>"

    def words(self, words: str, name: str = "t") -> str:
        """Words in a run."""
        space = ' xml:space="preserve"' if words.strip(_BLANK) != words else ""
        tag = f"{self._prefix}:{name}"
        shown = escaped(words)
        return f"<{tag}{self._declaration}{space}>{shown}</{tag}>"


class RunWriter:
    """Writes a run anew, as so many as are needed."""

    def __init__(self, part: Part, run: Node) -> None:
        tag = part.tag(run)
        properties = run.child("w:rPr")
        self._open = tag + (part.data[properties.start : properties.end] if properties else b"")
        self._close = b"</" + written_name(tag) + b">"
        self._content: list[bytes] = []
        self._done: list[bytes] = []

    def put(self, content: bytes | str) -> None:
        """Go on with something inside a run."""
        self._content.append(content if isinstance(content, bytes) else content.encode())

    def around(self, content: str) -> str:
        """A run of the same formatting around something."""
        return (self._open + content.encode() + self._close).decode()

    def between(self, content: str) -> None:
        """End the run and put something after it."""
        self._end()
        self._done.append(content.encode())

    def written(self) -> bytes:
        """All of it; a run in which nothing is left is left out."""
        self._end()
        return b"".join(self._done)

    def _end(self) -> None:
        if self._content:
            self._done += [self._open, *self._content, self._close]
            self._content = []


class Mark(NamedTuple):
    """Something put at a place: before an element (`offset` 0), after it (None), or among its words."""

    beside: Node
    offset: int | None
    content: str


def put_marks(part: Part, marks: Iterable[Mark], shown: dict[Node, str]) -> None:
    """Put things between the runs of a part, and between the words of runs, which are cut for it.

    `shown` is the words of the elements that have some. Marks at one place stand in the order given.
    """
    cut: dict[Node, dict[Node, list[Mark]]] = {}
    for mark in marks:
        run = mark.beside.parent
        if run is not None and run.name == "w:r":
            cut.setdefault(run, {}).setdefault(mark.beside, []).append(mark)
        else:
            at = mark.beside.end if mark.offset is None else mark.beside.start
            part.replace(at, at, mark.content.encode())
    for run, by_child in cut.items():
        writer, names = RunWriter(part, run), Names(part, run)
        for child in run.children:
            if child.name != "w:rPr":
                _put_child(writer, names, part, child, by_child.get(child, []), shown.get(child, ""))
        part.replace(run.start, run.end, writer.written())


def _put_child(
    writer: RunWriter, names: Names, part: Part, child: Node, marks: list[Mark], words: str
) -> None:
    end = len(words) if child.name == "w:t" else 0
    after = [mark for mark in marks if mark.offset is None or (end and mark.offset == end)]
    before = [mark for mark in marks if mark.offset == 0 and mark not in after]
    within = sorted(
        (mark for mark in marks if mark not in before and mark not in after),
        key=lambda mark: mark.offset or 0,
    )
    for mark in before:
        writer.between(mark.content)
    done = 0
    for mark in within:
        offset = mark.offset or 0
        if offset > done:
            writer.put(names.words(words[done:offset]))
            done = offset
        writer.between(mark.content)
    if done:
        writer.put(names.words(words[done:]))
    else:
        writer.put(part.data[child.start : child.end])
    for mark in after:
        writer.between(mark.content)
