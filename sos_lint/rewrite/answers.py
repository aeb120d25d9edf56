"""Answers in a file: read with the line of every fault, and written so that they can be read again.

A file is a list. Each entry names a `rule` and, to tell places apart, any of `place`, `words` and
`sentence`; then one of `answers` (by part, with `replace: true` if they take the sentence's place),
`meaning`, `instead`, `write` or `skip`. A number under `meaning` or `instead` is one of those offered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sos_lint.errors import SosLintError, nearest
from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Part
from sos_lint.readers.build import tidy
from sos_lint.reporters.clean import OBEYED, disarmed
from sos_lint.rewrite.decision import Decision, Instead, Skipped, Spelt, Told, Written, options
from sos_lint.rewrite.interview import Decided, place
from sos_lint.yaml_lines import read_yaml

_WHERE = ("place", "words", "sentence")
_DECISIONS = ("answers", "meaning", "instead", "write", "skip")
_KEYS = ("rule", *_WHERE, *_DECISIONS, "replace")
_PARTS = {part.value: part for part in Part}
_SHAPE = "Each answer is a list item that starts with “- rule:”; --questions writes an example."


@dataclass(frozen=True, slots=True)
class Picked:
    """One of what is offered, counted from 1. `key` is the word in the file: `meaning` or `instead`."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is decided about one place. `at` is where the file says so; no `decision`: it is still blank."""

    at: str
    rule: str
    place: str
    words: str
    sentence: str
    decision: Decision | Picked | None


def read_answers(text: str, name: str, rules: Collection[str]) -> tuple[Entry, ...]:
    """The entries of a file of answers; raises SosLintError at a fault. `rules` are those in force."""
    data, lines = read_yaml(text, name)
    if data is None:
        return ()
    if not isinstance(data, list):
        raise SosLintError(f"{name}:1", "this file should be a list of answers.", _SHAPE)
    return tuple(_Reader(item, name, lines, number).entry(rules) for number, item in enumerate(data))


class _Reader:
    """Reads one item of the list."""

    def __init__(self, item: Any, name: str, lines: Mapping[tuple[str | int, ...], int], number: int) -> None:
        self._item, self._name, self._lines, self._number = item, name, lines, number

    def entry(self, rules: Collection[str]) -> Entry:
        if not isinstance(self._item, dict):
            raise self._fault((), "this is not an answer.", _SHAPE)
        for key in self._item:
            if key not in _KEYS:
                hint = nearest(str(key), _KEYS) or f"The keys are {', '.join(_KEYS)}."
                raise self._fault((key,), f"the key “{key}” is not known here.", hint)
        rule = self._text("rule")
        if not rule:
            raise self._fault((), "this answer names no rule.", _SHAPE)
        if rule not in rules:
            hint = nearest(rule, rules) or "`sos-lint rules list` shows them all."
            raise self._fault(("rule",), f"no rule is called “{rule}”.", hint)
        where, words, sentence = (self._text(key) for key in _WHERE)
        return Entry(self._place(()), rule, where, words, sentence, self._decision())

    def _decision(self) -> Decision | Picked | None:
        made = [key for key in _DECISIONS if not self._is_blank(self._item.get(key))]
        if len(made) > 1:
            raise self._fault(
                (made[1],), f"“{made[0]}” and “{made[1]}” cannot both hold.", "Keep one of them."
            )
        replaces = self._flag("replace")
        if replaces and made != ["answers"]:
            raise self._fault(("replace",), "“replace” goes with `answers`.", "Take it out.")
        match made:
            case ["answers"]:
                return Told(tuple(self._parts()), replaces)
            case ["skip"]:
                rule = self._item["skip"] == "rule"
                return Skipped(rule) if rule or self._flag("skip") else None
            case ["write"]:
                return Written(self._text("write"))
            case [key]:
                number = self._item[key]
                if isinstance(number, int) and not isinstance(number, bool):
                    return Picked(key, number)
                return (Spelt if key == "meaning" else Instead)(self._text(key))
        return None

    def _parts(self) -> Iterator[tuple[Part, str]]:
        answers = self._item["answers"]
        if not isinstance(answers, dict):
            raise self._fault(
                ("answers",), "“answers” should be parts with words each.", f"They are {', '.join(_PARTS)}."
            )
        for key in answers:
            if key not in _PARTS:
                hint = nearest(str(key), _PARTS) or f"They are {', '.join(_PARTS)}."
                raise self._fault(("answers", key), f"no part is called “{key}”.", hint)
            words = self._words(answers[key], ("answers", key))
            if words:
                yield _PARTS[key], words

    def _text(self, key: str) -> str:
        return self._words(self._item.get(key), (key,))

    def _words(self, value: Any, steps: tuple[str, ...]) -> str:
        if isinstance(value, bool) or not (value is None or isinstance(value, str | int)):
            raise self._fault(steps, f"“{steps[-1]}” should be words.", "Put them in quotes.")
        return "" if value is None else tidy(str(value))

    def _flag(self, key: str) -> bool:
        value = self._item.get(key)
        if value is not None and not isinstance(value, bool):
            hint = "Or `skip: rule`, for all that the rule finds." if key == "skip" else ""
            raise self._fault((key,), f"“{key}” should be true or false.", hint)
        return bool(value)

    @classmethod
    def _is_blank(cls, value: Any) -> bool:
        if isinstance(value, dict):
            return all(map(cls._is_blank, value.values()))
        return value is None or value is False or (isinstance(value, str) and not value.strip())

    def _fault(self, steps: tuple[Any, ...], sentence: str, hint: str = "") -> SosLintError:
        return SosLintError(self._place(steps), sentence, hint)

    def _place(self, steps: tuple[Any, ...]) -> str:
        return f"{self._name}:{self._lines[(self._number, *steps)]}"


_PRIVATE = "This holds words of a draft: keep it as safe as the draft, and delete it when it is done with."


def answers_file(decided: Iterable[Decided | Entry], draft: str) -> str:
    """The text of a file with these decisions about a draft, and entries of an earlier file."""
    head = [_said(f"Answers for {draft}"), _said(_PRIVATE), ""]
    return "\n".join([*head, *(line for one in decided for line in _decided(one)), ""])


def questions_file(findings: Sequence[Finding], draft: str) -> str:
    """The text of a file with the open questions of some findings, to be filled in."""
    head = [
        _said(f"The open questions of {draft}"),
        "#",
        "# Write after the colons, in your own words; what you leave empty stays as it is in the draft.",
        "# Put quotes around words that hold a colon or a # sign.",
        _said(_PRIVATE),
        "",
    ]
    if not findings:
        head.append("[]  # nothing to ask")
    return "\n".join([*head, *(line for finding in findings for line in (*_open(finding), ""))])


def _head(rule: str, where: str, words: str, sentence: str) -> Iterator[str]:
    yield f"- rule: {rule}"
    for key, value in zip(_WHERE, (where, words, sentence), strict=True):
        if value:
            yield f"  {key}: {_quoted(value)}"


def _decided(one: Decided | Entry) -> Iterator[str]:
    yield from _head(one.rule, one.place, one.words, one.sentence)
    match one.decision:
        case Told(answers=answers, replace=replaces):
            yield "  answers:"
            yield from (f"    {part.value}: {_quoted(words)}" for part, words in answers)
            if replaces:
                yield "  replace: true"
        case Spelt(words):
            yield f"  meaning: {_quoted(words)}"
        case Instead(words):
            yield f"  instead: {_quoted(words)}"
        case Picked(key, number):
            yield f"  {key}: {number}"
        case Written(words):
            yield f"  write: {_quoted(words)}"
        case Skipped(rule=rule):
            yield f"  skip: {'rule' if rule else 'true'}"


def _open(finding: Finding) -> Iterator[str]:
    yield from _head(finding.rule, place(finding), finding.text, finding.sentence)
    if finding.questions:
        yield "  answers:"
        for ask in finding.asks:
            if not ask.told:
                yield _said(ask.question, 4)
                yield f"    {ask.part.value}:"
        return
    yield _said(finding.message, 2)
    for number, option in enumerate(options(finding), 1):
        yield _said(f"{number}: {option}", 2)
    if finding.advice:
        yield _said(finding.advice, 2)
    if finding.kind is Kind.ACRONYM:
        yield "  meaning:"
    else:
        yield _said("Other words in place of those, or under `write` the whole sentence as it should be.", 2)
        yield "  instead:"
        yield "  write:"


# What YAML refuses, and what would turn the direction of writing.
_UNSAFE = re.compile(
    "[^\\t -~\u00a0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)


def _said(words: str, indent: int = 0) -> str:
    """The words as a comment, without signs that YAML refuses."""
    return " " * indent + "# " + disarmed(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", tidy(words)))


def _quoted(words: str) -> str:
    """The words in double quotes, on one line, as YAML reads them."""
    quoted = OBEYED.sub(
        lambda sign: f"{sign[0][:-1]}\\u{ord(sign[0][-1]):04x}", json.dumps(words, ensure_ascii=False)
    )
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", quoted)
