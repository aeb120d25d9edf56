"""The folder of an audit while one is at work in it: nobody else is, and what has no room is told clearly."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from sos_lint.errors import BadOption
from sos_lint.readers import shown

_WAIT = 3.0  # seconds for the processes of a run that was killed to be gone, too
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def at_work(out: Path) -> Iterator[None]:
    """Work in this folder, made where it is not there.

    Raises BadOption where nothing can be kept in it, or not all, or where another audit is at work.
    """
    name = shown(str(out))
    is_new = not out.exists()
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = _locked(out)
    except BlockingIOError as error:
        hint = "Wait until it is done, or choose another folder with --out."
        raise BadOption(name, "another audit is at work in this folder.", hint) from error
    except OSError as error:
        raise BadOption(name, "nothing can be kept in this folder.", "Choose another.") from error
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, duckdb.IOException) as error:
        hint = "Mend that, and give the same command again: it goes on where it stopped."
        raise BadOption(name, f"not all could be written into this folder: {_why(error)}.", hint) from error
    finally:
        if handle is not None:
            os.close(handle)
        if is_new:
            with suppress(OSError):  # it goes only where it was left empty
                out.rmdir()


def _why(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else errno.ENOSPC
    return "the disk is full" if number is None or number in _FULL else os.strerror(number).lower()


def _locked(out: Path) -> int | None:
    """A handle that keeps others out until it is closed; None where the system or the disk has no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(out, os.O_RDONLY)
    until = time.monotonic() + _WAIT
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return handle
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise
        return None
