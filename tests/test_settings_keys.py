"""The table of keys: whole, true to what is done with a value, and with examples that can be used."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from commands import run

from sos_lint.config import CHOICES, find_config, read_config
from sos_lint.lint import shared_linter
from sos_lint.settings import IgnoredWords, Profile, Settings, merge
from sos_lint.settings.keys import KEYS, OF_A_PHRASE, OF_SOME_FILES, Joined, Key, Shape, names

IDS = names(KEYS)


def test_every_setting_has_one_key() -> None:
    assert sorted(key.field for key in KEYS if key.field) == sorted(one.name for one in fields(Settings))


def test_no_two_keys_have_one_name() -> None:
    for keys in (KEYS, OF_SOME_FILES, OF_A_PHRASE):
        assert len(set(names(keys))) == len(keys)


@pytest.mark.parametrize("key", KEYS, ids=IDS)
def test_every_key_is_described(key: Key) -> None:
    assert key.meaning.endswith(".")
    assert key.usual
    assert not key.usual.endswith(".")
    assert key.example.startswith(f"{key.name}:")
    assert bool(key.words) is (key.shape in {Shape.ONE_OF, Shape.GRADES, Shape.AMOUNTS})


@pytest.mark.parametrize("key", KEYS, ids=IDS)
def test_its_example_can_be_used_as_it_stands(key: Key, tmp_path: Path) -> None:
    """And it says something: read back, it is not what an empty file is."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "our-words.yml").write_text("title: Ours")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / ".sos-lint.yml").write_text("profile: strict")
    path = folder / ".sos-lint.yml"
    path.write_text(key.example)
    read = read_config(path)
    path.write_text("")
    assert read != read_config(path)


@pytest.mark.parametrize("key", [key for key in KEYS if not key.of_project], ids=lambda key: key.name)
def test_what_is_not_for_the_whole_project_may_stand_under_overrides(key: Key, tmp_path: Path) -> None:
    if key.field:
        lines = key.example.replace("\n", "\n    ")
        path = tmp_path / ".sos-lint.yml"
        path.write_text(f"overrides:\n  - files: '*.md'\n    {lines}\n")
        config = read_config(path)
        assert getattr(config.settings_for(tmp_path / "a.md"), key.field)
        assert not getattr(config.settings_for(tmp_path / "a.txt"), key.field)


# Two values of a field of `Settings`, none of them nothing.
TWO = {
    "select": (("a",), ("b",)),
    "ignore": (("a",), ("b",)),
    "also": (("a",), ("b",)),
    "severities": ((("a", 1),), (("b", 1),)),
    "limits": ((("size", 1),), (("size", 2),)),
    "profile": (Profile.LEARNING, Profile.STRICT),
    "packs": ((Path("a"),), (Path("b"),)),
    "ignored_words": ((IgnoredWords("a"),), (IgnoredWords("b"),)),
    "require_reason": (False, True),
}


@pytest.mark.parametrize("key", [key for key in KEYS if key.field], ids=lambda key: key.name)
def test_values_are_joined_as_the_table_says(key: Key) -> None:
    under, over = TWO.get(key.field, ("a", "b"))
    merged = getattr(merge(Settings(**{key.field: under}), Settings(**{key.field: over})), key.field)
    assert merged == ((*under, *over) if key.joined is Joined.ADDS else over)


@pytest.mark.parametrize("name", CHOICES)
def test_the_names_that_sos_lint_brings_are_those_in_its_packs(name: str) -> None:
    (key,) = (key for key in KEYS if key.name == name)
    assert sorted(key.known) == sorted(shared_linter().catalogue.choices(name))


def test_the_options_are_those_of_check() -> None:
    told = run("check", "--help").out
    for key in KEYS:
        if key.option:
            assert re.search(rf"^  (-\w, )?{key.option}\b", told, re.MULTILINE), key.option


def test_a_configuration_of_every_example_is_found_and_followed(tmp_path: Path) -> None:
    """All keys at once, as a project would have them; `packs` and `extend` need files of their own."""
    skipped = {"packs", "extend", "baseline"}
    text = "\n".join(key.example for key in KEYS if key.name not in skipped)
    (tmp_path / ".sos-lint.yml").write_text(text)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.md").write_text("Odette had tea.")
    assert find_config(tmp_path) == tmp_path / ".sos-lint.yml"
    ran = run("check", tmp_path)
    assert (ran.status, ran.err) == (0, "")
