"""What OpenDocument's elements and attributes are called and say."""

from __future__ import annotations

# Elements whose words people type, and in which a comment or a mark of change may stand.
TYPED_IN = frozenset({"text:p", "text:h", "text:span", "text:a", "text:meta", "?:content-control"})
PARAGRAPHS = frozenset({"text:p", "text:h"})


def number(written: str | None, default: int, most: int) -> int:
    """A whole number from 0 to `most` as the file gives it, or the default where it is none."""
    digits = (written or "").strip()
    if digits.isascii() and digits.isdigit():
        return min(int(digits[:9]), most)
    return default
