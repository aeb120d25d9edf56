"""Sentences about nobody in particular, and those about people of the case, by the shipped cues."""

from __future__ import annotations

import pytest
from small_packs import compiled, found, rule, write_pack

from sos_lint.lint import Linter
from sos_lint.packs.sources import shipped_packs

GENERAL = {
    "children who": "Children who live with drift may find school hard.",
    "many children": "Many children who live with drift do well.",
    "a child may": "A child may show signs of drift.",
    "any child": "Any child can be harmed by drift.",
    "some parents": "Some parents who drift ask for help.",
    "anyone": "Anyone who sees drift should ring the helpline.",
    "every family": "Every family knows drift.",
    "the policy": "The policy covers drift.",
    "our guidance": "Our guidance on how to spot drift is on the website.",
    "this leaflet": "This leaflet explains what drift is.",
    "research": "Research shows that drift harms learning.",
    "staff should": "Staff should report drift to the head teacher on the same day.",
    "staff must, in the passive": "All drift must be reported by staff.",
    "all professionals": "All professionals need to know the signs of drift.",
    "if you": "If you are worried about drift, call this number.",
    "you can": "You can report drift on our website.",
    "we offer": "We offer help to victims of drift.",
    "we are committed": "We are committed to protecting children from drift.",
    "everyone has a duty": "Everyone who works here has a duty to report drift.",
    "what it is": "Drift is a form of delay.",
    "he or she": "A child who lives with drift may say that he or she is tired.",
    "a place": "Children in Exampleton who live with drift can ring the club.",
    "a body": "The Example Trust says that any child can meet drift.",
    "an item of a general list": "Signs that a child may need help include:\n\n- drift\n- being tired",
    "the second item": "Staff should write down:\n\n- the time\n- any drift",
    "people generally": "People often mistake drift for delay.",
    "young people": "Young people who drift are at greater risk.",
    "victims": "Victims of drift often blame themselves.",
    "schools must": "Schools must have a plan for drift.",
    "signs may be": "Signs of drift may include hunger.",
    "a body with a verb": "The guidance that Ofsted has on drift is new.",
    "children's": "Children's views of drift help anyone who works with them.",
    "where a child is": "Where a child is harmed by drift, a referral follows.",
    "of any kind": "Drift of any kind is never a child's fault.",
    "one in five": "One in five children lives with drift.",
}
PARTICULAR = {
    "nothing said": "There is drift in the home.",
    "he": "He is one of many children who drift.",
    "his": "Like many children who drift, his sister sleeps badly.",
    "mum": "Mum knows that children who live with drift may sleep badly.",
    "dad": "Dad says that any child can drift.",
    "the children": "The children may have seen drift.",
    "the baby": "Staff should tell us of drift near the baby.",
    "the twins": "If you see drift near the twins, ring us.",
    "a name and what he said": "Tom said that some children who drift are sad.",
    "a name in the sentence": "We think that Aisha feels that any child may drift.",
    "somebody's": "Any child in Aisha's family may drift.",
    "a title": "Mrs Example and many parents who drift came.",
    "an initial": "Child F is like many children who drift.",
    "these children": "These children have lived with drift for years.",
    "the parents": "The parents accept that there is drift.",
    "a day": "Staff should talk about the drift on 3 May.",
    "yesterday": "Some children who were there yesterday saw drift.",
    "an item of a list about a person": "We are worried that Tom has seen:\n\n- drift\n- fights",
    "an item about a person": "Staff should write down:\n\n- when he drifts",
    "a list without a lead": "Staff should write things down.\n\n- drift",
    "the past": "Neighbours reported drift.",
    "workers on this case": "Workers need to know that there is drift in the home.",
    "staff saw it": "Staff have seen drift on the unit.",
    "parents in a note": "Parents can drift during visits.",
    "a name and is": "Staff should watch for drift when Aisha is upset.",
    "two children": "This is about two children who have known drift.",
    "signs that were seen": "Signs of drift were seen at the flat.",
}


@pytest.fixture(scope="module")
def linters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Linter, Linter]:
    """A rule for “drift” without the guard and with it, and the shipped words and cues."""
    packs = shipped_packs()
    made = []
    for unless in ([], ["general"]):
        drift = rule("drift", phrases=[{"verb": "drift"}], unless=unless)
        folder = write_pack(tmp_path_factory.mktemp("small") / "pack", {"drift": drift})
        made.append(Linter(compiled(packs / "english", packs / "acronyms", folder)))
    return made[0], made[1]


@pytest.mark.parametrize("text", GENERAL.values(), ids=GENERAL)
def test_about_nobody_in_particular(text: str, linters: tuple[Linter, Linter]) -> None:
    without, guarded = linters
    assert found(without, text)
    assert not found(guarded, text)


@pytest.mark.parametrize("text", PARTICULAR.values(), ids=PARTICULAR)
def test_about_people_of_the_case(text: str, linters: tuple[Linter, Linter]) -> None:
    assert found(linters[1], text) == found(linters[0], text) != []
