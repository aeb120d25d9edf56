"""A draft while it is being rewritten, in memory only: its bytes, its words, and what is found in them.

Each change gives a new draft, read and linted anew; the old one stays as it was, to go back to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit, Finding
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.rewrite.apply import applied
from sos_lint.text import Range

Lint = Callable[[Document], tuple[Finding, ...]]

_TOKEN = re.compile(r"\s+|\w+|.")
_SOFT_BREAK = re.compile(r" ?(?:\r\n|\n|\r)[ \t>]*")
_ALIKE = 0.5  # below, two sentences only happen to share some words


class Hunk(NamedTuple):
    """Words that come in the place of a range, which may be empty."""

    at: Range
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as it now stands."""

    data: bytes
    document: Document
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, data: bytes, name: str, lint: Lint) -> Draft:
        """The draft in some bytes; raises UnreadableFile."""
        document = read_bytes(data, name)
        return cls(data, document, lint(document))

    def changed(self, hunks: Sequence[Hunk], lint: Lint) -> Draft:
        """The draft with these words in it; raises SosLintError where that would change others too."""
        old, edits = self.document, _edits(hunks, self.document)
        if old.source is None and not all(old.source_map.is_verbatim(edit.at) for edit in edits):
            raise SosLintError(
                old.name,
                "The words here are part of a field, a link or a tracked change.",
                "Skip this place, and change it by hand.",
            )
        wanted = _put_in(old.text, hunks)
        near: Draft | None = None
        for more in ([], _joins(hunks, old)):
            data = applied(self.data, old, [*edits, *more])
            document = read_bytes(data, old.name)
            if document.text == wanted:
                return Draft(data, document, lint(document))
            if near is None and document.text.replace("\n", " ") == wanted.replace("\n", " "):
                near = Draft(data, document, ())  # a break became a space, or the other way round
        if near is None:
            raise SosLintError(
                old.name,
                "The new words cannot be put in here without changing others.",
                "Begin them with a plain word, or skip this place and change it by hand.",
            )
        return Draft(near.data, near.document, lint(near.document))


def hunks_between(text: str, at: Range, words: str) -> tuple[Hunk, ...]:
    """What must change for these words to stand in the place of a range; words that stay are left alone.

    So they keep their formatting, and a note of where they stand still holds.
    """
    old, new = _TOKEN.findall(at.of(text)), _TOKEN.findall(words)
    starts = [at.start]
    for token in old:
        starts.append(starts[-1] + len(token))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    operations = matcher.get_opcodes() if matcher.ratio() >= _ALIKE else _ends_kept(old, new)
    hunks: list[Hunk] = []
    for tag, i, j, k, m in operations:
        if tag == "equal":
            continue
        hunk = Hunk(Range(starts[i], starts[j]), "".join(new[k:m]))
        between = text[hunks[-1].at.end : hunk.at.start] if hunks else ""
        if hunks and not between.strip():  # a space alone is no word that stays
            last = hunks.pop()
            hunk = Hunk(Range(last.at.start, hunk.at.end), last.words + between + hunk.words)
        hunks.append(hunk)
    return tuple(hunks)


def moved(at: Range, hunks: Iterable[Hunk]) -> Range | None:
    """Where a range stands after some changes; None where one of them is in its words."""
    shift = 0
    for hunk in hunks:
        if hunk.at.start >= at.end:
            break
        if hunk.at.end > at.start:
            return None
        shift += len(hunk.words) - len(hunk.at)
    return at.moved(shift)


def _ends_kept(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """One change, between what both begin and end with."""
    most = min(len(old), len(new))
    same = (n for n in range(most) if old[n] != new[n])
    first = next(same, most)
    back = (n for n in range(most - first) if old[-1 - n] != new[-1 - n])
    last = next(back, most - first)
    return [("replace", first, len(old) - last, first, len(new) - last)]


def _put_in(text: str, hunks: Sequence[Hunk]) -> str:
    parts, end = [], 0
    for hunk in hunks:
        parts += [text[end : hunk.at.start], hunk.words]
        end = hunk.at.end
    return "".join(parts) + text[end:]


def _edits(hunks: Sequence[Hunk], document: Document) -> list[Edit]:
    """The hunks as edits, which need a sign to stand on: the one before what is put in, or after it."""
    text = document.text
    edits: list[Edit] = []
    for at, words in hunks:
        end = edits[-1].at.end if edits else 0
        if len(at):
            edit = _edit(document, at, words)
        elif at.start > end and text[at.start - 1] != "\n":
            edit = _edit(document, Range(at.start - 1, at.end), text[at.start - 1] + words)
        elif edits and at.start == end:
            last = edits.pop()
            edit = _edit(document, last.at, last.replacement + words)
        else:
            edit = _edit(document, Range(at.start, at.end + 1), words + text[at.start])
        edits.append(edit)
    return edits


def _joins(hunks: Sequence[Hunk], document: Document) -> list[Edit]:
    """Edits that put the changed paragraphs on one line each.

    Where lines were broken by hand, one that has grown or shrunk would seem to end its paragraph.
    """
    joins: list[Edit] = []
    if document.source is None:
        return joins
    touched = (b.at for b in document.blocks if any(b.at.contains(hunk.at) for hunk in hunks))
    for block in touched:
        for offset in range(block.start, block.end):
            at = Range(offset, offset + 1)
            if document.text[offset] != " " or any(hunk.at.overlaps(at) for hunk in hunks):
                continue
            if _SOFT_BREAK.fullmatch(document.place(at).of(document.source)):
                joins.append(_edit(document, at, " "))
    return joins


def _edit(document: Document, at: Range, words: str) -> Edit:
    return Edit(at, words, Safety.REVIEW, document.place(at))
