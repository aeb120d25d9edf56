"""Reads YAML as plain data, and remembers on which line each value stands.

Scalars stay strings unless they are `true`, `false`, `null` or whole numbers: a pack lists short forms
such as NO and ON, which YAML 1.1 would read as truth values. Tags, anchors and aliases are refused: no
pack needs them, and a file from a stranger cannot grow in memory through them. Nor is it read deeper than any
such file is.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from sos_lint.errors import SosLintError

Path = tuple[str | int, ...]
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?\d{1,18}\Z")
DEEPEST = 50  # lists and keys inside one another
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, place: str) -> tuple[Any, dict[Path, int]]:
    """The data of one YAML document, and the line (from 1) of every value by its path.

    Raises SosLintError, with the line, on anything that is not plain YAML.
    """
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            _refuse_reach(event, place)
            depth += _deeper(event)
            if depth > DEEPEST:
                raise _too_deep(event, place)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise SosLintError(
            place + line,
            f"this is not YAML: {error.problem or error.context}.",
            "Look for a missing quote, a colon inside a sentence, or uneven indentation.",
        ) from error
    except yaml.reader.ReaderError as error:
        bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = f":{text.count(chr(10), 0, bad.start()) + 1}" if bad else ""
        raise SosLintError(
            place + line, "this is not YAML: a character in it cannot be printed.", "Take it out."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SosLintError(place, "this is not YAML.", "Save it again as UTF-8 text.") from error
    lines: dict[Path, int] = {}
    return (None if node is None else _value(node, (), lines, place)), lines


def _refuse_reach(event: yaml.Event, place: str) -> None:
    """Refuse what makes a value reach beyond its own line: anchors, aliases and tags."""
    at = f"{place}:{event.start_mark.line + 1 if event.start_mark else 1}"
    if getattr(event, "anchor", None) is not None:
        raise SosLintError(
            at,
            "anchors (&) and aliases (*) are not read here.",
            "Put a value that starts with & or * in quotes, or write it out.",
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise SosLintError(at, f"the tag “{tag}” is not read here.", "Put the value in quotes.")


def _deeper(event: yaml.Event) -> int:
    """By how much what follows an event is deeper."""
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


def _too_deep(event: yaml.Event, place: str) -> SosLintError:
    line = event.start_mark.line + 1 if event.start_mark else 1
    sentence = f"this is nested more than {DEEPEST} lists and keys deep."
    return SosLintError(f"{place}:{line}", sentence, "Take the inner ones out.")


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], place: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, place)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), lines, place) for i, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int], place: str) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        line = key_node.start_mark.line + 1
        if key is None or key in mapping:
            sentence = f"“{key}” stands here twice." if key is not None else "a key must be a single word."
            raise SosLintError(f"{place}:{line}", sentence, "Keep one of them.")
        mapping[key] = _value(value_node, (*path, key), lines, place)
        lines[(*path, key)] = line
    return mapping


def _scalar(node: yaml.Node) -> Any:
    value = str(node.value)
    if getattr(node, "style", None):  # in quotes, or a block; of a plain one the C library says ""
        return value
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    return int(value) if _WHOLE.match(value) else value
