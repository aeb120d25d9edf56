"""Checks a pack's data against the schema and says every fault as a person would: line, sentence, mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sos_lint.errors import SosLintError, nearest
from sos_lint.yaml_lines import Path

Model = TypeVar("Model", bound=BaseModel)


def check(
    model: type[Model], data: Any, lines: Mapping[Path, int], place: str
) -> Model | tuple[SosLintError, ...]:
    """The data as the model, or every fault in it, in the order of the lines."""
    if not isinstance(data, dict):
        return (
            SosLintError(
                f"{place}:1", "this file should be a list of keys with values.", "Start with `id:`."
            ),
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = dict(_faults(error, model, lines))
        return tuple(
            SosLintError(f"{place}:{line}", sentence, hint)
            for (line, _), (sentence, hint) in sorted(faults.items(), key=lambda item: item[0])
        )


def _faults(
    error: ValidationError, model: type[BaseModel], lines: Mapping[Path, int]
) -> Iterator[tuple[tuple[int, str], tuple[str, str]]]:
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        path = _real(detail["loc"], lines)
        key = str(detail["loc"][-1])
        if detail["type"] == "missing":
            yield (lines[path], key), (f"“{key}” is missing here.", "")
        elif detail["type"] == "extra_forbidden":
            yield (
                (lines[path], key),
                (f"the key “{key}” is not known here.", nearest(key, _keys(model, path))),
            )
        elif path not in seen:
            yield (lines[path], ""), _value_fault(detail, path)
        seen.add(path)


def _value_fault(detail: Any, path: Path) -> tuple[str, str]:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "this value")
    expected = (detail.get("ctx") or {}).get("expected")
    if expected:
        allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
        hint = nearest(str(detail.get("input")), allowed) or f"Use one of: {', '.join(allowed)}."
        return f"“{detail.get('input')}” cannot stand under “{name}”.", hint
    kinds = {
        "string_type": ("should be words.", "Put it in quotes."),
        "list_type": ("should be a list.", "Start each item with “- ”."),
        "dict_type": ("should be keys with values.", ""),
        "model_type": ("should be keys with values.", ""),
        "int_type": ("should be a whole number.", ""),
        "bool_type": ("should be true or false.", ""),
        "string_too_short": ("is empty.", "Write something, or leave the key out."),
        "string_pattern_mismatch": ("should be small letters, digits and single hyphens.", ""),
    }
    sentence, hint = kinds.get(detail["type"], (f"cannot be used: {detail['msg'].lower()}.", ""))
    return f"“{name}” {sentence}", hint


def _real(loc: tuple[str | int, ...], lines: Mapping[Path, int]) -> Path:
    """The longest part of pydantic's location that stands in the file (it puts in names of union members)."""
    path: Path = ()
    for step in loc:
        if (*path, step) in lines:
            path = (*path, step)
    return path


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand where an unknown one does."""
    definitions = model.model_json_schema(by_alias=True)
    here: dict[str, Any] = definitions
    for step in path[:-1]:
        here = _inside(here, step, definitions.get("$defs", {}))
    return sorted(_resolve(here, definitions.get("$defs", {})).get("properties", {}))


def _inside(here: dict[str, Any], step: str | int, defs: dict[str, Any]) -> dict[str, Any]:
    for candidate in _members(here, defs):
        if isinstance(step, int) and "items" in candidate:
            return dict(candidate["items"])
        if isinstance(step, str) and step in candidate.get("properties", {}):
            return dict(candidate["properties"][step])
    return {}


def _members(here: dict[str, Any], defs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    here = _resolve(here, defs)
    yield here
    for member in here.get("anyOf", []):
        yield from _members(member, defs)


def _resolve(here: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in here:
        here = defs[here["$ref"].rpartition("/")[2]]
    for member in here.get("anyOf", []):
        if "$ref" in member or "properties" in member:
            return _resolve(member, defs) if "properties" not in here else here
    return here
