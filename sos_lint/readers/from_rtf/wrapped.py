"""Unwraps what mail programs keep inside RTF: a web page, or plain text (Microsoft's MS-OXRTFEX)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from sos_lint.readers.from_rtf.characters import HEAD, SIGNS, Characters, Fonts
from sos_lint.readers.from_rtf.gather import lines_of
from sos_lint.readers.from_rtf.tokens import Begin, End, Letters, Tokens, Word
from sos_lint.readers.from_rtf.walk import Walk

_WRAPS = re.compile(rb"\\from(html1|text)(?![a-z0-9])")
_HEAD = 200  # bytes within which a file says that it wraps something
_UNSEEN = frozenset({"colortbl", "stylesheet", "info", "pict", "object", "pntext", "listtext"})
_BREAKS = frozenset({"par", "line", "\n", "\r"})


class Unwrapped(NamedTuple):
    """The words of a message, as a web page or plain text."""

    words: str
    is_page: bool


def unwrapped(data: bytes, name: str) -> Unwrapped:
    """What a message in RTF says: what it wraps, or else its own lines."""
    match = _WRAPS.search(data[:_HEAD])
    if match is None:
        found, _ = Walk(data, name).through()
        return Unwrapped("\n".join(lines_of(found.body.items)), is_page=False)
    return Unwrapped(_Unwrapping(data, name).through(), is_page=match.group(1) == b"html1")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group has set. `is_rendering`: words are those of the RTF that stands for what is wrapped."""

    font: int | None = None
    fallback: int = 1
    is_rendering: bool = False
    in_fonts: bool = False


class _Unwrapping:
    """Goes through one file."""

    def __init__(self, data: bytes, name: str) -> None:
        self._tokens = Tokens(data, name)
        self._characters = Characters()
        self._fonts = Fonts()
        self._state = _State()
        self._outer: list[_State] = []

    def through(self) -> str:
        """What is wrapped."""
        starred = False
        for token in self._tokens:
            if isinstance(token, Letters):
                if not (self._state.is_rendering or self._state.in_fonts):
                    self._characters.add(token.data, self._fonts.codec(self._state.font))
                continue
            if isinstance(token, Begin):
                self._characters.border()
                self._outer.append(self._state)
            elif isinstance(token, End):
                self._characters.border()
                self._state = self._outer.pop()
            else:
                self._hear(token, starred=starred)
            starred = isinstance(token, Word) and token.name == "*"
        return self._characters.take()

    def _hear(self, word: Word, *, starred: bool) -> None:
        name, number = word.name, word.number
        if name in _UNSEEN or (starred and name != "htmltag"):
            self._tokens.skip_group()
        elif name == "fonttbl":
            self._state = replace(self._state, in_fonts=True)
        elif self._state.in_fonts:
            self._fonts.hear_in_table(word)
        elif name == "htmlrtf":
            self._state = replace(self._state, is_rendering=number != 0)
        elif name == "f":
            self._state = replace(self._state, font=number)
        elif name == "plain":
            self._state = replace(self._state, font=None)
        elif name == "uc":
            self._state = replace(self._state, fallback=1 if number is None else number)
        elif name in HEAD:
            self._fonts.hear(word)
        elif not self._state.is_rendering:
            self._put(name, number)

    def _put(self, name: str, number: int | None) -> None:
        if name in _BREAKS:
            self._characters.put("\r\n")
        elif name in SIGNS:
            if not self._characters.is_fallback():
                self._characters.put(SIGNS[name])
        elif name == "u" and number is not None:
            self._characters.put_number(number, self._state.fallback)
