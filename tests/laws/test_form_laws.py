"""Laws of what is asked of a document as a whole: when it is asked at all, and in which format."""

from __future__ import annotations

from form_files import FORMATS, Element, h, li, p, table
from hypothesis import given, settings
from hypothesis import strategies as st

from sos_lint.errors import UnreadableFile
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.rule import Structural
from sos_lint.settings import Settings
from sos_lint.structure.check import Structure

RULES = {rule.id: rule.pattern for rule in shared_linter().catalogue if isinstance(rule.pattern, Structural)}
PROMPTS = "forms/vague-prompt"  # asks the detector for broad terms
LABELS = [
    "What are we worried about?", "What’s working well?", "What needs to happen?", "Past harm", "Next steps",
    "Situation", "Assessment", "Family", "Expected response", "Recording", "Danger statement", "Safety goal",
    "Wellbeing goals", "Scaling question", "Record of meeting", "People present", "Home", "Signed",
    "Family factors", "Referral and recording", "Complicating factors", "What's good?", "House of dreams",
]  # fmt: skip
WORDS = [
    "Dad hit Tom with a belt on 3 May.", "Nan took Tom home.", "Mum will ring Nan by Friday.", "________",
    "Nan is worried that Dad hit Tom.", "If nothing changes Tom could be hurt.", "Nothing.", "Tom is funny.",
    "On a scale of 0 to 10, Mum said 12.", "Mum said 6 because Dad left.", "Describe any neglect.", "N/A",
    "Mum does not agree.", "Support with routines.", "Safety goal: Tom sleeps.", "{{name}}", "[insert date]",
]  # fmt: skip
ELEMENTS = st.one_of(
    st.builds(h, st.integers(1, 3), st.sampled_from(LABELS)),
    st.builds(p, st.sampled_from(WORDS)),
    st.builds(li, st.sampled_from(WORDS)),
    st.builds(lambda label, words: p(f"{label}: {words}"), st.sampled_from(LABELS), st.sampled_from(WORDS)),
    st.builds(
        table,
        st.lists(st.sampled_from(LABELS), min_size=2, max_size=3),
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=3),
    ),
)
FORMS = st.lists(ELEMENTS, min_size=1, max_size=12)


def asked(form: list[Element], ending: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is asked of the document as a whole."""
    try:
        document = read_bytes(FORMATS[ending](form), f"draft.{ending}")
    except UnreadableFile:  # nothing but marks and blanks
        return []
    return [
        (one.rule, one.text, one.questions) for one in shared_linter().lint(document) if one.rule in RULES
    ]


@settings(deadline=None, max_examples=60)
@given(FORMS)
def test_the_same_words_are_asked_the_same_in_word_and_markdown(form: list[Element]) -> None:
    assert asked(form, "docx") == asked(form, "md")


@settings(deadline=None, max_examples=60)
@given(FORMS)
def test_the_anchors_leave_nothing_out(form: list[Element]) -> None:
    """A document without a rule's anchors is not read for it, and would hold nothing that it finds."""
    try:
        document = read_bytes(FORMATS["md"](form), "draft.md")
    except UnreadableFile:
        return
    rules = [rule for rule in shared_linter().catalogue if rule.id in RULES and rule.id != PROMPTS]
    whatever_it_says = Structure(document, shared_linter().catalogue, Settings()).matches(rules)
    assert {(match.rule.id, match.at) for match in whatever_it_says} == {
        (one.rule, one.at)
        for one in shared_linter().lint(document, told=True)
        if one.rule in RULES and one.rule != PROMPTS
    }
