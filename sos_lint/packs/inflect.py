"""Writes out the forms of a noun or verb phrase, so that matching needs no grammar."""

from __future__ import annotations

_IRREGULAR_VERBS = {
    "be": ("is", "are", "was", "were", "been", "being"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building"),
    "come": ("comes", "came", "coming"),
    "do": ("does", "did", "done", "doing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "get": ("gets", "got", "getting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "have": ("has", "had", "having"),
    "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"),
    "lead": ("leads", "led", "leading"),
    "leave": ("leaves", "left", "leaving"),
    "lose": ("loses", "lost", "losing"),
    "make": ("makes", "made", "making"),
    "meet": ("meets", "met", "meeting"),
    "put": ("puts", "putting"),
    "run": ("runs", "ran", "running"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "set": ("sets", "setting"),
    "show": ("shows", "showed", "shown", "showing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "stand": ("stands", "stood", "standing"),
    "take": ("takes", "took", "taken", "taking"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought", "thinking"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "write": ("writes", "wrote", "written", "writing"),
}
_IRREGULAR_NOUNS = {
    "child": "children",
    "crisis": "crises",
    "diagnosis": "diagnoses",
    "hypothesis": "hypotheses",
    "man": "men",
    "person": "people",
    "woman": "women",
}
# Verbs of more than one syllable, stressed on the last, double their consonant like short ones.
_DOUBLING = frozenset(
    [
        "abet",
        "admit",
        "commit",
        "concur",
        "defer",
        "incur",
        "occur",
        "omit",
        "permit",
        "refer",
        "regret",
        "submit",
        "transfer",
    ]
)
_VOWELS = frozenset("aeiou")


def noun_forms(phrase: str) -> tuple[str, ...]:
    """The phrase and its plural; the last word changes: "protective factor", "protective factors"."""
    before, _, last = phrase.rpartition(" ")
    return phrase, f"{before} {_plural(last)}".strip()


def verb_forms(phrase: str) -> tuple[str, ...]:
    """The phrase and its -s, -ed and -ing forms; the first word changes: "kick off", "kicked off"…"""
    first, _, after = phrase.partition(" ")
    return tuple(dict.fromkeys(f"{form} {after}".strip() for form in (first, *_conjugated(first))))


def _plural(noun: str) -> str:
    if noun in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[noun]
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def _conjugated(verb: str) -> tuple[str, ...]:
    prefix, _, stem = verb.rpartition("-")
    if prefix:
        return tuple(f"{prefix}-{form}" for form in _conjugated(stem))
    if verb in _IRREGULAR_VERBS:
        return _IRREGULAR_VERBS[verb]
    if verb.endswith("ie"):
        return verb + "s", verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    stem = verb + verb[-1] if _doubles(verb) else verb
    return third, stem + "ed", stem + "ing"


def _doubles(verb: str) -> bool:
    if verb in _DOUBLING or verb.endswith("el"):  # British: labelled, counselled
        return True
    closed = len(verb) >= 3 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return closed and sum(char in _VOWELS for char in verb) == 1
