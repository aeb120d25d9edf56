"""The closed lists that every finding, rule and report speaks in."""

from __future__ import annotations

from enum import Enum, IntEnum


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
    REMARK = "remark"


class Part(str, Enum):
    """What a text may leave open. The first four make a broad term clear to a family."""

    BEHAVIOUR = "behaviour"
    FREQUENCY = "frequency"
    WORST = "worst"
    IMPACT = "impact"

    # Of a danger statement, with `behaviour`.
    WHO_IS_WORRIED = "who_is_worried"
    IMPACT_ON_CHILD = "impact_on_child"
    IF_NOTHING_CHANGES = "if_nothing_changes"

    # Of a goal.
    WHAT_WILL_BE_DIFFERENT = "what_will_be_different"
    WHO = "who"
    HOW_LONG = "how_long"
    HOW_KNOWN = "how_known"

    # Of a scaling question.
    ZERO_DEFINED = "zero_defined"
    TEN_DEFINED = "ten_defined"
    NUMBER_GIVEN = "number_given"
    REASON_GIVEN = "reason_given"


UNPACKING = (Part.BEHAVIOUR, Part.FREQUENCY, Part.WORST, Part.IMPACT)  # what makes a broad term clear


class Safety(IntEnum):
    """How far an edit may be trusted, in order: only shown; made on review; made by itself."""

    SHOW = 1
    REVIEW = 2
    SAFE = 3


class Whose(str, Enum):
    """Whose acts a broad term is about: then what the others do does not tell what was done.

    COUPLE: of grown-ups to each other, so that a hurt is theirs where it does not say whose.
    """

    ADULT = "adult"
    COUPLE = "couple"
    CHILD = "child"
    ANYONE = "anyone"
