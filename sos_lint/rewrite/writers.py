"""Which of our writers knows how to change a word processor's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sos_lint.finding import Edit
from sos_lint.readers import is_opendocument
from sos_lint.rewrite.notes import Annotated, Author, Note


class Writer(Protocol):
    """What each of them can do; `into_word` and `into_odt` say how."""

    def apply(self, data: bytes, name: str, edits: Iterable[Edit], *, tracked: Author | None = None) -> bytes:
        """The bytes of a file with the edits in it."""

    def trackable(self, data: bytes, name: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """The edits that can be put in as changes to accept or reject."""

    def annotate(
        self, data: bytes, name: str, notes: Iterable[Note], *, replace: bool, author: Author
    ) -> Annotated:
        """The bytes of a file with each note as a comment beside its words."""

    def with_section(self, data: bytes, name: str, title: str, lines: Iterable[str]) -> bytes:
        """The bytes of a file with a title and these lines at its end."""


def writer_of(data: bytes, name: str) -> Writer:
    """The writer for a word processor's file; each is only imported when it is needed."""
    if is_opendocument(name, data):
        from sos_lint.rewrite import into_odt

        return into_odt
    from sos_lint.rewrite import into_word

    return into_word
