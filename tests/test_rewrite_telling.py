"""Sentences of a writer's answers: her words as they are, and only grammar between them."""

from __future__ import annotations

import pytest

from sos_lint.finding import Ask
from sos_lint.kinds import Part
from sos_lint.rewrite.telling import after, sentence, told

TIMES = "This has happened [how many times] since [when]."
SEEN = "This has been seen [how many times] since [when]."
MUCH = "[Who] drank [how much] since [when]."
WORST = "The worst time was [when], when [what happened]."
CHILD = "For [child] it meant [what]."
PERSON = "[Who] felt [what]."

SENTENCES = {
    "a capital and a stop": ("dad left at six", "Dad left at six."),
    "as it is": ("Dad left at six.", "Dad left at six."),
    "spaces and lines": ("  dad left\n at  six ", "Dad left at six."),
    "a comma too many": ("dad left,", "Dad left."),
    "a question": ("who knows?", "Who knows?"),
    "said": ("Odette said “go away.”", "Odette said “go away.”"),
    "said without a stop": ("Odette said “go away”", "Odette said “go away”."),
    "in brackets": ("dad left (at six)", "Dad left (at six)."),
    "a number first": ("3 times", "3 times."),
    "a name with its own capitals": ("iPads were sold", "iPads were sold."),
    "a letter with an accent": ("écoute", "Écoute."),
    "nothing": ("  ", ""),
    "only marks": (" , ", ""),
}


@pytest.mark.parametrize(("words", "made"), SENTENCES.values(), ids=SENTENCES)
def test_sentence(words: str, made: str) -> None:
    assert sentence(words) == made


# A part and its frame, an answer, and what is written.
TOLD = {
    "what was done": (Part.BEHAVIOUR, "What did he do?", "he left them alone", "He left them alone."),
    "what was done, a phrase": (
        Part.BEHAVIOUR,
        "What?",
        "no breakfast on school days",
        "No breakfast on school days.",
    ),
    "how often": (Part.FREQUENCY, TIMES, "three times in May", "This happened three times in May."),
    "how often, since": (
        Part.FREQUENCY,
        TIMES,
        "Twice a week since Easter",
        "This has happened twice a week since Easter.",
    ),
    "how often, nights": (Part.FREQUENCY, TIMES, "4 nights a week", "This happened 4 nights a week."),
    "how often, on days": (Part.FREQUENCY, TIMES, "on 4 and 5 May", "This happened on 4 and 5 May."),
    "how often, about": (
        Part.FREQUENCY,
        TIMES,
        "at least two or three times",
        "This happened at least two or three times.",
    ),
    "how often, no adverb": (Part.FREQUENCY, TIMES, "4 mornings in May", "How often: 4 mornings in May."),
    "how often, only a number": (Part.FREQUENCY, TIMES, "4", "4."),
    "how often, every night": (Part.FREQUENCY, TIMES, "every night", "This happened every night."),
    "how often, a sentence": (Part.FREQUENCY, TIMES, "every night Dad shouts", "Every night Dad shouts."),
    "how often, in the question's other terms": (
        Part.FREQUENCY,
        MUCH,
        "8 cans every night",
        "8 cans every night.",
    ),
    "how often, not a thing that happens": (Part.FREQUENCY, MUCH, "Every night", "How often: every night."),
    "how often it was seen": (Part.FREQUENCY, SEEN, "twice in May", "This was seen twice in May."),
    "the worst, a date": (Part.WORST, WORST, "12 May", "The worst time was 12 May."),
    "the worst, a date and what": (
        Part.WORST,
        WORST,
        "On 12 May, when Odette fell",
        "The worst time was on 12 May, when Odette fell.",
    ),
    "the worst, a sentence": (
        Part.WORST,
        WORST,
        "On 12 May two people came",
        "The worst time was this: on 12 May two people came.",
    ),
    "the worst, a name first": (
        Part.WORST,
        WORST,
        "Wilbur fell. He cried",
        "The worst time was this: Wilbur fell. He cried.",
    ),
    "the worst, I": (Part.WORST, WORST, "I saw a bruise", "The worst time was this: I saw a bruise."),
    "the worst, said so": (Part.WORST, WORST, "12 May was the worst", "12 May was the worst."),
    "the worst, only once": (Part.WORST, WORST, "it was only on 12 May", "It was only on 12 May."),
    "the worst, a number": (Part.WORST, WORST, "2", "The worst time was this: 2."),
    "the hardest": (Part.WORST, "The hardest day was [when].", "Monday", "The hardest day was Monday."),
    "the most dangerous": (
        Part.WORST,
        "The most dangerous time was [when].",
        "last Friday",
        "The most dangerous time was last Friday.",
    ),
    "another question": (Part.WORST, "[What] was worst.", "the cold", "The cold."),
    "what it was like, a phrase": (Part.IMPACT, CHILD, "hungry and cold", "For the child: hungry and cold."),
    "what it was like, a sentence": (Part.IMPACT, CHILD, "Odette was hungry", "Odette was hungry."),
    "what it was like, who": (Part.IMPACT, CHILD, "the boys cried", "The boys cried."),
    "what it was like, a capital": (Part.IMPACT, CHILD, "Hungry", "Hungry."),
    "what it was like, for whom": (Part.IMPACT, PERSON, "hungry", "Hungry."),
    "what it was like, by name": (Part.IMPACT, "For Tom it meant [what].", "cold", "For Tom: cold."),
    "the worst, not a time": (
        Part.WORST,
        "The worst damage was [what], on [when].",
        "12 May",
        "The worst damage was this: 12 May.",
    ),
    "how often, no frame": (Part.FREQUENCY, "", "every night", "How often: every night."),
    "the worst, no frame": (Part.WORST, "", "12 May", "12 May."),
    "what it was like, no frame": (Part.IMPACT, "", "hungry", "Hungry."),
    "nothing": (Part.IMPACT, CHILD, " ", ""),
}


@pytest.mark.parametrize(("part", "frame", "words", "made"), TOLD.values(), ids=TOLD)
def test_told(part: Part, frame: str, words: str, made: str) -> None:
    assert told([(Ask(part, "?", start_from=frame), words)]) == made


def test_answers_follow_one_another() -> None:
    asks = [
        Ask(Part.BEHAVIOUR, "What?"),
        Ask(Part.FREQUENCY, "How often?", start_from=TIMES),
        Ask(Part.IMPACT, "How?", start_from=CHILD),
    ]
    assert told(zip(asks, ["he left", "", "cold"], strict=True)) == "He left. For the child: cold."


AFTER = {
    "a sentence": ("He left.", "She cried.", "He left. She cried."),
    "a line of a list": ("neglect at home", "She cried.", "neglect at home. She cried."),
    "a colon": ("Neglect:", "She cried.", "Neglect: She cried."),
    "a semicolon": ("neglect;", "She cried.", "neglect. She cried."),
    "said": ("“Go.”", "She cried.", "“Go.” She cried."),
    "nothing": ("neglect at home", "", "neglect at home"),
}


@pytest.mark.parametrize(("kept", "words", "made"), AFTER.values(), ids=AFTER)
def test_after(kept: str, words: str, made: str) -> None:
    assert after(kept, words) == made
