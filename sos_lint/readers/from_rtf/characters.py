"""The characters of a file of RTF: bytes in the code page of a font, numbers of Unicode, named signs."""

from __future__ import annotations

import re

from sos_lint.readers.code_pages import MAC, codec_of
from sos_lint.readers.from_rtf.tokens import Word

# Control words and symbols that stand for a character.
SIGNS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "~": "\u00a0",
    "_": "-",
    "\\": "\\",
    "{": "{",
    "}": "}",
}

_WESTERN, _SYMBOLS = "cp1252", "symbols"
_OF_MACHINE = {"mac": MAC, "pc": 437, "pca": 850}
HEAD = frozenset({"deff", "ansicpg", *_OF_MACHINE})  # what `Fonts.hear` knows
_OF_FONT = {
    0: _WESTERN, 2: _SYMBOLS, 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")


class Fonts:
    """Knows in which code page the characters of each font are."""

    def __init__(self) -> None:
        self._first: int | None = None  # the font of words that name none
        self._default = _WESTERN
        self._of: dict[int | None, str] = {}
        self._at_hand: int | None = None

    def hear(self, word: Word) -> None:
        """Take what the head of a file says of its characters as a whole."""
        if word.name == "deff":
            self._first = word.number
        else:
            page = word.number if word.name == "ansicpg" else _OF_MACHINE.get(word.name)
            self._default = codec_of(page or 0) or self._default

    def hear_in_table(self, word: Word) -> None:
        """Take what the table of fonts says."""
        if word.name == "f":
            self._at_hand = word.number
        elif word.name == "fcharset" and word.number in _OF_FONT:
            self._of.setdefault(self._at_hand, _OF_FONT[word.number])
        elif word.name == "cpg" and (codec := codec_of(word.number or 0)):
            self._of[self._at_hand] = codec

    def codec(self, font: int | None) -> str:
        """The name of the encoding of a font's characters."""
        return self._of.get(self._first if font is None else font, self._default)


class Characters:
    """Gathers characters until they are taken."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._codec = _WESTERN
        self._to_drop = 0

    def add(self, data: bytes, codec: str) -> None:
        """Add bytes in an encoding. A character may have its bytes in several tokens."""
        if self._to_drop:
            dropped = min(self._to_drop, len(data))
            self._to_drop -= dropped
            data = data[dropped:]
        if codec != self._codec:
            self._settle()
            self._codec = codec
        self._bytes += data

    def put(self, words: str) -> None:
        """Add characters."""
        self._settle()
        self._parts.append(words)

    def put_number(self, number: int, fallback: int) -> None:
        """Add a character by its number, which so many characters for older readers follow."""
        code = number + 0x10000 if number < 0 else number
        if 0 <= code <= 0x10FFFF:
            self.put(chr(code))
        self._to_drop = fallback

    def is_fallback(self) -> bool:
        """True for a sign that is itself one of the characters for older readers."""
        if not self._to_drop:
            return False
        self._to_drop -= 1
        return True

    def border(self) -> None:
        """A group begins or ends: no character for older readers lies beyond it."""
        self._to_drop = 0

    def take(self) -> str:
        """What was gathered."""
        if not self._parts and not self._bytes:
            return ""
        self._settle()
        words = "".join(self._parts)
        self._parts = []
        if _SURROGATES.search(words):  # a sign such as 😀 is written as two numbers
            words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return words

    def _settle(self) -> None:
        if self._bytes:
            self._parts.append(_decoded(bytes(self._bytes), self._codec))
            self._bytes.clear()


def _decoded(data: bytes, codec: str) -> str:
    if codec == _SYMBOLS:  # as Word has them in Unicode
        return "".join(chr(0xF000 + byte) if byte > 0x20 else " " for byte in data)
    return data.decode(codec, "replace")
