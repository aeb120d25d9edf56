"""Reads text with delimiters (.csv, .tsv) row by row, so that one bad row is one bad row.

Excel's own signs between cells are known by the first row, which names the columns. Nothing is guessed of
the values: no number is made of an id, no date of what may be one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from sos_lint.audit.columns import BROKEN_ROW, Columns, Row, row_of
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.in_handfuls import in_handfuls
from sos_lint.errors import BadOption

_SIGNS = ",;\t|"
_LONGEST = 64 * 1024 * 1024  # characters in a cell: past it, a quotation mark was never closed


def opened(path: Path, columns: Columns, how: How) -> Opened:
    """The table in a file of delimited text."""
    with _text(path, how) as file:
        line = file.readline()
    signs = "\t" if path.suffix.lower() == ".tsv" else _SIGNS
    heads = {sign: next(csv.reader([line], delimiter=sign), []) for sign in signs}
    sign = max(signs, key=lambda sign: (sum(name in heads[sign] for name in columns.named), len(heads[sign])))
    names = tuple(heads[sign])

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        return in_handfuls(_rows(path, columns, how, sign), columns, first)

    return Opened(names, lambda: sum(1 for _ in _cells(path, how, sign)), batches)


def _rows(path: Path, columns: Columns, how: How, sign: str) -> Iterator[Row]:
    at: list[int | None] = [None] * 4
    with _text(path, how) as file:
        head = next(csv.reader(file, delimiter=sign), [])
        at = [head.index(name) if name in head else None for name in columns[:4]]
    for cells in _cells(path, how, sign):
        if cells is None:
            yield Row(None, None, None, None, (BROKEN_ROW,))
            continue
        note, id, group, date = (cells[n] if n is not None and n < len(cells) else None for n in at)
        row = row_of(id, group, date, note, columns.date_format)
        unequal = len(cells) != len(head)
        yield row._replace(text=None, problems=(BROKEN_ROW,)) if unequal else row


def _cells(path: Path, how: How, sign: str) -> Iterator[list[str] | None]:
    """The cells of each row under the first; None for one that cannot be cut."""
    before = csv.field_size_limit(_LONGEST)
    try:
        with _text(path, how) as file:
            reader = csv.reader(file, delimiter=sign)
            next(reader, None)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield None
                    continue
                if cells:
                    yield cells
    finally:
        csv.field_size_limit(before)


def _text(path: Path, how: How) -> TextIO:
    encoding = "utf-8-sig" if how.encoding == "utf-8" else how.encoding
    try:
        return path.open(encoding=encoding, errors="surrogateescape", newline="")
    except LookupError as error:
        hint = "Excel's on Windows is cp1252."
        raise BadOption("--encoding", f"no encoding is called “{how.encoding}”.", hint) from error
