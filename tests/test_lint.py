"""The one path: where findings are, in which order, and what they say of the document."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from small_packs import ACRONYM, FRAMES, QUESTIONS, compiled, findings_in, found, linter_for, rule, write_pack

import sos_lint
from sos_lint import lint_text
from sos_lint.config import Settings
from sos_lint.errors import BadConfig, UnreadableFile
from sos_lint.finding import NOWHERE, Place
from sos_lint.kinds import Kind, Severity
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.text import Range

WORDS = {
    "words": {"abbreviation": ["dr", "e.g", "approx", "no"], "service-noun": ["plan"]},
    "evidence": {"impact": ["wept"], "frequency": ["<number> times"]},
    "allow": ["UK"],
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rules = [
        rule("drift", phrases=["drift"], kind="broad-term", ask=QUESTIONS, scaffold=FRAMES),
        rule(
            "harbour-plan",
            phrases=["harbour plan"],
            alternatives=["list"],
            advice="Say so.",
            aliases=["old/plan"],
        ),
        rule("quay", phrases=["quay"], gloss="A place for boats.", severity="suggestion"),
        rule("mooring", tokens=[[{"LOWER": "mooring"}, {"LOWER": "rope"}]], anchors=["mooring"]),
        {
            **ACRONYM,
            "id": "hip",
            "short": "HIP",
            "meanings": [{"is": "harbour island plan", "gloss": "A plan."}],
        },
        {**ACRONYM, "id": "unknown", "unknown": {"shortest": 2, "longest": 6}, "severity": "suggestion"},
    ]
    return write_pack(tmp_path_factory.mktemp("lint"), {**{one["id"]: one for one in rules}, "words": WORDS})


@pytest.fixture(scope="module")
def linter(pack: Path) -> Linter:
    return Linter(compiled(pack))


PLACES = {
    "plain": ("Tom’s drift.\n", 1, 7, "drift"),
    "second line": ("Tom is\nin drift.\n", 2, 4, "drift"),
    "Windows lines": ("Tom is\r\nin a\r\ndrift.\r\n", 3, 1, "drift"),
    "after wide signs": ("😀 é\u0301 drift", 1, 6, "drift"),
    "after emphasis": ("*Tom* and **his** drift", 1, 19, "drift"),
    "emphasis around it": ("his *drift*", 1, 6, "drift"),
    "emphasis inside it": ("the harbour *plan*", 1, 5, "harbour *plan"),
    "a line break inside it": ("the harbour\nplan", 1, 5, "harbour\nplan"),
    "odd spaces inside it": ("the harbour\u00a0 plan", 1, 5, "harbour\u00a0 plan"),
    "an entity inside it": ("the harbour&nbsp;plan", 1, 5, "harbour&nbsp;plan"),
    "a hyphen inside it": ("the harbour-plan", 1, 5, "harbour-plan"),
    "in a heading": ("# The *old* drift #", 1, 13, "drift"),
    "in a list in a quotation": ("> - a\n>   - drift", 2, 7, "drift"),
    "in a table": ("| a | b |\n|--|--|\n| `x` | the drift |", 3, 13, "drift"),
    "after front matter": ("---\ntitle: x\n---\n\ndrift", 5, 1, "drift"),
    "after a comment": ("Tom <!-- drift --> drift", 1, 20, "drift"),
    "in a link": ("[the drift](drift.md)", 1, 6, "drift"),
    "a plural short form": ("Two **HIPs**.", 1, 7, "HIPs"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "line", "column", "words"), PLACES.values(), ids=PLACES)
def test_places_in_markdown_are_of_the_file(
    source: str, line: int, column: int, words: str, linter: Linter
) -> None:
    (finding,) = findings_in(linter, source)
    start = 5 if "(drift.md)" in source else source.rindex(words)
    assert finding.start == Place(start, line, column)
    assert source[finding.start.offset : finding.end.offset] == words


def test_a_byte_order_mark_is_not_counted(linter: Linter) -> None:
    (finding,) = linter.lint(read_bytes("\ufeffTom’s drift".encode(), "a.txt"))
    assert (finding.start.offset, finding.start.column) == (6, 7)


def test_nothing_matches_across_paragraphs_cells_or_marks(linter: Linter) -> None:
    text = "the harbour\n\nplan\n\n- harbour\n- plan\n\n| harbour | plan |\n|--|--|\n| x | y |\n"
    assert found(linter, text) == []
    assert found(linter, "the harbour, plan; the harbour. Plan") == []


def test_word_files_have_places_of_their_text_and_where_they_are(linter: Linter) -> None:
    file, word = BytesIO(), docx.Document()
    word.add_heading("May", 1)
    word.add_paragraph("Tom’s drift.")
    table = word.add_table(1, 2)
    table.cell(0, 1).text = "the quay"
    word.save(file)
    document = read_bytes(file.getvalue(), "a.docx")
    drift, quay = linter.lint(document)
    assert document.text[drift.start.offset : drift.end.offset] == "drift"
    assert (drift.start.line, drift.start.column) == (2, 7)
    assert (drift.where, quay.where) == ("paragraph 2", "table 1, row 1, column 2")


# What a finding says.


def test_a_broad_term(linter: Linter) -> None:
    (finding,) = findings_in(linter, "There is drift. Tom wept.")
    assert (finding.rule, finding.kind, finding.severity) == (
        "small/drift",
        Kind.BROAD_TERM,
        Severity.WARNING,
    )
    assert finding.message == "What does “drift” mean here?"
    assert finding.scaffold == "On [when], [who] [did what]. This was [how often]. The worst was [when]."
    assert [ask.evidence for ask in finding.asks if ask.told] == [(Range(20, 24),)]
    assert finding.path == "draft.md"


def test_a_jargon_term(linter: Linter) -> None:
    (finding,) = findings_in(linter, "The Harbour Plan.")
    assert (finding.text, finding.alternatives, finding.advice) == ("Harbour Plan", ("list",), "Say so.")
    assert finding.message == "What does “Harbour Plan” mean here?"
    assert (finding.asks, finding.meanings, finding.scaffold) == ((), (), None)


def test_where_there_is_no_advice_the_gloss_is_given(linter: Linter) -> None:
    (finding,) = findings_in(linter, "The quay.")
    assert finding.advice == "A place for boats."


def test_a_short_form(linter: Linter) -> None:
    (finding,) = findings_in(linter, "The HIP began.")
    assert [(meaning.expansion, meaning.gloss) for meaning in finding.meanings] == [
        ("harbour island plan", "A plan.")
    ]
    assert finding.advice == ""


SENTENCES = {
    "one": ("Tom is in drift.", "Tom is in drift."),
    "of three": ("Tom is six. He is in drift! So it is.", "He is in drift!"),
    "a question in quotes": ("“Is he six?” He is in drift.", "He is in drift."),
    "ends in quotes": ("He said, “I drift.” So it is.", "He said, “I drift.”"),
    "an abbreviation": ("Dr. Marlow saw drift in No. 6. So it is.", "Dr. Marlow saw drift in No. 6."),
    "an abbreviation with stops": ("He saw things, e.g. drift.", "He saw things, e.g. drift."),
    "an initial": ("J. Marlow saw drift. So it is.", "J. Marlow saw drift."),
    "a number": ("It cost 6.50 for drift. 4 came.", "It cost 6.50 for drift."),
    "dots": ("He waited... and then drift. So it is.", "He waited... and then drift."),
    "no stop at the end": ("Tom is six. He is in drift", "He is in drift"),
    "a heading": ("# The drift\n\nTom is six.", "The drift"),
    "a list item": ("- Tom is six\n- the drift", "the drift"),
    "lines of a paragraph": ("Tom\nis in *drift*\ntoday. So it is.", "Tom is in drift today."),
    "small letters after a stop": ("He came in. then drift came.", "He came in. then drift came."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_sentence_and_the_place_in_it(text: str, sentence: str, linter: Linter) -> None:
    (finding,) = findings_in(linter, text)
    assert finding.sentence == sentence
    assert finding.in_sentence.of(finding.sentence) == finding.text == "drift"


# Order.

MIXED = (
    "The QX plan, HIP, the UK, drift and the harbour plan on the quay. Two times the mooring rope.\n\n"
    "HIP means harbour island plan. The HIP drift: Tom wept.\n"
)


def test_findings_are_in_order_of_place_then_rule(linter: Linter) -> None:
    findings = findings_in(linter, MIXED)
    assert [one.text for one in findings] == [
        "QX", "HIP", "drift", "harbour plan", "quay", "mooring rope", "drift",
    ]  # fmt: skip
    assert list(findings) == sorted(findings, key=lambda one: one.sort_key)


def test_the_order_does_not_depend_on_hashes(pack: Path) -> None:
    """Sets and dictionaries of strings are in another order in every process."""
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); from small_packs import *; "
        "print([repr(one) for one in findings_in(Linter(compiled(pathlib.Path(sys.argv[2]))), sys.argv[3])])"
    )
    here = Path(__file__).parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(here), str(pack), MIXED],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(here.parent)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"mooring rope" in outputs.pop()


# Privacy.


def strings_in(value: Any) -> list[str]:
    """Every string anywhere in a finding, enums apart."""
    if isinstance(value, Enum):
        return []
    if is_dataclass(value):
        return [one for field in fields(value) for one in strings_in(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [one for item in value for one in strings_in(item)]
    return [value] if isinstance(value, str) else []


def test_without_excerpts_no_word_of_the_document_is_in_a_finding(pack: Path) -> None:
    text = (
        "Wilbur’s DRIFT at Oddlethorpe. The QZVT took Wilbur. Wilbur wept two times by the quays’ "
        "Harbour-Plan and the HIPs, on a MOORING Rope."
    )
    open_, closed = Linter(compiled(pack)), Linter(compiled(pack), excerpts=False)
    before, after = findings_in(open_, text), findings_in(closed, text)
    assert len(before) >= 5
    assert [(one.rule, one.start, one.end, one.missing) for one in after] == [
        (one.rule, one.start, one.end, one.missing) for one in before
    ]
    own = {
        word
        for one in compiled(pack)
        for word in re.findall(r"\w+", f"{one.message} {one.term} {one.why} {one.scaffold}")
    }
    own |= {
        word for one in after for word in re.findall(r"\w+", " ".join((one.path, one.rule, *one.questions)))
    }
    said = {word for one in after for string in strings_in(one) for word in re.findall(r"\w+", string)}
    assert not (said - own) & set(re.findall(r"\w+", text))
    for one in after:
        assert (one.text, one.sentence, one.in_sentence) == ("", "", NOWHERE)
        assert "wilbur" not in repr(one).lower()
    assert after[0].message == "What does “drift” mean here?"


def test_nothing_is_remembered_of_a_document(linter: Linter) -> None:
    explained = "Harbour island plan (HIP). The HIP."
    assert found(linter, explained) == []
    assert found(linter, "The HIP.") == ["HIP"]
    assert found(linter, explained) == []


# Settings.

WANTED = {
    "all": (Settings(), ["drift", "harbour plan", "quay", "HIP"]),
    "a rule": (Settings(select=("small/quay",)), ["quay"]),
    "an alias": (Settings(select=("old/plan",)), ["harbour plan"]),
    "a kind": (Settings(select=("acronym",)), ["HIP"]),
    "a pack": (Settings(select=("small",)), ["drift", "harbour plan", "quay", "HIP"]),
    "not a rule": (Settings(ignore=("small/quay", "small/hip")), ["drift", "harbour plan"]),
    "not a kind": (Settings(ignore=("jargon",)), ["drift", "HIP"]),
    "a kind but not a rule": (Settings(select=("jargon",), ignore=("small/quay",)), ["harbour plan"]),
    "a rule though not its kind": (Settings(select=("small/quay",), ignore=("jargon",)), ["quay"]),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "words"), WANTED.values(), ids=WANTED)
def test_settings_choose(settings: Settings, words: list[str], linter: Linter) -> None:
    document = read_bytes(b"The drift, the harbour plan, the quay and the HIP.", "a.txt")
    assert [one.text for one in linter.lint(document, settings)] == words


def test_settings_change_the_severity(linter: Linter) -> None:
    document = read_bytes(b"The quay.", "a.txt")
    settings = Settings(severities=(("jargon", Severity.WARNING), ("small/quay", Severity.ERROR)))
    assert [one.severity for one in linter.lint(document, settings)] == [Severity.ERROR]


def test_names_that_mean_nothing(linter: Linter) -> None:
    linter.check_names(["small/quay", "old/plan", "small", "jargon"], "here")
    with pytest.raises(BadConfig, match=r"“small/quai”.*Did you mean “small/quay”") as caught:
        linter.check_names(["small/quai"], "here")
    assert caught.value.place == "here"


# From Python.


def test_lint_text() -> None:
    (finding,) = lint_text("There is neglect in the home.")
    assert (finding.rule, finding.start, finding.path) == ("broad-terms/neglect", Place(9, 1, 10), "-")
    assert len(finding.questions) == 4


def test_lint_text_reads_as_the_name_says() -> None:
    assert lint_text("There is `neglect` in the home.", "draft.md") == ()
    assert [one.text for one in lint_text("There is `neglect` in the home.", "draft.txt")] == ["neglect"]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_an_empty_text_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        lint_text(text)


def test_half_of_a_surrogate_pair_does_no_harm() -> None:
    assert [one.text for one in lint_text("There is neglect \ud83d here.")] == ["neglect"]


def test_public_names_are_there() -> None:
    assert all(getattr(sos_lint, name) for name in sos_lint.__all__)
    with pytest.raises(AttributeError):
        _ = sos_lint.nothing


def test_a_linter_without_rules_finds_nothing(tmp_path: Path) -> None:
    assert found(linter_for(tmp_path), "There is neglect; HIP.") == []
