"""The JSON Schema of a configuration says what is read: no more, no less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from test_config import BROKEN, READ

from sos_lint.config import read_config
from sos_lint.config.schema import json_schema
from sos_lint.errors import BadConfig
from sos_lint.settings.keys import FILES, KEYS, OF_A_PHRASE, names
from sos_lint.yaml_lines import read_yaml

SCHEMA = Draft7Validator(json.loads(json_schema()))

# What no schema of one file can see: other files, what YAML is, and what one key makes of another.
UNSEEN = {
    "not YAML",
    "twice",
    "an anchor",
    "exclude no pattern",
    "exclude a range that runs backwards",
    "ignore-words without a reason",
    "ignore-words of some files without a reason",
    "extend missing",
    "extend a folder",
    "pack missing",
}


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(json.loads(json_schema()))


def test_the_command_prints_it() -> None:
    ran = run("config", "schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(json_schema())


@pytest.mark.parametrize("text", [text for name, text, _ in READ.values() if name.endswith(".yml")])
def test_what_is_read_fits(text: str) -> None:
    data, _ = read_yaml(text.removeprefix("\ufeff"), "")
    assert list(SCHEMA.iter_errors(data or {})) == []


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - UNSEEN))
def test_what_is_refused_does_not_fit(name: str) -> None:
    data, _ = read_yaml(BROKEN[name][0], "")
    assert not SCHEMA.is_valid(data)


def test_every_key_tells_an_editor_what_it_means() -> None:
    told = json.loads(json_schema())["properties"]
    assert [*told] == [*names(KEYS)]
    assert all(key.meaning in told[key.name]["description"] for key in KEYS)


# Data of the shapes that a configuration has, right and wrong: the words are those that may mean something.
words = st.sampled_from(["jargon", "error", "never", "strict", "safer", "a b", " ", ""])
scalars = words | st.none() | st.booleans() | st.integers(0, 3)
phrase_keys = st.sampled_from([*names(OF_A_PHRASE), "word"])
phrases = st.dictionaries(phrase_keys, scalars | st.lists(scalars, max_size=2), max_size=3)
values = (
    scalars | st.lists(scalars | phrases, max_size=3) | st.dictionaries(words, scalars, max_size=2) | phrases
)
keys = st.sampled_from([*names(KEYS), FILES.name, "ignor"])
settings = st.dictionaries(keys, values, max_size=3)
configurations = settings | st.fixed_dictionaries(
    {"overrides": st.lists(st.dictionaries(keys | st.just("files"), values, max_size=3), max_size=2)}
)
# They are about other files, patterns and phrases together, so the schema cannot know: see UNSEEN.
OUTSIDE = ("there is no", "is no pattern", "has no reason")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("configured") / ".sos-lint.yml"


@given(data=configurations)
def test_the_schema_and_what_reads_a_configuration_agree(path: Path, data: object) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")  # which is YAML too
    wrong = [error.message for error in SCHEMA.iter_errors(data)]
    fault = fault_in(path)
    if not any(words in fault for words in OUTSIDE):
        assert bool(fault) is bool(wrong), (fault, wrong)


def fault_in(path: Path) -> str:
    """What is wrong with a configuration, or nothing."""
    try:
        read_config(path)
    except BadConfig as fault:
        return fault.sentence
    return ""
