"""Reads a sheet of an Excel workbook, with its numbers and dates, by openpyxl."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from sos_lint.audit.columns import Columns, Row, row_of
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.chosen import chosen
from sos_lint.audit.sources.in_handfuls import in_handfuls
from sos_lint.errors import UnreadableFile
from sos_lint.readers import shown

_MOST = 2 * 1024**3  # bytes that a workbook may unpack to: openpyxl has no limit of its own
_AGAIN = "Open it in Excel and save it again as .xlsx."


def opened(path: Path, columns: Columns, how: How) -> Opened:
    """The sheet of that name in a workbook; the only one, where it has but one."""
    with closing(_book(path)) as book:
        sheet = chosen(book.sheetnames, how.table, path)
        names = tuple(_heads(book, sheet))

    def count() -> int:
        return sum(1 for _ in _rows(path, sheet, columns))

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        return in_handfuls(_rows(path, sheet, columns), columns, first)

    return Opened(names, count, batches)


def _book(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST:
                raise UnreadableFile(shown(str(path)), "This workbook unpacks to over 2 GB.", "Split it.")
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile(shown(str(path)), "This is no Excel workbook.", _AGAIN) from error


def _heads(book: Any, sheet: str) -> list[str]:
    first = next(book[sheet].iter_rows(values_only=True), ())
    return ["" if name is None else str(name).strip() for name in first]


def _rows(path: Path, sheet: str, columns: Columns) -> Iterator[Row]:
    with closing(_book(path)) as book:
        heads = _heads(book, sheet)
        at = [heads.index(name) if name in heads else None for name in columns[:4]]
        for cells in book[sheet].iter_rows(min_row=2, values_only=True):
            if any(cell is not None for cell in cells):
                note, id, group, date = (cells[n] if n is not None and n < len(cells) else None for n in at)
                yield row_of(id, group, date, note, columns.date_format)
