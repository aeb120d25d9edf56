"""Other words in the place of some, in their runs: at once, or as changes to accept or reject in Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sos_lint.finding import Edit
from sos_lint.rewrite.into_word.package import WordFile
from sos_lint.rewrite.into_word.runs import Names, RunWriter, highest_id, said_of
from sos_lint.rewrite.notes import Author
from sos_lint.rewrite.spliced.part import Node, Part, written_name

_INSERTED = ("w:ins", "w:moveTo")
_ID = re.compile(rb'(:id=["\'])[^"\']*')


class _Piece(NamedTuple):
    """Characters of one element that go. `first` is the run that lends its formatting to `words`, if any."""

    text: Node
    start: int
    end: int
    words: str | None
    first: Node


def put_edits(word: WordFile, edits: Iterable[Edit], tracked: Author | None) -> None:
    """Put edits into the file; raises ValueError for one not on verbatim words, or overlapping another."""
    pieces: dict[str, dict[Node, list[_Piece]]] = {}
    wanted = sorted(edits, key=lambda edit: (edit.at.start, edit.at.end))
    word.check(wanted)
    for edit in wanted:
        for name, piece in _pieces(word, edit, last=tracked is not None):
            run = piece.text.parent
            if run is None or run.name != "w:r" or piece.text.name != "w:t":
                raise word.unwritable()
            pieces.setdefault(name, {}).setdefault(run, []).append(piece)
    for name, by_run in pieces.items():
        part = word.part(name)
        if part is None:
            raise word.unwritable()
        tracker = _Tracker(part, tracked) if tracked else None
        shown = word.shown(name)
        for run, of_run in by_run.items():
            part.replace(run.start, run.end, _changed(part, run, of_run, shown, tracker))


def _pieces(word: WordFile, edit: Edit, *, last: bool) -> Iterator[tuple[str, _Piece]]:
    """What goes of each element; the new words stand in the place of the first, or after the `last`."""
    covered = list(word.covered(word.document.source_map.to_source(edit.at)))
    first: Node | None = None
    for number, (stretch, text, within) in enumerate(covered):
        first = first or text.parent
        if first is None:
            raise word.unwritable()
        here = number == (len(covered) - 1 if last else 0)
        yield stretch.part, _Piece(text, within.start, within.end, edit.replacement if here else None, first)


def _changed(
    part: Part, run: Node, pieces: list[_Piece], shown: Mapping[Node, str], tracker: _Tracker | None
) -> bytes:
    writer, names = RunWriter(part, run), Names(part, run)
    for child in run.children:
        if child.name == "w:rPr":
            continue
        gone = [piece for piece in pieces if piece.text is child]
        if not gone:
            writer.put(part.data[child.start : child.end])
            continue
        words, end, kept = shown[child], 0, ""
        for piece in gone:
            kept += words[end : piece.start]
            end = piece.end
            if tracker is None:
                kept += piece.words or ""
                continue
            if kept:
                writer.put(names.words(kept))
                kept = ""
            writer.between(tracker.deleted(writer, names, words[piece.start : piece.end]))
            if piece.words:
                writer.between(tracker.inserted(run, piece, names))
        kept += words[end:]
        if kept:
            writer.put(names.words(kept))
    return writer.written()


class _Tracker:
    """Writes tracked changes into a part."""

    def __init__(self, part: Part, author: Author) -> None:
        self._part = part
        self._author = author
        self._last = highest_id(part)

    def deleted(self, writer: RunWriter, names: Names, words: str) -> str:
        """Words as deleted."""
        return names.element("del", writer.around(names.words(words, "delText")), **self._said())

    def inserted(self, run: Node, piece: _Piece, names: Names) -> str:
        """Words as inserted. In what another person inserted, theirs ends before and goes on after."""
        content = RunWriter(self._part, piece.first).around(names.words(piece.words or ""))
        inserted = names.element("ins", content, **self._said())
        parent = run.parent
        if parent is None or parent.name not in _INSERTED:
            return inserted
        tag = self._part.tag(parent)
        again = _ID.sub(rb"\g<1>" + self._next_id().encode(), tag, count=1).decode()
        return f"</{written_name(tag).decode()}>{inserted}{again}"

    def _said(self) -> dict[str, str]:
        return {"id": self._next_id(), **said_of(self._author)}

    def _next_id(self) -> str:
        self._last += 1
        return str(self._last)
