"""Conditions: where a match counts by its neighbours, and by grammar; token and dependency patterns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_packs import PACK, compiled, findings_in, found, linter_for, rule, write_pack

from sos_lint.lint import Linter

WORDS = {"words": {"month": ["may", "june"], "child": ["child", "young person"], "number": ["two"]}}
Find = Callable[..., list[str]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """The words that a rule for “contact” with these conditions finds in a text."""

    def ask(text: str, **conditions: Any) -> list[str]:
        return found(
            linter_for(tmp_path, rule("contact", phrases=["contact"], **conditions), words=WORDS), text
        )

    return ask


Row = tuple[dict[str, list[str]], list[str], list[str]]
BY_WORDS: dict[str, Row] = {
    "not before": (
        {"not_before": ["lens|lenses"]},
        ["A contact lens.", "A contact-lens.", "Contact   lenses."],
        ["Contact with a lens.", "A contact. Lens came.", "A lens contact.", "A contact lensing."],
    ),
    "not before, of several words": (
        {"not_before": ["with the? <child>"]},
        ["Contact with the child.", "Contact with child.", "Contact with the young person."],
        ["Contact with a child.", "Contact with them."],
    ),
    "not after": (
        {"not_after": ["eye", "body ... to"]},
        ["Eye contact.", "Eye-contact.", "Body close to contact."],
        ["An eye for contact.", "Contact eye.", "He had an eye. Contact came.", "Deye contact."],
    ),
    "only before": (
        {"only_before": ["on|in <month>"]},
        ["No contact.", "Contact on Monday.", "On May contact."],
        ["Contact in May.", "Contact on June 4."],
    ),
    "only after": (
        {"only_after": ["his|her", "in <number>"]},
        ["The contact.", "Contact of his.", "It was his. Contact came."],
        ["His contact.", "In 3 contact."],
    ),
    "not near": (
        {"not_near": ["phone ... number"]},
        ["Contact by phone, the number is here.", "The phone number for contact."],
        ["Contact by phone.", "A phone. Number for contact.", "A number for contact by phone."],
    ),
    "only near": (
        {"only_near": ["supervis*", "mum|dad"]},
        ["Contact on Monday.", "Contact. Mum came.", "Contact with mummy."],
        ["Supervised contact.", "Contact that the team supervises.", "Contact with his mum."],
    ),
    "several together": (
        {"only_near": ["mum"], "not_before": ["lens"], "not_after": ["eye"]},
        ["Mum’s contact lens.", "Mum made eye contact.", "A contact."],
        ["Mum’s contact."],
    ),
    "the match is no neighbour of itself": (
        {"only_near": ["contact"]},
        ["A contact on Monday."],
        ["A contact after contact."],
    ),
}  # fmt: skip


def rows(table: dict[str, Row]) -> pytest.MarkDecorator:
    flat = [
        pytest.param(conditions, text, flagged, id=f"{name}: {text}")
        for name, (conditions, passes, flags) in table.items()
        for flagged, texts in ((False, passes), (True, flags))
        for text in texts
    ]
    return pytest.mark.parametrize(("conditions", "text", "flagged"), flat)


@rows(BY_WORDS)
def test_conditions_on_words(conditions: dict[str, list[str]], text: str, flagged: bool, find: Find) -> None:
    assert bool(find(text, **conditions)) is flagged


LED = {
    "one word": ("Her contact came.", ["Her contact"]),
    "further words": ("She had her usual contact.", ["had her usual contact"]),
    "as far back as one of them reaches": ("Their own contact.", ["Their own contact"]),
    "nothing before": ("Contact came.", []),
    "another word before": ("The contact came.", []),
    "a word between": ("Her old contact.", []),
    "another sentence": ("It was her. Contact came.", []),
    "spaces": ("Her   contact.", ["Her contact"]),
    "an exception, without the words that lead": ("Her contact lens.", []),
    "a condition, before the words that lead": ("Not her contact.", []),
}


@pytest.mark.parametrize(("text", "words"), LED.values(), ids=LED)
def test_words_that_lead_belong_to_the_match(text: str, words: list[str], find: Find) -> None:
    leading = ["her|own", "had her usual?", "their own"]
    assert find(text, led_by=leading, not_after=["not"], **{"except": ["contact lens"]}) == words


def test_no_hidden_actor_swallows_or_is_swallowed(tmp_path: Path) -> None:
    """Of “was neglected” we ask who did it and what it was."""
    linter = linter_for(
        tmp_path,
        rule("did", kind="hidden-actor", phrases=["neglected"], led_by=["was"]),
        rule("what", kind="broad-term", phrases=["neglected"]),
        rule("long", kind="broad-term", phrases=["was hurt again"]),
        rule("hurt", kind="hidden-actor", phrases=["hurt"], led_by=["was"]),
    )
    assert found(linter, "He was neglected.") == ["was neglected", "neglected"]
    assert found(linter, "He was hurt again.") == ["was hurt", "was hurt again"]


def test_exceptions_swallow_the_match(find: Find) -> None:
    text = "Eye contact, eye-contact, EYE CONTACT; contact details; contact. Contact."
    assert find(text, **{"except": ["eye contact", {"noun": "contact detail"}]}) == ["contact", "Contact"]


def test_an_exception_counts_for_its_own_rule_only(tmp_path: Path) -> None:
    linter = linter_for(
        tmp_path,
        rule("contact", phrases=["contact"], **{"except": ["eye contact"]}),
        rule("eye", phrases=["eye"]),
    )
    assert found(linter, "Eye contact.") == ["Eye"]


def test_no_exception_inside_a_word(find: Find) -> None:
    assert find("Deye contact, eye contacts.", **{"except": ["eye contact"]}) == ["contact"]


# Of several rules at one place.


def test_the_longest_match_wins_and_touching_ones_stay(tmp_path: Path) -> None:
    linter = linter_for(
        tmp_path,
        rule("contact", phrases=["contact"]),
        rule("order", phrases=["contact order"]),
        rule("made", phrases=["made"]),
    )
    assert found(linter, "The court made contact order one; contact.") == ["made", "contact order", "contact"]


def test_what_is_meant_otherwise_still_swallows_what_stands_inside_it(tmp_path: Path) -> None:
    linter = linter_for(
        tmp_path,
        rule("contact", phrases=["contact"]),
        rule("leaflet", phrases=["contact order"], not_after=["about"]),
    )
    assert found(linter, "A leaflet about contact order.") == []


def test_a_later_pack_wins_at_the_same_place(tmp_path: Path) -> None:
    one = write_pack(
        tmp_path / "one", {"contact": rule("contact", phrases=["contact"])}, {**PACK, "id": "one"}
    )
    two = write_pack(
        tmp_path / "two", {"contact": rule("contact", phrases=["contact"])}, {**PACK, "id": "two"}
    )
    for packs, winner in (((one, two), "two"), ((two, one), "one")):
        (finding,) = findings_in(Linter(compiled(*packs)), "A contact.")
        assert finding.rule == f"{winner}/contact"


# With the model.

TO_VERB: dict[str, Row] = {
    "not before a verb": (
        {"not_before": ["to VERB"]},
        ["She used her contact to phone the school."],
        ["Her contact to the school ended."],
    ),
    "not before, a tag or a word": (
        {"not_before": ["VERB|him"]},
        ["Their contact helped a lot.", "They contact him often."],
        ["The contact was at home.", "Contact in May."],
    ),
    "not before, a start or a tag": (
        {"not_before": ["details* NOUN|here"]},
        ["The contact details list is long.", "The contact details here are old."],
        ["The contact details."],
    ),
    "not before, words of a class": (
        {"not_before": ["with <child> VERB"]},
        ["Contact with young person stopped then."],
        ["Contact with young person in May."],
    ),
    "not before, with an optional word": (
        {"not_before": ["that? he|she VERB"]},
        ["The contact he wanted.", "The contact that she wanted."],
        ["The contact that was wanted."],
    ),
    "not before, a contraction": (
        {"not_before": ["didn't VERB"]},
        ["The contact didn’t happen.", "The contact didn't happen."],
        ["The contact did happen."],
    ),
    "not after": ({"not_after": ["ADJ"]}, ["Good contact."], ["The contact was good."]),
    "only before": (
        {"only_before": ["to VERB"]},
        ["Her contact to the school ended."],
        ["She used her contact to phone the school."],
    ),
    "only after": (
        {"only_after": ["DET|her"]},
        ["Contact ended."],
        ["The contact ended.", "Her contact ended."],
    ),
    "near": (
        {"not_near": ["<number> NOUN"]},
        ["Contact for two hours.", "Contact for 2 hours."],
        ["Contact for hours."],
    ),
    "near, not in the match": ({"only_near": ["NOUN"]}, ["The contact."], ["The contact of the boys."]),
}  # fmt: skip


@pytest.mark.model
@rows(TO_VERB)
def test_conditions_on_grammar(
    conditions: dict[str, list[str]], text: str, flagged: bool, find: Find
) -> None:
    assert bool(find(text, **conditions)) is flagged


PARTS_OF_SPEECH = {
    "a noun": ("noun", "The contact ended.", True),
    "not a noun": ("noun", "They contact the school daily.", False),
    "a verb": ("verb", "They contact the school daily.", True),
    "not a verb": ("verb", "The contact ended.", False),
}


@pytest.mark.model
@pytest.mark.parametrize(("asked", "text", "flagged"), PARTS_OF_SPEECH.values(), ids=PARTS_OF_SPEECH)
def test_part_of_speech(asked: str, text: str, flagged: bool, find: Find) -> None:
    assert bool(find(text, part_of_speech=asked)) is flagged


@pytest.mark.model
def test_of_a_verb_phrase_the_first_word_is_asked_and_of_a_noun_phrase_the_last(tmp_path: Path) -> None:
    nouns = linter_for(tmp_path / "a", rule("drop", phrases=["drop off"], part_of_speech="noun"))
    verbs = linter_for(tmp_path / "b", rule("drop", phrases=["drop off"], part_of_speech="verb"))
    assert found(verbs, "They drop off the child at nine.") == ["drop off"]
    assert found(nouns, "They drop off the child at nine.") == []


@pytest.mark.model
def test_words_are_asked_before_grammar(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that the words rule out never reaches the model."""

    def fail(*_: object) -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr("sos_lint.nlp.grammar.Model.read", fail)
    assert find("A contact lens.", not_before=["lens"], part_of_speech="noun") == []
    assert find("She had contact.", only_near=["she|PROPN"]) == ["contact"]


# Token patterns.

TOKENS: dict[str, tuple[list[list[dict[str, Any]]], str, list[str]]] = {
    "words": (
        [[{"LOWER": "red"}, {"LOWER": {"IN": ["pen", "ink"]}}]],
        "A red pen, Red Ink, a red. Pen; ink red.",
        ["red pen", "Red Ink"],
    ),
    "an optional token": (
        [[{"LOWER": "red"}, {"LOWER": "old", "OP": "?"}, {"LOWER": "pen"}]],
        "A red pen, a red old pen, a red new pen.",
        ["red pen", "red old pen"],
    ),
    "the longest": ([[{"LOWER": "red", "OP": "+"}, {"LOWER": "pen"}]], "A red red pen.", ["red red pen"]),
    "of two the longest": (
        [[{"LOWER": "red"}, {"LOWER": "pen"}], [{"LOWER": "pen"}]],
        "A red pen, a pen.",
        ["red pen", "pen"],
    ),
    "a flag": ([[{"IS_TITLE": True}, {"LOWER": "pen"}]], "A Red pen, a red pen.", ["Red pen"]),
    "a length": ([[{"LENGTH": {">=": 4}}, {"LOWER": "pen"}]], "A blue pen, a red pen.", ["blue pen"]),
    "an expression": ([[{"TEXT": {"REGEX": "^p.n$"}}]], "A pen, a pin, a pain.", ["pen", "pin"]),
    "not over sentences": ([[{"LOWER": "red"}, {"IS_PUNCT": True, "OP": "?"}, {"LOWER": "pen"}]],
                           "It was red. Pen in hand.", []),
}  # fmt: skip


@pytest.mark.parametrize(("tokens", "text", "words"), TOKENS.values(), ids=TOKENS)
def test_token_patterns(tokens: Any, text: str, words: list[str], tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("pen", tokens=tokens, anchors=["p"]))
    assert found(linter, text) == words


def test_anchors_may_stand_inside_a_word_and_in_any_case(tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("pen", tokens=[[{"LOWER": {"REGEX": "pens?$"}}]], anchors=["pen"]))
    assert found(linter, "A PEN, two biropens; a biro.") == ["PEN", "biropens"]


def test_token_patterns_have_conditions_guards_and_exceptions(tmp_path: Path) -> None:
    body = rule("pen", tokens=[[{"LOWER": "pen"}]], anchors=["pen"], not_before=["friend"], unless=["quoted"])
    linter = linter_for(tmp_path, {**body, "except": ["pen and ink"]})
    assert found(linter, "A pen friend, “a pen”, pen and ink, a pen.") == ["pen"]


@pytest.mark.model
def test_tokens_with_a_lemma_ask_the_model(tmp_path: Path) -> None:
    tokens = [[{"LEMMA": "write", "POS": "VERB"}, {"POS": "DET", "OP": "?"}, {"LOWER": "letter"}]]
    linter = linter_for(tmp_path, rule("write", tokens=tokens, anchors=["writ", "wrote"]))
    text = "She wrote a letter. He is writing the letter. A written plea. They saw the letter."
    assert found(linter, text) == ["wrote a letter", "writing the letter"]


# Dependency patterns.

PASSIVE = [
    [
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"TAG": "VBN", "LOWER": {"IN": ["hit", "pushed"]}}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "aux", "RIGHT_ATTRS": {"DEP": "auxpass"}},
    ]
]


@pytest.mark.model
def test_dependency_patterns_report_their_first_node(tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("passive", dependencies=PASSIVE, anchors=["hit", "pushed"]))
    text = "The window was broken. Tom was pushed. Dad pushed Tom. Ann was hit by Dad. It was a hit."
    found_in = findings_in(linter, text)
    assert [(one.text, text[one.start.offset : one.end.offset]) for one in found_in] == [
        ("pushed", "pushed"),
        ("hit", "hit"),
    ]
    assert [one.sentence for one in found_in] == ["Tom was pushed.", "Ann was hit by Dad."]


@pytest.mark.model
def test_dependency_patterns_in_a_later_paragraph(tmp_path: Path) -> None:
    linter = linter_for(tmp_path, rule("passive", dependencies=PASSIVE, anchors=["hit", "pushed"]))
    text = "# Monday\n\nAll was well.\n\n- Then **Tom was pushed** over.\n"
    (finding,) = findings_in(linter, text)
    assert (finding.text, finding.start.line, finding.start.column) == ("pushed", 5, 18)
