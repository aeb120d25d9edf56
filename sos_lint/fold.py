"""Makes words alike that only look different, and keeps every offset."""

from __future__ import annotations

import re

_ALIKE = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}
)
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def fold(text: str) -> str:
    """Make words alike that only look different: case, curly quotes, hyphens inside words.

    The result has the same length, code point for code point: an offset in one is an offset in the other.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered ("İ"): leave those as they are
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _HYPHEN.sub(" ", lower.translate(_ALIKE))
