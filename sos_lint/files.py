"""Opens files that anybody may have put there: ordinary ones, and no more of each than was said.

A pipe would keep us waiting for ever, and a device has no end. Whether a file is one is asked of what was
opened, not of its name, which somebody may have given to something else in between.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_HOW = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)

_MORE = 64 * 1024  # bytes that are asked for at a time, beyond those that a file said to hold


class NotOrdinary(OSError):
    """What is there is no ordinary file; `is_folder` where it is a folder."""

    def __init__(self, path: str, *, is_folder: bool) -> None:
        why = "it is a folder" if is_folder else "it is not an ordinary file"
        super().__init__(errno.EINVAL, why, path)
        self.is_folder = is_folder


class TooBig(OSError):
    """There is more in the file than may be read."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(errno.EFBIG, f"it holds more than {most:,} bytes", path)


def bytes_in(path: Path | str, most: int) -> bytes:
    """What an ordinary file holds, at most so many bytes; raises OSError."""
    _check(path, os.stat(path))  # noqa: PTH116 (before it is opened: with some devices that does something)
    with os.fdopen(os.open(path, _HOW), "rb", buffering=0) as file:
        known = os.fstat(file.fileno())
        _check(path, known)
        data = file.read(min(known.st_size, most) + 1)  # room is made for what is there, not for the most
        while len(data) <= most and (more := file.read(min(_MORE, most + 1 - len(data)))):
            data += more
    if len(data) > most:
        raise TooBig(str(path), most)
    return data


def _check(path: Path | str, known: os.stat_result) -> None:
    if not stat.S_ISREG(known.st_mode):
        raise NotOrdinary(str(path), is_folder=stat.S_ISDIR(known.st_mode))
