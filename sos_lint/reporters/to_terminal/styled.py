"""Words with their styles, and what they are written on: a terminal, or a plain sheet that needs no rich."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TextIO

from sos_lint.reporters.to_terminal.excerpt import columns_of
from sos_lint.text import Range

if TYPE_CHECKING:
    from rich.console import Console

_NO_TERMINAL_KNOWN = 80  # columns


class Style(NamedTuple):
    """A style from one character to another."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Words, and the styles of runs of them, in order; none lies over another."""

    plain: str
    styles: tuple[Style, ...] = ()

    @classmethod
    def of(cls, words: str, style: str = "") -> Styled:
        """Words in one style."""
        return cls(words, (Style(0, len(words), style),) if style and words else ())

    @property
    def columns(self) -> int:
        """How many columns of a terminal they take."""
        return columns_of(self.plain)

    def within(self, at: Range) -> Styled:
        """A run of the words."""
        if not self.styles:
            return Styled(at.of(self.plain))
        cut = (
            Style(max(start, at.start) - at.start, min(end, at.end) - at.start, name)
            for start, end, name in self.styles
        )
        return Styled(at.of(self.plain), tuple(style for style in cut if style.start < style.end))


def joined(pieces: Iterable[Styled], between: Styled | None = None) -> Styled:
    """The pieces one after another."""
    every: list[Styled] = []
    for piece in pieces:
        if every and between is not None:
            every.append(between)
        every.append(piece)
    styles: list[Style] = []
    start = 0
    for piece in every:
        styles += [Style(start + from_, start + to, name) for from_, to, name in piece.styles]
        start += len(piece.plain)
    return Styled("".join([piece.plain for piece in every]), tuple(styles))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stream that shows no styles, and how wide it is taken to be."""

    file: TextIO
    width: int
    is_terminal: bool = False
    color_system: None = None

    @property
    def encoding(self) -> str:
        """What its signs are written in."""
        return (getattr(self.file, "encoding", None) or "utf-8").lower()


def console_on(stream: TextIO, width: int | None = None) -> Console | Sheet:
    """What is written on: colour and width as the stream and environment say, in the way of rich.

    Where a width is given the report is for a file: no colour, even if FORCE_COLOR wants it on terminals.
    """
    if width is not None:
        return Sheet(stream, width)
    if not _is_terminal(stream):
        return Sheet(stream, _width())
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)


def _is_terminal(stream: TextIO) -> bool:
    """Whether rich would take the stream for a terminal."""
    compatible, coloured = os.environ.get("TTY_COMPATIBLE"), os.environ.get("FORCE_COLOR")
    if compatible in ("0", "1"):
        return compatible == "1"
    if coloured is not None:  # https://force-color.org
        return coloured != ""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _width() -> int:
    """The width that is set, else that of the terminal at which the run was begun."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdigit():
        return int(asked)
    for stream in (0, 1, 2) if sys.platform != "win32" else (1, 2):
        try:
            return os.get_terminal_size(stream).columns or _NO_TERMINAL_KNOWN
        except (AttributeError, ValueError, OSError):
            continue
    return _NO_TERMINAL_KNOWN
