"""Keeps bytes under names in one file that several processes share, and no more than there is room for.

It is SQLite's: a file for each entry would have to be opened for each. Whatever is wrong with it, nothing is
found and nothing kept, and nobody is told; one that is broken is begun anew. Imported with the first use.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.digest import blake2b

if TYPE_CHECKING:
    from sqlite3 import Connection

_PATIENCE = 5.0  # seconds that one process waits for another
_WAITING = 500  # entries that are put there together
_DAY = 24 * 60 * 60
_MARK = 8  # bytes of the digest by which half an entry is known: the disk is not waited for
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name BLOB PRIMARY KEY, used INTEGER, data BLOB) WITHOUT ROWID"


class Room(NamedTuple):
    """How many entries, and bytes of file, there may be. Where there are more, the older half is dropped."""

    entries: int
    size: int


class Shelf:
    """The entries of one file. It is opened with its first use, and again after it was closed."""

    def __init__(self, path: Path, room: Room) -> None:
        self._path = path
        self._room = room
        self._connection: Connection | None = None
        self._is_broken = False
        self._new: dict[bytes, bytes] = {}
        self._used: list[bytes] = []

    def entry(self, name: bytes) -> bytes | None:
        """What is kept under a name."""
        if name in self._new:
            return self._new[name]
        with self._forgiving():
            found = self._opened().execute("SELECT used, data FROM kept WHERE name = ?", (name,)).fetchone()
            if found is None:
                return None
            used, data = found
            if used != _today():
                self._used.append(name)
            mark, kept = bytes(data[:_MARK]), bytes(data[_MARK:])
            return kept if mark == _mark(name, kept) else None
        return None

    def put(self, name: bytes, data: bytes) -> None:
        """Keep something under a name, from the next time that the shelf is closed at the latest."""
        self._new[name] = data
        if len(self._new) >= _WAITING:
            self._write()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Many entries are asked for, one after another: others may not write meanwhile."""
        with self._forgiving():
            self._opened().execute("BEGIN")
        try:
            yield
        finally:
            with self._forgiving():
                if self._connection is not None and self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        if self._new or self._used:
            self._write()
        if self._connection is not None:
            with self._forgiving():
                self._connection.close()
            self._connection = None

    def _write(self) -> None:
        today = _today()
        new = [(name, today, _mark(name, data) + data) for name, data in self._new.items()]
        used = [(today, name) for name in self._used]
        self._new, self._used = {}, []
        with self._forgiving():
            connection = self._opened()
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany("UPDATE kept SET used = ? WHERE name = ?", used)
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", new)
                if new:
                    self._make_room(connection)
            finally:
                connection.execute("COMMIT")

    def _make_room(self, connection: Connection) -> None:
        (count,) = connection.execute("SELECT count(*) FROM kept").fetchone()
        pages, free, page = (
            connection.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_count", "freelist_count", "page_size")
        )
        if count > self._room.entries or (pages - free) * page > self._room.size:
            oldest = "SELECT name FROM kept ORDER BY used LIMIT ?"
            connection.execute(f"DELETE FROM kept WHERE name IN ({oldest})", (count - count // 2,))

    def _opened(self) -> Connection:
        if self._is_broken:
            raise OSError("it could not be opened before")
        if self._connection is None:
            import sqlite3

            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))  # else others might read it
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute(_TABLE)
        return self._connection

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """What cannot be read or written is done without; a file that is no shelf, or torn, goes."""
        try:
            yield
        except (OSError, ImportError):
            self._is_broken = True
        except Exception as error:
            import sqlite3

            if not isinstance(error, (sqlite3.Error, ValueError, TypeError)):
                raise
            self._is_broken = True
            if not isinstance(error, sqlite3.OperationalError):  # such as another process that takes long
                with contextlib.suppress(OSError, ValueError):
                    self._path.unlink(missing_ok=True)


def _mark(name: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=_MARK, key=name).digest()


def _today() -> int:
    return int(time.time()) // _DAY
