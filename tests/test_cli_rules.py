"""`sos-lint rules`: the list, a rule's page, the packs' own examples, the shape of a pack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from small_packs import PACK, RULE, rule, write_pack

from sos_lint.kinds import Kind, Severity

LISTED = {
    "a rule": (["broad-terms/neglect"], {"broad-terms/neglect"}),
    "two rules": (["broad-terms/neglect", "jargon/contact"], {"broad-terms/neglect", "jargon/contact"}),
}


@pytest.mark.parametrize(("names", "expected"), LISTED.values(), ids=LISTED)
def test_list_by_name(names: list[str], expected: set[str]) -> None:
    ran = run("rules", "list", *names, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert {member["id"] for member in json.loads(ran.out)["rules"]} == expected


@pytest.mark.parametrize("name", ["jargon", "broad-terms", "acronym", "acronyms/social-care"])
def test_list_by_pack_kind_and_file(name: str) -> None:
    every = json.loads(run("rules", "list", "-f", "json").out)["rules"]
    some = json.loads(run("rules", "list", name, "-f", "json").out)["rules"]
    assert 0 < len(some) < len(every)
    assert [member for member in every if member["id"] in {one["id"] for one in some}] == some


def test_every_rule_listed_is_whole() -> None:
    for member in json.loads(run("rules", "list", "-f", "json").out)["rules"]:
        assert member["kind"] in {kind.value for kind in Kind}
        assert member["severity"] in {severity.label for severity in Severity}
        assert member["title"] and member["why"] and member["sources"] and member["finds"]


def test_the_list_for_people_has_a_line_for_each_rule() -> None:
    ran = run("rules", "list", "jargon")
    count = len(json.loads(run("rules", "list", "jargon", "-f", "json").out)["rules"])
    lines = ran.out.splitlines()
    assert len([line for line in lines if line.startswith("  ")]) == count
    assert not [line for line in lines if line != line.rstrip()]


def test_the_list_holds_packs_of_ones_own(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "ours", {"marram": rule("marram", phrases=["marram"], title="Marram")})
    ran = run("rules", "list", "small", "--pack", pack)
    assert ran.out == "Small (1)\n  small/marram  warning     Marram\n\n"


@pytest.fixture
def in_place(tmp_path: Path) -> Path:
    """A file whose rule takes the place of `jargon/keywork`."""
    examples = {"bad": ["[[Marram]] again."], "good": ["No keywork."]}
    entry = {**RULE, "id": "keywork", "title": "Ours", "phrases": ["marram"], "examples": examples}
    table = {"title": "Our jargon", "entries": [{**entry, "source": "Our standards, 2026"}]}
    return write_pack(tmp_path / "ours", {"jargon": table}) / "jargon.yml"


def test_a_rule_in_the_place_of_a_shipped_one_is_listed_once(in_place: Path) -> None:
    """`rules list` showed a pack's rules again for every further pack of its id."""
    ran = run("rules", "list", "jargon/keywork", "jargon/debrief", "--pack", in_place)
    assert (
        ran.out == "Jargon (2)\n  jargon/debrief  warning     Debrief\n  jargon/keywork  warning     Ours\n\n"
    )


def test_a_rule_in_the_place_of_a_shipped_one_is_tried_alone(in_place: Path) -> None:
    """`rules test our/jargon.yml` tried all the jargon that is shipped."""
    assert run("rules", "test", in_place).out == "1 rule, 2 examples: all hold.\n"


EXPLAINED = {
    "an id": ("broad-terms/neglect", "broad-terms/neglect"),
    "half an id": ("neglect", "broad-terms/neglect"),
    "one of its words": ("neglectful", "broad-terms/neglect"),
    "words in capitals": ("Domestic Abuse", "broad-terms/domestic-abuse"),
    "a short form": ("CIN", "acronyms/cin"),
    "a short form in small letters": ("mash", "acronyms/mash"),
}


@pytest.mark.parametrize(("name", "expected"), EXPLAINED.values(), ids=EXPLAINED)
def test_a_page_is_found_by_what_people_call_it(name: str, expected: str) -> None:
    ran = run("rules", "explain", name)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{expected}  ")


def test_a_page_tells_all_of_a_rule(tmp_path: Path) -> None:
    marram = rule(
        "marram",
        phrases=["marram", "marram grass"],
        ask={"frequency": "How much of it?"},
        alternatives=["beach grass", "dune grass"],
        advice="Point to it.",
        gloss="Grass that holds dunes together.",
        unless=["quoted"],
        examples={"bad": ["There is [[marram]]."], "good": ["Odette said “marram”."]},
    )
    pack = write_pack(
        tmp_path / "ours",
        {"marram": marram},
        {**PACK, "sources": {"guide": f"A guide to dunes, https://dunes.example/{'a' * 80}"}},
    )
    ran = run("rules", "explain", "small/marram", "--pack", pack)
    assert ran.out.splitlines() == [
        "small/marram  jargon, warning",
        "  What does “marram” mean here?",
        "  Why: Everybody can picture the same thing.",
        "  Finds: marram, marram grass",
        "  Asks (frequency): How much of it?",
        "  Plainer: beach grass / dune grass",
        "  Point to it.",
        "  Grass that holds dunes together.",
        "  Silent where it is: quoted",
        f"  Source: A guide to dunes, https://dunes.example/{'a' * 80}",
        "  Flagged: There is [[marram]].",
        "  Passes: Odette said “marram”.",
        "",
    ]


def test_a_page_as_json() -> None:
    ran = run("rules", "explain", "neglect", "--format", "json")
    (member,) = json.loads(ran.out)["rules"]
    assert member["id"] == "broad-terms/neglect"
    assert set(member["ask"]) == {"behaviour", "frequency", "worst", "impact"}


def test_the_page_of_a_pack_is_that_of_each_rule() -> None:
    ran = run("rules", "explain", "jargon")
    ids = [member["id"] for member in json.loads(run("rules", "list", "jargon", "-f", "json").out)["rules"]]
    assert [line.split()[0] for line in ran.out.splitlines() if line[:1].strip()] == ids


def test_a_rule_for_unknown_words_shows_none() -> None:
    assert "What does “…” stand for?" in run("rules", "explain", "acronyms/unknown").out


UNKNOWN = {
    "list": (
        ["list", "jargn"],
        "rules list: no rule, pack or kind is called “jargn”. Did you mean “jargon”?\n",
    ),
    "explain": (
        ["explain", "nglect"],
        "rules explain: no rule, pack or kind is called “nglect”. Did you mean “broad-terms/neglect”?\n",
    ),
    "test": (
        ["test", "jargn"],
        "rules test: no rule, pack or kind is called “jargn”. Did you mean “jargon”?\n",
    ),
    "like none": (
        ["explain", "xyzzy"],
        "rules explain: no rule, pack or kind is called “xyzzy”. `sos-lint rules list` shows them all.\n",
    ),
    "a path": (["test", "./gone"], "gone: there is no such pack. Check its name.\n"),
    "a file": (["test", "gone.yml"], "gone.yml: there is no such pack. Check its name.\n"),
    "a pack": (["list", "--pack", "gone"], "gone: there is no such pack. Check its name.\n"),
}


@pytest.mark.parametrize(("arguments", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_names_that_mean_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("rules", *arguments)
    assert (ran.status, ran.out, ran.err) == (2, "", said)


def test_examples_that_hold() -> None:
    ran = run("rules", "test", "broad-terms/neglect")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 rule, ")
    assert ran.out.endswith(" examples: all hold.\n")


GOOD = {"bad": ["There is [[marram]]."], "good": ["There is thrift."]}

# The examples of a pack's only rule, which finds “marram”; what is said of them.
TRIED: dict[str, tuple[dict[str, list[str]], int, list[str]]] = {
    "hold": (GOOD, 0, ["1 rule, 2 examples: all hold."]),
    "is not flagged": (
        {**GOOD, "bad": ["There is [[thrift]]."]},
        1,
        [
            "small/marram: does not flag “thrift”",
            "    in: There is [[thrift]].",
            "1 rule, 2 examples: 1 to look at.",
        ],
    ),
    "should pass": (
        {**GOOD, "good": ["There is marram."]},
        1,
        [
            "small/marram: flags “marram”, and should pass",
            "    in: There is marram.",
            "1 rule, 2 examples: 1 to look at.",
        ],
    ),
}


@pytest.mark.parametrize(("examples", "status", "lines"), TRIED.values(), ids=TRIED)
def test_a_pack_of_ones_own_is_tried_alone(
    tmp_path: Path, examples: dict[str, list[str]], status: int, lines: list[str]
) -> None:
    pack = write_pack(tmp_path / "ours", {"marram": rule("marram", phrases=["marram"], examples=examples)})
    ran = run("rules", "test", pack)
    assert (ran.status, ran.err) == (status, "")
    assert ran.out.splitlines() == lines


def test_a_file_of_ones_own_is_tried_alone(tmp_path: Path) -> None:
    body = rule("marram", phrases=["marram"], examples=GOOD, source="A guide to dunes")
    pack = write_pack(tmp_path / "ours", {"marram": body})
    ran = run("rules", "test", pack / "marram.yml")
    assert (ran.status, ran.out, ran.err) == (0, "1 rule, 2 examples: all hold.\n", "")


def test_a_broken_pack_says_every_fault(tmp_path: Path) -> None:
    files = {"one": {**rule("one", phrases=["x"]), "messag": "y"}, "two": "id: [", "three": "id: three"}
    pack = write_pack(tmp_path / "ours", files)
    ran = run("rules", "test", pack)
    assert (ran.status, ran.out) == (2, "")
    said = ran.err.splitlines()
    assert all(line.startswith(f"{pack}/") for line in said)
    assert {Path(line.partition(": ")[0]).name.partition(":")[0] for line in said} == {
        "one.yml",
        "two.yml",
        "three.yml",
    }
    assert "Traceback" not in ran.err


def test_the_schema_is_json_and_names_the_keys() -> None:
    ran = run("rules", "schema")
    assert (ran.status, ran.err) == (0, "")
    schema = json.loads(ran.out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"phrases", "not-before", "unless", "ask"} <= schema["$defs"]["RuleFile"]["properties"].keys()
