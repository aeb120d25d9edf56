"""The JSON Schema of a configuration, made from the table of keys, for editors that complete and check it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sos_lint.limits import HIGHEST
from sos_lint.settings.keys import KEYS, OF_A_PHRASE, OF_LIMITS, OF_SOME_FILES, Key, Shape

# The draft that editors know best: those for YAML and TOML do not all know a later one.
DRAFT = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, Any]


def json_schema() -> str:
    """The schema, as text: of `.sos-lint.yml`, and of `[tool.sos-lint]` in `pyproject.toml`."""
    shape = {
        "$schema": DRAFT,
        "title": "A configuration of sos-lint",
        "description": ".sos-lint.yml, or [tool.sos-lint] in pyproject.toml.",
        **_table(KEYS),
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _table(keys: tuple[Key, ...]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _property(key) for key in keys},
    }


def _property(key: Key) -> Schema:
    """A key's value, or null: a key without a value says nothing."""
    usual = f" Unless said: {key.usual}." if key.usual else ""
    return {"description": key.meaning + usual, "anyOf": [*_SHAPES[key.shape](key), {"type": "null"}]}


def _string(_: Key) -> list[Schema]:
    return [{"type": "string"}]


def _one_or_several(_: Key) -> list[Schema]:
    return [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]


def _one_of(key: Key) -> list[Schema]:
    return [{"enum": list(key.words)}]


def _name(key: Key) -> list[Schema]:
    """Any name, as a pack may bring others; an editor offers those that are known."""
    return [{"enum": list(key.known)}, {"type": "string"}]


def _grades(key: Key) -> list[Schema]:
    return [{"type": "object", "additionalProperties": {"enum": list(key.words)}}]


def _amounts(_: Key) -> list[Schema]:
    told = _table(OF_LIMITS)
    for one in told["properties"].values():
        one["anyOf"] = [shape for shape in one["anyOf"] if shape != {"type": "null"}]
    return [told]


def _amount(key: Key) -> list[Schema]:
    return [{"type": "integer", "minimum": 1, "maximum": getattr(HIGHEST, key.name)}]


def _switch(_: Key) -> list[Schema]:
    return [{"type": "boolean"}]


def _phrases(_: Key) -> list[Schema]:
    told = _table(OF_A_PHRASE)
    phrase: Schema = {"type": "string", "pattern": r"\S"}
    told["properties"]["words"] = {"description": told["properties"]["words"]["description"], **phrase}
    one = [phrase, {**told, "required": ["words"]}]
    return [*one, {"type": "array", "items": {"anyOf": one}}]


def _overrides(_: Key) -> list[Schema]:
    told = _table(OF_SOME_FILES)
    files = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    about = told["properties"]["files"]["description"]
    told["properties"]["files"] = {"description": about, "anyOf": [{"type": "string"}, files]}
    return [{"type": "array", "items": {**told, "required": ["files"]}}]


_SHAPES: dict[Shape, Callable[[Key], list[Schema]]] = {
    Shape.NAMES: _one_or_several,
    Shape.PACKS: _one_or_several,
    Shape.CONFIGURATIONS: _one_or_several,
    Shape.PATTERNS: _one_or_several,
    Shape.GRADES: _grades,
    Shape.AMOUNTS: _amounts,
    Shape.AMOUNT: _amount,
    Shape.ONE_OF: _one_of,
    Shape.NAME: _name,
    Shape.FILE: _string,
    Shape.SWITCH: _switch,
    Shape.PHRASES: _phrases,
    Shape.SENTENCE: _string,
    Shape.OVERRIDES: _overrides,
}
