"""Packs that are off unless asked for, from the command line and the configuration; and long sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from small_packs import PACK, compiled, found, rule, write_pack

from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rule import LongSentence
from sos_lint.settings import Profile, Settings

TEXT = "The drift went on."
LONG = "Odette " + "sat " * 25 + "there."


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """A pack with “drift”; and an optional one with a longer phrase, and a rule on sentences of ten words."""
    folder = tmp_path_factory.mktemp("packs")
    plain = write_pack(folder / "plain", {"drift": rule("drift", phrases=["drift"])})
    long = {**rule("long", long_sentence={"words": 10}), "kind": "structure"}
    optional = write_pack(
        folder / "extra",
        {"drift-went-on": rule("drift-went-on", phrases=["drift went on"]), "long": long},
        {**PACK, "id": "extra", "optional": True},
    )
    return Linter(compiled(plain, optional))


def findings(linter: Linter, text: str, settings: Settings) -> list[tuple[str, str]]:
    document = read_bytes(text.encode(), "draft.md")
    return [(finding.rule, finding.text) for finding in linter.lint(document, settings)]


SEEN = {
    "nothing said": (Settings(), [("small/drift", "drift")]),
    "learning": (Settings(profile=Profile.LEARNING), [("small/drift", "drift")]),
    "its kind selected": (Settings(select=("jargon",)), [("small/drift", "drift")]),
    "with it, the longer phrase swallows": (
        Settings(also=("extra",)),
        [("extra/drift-went-on", "drift went on")],
    ),
    "strict": (Settings(profile=Profile.STRICT), [("extra/drift-went-on", "drift went on")]),
    "with another rule of it": (Settings(also=("extra/long",)), [("small/drift", "drift")]),
    "it alone": (Settings(select=("extra",)), [("extra/drift-went-on", "drift went on")]),
}


@pytest.mark.parametrize(("settings", "seen"), SEEN.values(), ids=SEEN)
def test_what_is_off_is_as_if_it_were_not_there(
    settings: Settings, seen: list[tuple[str, str]], linter: Linter
) -> None:
    assert findings(linter, TEXT, settings) == seen


LENGTHS = {
    "as long as it may be": ("One two three four five six seven eight nine ten.", 0),
    "a word more": ("One two three four five six seven eight nine ten eleven.", 1),
    "with hyphens and apostrophes": ("It's well-known that one two three four five six seven.", 0),
    "two sentences": ("One two three four five six. One two three four five six.", 0),
    "a stop that ends none": ("a b c d e f g. h i j k l.", 1),
    "two long ones": ("A b c d e f g h i j k l. " * 2, 2),
    "in a list": ("- A b c d e f g h i j k l.\n- A b c.", 1),
}


@pytest.mark.parametrize(("text", "count"), LENGTHS.values(), ids=LENGTHS)
def test_long_sentences(text: str, count: int, linter: Linter) -> None:
    seen = findings(linter, text, Settings(also=("extra",)))
    assert [name for name, _ in seen] == ["extra/long"] * count
    assert findings(linter, text, Settings()) == []


def test_a_long_sentence_hides_nothing_in_it(linter: Linter) -> None:
    text = "One two three four five six seven eight nine ten drift."
    assert findings(linter, text, Settings(also=("extra/long",))) == [
        ("extra/long", text),
        ("small/drift", "drift"),
    ]


def test_a_pattern_of_long_sentences_outlives_the_store(linter: Linter) -> None:
    (long,) = (member for member in linter.catalogue if member.id == "extra/long")
    assert long.pattern == LongSentence(10)
    assert linter.catalogue.optional == {0, 1}
    again = type(linter.catalogue).from_head(linter.catalogue.head, lambda: linter.catalogue.body)
    assert again.rule(1).pattern == LongSentence(10)
    assert again.optional == {0, 1}
    assert found(Linter(again), TEXT) == ["drift"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(LONG)
    return tmp_path


def rules_in(*arguments: str) -> set[str]:
    report = json.loads(run("check", "draft.txt", "-f", "json", *arguments).out)
    return {finding["rule"] for file in report["files"] for finding in file["findings"]}


@pytest.mark.parametrize(
    ("arguments", "on"),
    [
        ((), False),
        (("--profile", "standard"), False),
        (("--profile", "learning"), False),
        (("--profile", "strict"), True),
        (("--with", "recording"), True),
        (("--with", "recording/long-sentence"), True),
        (("--with", "recording", "--profile", "learning"), True),
        (("--select", "recording"), True),
        (("--select", "structure"), False),
        (("--select", "acronyms", "--with", "recording"), True),
        (("--with", "recording", "--ignore", "recording/long-sentence"), False),
    ],
)
def test_the_command_line_asks_for_it(arguments: tuple[str, ...], on: bool, here: Path) -> None:
    assert (here / "draft.txt").exists()
    assert rules_in(*arguments) == ({"recording/long-sentence"} if on else set())


@pytest.mark.parametrize(
    ("config", "on"),
    [
        ("with: recording", True),
        ("with: [recording]\nignore: [recording]", False),
        ("profile: strict", True),
        ("profile: learning", False),
        ("overrides:\n  - files: draft.txt\n    profile: strict", True),
        ("overrides:\n  - files: other.txt\n    with: [recording]", False),
    ],
)
def test_a_configuration_asks_for_it(config: str, on: bool, here: Path) -> None:
    (here / ".sos-lint.yml").write_text(config)
    assert rules_in() == ({"recording/long-sentence"} if on else set())


def test_the_command_line_asks_for_what_the_configuration_ignores(here: Path) -> None:
    (here / ".sos-lint.yml").write_text("ignore: recording")
    assert rules_in("--with", "recording") == {"recording/long-sentence"}


@pytest.mark.parametrize(
    ("profile", "status", "severity"),
    [("strict", 1, "warning"), ("learning", 0, None), ("standard", 0, None)],
)
def test_a_profile_decides_whether_the_run_fails(
    profile: str, status: int, severity: str | None, here: Path
) -> None:
    ran = run("check", "draft.txt", "-f", "json", "--profile", profile)
    assert ran.status == status
    counts = json.loads(ran.out)["summary"]["by_severity"]
    assert {name for name, count in counts.items() if count} == ({severity} if severity else set())
    assert (here / "draft.txt").exists()


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ("profile: strikt", "“strikt” is not a profile. Did you mean “strict”?"),
        ("profile: [strict]", "is not a profile."),
        ("with: recrding", "no rule, pack or kind is called “recrding”. Did you mean “recording”?"),
        ("with: {a: b}", "“with” should be a list of words."),
    ],
)
def test_a_slip_in_the_configuration_is_told(said: str, mend: str, here: Path) -> None:
    (here / ".sos-lint.yml").write_text(said)
    ran = run("check", "draft.txt", "--quiet")
    assert ran.status == 2
    assert f".sos-lint.yml:1: {mend}" in ran.out or mend in ran.out


def test_a_slip_in_the_option_is_told(here: Path) -> None:
    ran = run("check", "draft.txt", "--with", "recrding")
    assert (ran.status, "--with: no rule, pack or kind is called “recrding”." in ran.err) == (2, True)
    assert (here / "draft.txt").exists()


def test_the_list_and_the_page_say_that_it_is_off() -> None:
    assert "off unless asked for: --with recording" in run("rules", "list", "recording").out
    assert "Off unless asked for: --with recording" in run("rules", "explain", "recording/seemed").out
