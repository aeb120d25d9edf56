"""What became of a run: one report for each document, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.kinds import Kind, Severity

if TYPE_CHECKING:
    from sos_lint.document import Document
    from sos_lint.finding import Finding, Meaning
    from sos_lint.received import Explanation
    from sos_lint.text import Range


class Failure(NamedTuple):
    """A document that could not be read: why, and how to mend it. Never holds its words."""

    message: str
    hint: str = ""

    @property
    def words(self) -> str:
        """Both, as one paragraph."""
        return f"{self.message} {self.hint}".strip()


class Change(NamedTuple):
    """One edit that was made: the rule it came from, and the words before and after it."""

    rule: str
    old: str
    new: str


# The reading age to write for, in years. NHS digital service manual (as quoted in
# https://github.com/nhsuk/nhsuk-service-manual-community-backlog/issues/258); Patient Information Forum,
# https://pifonline.org.uk/resources/how-to-guides/using-plain-language-in-health-information/html-version/
FAMILIES_READ_AT = (9, 11)

FEWEST_WORDS = 100  # below, one long word too many moves the reading age by years


class Term(NamedTuple):
    """A short form of a document. `own` is what the document says that it stands for, else None.

    `meanings` are those that are known, likeliest first; of one that has its own, the one that it is.
    `places` is where it stands in `Document.text`.
    """

    short: str
    own: str | None
    meanings: tuple[Meaning, ...]
    places: tuple[Range, ...] = ()


class OpenQuestion(NamedTuple):
    """What a reader would come back with, and where in the document ("12:4", "paragraph 12")."""

    place: str
    question: str


class ReadyStatement(NamedTuple):
    """A statement, goal or scale: what it is called, where it stands, and whether nothing is missing."""

    name: str
    place: str
    complete: bool


class ReadySection(NamedTuple):
    """A section of a form. `state`: `filled`, `empty`, `printed` (only the form's own words) or `missing`."""

    name: str
    state: str
    required: bool
    statements: tuple[ReadyStatement, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()


class ReadyForm(NamedTuple):
    """Whether a form is ready to send: its sections in order, and what stands outside them."""

    title: str
    sections: tuple[ReadySection, ...]
    elsewhere: ReadySection

    @property
    def parts(self) -> tuple[ReadySection, ...]:
        """The sections, and what stands outside them."""
        return (*self.sections, self.elsewhere)

    @property
    def written(self) -> tuple[int, int]:
        """How many of the required sections are written, and how many there are."""
        required = [section for section in self.sections if section.required]
        return sum(section.state == "filled" for section in required), len(required)

    @property
    def complete(self) -> tuple[int, int]:
        """How many statements are complete, and how many there are."""
        statements = [one for part in self.parts for one in part.statements]
        return sum(one.complete for one in statements), len(statements)

    @property
    def open(self) -> int:
        """How many questions are open."""
        return sum(len(part.questions) for part in self.parts)


class Readability(NamedTuple):
    """Counts of prose. Those of several documents add up."""

    sentences: int = 0
    words: int = 0
    letters: int = 0
    long_sentences: int = 0

    @property
    def mean_sentence_length(self) -> float | None:
        """Words in a sentence, to one decimal; None where there is no sentence."""
        return round(self.words / self.sentences, 1) if self.sentences else None

    @property
    def reading_age(self) -> int | None:
        """The age in years at which a reader follows the text, by the Automated Readability Index.

        The index is a school grade of the United States, which is begun at five years more. None where there
        are too few words to tell.
        """
        if self.words < FEWEST_WORDS:
            return None
        grade = 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43
        return max(round(grade) + 5, 5)

    def plus(self, other: Readability) -> Readability:
        """The counts of both."""
        return Readability(*(one + two for one, two in zip(self, other, strict=True)))


class RuleNote(NamedTuple):
    """What a report says of a rule, whatever it found."""

    id: str
    kind: Kind
    severity: Severity
    title: str
    why: str
    advice: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one document: findings in order, or a failure, never both.

    `told` are places whose questions the text answers already: shown to those who ask, and counted nowhere.
    `glossary` is its short forms, None where nobody asked for them; `ready` how far a form is, None where
    nobody asked or the document is no form. `document` is what was read, where the report shows it.
    `threshold` is the least severity that fails this file (None: none does). `readability` is None where
    nobody asked for statistics. `set_aside` are places that may stay as they are, where somebody asked for
    those too: counted nowhere. `explained` is what is told to whoever received the document, None where
    the report is for its writer.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    words: int = 0
    threshold: Severity | None = Severity.WARNING
    readability: Readability | None = None
    told: tuple[Finding, ...] = ()
    glossary: tuple[Term, ...] | None = None
    ready: ReadyForm | None = None
    document: Document | None = None
    set_aside: tuple[Finding, ...] = ()
    explained: tuple[Explanation, ...] | None = None

    def __post_init__(self) -> None:
        if self.failure is not None and self.findings:
            raise ValueError("a file has findings or a failure, never both")

    @property
    def fails(self) -> bool:
        """True when a finding reaches the threshold."""
        return self.threshold is not None and any(one.severity >= self.threshold for one in self.findings)

    def only(self, findings: tuple[Finding, ...]) -> FileReport:
        """The same report with some of its findings."""
        return replace(self, findings=findings)


class Aside(NamedTuple):
    """What a baseline sets aside: how many old places, and how many of them are gone (None: not known)."""

    old: int
    gone: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """One run over some documents, sorted by path.

    `summary`: to be told how ready each form is. `rules` are those that found something, by id.
    `aside` is what a baseline sets aside, where there is one. `set_aside`: to be told what is set aside, too.
    `for_reader`: to be told to whoever received the documents, not to their writers.
    """

    files: tuple[FileReport, ...] = ()
    excerpts: bool = True
    statistics: bool = False
    summary: bool = False
    rules: tuple[RuleNote, ...] = ()
    aside: Aside | None = None
    set_aside: bool = False
    for_reader: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the run, in order."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def failures(self) -> tuple[FileReport, ...]:
        """The files that could not be read."""
        return tuple(file for file in self.files if file.failure is not None)
