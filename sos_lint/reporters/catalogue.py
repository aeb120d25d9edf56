"""The rules themselves, for people: the list, and one rule's page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from sos_lint.reporters import holds_unicode
from sos_lint.rule import Pack, Phrases, Rule, ShortForm

MOST_EXAMPLES = 6  # of each sort on a rule's page


def listing_json(rules: Iterable[Rule], stream: TextIO) -> None:
    """The rules as JSON, in order."""
    record = {"schema": 1, "rules": [_plain(rule) for rule in rules]}
    stream.write(json.dumps(record, ensure_ascii=not holds_unicode(stream), indent=2) + "\n")


def listing(rules: Sequence[Rule], packs: Iterable[Pack], stream: TextIO) -> None:
    """The rules by pack: on a terminal in columns, elsewhere each on one line that can be searched."""
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.page import Page
    from sos_lint.reporters.to_terminal.styled import joined

    page = Page(console_on(stream))
    described: dict[str, Pack] = {}
    for pack in packs:
        described.setdefault(pack.id, pack)  # a later pack of the same id only puts in other rules
    for pack in described.values():
        members = [rule for rule in rules if rule.pack == pack.id]
        if not members:
            continue
        off = f", off unless asked for: --with {pack.id}" if pack.optional else ""
        page.put(page.text(f"{pack.title} ({len(members):,}{off})", "bold"))
        widest = max(len(rule.id) for rule in members)
        for rule in members:
            name = page.text(f"  {rule.id:{widest}}  ")
            severity = page.text(f"{rule.severity.label:10}  ", "dim")
            if page.is_terminal:
                page.write(page.prose(_short_title(rule)), lead=joined((name, severity)), indent=0)
            else:
                page.put(name, severity, page.prose(_short_title(rule)))
        page.put()


def pages(rules: Iterable[Rule], stream: TextIO) -> None:
    """Each rule's page: why, what it asks, plainer words, sources and examples."""
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.page import Page

    page = Page(console_on(stream))
    for rule in rules:
        page.put(page.text(rule.id, "bold"), page.text(f"  {rule.kind.value}, {rule.severity.label}", "dim"))
        for label, words in _lines(rule):
            lead = page.text(f"{label}: " if label else "")
            if label == "Source":  # an address is never cut
                page.put(page.text("  "), lead, page.prose(words))
            else:
                page.write(page.prose(words), lead=lead)
        page.put()


def _lines(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "", rule.message.replace("{text}", rule.term)
    if rule.optional:
        yield "Off unless asked for", f"--with {rule.pack}, or --profile strict"
    yield "Why", rule.why
    if isinstance(rule.pattern, Phrases):
        yield "Finds", ", ".join(rule.pattern.forms)
    if isinstance(rule.pattern, ShortForm):
        for meaning in rule.pattern.meanings:
            gloss = f" – {meaning.gloss}" if meaning.gloss else ""
            yield "Means", f"{meaning.expansion}{' (no longer used)' if meaning.retired else ''}{gloss}"
    for part, question in rule.ask:
        yield f"Asks ({part.value})", question
    if rule.alternatives:
        yield "Plainer", " / ".join(rule.alternatives)
    yield from (("", line) for line in (rule.advice, rule.gloss) if line)
    if rule.unless:
        yield "Silent where it is", ", ".join(sorted(guard.value for guard in rule.unless))
    yield from (("Source", source) for source in rule.sources)
    yield from (("Flagged", bad.text) for bad in rule.examples.bad[:MOST_EXAMPLES])
    yield from (("Passes", good) for good in rule.examples.good[:MOST_EXAMPLES])


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
        "optional": rule.optional,
    }
