"""A finding is known again in a changed draft, and never taken for another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.fingerprint import fingerprint, numbered
from sos_lint.lint import Linter, shared_linter
from sos_lint.readers import read_bytes
from sos_lint.text import Range

DRAFT = "On Monday we heard that there is [[neglect]] in the home of the Pennyfeathers."


def print_of(marked: str, rule: str = "broad-terms/neglect") -> str:
    before, words, after = re.split(r"\[\[|\]\]", marked)
    at = Range(len(before), len(before) + len(words))
    return fingerprint(rule, before + words + after, at)


SAME = {
    "a block before and one after": f"A heading.\n{DRAFT}\nMore.",
    "words far before": DRAFT.replace("On Monday we heard", "In June the school told us"),
    "words far after": DRAFT.replace("of the Pennyfeathers", "at the lighthouse"),
    "capitals": DRAFT.replace("neglect", "Neglect"),
    "punctuation": DRAFT.replace("that there is [[neglect]]", "that, there is “[[neglect]]”"),
    "spacing": DRAFT.replace(" is ", "  is "),
}
OTHER = {
    "the word itself": DRAFT.replace("neglect", "harm"),
    "a word right before": DRAFT.replace("is [[", "was [["),
    "a word right after": DRAFT.replace("]] in", "]] at"),
    "a block that ends before it": DRAFT.replace("there is ", "there is\n"),
    "a word drawn into it": DRAFT.replace("is [[neglect", "[[is neglect"),
}


@pytest.mark.parametrize("marked", SAME.values(), ids=SAME)
def test_it_is_known_again(marked: str) -> None:
    assert print_of(marked) == print_of(DRAFT)


@pytest.mark.parametrize("marked", OTHER.values(), ids=OTHER)
def test_it_is_not_taken_for_another(marked: str) -> None:
    assert print_of(marked) != print_of(DRAFT)


def test_another_rule_is_another_finding() -> None:
    assert print_of(DRAFT, "jargon/neglect") != print_of(DRAFT)


def test_an_accent_in_one_sign_or_two_is_the_same() -> None:
    assert print_of("Zoe\u0308 is [[late]].") == print_of("Zo\u00eb is [[late]].")


def test_the_hash_is_for_ever() -> None:
    """A baseline that is kept in a repository outlives this version."""
    assert print_of(DRAFT) == "1dc4440b1a8baa8b679fe4cfbed71d52"


def test_a_block_of_any_length_is_looked_at_near_the_place_alone() -> None:
    far = "Tea and cake. " * 50_000
    assert print_of(f"{far}{DRAFT}{far}") == print_of(f"{far[:2800]}{DRAFT}{far[:2800]}")


def test_the_same_are_numbered() -> None:
    assert list(numbered(["a", "b", "a"])) == ["a:1", "b:1", "a:2"]


@given(st.text(), st.data())
def test_any_text_has_a_fingerprint(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    at = Range(start, data.draw(st.integers(start, len(text))))
    moved = Range(at.start + 4, at.end + 4)
    assert fingerprint("r", text, at) == fingerprint("r", f"Oh.\n{text}", moved)


TWICE = "There is neglect in the home."


def prints(text: str, **options: bool) -> list[str]:
    linter = shared_linter()
    found = linter.lint(read_bytes(text.encode(), "draft.md"), **options)
    return [finding.fingerprint for finding in found if not finding.is_told]


def test_findings_are_known_again_after_lines_moved_and_flowed_anew() -> None:
    before = prints(f"{TWICE}\n\n{TWICE}\n")
    assert [one[-2:] for one in before] == [":1", ":2"]
    assert before == prints(f"# Home\n\nThere is\nneglect in\nthe home.\n\nTea.\n\n- {TWICE}\n")


def test_a_place_that_is_told_in_full_takes_no_number() -> None:
    """Whether such places are shown is an option of the report, and must not change the others' names."""
    told = (
        "Neglect: on four mornings in May Mum left Tom without breakfast. The worst time was 12 May, when he "
        "fainted. He cried."
    )
    draft = f"{told}\n\nNeglect on four mornings.\n"
    both = shared_linter().lint(read_bytes(draft.encode(), "draft.md"), told=True)
    assert [finding.is_told for finding in both] == [True, False]
    assert both[0].fingerprint == both[1].fingerprint
    assert prints(draft, told=True) == prints(draft) == [both[1].fingerprint]


def test_without_excerpts_it_is_the_same() -> None:
    hidden = Linter(shared_linter().catalogue, excerpts=False)
    (finding,) = hidden.lint(read_bytes(TWICE.encode(), "draft.md"))
    assert [finding.fingerprint] == prints(TWICE)
