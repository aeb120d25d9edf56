"""What a document says for all its parts, and notes of who asked for it.

A passage hangs on little that stands elsewhere: who a name belongs to, whether a short form was explained
before, what words stand anywhere. Each such question is noted with its place and its answer. Where the next
version of a document answers all the questions of a passage alike, what was found in it still holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from sos_lint.text import Range


class Topic(Enum):
    """What may be asked of a document as a whole."""

    KNOWN_BY_NAME = 1  # whether a name is a child's or a grown-up's
    IS_NAME = 2  # whether a word is a name wherever it stands
    EXPLAINED = 3  # whether a short form is explained up to a place
    INITIALS = 4  # whether letters are used for a person
    USED_AS_WORD = 5  # whether letters stand as an ordinary word
    STANDS = 6  # whether words stand anywhere
    CHILDREN = 7  # which children are named


class Question(NamedTuple):
    """What was asked at a place, about what, and the answer."""

    at: int
    topic: Topic
    about: Hashable
    answer: object


Answerer = Callable[[Hashable, int], object]  # of what a question is about, and where it is asked


class Notes:
    """The questions that are asked while a document is read; none are kept where nobody will ask for them."""

    def __init__(self, *, kept: bool = True) -> None:
        self._kept = kept
        self._asked: set[Question] = set()
        self._ordered: list[Question] = []

    def note(self, topic: Topic, about: Hashable, at: int, answer: object) -> None:
        """Note what was asked, where, and the answer."""
        if self._kept:
            self._asked.add(Question(at, topic, about, answer))

    def within(self, at: Range, topics: Container[Topic]) -> tuple[Question, ...]:
        """What was asked in a place, of some topics."""
        if len(self._ordered) != len(self._asked):
            self._ordered = sorted(self._asked, key=_place)
        first = bisect_left(self._ordered, at.start, key=_place)
        asked = self._ordered[first : bisect_left(self._ordered, at.end, key=_place)]
        return tuple(one for one in asked if one.topic in topics)


def _place(question: Question) -> int:
    return question.at


def still_hold(questions: Sequence[Question], by: int, answers: Mapping[Topic, Answerer]) -> bool:
    """True where all the questions get the same answers, asked `by` so many code points further on."""
    return all(answers[one.topic](one.about, one.at + by) == one.answer for one in questions)
