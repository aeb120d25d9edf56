"""Turns a sentence round where that is surely still English: a passive, a view that nobody holds, a count.

Each gives words of a new sentence, without its stop, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sos_lint.rewrite.fitting import capitalised

_STOP = re.compile(r" ?\.\Z")
_MARKS = re.compile(r"[,;:()\[\]\"“”?!\u2013\u2014]|(?<!\d)\.(?!\d)")
_CLAUSES = re.compile(
    r"\b(?:and|or|but|because|when|while|which|who|that|if|until|unless|as|then|since|so|not|never|no|without|"
    r"nobody|nothing|\w+n['’]t|(?!morning|evening|during)\w+ing)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 14

_BE = r"(?:was|were|has been|have been|had been)"
_PASSIVE = re.compile(
    rf"\b(?P<be>{_BE}) (?:(?P<manner>\w+ly) )?(?P<verb>[a-z-]+)(?: (?P<tail>[a-z ]+))?\Z", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:(?P<lead>(?:On|In) (?:[A-Z][a-z]+|\d{1,2} [A-Z][a-z]+)(?: \d{4})?"
    r"|Yesterday|Last (?:night|week)),? )?"
    r"(?P<subject>(?i:I|he|she|they|we|it|you)"
    r"|(?i:the|a|an|his|her|their|this|these|both|all) [a-z]+(?: [a-z]+)?"
    r"|(?:(?:Mr|Mrs|Ms|Miss|Mx) )?[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:['’]s [a-z]+)?)\Z"
)
OBJECTS = {"he": "him", "she": "her", "they": "them", "i": "me", "we": "us", "it": "it", "you": "you"}
# Pasts that differ from the participle; with any other, the two are the same or it is not sure.
PASTS = {
    "beaten": "beat",
    "bitten": "bit",
    "broken": "broke",
    "chosen": "chose",
    "driven": "drove",
    "forbidden": "forbade",
    "given": "gave",
    "hidden": "hid",
    "rung": "rang",
    "seen": "saw",
    "shaken": "shook",
    "spoken": "spoke",
    "stolen": "stole",
    "sworn": "swore",
    "taken": "took",
    "thrown": "threw",
    "torn": "tore",
    "withdrawn": "withdrew",
}
_SAME = re.compile(
    r"\w+ed|hit|hurt|held|left|told|shot|burnt|shut|put|sent|kept|fed|set|found|heard|sought|made|spat|"
    r"felt|thought|understood"
)
_NO_OBJECT = frozenset(  # "was considered" and the like need more than an object
    ["said", "subjected", "supposed", "involved", "concerned", "born", "based", "deemed"]
)
_BEFORE_OBJECT = frozenset(["at", "with", "to", "about"])
_TAIL_STOPS = frozenset(["by", "of", "from", "off", "him", "her", "it", "be", "have", "as", "for"])
_AFTER_PASSIVE = re.compile(
    r"(?:on|in|at|during|with|outside|inside|near|around|round|again|twice|once|yesterday|today|to|into|about|"
    r"from|for|over)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d|[A-Z]|\b(?:day|days|night|week|month|year|today|yesterday)\b")
_NOT_NOUNS = frozenset(["this", "theirs", "ours", "yours", "hers", "others"])
_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "their", "this", "these", "both", "all"])

_VIEW = re.compile(rf"It (?P<be>{_BE}|is) (?:\w+ly )?(?P<verb>[a-z]+) that (?P<clause>.+)\Z")
_COUNT_OF = re.compile(r"\b(?:the|his|her|their|these|those|them)\b", re.IGNORECASE)
_MASS = re.compile(r"\b(?:deal|amounts?|volume|lots?|loads|plenty)\b")


def without(sentence: str, start: int, end: int) -> str | None:
    """A short sentence of one clause without some words of it, to be gone on with."""
    kept = _bare(f"{sentence[:start].rstrip()} {sentence[end:].lstrip()}".strip())
    words = kept.split()
    if not sentence[end:].strip(" .") and not sentence[:start].strip():
        return None
    if not 2 <= len(words) <= _MOST_WORDS or _MARKS.search(kept) or _CLAUSES.search(kept):
        return None
    return capitalised(kept)


def counted(sentence: str, start: int, end: int) -> str | None:
    """The sentence with a blank for a number in the place of words that count ("several", "a lot of")."""
    words, after = sentence[start:end].lower(), sentence[end:].lstrip()
    if words.endswith("one") or "“" in sentence or '"' in sentence or not after.strip("."):
        return None
    of = " of" if words.endswith(" of") and _COUNT_OF.match(after) else ""
    if words.startswith(("a series", "a string", "a run", "a succession", "a catalogue", "repeated")):
        return None  # "a series of arguments was"
    thing = re.match(r"[\w'’-]+(?: [\w'’-]+)?", after)
    mass = _MASS.search(words) and not (thing and any(w.endswith("s") for w in thing.group().split()))
    blank = "[how much]" if mass else "[how many]"
    return _bare(f"{sentence[:start]}{blank}{of} {after}")


def active(sentence: str, start: int, end: int, is_person: Callable[[int], bool]) -> str | None:
    """A passive turned round, to follow who did it: "Tom was hit on Friday." gives "hit Tom on Friday".

    `is_person` tells whether the words before a place name somebody, so that a capital is a name's.
    """
    found = _PASSIVE.search(sentence, start, end)
    before = sentence[: found.start()].rstrip() if found else ""
    head = _SUBJECT.match(before)
    if found is None or head is None:
        return None
    verb, tail = found["verb"].lower(), (found["tail"] or "").split()
    past = PASTS.get(verb) or (verb if _SAME.fullmatch(verb) else None)
    thing = _object(head["subject"], is_person=is_person(len(before)))
    rest = _bare(sentence[end:].strip())
    if past is None or verb in _NO_OBJECT or thing is None or set(tail) & _TAIL_STOPS:
        return None
    if tail[:1] == ["to"] and len(tail) > 1 and verb != "told":
        return None
    if rest and not (_AFTER_PASSIVE.match(rest) and without(f"x {rest}", 0, 0)):
        return None
    if head["lead"] and (_DATED.search(rest) or "been" in found["be"]):
        return None
    if head["subject"].lower() == "it" and rest.startswith("to "):
        return f"{past} {rest}" if verb in ("decided", "agreed", "arranged", "planned") else None
    when = head["lead"][0].lower() + head["lead"][1:] if head["lead"] else ""
    told = [*tail, thing] if tail and tail[-1] in _BEFORE_OBJECT else [thing, *tail]
    return " ".join(filter(None, [(found["manner"] or "").lower(), past, *told, rest, when]))


def judged(sentence: str) -> str | None:
    """Of "It was felt that …", what follows whose view it is: "felt that …"."""
    found = _VIEW.match(_bare(sentence))
    if found is None or found["be"] == "is" or not _SAME.fullmatch(found["verb"]):
        return None
    return f"{found['verb']} that {found['clause']}"


def clause(sentence: str) -> str | None:
    """Of "It is felt that …", the view itself."""
    found = _VIEW.match(_bare(sentence))
    return found["clause"] if found else None


def _object(subject: str, *, is_person: bool) -> str | None:
    """The subject of a passive as the object of an act."""
    if subject.lower() in OBJECTS:
        return OBJECTS[subject.lower()]
    first, *more = subject.lower().split()
    if first in _DETERMINERS and more:
        return subject[0].lower() + subject[1:]
    if is_person:
        return subject
    plural = not more and first.endswith("s") and first not in _NOT_NOUNS
    return first if plural or subject == "Police" else None  # "Bruises were seen"


def _bare(sentence: str) -> str:
    return _STOP.sub("", sentence.strip())
