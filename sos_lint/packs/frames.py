"""The sentence frames of a rule's scaffold, as packs write them: one for each part, or several to try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sos_lint.frame import BLANKS, Slot, faults, slots_in, unknown_slots
from sos_lint.kinds import Part
from sos_lint.packs.schema import Body


def frames_of(body: Body) -> tuple[tuple[Part, tuple[str, ...]], ...]:
    """The frames of each part that is asked, in the order in which they are told."""
    asked = [part for part in Part if part in body.ask or not body.ask]
    return tuple((part, _listed(body.scaffold[part])) for part in asked if part in body.scaffold)


def frame_faults(body: Body) -> Iterator[str]:
    """What is wrong with a rule's scaffold, as sentences."""
    for part in body.ask:
        if body.scaffold and part not in body.scaffold:
            yield f"`scaffold` has no sentence for “{part.value}”, which is asked."
    for frame, is_last in (
        (frame, frame is frames[-1]) for frames in map(_listed, body.scaffold.values()) for frame in frames
    ):
        found = list(faults(frame))
        for name in unknown_slots(frame):
            found.append(f"has a slot {{{name}}} that is not known; there are {_names(Slot)}")
        if not found and is_last and (unsure := slots_in(frame) - BLANKS.keys()):
            found.append(f"comes last, so it may not need {_names(unsure)}")
        yield from (f"in `scaffold`, “{frame}” {fault}." for fault in found)


def _listed(written: str | list[str]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _names(slots: Iterable[Slot]) -> str:
    return ", ".join(f"{{{slot.value}}}" for slot in Slot if slot in set(slots))
