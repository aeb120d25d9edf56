"""How a thing stands in its clause: told as a fact, denied, supposed or planned."""

from __future__ import annotations

import pytest

from sos_lint.lint import shared_linter
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.standing import Standings
from sos_lint.nlp.surroundings import Surroundings, cues_of
from sos_lint.readers import read_bytes
from sos_lint.text import Range

FACTS = {
    "told": "Dad hit her.",
    "reported": "Tom says that Dad hit her.",
    "after a denial that ends": "Mum was not in, but Dad hit her.",
    "after a comma": "There was no heating, Dad hit her.",
    "a look-alike": "It was not only that he hit her.",
    "as if": "He laughed as if he hit her for fun.",
}
NOT_FACTS = {
    "denied": "Dad never hit her.",
    "denied by him": "Dad denies that he hit her.",
    "supposed": "If Dad hit her, we will meet.",
    "feared": "Mum worries that he could hit her.",
    "threatened": "He says he would hit her.",
    "planned": "Dad will hit the ball with her.",
    "agreed": "Dad agreed not to hit her.",
    "wished": "He wished he had hit her.",
}
ALL = [(text, True, name) for name, text in FACTS.items()]
ALL += [(text, False, name) for name, text in NOT_FACTS.items()]


@pytest.mark.parametrize(("text", "expected"), [each[:2] for each in ALL], ids=[each[2] for each in ALL])
def test_what_is_told_as_a_fact(text: str, expected: bool) -> None:
    lexicon = shared_linter().catalogue.lexicon
    document = read_bytes(text.encode(), "draft.md")
    around = Surroundings(document, Sentences(lexicon.classes["abbreviation"]))
    at = text.index("hit")
    (sentence,) = around.sentences(document.blocks[0])
    assert Standings(around, cues_of(lexicon)).is_fact(Range(at, at + 3), sentence) is expected
