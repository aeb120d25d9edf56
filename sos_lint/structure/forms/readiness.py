"""Whether a form is ready to send: what is written, and what its reader would come back with, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sos_lint.structure.forms import Form, Section, State
from sos_lint.structure.forms.checks import Fault
from sos_lint.text import Range


class OpenQuestion(NamedTuple):
    """A question that the text leaves open, at a place in it."""

    at: Range
    question: str


class Statement(NamedTuple):
    """A statement, goal or scale: its name, where it stands, and the parts that are not told."""

    name: str
    at: Range
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionReadiness:
    """One section: how far it is written, what stands in it, and what is still open there."""

    name: str
    state: State
    required: bool
    statements: tuple[Statement, ...]
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The one-page view: the form's sections in its order, then what stands outside them."""

    title: str
    sections: tuple[SectionReadiness, ...]
    elsewhere: SectionReadiness

    @property
    def filled(self) -> int:
        """How many of the required sections are written."""
        return sum(section.required and section.state is State.FILLED for section in self.sections)

    @property
    def required(self) -> int:
        """How many sections there must be."""
        return sum(section.required for section in self.sections)

    @property
    def complete(self) -> int:
        """How many statements tell all their parts."""
        return sum(not statement.missing for statement in self.statements)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in order."""
        return tuple(one for section in (*self.sections, self.elsewhere) for one in section.statements)

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """All open questions, in the order of the form."""
        return tuple(one for section in (*self.sections, self.elsewhere) for one in section.questions)

    @property
    def is_ready(self) -> bool:
        """True where nothing is open."""
        return self.filled == self.required and not self.questions


def readiness(
    form: Form,
    faults: Iterable[Fault],
    statements: Iterable[Statement] = (),
    others: Iterable[OpenQuestion] = (),
) -> Readiness:
    """The view of a form, by its own faults, and what else was found in the document.

    A question is asked once in a section, where it comes up first.
    """
    faults, statements, others = tuple(faults), tuple(statements), tuple(others)
    sections = []
    places = [*(one.at for one in statements), *(one.at for one in others)]
    placed: set[Range] = set()
    for section in form.sections:
        at = {place for place in places if place not in placed and _is_in(place, section)}
        placed |= at
        own = [
            OpenQuestion(fault.at, question)
            for fault in faults
            if fault.section == section.name
            for question in fault.questions
        ]
        found = [one for one in others if one.at in at]
        sections.append(
            SectionReadiness(
                section.name,
                section.state,
                section.description.required,
                tuple(sorted((one for one in statements if one.at in at), key=_place)),
                _once(sorted([*own, *found], key=_place)),
            )
        )
    elsewhere = SectionReadiness(
        "",
        State.FILLED,
        False,
        tuple(sorted((one for one in statements if one.at not in placed), key=_place)),
        _once(sorted((one for one in others if one.at not in placed), key=_place)),
    )
    return Readiness(form.description.title, tuple(sections), elsewhere)


def _is_in(at: Range, section: Section) -> bool:
    """True of a place in a section, by where it begins."""
    places = (*section.labels, *(piece.at for piece in section.pieces))
    return any(place.start <= at.start < place.end for place in places)


def _place(one: OpenQuestion | Statement) -> int:
    return one.at.start


def _once(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    first: dict[str, OpenQuestion] = {}
    for one in questions:
        first.setdefault(one.question, one)
    return tuple(first.values())
