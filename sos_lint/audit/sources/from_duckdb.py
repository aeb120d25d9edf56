"""Reads whatever else DuckDB opens by itself: its own databases, JSON, and packed .csv and .json."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from sos_lint.audit.arrow import incoming
from sos_lint.audit.columns import MAX_NOTE, Columns
from sos_lint.audit.database import database, named, quoted
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.chosen import chosen
from sos_lint.audit.sources.in_handfuls import ROWS
from sos_lint.errors import UnreadableFile
from sos_lint.readers import shown


def opened(path: Path, columns: Columns, how: How) -> Opened:
    """The table of that name in a database, or the one in a file."""
    try:
        file, table = _place(path, how)
        with closing(database(file)) as here:
            names = tuple(row[0] for row in here.execute(f"DESCRIBE SELECT * FROM {table}").fetchall())
    except duckdb.Error as error:
        hint = "Save it as Parquet or CSV."
        raise UnreadableFile(shown(str(path)), "DuckDB cannot read this file by itself.", hint) from error

    def count() -> int:
        with closing(database(file)) as here:
            found = here.execute(f"SELECT count(*) FROM {table}").fetchone()
            return int(found[0]) if found else 0

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        wanted = [named(name) for name in columns.named]
        with closing(database(file)) as here:
            try:
                read: Any = here.sql(f"SELECT {', '.join(wanted)} FROM {table}").to_arrow_reader(ROWS)
                yield from incoming(read, columns, first)
            except (duckdb.Error, pa.ArrowException) as error:
                raise UnreadableFile(shown(str(path)), "This file is damaged.", "") from error

    return Opened(names, count, batches)


def _place(path: Path, how: How) -> tuple[Path | None, str]:
    """The database to open, and what in it is read."""
    kinds = [suffix.lower() for suffix in path.suffixes if suffix.lower() not in (".gz", ".zst")]
    kind = kinds[-1] if kinds else ""
    if kind in (".csv", ".tsv"):
        encoding = f", encoding = {quoted(how.encoding)}" if how.encoding != "utf-8" else ""
        return None, f"read_csv({quoted(str(path))}, all_varchar = true{encoding})"
    if kind in (".json", ".jsonl", ".ndjson"):
        return None, f"read_json({quoted(str(path))}, maximum_object_size = {4 * MAX_NOTE})"
    with closing(database(path)) as here:
        tables = [
            row[0] for row in here.execute("SELECT table_name FROM information_schema.tables").fetchall()
        ]
    return path, named(chosen(sorted(tables), how.table, path))
