"""A sentence frame: words, [blanks] for the writer, and {slots} that a document may fill.

Where it does not surely fill them, the slots for people and times become blanks. Other slots have none: a
frame with one of those is for sentences that fill it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache


class Slot(str, Enum):
    """What a frame may take from the document."""

    WHO = "who"  # who did it
    PERSON = "person"  # whom the term speaks of, whether they did something or felt it
    CHILD = "child"
    SINCE = "since"  # "since May"
    WITHOUT = "without"  # the sentence without the words found, to be gone on with
    COUNTED = "counted"  # the sentence with "[how many]" in their place
    ACTIVE = "active"  # a passive turned round: "hit Tom on Friday", after who did it
    JUDGED = "judged"  # of "It was felt that …": "felt that …", after whose view it is
    CLAUSE = "clause"  # of "It is felt that …": what comes after "that"


BLANKS = {Slot.WHO: "[who]", Slot.PERSON: "[who]", Slot.CHILD: "[child]", Slot.SINCE: "since [when]"}

_SLOT = re.compile(r"\{([^{}]*)\}")
_PIECE = re.compile(r"\[[^\[\]{}]+\]|\{[^\[\]{}]+\}|[^\[\]{}]+")


@cache
def slots_in(frame: str) -> frozenset[Slot]:
    """The slots of a frame that has no faults."""
    return frozenset(Slot(name) for name in _SLOT.findall(frame))


def unknown_slots(frame: str) -> list[str]:
    """What stands in braces and is no slot."""
    return [name for name in _SLOT.findall(frame) if name not in set(Slot)]


def faults(frame: str) -> Iterator[str]:
    """What is wrong with how a frame is written, to be said after it."""
    if not frame.endswith((".", "?")) or frame.endswith(".."):
        yield "does not end with one stop"
    if "".join(_PIECE.findall(frame)) != frame:
        yield "has a bracket that is not closed, or one inside another"
    if " ".join(frame.split()) != frame:
        yield "has a space too many"


def fitted(frame: str, found: Mapping[Slot, str | None]) -> str:
    """The frame with these words in its slots and blanks for the others; sentences begin with a capital.

    The frame needs no slot, but those found, that has no blank.
    """

    def said(place: re.Match[str]) -> str:
        slot = Slot(place[1])
        words = found.get(slot) or BLANKS[slot]
        begins = place.start() == 0 or frame[: place.start()].endswith((". ", "? "))
        return _capital(words) if begins else words

    return _SLOT.sub(said, frame)


def lead(sentence: str) -> str:
    """The words of a filled frame before its first blank."""
    return sentence.partition("[")[0].strip()


def _capital(words: str) -> str:
    first = 1 if words.startswith("[") else 0
    return words[:first] + words[first : first + 1].upper() + words[first + 1 :]
