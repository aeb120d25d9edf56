"""The shipped rules: every one is sourced, worded, told from the others, and holds its own examples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from sos_lint.catalogue import Catalogue
from sos_lint.fold import fold
from sos_lint.kinds import UNPACKING, Kind, Part, Safety
from sos_lint.lint import shared_linter
from sos_lint.packs.sources import PACK_FILE, shipped_packs
from sos_lint.readers import read_bytes
from sos_lint.rule import LongSentence, Phrases, Rule, ShortForm, Structural
from sos_lint.selftest import try_rules
from sos_lint.surface import spellings

FOLDER = shipped_packs()
FILES = sorted(path for path in FOLDER.rglob("*.yml") if path.name != PACK_FILE)
WITH_RULES = [f"{p.parent.name}/{p.stem}" for p in FILES if "examples:" in p.read_text(encoding="utf-8")]
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shared_linter().catalogue


def told(faulty: list[str]) -> str:
    """What a failed test says: the first few, and how many."""
    return f"{len(faulty)}: " + "; ".join(faulty[:10])


@pytest.mark.parametrize("file", WITH_RULES)
def test_a_files_examples_hold(file: str, catalogue: Catalogue) -> None:
    """Flagged exactly at the brackets, silent otherwise, and every guard and condition is needed."""
    trial = try_rules(catalogue, [file])
    assert trial.rules
    assert not trial.faults, told([f"{one.rule}: {one.example!r} {one.why}" for one in trial.faults])


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.yml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_file_can_be_read_where_yaml_has_no_library_in_c(path: Path) -> None:
    """The loader in C takes a plain “of the? meeting” in a list in brackets; the one in Python does not."""
    assert yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader) is not None


def test_every_file_of_rules_is_tried(catalogue: Catalogue) -> None:
    assert {rule.group for rule in catalogue} == set(WITH_RULES)


def test_ids_are_slugs_of_their_pack(catalogue: Catalogue) -> None:
    assert not [
        one.id for one in catalogue if not ID.fullmatch(one.id) or not one.id.startswith(f"{one.pack}/")
    ]
    assert {pack.id for pack in catalogue.packs} == {p.parent.name for p in FOLDER.rglob(PACK_FILE)}


def test_no_name_means_two_things(catalogue: Catalogue) -> None:
    """Ids and aliases are for ever, and no rule is called what a file or a pack is called."""
    names = Counter(name for one in catalogue for name in (one.id, *one.aliases))
    assert [name for name, count in names.items() if count > 1] == []
    several = {one.group for one in catalogue if one.group != one.id}
    clash = [one.id for one in catalogue if one.id in several and one.group != one.id]
    assert clash == []


def has_words(one: Rule) -> bool:
    """False for a rule whose finding is a whole sentence: nobody wants to read that twice."""
    return not isinstance(one.pattern, LongSentence)


def fills(one: Rule) -> bool:
    """True where a message shows the words that were found, if there are any; of a form, what it lacks."""
    shown = set(re.findall(r"\{(\w*)\}", one.message))
    if isinstance(one.pattern, Structural):
        return shown <= {"text", "lacks"}
    return shown == ({"text"} if has_words(one) else set())


def test_every_rule_is_sourced_and_worded(catalogue: Catalogue) -> None:
    lacking = [
        one.id
        for one in catalogue
        if not (one.sources and all(" " in source for source in one.sources) and one.title and one.why)
        or not one.message.endswith((".", "?"))
        or not one.why.endswith((".", "?"))
        or not fills(one)
    ]
    assert not lacking, told(lacking)


def test_every_rule_has_examples_of_its_own_or_of_its_table(catalogue: Catalogue) -> None:
    assert not [one.id for one in catalogue if not (one.examples.bad and one.examples.good)]


def test_a_good_example_does_not_mention_brackets(catalogue: Catalogue) -> None:
    """A good example with marks was meant to be a bad one."""
    marked = [one.id for one in catalogue for text in one.examples.good if "[[" in text]
    assert not marked, told(marked)


# Terms that say nothing at all: once it is told what was done, the rest is another term's business.
ASK_ONLY_WHAT = {"broad-terms/incident"}


def test_broad_terms_ask_all_four_questions(catalogue: Catalogue) -> None:
    broad = {
        one.id: [part for part, _ in one.ask]
        for one in catalogue
        if one.kind is Kind.BROAD_TERM and not one.optional  # those ask for what they are about
    }
    assert {id_ for id_, parts in broad.items() if parts != list(UNPACKING)} == ASK_ONLY_WHAT
    assert all(broad[id_] == [Part.BEHAVIOUR] for id_ in ASK_ONLY_WHAT)


def test_questions_are_questions(catalogue: Catalogue) -> None:
    asked = [(one.id, question) for one in catalogue for _, question in one.ask]
    assert not [id_ for id_, question in asked if not question.rstrip("”)").endswith("?")]


def test_jargon_says_what_to_write_instead(catalogue: Catalogue) -> None:
    jargon = [one for one in catalogue if one.kind is Kind.JARGON and not isinstance(one.pattern, ShortForm)]
    assert not [one.id for one in jargon if not (one.alternatives or one.advice)]


def meanings(catalogue: Catalogue) -> Iterator[tuple[Rule, ShortForm]]:
    return ((one, one.pattern) for one in catalogue if isinstance(one.pattern, ShortForm))


def test_every_meaning_is_told_in_plain_words(catalogue: Catalogue) -> None:
    bare = [
        f"{one.id}: {m.expansion}"
        for one, short in meanings(catalogue)
        for m in short.meanings
        if not m.gloss
    ]
    assert not bare, told(bare)


def test_no_meaning_is_told_twice(catalogue: Catalogue) -> None:
    twice = [
        f"{one.id}: {expansion}"
        for one, short in meanings(catalogue)
        for expansion, count in Counter(fold(m.expansion) for m in short.meanings).items()
        if count > 1
    ]
    assert not twice, told(twice)


WIDE = {"exceptions", "not_before", "not_after", "not_near"}


def is_narrowed(one: Rule) -> bool:
    """True for a rule that counts only in some company: it may share its words with a plain one."""
    return any(
        getattr(one.conditions, field.name) for field in fields(one.conditions) if field.name not in WIDE
    )


def test_no_two_rules_share_a_surface_form(catalogue: Catalogue) -> None:
    owners: dict[tuple[str, Kind, str], set[str]] = defaultdict(set)
    for one in catalogue:
        if is_narrowed(one):
            continue
        forms: tuple[str, ...] = ()
        if isinstance(one.pattern, Phrases):
            forms = tuple(map(fold, one.pattern.forms))
        elif isinstance(one.pattern, ShortForm):
            forms = spellings(one.pattern)
        for form in forms:
            owners[one.pack, one.kind, form].add(one.id)
    shared = [f"“{form}”: {', '.join(sorted(ids))}" for (_, _, form), ids in owners.items() if len(ids) > 1]
    assert not shared, told(shared)


def test_the_plain_words_that_are_offered_are_plain(catalogue: Catalogue) -> None:
    """Put in the place of jargon, they are not flagged as jargon or short forms in their turn."""
    linter = shared_linter()
    jargon = [
        f"{one.id}: “{words}” ({finding.rule})"
        for one in catalogue
        for words in one.alternatives
        for finding in linter.lint(read_bytes(words.encode(), "-"))
        if finding.kind in (Kind.JARGON, Kind.ACRONYM)
    ]
    assert not jargon, told(jargon)


def test_swaps_are_plain_and_told_apart(catalogue: Catalogue) -> None:
    """What `fix` puts in is not flagged in its turn, and is not what stood there."""
    linter = shared_linter()
    jargon = [
        f"{one.id}: “{words}” ({finding.rule})"
        for one in catalogue
        for form, words in one.swaps
        for finding in linter.lint(read_bytes(words.encode(), "-"))
        if finding.kind in (Kind.JARGON, Kind.ACRONYM) or finding.rule == one.id or fold(words) == form
    ]
    assert not jargon, told(jargon)


def test_a_hundred_and_twenty_rules_have_a_swap_and_few_call_it_safe(catalogue: Catalogue) -> None:
    swapped = [one for one in catalogue if one.swaps]
    assert len(swapped) >= 120
    assert {one.id for one in swapped if one.swap_safety is Safety.SAFE} == {"jargon/utilise"}


# What issue 2 asks for, at the least.


def test_acronyms_of_four_sectors(catalogue: Catalogue) -> None:
    files = Counter(one.group for one, _ in meanings(catalogue) if one.kind is Kind.ACRONYM)
    assert sum(files.values()) >= 100
    assert {
        "acronyms/social-care", "acronyms/health", "acronyms/education", "acronyms/police-justice",
    } <= files.keys()  # fmt: skip


def test_forty_broad_terms(catalogue: Catalogue) -> None:
    assert sum(one.kind is Kind.BROAD_TERM and len(one.ask) == len(UNPACKING) for one in catalogue) >= 40


def test_jargon_of_four_sectors(catalogue: Catalogue) -> None:
    files = Counter(one.group for one in catalogue if one.kind is Kind.JARGON and one.alternatives)
    assert sum(files.values()) >= 60
    assert {
        "jargon/social-work", "jargon/health", "jargon/education", "jargon/police-and-justice",
    } <= files.keys()  # fmt: skip
