"""Keeps what was found in the pieces of a document for its next version, and says what is to be read again.

A piece is read again where it is new, or where a question that it asked of its document (see
`nlp.elsewhere`) is now answered otherwise. All else is taken as it was, moved to where it stands now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sos_lint.memory import Memory
from sos_lint.nlp.acronyms import Lesson
from sos_lint.nlp.elsewhere import Answerer, Question, Topic, still_hold
from sos_lint.nlp.pieces import Piece, pieces_of, whole
from sos_lint.nlp.surroundings import Surroundings
from sos_lint.rule import Match
from sos_lint.text import Range

_ASKED = frozenset(Topic) - {Topic.CHILDREN}  # of a document, by what looks for matches


class _Known(NamedTuple):
    """What is known of a piece, and where it stood: what it teaches of short forms, what it asked of its
    document, and the matches in it.
    """

    start: int
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]
    matches: tuple[Match, ...]


class Versions:
    """The pieces of one version of a document, beside those that are known of the version before."""

    def __init__(self, around: Surroundings, memory: Memory | None) -> None:
        self._around = around
        self._memory = memory
        self.pieces = whole(around) if memory is None else pieces_of(around)
        self._known: dict[int, _Known] = {}
        for piece in self.pieces if memory is not None else ():
            known: _Known | None = memory.recall(piece.name) if memory is not None else None
            if known is not None:
                self._known[piece.at.start] = known

    @property
    def new(self) -> list[Piece]:
        """The pieces of which nothing is known."""
        return [piece for piece in self.pieces if piece.at.start not in self._known]

    def lessons(self) -> Iterator[Lesson]:
        """What the known pieces teach of short forms, as they stand now."""
        for start, known in self._known.items():
            by = start - known.start
            yield from (one._replace(at=one.at + by) for one in known.lessons)

    def forget(self, answers: Mapping[Topic, Answerer]) -> list[Piece]:
        """The known pieces of which a question is answered otherwise; nothing of them is known any more."""
        otherwise = [
            piece
            for piece in self.pieces
            if (known := self._known.get(piece.at.start))
            and not still_hold(known.questions, piece.at.start - known.start, answers)
        ]
        for piece in otherwise:
            del self._known[piece.at.start]
        return otherwise

    def merged(self, lessons: Iterable[Lesson], matches: Sequence[Match]) -> list[Match]:
        """The matches of all pieces, in order: those known, and those just found. They are kept."""
        if self._memory is None:
            return list(matches)
        starts = [piece.at.start for piece in self.pieces]
        taught: dict[int, list[Lesson]] = {}
        for lesson in lessons:
            taught.setdefault(bisect_right(starts, lesson.at) - 1, []).append(lesson)
        found: dict[int, list[Match]] = {}
        for match in matches:
            found.setdefault(bisect_right(starts, match.at.start) - 1, []).append(match)
        every: list[Match] = []
        for number, piece in enumerate(self.pieces):
            start, known = piece.at.start, self._known.get(piece.at.start)
            if known is None:
                asked = self._around.notes.within(Range(piece.sees, piece.at.end), _ASKED)
                its = tuple(found.get(number, ()))
                known = _Known(start, tuple(taught.get(number, ())), asked, its)
                self._memory.keep(piece.name, known)
            elif known.start != start:
                known = _moved(known, start)
                self._memory.keep(piece.name, known)
            every += known.matches
        return every


def stretches(pieces: Iterable[Piece]) -> list[Range]:
    """The places of some pieces, those that follow each other together."""
    joined: list[tuple[int, Range]] = []
    for piece in pieces:
        if joined and joined[-1][0] == piece.first - 1:
            joined[-1] = (piece.last, Range(joined[-1][1].start, piece.at.end))
        else:
            joined.append((piece.last, piece.at))
    return [at for _, at in joined]


def _moved(known: _Known, start: int) -> _Known:
    by = start - known.start
    return _Known(
        start,
        tuple(Lesson(at + by, explained, person) for at, explained, person in known.lessons),
        tuple(Question(at + by, topic, about, answer) for at, topic, about, answer in known.questions),
        tuple(_further(match, by) for match in known.matches),
    )


def _further(match: Match, by: int) -> Match:
    evidence = tuple((part, tuple(at.moved(by) for at in ranges)) for part, ranges in match.evidence)
    return Match(  # `replace` would take four times as long
        match.rule,
        match.at.moved(by),
        match.sentence.moved(by),
        match.meanings,
        match.by_company,
        evidence,
        match.right,
        match.lacks,
        match.questions,
        match.severity,
    )
