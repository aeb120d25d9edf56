"""Names of statements and goals: those of another service, and two in one document."""

from __future__ import annotations

import pytest

from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Surroundings
from sos_lint.readers import read_bytes
from sos_lint.services import Service
from sos_lint.structure.names import misnamed

CARE = ("approach",)
SERVICES = (
    Service(
        "protection",
        "Protection",
        (("approach", ("Signs of Safety",)), ("danger", ("Danger Statement",)), ("goal", ("Safety Goal",))),
        CARE,
    ),
    Service(
        "help",
        "Help",
        (
            ("approach", ("Signs of Wellbeing",)),
            ("danger", ("Critical Worry Statement", "Worry Statement")),
            ("goal", ("Wellbeing Goal",)),
        ),
        CARE,
    ),
    Service("care", "Care", (("danger", ("Critical Worry Statement",)), ("goal", ("Success Goal",)))),
)
WRONG = {
    "in a heading": (
        "# Danger Statement\n\nMum hit Tom.",
        "help",
        ["Danger Statement > Critical Worry Statement"],
    ),
    "in a label": ("Safety goal: Tom sleeps.", "help", ["Safety goal > Wellbeing goal"]),
    "in prose": ("We wrote a danger statement.", "help", ["danger statement > critical worry statement"]),
    "plural": ("Our Safety Goals are these.", "care", ["Safety Goals > Success Goals"]),
    "capitals": ("SAFETY GOAL: Tom sleeps.", "care", ["SAFETY GOAL > SUCCESS GOAL"]),
    "with a hyphen": ("Our safety-goal is this.", "care", ["safety-goal > success goal"]),
    "an approach in a heading": (
        "# Signs of Safety\n\nText.",
        "help",
        ["Signs of Safety > Signs of Wellbeing"],
    ),
    "two names in labels": (
        "Danger statement: Mum hit Tom.\n\nWellbeing goal: Tom sleeps.",
        None,
        ["Wellbeing goal > Safety goal"],
    ),
    "numbered labels": (
        "Danger statement 1: Mum hit Tom.\n\nCritical worry statement 2: Tom ran.",
        None,
        ["Critical worry statement > Danger statement"],
    ),
}
RIGHT = {
    "its own": ("# Danger Statement\n\nSafety goal: Tom sleeps.", "protection"),
    "an accepted second name": ("Worry statement: Tom ran.", "help"),
    "in quotation marks": ("Others say “danger statement” for this.", "help"),
    "an approach in prose": ("She went on a Signs of Safety course.", "help"),
    "a role that the service lacks": ("# Signs of Safety\n\nText.", "care"),
    "no service and one set of names": ("Danger statement: x.\n\nSafety goal: y.", None),
    "no service and names only mentioned": ("Danger statements and wellbeing goals are names.", None),
    "part of a word": ("The safety goalkeeper.", "help"),
    "a service nobody names": ("Safety goal: y.", "other"),
}


def found(text: str, service: str | None) -> list[str]:
    document = read_bytes(text.encode(), "draft.md")
    around = Surroundings(document, Sentences(()))
    return [f"{one.at.of(document.text)} > {one.right}" for one in misnamed(around, SERVICES, service)]


@pytest.mark.parametrize(("text", "service", "expected"), WRONG.values(), ids=WRONG)
def test_wrong_names(text: str, service: str | None, expected: list[str]) -> None:
    assert found(text, service) == expected


@pytest.mark.parametrize(("text", "service"), RIGHT.values(), ids=RIGHT)
def test_right_names(text: str, service: str | None) -> None:
    assert found(text, service) == []
