"""Sentences to start from: a rule's frames for what the text does not tell yet, filled with what it does.

Every word outside brackets is the frame's, or the document's own. Where it is not plain who or what is
meant, a blank stays for the writer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sos_lint.document import Document
from sos_lint.frame import BLANKS, Slot, fitted, slots_in
from sos_lint.kinds import Part
from sos_lint.rewrite import reshape
from sos_lint.rule import Match

if TYPE_CHECKING:
    from sos_lint.nlp.naming import Naming

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|"
    r"Easter|(?:last |the )?(?:spring|summer|autumn|winter|Christmas|Easter))"
)
_SINCE = re.compile(
    r"\bsince (?:(?:early|late|mid|about|at least) )?(?:\d{1,2} )?"
    rf"(?:{_MONTH}(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\b"
)


def fill(match: Match, document: Document, naming: Naming | None) -> Mapping[Part, str]:
    """The sentence to start from for each part, told or not.

    `naming` knows the people of the document; without it, none of the document's words are used.
    """
    if not match.rule.scaffold:
        return {}
    known = {} if naming is None else _known(match, document, naming)
    return {part: _first(frames, known) for part, frames in match.rule.scaffold}


Known = Mapping[Slot, Callable[[], str | None]]


def _first(frames: tuple[str, ...], known: Known) -> str:
    """The first frame whose slots can all be filled; in the last one, blanks stand in."""
    for frame in frames[:-1]:
        found = {slot: known[slot]() for slot in slots_in(frame) if slot in known}
        if all(found.get(slot) or slot in BLANKS for slot in slots_in(frame)):
            return fitted(frame, found)
    return fitted(frames[-1], {slot: known[slot]() for slot in slots_in(frames[-1]) if slot in known})


def _known(match: Match, document: Document, naming: Naming) -> Known:
    """How each slot is filled from the document; None where that is not sure."""
    sentence = match.sentence.of(document.text)
    start = match.at.start - match.sentence.start
    end = min(match.at.end, match.sentence.end) - match.sentence.start
    found: dict[Slot, Callable[[], str | None]] = {
        Slot.WHO: lambda: naming.doer(match),
        Slot.PERSON: lambda: naming.person(match),
        Slot.CHILD: lambda: naming.child(match),
        Slot.SINCE: lambda: _since(sentence),
        Slot.WITHOUT: lambda: reshape.without(sentence, start, end),
        Slot.COUNTED: lambda: reshape.counted(sentence, start, end),
        Slot.ACTIVE: lambda: reshape.active(
            sentence, start, end, lambda place: naming.is_person(match.sentence.start + place, match.sentence)
        ),
        Slot.JUDGED: lambda: reshape.judged(sentence),
        Slot.CLAUSE: lambda: reshape.clause(sentence),
    }
    return {slot: cache(fills) for slot, fills in found.items()}  # the parts of a term ask for the same


def _since(sentence: str) -> str | None:
    """The one time since when, if the sentence tells it."""
    found = _SINCE.findall(sentence)
    return found[0] if len(found) == 1 else None
