"""DuckDB as we open it: one that asks nothing of the network, and lets nobody change that.

By itself DuckDB fetches extensions when a query needs one. What is built in (Parquet, JSON, dates) is enough.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

MEMORY = "300MB"

_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": MEMORY,
    "threads": "1",  # the processes that lint have the others, and the order of rows is kept
}


def database(file: Path | None = None, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory, or in a file that is only read. What has no room in memory goes to `spill`."""
    place = ":memory:" if file is None else str(file)
    made = duckdb.connect(place, read_only=file is not None, config=dict(_ALONE))
    made.execute(f"SET temp_directory = {quoted('' if spill is None else str(spill))}")
    made.execute("SET enable_progress_bar = false")
    made.execute("SET lock_configuration = true")
    return made


def quoted(value: str) -> str:
    """A value as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def named(name: str) -> str:
    """The name of a column or table as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
