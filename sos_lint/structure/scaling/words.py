"""The words that scales go by, made ready: what joins 0 to its meaning, what says that a number was given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from sos_lint.nlp.surroundings import Cues

NUMBERS: Mapping[str, int] = {
    "zero": 0,
    "nought": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
WRITTEN = r"\d{1,3}(?:\.5)?|" + "|".join(NUMBERS)
_ZERO_OR_TEN = r"(0|zero|nought|10|ten)(?![\w/]|\.\w)"
_LEADS = r"(?<![\w/.])(?:(?:a|an|the|at|of) )?"


class ScaleWords:
    """Expressions over folded text, made of the word classes of a lexicon."""

    def __init__(self, cues: Cues) -> None:
        classes = cues.lexicon.classes
        joins = _any_of(classes.get("end-is", ()))
        judges = _any_of(classes.get("judges", ()))
        is_named = rf"(?: ?(?:=|:|\u2013|\u2014|-(?= )|,(?= (?:where|when|that|being)\b))| (?:{joins})(?!\w))"
        fillers = r"(?: (?:an?|at|it|as|of|to|on|for|things|herself|himself|themselves|us|this|that))*"
        self.defined = re.compile(rf"{_LEADS}{_ZERO_OR_TEN}{is_named} ?(?=\S)")
        self.bracketed = re.compile(rf"{_LEADS}{_ZERO_OR_TEN} ?\(([^()]+)\)")
        self.at_end = re.compile(rf"(?<!\w)at (?:a |an )?{_ZERO_OR_TEN},? (?=[a-z])")
        self.placed = re.compile(
            r"(?<!\w)(?:top|bottom|(?:one|other) end)(?: of [a-z ]{1,20})?,? ?(?:is |at )?"
            rf"{_ZERO_OR_TEN},? (?=[a-z])"
        )
        self.backwards = re.compile(
            rf"([^.;:?]{{1,200}}?),?(?: (?:{joins}|scores?)(?: at)?(?: an?| the)?|,? ?\() ?{_ZERO_OR_TEN}\)?"
            r"(?=[.,;)?]|\Z| and )"
        )
        self.until = re.compile(
            rf"[,;]? ?(?:(?:and|to|while|whereas|but|with) )?(?:(?:a|an|at|the|up to|of) )*"
            rf"(?<![\w/.])(?:0|zero|nought|10|ten)(?=(?:{is_named})| ?\()"
            rf"|[,;] ?(?:(?:and|but|so) )?(?=[\w' ]{{1,30}} (?:{judges})(?!\w)[\w' ]{{0,20}}?"
            rf"(?:{WRITTEN})(?!\w))"
            r"|[,;] ?(?:and )?(?:where|what|how|which) (?:would|do|does|did|are|is|number|things|you)\b|[;?]"
        )
        self.judged = re.compile(rf"(?<!\w)(?:{judges})(?:[\w' ]{{0,40}} )??{fillers}\Z")
        self.judged_closely = re.compile(rf"(?<!\w)(?:{judges})(?: [\w']+)?{fillers}\Z")
        self.just_judged = re.compile(rf"(?<!\w)(?:{judges}){fillers}\Z")
        self.wished = re.compile(rf"(?<!\w)(?:{_any_of(classes.get('wishes', ()))})(?!\w)[^.;?]*\Z")
        self.would_judge = re.compile(rf"(?<!\w)would (?:{judges})(?!\w)")
        self.new_clause = re.compile(
            rf"[,;:\u2014\u2013]|(?<!\w)(?:but|because|and(?= [\w' ]{{1,30}} (?:{judges})(?!\w)))(?!\w)"
        )
        self.next_answer = re.compile(
            rf"[,;]? (?:and|but|while|whereas) [\w' ]{{1,30}}? (?:{judges})(?!\w)"
            r"|[,;] ?[\w' ]{1,30}\Z|\s+\Z"
        )
        self.somebody_judges = re.compile(rf"\W*(?:(?:and|but|while) )?[\w' ]{{1,30}} (?:{judges})(?!\w)")
        self.counts = re.compile(
            rf" ?(?:st|nd|rd|th|am|pm|o'clock|%|\+)|"
            rf" (?!(?:{_any_of(classes.get('after-score', ()))})(?!\w))[a-z]"
        )
        self.plans = re.compile(rf"(?<!\w)(?:{_any_of(classes.get('no-reason-in', ()))})(?!\w)")
        self.answer = re.compile(
            rf"[\w' ]{{2,40}}(?:\([^()]*\))?(?:[:,\u2013\u2014-]| (?:{judges}))? ?(?:an? )?"
            rf"(?:{WRITTEN})(?!\w)"
        )


@lru_cache(maxsize=2)
def scale_words(cues: Cues) -> ScaleWords:
    """The expressions of some cues, made once."""
    return ScaleWords(cues)


def value_of(written: str) -> int:
    """The number that some digits or a word say; a half is left out."""
    return NUMBERS[written] if written in NUMBERS else int(float(written))


def _any_of(words: tuple[str, ...]) -> str:
    """An expression for any of some words; for none where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) if ordered else r"(?!)"
