"""Short forms as people write them: seen, explained, unknown, and never mistaken.

The tables go through the shipped packs. [[Brackets]] mark what is flagged; nothing else may be.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from small_packs import ACRONYM, findings_in, found, linter_for

from sos_lint.finding import Finding
from sos_lint.lint import Linter, shared_linter
from sos_lint.nlp.acronyms import key_of, spells
from sos_lint.selftest import unmarked
from sos_lint.text import Range

WRITTEN = {
    "plain": "The [[CIN]] plan ended.",
    "plural": "Two [[LACs]] moved in May.",
    "possessive": "The [[CIN]]'s review is on Monday.",
    "curly possessive": "The [[CIN]]’s review is on Monday.",
    "possessive of a plural": "The [[LACs]]’ review is on Monday.",
    "dotted": "The [[C.I.N.]] plan ended.",
    "dotted but for the last": "The [[C.I.N]] plan ended.",
    "dotted at the end": "It is a [[C.I.N.]]",
    "dotted plural": "Two [[L.A.C.s]] moved in May.",
    "slashed": "The [[CIN]]/[[CP]] plans differ.",
    "slashed with an unknown one": "The [[CIN]]/[[QZVT]] plans differ.",
    "hyphenated before": "The non-[[CIN]] children came too.",
    "hyphenated after": "A [[CIN]]-led meeting is on Monday.",
    "joined with and": "The [[CIN]]&[[LAC]] team came.",
    "dashes": "The plan—[[CIN]]–[[LAC]]—ended.",
    "S47": "An [[S47]] was started.",
    "s47": "An [[s47]] was started.",
    "s.47": "An [[s.47]] was started.",
    "s. 47": "An [[s. 47]] was started.",
    "s 47": "An [[s 47]] was started.",
    "S.47": "[[S.47]] enquiries began in May.",
    "section 47": "A [[section 47]] was started.",
    "Section 47": "The [[Section 47]] was started.",
    "plural with a number": "Two [[S47s]] were started.",
    "possessive with a number": "The [[S47]]’s outcome was told.",
    "slashed with a number": "An [[S17]]/[[S47]] was started.",
    "Reg 44": "A [[Reg 44]] visit, a [[reg. 44]] visit and a [[Regulation 44]] visit.",
    "lower case with a neighbour": "The [[cin]] plan ended after her [[lac]] review.",
    "a capital with a neighbour": "[[Cin]] plan ended.",
    "lower case with a hyphen": "The [[cin]]-plan ended.",
    "lower case without a neighbour": "A cin was seen, and the lac of the resin.",
    "a mixed spelling": "The [[SENCo]] came with the [[SENCO]].",
    "in brackets": "They met ([[CIN]]) on Monday.",
    "before marks": "[[CIN]]: a meeting. Was it [[CIN]]? It was [[CIN]]!",
    "in markup": "It was **[[CIN]]**, not *[[LAC]]*.",
    "in code": "It was `CIN` there.",
    "in a heading": "# The [[CIN]] plan",
    "in a list": "- [[CIN]]\n- [[LAC]] and others",
    "in a table": "| Plan | Since |\n|--|--|\n| [[CIN]] | May |",
    "several in one sentence": "The [[CIN]], [[LAC]] and [[EHCP]] plans.",
    "nothing but short forms": "[[CIN]], [[LAC]] and [[EHCP]].",
    "every use, if none is explained": "The [[CIN]] plan. The [[CIN]] plan.",
    "part of a word": "The CINema, the xCIN and the CIN_plan.",
    "in a longer short form": "The [[EHCP]] and the [[EHC]] plan.",
}

EXPLAINED = {
    "before": "Child in need (CIN) plans help. The CIN plan ended.",
    "before, in capitals": "Child In Need (CIN) plans help. The CIN plan ended.",
    "before, hyphenated": "A child-in-need (CIN) plan helps. The CIN plan ended.",
    "before, plural": "Children in need, here looked after children (LAC), came. LACs came.",
    "before, with quotes": "A child in need (“CIN”) plan helps. The CIN plan ended.",
    "before, with the": "The Multi-Agency Safeguarding Hub (the MASH) rang. The MASH rang.",
    "before, in square brackets": "The Multi-Agency Safeguarding Hub [MASH] rang. The MASH rang.",
    "before, with or": "A child in need, or CIN, plan helps. The CIN plan ended.",
    "before, with a dash": "A child in need – CIN – plan helps. The CIN plan ended.",
    "before, known as": "The safety hub, known as MASH, rang. The MASH rang.",
    "before, with a noun": "The child in need plan (CIN plan) helps. The CIN ended.",
    "before, with a word between": "The child in need plan (CIN) helps. The CIN plan ended.",
    "after": "CIN (child in need) plans help. The CIN plan ended.",
    "after, in capitals": "CIN (Child In Need) plans help. The CIN plan ended.",
    "after, in the words of the writer": "CIN (a plan for a child who needs help) began. The CIN ended.",
    "after, with a noun": "A CIN plan (child in need plan) began. The CIN plan ended.",
    "after, with that is": "A CIN plan (that is, a plan for a child in need) began. The CIN plan ended.",
    "after, with a dash": "CIN – child in need – plans help. The CIN plan ended.",
    "after, with a colon": "CIN: child in need. The CIN plan ended.",
    "means": "CIN means that a child needs help. The CIN plan ended.",
    "stands for": "CIN stands for child in need. The CIN plan ended.",
    "is short for": "CIN is short for child in need. The CIN plan ended.",
    "which means": "The CIN, which means a child who needs help, ended. The CIN plan ended.",
    "then dotted": "Child in need (CIN) plans help. The C.I.N. plan ended.",
    "dotted, then not": "Child in need (C.I.N.) plans help. The CIN plan ended.",
    "then in small letters": "Child in need (CIN) plans help. The cin plan ended.",
    "then slashed": "Child in need (CIN) and child protection (CP). The CIN/CP plans differ.",
    "then plural": "A looked after child (LAC) came. Two LACs came. The LAC’s bag.",
    "plural, then not": "Looked after children (LACs) came. The LAC came.",
    "a number": "An S47 (an enquiry into harm) ended. The s.47 ended. The Section 47 ended.",
    "in a heading": "# Child in need (CIN)\n\nThe CIN plan ended.",
    "in a list": "- CIN: child in need\n- LAC – looked after child\n\nThe CIN plan and the LAC review.",
    "in a list, the other way round": "- Child in need: CIN\n- Looked after child – LAC\n\nThe CIN plan.",
    "in a list, in bold": "- **CIN** – Child in need\n\nThe CIN plan.",
    "in a list without marks": "- CIN Child in need\n\nThe CIN plan.",
    "in a list of its own words": "# What the letters mean\n\n- CIN: a plan\n- LAC: in care\n\nThe CIN plan.",
    "in a table": "| Short | Long |\n|--|--|\n| CIN | Child in need |\n\nThe CIN plan.",
    "in a table, the other way round": "| Long | Short |\n|--|--|\n| Child in need | CIN |\n\nThe CIN plan.",
    "in a table of its own words": "| Letters | Meaning |\n|--|--|\n| CIN | A plan |\n\nThe CIN plan.",
    "by a link": "See [CIN](https://example.org/cin). The CIN plan.",
    "by an abbreviation": "*[CIN]: Child in need\n\nThe CIN plan.",
    "by a title": 'The <abbr title="Child in need">CIN</abbr> plan. The CIN plan.',
    "an unknown one, before": "The Quick Zone Visit Team (QZVT) came. The QZVT left. Two QZVTs.",
    "an unknown one, plural": "The Quick Zone Visit Teams (QZVTs) came. The QZVT left.",
    "an unknown one, after": "QZVT (the Quick Zone Visit Team) came. The QZVT left.",
    "an unknown one, in a list": "- QZVT: Quick Zone Visit Team\n\nThe QZVT left.",
    "an unknown one, reversed": "- Quick Zone Visit Team – QZVT\n\nThe QZVT left.",
    "an unknown one, in a table": "| a | b |\n|--|--|\n| QZVT | Quick Zone Visit Team |\n\nThe QZVT.",
    "a known one that means something else here": "The City Index Network (CIN) rang. The CIN left.",
}

FLAGGED_BEFORE = {
    "brackets": "The [[CIN]] plan. Child in need (CIN) plans help. The CIN plan ended.",
    "another paragraph": "The [[CIN]] plan.\n\nThe [[CINs]].\n\nCIN means child in need. The CIN plan ended.",
    "a glossary at the end": "The [[CIN]] plan.\n\n# Glossary\n\n- CIN: child in need",
    "a table at the end": "The [[CIN]] plan.\n\n| Short | Long |\n|--|--|\n| CIN | Child in need |",
    "a link": "The [[CIN]] plan. See [CIN](https://example.org/cin). The CIN plan.",
    "an abbreviation": "The [[CIN]] plan.\n\n*[CIN]: Child in need\n\nThe CIN plan.",
    "a title": 'The [[CIN]] plan. The <abbr title="Child in need">CIN</abbr> plan.',
    "an unknown one": "The [[QZVT]] came. The Quick Zone Visit Team (QZVT) left.",
}

NOT_EXPLAINED = {
    "other words in brackets": "The plan ([[CIN]]) ended. The [[CIN]] plan (on Monday).",
    "a name in brackets": "The [[DSL]] (Ms Marlow) came.",
    "other letters explained": "Looked after child (LAC) reviews and [[CIN]] plans.",
    "a date after a colon": "- [[CIN]]: closed on 4 May",
    "a date after a colon, not in a glossary": "# Glossary\n\nNone.\n\n# Plans\n\n- [[CIN]]: closed on 4 May",
    "a table of counts": "| [[CIN]] | [[LAC]] |\n|--|--|\n| 2 | 3 |",
    "a note in brackets after a noun": "The [[CIN]] plan (the one of May) ended.",
    "a link of more words": "See [the [[CIN]] plan](https://example.org/cin).",
    "an unknown one, by words that do not spell it": "The zone team ([[QZVT]]) came.",
}

NEVER = {
    "two initials": "We met AB on Monday. AB said that she was tired. AB's bag was wet.",
    "initials, the parent": "AB's mum came early. AB’s mum rang.",
    "initials after child": "Child AB slept. Child F slept. Baby QT slept.",
    "initials after a title": "Mr QT was there. QT left.",
    "initials with stops": "J.S. went to school. J.S’s bag. J. K. Marlow and A.B. came.",
    "initials of a witness": "Witness QX heard it. QX was at home.",
    "a line in capitals": "ALL CHILDREN MUST BE COLLECTED BY THREE O’CLOCK",
    "a heading in capitals": "# WHAT ARE WE WORRIED ABOUT",
    "a reference": "The number is ABC-2026-004. Ref: QZVT 1234. Our ref QZVT/12.",
    "a case number": "Case no: ZQX. The case number QZVT was given.",
    "letters and digits": "The code is QZ12V, and the bus is the X43.",
    "a known one in a reference": "Please give the number CIN/2026/0417 when you ring.",
    "a postcode": "The flat is at WV4 6QZ, then at SW1A 1AA.",
    "grades": "She got AAB in her A levels and DMM in her BTEC exams.",
    "form codes": "Fill in form C100 and form QZ, then the SF12.",
    "roman numerals": "Part IV, stage III, Henry VIII and chapter XIX.",
    "everyday": "The UK, the NHS, a GP, the TV, the BBC and a DVD.",
    "everyday, plural and possessive": "Two GPs came. The NHS’s letter. Both TVs.",
    "times": "We came at 3PM and left at 10 AM.",
    "an address": "Write to qzvt@example.org or see www.example.org/QZVT and https://QZVT.org.uk.",
    "a child's words": "Tom wrote, “my QZVT woman and the CIN one are nice”.",
    "a quotation": "> The CIN woman and the QZVT man came.",
    "a word that the document also has in small letters": "HELP! She cried for help.",
    "one letter": "Plan B and vitamin D.",
    "sections in the name of a law": "We did this under section 47 of the Children Act 1989.",
}  # fmt: skip

UNKNOWN = {
    "three letters": "She was told that her [[KLZ]] was full.",
    "four letters": "The [[QZVT]] came.",
    "plural": "Two [[QZVTs]] came.",
    "possessive": "The [[QZVT]]’s car.",
    "slashed": "The [[QZVT]]/[[WVBX]] car.",
    "hyphenated": "A [[QZVT]]-led visit, a non-[[QZVT]] visit.",
    "with an and": "The [[QZ&V]] team came.",
    "mixed": "The [[QZoV]] team came.",
    "two letters and a noun": "The [[QT]] team met.",
    "two letters, no label": "Then QT met the others.",
    "seven letters": "The QZVTKLM came.",
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return shared_linter()


def places(linter: Linter, text: str) -> list[tuple[Range, str]]:
    """Where short forms are flagged in the file, and the words there."""
    return [
        (Range(one.start.offset, one.end.offset), one.text)
        for one in findings_in(linter, text)
        if one.rule.startswith("acronyms/")
    ]


def expected(marked: str) -> tuple[str, list[tuple[Range, str]]]:
    text, marks = unmarked(marked)
    return text, [(at, at.of(text)) for at in marks]


def table(rows: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("marked", rows.values(), ids=rows)


@table(WRITTEN)
def test_ways_of_writing(marked: str, linter: Linter) -> None:
    text, marks = expected(marked)
    assert places(linter, text) == marks


@table(EXPLAINED)
def test_explained(marked: str, linter: Linter) -> None:
    assert places(linter, marked) == []


@table(FLAGGED_BEFORE)
def test_flagged_until_it_is_explained(marked: str, linter: Linter) -> None:
    text, marks = expected(marked)
    assert places(linter, text) == marks


@table(NOT_EXPLAINED)
def test_not_explained(marked: str, linter: Linter) -> None:
    text, marks = expected(marked)
    assert places(linter, text) == marks


@table(NEVER)
def test_never(marked: str, linter: Linter) -> None:
    assert places(linter, marked) == []


@table(UNKNOWN)
def test_unknown(marked: str, linter: Linter) -> None:
    text, marks = expected(marked)
    assert places(linter, text) == marks
    rules = {one.rule for one in findings_in(linter, text) if one.kind.value == "acronym"}
    assert rules <= {"acronyms/unknown"}


def test_an_unknown_one_is_a_suggestion_without_meanings(linter: Linter) -> None:
    (finding,) = findings_in(linter, "The QZVT came.")
    assert (finding.rule, finding.severity.label, finding.meanings) == ("acronyms/unknown", "suggestion", ())


# Several meanings.

RICE = {
    "short": "RICE",
    "meanings": [
        {"is": "river ice team", "near": ["boat", "frozen lake"]},
        {"is": "rest and comfort", "near": ["sprain", "ankle"]},
        {"is": "rural inspectors", "near": ["farm"], "retired": True},
    ],
}
COMPANY = {
    "nothing near: the order of the pack": ("The RICE came.", ["river", "rest", "rural"]),
    "a word of the sentence": ("The RICE saw her ankle.", ["rest", "river", "rural"]),
    "two words": ("The RICE went over the frozen lake.", ["river", "rest", "rural"]),
    "a word in any case": ("The RICE saw her Ankle.", ["rest", "river", "rural"]),
    "part of a word": ("The RICE saw her ankles.", ["river", "rest", "rural"]),
    "the sentence outdoes the paragraph": (
        "The RICE saw her ankle. Then came the boat.",
        ["rest", "river", "rural"],
    ),
    "the paragraph outdoes the document": (
        "The boat.\n\nThe RICE came. Her ankle hurt.",
        ["rest", "river", "rural"],
    ),
    "the document": ("The RICE came.\n\nHer ankle hurt.", ["rest", "river", "rural"]),
    "a retired one, if its company is here": ("The RICE came to the farm.", ["rural", "river", "rest"]),
}


@pytest.mark.parametrize(("text", "order"), COMPANY.values(), ids=COMPANY)
def test_all_meanings_are_offered_the_likeliest_first(text: str, order: list[str], tmp_path: Path) -> None:
    small = linter_for(tmp_path, {**ACRONYM, **RICE, "id": "rice"})
    (finding,) = findings_in(small, text)
    assert [meaning.expansion.split()[0] for meaning in finding.meanings] == order


def test_a_shipped_one_with_several_meanings(linter: Linter) -> None:
    def first(text: str) -> Finding:
        return next(one for one in findings_in(linter, text) if one.rule == "acronyms/s47")

    assert "enquiry" not in first("An S47 enquiry followed the strategy meeting.").meanings[1].expansion
    assert "bodily harm" in first("He was charged with an S47 assault.").meanings[0].expansion
    assert "bodily harm" not in first("An S47 enquiry followed the strategy meeting.").meanings[0].expansion


# What a pack can say of a short form.

OPTIONS: dict[str, tuple[dict[str, object], str, list[str]]] = {
    "capitals only": ({}, "AbC, ABC, abc, Abc.", ["ABC"]),
    "further spellings": ({"written": ["AbC", "A-B-C"]}, "AbC, ABC, A-B-C, Abc.", ["AbC", "ABC", "A-B-C"]),
    "small letters anywhere": ({"lower": True}, "An abc, two abcs, an Abc; abcd.", ["abc", "abcs", "Abc"]),
    "small letters beside a word": ({"lower": ["plan"]}, "An abc plan, an abc, plan abc.", ["abc"]),
    "beside a hyphen": ({"lower": ["plan"]}, "An abc-plan, an ABC-plan.", ["abc", "ABC"]),
    "beside two words": ({"lower": ["care plan"]}, "An abc care plan, an abc plan.", ["abc"]),
    "beside a plural": ({"lower": ["plan"]}, "Two abc plans.", []),
    "a condition": ({"only-before": ["plan"]}, "An ABC plan, an ABC team.", ["ABC"]),
    "mixed capitals": ({"short": "AbCo"}, "An AbCo, an ABCO, an abco, AbCos.", ["AbCo", "ABCO", "AbCos"]),
    "two letters, mixed": ({"short": "Ab"}, "An Ab, an AB, an ab.", ["Ab"]),
    "dots of its own": ({"short": "a.b.c"}, "An a.b.c here, an abc, an A.B.C.", ["a.b.c"]),
    "with a digit": ({"short": "A1B"}, "An A1B, two A1Bs, an A1BC.", ["A1B", "A1Bs"]),
}  # fmt: skip


@pytest.mark.parametrize(("options", "text", "words"), OPTIONS.values(), ids=OPTIONS)
def test_options_of_a_pack(options: dict[str, object], text: str, words: list[str], tmp_path: Path) -> None:
    body = {
        **ACRONYM,
        "short": "ABC",
        "meanings": ["always be careful"],
        "unless": [],
        "id": "abc",
        **options,
    }
    assert found(linter_for(tmp_path, body), text) == words


# The letters of an explanation.

SPELT = {
    "every first letter": ("CIN", "child in need", True),
    "capitals and hyphens": ("MARAC", "Multi-Agency Risk Assessment Conference", True),
    "small words left out": ("SDQ", "strengths and difficulties questionnaire", True),
    "a letter inside a word": ("SEMH", "social, emotional and mental health", True),
    "letters inside words": ("SENCo", "special educational needs co-ordinator", True),
    "half of them inside words": ("ASBO", "antisocial behaviour order", True),
    "one letter in four that is nowhere": ("RRXT", "railway and road crossing team", True),
    "one letter in three that is nowhere": ("CPN", "care home nurse", False),
    "a symbol": ("A&E", "accident and emergency", True),
    "a number": ("S47", "section 47", True),
    "another first letter": ("CIN", "a child in need", False),
    "another order": ("CIN", "need in child", False),
    "one word": ("CIN", "cinnamon", False),
    "too many words": ("CIN", "child came in on a day in which nobody had need of it", False),
    "no words": ("CIN", "", False),
    "digits only": ("CIN", "12 13 14", False),
}


@pytest.mark.parametrize(
    "explained",
    [
        "She has a child in need (CIN) plan.",
        "It is a child in need, also known as the “CIN”.",
        "It is hereafter referred to as the CIN.",
        "There was a quick zone visit team (QZVT).",
    ],
)
def test_explained_at_the_end_of_a_long_paragraph(explained: str, linter: Linter) -> None:
    """What stands before a short form is looked for nearby, not in the whole of a chronology."""
    assert not [at for at, _ in places(linter, "Tom had tea with Nan. " * 400 + explained)]


@pytest.mark.parametrize(("short", "words", "is_spelt"), SPELT.values(), ids=SPELT)
def test_spells(short: str, words: str, is_spelt: bool) -> None:
    assert spells(short, words) is is_spelt


def test_spellings_have_a_key_in_common() -> None:
    assert {key_of(one) for one in ("CIN", "C.I.N.", "cin", "C-I-N", "c i n")} == {"cin"}
