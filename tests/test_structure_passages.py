"""Passages: which words stand under a label, and how many statements they are."""

from __future__ import annotations

import pytest
from statements import around, cues

from sos_lint.structure.labels import Labels
from sos_lint.structure.passages import Passages

WORRY, AGAIN = "Nan is worried that Dad hits Tom.", "School is worried that Tom bites."
FUTURE, GOAL = "If this goes on Tom will run away.", "Dad will read to Tom."


def passages(text: str, name: str = "draft.md") -> list[list[str]]:
    """The words of each passage, block by block."""
    draft = around(text, name)
    found = Passages(draft, cues(), Labels(draft, cues())).found()
    return [[at.of(draft.text) for at in passage.pieces] for passage in found]


GROUPS = {
    "one paragraph": (f"## Danger statement\n\n{WORRY}", [[WORRY]]),
    "after a colon": (f"Danger statement: {WORRY}", [[WORRY]]),
    "a paragraph that goes on": (f"## Danger statement\n\n{WORRY}\n\n{FUTURE}", [[WORRY, FUTURE]]),
    "after a colon, and on": (f"Danger statement: {WORRY}\n\n{FUTURE}", [[WORRY, FUTURE]]),
    "two paragraphs": (f"## Danger statements\n\n{WORRY}\n\n{AGAIN}", [[WORRY], [AGAIN]]),
    "two under one name": (f"## Danger statement\n\n{WORRY}\n\n{AGAIN}", [[WORRY], [AGAIN]]),
    "two that go on": (
        f"## Danger statements\n\n{WORRY}\n\n{FUTURE}\n\n{AGAIN}",
        [[WORRY, FUTURE], [AGAIN]],
    ),
    "items": (f"## Danger statements\n\n- {WORRY}\n- {AGAIN}", [[WORRY], [AGAIN]]),
    "a list that is led": (
        "## Danger statement\n\nNan is worried about things like:\n\n- Dad hits Tom\n- Tom bites",
        [["Nan is worried about things like:", "Dad hits Tom", "Tom bites"]],
    ),
    "a list that is led, and on": (
        f"## Danger statement\n\nNan is worried that:\n\n- Dad hits Tom\n\n{FUTURE}",
        [["Nan is worried that:", "Dad hits Tom", FUTURE]],
    ),
    "items under an item": (
        f"## Danger statements\n\n- Nan is worried that\n  - Dad hits Tom\n- {AGAIN}",
        [["Nan is worried that", "Dad hits Tom"], [AGAIN]],
    ),
    "to the next heading": (f"## Safety goal\n\n{GOAL}\n\n## Next steps\n\nMum will phone.", [[GOAL]]),
    "to the next label": (f"Safety goal:\n\n{GOAL}\n\nDate of review: 4 May\n\nMum will phone.", [[GOAL]]),
    "headings beneath": (
        f"## Danger statements\n\n### Tom\n\n{WORRY}\n\n### Ella\n\n{AGAIN}",
        [[WORRY], [AGAIN]],
    ),
    "one heading after another": (f"## Danger statement\n\n## Safety goal\n\n{GOAL}", [[GOAL]]),
    "fields": (
        "## Danger statement\n\nWho is worried: Nan\n\nWhat has happened: Dad hit Tom",
        [["Who is worried: Nan", "What has happened: Dad hit Tom"]],
    ),
    "fields again": (
        "## Danger statements\n\nWho is worried: Nan\n\nWho is worried: Dad",
        [["Who is worried: Nan"], ["Who is worried: Dad"]],
    ),
    "a column": (
        f"| Danger statement | Safety goal |\n|-|-|\n| {WORRY} | {GOAL} |\n| {AGAIN} | |",
        [[WORRY], [GOAL], [AGAIN]],
    ),
    "a row": (f"| Danger statement | {WORRY} |\n|-|-|\n| Safety goal | {GOAL} |", [[WORRY], [GOAL]]),
    "a row of parts": (
        "|  | Who is worried? | About what? |\n|-|-|-|\n| Danger statement 1 | Nan | Tom bites |",
        [["Nan", "Tom bites"]],
    ),
    "one column": (f"| Danger statement |\n|-|\n| {WORRY} |", [[WORRY]]),
    "in the cell of its label": (f"| Danger statement: {WORRY} | x |\n|-|-|\n| a | b |", [[WORRY]]),
    "a table under a heading": (
        "## Danger statement\n\n| Who is worried? | What about? |\n|-|-|\n| Nan | Tom bites |",
        [["Nan", "Tom bites"]],
    ),
    "a form under a heading": (
        "## Danger statement\n\n| Who is worried? | Nan |\n|-|-|\n| What about? | Tom bites |",
        [["Nan", "Tom bites"]],
    ),
    "a table with its own labels under a heading": (
        f"## Danger statement\n\n| Safety goal | {GOAL} |\n|-|-|\n| Worry statement | {WORRY} |",
        [[GOAL], [WORRY]],
    ),
    "answers on a scale": (
        "## Scaling question\n\nMum: 5\n\nDad: 7 because Tom sleeps",
        [["Mum: 5", "Dad: 7 because Tom sleeps"]],
    ),
    "a question that looks like a heading": (
        "Scaling question:\n\nWhere would you put things on the scale?\n\nMum said 5.",
        [["Where would you put things on the scale?", "Mum said 5."]],
    ),
    "who will do it, before a list": (
        "## Safety goal\n\nTom and Mum:\n\n- will read\n- will cook",
        [["Tom and Mum:", "will read", "will cook"]],
    ),
}
NONE = {
    "nothing under it": "## Danger statement\n\n## Next steps\n\nWe meet on Monday.",
    "a placeholder": "## Danger statement\n\n[insert danger statement here]",
    "a line to write on": "## Safety goal\n\n______________",
    "an empty cell": "| Danger statement | |\n|-|-|\n| Safety goal | {{goal}} |",
    "what to write": "## Danger statement\n\nDescribe who is worried and about what.",
    "a question to the writer": "## Danger statement\n\nWhat are you worried will happen?",
    "what a statement is": "## Danger statements\n\nA danger statement says who is worried.",
    "advice": "## Safety goals\n\nSafety goals should be written with the family.",
    "a source": "## Danger statement\n\nSee the summary at https://example.org/danger for more.",
    "another table": "## Danger statement\n\n| Name | Age | School |\n|-|-|-|\n| Tom | 7 | Oak |",
    "no label": f"## Worries\n\n{WORRY}",
}


@pytest.mark.parametrize(("text", "expected"), GROUPS.values(), ids=list(GROUPS))
def test_what_belongs_together(text: str, expected: list[list[str]]) -> None:
    assert passages(text) == expected


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_what_is_no_statement(text: str) -> None:
    assert passages(text) == []


def test_plain_text_is_read_alike() -> None:
    text = f"Danger statement:\n\n{WORRY}\n\n{FUTURE}\n\nSafety goal:\n\n{GOAL}\n"
    assert passages(text, "draft.txt") == passages(text) == [[WORRY, FUTURE], [GOAL]]
