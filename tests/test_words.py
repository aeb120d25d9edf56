"""Word patterns: how they are read, what they fit, and what they do not."""

from __future__ import annotations

import tracemalloc

import pytest

from sos_lint.fold import fold
from sos_lint.words import GAP, Item, PatternSet, Ready, parse

CLASSES = {"child": ("child", "young person"), "number": ("two", "half a dozen"), "month": ("may",)}

READ = {
    "a word": ("Tom", Item(literals=("tom",))),
    "alternatives": ("a|B|c", Item(literals=("a", "b", "c"))),
    "optional": ("a|b?", Item(literals=("a", "b"), optional=True)),
    "a start": ("neglect*", Item(starts=("neglect",))),
    "a class": ("<long-period>", Item(classes=("long-period",))),
    "anything": ("_", Item(anything=True)),
    "a part of speech": ("NOUN|VERB", Item(parts_of_speech=("NOUN", "VERB"))),
    "of all kinds": (
        "his|bruis*|<child>|NOUN",
        Item(literals=("his",), starts=("bruis",), classes=("child",), parts_of_speech=("NOUN",)),
    ),
    "a word like a part of speech": ("noun", Item(literals=("noun",))),
    "hyphens and apostrophes": ("self-harm|didn’t", Item(literals=("self harm", "didn't"))),
    "marks in words": ("a&e|n/a|e.g", Item(literals=("a&e", "n/a", "e.g"))),
}


@pytest.mark.parametrize(("written", "item"), READ.values(), ids=READ)
def test_an_item(written: str, item: Item) -> None:
    assert parse(f"{written} x").items[0] == item


def test_a_gap_and_what_a_pattern_asks() -> None:
    pattern = parse("to ... VERB <child>")
    assert pattern.items[1] == Item(gap=True)
    assert pattern.asks_grammar
    assert pattern.classes == ("child",)
    assert not parse("to ... <child>").asks_grammar


NOT_READ = {
    "nothing": ("", "needs at least one word"),
    "spaces": ("  ", "needs at least one word"),
    "only optional": ("a? b?", "every word of “a\\? b\\?” may be left out"),
    "only a gap": ("...", "may be left out"),
    "a bracket": ("(a|b) c", "“\\(a” cannot stand"),
    "a star alone": ("*", "“\\*” cannot stand"),
    "a star inside": ("a*b", "“a\\*b” cannot stand"),
    "an empty alternative": ("a|", "“” cannot stand"),
    "an open class": ("<month", "“<month” cannot stand"),
    "a class with capitals": ("<Month>", "cannot stand"),
    "a quote": ('"no"', "cannot stand"),
    "a comma": ("so, then", "cannot stand"),
}


@pytest.mark.parametrize(("written", "why"), NOT_READ.values(), ids=NOT_READ)
def test_not_read(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(written)


FITS = {
    "a word": ("bed", "His bed is wet.", ["bed"]),
    "a word, not a part of one": ("bed", "The bedroom, embedded, a bed_1, bed's.", ["bed"]),
    "any case": ("bed", "BED", ["bed"]),
    "alternatives": ("bed|cot", "A bed or a cot.", ["bed", "cot"]),
    "words in order": ("wet bed", "A wet bed, a bed wet.", ["wet bed"]),
    "a comma between": ("wet bed", "Wet, bed.", ["wet, bed"]),
    "no full stop between": ("wet bed", "It was wet. Bed came next.", []),
    "no words between": ("wet bed", "A wet old bed.", []),
    "optional in the middle": ("wet old? bed", "A wet bed. A wet old bed.", ["wet bed", "wet old bed"]),
    "optional first": ("no? bed", "A bed. No bed.", ["bed", "no bed"]),
    "optional last": ("bed wet?", "A bed. A bed wet.", ["bed", "bed wet"]),
    "optional alone between": ("a? b c?", "b. a b. b c. a b c.", ["b", "a b", "b c", "a b c"]),
    "any one word": ("no _ bed", "No bed. No old bed. No very old bed.", ["no old bed"]),
    "a start": ("bruis*", "Bruised, bruise's; contusion; embruise.", ["bruised", "bruise's"]),
    "a class": ("a <child>", "A child, a young person, a person.", ["a child", "a young person"]),
    "a hyphen as in the class": ("<child>", "A young-person.", ["young person"]),
    "a number": ("<number> beds", "Two beds, 12 beds.", ["two beds", "12 beds"]),
    "words of a class": ("<number> beds", "Half a dozen beds.", ["half a dozen beds"]),
    "a gap of none": ("no ... bed", "No bed.", ["no bed"]),
    "a gap of five": ("no ... bed", "No a b c d e bed.", ["no a b c d e bed"]),
    "a gap of six": ("no ... bed", "No a b c d e f bed.", []),
    "a gap over commas": ("no ... bed", "No warm, dry bed.", ["no warm, dry bed"]),
    "a gap, as far as it reaches": ("no ... bed", "No bed in the bed.", ["no bed in the bed"]),
    "no gap over a full stop": ("no ... bed", "No. His bed.", []),
    "a hyphen is a space": ("self-harm", "Self-harm, self harm, self‑harm.", ["self harm"] * 3),
    "curly apostrophes": ("didn't", "He didn’t.", ["didn't"]),
    "beside quotes": ("bed", "“bed” (bed) bed; bed…", ["bed"] * 4),
}  # fmt: skip


def places(written: str, text: str) -> list[str]:
    folded = fold(text)
    ready = PatternSet([parse(written)], CLASSES)
    return [folded[start:end] for start, end in ready.find(folded, 0, len(folded))]


@pytest.mark.parametrize(("written", "text", "found"), FITS.values(), ids=FITS)
def test_what_a_pattern_fits(written: str, text: str, found: list[str]) -> None:
    assert places(written, text) == found


def test_the_gap_is_as_long_as_it_says() -> None:
    assert GAP == 5


def test_several_patterns_together_reach_as_far_as_one_can() -> None:
    ready = PatternSet([parse("a|b"), parse("b c"), parse("d*")], CLASSES)
    folded = "a b c b dog xa"
    found = [folded[start:end] for start, end in ready.find(folded, 0, len(folded))]
    assert found == ["a", "b c", "b", "dog"]


def test_nothing_is_seen_outside_the_range_asked_for() -> None:
    ready, text = PatternSet([parse("wet ... bed"), parse("b*")], CLASSES), "a wet old bed"
    assert list(ready.find(text, 0, 9)) == []
    assert list(ready.find(text, 3, len(text))) == [(10, 13)]
    assert ready.fit(text, 2, len(text)) == 13
    assert ready.fit(text, 2, len(text) - 1) is None
    assert ready.fit(text, 3, len(text)) is None


def test_the_first_place_from_which_a_pattern_reaches() -> None:
    ready, text = PatternSet([parse("a? b"), parse("c a b")], CLASSES), "b c a b"
    assert ready.fit_until(text, 0, len(text)) == 2
    assert ready.fit_until(text, 3, len(text)) == 4
    assert ready.fit_until(text, 0, 1) == 0
    assert ready.fit_until(text, 0, 3) is None


UNTIL = {
    "a word": ("bed", "his bed", True),
    "not at the end": ("bed", "bed wet", False),
    "the short way": ("a b?", "x a", True),
    "the long way": ("a b?", "x a b", True),
    "from another start": ("a ... c", "a c a c", True),
    "a part of a word": ("bed", "embed", False),
}


@pytest.mark.parametrize(("written", "text", "fits"), UNTIL.values(), ids=UNTIL)
def test_fits_until(written: str, text: str, fits: bool) -> None:
    assert PatternSet([parse(written)], CLASSES).fits_until(text, 0, len(text)) is fits


def test_a_class_that_nobody_defines() -> None:
    with pytest.raises(KeyError, match="nobody"):
        PatternSet([parse("a <nobody>")], CLASSES)


def test_a_number_is_digits_even_where_nobody_defines_it() -> None:
    assert list(PatternSet([parse("<number> beds")], {}).find("12 beds, two beds", 0, 17)) == [(0, 7)]


def test_words_alone_cannot_answer_for_grammar() -> None:
    with pytest.raises(ValueError, match="“to VERB” asks for grammar"):
        PatternSet([parse("to VERB")], CLASSES)


def test_a_set_made_later_looks_at_words_that_were_met_before() -> None:
    """Sets share what they know of words: one that is made after a text was read must not miss its words."""
    ready, text = Ready(), "twelve bruises on the 12 may, and two young people"
    first = PatternSet([parse("bruises")], CLASSES, ready)
    assert list(first.find(text, 0, len(text))) == [(7, 14)]
    for written, place in (("on the <number>", (15, 24)), ("bruis*", (7, 14)), ("<month>", (25, 28))):
        later = PatternSet([parse(written)], CLASSES, ready)
        assert list(later.find(text, 0, len(text))) == [place]
        assert later.fit(text, place[0], len(text)) == place[1]
    assert list(first.find(text, 0, len(text))) == [(7, 14)]


@pytest.mark.parametrize("filling", ["word ", "word\n"], ids=["one long line", "many lines"])
def test_a_text_of_any_length_is_seen_wherever_one_looks(filling: str) -> None:
    text = filling * 5_000 + "wet bed " + filling * 5_000
    at, patterns = 5 * 5_000, PatternSet([parse("wet bed"), parse("bed linen")], {})
    for around in (0, 3, 1_999, 2_000, 2_001, 9_000):
        assert list(patterns.find(text, at - around, at + 7 + around)) == [(at, at + 7)]
    assert patterns.fits_until(text, 0, at + 7)
    assert not patterns.occurs(text, 0, at) and not patterns.occurs(text, at + 8, len(text))
    assert patterns.may_fit(text, 0, len(text)) and not patterns.may_fit(text, 0, at)


def test_of_long_texts_only_the_last_are_kept() -> None:
    """A folder of long drafts once filled the memory with the words of each."""
    patterns = PatternSet([parse("lion* _ den")], {})

    def held(texts: int) -> int:
        tracemalloc.start()
        for number in range(texts):
            text = f"mum went to school with tom {number} and " * 300
            assert not patterns.occurs(text, 0, len(text))
        now, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return now

    assert held(40) < 2 * held(4)
