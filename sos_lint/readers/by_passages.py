"""Reads a text that is read again and again while it is written: only the passages that are new are read.

A passage is what stands between two places at which the reader of the format may cut: what stands before one
says nothing of what stands after it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from re import Pattern

from sos_lint.document import Document
from sos_lint.memory import Memory
from sos_lint.readers.build import Builder, Passage


def by_passages(
    source: str, name: str, apart: Pattern[str], read: Callable[[str], Passage], memory: Memory
) -> Document:
    """The document in a source that may be cut after each place where `apart` holds."""
    builder = Builder(name, source)
    cuts = [0, *(match.end() for match in apart.finditer(source)), len(source)]
    for start, end in itertools.pairwise(cuts):
        words = source[start:end]
        builder.put(memory.once(("passage", apart, words), lambda: read(words)), start)  # noqa: B023 (called at once)
    return builder.document()
