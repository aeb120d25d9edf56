"""One pack's page: the rules of a table as rows, where a row says it all; every other in a section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sos_lint.frame import fitted
from sos_lint.kinds import Part, Severity
from sos_lint.reporters.markdown import Headings, code, escaped, example, table
from sos_lint.reporters.names import counted
from sos_lint.reporters.silence import silence
from sos_lint.rule import (
    BadExample,
    Conditions,
    Guard,
    KnownMeaning,
    LongSentence,
    Pack,
    Phrases,
    Rule,
    ShortForm,
    Structural,
    UnknownShortForm,
)

SEVERITIES = {
    Severity.ERROR: "Replace it everywhere.",
    Severity.WARNING: "Make it clear here.",
    Severity.SUGGESTION: "Worth a look; the sources may disagree.",
}
PARTS = {
    Part.BEHAVIOUR: "What was done",
    Part.FREQUENCY: "How often",
    Part.WORST: "The worst time",
    Part.IMPACT: "What it meant for the child",
    Part.WHO_IS_WORRIED: "Who is worried",
    Part.IMPACT_ON_CHILD: "What it does to the child",
    Part.IF_NOTHING_CHANGES: "What could happen",
    Part.WHAT_WILL_BE_DIFFERENT: "What will be seen",
    Part.WHO: "Who does it",
    Part.HOW_LONG: "For how long",
    Part.HOW_KNOWN: "How it will be known",
    Part.ZERO_DEFINED: "What 0 means",
    Part.TEN_DEFINED: "What 10 means",
    Part.NUMBER_GIVEN: "The number",
    Part.REASON_GIVEN: "The reason",
}
ROWS_SHOWN = 3  # rows of a table that lend it an example
_SOURCE = re.compile(r"(?P<title>.*?),? *(?P<address>https?://\S+)")
T = TypeVar("T")
Scaffold = tuple[tuple[Part, tuple[str, ...]], ...]


class Page:
    """The page of a pack: its rules by the file that they stand in, and the sources that they cite."""

    def __init__(self, pack: Pack, rules: Sequence[Rule], tables: Mapping[str, str]) -> None:
        self._pack = pack
        self._tables = tables
        self._groups: dict[str, list[Rule]] = {}
        for rule in rules:
            self._groups.setdefault(rule.group, []).append(rule)
        cited = {source for rule in rules for source in _sources(rule)}
        self._sources = sorted(cited, key=lambda source: (source.casefold(), source))
        self._numbers = {source: number for number, source in enumerate(self._sources, 1)}

    def lines(self) -> list[str]:
        """The whole page, line by line."""
        headings = Headings()
        title, _ = headings.heading(1, self._pack.title)
        headings.heading(2, "Contents")
        contents, body = [], []
        for group in sorted(self._groups, key=lambda group: (self._is_alone(group), group)):
            rules = self._groups[group]
            name = rules[0].title if self._is_alone(group) else self._tables.get(group, group)
            line, anchor = headings.heading(2, name)
            size = "" if self._is_alone(group) else f" ({len(rules):,})"
            contents.append(f"- [{escaped(name)}](#{anchor}){size}")
            body += ["", line, "", *self._group(group, headings)]
        total = counted(sum(map(len, self._groups.values())), "rule", "rules")
        _, sources = headings.heading(2, "Sources")
        contents.append(f"- [Sources](#{sources})")
        return [
            title,
            "",
            f"{escaped(self._pack.description)} {total}. [All packs](README.md)".strip(),
            "",
            "## Contents",
            "",
            *contents,
            *body,
            "",
            "## Sources",
            "",
            *self._source_list(),
        ]

    def _is_alone(self, group: str) -> bool:
        return group not in self._tables and len(self._groups[group]) == 1

    def _group(self, group: str, headings: Headings) -> Iterator[str]:
        rules = self._groups[group]
        if self._is_alone(group):
            yield from _paragraphs(self._whole(rules[0]))
            return
        usual = _Usual(rules)
        yield from _paragraphs(self._shared(group, usual))
        rows = [rule for rule in rules if usual.says_it_for(rule)]
        yield from self._rows(rows, usual)
        for rule in rules:
            if rule not in rows:
                line, _ = headings.heading(3, rule.title)
                yield from ("", line, "", *_paragraphs(self._own(rule, usual)))

    def _shared(self, group: str, usual: _Usual) -> Iterator[str]:
        """What holds for a whole table, unless a rule in it says otherwise."""
        yield f"{code(group)} · {usual.severity.label}"
        if usual.message:
            yield f"> {escaped(usual.message.replace('{text}', '…'))}"
        if usual.why:
            yield f"**Why:** {escaped(usual.why)}"
        if usual.scaffold:
            yield f"**To fill in:** {_frames(usual.scaffold)}"
        if usual.advice:
            yield f"**Say instead:** {escaped(usual.advice)}"
        yield from silence(usual.unless, usual.conditions)
        yield from usual.examples()

    def _rows(self, rules: Sequence[Rule], usual: _Usual) -> list[str]:
        """The rules that have nothing to add to the rest of their table: short forms, then other words."""
        short = [rule for rule in rules if isinstance(rule.pattern, ShortForm)]
        other = [rule for rule in rules if rule not in short]
        lines = []
        if short:
            head = ["letters", "stand for", "in plain words", "say instead", "sources"]
            lines += ["", *table(head, (row for rule in short for row in self._meanings(rule, usual)))]
        if other:
            head = ["words", "say instead", "in plain words", "sources"]
            lines += ["", *table(head, (self._row(rule, usual) for rule in other))]
        return lines

    def _row(self, rule: Rule, usual: _Usual) -> list[str]:
        words = escaped(", ".join(_words(rule))) + _grade(rule, usual)
        return [words, escaped(_instead(rule, usual)), escaped(rule.gloss), self._cited(rule.sources)]

    def _meanings(self, rule: Rule, usual: _Usual) -> Iterator[list[str]]:
        meanings = _meanings(rule)
        letters, instead = (
            escaped(", ".join(_words(rule))) + _grade(rule, usual),
            escaped(_instead(rule, usual)),
        )
        for meaning in meanings:
            beside = meaning.near if len(meanings) > 1 else ()
            cited = self._cited(meaning.sources or rule.sources)
            yield [letters, _meant(meaning, beside), escaped(meaning.gloss or rule.gloss), instead, cited]
            letters = instead = ""

    def _whole(self, rule: Rule) -> Iterator[str]:
        """All of a rule that has a file to itself."""
        yield f"{code(rule.id)} · {rule.severity.label}"
        yield f"> {escaped(_spoken(rule, rule.message))}"
        yield f"**Why:** {escaped(rule.why)}"
        yield from self._offered(rule, _Usual(()))
        yield from silence(rule.unless, rule.conditions)
        yield from _examples(rule, rule.examples.bad, rule.examples.good)
        yield f"**Sources:** {self._cited(rule.sources)}"

    def _own(self, rule: Rule, usual: _Usual) -> Iterator[str]:
        """What a rule says beyond the rest of its table."""
        yield f"{code(rule.id)}" + (f" · {rule.severity.label}" if rule.severity != usual.severity else "")
        if rule.message != usual.message:
            yield f"> {escaped(_spoken(rule, rule.message))}"
        if rule.why != usual.why:
            yield f"**Why:** {escaped(rule.why)}"
        yield from self._offered(rule, usual)
        if (rule.unless, rule.conditions) != (usual.unless, usual.conditions):
            yield from silence(rule.unless, rule.conditions)
        yield from usual.examples_of(rule)
        yield f"**Sources:** {self._cited(rule.sources)}"

    def _offered(self, rule: Rule, usual: _Usual) -> Iterator[str]:
        """What the rule finds, and what it gives the writer for it beyond the rest of its table."""
        yield f"**Finds:** {escaped(_found(rule))}"
        if meanings := _meanings(rule):
            yield "\n".join(self._meaning(meaning) for meaning in meanings)
        if rule.ask:
            yield "\n".join(f"- *{PARTS[part]}:* {escaped(question)}" for part, question in rule.ask)
        if rule.scaffold != usual.scaffold:
            yield f"**To fill in:** {_frames(rule.scaffold)}"
        if instead := _instead(rule, usual):
            yield f"**Say instead:** {escaped(instead)}"
        if rule.gloss:
            yield f"**In plain words:** {escaped(rule.gloss)}"

    def _meaning(self, meaning: KnownMeaning) -> str:
        gloss = f": {escaped(meaning.gloss)}" if meaning.gloss else ""
        return f"- {_meant(meaning, meaning.near)}{gloss} {self._cited(meaning.sources)}".rstrip()

    def _cited(self, sources: Iterable[str]) -> str:
        return " ".join(f"[{number}]" for number in sorted(self._numbers[source] for source in sources))

    def _source_list(self) -> Iterator[str]:
        """The sources by number, each with the definition that makes a link of its number."""
        addresses = []
        for number, source in enumerate(self._sources, 1):
            parts = _SOURCE.fullmatch(source)
            if parts is None:
                yield f"{number}. {escaped(source)}"
                continue
            yield f"{number}. [{escaped(parts['title'])}][{number}]"
            addresses.append(f"[{number}]: <{parts['address']}>")
        if addresses:
            yield from ("", *addresses)


class _Usual:
    """What most rules of a table have in common; without rules, nothing."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self.severity = _most((rule.severity for rule in rules), Severity.WARNING)
        self.message = _common((rule.message for rule in rules), "")
        self.why = _common((rule.why for rule in rules), "")
        self.advice = _common((rule.advice for rule in rules), "")
        self.scaffold: Scaffold = _common((rule.scaffold for rule in rules), ())
        self.unless = _most((rule.unless for rule in rules), frozenset[Guard]())
        self.conditions = _most((rule.conditions for rule in rules), Conditions())
        texts = Counter(_frame(text, rule) for rule in rules for text in _texts(rule))
        self._frames = {text for text, times in texts.items() if times > 1}

    def says_it_for(self, rule: Rule) -> bool:
        """True when a row with the rule's own words would leave nothing out."""
        own = (rule.message, rule.why, rule.unless, rule.conditions)
        usual = (self.message, self.why, self.unless, self.conditions)
        return own == usual and not rule.ask and rule.scaffold == self.scaffold

    def examples(self) -> Iterator[str]:
        """Those that are written for the whole table; where there are none, one each of some rules."""
        first = self._rules[0]
        bad = [one for one in first.examples.bad if _frame(one.text, first) in self._frames]
        good = [one for one in first.examples.good if _frame(one, first) in self._frames]
        some = [rule for rule in self._rules if self.says_it_for(rule)][:ROWS_SHOWN]
        yield from _examples(
            first,
            bad or [one for rule in some for one in rule.examples.bad[:1]],
            good or [one for rule in some for one in rule.examples.good[:1]],
        )

    def examples_of(self, rule: Rule) -> Iterator[str]:
        """The examples that are the rule's own."""
        yield from _examples(
            rule,
            [one for one in rule.examples.bad if _frame(one.text, rule) not in self._frames],
            [one for one in rule.examples.good if _frame(one, rule) not in self._frames],
        )


def _most(values: Iterable[T], otherwise: T) -> T:
    """The most common of some values."""
    return next((value for value, _ in Counter(values).most_common(1)), otherwise)


def _common(values: Iterable[T], none: T) -> T:
    """The most common of some values, where it is not alone."""
    value, times = next(iter(Counter(values).most_common(1)), (none, 0))
    return value if times > 1 else none


def _texts(rule: Rule) -> set[str]:
    return {*(bad.text for bad in rule.examples.bad), *rule.examples.good}


def _frame(text: str, rule: Rule) -> str:
    """An example without the rule's own words, so that those made of one template are alike."""
    meant = [meaning.expansion for meaning in _meanings(rule)]
    for words in (*meant, *_words(rule)):
        text = text.replace(words, "…")
    return text


def _sources(rule: Rule) -> Iterator[str]:
    yield from rule.sources
    for meaning in _meanings(rule):
        yield from meaning.sources


def _meanings(rule: Rule) -> Sequence[KnownMeaning]:
    return rule.pattern.meanings if isinstance(rule.pattern, ShortForm) else ()


def _words(rule: Rule) -> Sequence[str]:
    if isinstance(rule.pattern, Phrases):
        return rule.pattern.forms
    if isinstance(rule.pattern, ShortForm):
        return tuple(dict.fromkeys((rule.pattern.short, *rule.pattern.written)))
    return (rule.term,)


def _found(rule: Rule) -> str:
    match rule.pattern:
        case Phrases() | ShortForm():
            return ", ".join(_words(rule))
        case UnknownShortForm(shortest, longest):
            return f"short forms of {shortest} to {longest} letters that no list knows"
        case LongSentence(words):
            return f"sentences of more than {words} words"
        case Structural():
            return "the document as a whole, where it speaks of this"
    return "what the examples show, by its grammar"


def _spoken(rule: Rule, message: str) -> str:
    return message.replace("{text}", rule.term)


def _instead(rule: Rule, usual: _Usual) -> str:
    offered, advice = " / ".join(rule.alternatives), "" if rule.advice == usual.advice else rule.advice
    return f"{offered}. {advice}" if offered and advice else offered or advice


def _frames(scaffold: Scaffold) -> str:
    """The sentences to start from, as they are where the document fills none of their slots."""
    return " ".join(escaped(fitted(frames[-1], {})) for _, frames in scaffold)


def _grade(rule: Rule, usual: _Usual) -> str:
    return f" *({rule.severity.label})*" if rule.severity != usual.severity else ""


def _meant(meaning: KnownMeaning, beside: Sequence[str]) -> str:
    retired = " *(no longer used)*" if meaning.retired else ""
    company = f" *(beside: {escaped(', '.join(beside))})*" if beside else ""
    return f"{escaped(meaning.expansion)}{retired}{company}"


def _examples(rule: Rule, bad: Sequence[BadExample], good: Sequence[str]) -> Iterator[str]:
    if bad:
        yield "**Flagged:**\n\n" + "\n".join(f"- {example(one.text)}{_still_asked(rule, one)}" for one in bad)
    if good:
        yield "**Passes:**\n\n" + "\n".join(f"- {example(one)}" for one in good)


def _still_asked(rule: Rule, bad: BadExample) -> str:
    """What an example leaves open, where it tells a part."""
    if not bad.missing or len(bad.missing) == len(rule.ask):
        return ""
    return f" *(still asks: {'; '.join(PARTS[part].lower() for part in bad.missing)})*"


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs):
        yield from ("", paragraph) if number else (paragraph,)
