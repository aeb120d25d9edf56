"""The rules themselves, for people: the list, and one rule's page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sos_lint.rule import Pack, Phrases, Rule, ShortForm

if TYPE_CHECKING:
    from rich.console import Console

MOST_EXAMPLES = 6  # of each sort on a rule's page


def listing_json(rules: Iterable[Rule]) -> str:
    """The rules as JSON, in order."""
    return json.dumps({"schema": 1, "rules": [_plain(rule) for rule in rules]}, ensure_ascii=False, indent=2)


def listing(rules: Sequence[Rule], packs: Iterable[Pack], console: Console) -> None:
    """The rules as a table for each pack."""
    from rich.table import Table
    from rich.text import Text

    for pack in packs:
        members = [rule for rule in rules if rule.pack == pack.id]
        if not members:
            continue
        console.print(Text(f"{pack.title} ({len(members)})", style="bold"))
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for rule in members:
            table.add_row(Text(rule.id), Text(rule.severity.label, style="dim"), Text(_short_title(rule)))
        console.print(table)
        console.print()


def page(rule: Rule, console: Console) -> None:
    """A rule's page: why, what it asks, plainer words, sources and examples."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(
        Text.assemble((rule.id, "bold"), "  ", (f"{rule.kind.value}, {rule.severity.label}", "dim"))
    )
    for line in _lines(rule):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()


def _lines(rule: Rule) -> Iterator[str]:
    yield rule.message.replace("{text}", rule.term)
    yield f"Why: {rule.why}"
    if isinstance(rule.pattern, Phrases):
        yield f"Finds: {', '.join(rule.pattern.forms)}"
    if isinstance(rule.pattern, ShortForm):
        for meaning in rule.pattern.meanings:
            gloss = f": {meaning.gloss}" if meaning.gloss else ""
            yield f"Means: {meaning.expansion}{' (no longer used)' if meaning.retired else ''}{gloss}"
    for part, question in rule.ask:
        yield f"Asks ({part.value}): {question}"
    if rule.alternatives:
        yield f"Plainer: {'; '.join(rule.alternatives)}"
    yield from (line for line in (rule.advice, rule.gloss) if line)
    if rule.unless:
        yield f"Silent where it is: {', '.join(sorted(guard.value for guard in rule.unless))}"
    yield f"Source: {'; '.join(rule.sources)}"
    for label, examples in (
        ("Flagged", [bad.text for bad in rule.examples.bad]),
        ("Passes", rule.examples.good),
    ):
        for example in examples[:MOST_EXAMPLES]:
            yield f"{label}: {example}"


def _short_title(rule: Rule) -> str:
    if isinstance(rule.pattern, ShortForm):
        return "; ".join(meaning.expansion for meaning in rule.pattern.meanings)
    return rule.title


def _plain(rule: Rule) -> dict[str, Any]:
    meanings = rule.pattern.meanings if isinstance(rule.pattern, ShortForm) else ()
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "severity": rule.severity.label,
        "title": rule.title,
        "why": rule.why,
        "sources": list(rule.sources),
        "finds": list(rule.pattern.forms) if isinstance(rule.pattern, Phrases) else [rule.term],
        "meanings": [{"is": meaning.expansion, "gloss": meaning.gloss} for meaning in meanings],
        "ask": {part.value: question for part, question in rule.ask},
        "alternatives": list(rule.alternatives),
        "advice": rule.advice,
        "gloss": rule.gloss,
        "aliases": list(rule.aliases),
    }
