"""What a document must hold before its form and its names are looked for, whoever described them.

A rule that asks of the document as a whole names its own anchors, which are enough for the forms and services
of its own pack. A council's form or service has other words; without them its documents would pass unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sos_lint.fold import fold
from sos_lint.forms import FormDescription
from sos_lint.rule import Check, Rule, Structural
from sos_lint.services import Service
from sos_lint.words import Item, parse

_OF_FORMS = frozenset(
    {
        Check.MISSING_COLUMN,
        Check.EMPTY_COLUMN,
        Check.NOTHING_WELL,
        Check.NO_PLAN,
        Check.NO_EXAMPLE,
        Check.NOTHING_DONE,
        Check.VAGUE_PROMPT,
    }
)
_OF_NAMES = frozenset(
    {
        Check.WRONG_NAME,
        Check.DANGER,
        Check.GOAL,
        Check.NO_GOAL,
        Check.TWO_WORRIES,
        Check.DISPUTE,
        Check.TOO_MANY,
    }
)
SHIPPED_NAMES = "names"  # the pack of the services that the rules' own anchors are written for
_SAY_LITTLE = frozenset(
    ["what", "what's", "which", "where", "when", "with", "this", "that", "have", "does", "from", "about"]
)


def anchored(
    rules: Iterable[Rule], forms: Sequence[FormDescription], services: Sequence[Service]
) -> list[Rule]:
    """The rules; those about forms and names with the words that others' forms and services go by."""
    return [_anchored(rule, forms, services) for rule in rules]


def _anchored(rule: Rule, forms: Sequence[FormDescription], services: Sequence[Service]) -> Rule:
    match rule.pattern:
        case Structural(check, own) if check in _OF_NAMES:
            wanted = _names([one for one in services if one.pack != SHIPPED_NAMES])
        case Structural(check, own) if check in _OF_FORMS:
            wanted = _labels([one for one in forms if one.pack != rule.pack])
        case _:
            return rule
    held = [fold(anchor) for anchor in own]
    added = [word for word in dict.fromkeys(wanted) if not any(anchor in word for anchor in held)]
    return replace(rule, pattern=Structural(check, (*own, *added))) if added else rule


def _names(services: Iterable[Service]) -> Iterator[str]:
    return (fold(name) for one in services for _, names in one.names for name in names)


def _labels(forms: Iterable[FormDescription]) -> Iterator[str]:
    for form in forms:
        for section in form.sections:
            boxes = [written for box in section.boxes for written in (*box.called, *box.also)]
            for written in (*section.called, *section.also, *boxes):
                yield from map(fold, _telling(written))


def _telling(written: str) -> tuple[str, ...]:
    """The words of which one stands wherever a word pattern fits: those of the item that says most."""
    fixed = [words for item in parse(written).items if (words := _fixed(item))]
    return max(fixed, key=_weight, default=())


def _fixed(item: Item) -> tuple[str, ...]:
    if item.optional or item.gap or item.anything or item.classes or item.parts_of_speech:
        return ()
    return (*item.literals, *item.starts)


def _weight(words: tuple[str, ...]) -> int:
    """How rare they may be in prose: the length of the shortest."""
    return min(0 if word in _SAY_LITTLE else len(word) for word in words)
