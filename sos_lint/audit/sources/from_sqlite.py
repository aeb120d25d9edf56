"""Reads a table of a SQLite database, by Python's own library. The database is only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from sos_lint.audit.columns import Columns, Row, row_of
from sos_lint.audit.database import named
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.chosen import chosen
from sos_lint.audit.sources.in_handfuls import in_handfuls
from sos_lint.errors import UnreadableFile


def opened(path: Path, columns: Columns, how: How) -> Opened:
    """The table of that name in a database; the only one, where it has but one."""
    try:
        with closing(_connected(path)) as database:
            listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
            tables = [_word(name) for (name,) in database.execute(listed)]
            table = chosen([name for name in tables if not name.startswith("sqlite_")], how.table, path)
            names = tuple(_word(row[1]) for row in database.execute(f"PRAGMA table_info({named(table)})"))
    except sqlite3.Error as error:
        raise UnreadableFile(str(path), "This database cannot be read.", "It may be locked.") from error

    def count() -> int:
        with closing(_connected(path)) as database:
            return int(database.execute(f"SELECT count(*) FROM {named(table)}").fetchone()[0])

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        return in_handfuls(_rows(path, table, columns), columns, first)

    return Opened(names, count, batches)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
    database.text_factory = bytes  # words that are not UTF-8 are a fault of their row
    return database


def _word(name: bytes | str) -> str:
    return name.decode("utf-8", "backslashreplace") if isinstance(name, bytes) else name


def _rows(path: Path, table: str, columns: Columns) -> Iterator[Row]:
    wanted = ", ".join("NULL" if name is None else named(name) for name in columns[:4])
    with closing(_connected(path)) as database:
        try:
            for note, id, group, date in database.execute(f"SELECT {wanted} FROM {named(table)}"):
                yield row_of(id, group, date, note, columns.date_format)
        except sqlite3.Error as error:
            raise UnreadableFile(str(path), "This database is damaged.", "") from error
