"""Files of RTF, made of the words and groups that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\ftech\fcharset2 Symbol;}{\f2\fcharset204 Arial;}}"
_SPECIAL = str.maketrans({"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab "})


def rtf(body: str, head: str = "") -> bytes:
    """A file with this body; `head` stands before it, as style sheets do."""
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{head}{body}}}".encode("ascii")


def escaped(words: str) -> str:
    """The words as RTF, each sign that is not ASCII by its number."""
    return "".join(c if c.isascii() else by_number(c) for c in words.translate(_SPECIAL))


def by_number(character: str, fallback: str = "?") -> str:
    """A character by its number in Unicode, or by two where it needs them."""
    units = character.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(rf"\u{number}{fallback}" for number in numbers)


def paragraph(inside: str, more: str = "") -> str:
    """A paragraph of RTF; `more` is what it says of itself."""
    return rf"\pard\plain{more} {inside}\par" + "\n"


def paragraphs(pages: Iterable[Sequence[str]]) -> bytes:
    """A file of paragraphs of lines."""
    return rtf("".join(paragraph(r"\line ".join(map(escaped, lines))) for lines in pages))


def row(*cells: str, borders: Sequence[str | int] = (), more: str = "") -> str:
    """A row of a table. `borders` are the right borders of its cells, or what stands before one."""
    ends = "".join(rf"\cellx{one}" if isinstance(one, int) else one for one in borders or _even(len(cells)))
    inside = "".join(rf"\pard\intbl {cell}\cell" for cell in cells)
    return rf"\trowd{more}{ends}{inside}\row" + "\n"


def _even(count: int) -> list[int]:
    return [1000 * number for number in range(1, count + 1)]


def inner_row(*cells: str) -> str:
    """A row of a table in a cell, as Word writes it."""
    inside = "".join(rf"\pard\intbl\itap2 {cell}\nestcell{{\nonesttables\par}}" for cell in cells)
    ends = "".join(rf"\cellx{border}" for border in _even(len(cells)))
    return rf"{inside}{{\*\nesttableprops\trowd{ends}\nestrow}}{{\nonesttables\par}}"
