"""Frozen types to plain data and back: fields by name, enums by value, patterns by the name of their class.

Written and read only for the store of compiled packs; fields that have their default are left out.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from sos_lint import rule


def plain(value: Any) -> Any:
    """The value as dictionaries, lists, strings and numbers."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: plain(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if f.default is dataclasses.MISSING or getattr(value, f.name) != f.default or not f.compare
        }
        return {"": type(value).__name__, **fields} if isinstance(value, rule.Pattern) else fields
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


@cache
def _fields(type_: type) -> dict[str, Any]:
    return get_type_hints(type_)


def build(wanted: Any, data: Any) -> Any:
    """A value of the wanted type from what `plain` gave; raises KeyError, TypeError or ValueError on
    anything else."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        if isinstance(data, dict):
            named = {t.__name__: t for t in arguments}
            return build(named[data[""]], data)
        return None if data is None else build(next(t for t in arguments if t is not type(None)), data)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(build(arguments[0], item) for item in data)
        return tuple(build(t, item) for t, item in zip(arguments, data, strict=True))
    if origin is frozenset:
        return frozenset(build(arguments[0], item) for item in data)
    if origin is not None:  # a mapping
        return {build(arguments[0], key): build(arguments[1], item) for key, item in data.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(data)
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        if not isinstance(data, dict):
            raise TypeError(f"{wanted.__name__} is made of names and values")
        hints = _fields(wanted)
        return wanted(**{name: build(hints[name], item) for name, item in data.items() if name})
    return data
