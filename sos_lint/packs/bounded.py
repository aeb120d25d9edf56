"""How many ways a pattern of a pack may be tried on a sentence: what has too many is refused.

A pattern is tried on whatever a document holds, and a pack may be anybody's. What is counted here is a bound:
of an expression the ways in which it may fit from one place on (backtracking tries no more), of token and
dependency patterns the partial matches that spaCy keeps. Sentences are never longer than 1,500 characters.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sos_lint.words import WordPattern

if sys.version_info >= (3, 11):
    from re import _parser as expressions  # type: ignore[attr-defined]
else:
    import sre_parse as expressions

MOST_WAYS = 10_000  # of an expression, which is tried on one word
LONGEST_WORD = 100  # characters: on longer words no expression is tried
MOST_MATCHES = 100  # of a token pattern, from one word on
MOST_CHOICES = 5_000  # of a word pattern that asks for grammar
_OPEN = 50  # for how many words "*" counts
_TIMES = re.compile(r"\{(\d*)(?:(,)(\d*))?\}\Z")

MOST_NODES = 8
MOST_FAR = 3
_FAR = {"<<": 1, ">": 1, "$++": 1, "$--": 1, ">+": 1, ">-": 1, ">++": 1, ">--": 1, "<++": 1, "<--": 1}
_FARTHEST = {">>": 2, ".*": 2, ";*": 2}  # all of one side of a sentence

_PLAIN = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "CATEGORY", "RANGE", "GROUPREF", "FAILURE"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_AHEAD = frozenset({"ASSERT", "ASSERT_NOT"})


def expression_ways(written: str) -> int:
    """In how many ways an expression may fit from one place of a word on; raises re.error for none."""
    return _ways(expressions.parse(written))


def expression_within(written: str) -> str:
    """The same expression, which fits no word that is too long."""
    return rf"\A(?=(?s:.){{0,{LONGEST_WORD}}}\Z)(?s:.*?)(?:{written})"


def token_matches(tokens: Iterable[str | None]) -> int:
    """How many partial matches a pattern may have from one word on, by how often each token may stand."""
    product = 1
    for times in tokens:
        product *= _times(times or "")
    return product


def distance(relations: Iterable[str | None]) -> int:
    """How far the nodes of a tree may stand from each other; 1 for many places, 2 for all."""
    return sum(_FAR.get(one or "", 0) + _FARTHEST.get(one or "", 0) for one in relations)


def word_choices(pattern: WordPattern, classes: Mapping[str, Sequence[str]]) -> int:
    """How many patterns of tokens a word pattern is that asks for grammar: each choice with each other."""
    product = 1
    for item in pattern.items:
        words = sum(len(classes.get(name, ())) for name in item.classes)
        product *= max(1, words + sum(map(len, (item.literals, item.starts))) + len(item.parts_of_speech[:1]))
        product *= 1 + item.optional
    return product


def _ways(parsed: Iterable[tuple[Any, Any]]) -> int:
    product = 1
    for operation, argument in parsed:
        product = _capped(product * _ways_of(str(operation), argument))
    return product


def _ways_of(operation: str, argument: Any) -> int:
    if operation in _PLAIN:
        return 1
    if operation in _REPEATS:
        least, most, inner = argument
        inside = _ways(inner)
        return _capped(sum(inside**count for count in range(int(least), min(int(most), LONGEST_WORD) + 1)))
    if operation in _AHEAD:
        return _ways(argument[1])
    if operation == "BRANCH":
        return _capped(sum(map(_ways, argument[1])))
    if operation == "SUBPATTERN":
        return _ways(argument[-1])
    if operation == "ATOMIC_GROUP":
        return _ways(argument)
    return MOST_WAYS + 1  # of what else Python may know, nobody knows how long it takes


def _capped(ways: int) -> int:
    return min(ways, MOST_WAYS + 1)


_SIGNS: Mapping[str, int] = {"": 1, "!": 1, "?": 2, "*": _OPEN, "+": _OPEN}


def _times(written: str) -> int:
    given = _TIMES.match(written)
    if given is None:
        return _SIGNS[written]
    least = int(given[1] or 0)
    if not given[2]:
        return max(1, least)  # spaCy makes so many tokens of it
    most = int(given[3]) if given[3] else least + _OPEN
    return max(1, most - least + 1) * max(1, least)
