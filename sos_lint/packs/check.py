"""Checks a pack's data against the schema and says every fault as a person would: line, sentence, mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sos_lint.errors import SosLintError, nearest
from sos_lint.yaml_lines import Path

Model = TypeVar("Model", bound=BaseModel)


def check(
    model: type[Model], data: Any, lines: Mapping[Path, int], place: str, also: Iterable[str] = ()
) -> Model | tuple[SosLintError, ...]:
    """The data as the model, or every fault in it, in the order of the lines.

    `also` are keys that would make another kind of file of it, for when one of those is misspelt.
    """
    if not isinstance(data, dict):
        return (
            SosLintError(
                f"{place}:1", "this file should be a list of keys with values.", "Start with `id:`."
            ),
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = dict(_faults(error, model, lines, tuple(also)))
        return tuple(
            SosLintError(f"{place}:{line}", sentence, hint)
            for (line, _), (sentence, hint) in sorted(faults.items(), key=lambda item: item[0])
        )


def _faults(
    error: ValidationError, model: type[BaseModel], lines: Mapping[Path, int], also: Sequence[str]
) -> Iterator[tuple[tuple[int, str], tuple[str, str]]]:
    details = [(detail, _real(detail["loc"], lines)) for detail in error.errors(include_url=False)]
    unknown = {
        path: nearest(str(path[-1]), _keys(model, path) + list(also if len(path) == 1 else ()))
        for detail, path in details
        if _is_unknown_key(detail)
    }
    misspelt = {
        (path, key)
        for detail, path in details
        for place, hint in unknown.items()
        if place[:-1] == path
        and f"“{(key := str(detail['loc'][-1]))}”" in hint
        and detail["type"] == "missing"
    }
    seen: set[Path] = set()
    for detail, path in details:
        key = str(detail["loc"][-1])
        if path in unknown:
            yield (lines[path], str(path[-1])), (f"the key “{path[-1]}” is not known here.", unknown[path])
        elif detail["type"] == "missing":
            either = len(detail["loc"]) > len(path) + 1  # needed by one of several things it may be
            if (path, key) not in misspelt and not (either and any(place == path for place, _ in misspelt)):
                yield (lines[path], key), (f"“{key}” is missing here.", "")
        elif path not in seen and not any(_is_inside(other, path) for _, other in details):
            yield (lines[path], ""), _value_fault(detail, path)
        seen.add(path)


def _is_unknown_key(detail: Any) -> bool:
    """Also a key that is none of a closed list, such as the parts of what happened."""
    listed: bool = detail["loc"][-1] == "[key]" and detail["type"] == "enum"
    return listed or detail["type"] == "extra_forbidden"


def _is_inside(path: Path, outer: Path) -> bool:
    return len(path) > len(outer) and path[: len(outer)] == outer


def _value_fault(detail: Any, path: Path) -> tuple[str, str]:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "this value")
    expected = (detail.get("ctx") or {}).get("expected")
    if expected:
        allowed = re.findall("'([^']*)'", expected)
        hint = nearest(str(detail.get("input")), allowed) or f"Use one of: {', '.join(allowed)}."
        return f"“{detail.get('input')}” cannot stand under “{name}”.", hint
    kinds = {
        "string_type": ("should be words.", "Put it in quotes."),
        "list_type": ("should be a list.", "Start each item with “- ”."),
        "dict_type": ("should be keys with values.", ""),
        "model_type": ("should be keys with values.", ""),
        "int_type": ("should be a whole number.", ""),
        "bool_type": ("should be true or false.", ""),
        "bool_parsing": ("should be true or false.", ""),
        "string_too_short": ("is empty.", "Write something, or leave the key out."),
        "too_short": ("is empty.", "Write something, or leave the key out."),
        "string_pattern_mismatch": ("should be small letters, digits and single hyphens.", ""),
    }
    if detail["type"] == "value_error":
        return f"{detail['ctx']['error']}.", ""
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
    whole = model.model_json_schema(by_alias=True)
    defs = whole.get("$defs", {})
    here = _members(whole, defs)
    for step in path[:-1]:
        here = [member for one in here for inside in _inside(one, step) for member in _members(inside, defs)]
    named = {key for one in here for key in one.get("properties", {})}
    listed = {
        key
        for one in here
        for names in _members(one.get("propertyNames", {}), defs)
        for key in names.get("enum", ())
    }
    return sorted(named | listed)


def _inside(here: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    if isinstance(step, int) and "items" in here:
        yield here["items"]
    if isinstance(step, str) and step in here.get("properties", {}):
        yield here["properties"][step]


def _members(here: dict[str, Any], defs: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema itself, or those of which it is any one, with references followed."""
    while "$ref" in here:
        here = defs[here["$ref"].rpartition("/")[2]]
    return [member for one in here["anyOf"] for member in _members(one, defs)] if "anyOf" in here else [here]
