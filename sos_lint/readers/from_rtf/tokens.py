"""A file of RTF cut into groups, control words and characters (Rich Text Format 1.9.1, "Basic Entities")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.errors import UnreadableFile

START = b"{\\rtf"
AGAIN = "Open it in Word or LibreOffice and save it again, or ask for another copy."

_BEFORE = b"\xef\xbb\xbf \t\r\n\0"  # what may stand before the first group
_TOKEN = re.compile(
    rb"([^\\{}\r\n\0]+)"
    rb"|\\([a-zA-Z]+)(?:(-?\d{1,10})\d*)? ?"
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|([{}])"
    rb"|\\(.)"
    rb"|[\r\n\0]+",
    re.DOTALL,
)
_IN_SKIPPED = re.compile(rb"\\bin(\d{1,10})\d* ?|\\.|([{}])", re.DOTALL)
_DEEPEST = 1000  # groups inside one another
_MOST = 2_000_000  # tokens, without those that are passed over


class Begin:
    """A group begins."""


class End:
    """A group ends."""


class Word(NamedTuple):
    """A control word or a control symbol, with its number."""

    name: str
    number: int | None = None


class Letters(NamedTuple):
    """Characters, as bytes in whatever code page is in force."""

    data: bytes


BEGIN, END = Begin(), End()


class Tokens:
    """Gives the tokens of a file in order, to the end of its outermost group."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data.lstrip(_BEFORE)
        self._name = name
        self._at = 0
        self._depth = 0
        if not self._data.startswith(START):
            raise UnreadableFile(name, "This is not an RTF file, whatever its name says.", AGAIN)

    def __iter__(self) -> Iterator[Begin | End | Word | Letters]:
        for _ in range(_MOST):
            token = self._next()
            if token is not None:
                yield token
            if self._depth == 0:
                return
        raise UnreadableFile(
            self._name, "This RTF file holds more markup than any draft needs.", "Save it as .docx or .txt."
        )

    def skip_group(self) -> None:
        """Pass over the rest of the group at hand; its end is the next token."""
        inside = 0
        while match := _IN_SKIPPED.search(self._data, self._at):
            self._at = match.end()
            if match.group(1):
                self._pass_over(int(match.group(1)))
            elif match.group(2) == b"{":
                inside += 1
            elif match.group(2):
                if not inside:
                    self._at = match.start()
                    return
                inside -= 1
        raise self._cut_short()

    def _next(self) -> Begin | End | Word | Letters | None:
        match = _TOKEN.match(self._data, self._at)
        if match is None:
            raise self._cut_short()
        self._at = match.end()
        text, word, number, code, brace, symbol = match.groups()
        if text is not None:
            return Letters(text)
        if word is not None:
            said = Word(word.decode("ascii"), None if number is None else int(number))
            if said.name == "bin":
                self._pass_over(said.number or 0)
            return said
        if code is not None:
            return Letters(bytes([int(code, 16)]))
        if brace == b"{":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise UnreadableFile(self._name, "This RTF file is nested too deeply.", AGAIN)
            return BEGIN
        if brace is not None:
            self._depth -= 1
            return END
        return None if symbol is None else Word(symbol.decode("latin-1"))

    def _pass_over(self, count: int) -> None:
        """Pass over bytes of a picture or the like, which are not escaped."""
        self._at += max(0, count)
        if self._at >= len(self._data):
            raise self._cut_short()

    def _cut_short(self) -> UnreadableFile:
        return UnreadableFile(self._name, "This RTF file is damaged or cut short.", AGAIN)
