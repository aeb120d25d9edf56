"""When a rule passes words that it would find, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sos_lint.reporters.markdown import code, escaped
from sos_lint.rule import Conditions, Guard, Rule

GUARDS = {
    Guard.EXPLAINED: "explained in the document",
    Guard.QUOTED: "quoted as someone’s own words",
    Guard.NEGATED: "denied (“no sign of …”)",
    Guard.HEADING: "in a heading or the label of a form",
    Guard.TITLE: "part of a name (“the … Act 2021”)",
    Guard.TICK_LIST: "beside a tick box",
    Guard.CAPITALS: "in a line of capitals",
    Guard.INITIALS: "a person’s initials",
    Guard.REFERENCE: "part of a number, a code or a postcode",
    Guard.DOER_NAMED: "in a sentence that names who did it",
    Guard.DOER_NEAR: "after a sentence that names who did it",
    Guard.GENERAL: "in general text, about no particular family",
}
NEIGHBOURS = {
    "led_by": "counts only after, and takes in",
    "part_of_speech": "counts only as",
    "only_before": "counts only directly before",
    "only_after": "counts only directly after",
    "only_near": "counts only in a sentence with",
    "not_before": "passes directly before",
    "not_after": "passes directly after",
    "not_near": "passes in a sentence with",
}


def conditions_of(rule: Rule) -> Iterator[str]:
    """Every word pattern that the rule goes by."""
    for field in fields(Conditions):
        value = getattr(rule.conditions, field.name)
        if field.name in NEIGHBOURS and value:
            yield from (value,) if isinstance(value, str) else value


def silence(unless: frozenset[Guard], conditions: Conditions) -> Iterator[str]:
    """Paragraphs of Markdown on the guards of a rule, and on the words around it."""
    if unless:
        yield "**Silent where it is:** " + "; ".join(
            words for guard, words in GUARDS.items() if guard in unless
        )
    if conditions.exceptions:
        yield "**Silent in:** " + escaped(", ".join(conditions.exceptions))
    around = [
        f"- {label}: " + "; ".join(code(item) for item in ((value,) if isinstance(value, str) else value))
        for name, label in NEIGHBOURS.items()
        if (value := getattr(conditions, name))
    ]
    if around:
        yield (
            "<details><summary>The words around it count too</summary>\n\n"
            + "\n".join(around)
            + "\n\n</details>"
        )
