"""Sentences to start from, over the shipped packs: a table, each line of which was read for good English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from sos_lint.finding import Finding
from sos_lint.kinds import Part
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.settings import Settings


class Case(NamedTuple):
    """A text, one of the rules that find something in it, and the sentences to start from."""

    text: str
    rule: str
    scaffold: str


CASES = [
    Case(**case)
    for case in yaml.safe_load((Path(__file__).parent / "scaffold_cases.yml").read_text(encoding="utf-8"))
]


@cache
def linter() -> Linter:
    return Linter.with_packs()


def found(text: str, rule: str) -> Finding:
    """What a rule finds in a text."""
    findings = linter().lint(read_bytes(text.encode(), "draft.md"), Settings(also=("recording",)))
    (one,) = (finding for finding in findings if finding.rule == rule)
    return one


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.text}" for case in CASES])
def test_scaffolds(case: Case) -> None:
    assert found(case.text, case.rule).scaffold == case.scaffold


# What is told of neglect, and the sentences that are left.
WORST = "The worst time was [when], when [what happened]."
OFTEN = "This has happened [on how many days] since [when]."
WHAT = "Mum [did or did not do what] for Tom."
LIKE = "For Tom it meant [being hungry, cold, tired, ill, lonely or what]."
TOLD = {
    "nothing": ("", f"{WHAT} {OFTEN} {WORST} {LIKE}"),
    "what was done": (" She left Tom alone.", f"{OFTEN} {WORST} {LIKE}"),
    "how often": (" It was on four nights.", f"{WHAT} {WORST} {LIKE}"),
    "what it was like": (" Tom cried.", f"{WHAT} {OFTEN} {WORST}"),
    "what, and how often": (" She left Tom alone on four nights.", f"{WORST} {LIKE}"),
    "all but the worst": (" She left Tom alone on four nights, and Tom cried.", WORST),
}


@pytest.mark.parametrize(("more", "left"), TOLD.values(), ids=TOLD)
def test_only_what_is_missing_is_begun(more: str, left: str) -> None:
    finding = found(f"Tom (7) is here. Mum is neglectful.{more}", "broad-terms/neglect")
    assert finding.scaffold == left


def test_a_told_part_keeps_its_sentence_for_those_who_answer_it_again() -> None:
    finding = found("Mum is neglectful. She left Tom alone.", "broad-terms/neglect")
    starts = {ask.part: ask.start_from for ask in finding.asks}
    assert starts[Part.BEHAVIOUR].startswith("Mum [did or did not do what] for ")


def test_without_excerpts_the_blanks_stay() -> None:
    hidden = Linter(linter().catalogue, excerpts=False)
    (finding,) = hidden.lint(read_bytes(b"Tom (7) lives here. Mum is neglectful.", "draft.md"))
    assert finding.scaffold == (
        "[Who] [did or did not do what] for [child]. This has happened [on how many days] since [when]. "
        f"{WORST} For [child] it meant [being hungry, cold, tired, ill, lonely or what]."
    )
