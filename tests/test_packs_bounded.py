"""A pack from a stranger is at worst noisy: what would take for ever in it is refused, and nothing is run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import run
from hostile import obeyed
from small_packs import linter_for, rule, write_pack

from sos_lint.errors import BadPack, SosLintError
from sos_lint.packs.bounded import LONGEST_WORD, MOST_WAYS, expression_ways, expression_within, token_matches
from sos_lint.packs.sources import MOST, MOST_FILES
from sos_lint.reporters import FORMATS
from sos_lint.yaml_lines import DEEPEST, read_yaml

ENDLESS = [
    "(a+)+$",
    "(a|a)*$",
    "(a|aa)+$",
    "(.*a){20}",
    "a*a*a*a*b",
    "(a*)*",
    "((a?){30}){30}",
    r"(\w+\s?)*x",
    "(?=(a+)+b)a",
    "(?:x+x+)+y",
    "a{0,90}a{0,90}a{0,90}b",
]
FINE = {
    "pens?$": "pens",
    "^p.n$": "pin",
    "(?:un|re)\\w+ed": "reopened",
    "[a-z]+-[0-9]{1,3}": "plan-12",
    "(?i:pen)": "PEN",
    r"(\w)\1": "book",
    "^(?=.*x)y": "yx",
}


@pytest.mark.parametrize("written", ENDLESS)
def test_an_expression_that_could_take_for_ever(written: str) -> None:
    assert expression_ways(written) > MOST_WAYS


@pytest.mark.parametrize(("written", "word"), FINE.items(), ids=FINE)
def test_other_expressions_fit_what_they_fit_without_bounds(written: str, word: str) -> None:
    assert expression_ways(written) <= MOST_WAYS
    bounded = re.compile(expression_within(written))
    for tried in (word, "", "a", f"x{word}", f"{word}x", word * 2):
        assert bool(bounded.search(tried)) is bool(re.search(written, tried)), tried


def test_none_is_tried_on_a_word_that_is_longer_than_any() -> None:
    bounded = re.compile(expression_within("a+b?$"))
    assert bounded.search("a" * LONGEST_WORD)
    assert not bounded.search("a" * (LONGEST_WORD + 1))


@pytest.mark.parametrize(
    ("times", "matches"),
    [([None, None], 1), (["?"] * 6, 64), (["*"], 50), (["+", "+"], 2500), (["{0,5}"] * 3, 216),
     (["{2}"], 2), (["{,3}"], 4), (["{2,}"], 102), (["!"], 1)],
)  # fmt: skip
def test_how_many_matches_a_pattern_may_have(times: list[str | None], matches: int) -> None:
    assert token_matches(times) == matches


def nodes(*relations: str) -> list[dict[str, Any]]:
    first: dict[str, Any] = {"RIGHT_ID": "n", "RIGHT_ATTRS": {"LOWER": "pen"}}
    return [
        first,
        *(
            {"RIGHT_ID": f"n{i}", "RIGHT_ATTRS": {}, "LEFT_ID": "n", "REL_OP": relation}
            for i, relation in enumerate(relations)
        ),
    ]


BODIES: dict[str, dict[str, Any]] = {
    "an expression": {"tokens": [[{"LOWER": {"REGEX": "(a+)+$"}}]]},
    "tokens that stand any number of times": {"tokens": [[{"OP": "*"}, {"OP": "*"}]]},
    "tokens that stand a number of times": {"tokens": [[{"OP": "{0,9}"}, {"OP": "{0,9}"}, {"OP": "{0,9}"}]]},
    "a token for each word of a book": {"tokens": [[{"LOWER": "a"}] * 101]},
    "one token very often": {"tokens": [[{"LOWER": "a", "OP": "{99999}"}]]},
    "nodes that are anywhere": {"dependencies": [nodes(".*", ".*")]},
    "nodes below one": {"dependencies": [nodes(">", ">", ">", ">")]},
    "many nodes": {"dependencies": [nodes(*["<"] * 8)]},
    "a condition of many words": {"phrases": ["pen"], "not-near": [" ".join(["a|b NOUN?"] * 12)]},
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_pattern_that_could_take_for_ever_is_a_fault_of_the_pack(
    body: dict[str, Any], tmp_path: Path
) -> None:
    anchors = {} if "phrases" in body else {"anchors": ["pen"]}
    with pytest.raises(BadPack, match=r"could take for ever|at most 100"):
        linter_for(tmp_path, {**rule("pen"), **anchors, **body})


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_how_deep_yaml_may_be(opens: str, closes: str) -> None:
    assert read_yaml(opens * DEEPEST + "1" + closes * DEEPEST, "a.yml")
    with pytest.raises(SosLintError, match="nested more than 50 lists and keys deep"):
        read_yaml(opens * (DEEPEST + 1) + "1" + closes * (DEEPEST + 1), "a.yml")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "more.yml")


def much(folder: Path) -> None:
    (folder / "more.yml").write_bytes(b"#" * (MOST + 1))


def many(folder: Path) -> None:
    for number in range(MOST_FILES):
        (folder / f"{number}.yml").touch()


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (pipe, "it is not an ordinary file"),
    "more than any pack holds": (much, "it holds more than 4,194,304 bytes"),
    "more files than any has": (many, "this pack has more than 2,000 files"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
@pytest.mark.parametrize(("put", "said"), FILES.values(), ids=FILES)
def test_what_is_no_file_of_a_pack(put: Callable[[Path], None], said: str, tmp_path: Path) -> None:
    put(write_pack(tmp_path / "pack", {}))
    (tmp_path / "a.txt").write_text("There is neglect.")
    ran = run("check", tmp_path / "a.txt", "--pack", tmp_path / "pack", "--quiet")
    assert ran.status == 2
    assert said in ran.out + ran.err


# Each means something to some program that reads YAML, formats words, or makes pages of them.
ORDERS = [
    "{text.__class__.__init__.__globals__}",
    "{0.__class__}",
    "%(text)s",
    "${HOME} $(id) `id`",
    "{{7*7}} {% import os %}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "![x](http://a.example/x.png) [x](javascript:alert(1))",
    "::error::x ##vso[task.setvariable]x",
    "\x1b]52;c;eA==\x07",
    "__import__('os').system('id')",
]
SAYING = ("title", "message", "why", "advice", "gloss", "alternatives")


@pytest.mark.parametrize("order", ORDERS)
def test_words_of_a_pack_are_only_words(order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are shown as they stand, in no report obeyed; `{text}` alone is filled in."""
    body: dict[str, Any] = {key: [order] if key == "alternatives" else order for key in SAYING}
    pack = write_pack(tmp_path / "pack", {"pen": {**rule("pen", phrases=["pen"]), **body}})
    monkeypatch.chdir(tmp_path)
    draft = Path("a.txt")
    draft.write_text("A pen.")
    for format in FORMATS:
        ran = run("check", draft, "--pack", pack, "--format", format, "--select", "small")
        assert (ran.status, ran.err) == (1, "")
        assert "uid=" not in ran.out
        assert "49" not in ran.out or "7*7" in ran.out
        assert obeyed(ran.out, format) == []
