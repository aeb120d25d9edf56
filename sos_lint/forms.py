"""What a form is made of, as packs describe it: frozen data that `structure.forms` reads a document by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Need(str, Enum):
    """What a section must hold to be of use, besides any words at all."""

    WHO = "who"
    BY_WHEN = "by-when"
    WORST_EXAMPLE = "worst-example"
    LAST_EXAMPLE = "last-example"
    SOMETHING_DONE = "something-done"


@dataclass(frozen=True, slots=True)
class BoxDescription:
    """A part of a section that has a label of its own ("Complicating factors").

    `called` are word patterns of labels by which anybody knows it; those of `also` say little by
    themselves ("Safety"). What stands in a box that is `apart` is not measured by the section's needs.
    """

    name: str
    called: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class SectionDescription:
    """A section: its names as in a box, the prompts printed in it, and what it must hold.

    `question` is what the reader would come back with where it is missing or empty; `needs` are, each with
    its question, in the order in which they are asked. One that is not `required` may be left out. Where the
    section that this one `balances` is filled, this one must say something good.
    """

    name: str
    question: str
    called: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    needs: tuple[tuple[Need, str], ...] = ()
    required: bool = True
    balances: str | None = None
    boxes: tuple[BoxDescription, ...] = ()


@dataclass(frozen=True, slots=True)
class FormDescription:
    """A form: its sections in their order, and how a document is known to be one.

    A document is this form that has labels of two sections by which anybody knows them; or of `enough`
    sections, one by such a name, or all in one table, or where it holds words that fit one of the `hints`.
    With such a name and such words, one section fewer is enough. A label by which anybody knows a section
    that is not required says as much as a hint.
    `part_of`: it is known only inside that other form. `ends` are labels that end a section, and are none.
    `pack` is the one that describes it.
    """

    id: str
    title: str
    sections: tuple[SectionDescription, ...]
    enough: int
    hints: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    part_of: str | None = None
    sources: tuple[str, ...] = ()
    pack: str = ""
