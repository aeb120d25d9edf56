"""What a rule is, once its pack is read: frozen data that the detector follows.

Four kinds of pattern, plainest first: a table of short forms, phrases, token patterns, dependency
patterns; and two that need no words: short forms that no table knows, and long sentences. Conditions and
guards say where a match does not count. How they are found is the work of `nlp`; how they are written in
YAML, of `packs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from sos_lint.kinds import Kind, Part, Safety, Severity, Whose
from sos_lint.text import Range

ACT_OF: Final = "act-of-"  # begins the name of a cue for a kind of act


class Guard(str, Enum):
    """A reason to stay silent, named in a rule under `unless`."""

    EXPLAINED = "explained"
    QUOTED = "quoted"
    NEGATED = "negated"
    HEADING = "heading"
    TITLE = "title"
    TICK_LIST = "tick-list"
    CAPITALS = "capitals"
    INITIALS = "initials"
    REFERENCE = "reference"
    DOER_NAMED = "doer-named"
    DOER_NEAR = "doer-near"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class KnownMeaning:
    """One meaning of a short form. `near` are the words whose company makes it the likely one."""

    expansion: str
    gloss: str = ""
    near: tuple[str, ...] = ()
    retired: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A known short form, in all the ways that people write it (`CIN`, `CINs`, `C.I.N.`, `CIN/CP`).

    `written` are further spellings, in exact case. `lower` allows the small-letter form anywhere;
    `lower_with` allows it only beside one of these words ("cin plan").
    """

    short: str
    meanings: tuple[KnownMeaning, ...]
    written: tuple[str, ...] = ()
    lower: bool = False
    lower_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownShortForm:
    """Any short form of `shortest` to `longest` letters that no table and no allow-list knows."""

    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Whole words, in any case; every inflected form is written out. A hyphen and a space are alike."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenPatterns:
    """spaCy Matcher patterns. Only sentences that hold one of the `anchors` (plain substrings) are tried."""

    patterns: tuple[tuple[Mapping[str, Any], ...], ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependencyPatterns:
    """spaCy DependencyMatcher patterns; the first node of each is the place that is reported."""

    patterns: tuple[tuple[Mapping[str, Any], ...], ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence of more than so many words."""

    words: int


class Check(str, Enum):
    """What is asked of a document as a whole, named in a rule under `check`. See `structure`."""

    DANGER = "danger-statement"
    GOAL = "goal"
    NO_GOAL = "danger-without-goal"
    TOO_MANY = "too-many-dangers"
    TWO_WORRIES = "two-worries"
    DISPUTE = "dispute-not-recorded"
    SCALE = "scale"
    OUTSIDE_SCALE = "number-outside-scale"
    NO_SCALE = "no-scale"
    MISSING_COLUMN = "missing-column"
    EMPTY_COLUMN = "empty-column"
    NOTHING_WELL = "nothing-working-well"
    NO_PLAN = "plan-without-who-or-when"
    NO_EXAMPLE = "harm-without-worst"
    NOTHING_DONE = "nothing-done"
    VAGUE_PROMPT = "vague-prompt"
    WRONG_NAME = "wrong-name"

    # Of what the document says to sos-lint. See `suppress`.
    UNUSED = "unused-suppression"
    UNKNOWN = "unknown-rule"
    UNREASONED = "suppression-without-reason"
    UNCLEAR = "unclear-suppression"


OF_REMARKS = frozenset({Check.UNUSED, Check.UNKNOWN, Check.UNREASONED, Check.UNCLEAR})


@dataclass(frozen=True, slots=True)
class Structural:
    """A question about the document as a whole, asked only where one of the `anchors` stands in it."""

    check: Check
    anchors: tuple[str, ...]


Pattern = (
    ShortForm | UnknownShortForm | Phrases | TokenPatterns | DependencyPatterns | LongSentence | Structural
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Where a match counts, by its neighbours in the sentence. Each entry is a word pattern (`nlp.words`).

    `exceptions` are longer literal phrases that swallow the match ("eye contact"). `part_of_speech` is
    asked of the model: of a noun or adjective phrase the last word, of a verb phrase the first. `led_by`:
    one of these must stand directly before, and belongs to the match ("has been" of "has been moved").
    """

    exceptions: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    part_of_speech: str | None = None
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadExample:
    """A text with the words to be flagged in double brackets, and what the finding must then say."""

    text: str
    missing: tuple[Part, ...] | None = None
    expansion: str | None = None
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    """A rule's own test: flagged exactly at the brackets; silent; and not caught yet, we know."""

    bad: tuple[BadExample, ...] = ()
    good: tuple[str, ...] = ()
    known_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `id` is `<pack>/<name>`, for ever; `group` is the file it stands in, `<pack>/<file>`.

    `message` may hold `{text}`, the words found. `term` names the rule's words where the document's own
    must not be shown. `swaps` are plain words, by the folded form that they may stand in the place of.
    `not_told_by` are the kinds of acts (cues `act-of-KIND`) that tell nothing of a term: of neglect, a blow.
    `scaffold` are sentence frames for each part: the first that can be filled is taken (see `frame`).
    `optional` rules are off unless asked for, as their whole pack is.
    """

    id: str
    pack: str
    group: str
    kind: Kind
    severity: Severity
    title: str
    message: str
    why: str
    sources: tuple[str, ...]
    pattern: Pattern
    term: str
    aliases: tuple[str, ...] = ()
    conditions: Conditions = Conditions()
    unless: frozenset[Guard] = frozenset()
    ask: tuple[tuple[Part, str], ...] = ()
    alternatives: tuple[str, ...] = ()
    advice: str = ""
    swaps: tuple[tuple[str, str], ...] = ()
    swap_safety: Safety = Safety.REVIEW
    gloss: str = ""
    scaffold: tuple[tuple[Part, tuple[str, ...]], ...] = ()
    whose: Whose = Whose.ANYONE
    echo: bool = False
    not_told_by: tuple[str, ...] = ()
    examples: Examples = field(default=Examples(), compare=False)
    optional: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What it answers to, the most exact first: its id and aliases, its file, its pack, its kind."""
        return self.id, *self.aliases, self.group, self.pack, self.kind.value

    def answers_to(self, name: str) -> bool:
        """True when a selector (a rule id, alias, file, pack or kind) means this rule."""
        return name in self.names


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack says of itself. `tables` are the titles of its tables, by the `group` of their rules."""

    id: str
    title: str
    version: str
    description: str = ""
    language: str = "en-GB"
    sources: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    tables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words that guards, word patterns and unpacking go by, gathered from all packs.

    It is told apart by identity, so that what is made ready from it can be kept for all who go by it.

    `classes` are named word lists for patterns (`<month>`); `allowed` short forms are never reported as
    unknown; `cues` are word patterns by purpose (`negation`, `negation-stops`, `explanation`, …);
    `evidence` are word patterns that tell a part of what happened.
    """

    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: Mapping[Part, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One place in `Document.text` where a rule holds, before it becomes a finding.

    `meanings` are those of a short form, likeliest here first; `by_company` when the words around it speak
    for the first. `evidence` are the ranges that tell each part of a broad term or statement. Of a form,
    `lacks` names the columns that are not there, and `questions` are its own; `right` is the name that
    should stand in place of a wrong one. `severity` is that of this place, where it is not the rule's.
    """

    rule: Rule
    at: Range
    sentence: Range
    meanings: tuple[KnownMeaning, ...] = ()
    by_company: bool = False
    evidence: tuple[tuple[Part, tuple[Range, ...]], ...] = ()
    right: str = ""
    lacks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    severity: Severity | None = None
