"""Notes beside words: what they say, who says it, and what became of them in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sos_lint.text import Range

NAME = "sos-lint"


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands beside a comment or a tracked change, and when it was made, by the clock of the place."""

    name: str = NAME
    at: datetime = field(default_factory=_now)

    @property
    def initials(self) -> str:
        """The short form of the name that some programs show."""
        return self.name[:2]


@dataclass(frozen=True, slots=True)
class Note:
    """What to say of the words at a range of `Document.text`.

    `signature` is its last line, in small print, by which it is known again when it is put in once more.
    """

    at: Range
    paragraphs: tuple[str, ...]
    signature: str = ""

    def __post_init__(self) -> None:
        if not len(self.at) or not (self.paragraphs or self.signature):
            raise ValueError("a note says something of some words")

    @property
    def last_line(self) -> str:
        """The line by which it is known again."""
        return self.signature or self.paragraphs[-1]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A file with notes in it as comments, and what became of them.

    `standing` stood at their words already, or are about words that the author's own tracked changes put in.
    Of the words of `unplaced`, Word shows no comments (headers and footers). `in_controls` counts comments in
    the first paragraph of a control, before which LibreOffice 7.4 shows no words of a Word file; Word does.
    """

    data: bytes
    placed: tuple[Note, ...] = ()
    standing: tuple[Note, ...] = ()
    unplaced: tuple[Note, ...] = ()
    in_controls: int = 0
