"""Forms of nouns and verbs, as they are written in British English."""

from __future__ import annotations

import pytest

from sos_lint.packs.inflect import VerbParts, noun_forms, plural_of, verb_forms, verb_parts

NOUNS = {
    "risk": "risks",
    "meeting": "meetings",
    "case": "cases",
    "bus": "buses",
    "stress": "stresses",
    "box": "boxes",
    "search": "searches",
    "wish": "wishes",
    "family": "families",
    "boy": "boys",
    "crisis": "crises",
    "diagnosis": "diagnoses",
    "analysis": "analyses",
    "child": "children",
    "foster child": "foster children",
    "young person": "young people",
    "protective factor": "protective factors",
    "eco-map": "eco-maps",
    "life": "lives",
    "tooth": "teeth",
}


@pytest.mark.parametrize(("noun", "plural"), NOUNS.items(), ids=NOUNS)
def test_nouns(noun: str, plural: str) -> None:
    assert noun_forms(noun) == (noun, plural)


VERBS = {
    "regular": ("help", "helps helped helping"),
    "in e": ("engage", "engages engaged engaging"),
    "in ee": ("agree", "agrees agreed agreeing"),
    "in ie": ("tie", "ties tied tying"),
    "in a consonant and y": ("deny", "denies denied denying"),
    "in a vowel and y": ("stay", "stays stayed staying"),
    "in ss": ("assess", "assesses assessed assessing"),
    "in ch": ("reach", "reaches reached reaching"),
    "in o": ("veto", "vetoes vetoed vetoing"),
    "in ic": ("panic", "panics panicked panicking"),
    "doubled": ("slap", "slaps slapped slapping"),
    "doubled after qu": ("squat", "squats squatted squatting"),
    "doubled, of two syllables": ("commit", "commits committed committing"),
    "doubled, as the British do": ("label", "labels labelled labelling"),
    "not doubled after two vowels": ("kneel", "kneels kneeled kneeling"),
    "not doubled, of two syllables": ("visit", "visits visited visiting"),
    "not doubled in w": ("row", "rows rowed rowing"),
    "not doubled in x": ("fix", "fixes fixed fixing"),
    "not doubled after two consonants": ("assault", "assaults assaulted assaulting"),
    "irregular": ("take", "takes took taken taking"),
    "irregular, always the same": ("hit", "hits hitting"),
    "irregular, of two ways": ("learn", "learns learnt learned learning"),
    "with a prefix": ("re-engage", "re-engages re-engaged re-engaging"),
    "irregular with a prefix": ("over-feed", "over-feeds over-fed over-feeding"),
}


@pytest.mark.parametrize(("verb", "forms"), VERBS.values(), ids=VERBS)
def test_verbs(verb: str, forms: str) -> None:
    assert verb_forms(verb) == (verb, *forms.split())


def test_of_a_verb_phrase_the_first_word_changes() -> None:
    assert verb_forms("step down") == ("step down", "steps down", "stepped down", "stepping down")
    assert verb_forms("put up with") == ("put up with", "puts up with", "putting up with")


HEADS = {
    "child in need": "children in need",
    "Child in Need": "Children in Need",
    "social worker": "social workers",
    "special guardianship order": "special guardianship orders",
    "agency": "agencies",
    "terms of reference": None,
    "child and adolescent mental health services": None,
    "certificate of eligibility": "certificates of eligibility",
    "key stage 2": None,
    "visit required by law": None,
    "person on call": "people on call",
    "co-worker": "co-workers",
    "person who knows her": None,
}


@pytest.mark.parametrize(("noun", "plural"), HEADS.items())
def test_the_head_of_a_noun_phrase_changes(noun: str, plural: str | None) -> None:
    assert plural_of(noun) == plural


PARTS = {
    "commence": VerbParts("commences", "commenced", "commenced", "commencing"),
    "undertake": VerbParts("undertakes", "undertook", "undertaken", "undertaking"),
    "tell": VerbParts("tells", "told", "told", "telling"),
    "put": VerbParts("puts", "put", "put", "putting"),
    "come": None,
    "be": None,
    "learn": None,
}


@pytest.mark.parametrize(("verb", "parts"), PARTS.items())
def test_the_parts_of_a_verb_where_they_are_sure(verb: str, parts: VerbParts | None) -> None:
    assert verb_parts(verb) == parts
