"""Laws of configuration: what merging keeps, and that nothing written there ends in a traceback."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.config import read_config
from sos_lint.errors import BadConfig
from sos_lint.kinds import Severity
from sos_lint.settings import FailOn, Profile, Settings, merge

names = st.sampled_from(["acronyms", "acronyms/unknown", "jargon", "broad-term"])
lists = st.lists(names, unique=True).map(tuple)
settings = st.builds(
    Settings,
    select=lists,
    ignore=lists,
    severities=st.lists(st.tuples(names, st.sampled_from(Severity))).map(tuple),
    packs=st.lists(st.sampled_from([Path("a"), Path("b"), Path("c")]), unique=True).map(tuple),
    fail_on=st.none() | st.sampled_from(FailOn),
    also=lists,
    profile=st.none() | st.sampled_from(Profile),
)


@given(settings)
def test_empty_settings_over_or_under_others_change_nothing(one: Settings) -> None:
    assert merge(one, Settings()) == one
    assert merge(Settings(), one) == one


@given(settings, settings, settings)
def test_merging_is_associative(one: Settings, two: Settings, three: Settings) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(settings)
def test_settings_over_themselves_select_and_ignore_the_same(one: Settings) -> None:
    assert replace(merge(one, one), severities=one.severities) == one


PIECES = [
    *"[]{}:,-&*!|>%@`\"'#?~ \n\t=", "\n  ", "\n- ", "[tool.sos-lint]\n", "[[tool.sos-lint.overrides]]\n",
    "select", "ignore", "with", "severity", "packs", "profile", "fail-on",
    "extend", "overrides", "files", "error", "null", "3",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join).map(str.encode) | st.binary(max_size=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("configured")  # nothing of other tests lies below it


@pytest.mark.parametrize("name", [".sos-lint.yml", "pyproject.toml"])
@given(data=texts)
def test_any_bytes_are_read_or_refused_with_a_place(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    with contextlib.suppress(BadConfig):
        assert read_config(folder / name).folder == folder
