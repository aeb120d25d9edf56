"""What OpenDocument's attributes say."""

from __future__ import annotations


def number(written: str | None, default: int, most: int) -> int:
    """A whole number from 0 to `most` as the file gives it, or the default where it is none."""
    digits = (written or "").strip()
    if digits.isascii() and digits.isdigit():
        return min(int(digits[:9]), most)
    return default
