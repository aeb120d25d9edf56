"""Who is meant by a name, a role or a pronoun."""

from __future__ import annotations

import pytest

from sos_lint.lint import shared_linter
from sos_lint.nlp.people import People, Who
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Surroundings, cues_of
from sos_lint.readers import read_bytes

LAST = {  # the one who is named last before the bar
    "kin": ("Mum said that |", Who.ADULT),
    "kin of a child": ("Tom's mum |", Who.ADULT),
    "a title": ("So Mrs Example |", Who.ADULT),
    "a worker": ("So the health visitor |", Who.WORKER),
    "the writer": ("Then I |", Who.WORKER),
    "a word for a child": ("So the baby |", Who.CHILD),
    "a name": ("So Kai |", Who.NAMED),
    "a name with an age": ("So Kai (7) |", Who.CHILD),
    "a name whose mum is named": ("Kai's mum came. Then Kai |", Who.CHILD),
    "a name with children": ("Gary's kids came. Then Gary |", Who.ADULT),
    "a surname as police write it": ("Then HUGHES |", Who.NAMED),
    "a pronoun of the grown-up named": ("Mum came in. She |", Who.ADULT),
    "a pronoun of one of two": ("Mum hit the baby. She |", Who.SOMEBODY),
    "a pronoun in a list": ("What Dad did:\n\n- he |", Who.ADULT),
    "somebody": ("Then somebody |", Who.SOMEBODY),
    "the first word of a sentence": ("Bullying |", None),
    "nobody": ("So it |", None),
}


@pytest.mark.parametrize(("text", "expected"), LAST.values(), ids=LAST)
def test_who_is_named_last(text: str, expected: Who | None) -> None:
    lexicon = shared_linter().catalogue.lexicon
    document = read_bytes(text.replace("|", "went").encode(), "draft.md")
    around = Surroundings(document, Sentences(lexicon.classes["abbreviation"]))
    people = People(around, cues_of(lexicon))
    sentence = around.sentences(document.blocks[-1])[-1]
    assert people.last_before(sentence.end - len("went"), sentence) is expected
