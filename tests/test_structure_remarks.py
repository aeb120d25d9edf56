"""Pairs of worries and goals, a second worry in one statement, disputes."""

from __future__ import annotations

import pytest
from statements import around, cues, words_of

from sos_lint.structure.statements import Statement, statements_in
from sos_lint.structure.statements.remarks import (
    disputes,
    second_worries,
    tell_dispute,
    without_goal,
)

ONE, TWO, THREE = (
    "Nan is worried that Tom bites.",
    "Nan is worried that Tom spits.",
    "Nan is worried that Tom hits.",
)
GOAL = "Mum will read to Tom."


def statements(text: str) -> list[Statement]:
    return statements_in(around(text), cues())


PAIRS = {
    "one and one": (f"## Danger statement\n\n{ONE}\n\n## Safety goal\n\n{GOAL}", []),
    "no goal": (f"## Danger statement\n\n{ONE}", [ONE]),
    "no worry": (f"## Safety goal\n\n{GOAL}", []),
    "by number": (
        f"## Danger statement 1\n\n{ONE}\n\n## Danger statement 2\n\n{TWO}\n\n## Safety goal 2\n\n{GOAL}",
        [ONE],
    ),
    "by row": (
        f"| Danger statement | Safety goal |\n|-|-|\n| {ONE} | |\n| {TWO} | {GOAL} |",
        [ONE],
    ),
    "by place": (
        f"Harm statement: {ONE}\n\nHarm statement: {TWO}\n\nSafety goal: {GOAL}\n\nHarm statement: {THREE}",
        [ONE, THREE],
    ),
    "in order": (
        f"## Danger statements\n\n- {ONE}\n- {TWO}\n\n## Safety goals\n\n- {GOAL}\n- {GOAL}",
        [],
    ),
    "goals first": (f"## Safety goal\n\n{GOAL}\n\n## Danger statement\n\n{ONE}", []),
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.values(), ids=list(PAIRS))
def test_a_worry_without_a_goal(text: str, expected: list[str]) -> None:
    assert words_of([one.at for one in without_goal(statements(text))], around(text)) == expected


SECOND = {
    "School is worried that Tom bites. School is also worried about the damp.": ["is also worried"],
    "School is worried that Tom bites and that Dad drinks.": ["and that Dad drinks"],
    "Another worry is that Tom bites.": ["Another worry"],
    "School is worried about Tom's teeth and about the damp.": ["and about the"],
    "School is worried that Tom bites. They are also worried that if this goes on he could be hurt.": [],
    "School is worried that Tom bites and could be hurt.": [],
    "School and Nan are worried that Tom bites.": [],
}


@pytest.mark.parametrize(("text", "expected"), SECOND.items(), ids=list(SECOND))
def test_a_second_worry(text: str, expected: list[str]) -> None:
    draft = around(f"Danger statement: {text}")
    (one,) = statements_in(draft, cues())
    assert words_of(second_worries(one, draft, cues()), draft) == expected


def test_a_goal_has_no_second_worry() -> None:
    draft = around("Safety goal: Another worry is the damp.")
    (one,) = statements_in(draft, cues())
    assert second_worries(one, draft, cues()) == []


DISPUTES = [
    "Mum does not agree that Tom bites.",
    "Mr Sample denies that he hit Tom.",
    "The parents dispute this.",
    "Dad says that this is not true.",
    "Mum sees it differently.",
    "Mum doesn't accept that there is a problem.",
    "Tom says that it never happened.",
]
AGREED = [
    "Mum agrees that Tom bites.",
    "School does not agree with the council.",
    "Dad denied her food.",
    "Parents who do not agree can complain to us.",
    "Mum said no.",
]


@pytest.mark.parametrize("text", DISPUTES)
def test_the_family_sees_it_otherwise(text: str) -> None:
    assert len(disputes(around(text), cues())) == 1


@pytest.mark.parametrize("text", AGREED)
def test_the_family_does_not_disagree(text: str) -> None:
    assert disputes(around(text), cues()) == []


def test_a_statement_tells_the_dispute_or_leaves_it_out() -> None:
    draft = around(f"## Danger statements\n\n- {ONE} Mum does not agree.\n- {TWO}")
    assert [tell_dispute([one], draft, cues()) for one in statements_in(draft, cues())] == [True, False]
