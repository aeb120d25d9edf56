"""What was found: plain, frozen records of strings and numbers, for every report and every caller."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from sos_lint.text import Range


class Severity(IntEnum):
    """How much it matters, in order. `error`: replace everywhere; `warning`: make it clear here;
    `suggestion`: worth a look (after the two grades of Cafcass's word list, and a milder third)."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name in packs, options and reports: `suggestion`, `warning` or `error`."""
        return self.name.lower()


class Kind(str, Enum):
    """What a finding is about."""

    ACRONYM = "acronym"
    JARGON = "jargon"
    BROAD_TERM = "broad-term"
    VAGUE_FREQUENCY = "vague-frequency"
    BLAMING_LANGUAGE = "blaming-language"
    HIDDEN_ACTOR = "hidden-actor"
    STATEMENT = "statement"
    SCALING_QUESTION = "scaling-question"
    STRUCTURE = "structure"


class Part(str, Enum):
    """What a broad term leaves open: the four things that make it clear to a family."""

    BEHAVIOUR = "behaviour"
    FREQUENCY = "frequency"
    WORST = "worst"
    IMPACT = "impact"


class Safety(IntEnum):
    """How far an edit may be trusted, in order: only shown; made on review; made by itself."""

    SHOW = 1
    REVIEW = 2
    SAFE = 3


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `replacement` in the place of `at`, a verbatim range of `Document.text`."""

    at: Range
    replacement: str
    safety: Safety


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is, for people: `offset` in code points from 0, line and column from 1."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a finding, and whether the text already answers it.

    `evidence` is the ranges that answer it, as `Document.place` gives them (offsets of the file for
    formats with lines).
    """

    part: Part
    question: str
    evidence: tuple[Range, ...] = ()

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


NOWHERE = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that is not yet clear.

    `at` is the place in `Document.text`; `start` and `end` are the same place for people (see
    `Document.place`); `where` names it in formats without lines. `sentence` is the sentence around it
    and `in_sentence` the place of `text` in it. `text`, `sentence` and the words in `message` come from
    the document: with excerpts off, `text` and `sentence` are empty and the message names the rule's
    term instead.
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
    sentence: str = ""
    in_sentence: Range = NOWHERE
    meanings: tuple[Meaning, ...] = ()
    alternatives: tuple[str, ...] = ()
    advice: str = ""
    asks: tuple[Ask, ...] = ()
    scaffold: str | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Findings are ordered by path, place and rule."""
        return self.path, self.at.start, self.at.end, self.rule

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that the text does not tell yet."""
        return tuple(ask.part for ask in self.asks if not ask.told)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that are still open."""
        return tuple(ask.question for ask in self.asks if not ask.told)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: why, and how to mend it. Never holds its words."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one document: findings in order, or a failure, never both.

    `fails` is True when a finding reaches the threshold that was set for this file.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    words: int = 0
    fails: bool = False

    def __post_init__(self) -> None:
        if self.failure is not None and self.findings:
            raise ValueError("a file has findings or a failure, never both")


@dataclass(frozen=True, slots=True)
class Report:
    """One run over some documents, sorted by path."""

    files: tuple[FileReport, ...] = ()
    excerpts: bool = True
    statistics: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the run, in order."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def failures(self) -> tuple[FileReport, ...]:
        """The files that could not be read."""
        return tuple(file for file in self.files if file.failure is not None)
