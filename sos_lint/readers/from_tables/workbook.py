"""Opens an Excel workbook (.xlsx, .xlsm): its sheets in order, and the words in their cells.

Only words count as cells: numbers, dates and faults are no notes. A sheet that is hidden is not read, as
nobody sees it; a row that a filter hides is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sos_lint.errors import UnreadableFile
from sos_lint.readers.archive import Archive
from sos_lint.readers.xml_names import value

_COMPOUND = b"\xd0\xcf\x11\xe0"  # an OLE file: a .xls, or an encrypted .xlsx
_AGAIN = "Open it in Excel and save it again as .xlsx, or ask for another copy."
_BOOK = "xl/workbook.xml"
_WORDS = frozenset({"s", "str", "inlineStr"})  # the kinds of cell that hold some
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Sheet(NamedTuple):
    """A sheet that can be seen: its number among all the tabs, from 1, its name, and its part of the file."""

    number: int
    name: str
    part: str


class Workbook(Archive):
    """The sheets of one Excel file. Whatever is wrong with it is an `UnreadableFile`."""

    def __init__(self, data: bytes, name: str) -> None:
        if data.startswith(_COMPOUND):
            raise UnreadableFile(
                name,
                "This file is locked with a password, or is an old .xls.",
                "Open it in Excel, remove the password and save it as .xlsx.",
            )
        super().__init__(data, name, kind="Excel", ending=".xlsx", again=_AGAIN)
        main = self.main_part(_BOOK)
        book = self.part(main) if main is not None else None
        if main is None or book is None:
            raise UnreadableFile(name, "This file has no Excel workbook in it.", _AGAIN)
        related = self.related(main)
        self.sheets = tuple(_sheets(book, related))
        self._strings_part = next((part for kind, part in related.values() if kind == "sharedStrings"), "")
        self._strings: list[str] | None = None

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """The rows of a sheet that hold words: their numbers, and the words with their columns, from 0."""
        last = 0
        for row in self.elements(sheet.part, "row"):
            given = row.get("r", "")
            last = int(given[:9]) if given.isascii() and given.isdigit() else last + 1
            cells = list(self._cells(row))
            if cells:
                yield last, cells

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, str]]:
        column = -1
        for cell in row:
            given = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _number(given[1]) if given else column + 1
            words = self._words(cell)
            if words.strip():
                yield column, words

    def _words(self, cell: etree._Element) -> str:
        kind = cell.get("t")
        if kind not in _WORDS:
            return ""
        for inner in cell:
            if _is(inner, "is"):
                return _words_in(inner)
            if _is(inner, "v"):
                written = inner.text or ""
                return self._shared(written) if kind == "s" else _unescaped(written)
        return ""

    def _shared(self, number: str) -> str:
        """The words with a number that cells share."""
        if self._strings is None:
            self._strings = [_words_in(item) for item in self.elements(self._strings_part, "si")]
        if not (number.isascii() and number.isdigit()):
            return ""
        return self._strings[int(number[:9])] if int(number[:9]) < len(self._strings) else ""


def _sheets(book: etree._Element, related: Mapping[str, tuple[str, str]]) -> Iterator[Sheet]:
    for number, sheet in enumerate(book.iterfind("{*}sheets/{*}sheet"), 1):
        kind, part = related.get(value(sheet, "r:id") or "", ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            yield Sheet(number, " ".join(sheet.get("name", "").split()), part)


def _words_in(item: etree._Element) -> str:
    """The words of a string, however many formats it has; not how they are said (furigana)."""
    runs = (inner for run in item for inner in (run if _is(run, "r") else (run,)) if _is(inner, "t"))
    return _unescaped("".join(run.text or "" for run in runs))


def _is(element: etree._Element, name: str) -> bool:
    """True for an element of this name, whichever of Excel's two namespaces it is in."""
    return str(element.tag).rpartition("}")[2] == name


def _unescaped(words: str) -> str:
    """The words with the signs that Excel writes by number (`_x000D_`)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


def _number(letters: str) -> int:
    """The number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
