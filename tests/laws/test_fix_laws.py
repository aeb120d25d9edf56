"""Laws of fixing by the shipped rules: what is spelt out is flagged no more, and once fixed stays fixed."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from sos_lint.fix import fix
from sos_lint.kinds import Safety
from sos_lint.lint import shared_linter
from sos_lint.rewrite.apply import edited
from sos_lint.rule import Phrases, Rule, ShortForm
from sos_lint.settings import Settings

FRAMES = [
    "The {} was asked about Tom in May.",
    "Tom has a {} plan. The {} plan ends in May.",
    "We spoke of an {} review; the {} was late.",
    "{}s were late. Tom's {} came.",
    "The {}'s view was clear. The {} will visit.",
    "({}) came. Later {} was told, and {} wrote.",
    "- {}\n- the {} team\n\n# {}\n",
    "|{}|x|\n|-|-|\n|{}|y|\n",
    "[{} plan](a.org) and **{}**, *{}* and {}.",
    "A {} and {}’s; told {} today. {}: yes.",
]


@lru_cache(maxsize=1)
def words() -> list[tuple[Rule, str]]:
    """Each short form and each phrase with a swap of the shipped rules."""
    found = []
    for rule in shared_linter().catalogue:
        if isinstance(rule.pattern, ShortForm):
            found += [(rule, form) for form in (rule.pattern.short, *rule.pattern.written)]
        elif isinstance(rule.pattern, Phrases) and rule.swaps:
            found += [(rule, form) for form in rule.pattern.forms]
    return found


@settings(deadline=None)
@given(st.data(), st.sampled_from(FRAMES), st.sampled_from([Safety.SAFE, Safety.REVIEW]))
def test_what_is_fixed_is_asked_of_no_more(data: st.DataObject, frame: str, safety: Safety) -> None:
    """A rule whose short form was spelt out, or whose every use was swapped, flags nothing afterwards."""
    rule, form = data.draw(st.sampled_from(words()))
    linter, wanted = shared_linter(), Settings(also=(rule.id,))
    before = frame.replace("{}", form).encode()
    done = fix(before, "a.md", linter, wanted, safety)
    again = fix(done.data, "a.md", linter, wanted, safety)
    assert (again.data, again.changes) == (done.data, ())
    if isinstance(rule.pattern, ShortForm) and any(change.rule == rule.id for change in done.changes):
        assert rule.id not in {finding.rule for finding in linter.lint(done.after, wanted)}


@settings(deadline=None)
@given(st.data(), st.sampled_from(FRAMES))
def test_edits_of_a_document_are_apart_and_lie_on_its_words(data: st.DataObject, frame: str) -> None:
    """Each edit lies on verbatim words of one block, and its place is where they stand in the file."""
    from sos_lint.readers import read_bytes

    forms = [form for _, form in data.draw(st.lists(st.sampled_from(words()), min_size=1, max_size=3))]
    document = read_bytes("\n\n".join(frame.replace("{}", form) for form in forms).encode(), "a.md")
    for finding in shared_linter().lint(document):
        for edit in finding.edits:
            assert document.source is not None
            assert document.source_map.is_verbatim(edit.at)
            assert edit.place.of(document.source) == edit.at.of(document.text)
            assert document.block_at(edit.at.start).at.contains(edit.at)
            assert edit.at.contains(finding.at) or finding.at.contains(edit.at)
            assert edited(document.text, [edit]) != document.text
