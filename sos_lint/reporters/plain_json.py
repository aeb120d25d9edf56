"""JSON that any program can read, and that no build server takes for a command."""

from __future__ import annotations

import json
import re

from sos_lint.reporters.clean import OBEYED

_SURROGATE = re.compile("[\ud800-\udfff]")


def written(record: object, *, ascii_only: bool = True) -> str:
    """The record as strict JSON, ending in a line break.

    Half a surrogate pair, as in a file name that is not UTF-8, is written as its `\\u` escape, so that
    the text can always be encoded; so is what begins a command of a build server (see `clean.OBEYED`).
    """
    text = json.dumps(record, ensure_ascii=ascii_only, allow_nan=False, indent=2)
    text = _SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", text)
    return OBEYED.sub(lambda sign: f"{sign[0][:-1]}\\u{ord(sign[0][-1]):04x}", text) + "\n"
