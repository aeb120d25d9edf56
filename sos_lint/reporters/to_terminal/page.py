"""Puts words on a console: safe, wrapped to a measure, plain where there is no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from sos_lint.reporters.clean import disarmed, one_line, visible
from sos_lint.reporters.to_terminal.excerpt import wrap
from sos_lint.reporters.to_terminal.styled import Sheet, Styled, joined

if TYPE_CHECKING:
    from rich.console import Console

WIDEST, NARROWEST = 100, 24


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that a report draws with."""

    told: str
    open: str
    underline: str
    ellipsis: str


_DRAWN = Signs(told="✓", open="☐", underline="▔", ellipsis="…")
_TYPED = Signs(told="[x]", open="[ ]", underline="^", ellipsis="...")


class Page:
    """A console of some `width`: prose keeps to a readable `measure`, and places are never cut."""

    __slots__ = ("_console", "_encoding", "_is_plain", "is_terminal", "measure", "signs", "stream", "width")

    def __init__(self, console: Console | Sheet) -> None:
        self.stream: TextIO = console.file  # type: ignore[assignment] # rich says IO[str]
        self._is_plain = console.color_system is None
        self._console = console
        self._encoding = console.encoding
        self.is_terminal = console.is_terminal
        self.width = console.width
        self.measure = max(NARROWEST, min(WIDEST, self.width))
        self.signs = _DRAWN if self._encoding.startswith("utf") else _TYPED

    def text(self, words: str, style: str = "") -> Styled:
        """Words from anywhere, made safe to print. All that is put on a page is made here."""
        return Styled.of(visible(words, self._encoding), style)

    def prose(self, words: str, style: str = "") -> Styled:
        """The same for words in sentences, where a tab or line break is only a space."""
        return self.text(one_line(words), style)

    def put(self, *pieces: Styled) -> None:
        """One line of these pieces as they are, never wrapped or cut."""
        if self._is_plain:
            self.stream.write(disarmed("".join([piece.plain for piece in pieces])) + "\n")
        else:
            self._put_in_colour(joined(pieces))

    def write(self, *pieces: Styled, lead: Styled | None = None, indent: int = 2) -> None:
        """A paragraph of these pieces, wrapped; `lead` stands before it in a column of its own."""
        body = joined(pieces)
        margin = Styled(" " * indent)
        before = margin if lead is None else joined((margin, lead))
        margin = Styled(" " * before.columns)
        for i, line in enumerate(wrap(body.plain, self.measure - before.columns)):
            self.put(margin if i else before, body.within(line))

    def _put_in_colour(self, line: Styled) -> None:
        from rich.console import Console
        from rich.text import Span, Text

        assert isinstance(self._console, Console)
        text = Text(disarmed(line.plain), spans=[Span(*style) for style in line.styles])
        self._console.print(text, soft_wrap=True)
