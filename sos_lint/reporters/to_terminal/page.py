"""Puts words on a console: safe, wrapped to a measure, plain where there is no colour."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from sos_lint.reporters.clean import disarmed, one_line, visible
from sos_lint.reporters.to_terminal.excerpt import wrap

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

    __slots__ = ("_console", "measure", "signs", "width")

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = console.width
        self.measure = max(NARROWEST, min(WIDEST, console.width))
        self.signs = _DRAWN if console.encoding.startswith("utf") else _TYPED

    def text(self, words: str, style: str = "") -> Text:
        """Words from anywhere, made safe to print. Every `Text` with words in it is made here."""
        text = Text(visible(words, self._console.encoding))
        text.stylize(style)  # not the style of the whole, which `Text.join` would give to its parts
        return text

    def prose(self, words: str, style: str = "") -> Text:
        """The same for words in sentences, where a tab or line break is only a space."""
        return self.text(one_line(words), style)

    def put(self, *pieces: Text) -> None:
        """One line of these pieces as they are, never wrapped or cut."""
        line = Text().join(pieces)
        line.plain = disarmed(line.plain)
        self._console.print(line, soft_wrap=True)

    def write(self, *pieces: Text, lead: Text | None = None, indent: int = 2) -> None:
        """A paragraph of these pieces, wrapped; `lead` stands before it in a column of its own."""
        body = Text().join(pieces)
        before = Text(" " * indent).append_text(lead or Text())
        margin = Text(" " * before.cell_len)
        for i, line in enumerate(wrap(body.plain, self.measure - before.cell_len)):
            self.put(margin if i else before, body[line.start : line.end])
