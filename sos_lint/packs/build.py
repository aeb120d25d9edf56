"""Makes rules of checked pack files: defaults filled in, phrases written out, ids given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from sos_lint.fold import fold
from sos_lint.kinds import Kind, Safety, Severity
from sos_lint.packs.bounded import expression_within
from sos_lint.packs.frames import frame_faults, frames_of
from sos_lint.packs.inflect import noun_forms, verb_forms
from sos_lint.packs.schema import (
    BadExampleEntry,
    Body,
    Entry,
    ExampleLists,
    MeaningEntry,
    Noun,
    TableFile,
    Verb,
)
from sos_lint.packs.swaps import swap_faults, swaps_of
from sos_lint.rule import (
    BadExample,
    Conditions,
    DependencyPatterns,
    Examples,
    KnownMeaning,
    LongSentence,
    Pattern,
    Phrases,
    Rule,
    ShortForm,
    Structural,
    TokenPatterns,
    UnknownShortForm,
)

_SEVERITY = {severity.label: severity for severity in Severity}
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_PATTERNS = ("short", "phrases", "tokens", "dependencies", "unknown", "long-sentence", "check")
_NEEDED = ("kind", "severity", "message", "why", "source")


def slug(words: str) -> str:
    """Words as the second half of an id: "Child's plan (CIN)" is `childs-plan-cin`."""
    return _NOT_SLUG.sub("-", words.lower().replace("'", "").replace("’", "").replace("&", " and ")).strip(
        "-"
    )


def entry_id(entry: Entry) -> str:
    """The id of a table's entry: its own, or that of its short form or first phrase."""
    if entry.id:
        return entry.id
    return slug(entry.short or (phrase_forms(entry.phrases[:1])[0] if entry.phrases else ""))


def merged(entry: Body, defaults: Body) -> Body:
    """The entry with the table's defaults where it says nothing; lists of exceptions are joined, and the
    sentences of a scaffold part by part.
    """
    said = {
        **defaults.model_dump(exclude_unset=True, by_alias=True),
        **entry.model_dump(exclude_unset=True, by_alias=True),
    }
    for key in ("except", "not-before", "not-after", "not-near"):
        both = [
            *defaults.model_dump(by_alias=True).get(key, []),
            *entry.model_dump(by_alias=True).get(key, []),
        ]
        if both:
            said[key] = both
    if "scaffold" in said:
        said["scaffold"] = {**defaults.scaffold, **entry.scaffold}
    said.pop("id", None)
    return Body.model_validate(said)


def faults_of(body: Body) -> list[str]:
    """What a rule still lacks, as sentences."""
    patterns = [name for name in _PATTERNS if getattr(body, name.replace("-", "_")) is not None]
    faults = [
        f"“{name}” is missing, here and in the table's defaults."
        for name in _NEEDED
        if not getattr(body, name)
    ]
    if len(patterns) != 1:
        faults.append(f"a rule has exactly one of {', '.join(_PATTERNS)}; this one has {len(patterns)}.")
    if (body.tokens or body.dependencies or body.check) and not body.anchors:
        faults.append("token patterns, dependencies and checks need `anchors`: letters that a match holds.")
    faults += swap_faults(body)
    faults += frame_faults(body)
    if body.led_by and not body.phrases:
        faults.append("`led-by` goes with `phrases`.")
    if body.short and not body.meanings:
        faults.append("a short form needs `meanings`.")
    return faults


def rule_of(body: Body, pack: str, name: str, group: str, sources: Mapping[str, str]) -> Rule:
    """The rule that a complete body says (see `faults_of`)."""
    assert body.kind and body.severity and body.message and body.why
    term = body.short or (phrase_forms(body.phrases)[0] if body.phrases else name.replace("-", " "))
    if body.unknown:
        term = "…"  # whatever stands there
    if body.check:
        term = body.title or term
    return Rule(
        id=f"{pack}/{name}",
        pack=pack,
        group=group,
        kind=Kind(body.kind),
        severity=_SEVERITY[body.severity],
        title=body.title or term,
        message=body.message,
        why=body.why,
        sources=tuple(sources.get(cited, cited) for cited in _listed(body.source)),
        pattern=_pattern(body, sources),
        term=term,
        aliases=tuple(body.aliases),
        conditions=Conditions(
            exceptions=phrase_forms(body.except_),
            led_by=tuple(body.led_by),
            part_of_speech=body.part_of_speech,
            not_before=tuple(body.not_before),
            not_after=tuple(body.not_after),
            only_before=tuple(body.only_before),
            only_after=tuple(body.only_after),
            not_near=tuple(body.not_near),
            only_near=tuple(body.only_near),
        ),
        unless=frozenset(body.unless or ()),
        ask=tuple(body.ask.items()),
        alternatives=tuple(body.alternatives),
        swaps=swaps_of(body),
        swap_safety=Safety[body.swap_safety.upper()],
        advice=body.advice,
        gloss=body.gloss,
        scaffold=frames_of(body),
        whose=body.whose,
        echo=body.echo,
        not_told_by=tuple(body.not_told_by),
        examples=_examples(body.examples),
    )


def table_examples(table: TableFile, body: Body) -> Examples:
    """The table's examples with this entry's words filled in."""
    meaning = body.meanings[0] if body.meanings else ""
    words = {
        "short": body.short or "",
        "meaning": meaning.is_ if isinstance(meaning, MeaningEntry) else meaning,
        "phrase": (phrase := phrase_forms(body.phrases)[0] if body.phrases else ""),
        "swap": dict(swaps_of(body)).get(fold(phrase), ""),
    }

    def fill(text: str) -> str:
        for name, value in words.items():
            text = text.replace("{" + name + "}", value)
        return text

    plain = _examples(table.examples)
    return Examples(
        tuple(
            BadExample(
                fill(bad.text),
                bad.missing,
                bad.expansion and fill(bad.expansion),
                fill(bad.fixed) if bad.fixed and ("{swap}" not in bad.fixed or words["swap"]) else None,
            )
            for bad in plain.bad
        ),
        tuple(map(fill, plain.good)),
        tuple(map(fill, plain.known_misses)),
    )


def phrase_forms(phrases: Iterable[str | Noun | Verb] | None) -> tuple[str, ...]:
    """Every form of every phrase, written out once each."""
    forms: list[str] = []
    for phrase in phrases or ():
        if isinstance(phrase, Noun):
            forms += noun_forms(phrase.noun)
        elif isinstance(phrase, Verb):
            forms += verb_forms(phrase.verb)
        else:
            forms.append(phrase)
    return tuple(dict.fromkeys(" ".join(form.split()) for form in forms))


def _pattern(body: Body, sources: Mapping[str, str]) -> Pattern:
    if body.short:
        lower = body.lower
        return ShortForm(
            body.short,
            tuple(_meaning(meaning, sources) for meaning in body.meanings),
            tuple(body.written),
            lower is True,
            tuple(lower) if isinstance(lower, list) else (),
        )
    if body.phrases:
        return Phrases(phrase_forms(body.phrases))
    if body.tokens:
        return TokenPatterns(_plain(body.tokens), tuple(body.anchors))
    if body.dependencies:
        return DependencyPatterns(_plain(body.dependencies), tuple(body.anchors))
    if body.check:
        return Structural(body.check, tuple(body.anchors))
    if body.long_sentence:
        return LongSentence(body.long_sentence.words)
    assert body.unknown
    return UnknownShortForm(body.unknown.shortest, body.unknown.longest)


def joined(own: Examples, shared: Examples) -> Examples:
    """The examples of a rule, then those that it shares."""
    return Examples(own.bad + shared.bad, own.good + shared.good, own.known_misses + shared.known_misses)


def same_short_form(one: Rule, other: Rule) -> bool:
    """True of two rules about short forms, which may be one and the same."""
    return isinstance(one.pattern, ShortForm) and isinstance(other.pattern, ShortForm)


def with_meanings(first: Rule, second: Rule) -> Rule:
    """A short form that two sectors use has both meanings, those of the first file first."""
    one, two = first.pattern, second.pattern
    assert isinstance(one, ShortForm) and isinstance(two, ShortForm)
    known = {meaning.expansion.lower() for meaning in one.meanings}
    pattern = ShortForm(
        one.short,
        one.meanings + tuple(meaning for meaning in two.meanings if meaning.expansion.lower() not in known),
        tuple(dict.fromkeys((*one.written, two.short, *two.written))),
        one.lower or two.lower,
        tuple(dict.fromkeys(one.lower_with + two.lower_with)),
    )
    return replace(first, pattern=pattern, examples=joined(first.examples, second.examples))


def _plain(patterns: Sequence[Sequence[BaseModel]]) -> tuple[tuple[dict[str, Any], ...], ...]:
    """spaCy patterns as spaCy takes them, with just the keys that were written; expressions are bounded."""
    return tuple(
        tuple(_bounded(item.model_dump(exclude_unset=True, by_alias=True)) for item in one)
        for one in patterns
    )


def _bounded(written: dict[str, Any]) -> dict[str, Any]:
    """The same, with expressions that fit no word that is too long."""
    return {
        key: _bounded(value)
        if isinstance(value, dict)
        else expression_within(value)
        if key == "REGEX" and isinstance(value, str)
        else value
        for key, value in written.items()
    }


def _meaning(written: str | MeaningEntry, sources: Mapping[str, str]) -> KnownMeaning:
    if isinstance(written, str):
        return KnownMeaning(written)
    cited = tuple(sources.get(name, name) for name in _listed(written.source))
    return KnownMeaning(written.is_, written.gloss, tuple(written.near), written.retired, cited)


def _examples(lists: ExampleLists) -> Examples:
    return Examples(
        tuple(
            BadExample(
                bad.text, None if bad.missing is None else tuple(bad.missing), bad.expansion, bad.fixed
            )
            if isinstance(bad, BadExampleEntry)
            else BadExample(bad)
            for bad in lists.bad
        ),
        tuple(lists.good),
        tuple(lists.known_misses),
    )


def _listed(source: str | list[str] | None) -> list[str]:
    return source if isinstance(source, list) else [source] if source else []
