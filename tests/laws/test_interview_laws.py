"""Laws of the interview, for any draft and any sequence of moves.

- What stands outside the sentence that a decision is about stays as it was.
- Going back after a decision gives the very interview before it.
- At any time the draft can be read, and its words are what the interview says they are.
- A place that is decided on is not asked about again while its words stay.
- What was decided, kept in a file and replayed, gives the same draft.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from interviews import about, linter
from odt_files import odt_file, written

from sos_lint.errors import SosLintError
from sos_lint.readers import read_bytes
from sos_lint.rewrite.answers import answers_file, read_answers
from sos_lint.rewrite.decision import sentence_at
from sos_lint.rewrite.interview import Interview, Stage
from sos_lint.rewrite.replay import replayed

RULES = frozenset(rule.id for rule in linter().catalogue)
SENTENCES = [
    "There is neglect at home.",
    "Odette has a CIN plan.",
    "The CIN plan ended.",
    "Contact is on Monday, twice.",
    "She does not engage.",
    "He had a visit and contact",
    "Neglect: Odette cried.",
    "Odette had tea.",
]
WORDS = [
    "",
    "he left",
    "On 3 May, when Odette cried",
    "a visit, a CIN",
    "neglect *again*",
    "Zoë: “no”",
    "3",
    "#",
]
BREAKS = [" ", "\n\n", "\n", "\r\n\r\n- "]

drafts = st.builds(
    lambda first, rest: first + "".join(map("".join, rest)),
    st.sampled_from(SENTENCES),
    st.lists(st.tuples(st.sampled_from(BREAKS), st.sampled_from(SENTENCES)), max_size=5),
)
words = st.sampled_from(WORDS)
moves = st.one_of(
    st.tuples(st.sampled_from(["answer", "answer", "answer", "say", "write"]), words),
    st.tuples(
        st.sampled_from(["accept", "accept", "choose", "switch", "skip", "skip all", "back"]), st.just("")
    ),
)


def moved(interview: Interview, name: str, words: str) -> Interview:
    """The interview after a move, where it can be made."""
    stage = interview.stage
    able: dict[str, Callable[[], Interview]] = {"back": interview.back}
    if stage is not Stage.DONE:
        able |= {
            "skip": interview.skip,
            "skip all": lambda: interview.skip(rule=True),
            "write": lambda: interview.write(words),
        }
    if stage is Stage.ANSWER:
        able["answer"] = lambda: interview.answer(words)
    if stage is Stage.CHOICE:
        able["say"] = lambda: interview.say(words)
        if interview.options:
            able["choose"] = lambda: interview.choose(0)
    if stage is Stage.REVIEW:
        able["switch"] = interview.switch
        if not interview.blanks:
            able["accept"] = interview.accept
    try:
        return able.get(name, lambda: interview)()
    except SosLintError:
        return interview


def check(before: Interview, after: Interview) -> None:
    """The laws of one step."""
    document = after.draft.document
    assert read_bytes(after.draft.data, document.name).text == document.text
    if len(after.decided) <= len(before.decided):
        return
    assert after.back() is before
    assert before.finding is not None
    old, new = before.draft.document.text, after.draft.document.text
    at = sentence_at(before.finding)
    outside = len(old) - len(at)
    assert len(new) >= outside
    start = old[: at.start].replace("\n", " ")
    end = old[at.end :].replace("\n", " ")
    assert new.replace("\n", " ").startswith(start)
    assert new.replace("\n", " ").endswith(end)
    if not after.decided[-1].changed:
        assert after.draft is before.draft
        assert before.finding not in after.open


@settings(max_examples=100, deadline=None)
@given(drafts, st.lists(moves, max_size=25))
def test_any_moves(draft: str, made: list[tuple[str, str]]) -> None:
    follow(about(draft, "draft.md"), made)


@settings(max_examples=25, deadline=None)
@given(drafts, st.lists(moves, max_size=20), st.integers(1, 7))
def test_any_moves_in_word(draft: str, made: list[tuple[str, str]], step: int) -> None:
    """The same in a Word file whose runs are so many letters long, one bold and one not."""
    document = docx.Document()
    for line in draft.splitlines():
        paragraph = document.add_paragraph()
        for number, start in enumerate(range(0, len(line), step)):
            paragraph.add_run(line[start : start + step]).bold = bool(number % 2)
    file = BytesIO()
    document.save(file)
    follow(about(file.getvalue(), "draft.docx"), made)


@settings(max_examples=25, deadline=None)
@given(drafts, st.lists(moves, max_size=20), st.integers(1, 7))
def test_any_moves_in_opendocument(draft: str, made: list[tuple[str, str]], step: int) -> None:
    """The same in an OpenDocument text whose spans are so many letters long."""
    paragraphs = "".join(
        "<text:p>"
        + "".join(
            f"<text:span>{written(line[start : start + step])}</text:span>"
            for start in range(0, len(line), step)
        )
        + "</text:p>"
        for line in draft.splitlines()
    )
    follow(about(odt_file(paragraphs), "draft.odt"), made)


def follow(interview: Interview, made: list[tuple[str, str]]) -> None:
    """Make these moves, one after the other, and go all the way back."""
    data = interview.draft.data
    for name, words in made:
        after = moved(interview, name, words)
        check(interview, after)
        interview = after
    while interview.back() is not interview:
        interview = interview.back()
    assert interview.draft.data == data
    assert interview.decided == ()


@settings(max_examples=100, deadline=None)
@given(drafts, st.lists(words, min_size=30, max_size=30))
def test_what_is_decided_can_be_replayed(draft: str, typed: list[str]) -> None:
    interview = about(draft, "draft.md")
    for words in typed:
        if interview.stage is Stage.DONE:
            break
        name = {Stage.ANSWER: "answer", Stage.CHOICE: "say" if words else "skip", Stage.REVIEW: "accept"}
        after = moved(interview, name[interview.stage], words)
        interview = after if after is not interview else interview.skip()
    entries = read_answers(answers_file(interview.decided, "draft.md"), "answers.yml", RULES)
    again, lost = replayed(about(draft, "draft.md"), entries)
    assert again.draft.document.text == interview.draft.document.text
    assert lost == ()
