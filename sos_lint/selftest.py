"""Tries the examples that rules carry: what must be flagged, what must pass, and that each guard is needed.

A pack tests itself with this, whoever wrote it. It lints through `Linter`, like everybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from sos_lint.catalogue import Catalogue
from sos_lint.finding import Finding
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rewrite.apply import applied
from sos_lint.rule import BadExample, Conditions, Guard, Rule
from sos_lint.settings import Settings
from sos_lint.text import Range

EXAMPLE = "example.md"

_BRACKETS = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """An example that does not hold, and why."""

    rule: str
    example: str
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of some rules' examples."""

    rules: int
    examples: int
    faults: tuple[Fault, ...]


def unmarked(marked: str) -> tuple[str, tuple[Range, ...]]:
    """An example's text without its double brackets, and the ranges that stood in them."""
    text, places, end = "", [], 0
    for match in _BRACKETS.finditer(marked):
        text += marked[end : match.start()]
        places.append(Range(len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        end = match.end()
    return text + marked[end:], tuple(places)


def try_rules(catalogue: Catalogue, names: Sequence[str] = ()) -> Trial:
    """Try the examples of the rules that the selectors mean, or of all."""
    chosen = [rule for rule in catalogue if not names or any(rule.answers_to(name) for name in names)]
    linter = Linter(catalogue)
    faults = [fault for rule in chosen for fault in _faults(rule, linter)]
    faults += _unneeded(chosen, catalogue)
    count = sum(len(r.examples.bad) + len(r.examples.good) + len(r.examples.known_misses) for r in chosen)
    return Trial(len(chosen), count, tuple(faults))


def _faults(rule: Rule, linter: Linter) -> Iterator[Fault]:
    for bad in rule.examples.bad:
        yield from (Fault(rule.id, bad.text, why) for why in _bad_faults(rule, bad, linter))
        if bad.fixed is not None:
            yield from (Fault(rule.id, bad.text, why) for why in _fix_faults(rule, bad, linter))
    if rule.swaps and not any(bad.fixed for bad in rule.examples.bad):
        yield Fault(rule.id, "", "has a `swap` and no example of it: say what the text becomes (`fixed`)")
    for good in rule.examples.good:
        for finding in _found(rule, good, linter):
            yield Fault(rule.id, good, f"flags “{finding.text}”, and should pass")
    for miss in rule.examples.known_misses:
        if _found(rule, miss, linter):
            yield Fault(rule.id, miss, "is a known miss that is caught now: move it to `bad`")


def _bad_faults(rule: Rule, bad: BadExample, linter: Linter) -> Iterator[str]:
    text, places = unmarked(bad.text)
    if not places:
        yield "marks no words with [[double brackets]]"
        return
    findings = _found(rule, text, linter)
    wanted = {at: at.of(text) for at in places}
    found = {Range(f.start.offset, f.end.offset): f for f in findings}
    for at in sorted(wanted.keys() - found.keys(), key=_order):
        yield f"does not flag “{wanted[at]}”"
    for at in sorted(found.keys() - wanted.keys(), key=_order):
        yield f"flags “{found[at].text}” too"
    for finding in findings:
        if bad.missing is not None and set(finding.missing) != set(bad.missing):
            asked = ", ".join(part.value for part in finding.missing) or "nothing"
            yield f"asks for {asked}, not {', '.join(part.value for part in bad.missing) or 'nothing'}"
        if bad.expansion is not None and [m.expansion for m in finding.meanings[:1]] != [bad.expansion]:
            yield f"takes it for “{finding.meanings[0].expansion if finding.meanings else ''}” first"


def _fix_faults(rule: Rule, bad: BadExample, linter: Linter) -> Iterator[str]:
    """What is wrong with the text after the rule's edits."""
    data = unmarked(bad.text)[0].encode()
    edits = [edit for finding in _found(rule, data.decode(), linter) for edit in finding.edits]
    fixed = applied(data, read_bytes(data, EXAMPLE), edits).decode()
    if fixed != bad.fixed:
        yield f"becomes “{fixed}”, not “{bad.fixed}”"
    for finding in _found(rule, fixed, linter):
        yield f"still flags “{finding.text}” in “{fixed}”"


def _order(at: Range) -> tuple[int, int]:
    return at.start, at.end


def _found(rule: Rule, text: str, linter: Linter) -> list[Finding]:
    on = Settings(also=(rule.id,))
    findings = linter.lint(read_bytes(text.encode(), EXAMPLE), on)
    return [finding for finding in findings if finding.rule == rule.id]


def _unneeded(chosen: Iterable[Rule], catalogue: Catalogue) -> Iterator[Fault]:
    """Guards and conditions that no example needs: in a table, one example anywhere in it is enough."""
    groups: dict[tuple[str, str], list[tuple[Rule, Rule]]] = {}
    for rule in chosen:
        for name, without in _weakened(rule):
            table = rule.group if name in _SHARED else rule.id
            groups.setdefault((table, name), []).append((rule, without))
    for (table, name), pairs in groups.items():
        if not any(_flags_a_good_one(without, catalogue) for _, without in pairs):
            yield Fault(table, "", f"no good example needs “{name}”: add one, or take it away")


_SHARED = frozenset(guard.value for guard in Guard)


def _weakened(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with each of its guards and conditions taken away in turn."""
    for guard in sorted(rule.unless, key=lambda guard: guard.value):
        yield guard.value, replace(rule, unless=rule.unless - {guard})
    for field in fields(Conditions):
        if getattr(rule.conditions, field.name):
            name = "except" if field.name == "exceptions" else field.name.replace("_", "-")
            yield name, replace(rule, conditions=_without(rule.conditions, field.name))


def _without(conditions: Conditions, name: str) -> Conditions:
    said = {field.name: getattr(conditions, field.name) for field in fields(Conditions) if field.name != name}
    return Conditions(**said)


def _flags_a_good_one(without: Rule, catalogue: Catalogue) -> bool:
    """Whether the weakened rule, alone, flags an example that the whole rule passes."""
    linter = Linter(Catalogue.of(catalogue.packs, catalogue.lexicon, [without]))
    return any(_found(without, good, linter) for good in without.examples.good)
