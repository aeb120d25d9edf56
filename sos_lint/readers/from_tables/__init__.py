"""Reads tables of notes: text with delimiters (.csv, .tsv) and Excel workbooks (.xlsx, .xlsm).

Of each row, the cells of the chosen columns are read, each as a text of its own. `cells` cuts delimited text,
`workbook` opens Excel files, `columns` finds the row that names the columns, `notes` writes the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import in_force, raised
from sos_lint.readers.build import Builder
from sos_lint.readers.decode import decode
from sos_lint.readers.from_tables.cells import QUOTE, BadRow, records, too_long
from sos_lint.readers.from_tables.columns import LOOKED_AT, Header, Row, best, find_header, unknown
from sos_lint.readers.from_tables.notes import write_note
from sos_lint.readers.from_tables.workbook import Sheet, Workbook
from sos_lint.readers.paragraph import Piece
from sos_lint.text import Range

_DELIMITERS = ",;\t|"
_SAYS = re.compile(
    r"sep=([^\w\s\"]|\t)(?:\r\n?|\n)", re.IGNORECASE
)  # Excel's own first line, not a row to it


def read_csv(data: bytes, name: str, columns: Sequence[str]) -> Document:
    """The document in some text with commas, semicolons, tabs or bars between its cells.

    Which they are is found by the names of the columns: the sign with which they stand in a row.
    """
    source = decode(data, name)
    says = _SAYS.match(source)
    return _read_cells(source, name, columns, says[1] if says else _DELIMITERS, says.end() if says else 0)


def read_tsv(data: bytes, name: str, columns: Sequence[str]) -> Document:
    """The document in some text with tabs between its cells."""
    return _read_cells(decode(data, name), name, columns, "\t", 0)


class _Layout(NamedTuple):
    """A sign between cells, and the row that names the columns when it is used."""

    delimiter: str
    header: Header


def _read_cells(source: str, name: str, columns: Sequence[str], delimiters: str, start: int) -> Document:
    layouts = [_Layout(sign, _header(source, sign, start, columns)) for sign in delimiters]
    delimiter, header = max(layouts, key=lambda layout: best(layout.header))
    if header.missing or not columns:
        if header.broken:
            raise _bad_row(name, header.broken)
        raise unknown(name, header, columns)
    builder = Builder(name, source)
    chosen = [(number, f"column “{column}”") for number, column in header.chosen]
    try:
        for row, cells in enumerate(records(source, delimiter, start), 1):
            if row <= header.row:
                continue
            if len(cells) > header.width and any(cell.has_words for cell in cells[header.width :]):
                raise UnreadableFile(
                    name,
                    f"Row {row:,} has more cells than row {header.row:,}, which names the columns.",
                    "Words with commas, or what else stands between cells, need quotation marks around them.",
                )
            for number, column in chosen:
                if number < len(cells):
                    write_note(builder, cells[number].pieces(source), f"row {row:,}, {column}")
    except BadRow as fault:
        raise _bad_row(name, fault) from fault
    return _with_words(builder.document(barred=delimiter + QUOTE), name)


def _header(source: str, delimiter: str, start: int, columns: Sequence[str]) -> Header:
    rows = (
        (row, [(number, cell.words(source)) for number, cell in enumerate(cells)])
        for row, cells in enumerate(records(source, delimiter, start), 1)
    )
    return find_header(rows, columns)


def read_workbook(data: bytes, name: str, columns: Sequence[str]) -> Document:
    """The document in the sheets of an Excel workbook that have the columns. Nothing in it can be changed."""
    workbook = Workbook(data, name)
    sheets = [_Table.of(sheet, workbook, columns) for sheet in workbook.sheets]
    lacking = [column for column in columns if all(column in one.header.missing for one in sheets)]
    if lacking or not columns:
        names = dict.fromkeys(each for one in sheets for each in one.header.names)
        raise unknown(name, Header(names=tuple(names), missing=tuple(lacking)), columns)
    builder = Builder(name, None)
    length = 0
    for sheet, header, rows in sheets:
        for row, cells in rows if header.chosen else ():
            if row > in_force().rows:
                raise _bad_row(name, too_long())
            words_by_column = dict(cells) if row > header.row else {}
            for number, column in header.chosen:
                words = words_by_column.get(number, "")
                at = Range(length, length + len(words))
                length = at.end
                if length > in_force().unpacked_in_bytes:  # cells of a workbook may share theirs
                    raise _too_many_words(name)
                place = f"row {row:,}, column “{column}”"
                if len(sheets) == 1:
                    write_note(builder, [Piece(words, at)], place)
                else:
                    where, named = f"sheet {sheet.number}, {place}", f"sheet “{sheet.name}”, {place}"
                    write_note(builder, [Piece(words, at)], where, named)
    return _with_words(builder.document(fixed=True), name)


class _Table(NamedTuple):
    """A sheet, the row that names its columns, and all its rows, to be gone through once."""

    sheet: Sheet
    header: Header
    rows: Iterator[Row]

    @classmethod
    def of(cls, sheet: Sheet, workbook: Workbook, columns: Sequence[str]) -> _Table:
        """The table on a sheet."""
        rows = workbook.rows(sheet)
        top = list(islice(rows, LOOKED_AT))
        return cls(sheet, find_header(top, columns), chain(top, rows))


def _with_words(document: Document, name: str) -> Document:
    if not document.blocks:
        raise UnreadableFile(
            name, "The columns of notes hold no words.", "Check that they are the right ones."
        )
    return document


def _bad_row(name: str, fault: BadRow) -> UnreadableFile:
    return UnreadableFile(name, fault.sentence, fault.hint)


def _too_many_words(name: str) -> UnreadableFile:
    sentence = f"The notes in this workbook come to more than {in_force().unpacked} MB."
    return UnreadableFile(name, sentence, f"Split it, {raised('unpacked')}.")
