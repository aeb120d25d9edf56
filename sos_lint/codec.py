"""Frozen types to plain data and back: fields by name, enums by value, patterns by the name of their class.

Written and read only for the store of compiled packs; fields that have their default are left out.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from types import NoneType
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


def build(wanted: Any, data: Any) -> Any:
    """A value of the wanted type from what `plain` gave; raises KeyError, TypeError or ValueError on
    anything else."""
    make = _maker(wanted)
    return data if make is None else make(data)


_Make = Callable[[Any], Any]


@cache
def _maker(wanted: Any) -> _Make | None:
    """What makes a value of the wanted type; None where the data are the value.

    A type is looked into once: a lexicon has some ten thousand strings.
    """
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _one_of(arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        makers = [_maker(one) or _as_it_is for one in arguments]
        return lambda data: tuple(make(item) for make, item in zip(makers, data, strict=True))
    if origin in (tuple, frozenset):
        return _collected(origin, _maker(arguments[0]))
    if origin is not None:  # a mapping
        key, value = (_maker(one) or _as_it_is for one in arguments)
        return lambda data: {key(name): value(item) for name, item in data.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted
    return _fielded(wanted) if dataclasses.is_dataclass(wanted) and isinstance(wanted, type) else None


def _as_it_is(data: Any) -> Any:
    return data


def _one_of(types: Sequence[Any]) -> _Make:
    """Of several types, the one that the data name; of one type or None, that or None."""
    named = {one.__name__: one for one in types}
    lone = _maker(next(one for one in types if one is not NoneType)) or _as_it_is

    def make(data: Any) -> Any:
        if isinstance(data, dict):
            return build(named[data[""]], data)
        return None if data is None else lone(data)

    return make


def _collected(into: Callable[[Iterable[Any]], Any], make: _Make | None) -> _Make:
    return into if make is None else lambda data: into(make(item) for item in data)


def _fielded(wanted: type) -> _Make:
    makers = {name: _maker(hint) or _as_it_is for name, hint in get_type_hints(wanted).items()}

    def make(data: Any) -> Any:
        if not isinstance(data, dict):
            raise TypeError(f"{wanted.__name__} is made of names and values")
        return wanted(**{name: makers[name](item) for name, item in data.items() if name})

    return make
