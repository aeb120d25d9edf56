"""Scales: their ends, the numbers given, the reasons, and what is no scale."""

from __future__ import annotations

import pytest
from statements import around, cues, found_in, summary, told_in, words_of

from sos_lint.structure.scaling import Scale, scales_in


def scale(text: str) -> Scale:
    (one,) = scales_in(around(f"## Scaling question\n\n{text}"), cues())
    return one


ENDS = [
    ("10 is that Tom sleeps. 0 is that Tom is hit.", "zt"),
    ("10 means Tom sleeps and 0 means Tom is hit.", "zt"),
    ("Where 0 is Tom being hit, and 10 is Tom asleep, where are we?", "zt"),
    ("10 = Tom sleeps; 0 = Tom is hit", "zt"),
    ("From 0 (Tom is hit) to 10 (Tom sleeps).", "zt"),
    ("If Tom is hit that would be a 0.", "z"),
    ("At 10, we would close the case.", "t"),
    ("Ten being the week when Tom slept.", "t"),
    ("- 0: Tom is hit\n- 10: Tom sleeps", "zt"),
    ("What does 10 look like? Tom sleeps.", "t"),
    ("0 is unsafe and 10 is safe.", ""),
    ("10 is the best it could be, and 0 the worst.", ""),
    ("On a scale of 0 to 10.", ""),
    ("At the top, 10, Tom sleeps. At the bottom, 0, Tom is hit.", "zt"),
]


@pytest.mark.parametrize(("text", "letters"), ENDS, ids=[text for text, _ in ENDS])
def test_an_end_is_defined_by_a_picture(text: str, letters: str) -> None:
    assert "".join(letter for letter in told_in(scale(text)) if letter in "zt") == letters


NUMBERS = [
    ("Mum scaled 5.", [5]),
    ("Mum said six.", [6]),
    ("Mum: 5. Dad: 7.", [5, 7]),
    ("Mum 5, Dad 7 and Nan 10", [5, 7, 10]),
    ("Dad gave it a 0 because Tom was hit.", [0]),
    ("6/10", [6]),
    ("Nan put it at 4 out of 10.", [4]),
    ("School is at a 3.", [3]),
    ("Between 2 and 6.", [2, 6]),
    ("Nan would say 8.", [8]),
    ("Mum gave it 5.5.", [5]),
    ("Mum scaled 12.", [12]),
    ("11/10, Mum said.", [11]),
    ("4 – Mum has kept the door locked", [4]),
    ("10 is that Tom sleeps, Mum said 6.", [6]),
    ("What would make it a 6?", []),
    ("To get to 7 Dad must ring.", []),
    ("Mum said that on 4 May six people came.", []),
    ("Tom, aged 7, was there.", []),
    ("On nine mornings out of ten he was late.", []),
    ("On a scale from 0 to 10.", []),
    ("0 1 2 3 4 5 6 7 8 9 10", []),
    ("Mum has 3 jobs.", []),
]


@pytest.mark.parametrize(("text", "values"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_the_numbers_are_those_that_people_gave(text: str, values: list[int]) -> None:
    assert [value for _, value in scale(text).numbers] == values


REASONS = [
    ("Mum said 5 because Tom slept.", ["because Tom slept."]),
    ("Mum said 5 as she has a lock.", ["as she has a lock."]),
    ("Because Tom slept, Mum said 5.", ["Because Tom slept"]),
    ("Mum: 5 – Tom slept all week", [" – Tom slept all week"]),
    ("Mum said 5. Tom slept all week.", ["Tom slept all week."]),
    (
        "Mum said 5 because Tom slept and Dad said 6 because Tom ate.",
        ["because Tom slept", "because Tom ate."],
    ),
    ("Mum said 5, Dad said 6 because Tom slept.", [None, "because Tom slept."]),
    ("Mum said 5. The next meeting is in school.", [None]),
    ("Mum 5, Dad 7", [None, None]),
    ("Mum said 5 because it is safe.", [None]),
    ("Score: 5\n\nReason: Tom slept", ["Tom slept"]),
]


@pytest.mark.parametrize(("text", "reasons"), REASONS, ids=[text for text, _ in REASONS])
def test_each_number_has_its_reason_or_none(text: str, reasons: list[str | None]) -> None:
    draft = around(f"## Scaling question\n\n{text}")
    (one,) = scales_in(draft, cues())
    assert [score.reason and score.reason.of(draft.text) for score in one.scores] == reasons
    assert [score.reason for score in one.unexplained] == [None] * reasons.count(None)


ASKED = ["Why that number?", "What makes it that and not lower?", "Why have you given it that score?"]
NOT_ASKED = [
    "What number would you give it?",
    "What would make it one higher?",
    "Where are you on the scale?",
]


@pytest.mark.parametrize(
    ("text", "expected"), [*((text, "r") for text in ASKED), *((text, "") for text in NOT_ASKED)]
)
def test_a_question_may_ask_for_the_reason(text: str, expected: str) -> None:
    assert told_in(scale(text)) == expected


def test_numbers_outside_the_scale_are_known() -> None:
    one = scale("Mum scaled 12, Dad scaled 10.")
    assert [score.value for score in one.outside] == [12]


SHAPES = {
    "a question": ("On a scale of 0 to 10, where 10 is that Tom sleeps, where are we?", ["scale t"]),
    "with answers": (
        "On a scale of 0-10, where 0 is that Tom is hit, where are we?\n\n- Mum: 5\n- Dad: 6",
        ["scale zn"],
    ),
    "a number": ("Mum scaled 5 and went home.", ["scale n"]),
    "out of ten": ("The family rated things 6/10 today.", ["scale n"]),
    "a heading": (
        "## Where are we on a scale of 0 to 10?\n\n- Mum said 5 because Tom slept",
        ["scale nr"],
    ),
    "in a table": (
        "| Where would we rate it on a scale of 0 to 10? | Mum said 5 because Tom slept |\n|-|-|\n| a | b |",
        ["scale nr"],
    ),
    "beneath it in a table": (
        "| Well | Worries |\n|-|-|\n| Plan | Where are we on a scale of 0 to 10? |\n| Ring | Nan says 4 |",
        ["scale n"],
    ),
}
NO_SCALES = {
    "marks": "Tom scored 6 in his spelling test.",
    "a mark out of ten": "Tom scored 6/10 in his maths test.",
    "a goal": "Tom scored 3 goals.",
    "only named": "You will be asked to rate the situation on a scale of 0 to 10, then explain your score.",
    "a pain scale": "On a scale of 0 to 10, how bad is the pain?",
    "a blank form": "## Where would we rate it on a scale of 0 to 10?\n\n## Next steps",
    "a blank cell": "| Well | Where are we on a scale of 0 to 10? |\n|-|-|\n| | |",
    "about scales": "## Scaling questions\n\nA scaling question helps a family to say where they are.",
    "a table with a scale of risk": "| Worry | Scale |\n|-|-|\n| Tom bites | often |",
    "fish": "The fish has scales and a tail.",
    "a quotation": "Tom said, “Mum scaled 5 and I cried”.",
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=list(SHAPES))
def test_a_scale_is_known_by_its_shape(text: str, expected: list[str]) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize("text", NO_SCALES.values(), ids=list(NO_SCALES))
def test_what_is_no_scale(text: str) -> None:
    assert summary(text) == []


def test_a_scale_has_its_label_and_its_words() -> None:
    draft = around("Safety scale: Mum said 5.")
    (one,) = scales_in(draft, cues())
    assert one.label is not None
    assert words_of([one.label, one.at], draft) == ["Safety scale", "Mum said 5."]
    assert len(found_in("Safety scale: Mum said 5.")) == 1
