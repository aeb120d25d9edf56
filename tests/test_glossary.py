"""The short forms of a draft, for the family: each once, with what the draft says, or what is known."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from commands import run
from small_packs import ACRONYM, compiled, rule, write_pack

from sos_lint.finding import Meaning
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.report import Term
from sos_lint.reporters.glossary import line
from sos_lint.text import Range


@cache
def linter(folder: Path) -> Linter:
    nets = [
        {"is": "cat in nest", "gloss": "A cat.", "near": ["feathers"]},
        {"is": "child in need", "gloss": "A child who gets help."},
        {"is": "cork in neck", "retired": True},
    ]
    rules = [
        rule("cin", **{**ACRONYM, "short": "CIN", "written": ["C.I.N."], "meanings": nets}),
        rule("lac", **{**ACRONYM, "short": "LAC", "meanings": [{"is": "looked after child"}]}),
        rule("unknown", **{**ACRONYM, "unknown": {"shortest": 2, "longest": 6}}),
    ]
    words = {"words": {"service-noun": ["plan", "review"], "family-noun": ["mum"]}, "allow": ["UK"]}
    return Linter(
        compiled(write_pack(folder / "small", {**{one["id"]: one for one in rules}, "words": words}))
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    return linter(tmp_path_factory.mktemp("pack"))


LINES = {
    "none": ("The sun shone in the UK.", []),
    "one": ("The LAC review.", ["LAC: looked after child"]),
    "likeliest first": (
        "The CIN plan.",
        ["CIN: cat in nest – A cat; or child in need – A child who gets help"],
    ),
    "by its company": (
        "The CIN plan. The CIN plan. A child in need.",
        ["CIN: cat in nest – A cat; or child in need – A child who gets help"],
    ),
    "once": ("The LAC review. LACs. The LAC plan.", ["LAC: looked after child"]),
    "two spellings": (
        "The C.I.N. plan (child in need). CIN.",
        ["C.I.N.: child in need – A child who gets help."],
    ),
    "in order": ("The QZVT and the LAC review.", ["LAC: looked after child", "QZVT: [what it stands for]"]),
    "explained behind": ("The CIN (child in need) plan.", ["CIN: child in need – A child who gets help."]),
    "explained before": ("A child in need (CIN) plan.", ["CIN: child in need – A child who gets help."]),
    "explained later": (
        "CIN. The CIN plan (child in need).",
        ["CIN: child in need – A child who gets help."],
    ),
    "means": ("LAC means lamps and candles.", ["LAC: lamps and candles"]),
    "a list": ("- LAC: lamps and candles", ["LAC: lamps and candles"]),
    "of its own": ("The Quiet Zone Visit Team (QZVT) came.", ["QZVT: Quiet Zone Visit Team"]),
    "by markup": ("The QZVT plan.\n\n*[QZVT]: Quiet zone visits", ["QZVT: Quiet zone visits"]),
    "in a heading": ("# LAC review\n\nThe sun.", ["LAC: looked after child"]),
    "quoted": ("Mum said “the LAC review”.", ["LAC: looked after child"]),
    "initials": ("QZ's mum rang.", []),
    "a bracket that says something else": ("The LAC review (on Monday).", ["LAC: looked after child"]),
}


@pytest.mark.parametrize(("text", "lines"), LINES.values(), ids=LINES)
def test_glossaries(text: str, lines: list[str], small: Linter) -> None:
    assert [line(term) for term in small.glossary(read_bytes(text.encode(), "draft.md"))] == lines


def test_a_meaning_that_is_no_longer_used_is_named_only_where_there_is_no_other() -> None:
    old = Meaning("cork in neck", retired=True)
    assert line(Term("CIN", None, (old, Meaning("cat in nest")))) == "CIN: cat in nest"
    assert line(Term("CIN", None, (old,))) == "CIN: cork in neck"


def test_without_excerpts_only_what_packs_say_is_told(small: Linter) -> None:
    hidden = Linter(small.catalogue, excerpts=False)
    document = read_bytes(b"The QZVT plan. LAC means lamps and candles.", "draft.md")
    assert hidden.glossary(document) == (Term("LAC", None, (), (Range(15, 18),)),)


DRAFT = "The CIN plan. The Quiet Zone Visit Team (QZVT) came.\n"


def test_check_adds_it_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT)
    out = run("check", "draft.md", "--glossary").out.splitlines()
    start = out.index("What the short forms mean in draft.md")
    assert out[start + 1].startswith("CIN: child in need – ")
    assert out[start + 2 : start + 4] == ["QZVT: Quiet Zone Visit Team", ""]
    assert "What the short forms mean" not in run("check", "draft.md").out
    (tmp_path / "clear.md").write_text("The Quiet Zone Visit Team (QZVT) came.\n")
    assert "QZVT: Quiet Zone Visit Team" in run("check", "clear.md", "--glossary").out


def test_json_has_it_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT)
    (file,) = json.loads(run("check", "--format", "json", "--glossary").out)["files"]
    assert [term["short"] for term in file["glossary"]] == ["CIN", "QZVT"]
    assert file["glossary"][0]["meanings"][0]["is"] == "child in need"
    assert file["glossary"][1] == {"short": "QZVT", "own": "Quiet Zone Visit Team", "meanings": []}
    (file,) = json.loads(run("check", "--format", "json").out)["files"]
    assert "glossary" not in file
