"""The edits of matches: short forms spelt out at their first use, plain swaps, and where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_packs import ACRONYM, linter_for, rule

from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rewrite.apply import applied
from sos_lint.text import Range


def short_form(short: str, *meanings: Any, **body: Any) -> dict[str, Any]:
    return rule(short.lower(), **{**ACRONYM, "short": short, "meanings": list(meanings), **body})


RULES = [
    short_form("CIN", "child in need", lower=["plan"]),
    short_form("ICPC", "initial child protection conference"),
    short_form("CMHT", "community mental health team"),
    short_form("SGO", "special guardianship order"),
    short_form("PIN", "personal identification number"),
    short_form("LAC", "looked-after child"),
    short_form("SW", "social worker"),
    short_form("DNA", "did not attend"),
    short_form("SEN", "special educational needs"),
    short_form("MHA", "Mental Health Act 1983"),
    short_form("S17", "section 17 (help for a child in need)"),
    short_form(
        "CP",
        {"is": "child protection", "near": ["conference"]},
        {"is": "cerebral palsy", "near": ["physiotherapist"]},
    ),
    short_form("Hx", "history"),
    short_form("FPO", {"is": "family proceedings officer", "retired": True}),
    short_form("EPO", "emergency protection order", {"is": "education office", "retired": True}),
    rule("commence", phrases=[{"verb": "commence"}], swap="start", swap_safety="safe"),
    rule("prior", phrases=["prior to"], swap="before", swap_safety="safe"),
    rule("residence", phrases=[{"noun": "residence"}], swap="home"),
    rule("domicile", phrases=[{"noun": "domicile"}, "abode"], swap={"domicile": "old home"}),
    rule("self-report", phrases=["self-report"], swap="own account"),
    rule("gap", phrases=[{"noun": "evidential gap"}], swap="gap in the evidence"),
    rule("put-off", phrases=[{"verb": "put off"}], swap="delay"),
]


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    return linter_for(tmp_path_factory.mktemp("packs"), *RULES)


def edits_in(linter: Linter, text: str, name: str = "draft.md") -> list[Edit]:
    document = read_bytes(text.encode(), name)
    return [edit for finding in linter.lint(document) for edit in finding.edits]


def fixed(linter: Linter, text: str, name: str = "draft.md") -> str:
    """The text after one round of all its edits; another changes nothing."""
    data = text.encode()
    after = applied(data, read_bytes(data, name), edits_in(linter, text, name)).decode()
    assert not edits_in(linter, after, name)
    return after


SPELT_OUT = {
    "used once": ("Tom has a CIN plan.", "Tom has a child in need plan."),
    "used again": (
        "Tom has a CIN plan. The CIN plan ends.",
        "Tom has a child in need (CIN) plan. The CIN plan ends.",
    ),
    "used again in a later block": ("The SGO.\n\n- SGO", "The special guardianship order (SGO).\n\n- SGO"),
    "used again as a plural": ("An ICPC. ICPCs.", "An initial child protection conference (ICPC). ICPCs."),
    "used again with stops": ("The SGO and an S.G.O.", "The special guardianship order (SGO) and an S.G.O."),
    "inside a longer word is no use": ("The SGO. SGOX", "The special guardianship order. SGOX"),
    "an to a": ("Tom has an SGO.", "Tom has a special guardianship order."),
    "a to an": ("Tom has a ICPC.", "Tom has an initial child protection conference."),
    "no article": ("He went to ICPC.", "He went to initial child protection conference."),
    "at the start": ("ICPC was late.", "Initial child protection conference was late."),
    "An at the start": ("An SGO was made.", "A special guardianship order was made."),
    "after a sentence": ("Tom left. SGO made.", "Tom left. Special guardianship order made."),
    "plural": ("ICPCs came.", "Initial child protection conferences came."),
    "plural, used again": ("Two SGOs. SGO", "Two special guardianship orders (SGOs). SGO"),
    "plural of the head": ("Two CINs came.", "Two children in need came."),
    "possessive": ("The CMHT's view.", "The community mental health team's view."),
    "possessive, used again": (
        "The CMHT’s view. CMHT",
        "The community mental health team’s (CMHT’s) view. CMHT",
    ),
    "a noun that the meaning ends with": ("His PIN number.", "His personal identification number."),
    "that noun as a plural": ("Their PIN numbers.", "Their personal identification numbers."),
    "two such words": ("The CMHT health team came.", "The community mental health team came."),
    "the": ("We told CMHT today.", "We told the community mental health team today."),
    "The": ("CMHT agreed.", "The community mental health team agreed."),
    "the before a name": ("Held under MHA now.", "Held under the Mental Health Act 1983 now."),
    "no the before a noun": ("We told CMHT staff.", "We told community mental health team staff."),
    "no the in a list": ("Present: CMHT, Jo.", "Present: community mental health team, Jo."),
    "no the for a label": ("CMHT: Jo", "Community mental health team: Jo"),
    "no the after a place": ("Leeds CMHT agreed.", "Leeds community mental health team agreed."),
    "the, used again": ("Ask CMHT. CMHT", "Ask the community mental health team (CMHT). CMHT"),
    "with stops": ("The S.G.O. came.", "The special guardianship order came."),
    "with stops at the end": ("He has an S.G.O.", "He has a special guardianship order."),
    "in brackets": ("He has a plan (CIN).", "He has a plan (child in need)."),
    "inside brackets, used again": (
        "A plan (a CIN plan). CIN, CIN",
        "A plan (a child in need plan). Child in need (CIN), CIN",
    ),
    "in a heading": ("# CIN plan\n\nA.", "# Child in need plan\n\nA."),
    "in a link": ("[CIN plan](a.org)", "[Child in need plan](a.org)"),
    "in bold": ("A **CIN** plan.", "A **child in need** plan."),
    "in a table": ("|a|b|\n|-|-|\n|SGO|x|", "|a|b|\n|-|-|\n|Special guardianship order|x|"),
    "in small letters": ("His cin plan. CIN", "His child in need (CIN) plan. CIN"),
    "a status before a noun": ("Tom is LAC status.", "Tom is looked-after child status."),
    "a verb": ("They DNA the visit.", "They did not attend the visit."),
    "the likelier of two": ("The CP conference.", "The child protection conference."),
    "the likelier of two, the other": (
        "The physiotherapist and his CP.",
        "The physiotherapist and his cerebral palsy.",
    ),
    "one that the document tells later": (
        "His CP. His mum, on cerebral palsy (CP): fine.",
        "His cerebral palsy (CP). His mum, on cerebral palsy (CP): fine.",
    ),
    "one that is not out of use": ("An EPO came.", "An emergency protection order came."),
    "one that is out of use": ("The FPO came.", "The family proceedings officer came."),
}


def one_round(linter: Linter, text: str) -> str:
    """As often as it takes: what follows brackets may be spelt out in its turn."""
    for _ in range(3):
        data = text.encode()
        text = applied(data, read_bytes(data, "draft.md"), edits_in(linter, text)).decode()
    assert not edits_in(linter, text)
    return text


@pytest.mark.parametrize(("text", "after"), SPELT_OUT.values(), ids=SPELT_OUT)
def test_short_forms_are_spelt_out(linter: Linter, text: str, after: str) -> None:
    assert one_round(linter, text) == after


NOT_SPELT_OUT = {
    "which of two is not clear": "Tom has CP.",
    "both are likely": "The physiotherapist came to the CP conference.",
    "it would want an article": "Tom is CIN.",
    "a line in capitals": "THE CIN PLAN IS LATE",
    "joined before": "Tom is pre-CIN.",
    "joined after": "Tom's CIN-plan.",
    "one of two": "The CIN/CMHT plan.",
    "a verb made of it": "Mum DNA'd it.",
    "a plural possessive": "The CMHTs' view.",
    "a meaning with brackets": "Under S17 today.",
    "a plural that nobody writes": "Two SENs.",
    "an article before a plural": "He has an SEN.",
    "an article before a verb": "It was a DNA.",
    "a word twice": "His special SEN.",
    "an article in other markup": "Tom has an **SGO**.",
    "explained": "Tom has a child in need (CIN) plan. CIN",
    "a quotation": "Tom said, “my CIN plan”.",
}


@pytest.mark.parametrize("text", NOT_SPELT_OUT.values(), ids=NOT_SPELT_OUT)
def test_where_it_is_not_sure_there_is_no_edit(linter: Linter, text: str) -> None:
    assert edits_in(linter, text) == []


SAFETY = {
    "one meaning": ("A CIN plan.", Safety.SAFE),
    "one that the document tells": ("His CP. On cerebral palsy (CP): fine.", Safety.SAFE),
    "one in use, one not": ("An EPO.", Safety.REVIEW),
    "the likelier": ("The CP conference.", Safety.REVIEW),
    "out of use": ("The FPO.", Safety.REVIEW),
    "two letters": ("The SW came.", Safety.REVIEW),
    "two letters and a plural": ("The SWs came.", Safety.REVIEW),
    "small letters": ("A cin plan.", Safety.REVIEW),
    "a safe swap": ("It commenced.", Safety.SAFE),
    "a swap": ("His residence.", Safety.REVIEW),
}


@pytest.mark.parametrize(("text", "safety"), SAFETY.values(), ids=SAFETY)
def test_safety(linter: Linter, text: str, safety: Safety) -> None:
    assert [edit.safety for edit in edits_in(linter, text)] == [safety]


SWAPPED = {
    "as it stands": ("Tom ate prior to school.", "Tom ate before school."),
    "at the start": ("Prior to school Tom ate.", "Before school Tom ate."),
    "base": ("It will commence.", "It will start."),
    "third person": ("It commences.", "It starts."),
    "past": ("It commenced.", "It started."),
    "participle": ("It has commenced.", "It has started."),
    "-ing": ("Commencing today.", "Starting today."),
    "singular": ("His residence.", "His home."),
    "plural": ("Their residences.", "Their homes."),
    "a to an": ("He has no a domicile.", "He has no an old home."),
    "a hyphen as a space": ("His self report.", "His own account."),
    "a hyphen": ("A self-report.", "An own account."),
    "a form that is sure": ("He puts off the visit.", "He delays the visit."),
    "words with a tail": ("There are evidential gaps.", "There are gaps in the evidence."),
    "words with a tail, and on": ("An evidential gap was seen.", "A gap in the evidence was seen."),
    "after a short form that is told something": ("TV is on. His residence.", "TV is on. His home."),
    "before a bracket": ("His residence (a flat) is near.", "His home (a flat) is near."),
    "before a name in brackets": ("His residence (Leeds) is near.", "His home (Leeds) is near."),
    "in bold": ("**Prior to** school.", "**Before** school."),
    "in a list": ("- prior to school", "- before school"),
}


@pytest.mark.parametrize(("text", "after"), SWAPPED.values(), ids=SWAPPED)
def test_swaps(linter: Linter, text: str, after: str) -> None:
    assert fixed(linter, text) == after


NOT_SWAPPED = {
    "in capitals": "PRIOR TO SCHOOL TOM ATE.",
    "a word in capitals": "Tom ate PRIOR TO school.",
    "a name": "Tom lives at The Residence.",
    "capitals within": "Tom ate Prior To school.",
    "a line break between its words": "Tom ate prior\nto school.",
    "markup between its words": "Tom ate prior **to** school.",
    "a phrase without a swap": "His abode.",
    "a form that is not sure": "He put off the visit.",
    "words that a short form stands for": "His residence (RES) is near.",
    "a part of them": "The residence visit order (RVO) is here.",
    "words that say a short form in full": "The RES (residence) is near.",
    "words that say what it means": "RES means residence.",
    "words of a list of terms": "RES: residence",
    "a tail and no article": "She wrote of evidential gap.",
    "a tail before a noun": "The evidential gap report came.",
    "a tail before another": "An evidential gap of note.",
    "a tail before a possessive": "The evidential gap's size.",
    "a word twice, before": "The day before prior to school.",
    "a word twice, after": "His residence home.",
}


@pytest.mark.parametrize("text", NOT_SWAPPED.values(), ids=NOT_SWAPPED)
def test_where_a_swap_is_not_sure_there_is_none(linter: Linter, text: str) -> None:
    assert edits_in(linter, text) == []


def test_an_edit_tells_its_place_in_the_file(linter: Linter) -> None:
    (edit,) = edits_in(linter, "Tom has\n\nthe **SGO**.")
    assert (edit.at, edit.place) == (Range(12, 15), Range(15, 18))


def test_without_excerpts_there_are_no_edits(tmp_path: Path) -> None:
    whole = linter_for(tmp_path, *RULES)
    document = read_bytes(b"Tom has a CIN plan.", "a.md")
    assert whole.lint(document)[0].edits
    assert not Linter(whole.catalogue, excerpts=False).lint(document)[0].edits


def test_a_plural_that_its_letters_do_not_show_is_left_to_the_writer(linter: Linter) -> None:
    assert edits_in(linter, "Hxs were late. Tom’s Hx came.") == []
    assert [edit.replacement for edit in edits_in(linter, "The Hx was late.")] == ["history"]
