"""Where a comment on some words can stand, and what the comments that are there stand on.

Comments can stand wherever words are typed, but not inside fields, whose words are filled in, nor in shapes,
which are drawn: there a comment stands around the whole, and says which words are meant.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from sos_lint.readers.from_odt.names import PARAGRAPHS, TYPED_IN
from sos_lint.rewrite.into_odt.file import Covered, OdtFile, shape_around
from sos_lint.rewrite.spliced.part import Bytes, Node, Part
from sos_lint.text import Range

_UNCOUNTED = ("office:annotation", "text:tracked-changes")


class Place(NamedTuple):
    """Where a comment begins and ends in a part. `says` tells which words are meant, if that is not seen.

    `inside` is the element in which it begins, `last` that in which it ends.
    """

    part: Part
    start: Bytes
    end: Bytes
    inside: Node
    last: Node
    says: str = ""


class Counts:
    """Counts the characters of a part: by these, places are the same whatever marks stand between."""

    def __init__(self, part: Part) -> None:
        self._starts: list[int] = []
        self._before: list[int] = []
        total = 0
        for text in part.texts.values():
            if text.inside.name in _UNCOUNTED or text.inside.above(*_UNCOUNTED) is not None:
                continue
            for run in text.runs:
                self._starts.append(run.start)
                self._before.append(total)
                total += len(run.words)
        self._part = part
        self._total = total

    def before(self, at: int) -> int:
        """How many characters stand before a byte."""
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return 0
        following = self._before[i + 1] if i + 1 < len(self._before) else self._total
        start, data = self._starts[i], self._part.data
        if data[start : start + 1] in (b"&", b"\r"):
            return self._before[i] + (at > start)
        return min(following, self._before[i] + len(data[start:at].decode(errors="ignore")))


def find(odt: OdtFile, at: Range) -> Place | None:
    """Where a comment on a range of the text can stand, if anywhere."""
    covered = list(odt.covered(at))
    if not covered or covered[0].part is not covered[-1].part:
        return None
    first, last = covered[0], covered[-1]
    before, after = _whole(first.text.inside), _whole(last.text.inside)
    if _is_outside(before or first.text.inside) or _is_outside(after or last.text.inside):
        return None
    start, inside = _start(first, before)
    end, inside_last = _end(last, after)
    says = f"About “{at.of(odt.document.text)}”:" if before or after else ""
    return Place(first.part, start, end, inside, inside_last, says)


def _start(one: Covered, whole: Node | None) -> tuple[Bytes, Node]:
    if whole is not None and whole.parent is not None:
        return Bytes(whole.start, whole.start, raw=False), whole.parent
    place = next(one.part.places(one.text, one.within.start, one.within.end))
    return Bytes(place.start, place.start, place.raw), one.text.inside


def _end(one: Covered, whole: Node | None) -> tuple[Bytes, Node]:
    if whole is not None and whole.parent is not None:
        return Bytes(whole.end, whole.end, raw=False), whole.parent
    *_, place = one.part.places(one.text, one.within.start, one.within.end)
    return Bytes(place.end, place.end, place.raw), one.text.inside


def _whole(node: Node) -> Node | None:
    """The outermost field or shape around characters in which no comment may stand, if any."""
    shape = shape_around(node)
    if shape is not None:
        return _whole(shape.parent) or shape if shape.parent else shape
    found = None
    around: Node | None = node
    while around is not None and around.name not in PARAGRAPHS:
        if around.name not in TYPED_IN:
            found = around
        around = around.parent
    return found


def _is_outside(node: Node) -> bool:
    """True for what stands in no paragraph."""
    return node.name not in PARAGRAPHS and node.above(*PARAGRAPHS) is None
