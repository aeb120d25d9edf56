"""A document is fixed until nothing changes, or left alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from small_packs import ACRONYM, linter_for, rule

from sos_lint.errors import SosLintError, UnreadableFile
from sos_lint.fix import ROUNDS, Fixed, fix
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.report import Change
from sos_lint.settings import Settings


def word(old: str, new: str, safety: str = "safe") -> dict[str, object]:
    return rule(old.replace(" ", "-"), phrases=[old], swap=new, swap_safety=safety)


RULES = [
    rule("cin", **{**ACRONYM, "short": "CIN", "meanings": ["child in need"]}),
    word("prior to", "before"),
    word("abode", "dwelling"),
    word("dwelling", "home"),
    word("ring", "round", "review"),
    word("utilise", "use", "review"),
    rule("thing", phrases=["matter"]),
]


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    return linter_for(tmp_path_factory.mktemp("packs"), *RULES)


def fixed(linter: Linter, text: str, safety: Safety = Safety.SAFE, name: str = "draft.md") -> Fixed:
    return fix(text.encode(), name, linter, Settings(), safety)


def test_safe_edits_are_made(linter: Linter) -> None:
    done = fixed(linter, "Prior to tea, the CIN plan. They utilise CIN; it is a matter for us. CIN\n")
    assert (
        done.data
        == b"Before tea, the child in need (CIN) plan. They utilise CIN; it is a matter for us. CIN\n"
    )
    assert done.changes == (
        Change("small/prior-to", "Prior to", "Before"),
        Change("small/cin", "CIN", "child in need (CIN)"),
    )
    assert (done.for_review, done.for_writer) == (1, 1)
    assert done.before.text.startswith("Prior to") and done.after.text.startswith("Before")


def test_on_review_also_the_others(linter: Linter) -> None:
    done = fixed(linter, "They utilise CIN.", Safety.REVIEW)
    assert done.data == b"They use child in need."
    assert (done.for_review, done.for_writer) == (0, 0)


def test_what_one_edit_brings_the_next_round_mends(linter: Linter) -> None:
    done = fixed(linter, "His abode.")
    assert done.data == b"His home."
    assert [change.new for change in done.changes] == ["dwelling", "home"]


def test_fixing_again_changes_nothing(linter: Linter) -> None:
    once = fixed(linter, "Prior to tea, the CIN plan. CIN. His abode.", Safety.REVIEW)
    again = fix(once.data, "draft.md", linter, Settings(), Safety.REVIEW)
    assert (again.data, again.changes) == (once.data, ())


@pytest.mark.parametrize("text", ["Nothing here.", "A matter.", "“A CIN plan,” he said."])
def test_where_there_is_nothing_to_fix_the_bytes_are_the_same(linter: Linter, text: str) -> None:
    assert fixed(linter, text).data == text.encode()


def test_settings_choose_the_rules(linter: Linter) -> None:
    done = fix(b"Prior to CIN.", "a.md", linter, Settings(ignore=("small/cin",)), Safety.SAFE)
    assert done.data == b"Before CIN."


def test_edits_that_go_in_a_circle_are_a_fault(tmp_path: Path) -> None:
    circle = linter_for(tmp_path, word("one", "two"), word("two", "one"))
    with pytest.raises(SosLintError, match=r"come to no end.*small/two") as fault:
        fixed(circle, "Day one.")
    assert "Day" not in str(fault.value)


def test_more_rounds_than_ten_are_a_fault(tmp_path: Path) -> None:
    def chain(length: int) -> Linter:
        letters = [f"w{chr(97 + i)}" for i in range(length + 1)]
        folder = tmp_path / str(length)
        return linter_for(folder, *(word(*pair) for pair in pairwise(letters)))

    assert fixed(chain(ROUNDS), "Day wa.").data == b"Day wk."
    with pytest.raises(SosLintError, match="come to no end"):
        fixed(chain(ROUNDS + 1), "Day wa.")


def test_what_cannot_be_read_is_a_fault(linter: Linter) -> None:
    with pytest.raises(UnreadableFile):
        fixed(linter, "")
