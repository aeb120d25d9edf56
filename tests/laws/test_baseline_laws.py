"""Laws of the baseline: what was there stays old however the text moves; what was not is told, once."""

from __future__ import annotations

import textwrap
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sos_lint import baseline
from sos_lint.finding import Finding
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.settings import Settings

SENTENCES = [
    "There is neglect in the home.",
    "The CIN plan is late.",
    "Mum is chaotic in the morning.",
    "Tom is 8 and likes his school.",
    "Dad failed to engage with the nurse.",
    "Nan walked Tom to the park on 3 May.",
    "The LAC review and the CIN plan were in June.",
]
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8
)
WIDTHS = st.integers(60, 120)
FRESH = "Zaphod is emotionally abused."
WORDS = Settings(select=("acronyms", "broad-terms", "jargon", "blaming-language"))


def found(paragraphs: list[str], width: int | None = None) -> tuple[Finding, ...]:
    """The findings in the paragraphs, each on one line, or filled by an editor to a width."""
    text = "\n\n".join(one if width is None else textwrap.fill(one, width) for one in paragraphs)
    return shared_linter().lint(read_bytes(text.encode(), "draft.txt"), WORDS)


def told(before: tuple[Finding, ...], after: tuple[Finding, ...], later: str = "a.txt") -> baseline.Compared:
    """The findings after, against a baseline of those before, which is written and read in between."""
    old = baseline.written(baseline.empty(), {"a.txt": before}, tuple)
    return baseline.compare(old, {later: after}, lambda: [later])[later]


@given(PARAGRAPHS, st.randoms(use_true_random=False), WIDTHS)
@settings(deadline=None)
def test_moved_and_reflowed_text_has_nothing_new(paragraphs: list[str], chance, width: int) -> None:  # type: ignore[no-untyped-def]
    """Paragraphs in any order, filled to any width, under another name: nothing is new, and nothing gone."""
    moved = list(paragraphs)
    chance.shuffle(moved)
    outcome = told(found(paragraphs), found(moved, width), "b.txt")
    assert (outcome.new, outcome.gone) == ((), 0)


@given(PARAGRAPHS, WIDTHS, st.integers(0, 8))
@settings(deadline=None)
def test_one_more_is_told_once(paragraphs: list[str], width: int, at: int) -> None:
    """A new paragraph with one finding, anywhere in a reflowed text: that one is new, and no other."""
    later = [*paragraphs[:at], FRESH, *paragraphs[at:]]
    outcome = told(found(paragraphs), found(later, width))
    assert [one.rule for one in outcome.new] == ["broad-terms/abuse"]
    assert outcome.gone == 0


@given(PARAGRAPHS, st.data())
@settings(deadline=None)
def test_old_and_new_are_all_there_is(paragraphs: list[str], data: st.DataObject) -> None:
    """Of any later text: each finding is old or new, and each old place is found again or gone."""
    before, after = found(paragraphs), found(data.draw(PARAGRAPHS))
    outcome = told(before, after)
    assert len(outcome.old) + len(outcome.new) == len(after)
    assert len(outcome.old) + outcome.gone == len(before)


@given(PARAGRAPHS, PARAGRAPHS)
@settings(deadline=None)
def test_pruning_is_done_once_and_changes_no_report(before: list[str], after: list[str]) -> None:
    """After pruning the same is new, nothing is gone, and pruning again changes nothing."""
    old = baseline.written(baseline.empty(), {"a.txt": found(before)}, tuple)
    now = {"a.txt": found(after)}
    less = baseline.pruned(old, now, lambda: ["a.txt"])
    assert baseline.compare(less, now, tuple)["a.txt"].new == baseline.compare(old, now, tuple)["a.txt"].new
    assert baseline.compare(less, now, tuple)["a.txt"].gone == 0
    assert baseline.pruned(less, now, lambda: ["a.txt"]) == less


@given(st.binary(max_size=200))
def test_any_bytes_are_a_baseline_or_our_fault(tmp_path_factory, data: bytes) -> None:  # type: ignore[no-untyped-def]
    """A loader given any bytes raises our error or nothing."""
    path = Path(tmp_path_factory.getbasetemp()) / "any.json"
    path.write_bytes(data)
    fault = None
    try:
        baseline.read(path)
    except baseline.BadConfig as caught:
        fault = caught
    assert fault is None or fault.hint
