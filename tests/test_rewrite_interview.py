"""The interview, move by move: what is asked, what an answer does, and that going back takes it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from interviews import about

from sos_lint.errors import SosLintError
from sos_lint.kinds import Part
from sos_lint.rewrite.decision import Instead, Skipped, Spelt, Told, Written
from sos_lint.rewrite.interview import Interview, Stage

Move = Callable[[Interview], Interview]


def answer(*words: str) -> Move:
    def move(interview: Interview) -> Interview:
        for one in words:
            interview = interview.answer(one)
        return interview

    return move


def choose(number: int) -> Move:
    return lambda interview: interview.choose(number)


def say(words: str) -> Move:
    return lambda interview: interview.say(words)


def write(words: str) -> Move:
    return lambda interview: interview.write(words)


accept: Move = Interview.accept
skip: Move = Interview.skip
back: Move = Interview.back
switch: Move = Interview.switch


def skip_all(interview: Interview) -> Interview:
    return interview.skip(rule=True)


def after(text: str, *moves: Move, name: str = "draft.txt") -> Interview:
    interview = about(text, name)
    for move in moves:
        interview = move(interview)
    return interview


def words_of(interview: Interview) -> str:
    return interview.draft.data.decode()


HOME = "There is neglect at home. Bye."

# A draft, moves, the draft then, and what is asked next: the words found, or nothing.
MOVES: dict[str, tuple[str, list[Move], str, str | None]] = {
    "nothing yet": (HOME, [], HOME, "neglect"),
    "an answer is not yet in the draft": (HOME, [answer("he left", "", "", "")], HOME, "neglect"),
    "the answers follow the sentence": (
        HOME,
        [answer("he left them", "twice in May", "", "cold"), accept],
        "There is neglect at home. He left them. This happened twice in May. For the child: cold. Bye.",
        None,
    ),
    "the answers in its place": (
        HOME,
        [answer("he left them", "", "", ""), switch, accept],
        "He left them. Bye.",
        None,
    ),
    "in its place, and after it again": (
        HOME,
        [answer("he left them", "", "", ""), switch, switch, accept],
        "There is neglect at home. He left them. Bye.",
        None,
    ),
    "a line of a list": (
        "- neglect at home\n- Bye.\n",
        [answer("he left them", "", "", ""), accept],
        "- neglect at home. He left them.\n- Bye.\n",
        None,
    ),
    "no answer": (HOME, [answer("", " ", "", "")], HOME, None),
    "skipped": (f"{HOME} More neglect.", [skip], f"{HOME} More neglect.", "neglect"),
    "skipped between questions": (HOME, [answer("he left"), skip], HOME, None),
    "skipped under review": (HOME, [answer("he left", "", "", ""), skip], HOME, None),
    "all of a rule skipped": (
        f"{HOME} More neglect. A contact.",
        [skip_all],
        f"{HOME} More neglect. A contact.",
        "contact",
    ),
    "written anew": (HOME, [write("He left at six.")], "He left at six. Bye.", None),
    "written anew, with the word": (HOME, [write("He left: neglect.")], "He left: neglect. Bye.", None),
    "written as it was": (HOME, [write("There is neglect at home.")], HOME, None),
    "written empty": (HOME, [write(" ")], HOME, None),
    "written on two lines": (HOME, [write("He\n left.")], "He left. Bye.", None),
    "edited under review": (
        HOME,
        [answer("he left", "", "", ""), write("There is neglect at home. He left us.")],
        "There is neglect at home. He left us. Bye.",
        None,
    ),
    "own words are asked about": (HOME, [write("He had contact.")], "He had contact. Bye.", "contact"),
    "a meaning": (
        "A CIN plan. The CIN plan.",
        [choose(0), accept],
        "A child in need (CIN) plan. The CIN plan.",
        None,
    ),
    "another meaning": ("A CIN plan.", [choose(1), accept], "A cat in nest plan.", None),
    "an own meaning": ("A CIN plan.", [say("cake in Nice"), accept], "A cake in Nice plan.", None),
    "an own meaning that has a word of a rule": (
        "A CIN plan.",
        [say("child in need"), accept],
        "A child in need plan.",
        None,
    ),
    "a short form skipped in all places": (
        "A CIN plan. The CIN plan. Contact.",
        [skip],
        "A CIN plan. The CIN plan. Contact.",
        "Contact",
    ),
    "where grammar is not sure, both": (
        "The pre/CIN plan. A CIN.",
        [choose(0)],
        "The pre/CIN plan. A CIN.",
        "CIN",
    ),
    "other words, offered": (
        "Contact is on Monday.",
        [choose(0), accept],
        "Time together is on Monday.",
        None,
    ),
    "offered with an article": (
        "The contact is on Monday.",
        [choose(1), accept],
        "A visit is on Monday.",
        None,
    ),
    "offered, in the middle": ("He had the contact.", [choose(1), accept], "He had a visit.", None),
    "own words instead": (
        "Contact is on Monday.",
        [say("seeing Mum"), accept],
        "Seeing Mum is on Monday.",
        None,
    ),
    "own words that are found again": (
        "Contact is on Monday.",
        [say("a visit"), accept],
        "A visit is on Monday.",
        None,
    ),
    "own words that another rule finds": (
        "Contact is on Monday.",
        [say("my visit"), accept],
        "My visit is on Monday.",
        "visit",
    ),
    "a choice, edited": (
        "She does not engage.",
        [choose(0), write("She did not come to tea. No visit.")],
        "She did not come to tea. No visit.",
        "visit",
    ),
    "an offer, edited": (
        "He had contact on Monday.",
        [choose(1), write("He had a visit on Tuesday.")],
        "He had a visit on Tuesday.",
        None,
    ),
    "settled by an answer before": (
        "There is neglect and CIN.",
        [write("There is no tea.")],
        "There is no tea.",
        None,
    ),
    "two in one sentence": (
        "There is neglect and contact.",
        [answer("he left", "", "", ""), accept, choose(0), accept],
        "There is neglect and time together. He left.",
        None,
    ),
    "skipped, and still so when words before it change": (
        "Contact. Neglect. Contact.",
        [skip, answer("he left", "", "", ""), accept],
        "Contact. Neglect. He left. Contact.",
        "Contact",
    ),
}


@pytest.mark.parametrize(("text", "moves", "now", "next_"), MOVES.values(), ids=MOVES)
def test_moves(text: str, moves: list[Move], now: str, next_: str | None) -> None:
    name = "draft.md" if text.startswith("- ") else "draft.txt"
    interview = after(text, *moves, name=name)
    assert words_of(interview) == now
    assert (interview.finding.text if interview.finding else None) == next_


# A draft, moves, and the sentence under review, with brackets around what is new.
REVIEWS: dict[str, tuple[str, list[Move], str]] = {
    "answers": (HOME, [answer("he left", "", "", "")], "There is neglect at home.[ He left.]"),
    "answers in its place": (HOME, [answer("he left", "", "", ""), switch], "[He left]."),
    "a meaning": ("A CIN plan. The CIN.", [choose(0)], "A [child in need (CIN)] plan."),
    "where grammar is not sure": (
        "The pre/CIN plan. A CIN.",
        [choose(0)],
        "The pre/[child in need (CIN)] plan.",
    ),
    "an article that is taken along": ("The contact is on Monday.", [choose(1)], "[A visit] is on Monday."),
    "blanks": ("She does not engage.", [choose(0)], "She [did not come to (what)]."),
    "nothing": (HOME, [], "There is neglect at home."),
}


@pytest.mark.parametrize(("text", "moves", "shown"), REVIEWS.values(), ids=REVIEWS)
def test_reviews(text: str, moves: list[Move], shown: str) -> None:
    pieces = after(text, *moves).new_sentence
    assert "".join(f"[{piece.words}]" if piece.new else piece.words for piece in pieces) == shown


STAGES: dict[str, tuple[str, list[Move], Stage]] = {
    "questions": (HOME, [], Stage.ANSWER),
    "the last question": (HOME, [answer("he left", "", "")], Stage.ANSWER),
    "a review": (HOME, [answer("he left", "", "", "")], Stage.REVIEW),
    "a choice": ("CIN.", [], Stage.CHOICE),
    "own words": ("A visit.", [], Stage.CHOICE),
    "a review of a choice": ("CIN.", [choose(0)], Stage.REVIEW),
    "nothing": ("Bye.", [], Stage.DONE),
    "the end": ("CIN.", [skip], Stage.DONE),
}


@pytest.mark.parametrize(("text", "moves", "stage"), STAGES.values(), ids=STAGES)
def test_stages(text: str, moves: list[Move], stage: Stage) -> None:
    assert after(text, *moves).stage is stage


def test_only_open_questions_are_asked() -> None:
    interview = about("There is neglect: twice he left and Odette cried.")
    assert [ask.part for ask in interview.questions] == [Part.BEHAVIOUR, Part.WORST]
    done = interview.answer("he left").answer("in May").accept()
    assert done.decided[0].decision == Told(((Part.BEHAVIOUR, "he left"), (Part.WORST, "in May")))


def test_options_and_blanks() -> None:
    assert about("CIN.").options == ("child in need", "cat in nest")
    assert about("Contact.").options == ("time together", "a visit")
    assert about("A visit.").options == ()
    assert about("He does not engage.").choose(0).blanks == ("(what)",)
    assert about("Contact.").choose(0).blanks == ()
    assert about("Contact.").say("time (what)").blanks == ()


def test_what_has_blanks_cannot_be_accepted() -> None:
    with pytest.raises(ValueError, match="nothing to accept"):
        about("He does not engage.").choose(0).accept()


def test_nothing_under_review_cannot_be_accepted() -> None:
    with pytest.raises(ValueError, match="nothing to accept"):
        about(HOME).accept()


def test_after_the_end_there_is_nothing_to_ask() -> None:
    with pytest.raises(ValueError, match="every place"):
        about("Bye.").skip()


BACK: dict[str, list[Move]] = {
    "an accepted answer": [answer("he left", "", "", ""), accept],
    "an accepted choice": [skip, choose(1), accept],
    "a skip": [skip],
    "a skip of a rule": [skip_all],
    "a sentence": [write("He left.")],
}


@pytest.mark.parametrize("moves", BACK.values(), ids=BACK)
def test_back_takes_up_what_was_before_the_decision(moves: list[Move]) -> None:
    *before, last = moves
    earlier = after("There is neglect. The CIN plan. Contact.", *before)
    assert last(earlier).back() is earlier


def test_back_through_questions_keeps_what_was_typed() -> None:
    interview = after(HOME, answer("he left", "often", "", ""))
    assert interview.back().question.part is Part.IMPACT
    assert interview.back().back().back().question.part is Part.FREQUENCY
    second = interview.back().back().back()
    assert second.answer_before == "often"
    again = second.answer("twice").answer("").answer("")
    assert again.decision == Told(((Part.BEHAVIOUR, "he left"), (Part.FREQUENCY, "twice")))


def test_back_at_the_start_is_the_start() -> None:
    interview = about(HOME)
    assert interview.back() is interview
    assert interview.skip().begun_here().back().finding is None


def test_in_hand() -> None:
    assert not about(HOME).in_hand
    assert not about(HOME).answer("").in_hand
    assert about(HOME).answer("he left").in_hand
    assert about("CIN.").choose(0).in_hand
    assert not about("CIN. Contact.").choose(0).accept().in_hand


def test_answers_so_far() -> None:
    start = about(HOME)
    assert start.so_far() is start
    so_far = after(HOME, answer("", "twice")).so_far()
    assert so_far.decision == Told(((Part.FREQUENCY, "twice"),))
    assert so_far.back().question.part is Part.WORST


def test_what_was_decided_is_kept_in_order() -> None:
    interview = after(
        "There is neglect. A CIN. Contact. A visit. Visit.",
        answer("he left", "", "", ""),
        accept,
        choose(0),
        accept,
        say("seeing Mum"),
        accept,
        write("A trip."),
        skip_all,
    )
    assert [(one.words, one.decision, one.changed) for one in interview.decided] == [
        ("neglect", Told(((Part.BEHAVIOUR, "he left"),)), True),
        ("CIN", Spelt("child in need"), True),
        ("Contact", Instead("seeing Mum"), True),
        ("visit", Written("A trip."), True),
        ("Visit", Skipped(rule=True), False),
    ]
    assert [one.place for one in interview.decided] == ["line 1"] * 5
    assert interview.decided[0].sentence == "There is neglect."
    assert interview.changes == 4


def test_the_same_answers_again_change_nothing() -> None:
    told = answer("he left", "", "", "")
    once = after(HOME, told, accept)
    twice = after(words_of(once), told, accept)
    assert words_of(twice) == words_of(once)
    assert twice.changes == 0
    assert twice.decided == tuple(one._replace(changed=False) for one in once.decided)


def test_words_that_cannot_be_put_in_leave_the_interview_as_it_was() -> None:
    interview = about("There is neglect.\n\nBye.\n", "draft.md")
    with pytest.raises(SosLintError, match="without changing others"):
        interview.write("# He left.")
    assert interview.write("He left.").draft.data == b"He left.\n\nBye.\n"
