"""Documents that are forms: which form, which of its sections are there, and what stands in them.

What a form is comes from the packs (`sos_lint.forms`). A document that only speaks of a form's questions is
none; a blank template is one with nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sos_lint.document import BlockKind
from sos_lint.forms import FormDescription, SectionDescription
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.forms.filling import Filling
from sos_lint.structure.forms.labels import Label, labels_in, names_of
from sos_lint.structure.forms.layout import Layout, Piece
from sos_lint.text import Range

_SURE_SECTIONS = 2


class State(Enum):
    """How far a section is written. PRINTED: nothing stands in it but what the form printed there."""

    MISSING = "missing"
    EMPTY = "empty"
    PRINTED = "printed"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a form in a document: its labels, and all that stands in it (`told`: of the case)."""

    description: SectionDescription
    state: State
    labels: tuple[Range, ...] = ()
    pieces: tuple[Piece, ...] = ()
    told: tuple[Range, ...] = ()

    @property
    def name(self) -> str:
        """Its standard name, whatever the document's own wording."""
        return self.description.name

    def is_apart(self, piece: Piece) -> bool:
        """True where the needs of the section are not asked of a piece."""
        return piece.box is not None and self.description.boxes[piece.box].apart


@dataclass(frozen=True, slots=True)
class Form:
    """A form in a document: all its sections, in the order of its description.

    `at` is where it begins: its first label, or the document's first block where it has none.
    """

    description: FormDescription
    at: Range
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """Its name in options and in the configuration."""
        return self.description.id

    @property
    def is_blank(self) -> bool:
        """True where no section is written."""
        return not any(section.state is State.FILLED for section in self.sections)

    def section(self, name: str) -> Section:
        """The section of a standard name; raises KeyError where it has no such section."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


def forms_in(
    around: Surroundings, cues: Cues, forms: Sequence[FormDescription], asked: str | None = None
) -> tuple[Form, ...]:
    """Every form that a document is, in the order of the descriptions.

    The form that is `asked` for, and what it is part of, are read whatever the document looks like, if it has
    any words at all.
    """
    if not around.document.blocks:
        return ()
    known = {form.id: form for form in forms}
    wanted = set()
    while asked is not None and asked in known and asked not in wanted:
        wanted.add(asked)
        asked = known[asked].part_of
    labels = {form.id: labels_in(around, names_of(form, cues), cues) for form in forms}
    return tuple(
        _form(form, labels[form.id], around, cues)
        for form in forms
        if form.id in wanted or _is_form(form, known, labels, around, cues)
    )


def chosen(forms: Sequence[Form], asked: str | None = None) -> Form | None:
    """The form that was asked for; else the first that the document is."""
    return next((form for form in forms if form.name == asked), forms[0] if forms else None)


def _is_form(
    form: FormDescription,
    known: Mapping[str, FormDescription],
    labels: Mapping[str, Mapping[int, Label]],
    around: Surroundings,
    cues: Cues,
) -> bool:
    whole = known.get(form.part_of) if form.part_of else None
    if form.part_of and (whole is None or not _is_form(whole, known, labels, around, cues)):
        return False
    required = {number for number, section in enumerate(form.sections) if section.required}
    blocks = around.document.blocks
    own = [
        (n, label)
        for n, label in labels[form.id].items()
        if label.section in required and (label.box is None or blocks[n].kind is not BlockKind.LIST_ITEM)
    ]
    sure = {label.section for _, label in own if label.sure}
    if len(sure) >= min(_SURE_SECTIONS, len(required)):
        return True
    seen = {label.section for _, label in own}
    aside = any(label.sure and label.section not in required for label in labels[form.id].values())
    hinted = len(seen) >= form.enough - 1 and (aside or _is_hinted(form, around, cues))
    if len(seen) < form.enough:
        return hinted and bool(sure) and len(seen) > 1
    tables = {cell.table if (cell := blocks[n].cell) else None for n, _ in own}
    return bool(sure) or hinted or (tables != {None} and len(tables) == 1)


def _is_hinted(form: FormDescription, around: Surroundings, cues: Cues) -> bool:
    end = len(around.folded)
    return cues.patterns(form.hints).occurs(around.folded, 0, end)


def _form(form: FormDescription, labels: Mapping[int, Label], around: Surroundings, cues: Cues) -> Form:
    names = names_of(form, cues)
    filling = Filling(around, cues, form, names)
    pieces = list(Layout(around, names, labels, filling).pieces())
    sections = tuple(
        _section(
            description,
            [label for label in labels.values() if label.section == number],
            [piece for piece in pieces if piece.section == number],
            filling,
        )
        for number, description in enumerate(form.sections)
    )
    first = min((label.at for label in labels.values()), key=lambda at: at.start, default=None)
    return Form(form, first or around.document.blocks[0].at, sections)


def _section(
    description: SectionDescription, labels: Sequence[Label], pieces: Sequence[Piece], filling: Filling
) -> Section:
    repeated = sum(label.box is None for label in labels) > 1
    told = tuple(sentence for piece in pieces for sentence in filling.told(piece.at))
    if told:
        state = State.FILLED
    elif not labels:
        state = State.MISSING
    else:
        printed = any(True for piece in pieces for _ in filling.prompts(piece.at))
        state = State.PRINTED if printed or repeated else State.EMPTY
    return Section(description, state, tuple(label.at for label in labels), tuple(pieces), told)
