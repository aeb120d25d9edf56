"""Pairs the forms of a rule's phrases with those of the plain words that may stand in their place.

A form that cannot be paired surely has no swap: of "put off", "put" may be the present or the past.
"""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.errors import nearest
from sos_lint.fold import fold
from sos_lint.packs.inflect import noun_forms, plural_of, verb_forms, verb_parts
from sos_lint.packs.schema import Body, Noun, Verb


def swaps_of(body: Body) -> tuple[tuple[str, str], ...]:
    """Each folded form of the phrases that may be swapped, and the words for it."""
    if body.swap is None or not body.phrases:
        return ()
    by_name = {_name(phrase): phrase for phrase in body.phrases}
    wanted = dict.fromkeys(by_name, body.swap) if isinstance(body.swap, str) else body.swap
    found: dict[str, str] = {}
    for name in sorted(
        wanted, key=by_name.__contains__
    ):  # a form that is named itself goes before the others
        for form, swap in _pairs(by_name.get(name, name), wanted[name]):
            found.setdefault(fold(" ".join(form.split())), swap)
    return tuple(found.items())


def swap_faults(body: Body) -> Iterator[str]:
    """What is wrong with a rule's swap, as sentences."""
    if body.swap is None:
        return
    if not body.phrases:
        yield "`swap` goes with `phrases`."
        return
    if isinstance(body.swap, dict):
        forms = {form for phrase in body.phrases for form in _forms(phrase)}
        for name in body.swap:
            if name not in forms:
                yield f"`swap` names “{name}”, which is none of the phrases. {nearest(name, forms)}".strip()
    if not swaps_of(body):
        yield "no form of the `swap` can be paired with one of the phrases."


def _name(phrase: str | Noun | Verb) -> str:
    return phrase.noun if isinstance(phrase, Noun) else phrase.verb if isinstance(phrase, Verb) else phrase


def _forms(phrase: str | Noun | Verb) -> tuple[str, ...]:
    if isinstance(phrase, Noun):
        return noun_forms(phrase.noun)
    return verb_forms(phrase.verb) if isinstance(phrase, Verb) else (phrase,)


def _pairs(phrase: str | Noun | Verb, words: str) -> Iterator[tuple[str, str]]:
    if isinstance(phrase, Noun):
        yield phrase.noun, words
        if plural := plural_of(words):
            yield noun_forms(phrase.noun)[1], plural
    elif isinstance(phrase, Verb):
        yield from _verb_pairs(phrase.verb, words)
    else:
        yield phrase, words


def _verb_pairs(phrase: str, words: str) -> Iterator[tuple[str, str]]:
    (old, after), (new, new_after) = (text.partition(" ")[::2] for text in (phrase, words))
    before, then = verb_parts(old), verb_parts(new)
    if before is None or then is None:
        return
    pairs = [(before.third, then.third), (before.present_participle, then.present_participle)]
    if old not in (before.past, before.participle):
        pairs.append((old, new))
    if before.past != before.participle:
        pairs += [(before.past, then.past), (before.participle, then.participle)]
    elif then.past == then.participle and before.past != old:
        pairs.append((before.past, then.past))
    for one, other in pairs:
        yield f"{one} {after}".strip(), f"{other} {new_after}".strip()
