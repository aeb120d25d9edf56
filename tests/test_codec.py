"""Rules to plain data and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from sos_lint.codec import build, plain
from sos_lint.kinds import Kind, Part, Severity
from sos_lint.rule import (
    BadExample,
    Conditions,
    DependencyPatterns,
    Examples,
    Guard,
    KnownMeaning,
    Lexicon,
    Pack,
    Pattern,
    Phrases,
    Rule,
    ShortForm,
    TokenPatterns,
    UnknownShortForm,
)

PATTERNS: dict[str, Pattern] = {
    "phrases": Phrases(("pen", "pens")),
    "a short form": ShortForm(
        "AB",
        (KnownMeaning("a b"), KnownMeaning("c d", "gloss", ("near",), True, ("A guide",))),
        ("ABx",),
        True,
        ("plan",),
    ),
    "an unknown short form": UnknownShortForm(2, 6),
    "tokens": TokenPatterns((({"LOWER": {"IN": ["a"]}, "OP": "?"}, {"IS_ALPHA": True}),), ("a",)),
    "dependencies": DependencyPatterns((({"RIGHT_ID": "a", "RIGHT_ATTRS": {"POS": "NOUN"}},),), ("a",)),
}


def rule(pattern: Pattern, **changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "id": "small/pen",
        "pack": "small",
        "group": "small/pens",
        "kind": Kind.BROAD_TERM,
        "severity": Severity.ERROR,
        "title": "Pen",
        "message": "“{text}”?",
        "why": "So.",
        "sources": ("A guide",),
        "term": "pen",
    }
    return Rule(**{**fields, "pattern": pattern, **changes})


FULL = {
    "aliases": ("old/pen",),
    "conditions": Conditions(
        **{one.name: "noun" if one.name == "part_of_speech" else (one.name,) for one in fields(Conditions)}
    ),
    "unless": frozenset({Guard.QUOTED, Guard.TICK_LIST}),
    "ask": ((Part.WORST, "Which?"), (Part.BEHAVIOUR, "What?")),
    "alternatives": ("biro",),
    "advice": "Say so.",
    "gloss": "A thing.",
    "scaffold": ((Part.WORST, ("{active}.", "[who]")),),
    "examples": Examples((BadExample("[[pen]]", (Part.WORST,), "a b"),), ("x",), ("y",)),
}


@pytest.mark.parametrize("changes", [{}, FULL], ids=["bare", "full"])
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_rule_comes_back_as_it_was(pattern: Pattern, changes: dict[str, Any]) -> None:
    before = rule(pattern, **changes)
    after = build(Rule, json.loads(json.dumps(plain(before))))
    assert after == before
    assert after.examples == before.examples
    assert type(after.pattern) is type(pattern)


OTHERS: dict[str, Any] = {
    "an empty lexicon": Lexicon(),
    "a lexicon": Lexicon({"month": ("may",)}, frozenset({"UK", "TV"}), {"no": ("no",)}, {Part.WORST: ("x",)}),
    "a pack": Pack("small", "Small", "1", "For tests.", "en-GB", (("guide", "A guide"),)),
}  # fmt: skip


@pytest.mark.parametrize("before", OTHERS.values(), ids=OTHERS)
def test_other_types_come_back_as_they_were(before: Any) -> None:
    data = json.loads(json.dumps(plain(before)))
    after = build(type(before), data)
    assert plain(after) == plain(before)
    assert [type(getattr(after, one.name)) for one in fields(after)] == [
        type(getattr(before, one.name)) for one in fields(before)
    ]


def test_the_same_value_is_always_the_same_data() -> None:
    """Sets have no order of their own; the store's file must not depend on one."""
    guards = list(Guard)
    one = rule(PATTERNS["phrases"], unless=frozenset(guards))
    other = rule(PATTERNS["phrases"], unless=frozenset(reversed(guards)))
    assert json.dumps(plain(one)) == json.dumps(plain(other))


def test_defaults_are_left_out() -> None:
    assert plain(rule(Phrases(("a",)))).keys() == {
        "id", "pack", "group", "kind", "severity", "title", "message", "why", "sources", "pattern", "term",
        "examples",
    }  # fmt: skip


BAD = {
    "an unknown field": {**plain(rule(Phrases(("a",)))), "colour": "red"},
    "a missing field": {"id": "small/pen"},
    "an unknown kind": {**plain(rule(Phrases(("a",)))), "kind": "jargn"},
    "a pattern without a name": {**plain(rule(Phrases(("a",)))), "pattern": {"forms": []}},
    "a pattern of no known name": {**plain(rule(Phrases(("a",)))), "pattern": {"": "Phrase", "forms": []}},
    "no mapping": ["a"],
    "nothing": None,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_anything_else_is_refused(data: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        build(Rule, data)
