"""Where a comment on some words can stand.

Word shows comments in the body alone; in headers, footers, text boxes, footnotes and endnotes it passes over
them ([MS-OI29500] 2.1.315 c). A comment on words of a note stands at the note's number, one on words of a
text box at the box, and one on words that Word fills around the whole field or control; each says which
words are meant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from typing import NamedTuple, TypeVar

from sos_lint.rewrite.into_word.package import WordFile
from sos_lint.rewrite.into_word.runs import outside
from sos_lint.rewrite.into_word.wholes import Wholes
from sos_lint.rewrite.spliced.part import Node, Part
from sos_lint.text import Range

_NOTES = {"w:footnote": "w:footnoteReference", "w:endnote": "w:endnoteReference"}
_BOX = "w:txbxContent"

Runs = tuple[int, int]
Offset = TypeVar("Offset", int, int | None)


class Place(NamedTuple):
    """From before the character `start` of the words of `first` to after the last one of `last` before `end`.

    0 and None are before and after an element. `says` tells which words are meant, where that is not seen.
    """

    first: Node
    start: int
    last: Node
    end: int | None
    says: str = ""

    def is_by(self, author: str) -> bool:
        """True for words that a tracked change of this author has put in."""
        inserted = (self.first.above("w:ins"), self.last.above("w:ins"))
        return any(one is not None and one.attributes.get("w:author") == author for one in inserted)


class Places:
    """Finds places in the body of a file."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._body = word.body()
        self._wholes = Wholes(self._body)
        self.shown = word.shown(word.main)
        runs = [node for node in self._body.nodes if node.name == "w:r" and not _is_reference(node)]
        self._starts = [run.start for run in runs]
        self._ends = sorted(run.end for run in runs)

    def find(self, at: Range) -> Place | None:
        """Where a comment on a range of the text can stand, if anywhere."""
        document = self._word.document
        covered = list(self._word.covered(document.source_map.to_source(at)))
        if not covered:
            return None
        (first_stretch, first, start), (last_stretch, last, end) = covered[0], covered[-1]
        words = at.of(document.text)
        if first_stretch.part == last_stretch.part == self._word.main and not (
            first.above(_BOX) or last.above(_BOX)
        ):
            return self._place(first, start.start, last, end.end, f"About “{words}”:")
        anchor = self._anchor(first, first_stretch.part)
        if anchor is None:
            return None
        where = document.block_at(at.start).where or "note"
        return self._place(anchor, 0, anchor, None)._replace(says=f"In {where}: “{words}”")

    def runs(self, place: Place) -> Runs:
        """The first and last run of a place, by their bytes; none where it begins or ends in one."""
        first, last = outside(place.first), outside(place.last)
        whole = place.end is None or place.end == len(self.shown.get(place.last, ""))
        start = first.start if place.start == 0 and _is_edge(place.first, first, 0) else -1
        end = last.end if whole and _is_edge(place.last, last, -1) else -1
        return (
            start if first.name == "w:r" else self._next(first.start),
            end if last.name == "w:r" else self._before(last.end),
        )

    def of_comments(self, keys: Container[str]) -> Iterator[tuple[str, Runs]]:
        """The comments with these keys, and the first and last run that each is about."""
        starts = {
            node.attributes.get("w:id", ""): node.end
            for node in self._body.nodes
            if node.name == "w:commentRangeStart"
        }
        for node in self._body.nodes:
            key = node.attributes.get("w:id", "")
            if node.name == "w:commentRangeEnd" and key in keys and key in starts:
                yield key, (self._next(starts[key]), self._before(node.start))

    def _place(self, first: Node, start: int, last: Node, end: int | None, says: str = "") -> Place:
        """From one element to another, or from around what holds them, where `says` is needed."""
        before, after = self._wholes.around(first), self._wholes.around(last)
        first, start = (before[0], 0) if before else _settled(first, start, 0)
        last, end = (after[1], None) if after else _settled(last, end, None)
        return Place(first, start, last, end, says if before or after else "")

    def _anchor(self, node: Node, part_name: str) -> Node | None:
        """What stands in the body for the words of a note or a text box."""
        box = node.above(_BOX)
        while box is not None:  # of boxes in boxes, the outermost
            node = box
            box = node.above(_BOX)
        if part_name != self._word.main:
            note = node.above(*_NOTES)
            if note is None:
                return None
            return self._reference(self._body, _NOTES[note.name], note.attributes.get("w:id"))
        run = node.above("w:r")
        while run is not None and node.parent is not run:
            node = node.parent or run
        return node if run is not None else None

    def _reference(self, body: Part, name: str, key: str | None) -> Node | None:
        for node in body.nodes:
            deleted = node.above("w:del", "w:moveFrom")
            if node.name == name and node.attributes.get("w:id") == key and deleted is None:
                return self._anchor(node, self._word.main) if node.above(_BOX) else node
        return None

    def _next(self, at: int) -> int:
        i = bisect_left(self._starts, at)
        return self._starts[i] if i < len(self._starts) else -1

    def _before(self, at: int) -> int:
        i = bisect_right(self._ends, at)
        return self._ends[i - 1] if i else -1


def _settled(node: Node, offset: Offset, beside: Offset) -> tuple[Node, Offset]:
    """A place among the words of an element, or `beside` what holds it where a run cannot be cut there."""
    run = node.above("w:r")
    if node.parent is run and node.name == "w:t" and not node.children:
        return node, offset
    while node.parent is not run and node.parent is not None:
        node = node.parent
    return node, beside


def _is_edge(node: Node, run: Node, which: int) -> bool:
    """True where an element is the first (0) or last (-1) of its run."""
    content = [child for child in run.children if child.name != "w:rPr"]
    return not content or content[which] is node


def _is_reference(run: Node) -> bool:
    """True for a run that is nothing but the number of a comment."""
    return {child.name for child in run.children} - {"w:rPr"} == {"w:commentReference"}
