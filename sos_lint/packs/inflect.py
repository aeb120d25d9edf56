"""Writes out the forms of a noun or verb phrase, so that matching needs no grammar."""

from __future__ import annotations

import re
from typing import NamedTuple

_IRREGULAR_VERBS = {
    "be": ("is", "are", "was", "were", "been", "being"),
    "beat": ("beats", "beaten", "beating"),
    "bet": ("bets", "betting"),
    "bind": ("binds", "bound", "binding"),
    "bite": ("bites", "bit", "bitten", "biting"),
    "bleed": ("bleeds", "bled", "bleeding"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building"),
    "burn": ("burns", "burnt", "burned", "burning"),
    "buy": ("buys", "bought", "buying"),
    "catch": ("catches", "caught", "catching"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "cling": ("clings", "clung", "clinging"),
    "come": ("comes", "came", "coming"),
    "cost": ("costs", "costing"),
    "cut": ("cuts", "cutting"),
    "deal": ("deals", "dealt", "dealing"),
    "do": ("does", "did", "done", "doing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "drink": ("drinks", "drank", "drunk", "drinking"),
    "drive": ("drives", "drove", "driven", "driving"),
    "eat": ("eats", "ate", "eaten", "eating"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "feed": ("feeds", "fed", "feeding"),
    "feel": ("feels", "felt", "feeling"),
    "fight": ("fights", "fought", "fighting"),
    "find": ("finds", "found", "finding"),
    "fling": ("flings", "flung", "flinging"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "freeze": ("freezes", "froze", "frozen", "freezing"),
    "get": ("gets", "got", "getting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "grow": ("grows", "grew", "grown", "growing"),
    "hang": ("hangs", "hung", "hanged", "hanging"),
    "have": ("has", "had", "having"),
    "hear": ("hears", "heard", "hearing"),
    "hide": ("hides", "hid", "hidden", "hiding"),
    "hit": ("hits", "hitting"),
    "hold": ("holds", "held", "holding"),
    "hurt": ("hurts", "hurting"),
    "keep": ("keeps", "kept", "keeping"),
    "know": ("knows", "knew", "known", "knowing"),
    "lead": ("leads", "led", "leading"),
    "learn": ("learns", "learnt", "learned", "learning"),
    "leave": ("leaves", "left", "leaving"),
    "let": ("lets", "letting"),
    "lie": ("lies", "lay", "lain", "lied", "lying"),
    "lose": ("loses", "lost", "losing"),
    "make": ("makes", "made", "making"),
    "mean": ("means", "meant", "meaning"),
    "meet": ("meets", "met", "meeting"),
    "misunderstand": ("misunderstands", "misunderstood", "misunderstanding"),
    "overhear": ("overhears", "overheard", "overhearing"),
    "pay": ("pays", "paid", "paying"),
    "put": ("puts", "putting"),
    "quit": ("quits", "quitting"),
    "read": ("reads", "reading"),
    "ride": ("rides", "rode", "ridden", "riding"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "run": ("runs", "ran", "running"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "sell": ("sells", "sold", "selling"),
    "send": ("sends", "sent", "sending"),
    "set": ("sets", "setting"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "shoot": ("shoots", "shot", "shooting"),
    "show": ("shows", "showed", "shown", "showing"),
    "shut": ("shuts", "shutting"),
    "sit": ("sits", "sat", "sitting"),
    "sleep": ("sleeps", "slept", "sleeping"),
    "smell": ("smells", "smelt", "smelled", "smelling"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "spend": ("spends", "spent", "spending"),
    "spit": ("spits", "spat", "spitting"),
    "split": ("splits", "splitting"),
    "stand": ("stands", "stood", "standing"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "stick": ("sticks", "stuck", "sticking"),
    "strike": ("strikes", "struck", "striking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "swim": ("swims", "swam", "swum", "swimming"),
    "swing": ("swings", "swung", "swinging"),
    "take": ("takes", "took", "taken", "taking"),
    "teach": ("teaches", "taught", "teaching"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought", "thinking"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "understand": ("understands", "understood", "understanding"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "upset": ("upsets", "upsetting"),
    "wake": ("wakes", "woke", "woken", "waking"),
    "wear": ("wears", "wore", "worn", "wearing"),
    "weep": ("weeps", "wept", "weeping"),
    "wet": ("wets", "wetting"),
    "win": ("wins", "won", "winning"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "write": ("writes", "wrote", "written", "writing"),
}
# Their forms are not one of each: the past of "come" is not its participle, "lie" is two verbs.
_UNSURE = frozenset({"be", "beat", "burn", "come", "hang", "learn", "lie", "run", "smell"})
_IRREGULAR_NOUNS = {
    "child": "children",
    "foot": "feet",
    "half": "halves",
    "knife": "knives",
    "life": "lives",
    "man": "men",
    "person": "people",
    "self": "selves",
    "tooth": "teeth",
    "wife": "wives",
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
        "equip",
        "incur",
        "occur",
        "omit",
        "permit",
        "prefer",
        "refer",
        "regret",
        "submit",
        "transfer",
    ]
)
# What follows the head of a noun phrase: "child in need".
_HEAD_ENDS = re.compile(
    r" (?:of|in|for|with|to|at|by|from|on|under|against|after|before|about|between|where)(?= )"
)
_CLAUSE = re.compile(r" (?:who|that|which) ")  # its verb may have to change too
_VOWELS = frozenset("aeiou")


def noun_forms(phrase: str) -> tuple[str, ...]:
    """The phrase and its plural; the last word changes: "protective factor", "protective factors"."""
    before, _, last = phrase.rpartition(" ")
    return phrase, f"{before} {_plural(last)}".strip()


def plural_of(noun: str) -> str | None:
    """The plural of a noun phrase: its head changes ("children in need"); None where that is not sure."""
    end = _HEAD_ENDS.search(noun)
    head, rest = (noun[: end.start()], noun[end.start() :]) if end else (noun, "")
    before, _, last = head.rpartition(" ")
    if not last.replace("-", "").isalpha() or last.endswith(("s", "ed")) or _CLAUSE.search(noun):
        return None
    plural = _plural(last.lower())
    if last[:1].isupper():
        plural = plural.capitalize()
    return f"{before} {plural}".strip() + rest


def verb_forms(phrase: str) -> tuple[str, ...]:
    """The phrase and its -s, -ed and -ing forms; the first word changes: "kick off", "kicked off"…"""
    first, _, after = phrase.partition(" ")
    return tuple(dict.fromkeys(f"{form} {after}".strip() for form in (first, *_conjugated(first))))


class VerbParts(NamedTuple):
    """The forms of a verb, by name."""

    third: str
    past: str
    participle: str
    present_participle: str


def verb_parts(verb: str) -> VerbParts | None:
    """The forms of a verb; None where it is not sure which is which."""
    if verb in _UNSURE:
        return None
    third, *past, present_participle = _conjugated(verb)
    return VerbParts(third, past[0] if past else verb, past[-1] if past else verb, present_participle)


def _plural(noun: str) -> str:
    if noun in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[noun]
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("sis"):  # crisis, diagnosis
        return noun[:-2] + "es"
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
    stem = verb + verb[-1] if _doubles(verb) else verb + "k" if verb.endswith("ic") else verb
    return third, stem + "ed", stem + "ing"


def _doubles(verb: str) -> bool:
    if verb in _DOUBLING or (verb.endswith("el") and not verb.endswith("eel")):  # British: labelled
        return True
    verb = verb.replace("qu", "q")  # its u is no vowel: squatted
    closed = len(verb) >= 3 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return closed and sum(char in _VOWELS for char in verb) == 1
