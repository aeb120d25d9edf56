"""Reads tables of notes, whatever they are kept in, as Arrow batches (see `arrow.INCOMING`).

Each kind of file has its own module, which says which columns a file has, how many rows, and gives the rows
a few at a time, in the same order each time. What is wrong with a row goes with the row; what is wrong with
a file is a fault of that file, and the others are read.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sos_lint.audit.columns import Columns
from sos_lint.errors import BadOption, SosLintError, UnreadableFile, nearest
from sos_lint.readers import shown


class How(NamedTuple):
    """How tables are read: which of several in a file, and what text that is not UTF-8 is written in."""

    table: str | None = None
    encoding: str = "utf-8"


class Opened(NamedTuple):
    """A file that was looked at: the names of its columns, the number of its rows, and the rows.

    `batches` is given the number of the first row.
    """

    names: tuple[str, ...]
    rows: Callable[[], int]
    batches: Callable[[int], Iterator[pa.RecordBatch]]


Opener = Callable[[Path, Columns, How], Opened]


def _parquet(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_parquet

    return from_parquet.opened(path, columns, how)


def _delimited(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_delimited

    return from_delimited.opened(path, columns, how)


def _json_lines(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_json_lines

    return from_json_lines.opened(path, columns, how)


def _workbook(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_workbook

    return from_workbook.opened(path, columns, how)


def _sqlite(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_sqlite

    with path.open("rb") as file:
        is_sqlite = file.read(16) == b"SQLite format 3\0"
    return (from_sqlite.opened if is_sqlite else _duckdb)(path, columns, how)


def _duckdb(path: Path, columns: Columns, how: How) -> Opened:
    from sos_lint.audit.sources import from_duckdb

    return from_duckdb.opened(path, columns, how)


ENDINGS: dict[str, Opener] = {
    ".parquet": _parquet,
    ".pq": _parquet,
    ".csv": _delimited,
    ".tsv": _delimited,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".sqlite": _sqlite,
    ".sqlite3": _sqlite,
    ".db": _sqlite,
    ".duckdb": _duckdb,
    ".json": _duckdb,
    ".gz": _duckdb,
    ".zst": _duckdb,
}


class Fault(NamedTuple):
    """A file that could not be read, or not to its end."""

    name: str
    message: str


class Table:
    """The rows of one or more files, as one table. `faults` are the files that cannot be read (to the end).

    Raises BadOption where no file can be read at all, or where none has the columns.
    """

    def __init__(self, source: str, columns: Columns, how: How | None = None) -> None:
        self.files = tuple(_files(source))
        self.columns = columns
        self.faults: list[Fault] = []
        self._opened: list[tuple[Path, Opened]] = []
        self._how = how or How()
        refused: list[SosLintError] = []
        for path in self.files:
            try:
                self._opened.append((path, self._open(path)))
            except SosLintError as fault:
                refused.append(fault)
                self.faults.append(Fault(shown(str(path)), f"{fault.sentence} {fault.hint}".strip()))
        if not self._opened:
            first = refused[0]
            raise BadOption(first.place, first.sentence, first.hint) from first

    def _open(self, path: Path) -> Opened:
        name = shown(str(path))
        try:
            opened = ENDINGS[path.suffix.lower()](path, self.columns, self._how)
        except (OSError, pa.ArrowException) as error:
            raise UnreadableFile(name, "This file cannot be opened as what its name says.", "") from error
        for wanted in self.columns.named:
            if wanted not in opened.names:
                hint = nearest(wanted, opened.names) or _listed(opened.names)
                raise UnreadableFile(name, f"There is no column “{shown(wanted)}” in this table.", hint)
        return opened

    def count(self) -> int:
        """How many rows there are."""
        return sum(opened.rows() for _, opened in self._opened)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, numbered through from 1."""
        first = 1
        for path, opened in self._opened:
            try:
                for batch in opened.batches(first):
                    first += batch.num_rows
                    yield batch
            except (OSError, pa.ArrowException, SosLintError):
                said = "This file is damaged: it was read as far as it goes."
                self.faults.append(Fault(shown(str(path)), said))


def _listed(names: tuple[str, ...]) -> str:
    if not names:
        return "There is nothing in this file."
    some = ", ".join(f"“{shown(name)}”" for name in names[:8])
    return f"It has {some}{', …' if len(names) > 8 else '.'}"


def _files(source: str) -> Iterator[Path]:
    """The files that a source names: itself, those in a folder, or those of a pattern. Never a server."""
    given = Path(source)
    if given.is_dir():
        found = sorted(path for path in given.rglob("*") if path.suffix.lower() in ENDINGS and _is_seen(path))
        if not found:
            kinds = ", ".join(ENDINGS)
            raise BadOption(shown(source), "there is no table in this folder.", f"Tables end in {kinds}.")
        yield from found
    elif given.exists():
        if given.suffix.lower() not in ENDINGS:
            kinds = ", ".join(ENDINGS)
            raise BadOption(shown(source), "this is no table that can be read.", f"Tables end in {kinds}.")
        yield given
    else:
        found = sorted(map(Path, glob.glob(source, recursive=True)))  # noqa: PTH207 (it may begin at the root)
        found = [path for path in found if path.suffix.lower() in ENDINGS]
        if not found:
            raise BadOption(shown(source), "there is no such file or folder.", "Check the spelling.")
        yield from found


def _is_seen(path: Path) -> bool:
    hidden = any(
        part.startswith((".", "_")) for part in path.parts[-3:]
    )  # Spark writes `_SUCCESS` and `.crc`
    return not hidden and os.path.isfile(path)  # noqa: PTH113
