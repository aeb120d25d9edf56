"""Statements: what tells each part, near misses, statements known by their shape, and what is none."""

from __future__ import annotations

import pytest
from statements import around, cues, found_in, kind_of, summary, told_in, words_of

from sos_lint.document import Cell
from sos_lint.kinds import Part
from sos_lint.structure.labels import Topic
from sos_lint.structure.statements import Statement, statements_in


def told(label: str, text: str) -> str:
    (one,) = found_in(f"{label}: {text}")
    return told_in(one)


def has(label: str, text: str, letter: str) -> bool:
    return letter in told(label, text)


WORRIED = [
    "School is worried that Tom bites.",
    "Mum, Dad and Ms Sample are all very worried about Tom.",
    "Nan worries that Tom bites.",
    "The police have concerns about Tom.",
    "The health visitor has shared her worries about Tom.",
    "Our biggest worry is that Tom bites.",
    "School's main concern is that Tom bites.",
    "Worries were raised by the nursery.",
    "What worries Nan is that Tom bites.",
    "School: worried that Tom bites.",
    "We are scared that Tom will bite.",
    "Ms Sample (Tom's teacher) is really concerned about Tom.",
    "Professionals fear that Tom bites.",
    "The social worker thinks that Tom could be hurt.",
]
UNWORRIED = [
    "There are worries that Tom bites.",
    "There are ongoing concerns about Tom.",
    "It is feared that Tom bites.",
    "The worry is that Tom bites.",
    "Concerns have been raised about Tom.",
    "Nobody is worried about Tom.",
    "Tom is scared of Dad.",
    "The children live in fear.",
    "Nan is not worried about Tom.",
    "Tom bites.",
    "The school thinks the world of Tom.",
]


@pytest.mark.parametrize("text", WORRIED)
def test_somebody_is_worried(text: str) -> None:
    assert has("Danger statement", text, "w")


@pytest.mark.parametrize("text", UNWORRIED)
def test_nobody_is_said_to_be_worried(text: str) -> None:
    assert not has("Danger statement", text, "w")


DONE = [
    "Dad hit Tom.",
    "Mum leaves Tom in the bath.",
    "Nobody fetched Tom.",
    "If Mum keeps leaving Tom outside, he could be run over.",
    "Mum might leave Tom on the beach again.",
    "Dad might drive off with Tom, as he did in May.",
    "There is dog mess on the stairs.",
    "The parents shout at each other.",
    "Mum and Dad throw plates.",
    "Tom has not been in school since May.",
    "Dad has been locking Tom in the shed.",
]
UNDONE = [
    "There is neglect.",
    "Dad's drinking is a worry.",
    "Dad might hit Tom.",
    "Mum has asked for help.",
    "Tom cried.",
    "Dad did not hit Tom.",
    "The social worker visited.",
    "If this goes on Tom will run away.",
    "Tom will think that it is normal to shout at girls.",
]


@pytest.mark.parametrize("text", DONE)
def test_something_was_done_or_left_undone(text: str) -> None:
    assert has("Danger statement", text, "b")


@pytest.mark.parametrize("text", UNDONE)
def test_nothing_is_told_that_could_be_seen(text: str) -> None:
    assert not has("Danger statement", text, "b")


FELT = [
    "Tom cried.",
    "Tom could be burned.",
    "Tom will grow up believing that hitting is normal.",
    "Tom has nits.",
]
UNFELT = [
    "Tom could suffer significant harm.",
    "Mum had a black eye.",
    "Tom was not hurt.",
    "Tom could see this again.",
    "Tom will reach crisis.",
    "School is worried.",
]


@pytest.mark.parametrize("text", FELT)
def test_it_is_told_what_it_means_for_the_child(text: str) -> None:
    assert has("Danger statement", text, "i")


@pytest.mark.parametrize("text", UNFELT)
def test_it_is_not_told_what_it_means_for_the_child(text: str) -> None:
    assert not has("Danger statement", text, "i")


FORETOLD = [
    "Tom could be sent away.",
    "If this goes on, Tom leaves home.",
    "School is worried that Tom will be knocked over.",
    "If nothing changes Tom will reach crisis.",
    "Dad hit Tom. It could happen again.",
    "Tom is likely to drown.",
    "Tom is at risk of being stabbed.",
    "Next time Dad would break his arm.",
]
NOT_FORETOLD = [
    "Things could get worse.",
    "If nothing changes Tom is at risk of significant harm.",
    "Mum could not get up.",
    "Dad may have hit Tom.",
    "In May Dad hit Tom.",
    "The social worker will visit on Monday.",
    "Mum could hear Tom crying.",
    "Mum tells Tom that she will buy a dog.",
    "Dad will often shout at Tom.",
    "Tom is five. Could Tom be hurt?",
]


@pytest.mark.parametrize("text", FORETOLD)
def test_a_future_is_foretold_that_can_be_pictured(text: str) -> None:
    assert has("Danger statement", text, "n")


@pytest.mark.parametrize("text", NOT_FORETOLD)
def test_no_future_is_foretold_that_can_be_pictured(text: str) -> None:
    assert not has("Danger statement", text, "n")


GOALS = {
    "d": (
        [
            "Mum will read to Tom.",
            "Tom comes to school clean.",
            "When Dad is cross he goes for a walk.",
            "Dad will walk away instead of hitting.",
            "School will see that Tom has dry socks.",
            "Tom has breakfast.",
        ],
        [
            "Dad will not hit Tom.",
            "Mum will engage with services.",
            "Dad will stop shouting.",
            "Tom will be safe.",
            "Mum will put Tom's needs first.",
            "There will be no more rows.",
            "Mum will avoid Dad.",
        ],
    ),
    "w": (
        [
            "Mum will read.",
            "Mum and Dad need to cook.",
            "The family will sing.",
            "Mum to take him to school.",
            "Tom and Mum:\n- read\n- sing",
        ],
        [
            "Tom will be fed.",
            "The boys will have breakfast.",
            "The social worker will see Tom.",
            "No more hitting.",
        ],
    ),
    "l": (
        [
            "Mum will read for six weeks.",
            "Mum will read until Easter.",
            "Mum will read by 4 June.",
            "Over the next three months Mum reads.",
            "Mum will read until Tom starts school.",
            "Mum will read for a whole term.",
        ],
        [
            "Mum will read. This will be reviewed in six weeks.",
            "Mum will read for ten minutes a day.",
            "Mum will sit with him until he is calm.",
            "Mum will read every day.",
            "Tom will be in by ten o'clock.",
        ],
    ),
    "k": (
        [
            "School will see that Tom is clean.",
            "Nan will check each night.",
            "Tom will tell his teacher.",
            "Mum will keep a diary.",
            "Mum will show the social worker that she can cook.",
            "We will know because Tom will smile.",
            "Everyone needs to see this.",
        ],
        [
            "Mum will read.",
            "Mum will demonstrate insight.",
            "Mum sees her friends.",
            "Mum will know what to do.",
            "Mum needs to show that she can cook.",
            "Mum will avoid seeing Dad.",
        ],
    ),
}
YES = [(letter, text) for letter, (texts, _) in GOALS.items() for text in texts]
NO = [(letter, text) for letter, (_, texts) in GOALS.items() for text in texts]


@pytest.mark.parametrize(("letter", "text"), YES, ids=[f"{letter}-{text}" for letter, text in YES])
def test_a_goal_tells_a_part(letter: str, text: str) -> None:
    assert letter in "".join(map(told_in, found_in(f"## Safety goal\n\n{text}")))


@pytest.mark.parametrize(("letter", "text"), NO, ids=[f"{letter}-{text}" for letter, text in NO])
def test_a_goal_does_not_tell_a_part(letter: str, text: str) -> None:
    assert not has("Safety goal", text, letter)


def test_the_ranges_are_those_of_the_words_that_tell() -> None:
    draft = around("Danger statement: Nan is worried that Dad hit Tom. Tom could be killed.")
    (one,) = statements_in(draft, cues())
    assert one.what is Topic.DANGER
    assert words_of([one.at], draft) == ["Nan is worried that Dad hit Tom. Tom could be killed."]
    assert one.label is not None and words_of([one.label], draft) == ["Danger statement"]
    assert words_of(one.told[Part.WHO_IS_WORRIED], draft) == ["Nan is worried"]
    assert words_of(one.told[Part.IF_NOTHING_CHANGES], draft) == ["could be killed."]
    assert one.missing == ()


def test_what_is_missing_stands_in_the_order_of_the_parts() -> None:
    (one,) = statements_in(around("Safety goal: Tom will be fed."), cues())
    assert one.missing == (Part.WHO, Part.HOW_LONG, Part.HOW_KNOWN)


def test_a_statement_knows_its_number_and_its_cell() -> None:
    (first,) = statements_in(around("## Danger statement 2\n\nNan is worried."), cues())
    assert (first.number, first.cell) == ("2", None)
    (second,) = statements_in(around("| Danger statement |\n|-|\n| Nan is worried. |"), cues())
    assert (second.number, second.cell) == ("", Cell(1, 2, 1))


FIELDS = {
    "Who is worried? Nan and school": "w",
    "Who is worried? Not known": "",
    "What could happen? Knocked over and badly hurt": "in",
    "What could happen? Significant harm": "",
    "What it was like for Tom: sad and lonely": "i",
}


@pytest.mark.parametrize(("text", "expected"), FIELDS.items(), ids=list(FIELDS))
def test_a_filled_field_tells_what_its_label_asks_for(text: str, expected: str) -> None:
    assert told("Danger statement", text) == expected


SHAPES = {
    "a worry and its future": (
        "Nan is worried that Dad hits Tom. If nothing changes Tom could die.",
        ["danger wbin"],
    ),
    "what needs to be seen": ("Everyone will need to see Mum reading to Tom for ten weeks.", ["goal dwlk"]),
    "a list that is led": (
        "Nan and Dad are both really worried that if this goes on:\n\n- Tom could be hurt\n- he could die",
        ["danger win"],
    ),
    "in a cell": (
        "| Worries |\n|-|\n| Nan is worried that Dad hits Tom. If this goes on he could die. |",
        ["danger wbin"],
    ),
}
NO_SHAPES = {
    "a worry alone": "Nan is worried that Dad hits Tom.",
    "a future alone": "If nothing changes Tom could be hurt.",
    "a quotation": "Tom said, “Nan is worried that if nothing changes Dad will die”.",
    "in general": "Any parent who is worried that a child is hurt if nothing changes may call us.",
    "about statements": "A danger statement says that Nan is worried that Tom dies if nothing changes.",
    "a need to see things": "We need to see the accounts.",
    "what to write": "Describe what everyone will need to see.",
    "an everyday goal": "The goal was scored in the last minute, and everyone could see it.",
    "a heading": "# Nan is worried that Tom will be hurt if nothing changes",
    "a statement to the police": "Mum gave a statement to the police. She is worried about the court.",
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=list(SHAPES))
def test_a_statement_is_known_by_its_shape(text: str, expected: list[str]) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize("text", NO_SHAPES.values(), ids=list(NO_SHAPES))
def test_what_only_looks_like_a_statement(text: str) -> None:
    assert summary(text) == []


def test_under_a_name_for_both_a_goal_is_told_from_a_worry() -> None:
    text = "## Danger statements and safety goals\n\nNan is worried that Tom bites.\n\nMum will read to Tom."
    assert [kind_of(one) for one in found_in(text)] == ["danger", "goal"]


NAMES = [
    ("Danger statement", "danger"),
    ("Harm statements", "danger"),
    ("Worry Statement", "danger"),
    ("CRITICAL WORRY STATEMENT", "danger"),
    ("Safety goals", "goal"),
    ("Wellbeing Goal", "goal"),
    ("Success goal", "goal"),
    ("Well-being goal 1", "goal"),
]


@pytest.mark.parametrize(("name", "kind"), NAMES, ids=[name for name, _ in NAMES])
def test_every_service_is_understood(name: str, kind: str) -> None:
    (one,) = found_in(f"**{name}**\n\nMum will read to Tom, for six weeks.")
    assert isinstance(one, Statement)
    assert one.what.value == kind
