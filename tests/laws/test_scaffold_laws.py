"""Laws of scaffolds, over the examples of all shipped rules."""

from __future__ import annotations

import re
from functools import cache

import pytest

from sos_lint import frame
from sos_lint.finding import Finding
from sos_lint.kinds import Kind
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rewrite.reshape import OBJECTS, PASTS
from sos_lint.rule import Rule
from sos_lint.selftest import unmarked
from sos_lint.settings import Settings

KINDS = (Kind.BROAD_TERM, Kind.VAGUE_FREQUENCY, Kind.HIDDEN_ACTOR)
WORD = re.compile(r"[\w'’-]+")
BLANK = re.compile(r"\[[^\[\]]+\]")


@cache
def linter() -> Linter:
    return Linter.with_packs()


def rules() -> list[Rule]:
    return [rule for rule in linter().catalogue if rule.kind in KINDS]


@cache
def drawn(*, excerpts: bool = True) -> list[tuple[str, Rule, Finding]]:
    """Each finding of the three kinds in a bad example: the text, the rule, the finding."""
    one = linter() if excerpts else Linter(linter().catalogue, excerpts=False)
    found = []
    for rule in rules():
        for bad in rule.examples.bad:
            text, _ = unmarked(bad.text)
            for finding in one.lint(read_bytes(text.encode(), "example.md"), Settings(also=(rule.id,))):
                if finding.rule == rule.id:
                    found.append((text, rule, finding))
    return found


def own_words(rule: Rule) -> set[str]:
    """The words of a rule's frames."""
    written = " ".join(words for _, frames in rule.scaffold for words in frames)
    return set(WORD.findall(written.lower())) | {"since"}


@pytest.mark.model
def test_every_finding_of_the_three_kinds_has_a_sentence_to_start_from() -> None:
    assert len(drawn()) > 250
    assert not [(rule.id, text) for text, rule, finding in drawn() if not finding.scaffold]


@pytest.mark.model
def test_a_part_that_is_told_is_not_begun_again() -> None:
    for _, _, finding in drawn():
        if finding.asks:
            open_ = [ask.start_from for ask in finding.asks if not ask.told]
            in_order = sorted(open_, key=(finding.scaffold or "").find)
            assert " ".join(in_order) == finding.scaffold


@pytest.mark.model
def test_every_word_outside_brackets_is_the_frames_or_the_documents() -> None:
    """Or another form of one of the document's: "him" for "he", "bit" for "bitten"."""
    for text, rule, finding in drawn():
        words = set(WORD.findall(text.lower()))
        words |= {word.removesuffix(end) for word in words for end in ("'s", "’s")}
        forms = {**PASTS, **OBJECTS}
        allowed = own_words(rule) | words | {forms[word] for word in words & forms.keys()}
        said = set(WORD.findall(BLANK.sub(" ", finding.scaffold or "").lower()))
        assert said <= allowed, (text, finding.scaffold)


@pytest.mark.model
def test_without_excerpts_only_the_frames_words_are_shown() -> None:
    for _, rule, finding in drawn(excerpts=False):
        assert set(WORD.findall((finding.scaffold or "").lower())) <= own_words(rule) | {
            "who",
            "child",
            "when",
        }


@pytest.mark.model
def test_every_scaffold_is_well_formed() -> None:
    """Brackets in pairs, one stop at each end, a capital at each start, and no slot left."""
    for text, _, finding in drawn():
        words = finding.scaffold or ""
        assert list(frame.faults(words)) == [], (text, words)
        assert not re.search(r"[{}]|\.\.| [.,;]|  ", words), (text, words)
        for sentence in re.split(r"(?<=[.?]) (?=[\[A-Z])", words):
            assert re.match(r"\[?[A-Z]", sentence), (text, words)


def test_a_time_or_a_count_may_follow_the_words_before_the_first_blank() -> None:
    """The interview lets them follow there ("The worst time was …")."""
    for rule in rules():
        for part, frames in rule.scaffold:
            lead = frame.lead(frame.fitted(frames[-1], {}))
            if part.value in ("frequency", "worst"):
                assert not re.search(r"(?<!gone) (?:on|at|in|for|of|with)\Z", lead), (rule.id, frames)


def test_who_did_it_stands_where_a_pronoun_may_as_the_subject() -> None:
    """“He”, not “him”: no preposition or verb that would change it stands before the slot."""
    for rule in rules():
        for _, frames in rule.scaffold:
            for words in frames:
                assert not re.search(
                    r"\b(?:to|for|of|with|by|from|about|saw|let|made) {(?:who|person)}", words
                ), words
