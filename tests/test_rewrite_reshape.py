"""Sentences turned round where that is surely English, and left alone where it is not."""

from __future__ import annotations

import pytest

from sos_lint.rewrite.reshape import active, clause, counted, judged, without


def marked(text: str) -> tuple[str, int, int]:
    """A sentence without its [[brackets]], and the place of what stood in them."""
    before, _, rest = text.partition("[[")
    words, _, after = rest.partition("]]")
    return before + words + after, len(before), len(before + words)


PEOPLE = ("Tom", "Mum", "Sample", "boys")

ACTIVE = {
    "a name": ("Tom [[was hit]].", "hit Tom"),
    "a name and a place": ("Tom [[was hit]] in the park.", "hit Tom in the park"),
    "he": ("He [[was hit]].", "hit him"),
    "they, had been": ("They [[had been threatened]].", "threatened them"),
    "I": ("I [[was pushed]].", "pushed me"),
    "a title": ("Mr Sample [[was punched]].", "punched Mr Sample"),
    "the": ("The boys [[were moved]] to a flat.", "moved the boys to a flat"),
    "her arm": ("Her arm [[was bruised]].", "bruised her arm"),
    "a past of its own": ("Tom [[was bitten]].", "bit Tom"),
    "a small word before": ("She [[was shouted at]].", "shouted at her"),
    "a small word behind": ("Tom [[was beaten up]].", "beat Tom up"),
    "how": ("Tom [[was repeatedly hit]].", "repeatedly hit Tom"),
    "when first": ("On 3 May Tom [[was hit]].", "hit Tom on 3 May"),
    "when first, a comma": ("On Friday, Tom [[was hit]].", "hit Tom on Friday"),
    "the year": ("In May 2024 Tom [[was hit]].", "hit Tom in May 2024"),
    "to do": ("He [[was told to leave]].", "told him to leave"),
    "what is many": ("Bruises [[were seen]] on his arm.", "saw bruises on his arm"),
    "the noun is part of what was found": ("A [[decision was made]] on Friday.", "made a decision on Friday"),
    "it, to": ("It [[was agreed]] to meet.", "agreed to meet"),
}
NOT_ACTIVE = {
    "goes on": "Tom [[was hit]] and cried.",
    "a clause": "Tom, who [[was hit]], cried.",
    "denied": "Tom [[was not hit]].",
    "never": "Tom [[was never hit]].",
    "since": "Tom [[had been hit]] since May.",
    "a participle that is no past": "It [[was known]].",
    "made to": "Tom [[was made to stand]] outside.",
    "a word that may be a name": "Wilbur [[was hit]].",
    "two days": "On Friday Tom [[was hit]] on the way home on Sunday.",
    "it, to, of a view": "It [[was felt]] to be unsafe.",
    "quoted": "“Tom [[was hit]],” he said.",
    "no passive": "Tom [[got hurt]].",
    "taken off somebody": "The phone [[was taken off him]].",
}


@pytest.mark.parametrize(("text", "turned"), ACTIVE.values(), ids=ACTIVE)
def test_a_passive_is_turned_round(text: str, turned: str) -> None:
    sentence, start, end = marked(text)
    assert active(sentence, start, end, lambda place: sentence[:place].endswith(PEOPLE)) == turned


@pytest.mark.parametrize("text", NOT_ACTIVE.values(), ids=NOT_ACTIVE)
def test_a_passive_is_left_alone(text: str) -> None:
    sentence, start, end = marked(text)
    assert active(sentence, start, end, lambda place: sentence[:place].endswith(PEOPLE)) is None


WITHOUT = {
    "inside": ("Mum [[often]] shouts at Tom.", "Mum shouts at Tom"),
    "first": ("[[Often]] Mum shouts.", "Mum shouts"),
    "last": ("Mum shouts [[a lot]].", "Mum shouts"),
    "no stop": ("Mum [[often]] shouts", "Mum shouts"),
    "a title": ("Mr. Sample [[often]] shouts.", None),
    "two clauses": ("Mum [[often]] shouts and Tom hides.", None),
    "denied": ("Mum [[often]] does not cook.", None),
    "don't": ("They [[often]] don’t cook.", None),
    "a comma": ("At night, Mum [[often]] shouts.", None),
    "a question": ("Does Mum [[often]] shout?", None),
    "since": ("Mum has [[often]] shouted since May.", None),
    "too long": ("Mum " + "[[often]]" + " shouts" * 15 + ".", None),
    "one word": ("[[Often]] late.", None),
}


@pytest.mark.parametrize(("text", "kept"), WITHOUT.values(), ids=WITHOUT)
def test_a_sentence_without_some_words(text: str, kept: str | None) -> None:
    assert without(*marked(text)) == kept


COUNTED = {
    "several": ("There were [[several]] bruises.", "There were [how many] bruises"),
    "first": ("[[Several]] bruises were seen.", "[how many] bruises were seen"),
    "of them": ("[[Several of]] the boys left.", "[how many] of the boys left"),
    "a lot of": ("There were [[a lot of]] bruises.", "There were [how many] bruises"),
    "a lot of shouting": ("There was [[a lot of]] shouting.", "There was [how much] shouting"),
    "one": ("[[At least one]] bruise was seen.", None),
    "a series": ("[[A series of]] rows was heard.", None),
    "quoted": ("He said “[[several]] times”.", None),
    "nothing follows": ("There were [[several]].", None),
}


@pytest.mark.parametrize(("text", "blank"), COUNTED.values(), ids=COUNTED)
def test_a_blank_for_a_number(text: str, blank: str | None) -> None:
    assert counted(*marked(text)) == blank


VIEWS = {
    "was": ("It was felt that Mum drinks.", "felt that Mum drinks", "Mum drinks"),
    "is": ("It is felt that Mum drinks.", None, "Mum drinks"),
    "has been": ("It has been agreed that Tom moves.", "agreed that Tom moves", "Tom moves"),
    "how": ("It was strongly suspected that he hid.", "suspected that he hid", "he hid"),
    "no participle": ("It was clear that he hid.", None, "he hid"),
    "no that": ("It was felt.", None, None),
    "somebody": ("She felt that he hid.", None, None),
}


@pytest.mark.parametrize(("sentence", "view", "what"), VIEWS.values(), ids=VIEWS)
def test_a_view_that_nobody_holds(sentence: str, view: str | None, what: str | None) -> None:
    assert (judged(sentence), clause(sentence)) == (view, what)
