"""The catalogue as Markdown pages, for people who decide on the rules: one for each pack, and one on all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sos_lint.kinds import Severity
from sos_lint.reporters.markdown import code, escaped, table
from sos_lint.reporters.names import counted
from sos_lint.reporters.silence import conditions_of
from sos_lint.reporters.to_pages.page import SEVERITIES, Page
from sos_lint.rule import Lexicon, Pack, Rule

INDEX, LISTS = "README.md", "word-lists.md"
MADE = "<!-- Made by `sos-lint rules pages`, from the packs: change those, not this page. -->"
_CLASS = re.compile(r"<([a-z0-9-]+)>")


def pages_of(rules: Iterable[Rule], packs: Iterable[Pack], lexicon: Lexicon) -> dict[str, str]:
    """The pages by file name, in Markdown; the same catalogue always gives the same pages."""
    members: dict[str, list[Rule]] = {}
    for rule in rules:
        members.setdefault(rule.pack, []).append(rule)
    described: dict[str, Pack] = {}
    tables: dict[str, str] = {}
    for pack in packs:
        described.setdefault(pack.id, pack)  # a later pack of the same id only puts in other rules
        tables.update(pack.tables)
    shown = [(pack, members[name]) for name, pack in described.items() if name in members]
    pages = {INDEX: _index(shown)}
    for pack, its_rules in shown:
        pages[f"{pack.id}.md"] = _text(Page(pack, its_rules, tables).lines())
    if lists := _word_lists([rule for _, its_rules in shown for rule in its_rules], lexicon):
        pages[LISTS] = _text(lists)
    return pages


def _text(lines: Sequence[str]) -> str:
    return "\n".join((MADE, "", *lines)) + "\n"


def _index(shown: Sequence[tuple[Pack, Sequence[Rule]]]) -> str:
    total = counted(sum(len(rules) for _, rules in shown), "rule", "rules")
    lines = ["# What sos-lint looks at", "", f"{total}, in {counted(len(shown), 'pack', 'packs')}."]
    for pack, rules in shown:
        asked = " It is off unless asked for." if pack.optional else ""
        lines += [
            "",
            f"## [{escaped(pack.title)}]({pack.id}.md)",
            "",
            f"{escaped(pack.description)} {counted(len(rules), 'rule', 'rules')}.{asked}".strip(),
        ]
    lines += ["", "## How to read the pages", "", *_severities(), "", _HOW_TO_READ]
    return _text(lines)


def _severities() -> list[str]:
    rows = [[severity.label, SEVERITIES[severity]] for severity in sorted(Severity, reverse=True)]
    return table(["grade", "what it asks of the writer"], rows)


_HOW_TO_READ = """\
Words in **bold** in an example are those that are pointed out; ↵ stands for the end of a line. Numbers in
square brackets are the sources at the foot of the page. Every example is tried whenever the rules change, by
`sos-lint rules test`.

Some rules also go by the words around a term. In what is said of those, `a|b` is either of two words,
`word?` a word that may be missing, `neglect*` any word that begins so, `...` up to five words, `_` any one
word, a word in capitals such as `VERB` a part of speech, and `<month>` any word of a [list](word-lists.md).

To see one rule: `sos-lint rules explain neglect`, with its name or any of its words. How to turn a rule, a
table or a pack off or give it another grade stands under “Settings” in the README of sos-lint; how to add or
replace rules, in its guide `docs/your-own-pack.md`."""


def _word_lists(rules: Iterable[Rule], lexicon: Lexicon) -> list[str]:
    """The named lists that the rules go by, also through another list."""
    named = {name for rule in rules for pattern in conditions_of(rule) for name in _CLASS.findall(pattern)}
    while (
        more := {
            name
            for known in named
            for word in lexicon.classes.get(known, ())
            for name in _CLASS.findall(word)
        }
        - named
    ):
        named |= more
    told = sorted(name for name in named if name in lexicon.classes)
    if not told:
        return []
    lines = ["# Lists of words that rules go by", "", f"[All packs]({INDEX})"]
    for name in told:
        words = ", ".join(escaped(word) for word in sorted(lexicon.classes[name]))
        lines += ["", f"## {code(f'<{name}>')}", "", words]
    return lines
