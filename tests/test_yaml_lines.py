"""YAML as plain data with lines, and the traps of YAML that we do not fall into."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from sos_lint import yaml_lines
from sos_lint.errors import SosLintError
from sos_lint.yaml_lines import read_yaml

SCALARS = {
    "no": "no",
    "NO": "NO",
    "on": "on",
    "y": "y",
    "Yes": "Yes",
    "true": True,
    "True": "True",
    "false": False,
    "null": None,
    "~": None,
    "''": "",
    "'true'": "true",
    '"12"': "12",
    "12": 12,
    "-3": -3,
    "0x1f": "0x1f",
    "1_000": "1_000",
    "0.1": "0.1",
    "1.0": "1.0",
    "2026-05-04": "2026-05-04",
    "12:30:45": "12:30:45",
    "NaN": "NaN",
    "=": "=",
    "<<": "<<",
    "9999999999999999999": "9999999999999999999",
}


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without its C library."""
    made = getattr(yaml, request.param, None)
    if made is None:
        pytest.skip("PyYAML has no C library here")
    monkeypatch.setattr(yaml_lines, "_LOADER", made)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("written", "value"), SCALARS.items(), ids=SCALARS)
def test_a_scalar(written: str, value: Any) -> None:
    data, _ = read_yaml(f"a: {written}\n", "p.yml")
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.usefixtures("loader")
def test_every_value_has_its_line() -> None:
    data, lines = read_yaml("# pens\na: 1\nb:\n  - x\n  - c: >-\n      y\n      z\n", "p.yml")
    assert data == {"a": 1, "b": ["x", {"c": "y z"}]}
    assert lines == {(): 2, ("a",): 2, ("b",): 3, ("b", 0): 4, ("b", 1): 5, ("b", 1, "c"): 5}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n"])
def test_nothing(text: str) -> None:
    assert read_yaml(text, "p.yml")[0] is None


ANCHORS = "anchors (&) and aliases (*) are not read here."
TRAPS = {
    "an anchor": ("a: 1\nb: &x [1]\n", 2, ANCHORS),
    "an alias": ("a: 1\n\nb: *x\n", 3, ANCHORS),
    "an anchored key": ("a: 1\n&x b: 2\n", 2, ANCHORS),
    "a billion laughs": ("a: &a [l, l]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, ANCHORS),
    "a tag": ("a: 1\nb: !x y\n", 2, "the tag “!x” is not read here."),
    "a tag on quotes": ("a: 1\nb: !x 'y'\n", 2, "the tag “!x” is not read here."),
    "a bare tag": ("a: ! y\n", 1, "the tag “!” is not read here."),
    "a Python object": (
        "a: 1\nb: !!python/object/apply:os.system [ls]\n",
        2,
        "the tag “tag:yaml.org,2002:python/object/apply:os.system” is not read here.",
    ),
    "a set": ("a: !!set {x}\n", 1, "the tag “tag:yaml.org,2002:set” is not read here."),
    "a tagged scalar": ("a: !!int '3'\n", 1, "the tag “tag:yaml.org,2002:int” is not read here."),
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "“a” stands here twice."),
    "a key twice, once in quotes": ('a: 1\n"a": 3\n', 2, "“a” stands here twice."),
    "a key twice, deeper": ("a:\n  b: 1\n  b: 1\n", 3, "“b” stands here twice."),
    "a list for a key": ("a: 1\n? [b, c]\n: d\n", 2, "a key must be a single word."),
    "a second document": ("a: 1\n---\nb: 2\n", 2, "this is not YAML"),
    "a colon in a sentence": ("a: 1\nb: it is: so\n", 2, "this is not YAML"),
    "a tab": ("a:\n\t- b\n", 2, "this is not YAML"),
    "uneven indentation": ("a:\n   b: 1\n  c: 2\n", 3, "this is not YAML"),
    "a control character": ("a: 1\nb: é\nc: '\x01'\n", 3, "this is not YAML"),
}  # fmt: skip


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "line", "sentence"), TRAPS.values(), ids=TRAPS)
def test_a_trap(text: str, line: int, sentence: str) -> None:
    with pytest.raises(SosLintError) as caught:
        read_yaml(text, "p.yml")
    assert caught.value.place == f"p.yml:{line}"
    assert caught.value.sentence.startswith(sentence)
    assert caught.value.hint


# Far deeper than Python's own limit; 50,000 brackets cost PyYAML's Python code more than a minute.
@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["[" * 1_200, "a:\n" + "- " * 50_000], ids=["brackets", "dashes"])
def test_deep_nesting_is_a_fault(text: str) -> None:
    with pytest.raises(SosLintError, match=r"nested more than 50 lists and keys deep|this is not YAML"):
        read_yaml(text, "p.yml")
