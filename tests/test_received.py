"""What is said to whoever received a document: at the terminal, in the HTML report, and by own packs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import ROOT, run

from sos_lint.explain import explained
from sos_lint.fold import fold
from sos_lint.kinds import Kind
from sos_lint.lint import Linter, shared_linter
from sos_lint.readers import read_bytes
from sos_lint.received import Explanation
from sos_lint.rule import Phrases, ShortForm
from sos_lint.web.received import reading_of

TO_WRITERS = re.compile(
    r"\byou (?:wrote|write)\b|could you say|what could you add|write it in full", re.IGNORECASE
)


def of(text: str, linter: Linter | None = None) -> list[Explanation]:
    linter = linter or shared_linter()
    document = read_bytes(text.encode(), "a.txt")
    return list(explained(document, linter.lint(document), linter))


# A text, and of each place its words, what leads to its meaning, a word of that, and a word of its questions.
CASES: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a short form": ("The CIN plan is in May.", [("CIN", "stands for", "child in need", "")]),
    "one that the text explains": (
        "A child in need (CIN) plan. The CIN is in May.",
        [("child in need", "means", "council", ""), *[("CIN", "stands for", "child in need", "")] * 2],
    ),
    "one with its own meaning here": (
        "The QZT (quiet zebra team) came.", [("QZT", "stands for", "quiet zebra team", "")]
    ),
    "one that nobody knows": ("The QZVT came.", [("QZVT", "", "", "What does “QZVT” stand for")]),
    "one whose company speaks for a meaning": (
        "The CP conference was in May.", [("CP", "most likely stands for", "child protection", "stand for")]
    ),
    "one whose company says nothing": ("CP came up.", [("CP", "may stand for", "cerebral", "stand for")]),
    "a working word": ("Contact is on Friday.", [("Contact", "means", "your family", "")]),
    "a broad term": ("There is neglect.", [("neglect", "", "", "went without")]),
    "a broad term without words of its own": ("She is withdrawn.", [("withdrawn", "", "", "see or hear")]),
    "what is told is not asked": (
        "Neglect: on four mornings in May Tom came to school without breakfast.",
        [("Neglect", "", "", "worst")],
    ),
    "how often": ("Dad often hit Tom.", [("often", "", "", "How many times")]),
    "nobody named": ("Tom was hit.", [("was hit", "", "", "Who was it")]),
    "blame": ("Mum failed to protect Tom.", [("failed to protect", "", "", "my own view")]),
    "nothing to ask": ("Mum took Tom to the park.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CASES.values(), ids=CASES)
def test_each_place_is_explained(text: str, told: list[tuple[str, str, str, str]]) -> None:
    found = of(text)
    assert [(one.text, one.lead) for one in found] == [(words, lead) for words, lead, _, _ in told]
    for one, (_, _, means, asks) in zip(found, told, strict=True):
        assert means in " ".join(one.means) and asks in " ".join(one.questions)
        assert bool(one.means) == bool(means) and bool(one.questions) == bool(asks)


def test_every_short_form_and_working_word_of_the_packs_has_a_meaning() -> None:
    """Or plainer words: none is left with a question alone."""
    for rule in shared_linter().catalogue:
        if isinstance(rule.pattern, ShortForm):
            assert all(meaning.gloss for meaning in rule.pattern.meanings), rule.id
        elif rule.kind is Kind.JARGON and not rule.optional:
            assert rule.gloss or rule.alternatives, rule.id


def test_nothing_is_said_as_to_a_writer() -> None:
    for name in ("referral.md", "note.md", "safer-draft.md"):
        text = (ROOT / "examples" / name).read_text(encoding="utf-8")
        for one in of(text):
            assert not TO_WRITERS.search(" ".join((one.says, *one.means, *one.questions)))


def test_the_terminal_says_each_thing_once() -> None:
    ran = run("check", ROOT / "examples" / "referral.md", "--for", "reader")
    assert ran.status == 0
    assert ran.out.count("“CIN” stands for") == 1 and "(18:49, 20:49, 20:87)" in ran.out
    assert "You may ask:" in ran.out and not TO_WRITERS.search(ran.out)
    assert "☐" not in ran.out


def test_words_are_kept_out_where_they_may_not_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Wilbur Pennyfeather is withdrawn. The CIN plan. QZVT.")
    ran = run("check", tmp_path / "a.md", "--for", "reader", "--no-excerpts")
    assert "CIN" in ran.out and "Pennyfeather" not in ran.out and "QZVT" not in ran.out


def test_the_page_holds_the_meanings_where_the_words_stand() -> None:
    ran = run("check", ROOT / "examples" / "note.md", "--for", "reader", "--format", "html")
    assert re.search(r"MASH</mark><span class=\"meaning\"> \(stands for: multi-agency", ran.out)
    assert "What the words mean" in ran.out and "You may ask" in ran.out
    links = set(re.findall(r'href="#([^"]+)"', ran.out))
    ids = re.findall(r' id="([^"]+)"', ran.out)
    assert links <= set(ids) and len(ids) == len(set(ids))


REFUSED = {
    "another format": ("--format", "json"),
    "a summary": ("--summary",),
    "statistics": ("--statistics",),
}


@pytest.mark.parametrize("options", REFUSED.values(), ids=REFUSED)
def test_what_is_for_writers_is_said(options: tuple[str, ...]) -> None:
    ran = run("check", ROOT / "examples" / "note.md", "--for", "reader", *options)
    assert ran.status == 2 and "for writers" in ran.err


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    ran = run("check", ROOT / "examples" / "note.md", tmp_path / "gone.md", "--for", "reader")
    assert ran.status == 2 and "no such file" in ran.out and "“MASH” stands for" in ran.out


def test_a_pack_of_ones_own_says_other_things(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text("id: ours\ntitle: Ours\nversion: '1'\n")
    (tmp_path / "received.yml").write_text(
        "received:\n  - for: broad-terms/neglect\n    says: 'Ask us.'\n    ask: {worst: 'Which day?'}\n"
    )
    (one,) = of("There is neglect.", Linter.with_packs([tmp_path]))
    assert (one.says, "Which day?" in one.questions) == ("Ask us.", True)


def test_words_about_no_rule_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text("id: ours\ntitle: Ours\nversion: '1'\n")
    (tmp_path / "received.yml").write_text("received:\n  - for: broad-terms/neglct\n    says: No.\n")
    ran = run("check", ROOT / "examples" / "note.md", "--pack", tmp_path)
    assert ran.status == 2
    assert (
        "received.yml:2" in ran.out + ran.err and "Did you mean “broad-terms/neglect”?" in ran.out + ran.err
    )


def test_a_single_word_with_a_meaning_of_its_own_is_one_that_its_rules_find() -> None:
    catalogue = shared_linter().catalogue
    found: dict[str, set[str]] = {}
    for rule in catalogue:
        if isinstance(rule.pattern, Phrases):
            for name in rule.names:
                found.setdefault(name, set()).update(map(fold, rule.pattern.forms))
    wordings = [wording for wording in catalogue.wordings.every if wording.of]
    strange = {(one.about, word) for one in wordings for word, _ in one.of if word not in found[one.about]}
    assert wordings and not strange


def test_a_single_word_is_told_in_its_own_sense_and_its_neighbours_in_the_rules() -> None:
    food = [one.means for one in of("The report speaks of food refusal and food hoarding.")]
    assert food == [("Not eating.",), ("Keeping or hiding food to eat later.",)]


def test_a_question_about_several_words_stands_behind_the_last_of_them_on_the_page() -> None:
    document = read_bytes(b"After this the LA remains concerned about neglect.", "a.txt")
    linter = shared_linter()
    told = reading_of(document, explained(document, linter.lint(document), linter))
    pieces = [
        one if isinstance(one, str) else (one["words"], one["number"]) for one in told["blocks"][0]["pieces"]
    ]
    assert pieces == [
        "After this the ", ("LA", 0), " remains concerned", ("", 1), " about ", ("neglect", 2), ".",
    ]  # fmt: skip
