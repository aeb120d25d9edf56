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
_PROBE = "#"


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

    __slots__ = (
        "_console",
        "_encoding",
        "_inks",
        "_is_plain",
        "is_terminal",
        "measure",
        "signs",
        "stream",
        "width",
    )

    def __init__(self, console: Console | Sheet) -> None:
        self.stream: TextIO = console.file  # type: ignore[assignment] # rich says IO[str]
        self._is_plain = console.color_system is None
        self._console = console
        self._encoding = console.encoding
        self._inks: dict[str, tuple[str, str]] = {}
        self.is_terminal = console.is_terminal
        self.width = console.width
        self.measure = max(NARROWEST, min(WIDEST, self.width))
        self.signs = _DRAWN if self._encoding.startswith("utf") else _TYPED

    def text(self, words: str, style: str = "") -> Styled:
        """Words from anywhere, made safe to print. All that is put on a page is made here."""
        return Styled.of(self.safe(words), style)

    def prose(self, words: str, style: str = "") -> Styled:
        """The same for words in sentences, where a tab or line break is only a space."""
        return self.text(one_line(words), style)

    def safe(self, words: str) -> str:
        """Words from anywhere as they can be printed, without a style."""
        return visible(words, self._encoding)

    def line(self, *pieces: Styled) -> str:
        """One line of these pieces as they are, never wrapped or cut, as the console shows it."""
        plain = "".join([piece.plain for piece in pieces])
        if self._is_plain:
            return disarmed(plain) + "\n"
        plain = disarmed(plain)
        shown: list[str] = []
        start = here = 0
        for piece in pieces:
            for first, last, style in piece.styles:
                before, after = self._ink(style)
                shown += plain[here : start + first], before, plain[start + first : start + last], after
                here = start + last
            start += len(piece.plain)
        return f"{''.join(shown)}{plain[here:]}\n"

    def painted(self, words: str, style: str) -> str:
        """Safe words in a style, as a part of a line that nobody obeys (see `clean.is_obeyed`)."""
        if self._is_plain:
            return words
        before, after = self._ink(style)
        return f"{before}{words}{after}"

    def paragraph(self, *pieces: Styled, lead: Styled | None = None, indent: int = 2) -> str:
        """A paragraph of these pieces, wrapped; `lead` stands before it in a column of its own."""
        body = joined(pieces)
        margin = Styled(" " * indent)
        before = margin if lead is None else joined((margin, lead))
        margin = Styled(" " * before.columns)
        return "".join(
            [
                self.line(margin if i else before, body.within(line))
                for i, line in enumerate(wrap(body.plain, self.measure - before.columns))
            ]
        )

    def put(self, *pieces: Styled) -> None:
        """Show such a line."""
        self.show(self.line(*pieces))

    def write(self, *pieces: Styled, lead: Styled | None = None, indent: int = 2) -> None:
        """Show such a paragraph."""
        self.show(self.paragraph(*pieces, lead=lead, indent=indent))

    def show(self, lines: str) -> None:
        """Show whole lines that were made here."""
        if self._is_plain or not _is_legacy(self._console):
            self.stream.write(lines)
        else:
            from rich.ansi import AnsiDecoder
            from rich.console import Console

            assert isinstance(self._console, Console)
            decode = AnsiDecoder().decode_line
            for line in lines.split("\n")[:-1]:
                self._console.print(decode(line), soft_wrap=True)

    def _ink(self, style: str) -> tuple[str, str]:
        """What the console writes before and after words in a style."""
        ink = self._inks.get(style)
        if ink is None:
            from rich.console import Console
            from rich.text import Text

            assert isinstance(self._console, Console)
            with self._console.capture() as captured:
                self._console.print(Text(_PROBE, style), end="")
            before, _, after = captured.get().partition(_PROBE)
            ink = self._inks[style] = before, after
        return ink


def _is_legacy(console: Console | Sheet) -> bool:
    """True for a window of old Windows, which is coloured by calls and not by what is written."""
    return bool(getattr(console, "legacy_windows", False))
