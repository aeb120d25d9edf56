"""Remembers what was worked out about the passages of a text, so that its next version is read quickly.

Held in memory alone, for as long as somebody holds it. Everything in it is named by what it hangs on, the
words themselves above all: what is recalled is what would be worked out again. It is bounded by the text,
since what neither of the last two versions asked for is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Memory:
    """What is known of the last two versions of one text. It serves one reading at a time."""

    __slots__ = ("_about", "_new", "_old")

    def __init__(self) -> None:
        self._about: Hashable = None
        self._new: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}

    def begin(self, about: Hashable) -> None:
        """A new version is read. `about` is what else all hangs on: where it changes, all is forgotten."""
        self._old = self._new if about == self._about else {}
        self._new = {}
        self._about = about

    def recall(self, name: Hashable) -> Any:
        """What is kept under a name; None where nothing is."""
        known = self._new.get(name)
        if known is None:
            known = self._old.get(name)
            if known is not None:
                self._new[name] = known
        return known

    def keep(self, name: Hashable, found: object) -> None:
        """Keep something, which is not None, for the next version."""
        self._new[name] = found

    def once(self, name: Hashable, work_out: Callable[[], Found]) -> Found:
        """What is kept under a name; where nothing is, what is now worked out, which is not None."""
        found: Found | None = self.recall(name)
        if found is None:
            found = work_out()
            self._new[name] = found
        return found

    def __len__(self) -> int:
        """How many things are held."""
        return len(self._new.keys() | self._old.keys())
