"""Packs: every fault with its line and the nearest known key; later packs win; the published schema."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from small_packs import PACK, RULE, Data, compiled, rule, write_pack

from sos_lint.catalogue import Catalogue
from sos_lint.errors import BadPack
from sos_lint.kinds import Part, Severity
from sos_lint.packs.schema import json_schema
from sos_lint.packs.sources import shipped_packs
from sos_lint.rule import Phrases, ShortForm
from sos_lint.yaml_lines import read_yaml

PEN = """\
id: pen
kind: jargon
severity: warning
message: "“{text}” is unclear."
why: It helps.
source: guide
phrases: [pen]
examples:
  bad: ["A [[pen]]."]
  good: ["A friend."]
"""
PENS = """\
title: Pens
defaults:
  kind: jargon
  severity: error
  message: "“{text}” is unclear."
  why: It helps.
  source: guide
entries:
  - phrases: [pen]
  - phrases: [ink]
examples:
  bad: ["A [[{phrase}]]."]
  good: ["A friend."]
"""
WORDS = "words:\n  month: [may]\ncues:\n  negation:\n    - no\n"


def pen(old: str = "", new: str = "", more: str = "") -> dict[str, str]:
    """The pen's rule with one thing changed, and lines at the end (from line 11)."""
    assert old in PEN
    return {"pen": PEN.replace(old, new) + more}


def pens(old: str = "", new: str = "") -> dict[str, str]:
    assert old in PENS
    return {"pens": PENS.replace(old, new)}


NO_YAML = "Look for a missing quote, a colon inside a sentence, or uneven indentation."
KINDS = (
    "Use one of: acronym, jargon, broad-term, vague-frequency, blaming-language, hidden-actor, statement, "
    "scaling-question, structure, remark."
)
ONE_OF = (
    "a rule has exactly one of short, phrases, tokens, dependencies, unknown, long-sentence, check; "
    "this one has"
)
TABLE = "is missing, here and in the table's defaults."
BROKEN: dict[str, tuple[dict[str, str], list[str]]] = {
    "a key misspelt": (
        pen("severity", "severty"),
        ["pen.yml:3: the key “severty” is not known here. Did you mean “severity”?"],
    ),
    "a key like no other": (pen(more="xyzzy: 1\n"), ["pen.yml:11: the key “xyzzy” is not known here."]),
    "a key with an underscore": (
        pen(more="not_before: [a]\n"),
        ["pen.yml:11: the key “not_before” is not known here. Did you mean “not-before”?"],
    ),
    "a kind misspelt": (
        pen("jargon", "jargn"),
        ["pen.yml:2: “jargn” cannot stand under “kind”. Did you mean “jargon”?"],
    ),
    "a kind like no other": (pen("jargon", "zzz"), [f"pen.yml:2: “zzz” cannot stand under “kind”. {KINDS}"]),
    "a severity": (
        pen("warning", "fatal"),
        ["pen.yml:3: “fatal” cannot stand under “severity”. Use one of: suggestion, warning, error."],
    ),
    "a guard misspelt": (
        pen(more="unless:\n  - negated\n  - quotd\n"),
        ["pen.yml:13: “quotd” cannot stand under “unless”. Did you mean “quoted”?"],
    ),
    "a part misspelt": (
        pen(more="ask:\n  worst: Which?\n  behavour: What?\n"),
        ["pen.yml:13: the key “behavour” is not known here. Did you mean “behaviour”?"],
    ),
    "a part of speech": (
        pen(more="part-of-speech: NOUN\n"),
        ["pen.yml:11: “NOUN” cannot stand under “part-of-speech”. Did you mean “noun”?"],
    ),
    "no why": (pen("why: It helps.\n"), [f"pen.yml:1: “why” {TABLE}"]),
    "no source": (pen("source: guide\n"), [f"pen.yml:1: “source” {TABLE}"]),
    "no id": (pen("id: pen\n"), ["pen.yml:1: “id” is missing here."]),
    "no bad example": (
        pen('  bad: ["A [[pen]]."]\n'),
        ["pen.yml:1: a rule needs `examples` that must be flagged (`bad`)."],
    ),
    "no good example": (
        pen('  good: ["A friend."]\n'),
        ["pen.yml:1: a rule needs `examples` that must pass (`good`)."],
    ),
    "an id unlike the file": (
        pen("id: pen", "id: pencil"),
        ["pen.yml:1: the id “pencil” differs from the file's name. Make them the same."],
    ),
    "an id with capitals": (
        pen("id: pen", "id: Pen_1"),
        ["pen.yml:1: “id” should be small letters, digits and single hyphens."],
    ),
    "a source that is not named": (
        pen("source: guide", "source: guid"),
        ["pen.yml:6: the source “guid” is not named in pack.yml. Did you mean “guide”?"],
    ),
    "one of two sources": (
        pen("source: guide", "source:\n  - guide\n  - leaflet"),
        ["pen.yml:8: the source “leaflet” is not named in pack.yml. Add it to `sources` in pack.yml."],
    ),
    "the source of a meaning": (
        pen("phrases: [pen]", "short: PEN\nmeanings:\n  - is: a b\n  - is: c d\n    source: guid"),
        ["pen.yml:11: the source “guid” is not named in pack.yml. Did you mean “guide”?"],
    ),
    "no pattern": (pen("phrases: [pen]\n"), [f"pen.yml:1: {ONE_OF} 0."]),
    "two patterns": (pen(more="short: PEN\nmeanings: [a b]\n"), [f"pen.yml:1: {ONE_OF} 2."]),
    "a short form without meanings": (
        pen("phrases: [pen]", "short: PEN"),
        ["pen.yml:1: a short form needs `meanings`."],
    ),
    "an empty list of phrases": (
        pen("[pen]", "[]"),
        ["pen.yml:7: “phrases” is empty. Write something, or leave the key out."],
    ),
    "an empty phrase": (
        pen("[pen]", "\n  - pen\n  - ''"),
        ["pen.yml:9: “phrases” is empty. Write something, or leave the key out."],
    ),
    "a phrase for phrases": (
        pen("[pen]", "pen"),
        ["pen.yml:7: “phrases” should be a list. Start each item with “- ”."],
    ),
    "a number for a phrase": (
        pen("[pen]", "[pen, 999]"),
        ["pen.yml:7: “phrases” should be words. Put it in quotes."],
    ),
    "a noun misspelt": (
        pen("[pen]", "\n  - pen\n  - nown: biro"),
        ["pen.yml:9: the key “nown” is not known here. Did you mean “noun”?"],
    ),
    "a meaning's key misspelt": (
        pen("phrases: [pen]", "short: PEN\nmeanings:\n  - is: a b\n    glos: c"),
        ["pen.yml:10: the key “glos” is not known here. Did you mean “gloss”?"],
    ),
    "an example's part misspelt": (
        pen('["A [[pen]]."]', "\n    - text: A [[pen]].\n      missing: [worse]"),
        ["pen.yml:11: “worse” cannot stand under “missing”. Did you mean “worst”?"],
    ),
    "neither true nor a list": (
        pen("phrases: [pen]", "short: PEN\nlower: perhaps\nmeanings: [a b]"),
        ["pen.yml:8: “lower” should be true or false."],
    ),
    "an unknown of one letter": (
        pen("phrases: [pen]", "unknown: {shortest: 1, longest: 6}"),
        ["pen.yml:7: “shortest” cannot be used: input should be greater than or equal to 2."],
    ),
    "a word pattern": (
        pen(more="not-before:\n  - a\n  - (b\n"),
        ["pen.yml:13: “(b” cannot stand in a word pattern."],
    ),
    "a word class": (
        {**pen(more="only-near: [a <mnth>]\n"), "words": WORDS},
        ["pen.yml:11: the word class <mnth> is not known. Did you mean “month”?"],
    ),
    "a kind of acts": (
        {**pen(more="not-told-by: [huting]\n"), "words": "cues: {act-of-hurting: [hit]}\n"},
        ["pen.yml:1: no cue is called “act-of-huting”. Did you mean “hurting”?"],
    ),
    "words that lead tokens": (
        pen("phrases: [pen]", "led-by: [her]\nanchors: [pen]\ntokens:\n  - - LOWER: pen"),
        ["pen.yml:1: `led-by` goes with `phrases`."],
    ),
    "words that lead, by grammar": (
        pen(more="led-by: [a NOUN]\n"),
        ["pen.yml:11: “a NOUN” asks for a part of speech, which only a rule's conditions may."],
    ),
    "tokens without anchors": (
        pen("phrases: [pen]", "tokens: [[{LOWER: pen}]]"),
        ["pen.yml:1: token patterns, dependencies and checks need `anchors`: letters that a match holds."],
    ),
    "a token's key": (
        pen("phrases: [pen]", "anchors: [pen]\ntokens:\n  - - LOWER: a\n    - LOWR: pen"),
        ["pen.yml:10: the key “LOWR” is not known here. Did you mean “LOWER”?"],
    ),
    "a token pattern of no tokens": (
        pen("phrases: [pen]", "anchors: [pen]\ntokens: [[]]"),
        ["pen.yml:8: “tokens” is empty. Write something, or leave the key out."],
    ),
    "a token's test": (
        pen("phrases: [pen]", "anchors: [pen]\ntokens:\n  - - LOWER: {INN: [pen]}"),
        ["pen.yml:9: the key “INN” is not known here. Did you mean “IN”?"],
    ),
    "a token's expression": (
        pen("phrases: [pen]", "anchors: [pen]\ntokens:\n  - - LOWER: {REGEX: '(pen'}"),
        ["pen.yml:9: “(pen” is no regular expression: missing ), unterminated subpattern at position 0."],
    ),
    "a dependency's key": (
        pen("phrases: [pen]", "anchors: [pen]\ndependencies:\n  - - {RIGHT_I: a, RIGHT_ATTRS: {LOWER: a}}"),
        ["pen.yml:9: the key “RIGHT_I” is not known here. Did you mean “RIGHT_ID”?"],
    ),
    "a list for a file": (
        {"pen": "- a\n- b\n"},
        ["pen.yml:1: this file should be a list of keys with values. Start with `id:`."],
    ),
    "an empty file": (
        {"pen": ""},
        ["pen.yml:1: this file should be a list of keys with values. Start with `id:`."],
    ),
    "no YAML": (
        pen("It helps.", "It: helps."),
        [f"pen.yml:5: this is not YAML: mapping values are not allowed in this context. {NO_YAML}"],
    ),
    "an anchor": (
        pen("[pen]", "&a [pen]"),
        [
            "pen.yml:7: anchors (&) and aliases (*) are not read here. "
            "Put a value that starts with & or * in quotes, or write it out."
        ],
    ),
    "a tag": (
        pen("It helps.", "!!python/name:os.system It"),
        [
            "pen.yml:5: the tag “tag:yaml.org,2002:python/name:os.system” is not read here. "
            "Put the value in quotes."
        ],
    ),
    "a key twice": (pen(more="id: pen\n"), ["pen.yml:11: “id” stands here twice. Keep one of them."]),
    "a table's defaults": (
        pens("kind:", "kinds:"),
        ["pens.yml:3: the key “kinds” is not known here. Did you mean “kind”?"],
    ),
    "a table's entry": (
        pens("[ink]", "[ink]\n    serverity: error"),
        ["pens.yml:11: the key “serverity” is not known here. Did you mean “severity”?"],
    ),
    "an entry without a name": (
        pens("phrases: [ink]", "why: Ink."),
        ["pens.yml:10: this entry has no name. Give it an `id`."],
    ),
    "the source of all entries, told once": (
        pens("source: guide", "source: guid"),
        ["pens.yml:7: the source “guid” is not named in pack.yml. Did you mean “guide”?"],
    ),
    "a word pattern of all entries, told once": (
        pens("source: guide", "source: guide\n  not-near: [(a]"),
        ["pens.yml:8: “(a” cannot stand in a word pattern."],
    ),
    "an id twice": (
        pens("[ink]", "[pen]"),
        ["pens.yml:10: the id “small/pen” is also that of pens.yml:9. Give one of them an `id` of its own."],
    ),
    "an id twice, in two files": (
        {**pen(), **pens()},
        ["pens.yml:9: the id “small/pen” is also that of pen.yml:1. Give one of them an `id` of its own."],
    ),
    "a file's first key misspelt": (
        {"words": "cuess:\n  negation: [a]\n"},
        [
            "words.yml:1: the key “cuess” is not known here. Did you mean “cues”?",
            "words.yml:1: “id” is missing here.",
        ],
    ),
    "a scaffold": (
        pen(
            more="scaffold: {frequency: '{hwo} [left', impact: '{clause}.', "
            "worst: ['{active}.', '[When].']}\n"
        ),
        [
            "pen.yml:1: in `scaffold`, “{hwo} [left” does not end with one stop.",
            "pen.yml:1: in `scaffold`, “{hwo} [left” has a bracket that is not closed, "
            "or one inside another.",
            "pen.yml:1: in `scaffold`, “{hwo} [left” has a slot {hwo} that is not known; there are {who}, "
            "{person}, {child}, {since}, {without}, {counted}, {active}, {judged}, {clause}.",
            "pen.yml:1: in `scaffold`, “{clause}.” comes last, so it may not need {clause}.",
        ],
    ),
    "a scaffold without a part that is asked": (
        pen(more="ask: {worst: When?, impact: How?}\nscaffold: {worst: '[When].'}\n"),
        ["pen.yml:1: `scaffold` has no sentence for “impact”, which is asked."],
    ),
    "the words of a list": (
        {"words": "words:\n  month: [may]\ncue:\n  negation: [a]\n"},
        ["words.yml:3: the key “cue” is not known here. Did you mean “cues”?"],
    ),
    "a cue": (
        {"words": WORDS + "    - (not\n"},
        ["words.yml:6: “(not” cannot stand in a word pattern."],
    ),
    "a cue's class": (
        {"words": WORDS + "    - a <mnth>\n"},
        ["words.yml:6: the word class <mnth> is not known. Did you mean “month”?"],
    ),
    "a cue that asks for grammar": (
        {"words": WORDS + "    - no NOUN\nevidence:\n  worst: [a VERB]\n"},
        [
            "words.yml:6: “no NOUN” asks for a part of speech, which only a rule's conditions may.",
            "words.yml:8: “a VERB” asks for a part of speech, which only a rule's conditions may.",
        ],
    ),
    "a part of evidence": (
        {"words": "evidence:\n  worse: [a]\n"},
        ["words.yml:2: the key “worse” is not known here. Did you mean “worst”?"],
    ),
}  # fmt: skip


def faults(folder: Path, files: Mapping[str, Data | str], pack: Data | str = PACK) -> list[str]:
    """The faults of a pack, with the names of its files for their places."""
    with pytest.raises(BadPack) as caught:
        compiled(write_pack(folder, files, pack))
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    return [str(fault).replace(f"{folder}/", "") for fault in caught.value.faults]


@pytest.mark.parametrize(("files", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_fault(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    assert faults(tmp_path, files) == expected


def test_the_same_files_without_a_fault(tmp_path: Path) -> None:
    assert len(compiled(write_pack(tmp_path, {"pen": PEN, "words": WORDS}))) == 1
    assert len(compiled(write_pack(tmp_path / "b", {"pens": PENS}))) == 2


BROKEN_PACK = {
    "a key misspelt": (
        "id: small\ntitle: Small\nversion: '1'\nsource: {guide: A}\n",
        ["pack.yml:4: the key “source” is not known here. Did you mean “sources”?"],
    ),
    "no id": ("title: Small\nversion: '1'\nsources: {guide: A}\n", ["pack.yml:1: “id” is missing here."]),
    "a version": (
        "id: small\ntitle: Small\nversion: 1\nsources: {guide: A}\n",
        ["pack.yml:3: “version” should be words. Put it in quotes."],
    ),
    "a name of a source": (
        "id: small\ntitle: Small\nversion: '1'\nsources:\n  guide: A\n  The Book: B\n",
        ["pack.yml:6: “The Book” should be small letters, digits and single hyphens."],
    ),
    "nothing": ("", ["pack.yml:1: this file should be a list of keys with values. Start with `id:`."]),
    "a rule switched off that is not there": (
        "id: small\ntitle: Small\nversion: '1'\nsources: {guide: A}\n"
        "switch-off:\n  - jargn\n  - jargon\n  - small/pan\n",
        [
            "pack.yml:6: no rule, pack or kind before this pack is called “jargn”. Did you mean “jargon”?",
            "pack.yml:8: no rule, pack or kind before this pack is called “small/pan”.",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pack", "expected"), BROKEN_PACK.values(), ids=BROKEN_PACK)
def test_a_fault_of_the_pack_file(pack: str, expected: list[str], tmp_path: Path) -> None:
    assert faults(tmp_path, {"pen": PEN}, pack) == expected


def test_every_fault_of_every_pack_is_gathered(tmp_path: Path) -> None:
    """Also those of the other files where one is no YAML, or `pack.yml` has a fault itself."""
    one = write_pack(
        tmp_path / "one",
        {
            "pen": PEN.replace("jargon", "jargn").replace("severity", "severty"),
            "ink": "id: ink: no\n",
            "quill": PEN.replace("id: pen", "id: quill").replace("source: guide", "source: guid"),
            "words": WORDS + "    - (no\n",
        },
        {**PACK, "titel": "One"},
    )
    two = write_pack(tmp_path / "two", {"pens": PENS.replace("kind:", "kinds:")})
    with pytest.raises(BadPack) as caught:
        compiled(one, two)
    assert [fault.place.replace(f"{tmp_path}/", "") for fault in caught.value.faults] == [
        "one/ink.yml:1",
        "one/pack.yml:1",
        "one/pen.yml:2",
        "one/pen.yml:3",
        "one/quill.yml:6",
        "one/words.yml:6",
        "two/pens.yml:3",
    ]


def test_faults_survive_another_process(tmp_path: Path) -> None:
    with pytest.raises(BadPack) as caught:
        compiled(write_pack(tmp_path, pen("jargon", "jargn")))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


NOT_UTF_8 = {
    "Windows-1252": (PEN.replace("It helps.", "It’s so.").encode("cp1252"), 4),
    "UTF-16": (PEN.encode("utf-16"), 1),
    "bytes": (b"id: pen\nkind: \xff\xfe\n", 2),
}


@pytest.mark.parametrize(("data", "line"), NOT_UTF_8.values(), ids=NOT_UTF_8)
def test_a_file_that_is_not_utf_8(data: bytes, line: int, tmp_path: Path) -> None:
    write_pack(tmp_path, {})
    (tmp_path / "pen.yml").write_bytes(data)
    with pytest.raises(BadPack) as caught:
        compiled(tmp_path)
    assert str(caught.value) == f"{tmp_path}/pen.yml:{line}: this is not UTF-8 text. Save the file as UTF-8."


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    write_pack(tmp_path, {})
    (tmp_path / "pen.yml").write_bytes(b"\xef\xbb\xbf" + PEN.replace("\n", "\r\n").encode())
    assert [one.id for one in compiled(tmp_path)] == ["small/pen"]


def test_no_stays_a_word(tmp_path: Path) -> None:
    short = rule("no", phrases=None, short="NO", meanings=["neighbourhood officer"], lower=["plan"])
    text = re.sub(r'"(no|NO)"', r"\1", json.dumps({key: short[key] for key in short if short[key]}))
    assert "id: no" in text.replace('"', "")
    catalogue = compiled(write_pack(tmp_path, {"no": text, "words": "allow: [no, ON, y, true1]\n"}))
    (made,) = catalogue
    assert (made.id, made.term) == ("small/no", "NO")
    assert catalogue.allowed == {"no", "ON", "y", "true1"}


NO_PACK = {
    "a missing path": ("nowhere", "nowhere: there is no such pack. Check its name."),
    "a folder without packs": (
        "empty",
        "empty: there is no pack here: a pack's folder holds a pack.yml. Name one rule file, or add it.",
    ),
}


@pytest.mark.parametrize(("name", "fault"), NO_PACK.values(), ids=NO_PACK)
def test_no_pack(name: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadPack) as caught:
        compiled(tmp_path / name)
    assert str(caught.value) == f"{tmp_path}/{fault}"


def test_a_pack_that_may_not_be_read_is_told_with_the_others(tmp_path: Path) -> None:
    with pytest.raises(BadPack) as caught:
        compiled(tmp_path / "a", tmp_path / "b")
    assert len(caught.value.faults) == 2


# What packs come to.


def by_id(catalogue: Catalogue) -> dict[str, Any]:
    return {one.id: one for one in catalogue}


def test_a_rule_with_its_defaults(tmp_path: Path) -> None:
    (made,) = compiled(write_pack(tmp_path, {"pen": PEN}))
    assert (made.id, made.group, made.pack, made.term, made.title) == (
        "small/pen",
        "small/pen",
        "small",
        "pen",
        "pen",
    )
    assert made.severity is Severity.WARNING
    assert made.sources == ("A guide",)
    assert made.pattern == Phrases(("pen",))
    assert made.examples.bad[0].text == "A [[pen]]."


def test_a_table_fills_in_and_joins(tmp_path: Path) -> None:
    table = {
        "title": "Pens",
        "defaults": {**RULE, "examples": {}, "not-near": ["a"], "unless": ["quoted"]},
        "entries": [
            {"phrases": [{"noun": "fountain pen"}], "not-near": ["b"], "unless": []},
            {"phrases": [{"verb": "write up"}], "severity": "error", "id": "writing"},
            {"short": "BIC", "meanings": [{"is": "a make of pen"}, "a bank"]},
        ],
        "examples": {"bad": ["A [[{phrase}{short}]]: {meaning}."], "good": ["Not {phrase}{short}."]},
    }
    made = by_id(compiled(write_pack(tmp_path, {"pens": table})))
    assert list(made) == ["small/bic", "small/fountain-pen", "small/writing"]
    pen, bic = made["small/fountain-pen"], made["small/bic"]
    assert pen.pattern == Phrases(("fountain pen", "fountain pens"))
    assert pen.conditions.not_near == ("a", "b")
    assert pen.unless == frozenset()
    assert pen.examples.bad[0].text == "A [[fountain pen]]: ."
    assert bic.examples.bad[0].text == "A [[BIC]]: a make of pen."
    assert bic.group == "small/pens"
    assert made["small/writing"].severity is Severity.ERROR
    assert made["small/writing"].pattern == Phrases(
        ("write up", "writes up", "wrote up", "written up", "writing up")
    )


def test_a_phrase_over_two_lines_is_one_phrase(tmp_path: Path) -> None:
    """A block in YAML keeps its line breaks; no document has one inside a paragraph."""
    written = PEN.replace("phrases: [pen]", "phrases:\n  - |-\n    fountain\n      pen\n  - biro")
    (made,) = compiled(write_pack(tmp_path, {"pen": written}))
    assert made.pattern == Phrases(("fountain pen", "biro"))


def test_a_short_form_in_two_files_has_both_meanings(tmp_path: Path) -> None:
    one = rule("ab", phrases=None, short="AB", meanings=["a b", "common"], written=["ABx"], lower=["plan"])
    two = rule("ab", phrases=None, short="Ab", meanings=["Common", "c d"], lower=["team"])
    strip = lambda made: {key: value for key, value in made.items() if value is not None and key != "id"}  # noqa: E731
    files = {
        "one": {"title": "One", "entries": [strip(one)]},
        "two": {"title": "Two", "entries": [strip(two)]},
    }
    (made,) = compiled(write_pack(tmp_path, files))
    assert isinstance(made.pattern, ShortForm)
    assert [meaning.expansion for meaning in made.pattern.meanings] == ["a b", "common", "c d"]
    assert made.pattern.written == ("ABx", "Ab")
    assert made.pattern.lower_with == ("plan", "team")
    assert made.group == "small/one"
    assert len(made.examples.bad) == 2


def test_words_of_all_packs_are_joined(tmp_path: Path) -> None:
    one = write_pack(
        tmp_path / "one", {"words": "words: {month: [may]}\nallow: [UK]\ncues: {negation: [a]}\n"}
    )
    two = write_pack(
        tmp_path / "two",
        {
            "words": "words: {month: [june, may]}\nallow: [TV]\n"
            "cues: {negation: [no <month>]}\nevidence: {worst: [b]}\n"
        },
        {**PACK, "id": "two"},
    )
    lexicon = compiled(one, two).lexicon
    assert lexicon.classes == {"month": ("may", "june")}
    assert lexicon.allowed == {"UK", "TV"}
    assert lexicon.cues == {"negation": ("a", "no <month>")}
    assert {part.value: told for part, told in lexicon.evidence.items()} == {"worst": ("b",)}


# Packs of a user's own.


def test_a_users_pack_by_folder_overrides_by_id_and_switches_off(tmp_path: Path) -> None:
    shipped = write_pack(tmp_path / "shipped", {"pen": PEN, "pens": PENS.replace("[pen]", "[quill]")})
    mine = write_pack(
        tmp_path / "mine",
        {"pen": PEN.replace("warning", "error").replace("[pen]", "[biro]")},
        {**PACK, "switch-off": ["small/ink"]},
    )
    rules = by_id(compiled(shipped, mine))
    assert list(rules) == ["small/pen", "small/quill"]
    assert rules["small/pen"].severity is Severity.ERROR
    assert rules["small/pen"].pattern == Phrases(("biro",))


SWITCHED_OFF = {
    "an id": ("small/pen", {"small/ink", "small/quill"}),
    "an alias": ("old/pen", {"small/ink", "small/quill"}),
    "a file": ("small/pens", {"small/pen"}),
    "a pack": ("small", set()),
    "a kind": ("jargon", set()),
}


@pytest.mark.parametrize(("off", "left"), SWITCHED_OFF.values(), ids=SWITCHED_OFF)
def test_switch_off(off: str, left: set[str], tmp_path: Path) -> None:
    files = {"pen": PEN + "aliases: [old/pen]\n", "pens": PENS.replace("[pen]", "[quill]")}
    shipped = write_pack(tmp_path / "shipped", files)
    mine = write_pack(
        tmp_path / "mine", {"pad": PEN.replace("pen", "pad")}, {**PACK, "id": "mine", "switch-off": [off]}
    )
    assert set(by_id(compiled(shipped, mine))) == left | {"mine/pad"}


def test_a_users_pack_may_be_a_file_of_one_rule_or_a_table(tmp_path: Path) -> None:
    one, table = tmp_path / "pen.yml", tmp_path / "My words.yml"
    one.write_text(PEN.replace("source: guide", "source: Our own style guide"), encoding="utf-8")
    table.write_text(PENS.replace("source: guide", "source: Our own style guide"), encoding="utf-8")
    assert list(by_id(compiled(one, table))) == ["my-words/ink", "my-words/pen", "pen/pen"]


def test_a_users_file_overrides_a_rule_of_a_pack_of_its_name(tmp_path: Path) -> None:
    shipped = write_pack(tmp_path / "shipped", {"pens": PENS})
    mine = tmp_path / "small.yml"
    mine.write_text(
        PENS.replace("source: guide", "source: Our guide").replace("error", "suggestion"), encoding="utf-8"
    )
    assert {one.severity for one in compiled(shipped, mine)} == {Severity.SUGGESTION}


def test_a_folder_of_packs(tmp_path: Path) -> None:
    write_pack(tmp_path / "b", {"pen": PEN}, {**PACK, "id": "b"})
    write_pack(tmp_path / "a", {"pen": PEN}, {**PACK, "id": "a"})
    (tmp_path / "notes").mkdir()
    assert [pack.id for pack in compiled(tmp_path).packs] == ["a", "b"]


def test_files_of_a_pack_may_lie_in_folders_and_end_in_yaml(tmp_path: Path) -> None:
    write_pack(tmp_path, {})
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pen.yml").write_text(PEN, encoding="utf-8")
    (tmp_path / "pens.yaml").write_text(PENS.replace("[pen]", "[quill]"), encoding="utf-8")
    assert list(by_id(compiled(tmp_path))) == ["small/ink", "small/pen", "small/quill"]


def test_a_users_pack_overrides_a_shipped_rule(tmp_path: Path) -> None:
    body = {**rule("neglect", phrases=["neglekt"]), "severity": "error"}
    mine = write_pack(
        tmp_path, {"neglect": body}, {**PACK, "id": "broad-terms", "switch-off": ["broad-terms/harm"]}
    )
    catalogue = compiled(shipped_packs(), mine)
    (neglect,) = catalogue.named("broad-terms/neglect")
    assert neglect.pattern == Phrases(("neglekt",))
    assert not catalogue.named("broad-terms/harm")
    assert catalogue.named("broad-terms/dirty")


# The published schema, read by a small validator of our own: it knows just what the schema uses.


def accepts(shape: Mapping[str, Any], data: Any, whole: Mapping[str, Any]) -> bool:
    """Whether a JSON Schema accepts the data; a wrong type is seen first, as other words rely on it."""
    for word, value in sorted(shape.items(), key=lambda item: item[0] != "type"):
        if word in {"$schema", "$defs", "title", "description", "default"}:
            continue
        assert word in CHECKS, f"teach the validator “{word}”"
        if not CHECKS[word](value, data, shape, whole):
            return False
    return True


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def _objects(_: Any, data: Any, shape: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """properties, patternProperties and additionalProperties, which only mean something together."""
    known, patterns = shape.get("properties", {}), shape.get("patternProperties", {})
    rest = shape.get("additionalProperties", True)
    for key, value in data.items() if isinstance(data, dict) else ():
        fitting = [known[key]] if key in known else [sub for p, sub in patterns.items() if re.search(p, key)]
        if not fitting and rest is False:
            return False
        fitting = fitting or ([rest] if isinstance(rest, dict) else [])
        if not all(accepts(sub, value, whole) for sub in fitting):
            return False
    return True


CHECKS: dict[str, Any] = {
    "$ref": lambda v, d, _, w: accepts(w["$defs"][v.rpartition("/")[2]], d, w),
    "anyOf": lambda v, d, _, w: any(accepts(one, d, w) for one in v),
    "type": lambda v, d, *_: isinstance(d, TYPES[v]) and not (v == "integer" and isinstance(d, bool)),
    "enum": lambda v, d, *_: d in v,
    "required": lambda v, d, *_: set(v) <= d.keys(),
    "pattern": lambda v, d, *_: re.search(v, d) is not None,
    "minLength": lambda v, d, *_: len(d) >= v,
    "minItems": lambda v, d, *_: len(d) >= v,
    "maxItems": lambda v, d, *_: len(d) <= v,
    "minProperties": lambda v, d, *_: len(d) >= v,
    "minimum": lambda v, d, *_: d >= v,
    "maximum": lambda v, d, *_: d <= v,
    "items": lambda v, d, _, w: all(accepts(v, item, w) for item in d),
    "propertyNames": lambda v, d, _, w: all(accepts(v, key, w) for key in d),
    "properties": _objects,
    "patternProperties": _objects,
    "additionalProperties": _objects,
}
SCHEMA = json.loads(json_schema())
SHIPPED = sorted(shipped_packs().rglob("*.yml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{path.parent.name}/{path.stem}" for path in SHIPPED])
def test_the_schema_accepts_every_shipped_file(path: Path) -> None:
    data, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert accepts(SCHEMA, data, SCHEMA)


REFUSED = {name: files for name, (files, _) in BROKEN.items() if name in {
    "a key misspelt", "a kind misspelt", "a severity", "a guard misspelt", "a part misspelt", "no id",
    "an id with capitals", "an empty list of phrases", "a phrase for phrases", "a number for a phrase",
    "a noun misspelt", "a meaning's key misspelt", "an example's part misspelt", "a list for a file",
    "a table's defaults", "a table's entry", "the words of a list", "a part of evidence",
    "an unknown of one letter",
}}  # fmt: skip


@pytest.mark.parametrize("files", REFUSED.values(), ids=REFUSED)
def test_the_schema_refuses_what_the_loader_refuses(files: dict[str, str]) -> None:
    (text,) = files.values()
    assert not accepts(SCHEMA, read_yaml(text, "p.yml")[0], SCHEMA)


def test_the_sentences_of_a_scaffold_are_a_tables_but_for_those_that_an_entry_gives(tmp_path: Path) -> None:
    shared = {**RULE, "ask": {"worst": "Which?", "impact": "How?"}}
    frames = {"worst": ["{active}.", "[When]."], "impact": "[How].", "behaviour": "[What]."}
    own = {"phrases": ["ink"], "scaffold": {"impact": "{child} [felt what]."}}
    del shared["examples"]
    table = {
        "title": "Pens",
        "defaults": {**shared, "scaffold": frames},
        "entries": [{"phrases": ["pen"]}, own],
        "examples": RULE["examples"],
    }
    ink, pen_ = compiled(write_pack(tmp_path, {"pens": table}))
    assert pen_.scaffold == ((Part.WORST, ("{active}.", "[When].")), (Part.IMPACT, ("[How].",)))
    assert ink.scaffold == (pen_.scaffold[0], (Part.IMPACT, ("{child} [felt what].",)))
