"""Documents for the tests of statements and scales: read with the shipped packs, letter by letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sos_lint.kinds import Part
from sos_lint.lint import shared_linter
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Cues, Surroundings, cues_of
from sos_lint.readers import read_bytes
from sos_lint.structure.scaling import Scale, scales_in
from sos_lint.structure.statements import Statement, statements_in
from sos_lint.text import Range

# A letter for each part, in the order of the parts.
LETTERS: Mapping[str, Mapping[Part, str]] = {
    "danger": {
        Part.WHO_IS_WORRIED: "w",
        Part.BEHAVIOUR: "b",
        Part.IMPACT_ON_CHILD: "i",
        Part.IF_NOTHING_CHANGES: "n",
    },
    "goal": {
        Part.WHAT_WILL_BE_DIFFERENT: "d",
        Part.WHO: "w",
        Part.HOW_LONG: "l",
        Part.HOW_KNOWN: "k",
    },
    "scale": {
        Part.ZERO_DEFINED: "z",
        Part.TEN_DEFINED: "t",
        Part.NUMBER_GIVEN: "n",
        Part.REASON_GIVEN: "r",
    },
}


def cues() -> Cues:
    """The words of the shipped packs."""
    return cues_of(shared_linter().catalogue.lexicon)


def around(text: str | bytes, name: str = "draft.md") -> Surroundings:
    """A draft, ready to be looked at."""
    document = read_bytes(text if isinstance(text, bytes) else text.encode(), name)
    abbreviations = cues().lexicon.classes.get("abbreviation", ())
    return Surroundings(document, Sentences(abbreviations))


def found_in(text: str | bytes, name: str = "draft.md") -> list[Statement | Scale]:
    """The statements, goals and scales of a draft, in order."""
    draft = around(text, name)
    found = [*statements_in(draft, cues()), *scales_in(draft, cues())]
    return sorted(found, key=lambda one: one.at.start)


def kind_of(one: Statement | Scale) -> str:
    return one.what.value if isinstance(one, Statement) else "scale"


def told_in(one: Statement | Scale) -> str:
    """The letters of the parts that are told."""
    return "".join(letter for part, letter in LETTERS[kind_of(one)].items() if one.told[part])


def summary(text: str | bytes, name: str = "draft.md") -> list[str]:
    """What is found, and what is told of each: "danger wb"."""
    return [f"{kind_of(one)} {told_in(one)}".strip() for one in found_in(text, name)]


def words_of(ranges: Sequence[Range], draft: Surroundings) -> list[str]:
    return [at.of(draft.text) for at in ranges]
