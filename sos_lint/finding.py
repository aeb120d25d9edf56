"""What was found: plain, frozen records of strings and numbers, for every report and every caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter

from sos_lint.kinds import Kind, Part, Safety, Severity
from sos_lint.text import Range


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `replacement`, words without a line break, in the place of `at`, a verbatim range of
    `Document.text`; `place` is the same as `Document.place` gives it.
    """

    at: Range
    replacement: str
    safety: Safety
    place: Range

    def __post_init__(self) -> None:
        if len(self.replacement.splitlines()) > 1 or self.replacement[-1:] in ("\n", "\r"):
            raise ValueError("an edit puts in words of one block")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, for people: `offset` in code points from 0, line and column from 1."""

    offset: int
    line: int
    column: int

    def __reduce__(self) -> tuple[type[Place], tuple[int, int, int]]:
        return Place, (self.offset, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a finding, and whether the text already answers it.

    `evidence` is the ranges that answer it, as `Document.place` gives them (offsets of the file for
    formats with lines). `start_from` is a sentence with blanks that tells the part.
    """

    part: Part
    question: str
    evidence: tuple[Range, ...] = ()
    start_from: str = ""

    def __reduce__(self) -> tuple[type[Ask], tuple[object, ...]]:
        return Ask, (self.part, self.question, self.evidence, self.start_from)

    @property
    def told(self) -> bool:
        """True when the text near the term already answers the question."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One expansion of an acronym, and what it means for a family in plain words."""

    expansion: str
    gloss: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding may stay as it is. `in_document`: the draft itself says so, else a file beside it."""

    in_document: bool
    reason: str = ""


NOWHERE = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that is not yet clear.

    `at` is the place in `Document.text`; `start` and `end` are the same place for people (see
    `Document.place`); `where` names it in formats without lines, `row` in a table with
    lines. `sentence` is the sentence around it
    and `in_sentence` the place of `text` in it. `text`, `sentence` and the words in `message` come from
    the document: with excerpts off, `text` and `sentence` are empty and the message names the rule's
    term instead. `lacks` names the sections that a form is without, and `of_form` are the questions that
    the form itself asks. `by_company`: the words around a short form speak for its first meaning.
    `fingerprint` knows the finding again when the draft has changed (see
    `sos_lint.fingerprint`); it is the same with excerpts off. `suppression` is None but where something
    sets the finding aside; with excerpts off, a reason that stands in the document is left out.
    """

    path: str
    at: Range
    rule: str
    kind: Kind
    severity: Severity
    message: str
    text: str
    start: Place
    end: Place
    where: str | None = None
    row: str | None = None
    sentence: str = ""
    in_sentence: Range = NOWHERE
    meanings: tuple[Meaning, ...] = ()
    alternatives: tuple[str, ...] = ()
    advice: str = ""
    asks: tuple[Ask, ...] = ()
    scaffold: str | None = None
    edits: tuple[Edit, ...] = ()
    lacks: tuple[str, ...] = ()
    of_form: tuple[str, ...] = ()
    fingerprint: str = ""
    suppression: Suppression | None = None
    by_company: bool = False

    def __reduce__(self) -> tuple[type[Finding], tuple[object, ...]]:
        return Finding, _values(self)  # else each value is sent and set by itself

    @property
    def in_words(self) -> str | None:
        """The name of the place, where it has one."""
        return self.where or self.row

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Findings are ordered by path, place and rule."""
        return self.path, self.at.start, self.at.end, self.rule

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that the text does not tell yet."""
        return tuple(ask.part for ask in self.asks if not ask.told)

    @property
    def is_told(self) -> bool:
        """True when the text tells everything that would be asked: then there is nothing to make clearer."""
        return bool(self.asks) and all(ask.told for ask in self.asks)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that are still open."""
        return (*(ask.question for ask in self.asks if not ask.told), *self.of_form)


_values: Callable[[Finding], tuple[object, ...]] = attrgetter(*(field.name for field in fields(Finding)))
