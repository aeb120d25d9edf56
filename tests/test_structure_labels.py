"""Labels: which words name a statement, a goal or a scale, and what they leave to be read."""

from __future__ import annotations

import pytest
from statements import around, cues

from sos_lint.kinds import Part
from sos_lint.structure.labels import Label, Labels, Topic, sentences_in
from sos_lint.text import Range

D, G, S = (Topic.DANGER,), (Topic.GOAL,), (Topic.SCALE,)
HEADINGS = [
    ("Danger statement", D, False, ""),
    ("DANGER STATEMENTS", D, True, ""),
    ("Danger Statement 2", D, False, "2"),
    ("3.1 Danger statement (Tom)", D, False, ""),
    ("Danger/Worry Statement", D, False, ""),
    ("Danger statement for Tom and Ella", D, False, ""),
    ("Critical Worry Statements", D, True, ""),
    ("Worry statement no. 1", D, False, "1"),
    ("Harm and danger statements", D, True, ""),
    ("Our harm statement", D, False, ""),
    ("Statement of danger", D, False, ""),
    ("Safety goal", G, False, ""),
    ("Well-being Goals", G, True, ""),
    ("Success Goal:", G, False, ""),
    ("Safety/Wellbeing Goal", G, False, ""),
    ("Family's safety goals", G, True, ""),
    ("Scaling question", S, False, ""),
    ("Scaling Questions", S, True, ""),
    ("Safety scale", S, False, ""),
    ("Danger statement and safety goal", (Topic.DANGER, Topic.GOAL), True, ""),
]
NO_LABELS = [
    "Worry",
    "Risk",
    "Goals",
    "Statement of truth",
    "Witness statement",
    "Danger statements are written with the family",
    "Career goals",
    "How to write a danger statement",
    "Large scale maps",
    "Safety",
    "Financial statement",
]


def label_of(text: str, name: str = "draft.md") -> Label | None:
    draft = around(text, name)
    return Labels(draft, cues()).of(draft.document.blocks[0])


@pytest.mark.parametrize(("words", "topics", "many", "number"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_a_heading_names_what_stands_under_it(
    words: str, topics: tuple[Topic, ...], many: bool, number: str
) -> None:
    label = label_of(f"## {words}\n\nText.")
    assert label is not None
    assert (label.topics, label.many, label.number, label.rest) == (topics, many, number, None)


@pytest.mark.parametrize("words", NO_LABELS)
def test_other_headings_name_nothing(words: str) -> None:
    assert label_of(f"## {words}\n\nText.") is None


INLINE = [
    ("Danger statement: Mum hits Tom.", "Mum hits Tom."),
    ("Safety Goal 1 - Mum and Tom will read together.", "Mum and Tom will read together."),
    ("Scaling – Mum said 5 out of 10 today.", "Mum said 5 out of 10 today."),
    ("Critical worry statement (school): Nan is worried.", "Nan is worried."),
    ("Danger statement. Nan is worried that Tom bites.", "Nan is worried that Tom bites."),
]


@pytest.mark.parametrize(("text", "rest"), INLINE, ids=[row[1] for row in INLINE])
def test_a_label_before_a_mark_leaves_the_rest(text: str, rest: str) -> None:
    label = label_of(text)
    assert label is not None
    assert label.rest is not None and label.rest.of(around(text).text) == rest


def test_words_without_a_mark_between_make_no_label() -> None:
    assert label_of("Danger statement Mum wrote it with us on Monday and Tom drew it.") is None


FIELDS = [
    (
        Topic.DANGER,
        "Who is worried? Nan. What has happened? Dad hit Tom. He cried.",
        ["Nan.", "Dad hit Tom. He cried."],
    ),
    (Topic.DANGER, "Who is worried: Nan and Ms Sample", ["Nan and Ms Sample"]),
    (Topic.GOAL, "How long for? Ten weeks", ["Ten weeks"]),
    (Topic.GOAL, "How will we know? School will say.", ["School will say."]),
    (Topic.SCALE, "Reason: Nan is there", ["Nan is there"]),
    (Topic.DANGER, "How long for? Ten weeks", []),
    (Topic.DANGER, "Nan is worried that: Tom bites", []),
    (Topic.DANGER, "Who is worried?", []),
]


@pytest.mark.parametrize(("topic", "text", "values"), FIELDS, ids=[row[1] for row in FIELDS])
def test_the_fields_of_a_form_hold_what_follows_them(topic: Topic, text: str, values: list[str]) -> None:
    draft = around(text)
    fields = Labels(draft, cues()).fields(topic, draft.document.blocks[0].at)
    assert [field.value.of(draft.text) for field in fields] == values


def test_a_field_is_told_by_the_part_that_it_asks_for() -> None:
    draft = around("What could happen if nothing changes?")
    assert Labels(draft, cues()).asks(Topic.DANGER, draft.document.blocks[0].at) is Part.IF_NOTHING_CHANGES


def test_sentences_are_cut_to_a_run_of_words() -> None:
    draft = around("Safety goal: Tom reads. Mum sings.")
    assert [at.of(draft.text) for at in sentences_in(Range(13, 27), draft)] == ["Tom reads.", "Mum"]
