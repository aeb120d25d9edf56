"""Who did what, by word forms: acts that a reader can picture, and those that they only look like."""

from __future__ import annotations

import pytest

from sos_lint.lint import shared_linter
from sos_lint.nlp.acts import Act, Acts
from sos_lint.nlp.people import People
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Surroundings, cues_of
from sos_lint.readers import read_bytes


def acts_in(text: str) -> tuple[list[Act], Acts]:
    lexicon = shared_linter().catalogue.lexicon
    document = read_bytes(text.encode(), "draft.md")
    around = Surroundings(document, Sentences(lexicon.classes["abbreviation"]))
    acts = Acts(People(around, cues_of(lexicon)), cues_of(lexicon))
    found = [act for block in document.blocks for one in around.sentences(block) for act in acts.within(one)]
    return found, acts


PICTURED = {
    "a listed doer": ("Dad emptied the milk down the sink.", "emptied ADULT"),
    "a pronoun": ("Mum came home. She bolted the door.", "bolted ADULT"),
    "a first name": ("Kai flooded the bathroom.", "flooded NAMED"),
    "a name with a title": ("Then Mr Sample unscrewed the handle.", "unscrewed ADULT"),
    "a child by age": ("Then Aisha (6) climbed the fence.", "climbed CHILD"),
    "present of one": ("Mum padlocks the fridge.", "padlocks ADULT"),
    "a word between": ("Dad then slowly unplugged the phone.", "unplugged ADULT"),
    "going on after and": ("Dad opened the case and emptied it.", "emptied ADULT"),
    "going on after has": ("Dad has unscrewed the bed and sells it.", "unscrewed ADULT"),
    "where he was": ("The man in the grey van handed him a phone.", "handed ADULT"),
    "a passive": ("His bag was emptied into the pond.", "emptied None"),
    "by whom": ("The knife was laid on the table by Uncle Ray.", "laid ADULT"),
    "left undone": ("Mum did not wash him.", "wash ADULT undone"),
    "by nobody": ("Nobody mended the boiler.", "mended SOMEBODY undone"),
    "a clipped item": ("What he did:\n\n- poured away the milk", "poured None"),
    "after a colon": ("Risk: climbing out of the window.", "climbing None"),
}


@pytest.mark.parametrize(("text", "expected"), PICTURED.values(), ids=PICTURED)
def test_acts_that_can_be_pictured(text: str, expected: str) -> None:
    found, acts = acts_in(text)
    told = [
        f"{act.verb.text} {act.who.name if act.who else None}{' undone' * act.left_undone}"
        for act in found
        if acts.pictures(act)
    ]
    assert told[0] == expected


NONE = {
    "a verb that pictures nothing": "Dad presented as agitated.",
    "a noun in -s": "Adult services closed the case.",
    "what somebody has": "Mum has friends.",
    "harm not done": "Dad never hit her.",
    "an owner": "Dad's locked door.",
    "a feeling": "Tom was worried.",
    "a capital": "He met Ms Placed.",
    "procedure in the passive": "The file was recorded.",
    "another form after and": "He struggles with rules and perceived slights.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_pictures_no_act(text: str) -> None:
    found, acts = acts_in(text)
    assert [act.verb.text for act in found if acts.pictures(act)] == []


EFFECTS = {
    "a child by age": ("Then Ruby (5) licked the plates.", True),
    "a reaction of whoever": ("Mum hit Dad. Then Maya hid.", True),
    "a grown-up's": ("Mum hid in the shed.", False),
    "a child who only tells": ("Then Ruby (5) said so.", False),
    "an act of a name": ("Then Maya unscrewed the handle.", False),
}


@pytest.mark.parametrize(("text", "expected"), EFFECTS.values(), ids=EFFECTS)
def test_acts_that_show_what_it_was_like(text: str, expected: bool) -> None:
    found, acts = acts_in(text)
    assert any(acts.shows_effect(act) for act in found) is expected
