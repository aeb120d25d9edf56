"""JSON that any program can read, and that no build server takes for a command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sos_lint.reporters.clean import OBEYED

# What steers a terminal, and halves of surrogate pairs; other controls JSON has as escapes already.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_STEP = "  "


def inner(record: dict[str, Any], depth: int = 0, *, ascii_only: bool = True) -> str:
    """The lines of a record so deep in another, without the first and the last that hold it together.

    They are strict JSON. Half a surrogate pair, as in a file name that is not UTF-8, is written as its `\\u`
    escape, so that the text can always be encoded; so is what steers a terminal, or begins a command of a
    build server (see `clean.OBEYED`).
    """
    return _deeper(_written(record, ascii_only=ascii_only)[2:-2], depth)


def items(records: Iterable[object], depth: int = 1, *, ascii_only: bool = True) -> str:
    """Records in a list, at such a depth, without its brackets."""
    return ",\n".join(_deeper(_written(record, ascii_only=ascii_only), depth) for record in records)


def _deeper(lines: str, depth: int) -> str:
    margin = _STEP * depth
    return margin + lines.replace("\n", f"\n{margin}")


def _written(record: object, *, ascii_only: bool) -> str:
    text = json.dumps(record, ensure_ascii=ascii_only, allow_nan=False, indent=len(_STEP))
    text = _UNSAFE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)
    if "::" in text or "##" in text:
        text = OBEYED.sub(lambda sign: f"{sign[0][:-1]}\\u{ord(sign[0][-1]):04x}", text)
    return text
