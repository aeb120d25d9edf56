"""Tells this program, as it stands on the disk, from any other: its version, and the times of its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import sos_lint


def program() -> bytes:
    """The version, and the size and time of each file, for those who work on it."""
    here = os.path.dirname(sos_lint.__file__)  # noqa: PTH120 (a start-up counts each of these)
    about = f"{sos_lint.__version__} {sys.version_info[:2]}"
    return "\n".join([about, *sorted(_stamps(here, ""))]).encode("utf-8", "surrogatepass")


def _stamps(folder: str, below: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{below}/{entry.name}"
            if entry.is_dir():
                yield from _stamps(entry.path, name)
            elif name.endswith(".py"):
                known = entry.stat()
                yield f"{name} {known.st_mtime_ns} {known.st_size}"
