"""How much of a document is read before it is refused: its size, what it unpacks to, how deep it is nested.

They hold for the work on one document, wherever in the program that goes on, as the precision of `decimal`
does. What they may be set to is bounded, too: a configuration may come with a folder of somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of each that a document may have. Sizes are in MB, but for `size_in_bytes` and the like."""

    size: int = 100
    text: int = 20  # of words: some thirty novels
    unpacked: int = 100  # of all the parts that are read
    ratio: int = 150  # what a part of over 20 MB may be packed to
    parts: int = 10_000
    depth: int = 256
    rows: int = 1_048_576  # as many as Excel has
    cells: int = 16_384  # of a row, likewise
    pages: int = 5_000
    attachments: int = 200  # of one message: each costs a look through it
    seconds: int = 300
    memory: int = 2_000  # that the work on it takes

    @property
    def size_in_bytes(self) -> int:
        """How many bytes a file may have."""
        return self.size * MB

    @property
    def longest_text(self) -> int:
        """How many characters of words."""
        return self.text * MB

    @property
    def memory_in_bytes(self) -> int:
        """How many bytes of memory the work on it may take."""
        return self.memory * MB

    @property
    def unpacked_in_bytes(self) -> int:
        """How many bytes may come out of a file."""
        return self.unpacked * MB


USUAL = Limits()
# What each may be set to at most. XML that is nested deeper than 256 libxml2 does not read.
HIGHEST = Limits(
    size=2_000,
    text=500,
    unpacked=2_000,
    ratio=2_000,
    parts=1_000_000,
    depth=256,
    rows=10_000_000,
    cells=100_000,
    pages=1_000_000,
    attachments=10_000,
    seconds=86_400,
    memory=100_000,
)
NAMES = tuple(one.name for one in fields(Limits))

_in_force: ContextVar[Limits] = ContextVar("limits", default=USUAL)


def in_force() -> Limits:
    """The limits that hold for the work at hand."""
    return _in_force.get()


def of(changes: Iterable[tuple[str, int]]) -> Limits:
    """The usual limits with some others in their place, of which the last counts."""
    return Limits(**dict(changes))


@contextmanager
def held(limits: Limits) -> Iterator[None]:
    """These limits for the work inside."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)


def raised(name: str) -> str:
    """The part of a hint that says how a limit is moved."""
    return f"or raise `{name}` under `limits` in the configuration"
