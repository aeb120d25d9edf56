"""Forms and services of a council's own are looked for by the council's own words."""

from __future__ import annotations

from itertools import product

import pytest
from small_packs import findings_in, write_pack

from sos_lint.finding import Finding
from sos_lint.fold import fold
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rule import Check, Structural
from sos_lint.settings import Settings
from sos_lint.words import parse

NAMES = "names/wrong-for-service"
FORM = {
    "form": "home-visit",
    "title": "Record of a home visit",
    "source": "guide",
    "sections": [
        {"name": "Who was seen", "question": "Whom did you see?", "called": ["who was|were seen"]},
        {"name": "Rooms", "question": "Which rooms?", "called": ["the? rooms|garden ..."]},
    ],
}
SERVICES = {
    "services": {
        "harbour": {"title": "Harbour", "names": {"danger": ["Storm Note"], "goal": ["Calm Hope"]}},
        "quay": {"title": "Quay", "names": {"danger": ["Fog Note"], "goal": ["Clear Hope"]}},
    }
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("council") / "pack"
    return Linter.with_packs([write_pack(folder, {"home-visit": FORM, "services": SERVICES})])


def test_a_form_of_ones_own_is_known_by_its_own_labels(council: Linter) -> None:
    """A form whose labels hold no word of the shipped forms once passed unread."""
    (found,) = findings_in(council, "# Who was seen\n\n# The garden and shed\n\nTom played.")
    assert (found.rule, found.lacks) == ("forms/empty-column", ("Who was seen",))


def test_names_of_ones_own_are_known_without_any_shipped_word(council: Linter) -> None:
    """“Storm Note” holds neither “statement” nor “goal”, and once passed unread."""
    found = findings_in(council, "# Storm Note\n\nTom cried.\n\n# Clear Hope\n\nTom laughs.")
    assert [(one.text, one.alternatives) for one in found if one.rule == NAMES] == [
        ("Clear Hope", ("Calm Hope",))
    ]


def test_the_service_that_is_asked_for_goes_before_the_first_name(council: Linter) -> None:
    found = _for(council, "# Storm Note\n\nTom cried.", "quay")
    assert [(one.text, one.alternatives) for one in found] == [("Storm Note", ("Fog Note",))]
    assert _for(council, "# Storm Note\n\nTom cried.", "harbour") == ()


def test_shipped_forms_and_names_add_no_words() -> None:
    """So a document that speaks of “people” or a “plan” is not read as a form for that."""
    for rule in Linter.with_packs().catalogue:
        if isinstance(rule.pattern, Structural):
            assert "people" not in rule.pattern.anchors


def test_every_sure_label_of_a_shipped_form_holds_an_anchor() -> None:
    """“Expected response” beside “Referral and recording” once passed unread."""
    catalogue = Linter.with_packs().catalogue
    (pattern,) = (rule.pattern for rule in catalogue if rule.id == "forms/missing-column")
    assert isinstance(pattern, Structural)
    wholes = [form for form in catalogue.forms if form.part_of is None]
    labels = [
        written
        for form in wholes
        for section in form.sections
        for label in (section.called, *(box.called for box in section.boxes))
        for written in label
    ]
    assert [written for written in labels if not _holds_one(written, pattern.anchors)] == []


def _holds_one(written: str, anchors: tuple[str, ...]) -> bool:
    """True where every text that a word pattern fits holds an anchor, by words that must be there."""
    runs: list[list[tuple[str, ...]]] = [[]]
    for item in parse(written).items:
        if item.literals and not (item.optional or item.gap or item.classes):
            runs[-1].append(item.literals)
        else:
            runs.append([])
    return any(
        all(any(fold(anchor) in " ".join(words) for anchor in anchors) for words in product(*run))
        for run in runs
        if run
    )


def test_each_rule_about_forms_has_them(council: Linter) -> None:
    patterns = [rule.pattern for rule in council.catalogue if isinstance(rule.pattern, Structural)]
    with_labels = {pattern.check for pattern in patterns if {"seen", "rooms", "garden"} <= {*pattern.anchors}}
    assert Check.MISSING_COLUMN in with_labels
    assert len(with_labels) == len([rule for rule in council.catalogue if rule.pack == "forms"])


def _for(linter: Linter, text: str, service: str) -> tuple[Finding, ...]:
    return linter.lint(read_bytes(text.encode(), "draft.md"), Settings(select=(NAMES,), service=service))


def test_what_stands_under_a_name_of_ones_own_is_a_statement(council: Linter) -> None:
    """A council's “Storm Note” was put right, and never read as the danger statement that it is."""
    found = findings_in(council, "# Storm Notes\n\nTom is bad.\n\n# Calm hope\n\nThings will be better.")
    assert [one.rule for one in found if one.rule in ("statements/danger-statement", "statements/goal")] == [
        "statements/danger-statement",
        "statements/goal",
    ]
