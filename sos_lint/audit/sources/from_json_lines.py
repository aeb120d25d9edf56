"""Reads lines of JSON (.jsonl, .ndjson), each an object with the columns as its keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from sos_lint.audit.columns import BROKEN_ROW, Columns, Row, row_of
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.in_handfuls import in_handfuls

_LOOKED_AT = 1_000  # rows that tell which columns there are


def opened(path: Path, columns: Columns, how: How) -> Opened:
    """The table in a file of JSON lines."""
    seen = [found for line in islice(_lines(path), _LOOKED_AT) if (found := _object(line, how))]
    names = tuple(dict.fromkeys(str(name) for found in seen for name in found))

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        return in_handfuls((_row(line, columns, how) for line in _lines(path)), columns, first)

    return Opened(names, lambda: sum(1 for _ in _lines(path)), batches)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in file if line.strip())


def _object(line: bytes, how: How) -> dict[str, object] | None:
    try:
        read = json.loads(line.decode(how.encoding, "surrogateescape"))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _row(line: bytes, columns: Columns, how: How) -> Row:
    found = _object(line, how)
    if found is None:
        return Row(None, None, None, None, (BROKEN_ROW,))
    note, id, group, date = (found.get(name) if name else None for name in columns[:4])
    return row_of(id, group, date, note, columns.date_format)
