"""Sentence frames: what is wrong with one, and how one is filled."""

from __future__ import annotations

import pytest

from sos_lint.frame import BLANKS, Slot, faults, fitted, lead, slots_in, unknown_slots

FAULTS = {
    "none": ("{who} [did what] to {child}.", []),
    "a question": ("Did {who} [do what]?", []),
    "no stop": ("{who} [did what]", ["does not end with one stop"]),
    "two stops": ("{who} [did what]..", ["does not end with one stop"]),
    "not closed": ("{who} [did what.", ["has a bracket that is not closed, or one inside another"]),
    "not opened": ("{who} did what].", ["has a bracket that is not closed, or one inside another"]),
    "inside another": ("[did {who}].", ["has a bracket that is not closed, or one inside another"]),
    "empty": ("[] went.", ["has a bracket that is not closed, or one inside another"]),
    "a space too many": ("{who}  went.", ["has a space too many"]),
    "a space at the end": ("{who} went. ", ["does not end with one stop", "has a space too many"]),
}


@pytest.mark.parametrize(("frame", "wrong"), FAULTS.values(), ids=FAULTS)
def test_faults(frame: str, wrong: list[str]) -> None:
    assert list(faults(frame)) == wrong


FITTED = {
    "a blank at the start": ("{who} left.", {}, "[Who] left."),
    "words at the start": ("{who} left.", {Slot.WHO: "his mum"}, "His mum left."),
    "words inside": ("Then {who} left.", {Slot.WHO: "his mum"}, "Then his mum left."),
    "a second sentence": ("[When]. {child} cried.", {Slot.CHILD: "the boys"}, "[When]. The boys cried."),
    "a stop inside words": ("{without} now.", {Slot.WITHOUT: "Mr. sample left"}, "Mr. sample left now."),
    "not found": ("{child} hid {since}.", {Slot.CHILD: None}, "[Child] hid since [when]."),
}


@pytest.mark.parametrize(("frame", "found", "words"), FITTED.values(), ids=FITTED)
def test_fitted(frame: str, found: dict[Slot, str | None], words: str) -> None:
    assert fitted(frame, found) == words


def test_slots() -> None:
    assert slots_in("{who} saw {child} [when].") == {Slot.WHO, Slot.CHILD}
    assert unknown_slots("{who} saw {whom}.") == ["whom"]
    assert set(BLANKS) < set(Slot)


def test_lead() -> None:
    assert lead("The worst time was [when], when [what].") == "The worst time was"
    assert lead("[Who] left.") == ""
