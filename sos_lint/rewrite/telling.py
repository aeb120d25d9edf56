"""Makes sentences of a writer's answers: her words as they are, and between them only what is surely grammar.

An answer gets a capital and a full stop. What is plainly no sentence gets the words that make it one ("This
happened …", "The worst time was …"), which repeat the question and add nothing to the answer. In doubt the
answer stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from sos_lint import frame
from sos_lint.finding import Ask
from sos_lint.kinds import Part
from sos_lint.readers.build import tidy

_ENDS = ".!?…"
_CLOSERS = "\"'”’)]"
_LOOSE = " ,;:–-"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words with which a time or a count is said, and nothing else. A phrase of these alone has no verb.
_TIME_WORDS = _listed(
    """
    a about after again almost an and apart around as at before between by daily during each early end every
    few first fortnightly from half hourly in last late least less mid monthly more most nearly next nightly
    of on once only or other out over past per since some start than that the then this till to today
    twice until up weekly yearly yesterday
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty hundred second third fourth fifth sixth
    time times day days night nights morning mornings afternoon afternoons evening evenings midnight noon
    hour hours minute minutes week weeks weekend weekends weekday weekdays fortnight fortnights month months
    year years term terms school occasion occasions visit visits date dates bank holiday holidays half-term
    spring summer autumn winter christmas easter eve boxing new
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    am pm couple dozen several
    """
)
_DIGITS = re.compile(r"\d+(?:st|nd|rd|th|am|pm|s)?(?:[/:.-]\d+)*(?:am|pm)?")
_NUMBER = r"(?:\d+|a few|several|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)"
_UNITS = "day|night|morning|afternoon|evening|weekend|lesson|hour"
# A phrase of time that can follow "This happened".
_ADVERB = re.compile(
    rf"(?:about |around |nearly |almost |at least |more than |up to |only )?"
    rf"(?:{_NUMBER}(?:(?: or | to |-){_NUMBER})? (?:times?|(?:{_UNITS})s? (?:a|each|every|per|out of))\b"
    r"|(?:once|twice|daily|weekly|nightly|monthly|every|each|on|in|since|from|between|most days|most nights)"
    r"\b)",
    re.IGNORECASE,
)
# How a frame leads on from then till now, and how the same is said of a time that is over.
_TILL_NOW = re.compile(r"\b(?:(?:has|have) (?:been|happened|met|gone on))\b")
_OVER = {
    "has happened": "happened",
    "has been": "was",
    "have been": "were",
    "have met": "met",
    "has gone on": "went on",
}
_IT_MEANT = re.compile(r"For (?P<whom>[^,]+) it meant\Z")
# With these a sentence or phrase begins that may follow a colon in small letters; a name may not.
_SMALL_AFTER_COLON = _listed(
    """
    a after all an and as at before both by during each every for from he her his in it its last many most
    my no nobody not on once one our she since some that the their then there they this three twice two we
    what when while
    """
)
# What makes a phrase plainly incomplete is that nobody in it could be the one who acts.
_ACTORS = _listed(
    """
    i you he she it we they who nobody everyone everybody someone somebody no-one the a an this that these
    those my your his her its our their all both each every some there mum dad mummy daddy nan nana nanny gran
    grandma grandad grandpa children boys girls kids parents staff police mother father sister brother baby
    """
)
_WORD = re.compile(r"[\w’'-]+")


def sentence(words: str) -> str:
    """The words as a sentence: a capital where the first word has none of its own, and a stop at the end."""
    words = tidy(words).rstrip(_LOOSE)
    if not words:
        return ""
    first = words.split(" ", 1)[0]
    if first.islower() and first[0].isalpha():
        words = words[0].upper() + words[1:]
    return words if is_ended(words) else f"{words}."


def is_ended(words: str) -> bool:
    """True when the words end with a stop, which quotes or brackets may close on."""
    return words.rstrip(_CLOSERS).endswith(tuple(_ENDS))


def told(answers: Iterable[tuple[Ask, str]]) -> str:
    """The sentences that a finding's answers make, in order; an empty answer makes none."""
    return " ".join(_telling(ask, tidy(words)) for ask, words in answers if tidy(words))


def after(before: str, words: str) -> str:
    """A sentence that is kept, with others behind it."""
    kept = before.rstrip()
    if not is_ended(kept) and not kept.endswith(":"):
        kept = kept.rstrip(_LOOSE) + "."
    return f"{kept} {words}" if words else before


def _telling(ask: Ask, words: str) -> str:
    lead = {Part.FREQUENCY: _of_frequency, Part.WORST: _of_worst, Part.IMPACT: _of_impact}.get(ask.part)
    return sentence(lead(ask, words) if lead else words)


def _of_frequency(ask: Ask, words: str) -> str:
    if not _is_time(words):
        return words
    lead = frame.lead(ask.start_from)
    if _ADVERB.match(words) and _TILL_NOW.search(lead):
        if "since" not in words.lower().split():
            lead = _TILL_NOW.sub(lambda verb: _OVER[verb.group()], lead)
        return f"{lead} {_small(words)}"
    return f"How often: {_small(words)}"


def _of_worst(ask: Ask, words: str) -> str:
    lead = frame.lead(ask.start_from)
    if not lead.endswith(" was") or re.search(r"\b(?:worst|hardest|most|only|once)\b", words, re.IGNORECASE):
        return words
    when, comma, rest = words.partition(", when ")
    asks_when = ask.start_from.startswith(f"{lead} [when")
    if asks_when and _is_time(when) and (rest or not comma):
        return f"{lead} {_small(words)}"
    return f"{lead} this: {_small(words)}"


def _of_impact(ask: Ask, words: str) -> str:
    """A phrase in which nobody acts ("hungry and cold") says of whom it speaks, where the frame does."""
    meant = _IT_MEANT.match(frame.lead(ask.start_from.replace("[child]", "the child")))
    if meant is None or not words[:1].islower() or _may_have_an_actor(words):
        return words
    return f"For {meant['whom']}: {words}"


def _is_time(words: str) -> bool:
    pieces = words.lower().rstrip(".").replace(",", " ").split()
    return any(piece.isalpha() for piece in pieces) and all(
        piece in _TIME_WORDS or _DIGITS.fullmatch(piece) for piece in pieces
    )


def _may_have_an_actor(words: str) -> bool:
    return any(word.lower() in _ACTORS or not word[0].islower() for word in _WORD.findall(words))


def _small(words: str) -> str:
    """The words as they stand after others: a first word that is no name loses its capital."""
    first = "".join(takewhile(lambda sign: sign.isalpha() or sign == "-", words))
    return words[0].lower() + words[1:] if first.lower() in _SMALL_AFTER_COLON else words
