"""The shape of spaCy patterns in YAML, so that a slip in one is a fault of its line and not of a run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sos_lint.packs.bounded import (
    MOST_FAR,
    MOST_MATCHES,
    MOST_NODES,
    MOST_WAYS,
    distance,
    expression_ways,
    expression_within,
    token_matches,
)


def _compiles(written: str) -> str:
    """The expression, if it is one that cannot take for ever; `build` bounds the words it is tried on."""
    try:
        re.compile(written)
        ways = expression_ways(written)
        re.compile(expression_within(written))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"“{written}” is no regular expression: {error}") from error
    if ways > MOST_WAYS:
        raise ValueError(f"“{written}” could take for ever: it repeats too much, or what repeats already")
    return written


Expression = Annotated[str, AfterValidator(_compiles)]
Times = Annotated[str, StringConstraints(pattern=r"^([!?+*]|\{\d+(,\d*)?\}|\{,\d+\})$")]
Relation = Literal[
    "<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--",
    ">+", ">-", ">++", ">--", "<+", "<-", "<++", "<--",
]  # fmt: skip


class AsWritten(BaseModel):
    """Unknown keys are faults; keys are written as spaCy has them."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class WordTest(AsWritten):
    """A test of a word: one of these, none of these, or an expression."""

    IN: list[str] | None = None
    NOT_IN: list[str] | None = None
    REGEX: Expression | None = None
    FUZZY: str | None = None


class NumberTest(AsWritten):
    """A test of a number."""

    equal: int | None = Field(default=None, alias="==")
    unequal: int | None = Field(default=None, alias="!=")
    least: int | None = Field(default=None, alias=">=")
    most: int | None = Field(default=None, alias="<=")
    above: int | None = Field(default=None, alias=">")
    below: int | None = Field(default=None, alias="<")


class FeatureTest(AsWritten):
    """A test of a word's grammatical features ("Tense=Past")."""

    IS_SUBSET: list[str] | None = None
    IS_SUPERSET: list[str] | None = None
    INTERSECTS: list[str] | None = None


class Token(AsWritten):
    """One token of a spaCy Matcher pattern. POS, TAG, DEP, LEMMA and MORPH ask the language model."""

    ORTH: WordTest | str | None = None
    TEXT: WordTest | str | None = None
    NORM: WordTest | str | None = None
    LOWER: WordTest | str | None = None
    SHAPE: WordTest | str | None = None
    POS: WordTest | str | None = None
    TAG: WordTest | str | None = None
    DEP: WordTest | str | None = None
    LEMMA: WordTest | str | None = None
    MORPH: FeatureTest | str | None = None
    LENGTH: NumberTest | int | None = None
    IS_ALPHA: bool | None = None
    IS_ASCII: bool | None = None
    IS_DIGIT: bool | None = None
    IS_LOWER: bool | None = None
    IS_UPPER: bool | None = None
    IS_TITLE: bool | None = None
    IS_PUNCT: bool | None = None
    IS_SPACE: bool | None = None
    IS_STOP: bool | None = None
    LIKE_NUM: bool | None = None
    LIKE_URL: bool | None = None
    LIKE_EMAIL: bool | None = None
    SPACY: bool | None = None
    OP: Times | None = None


class Node(AsWritten):
    """One node of a spaCy DependencyMatcher pattern, and how it hangs on a node before it."""

    RIGHT_ID: str
    RIGHT_ATTRS: Token
    LEFT_ID: str | None = None
    REL_OP: Relation | None = None


def _hangs_together(nodes: Sequence[Node]) -> Sequence[Node]:
    known: set[str] = set()
    for number, node in enumerate(nodes):
        if node.RIGHT_ID in known:
            raise ValueError(f"two nodes are called “{node.RIGHT_ID}”")
        if number and (node.REL_OP is None or node.LEFT_ID not in known):
            raise ValueError(f"“{node.RIGHT_ID}” needs a REL_OP, and the LEFT_ID of a node before it")
        if not number and (node.REL_OP is not None or node.LEFT_ID is not None):
            raise ValueError(f"“{node.RIGHT_ID}” is the first node: it hangs on no other")
        known.add(node.RIGHT_ID)
    if len(nodes) > MOST_NODES or distance(node.REL_OP for node in nodes) > MOST_FAR:
        raise ValueError("this tree could take for ever: it has too many nodes, or too many far apart")
    return nodes


def _comes_to_an_end(tokens: Sequence[Token]) -> Sequence[Token]:
    if token_matches(token.OP for token in tokens) > MOST_MATCHES:
        raise ValueError("this pattern could take for ever: too many of its tokens may stand several times")
    return tokens


TokenPattern = Annotated[
    list[Token], Field(min_length=1, max_length=MOST_MATCHES), AfterValidator(_comes_to_an_end)
]
Tree = Annotated[list[Node], Field(min_length=1), AfterValidator(_hangs_together)]
