"""Puts new bytes in the place of a file, whole or not at all.

Whatever happens (a full disk, an interrupt, a power cut), the file is afterwards what it was or what it
was to become, and no copy of its words stays behind. Who is ended by force leaves one at most, which only its
owner can read; the next to write in that folder takes it away. What hinders the work is a `SosLintError`. A
file that has several names by hard links keeps its old content under the others.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import signal
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import FrameType

from sos_lint.deadline import let_finish
from sos_lint.errors import SosLintError
from sos_lint.files import NotOrdinary, TooBig, bytes_in
from sos_lint.readers import shown

_NEW = ".sos-lint"
_OURS = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(_NEW)}")
_A_MINUTE, _AN_HOUR = 60, 3600  # seconds
_ENDING = ("SIGTERM", "SIGHUP")  # signals that end a process without clearing up, unless told otherwise
_COPY = "Save your changes under another name, or copy the draft to a folder of your own."


def save(path: Path, data: bytes | Iterable[bytes], *, was: bytes | None) -> None:
    """Make `data`, whole or in pieces, the content of the file; of a symbolic link, that of its target.

    A link out of its own folder is not followed: a folder of somebody else's may hold one to anywhere.
    `was` is what was read from it: another content by now is a fault. With None the file may be new, and
    whatever stands in it is replaced. Permissions are kept, and the owner where that is possible.
    """
    name = shown(str(path))
    let_finish()
    try:
        target = Path(os.path.realpath(path))
        if path.is_symlink() and not target.is_relative_to(os.path.realpath(path.parent)):
            sentence = "This is a link to a file in another folder."
            raise SosLintError(name, sentence, "Nothing was written: name that file itself.")
        before = _looked_at(target, name, must_exist=was is not None)
        _clear_up(target.parent)
        new = target.with_name(f".{secrets.token_hex(8)}{_NEW}")
        with ended_in_order():
            try:
                with _written(new, data) as handle:
                    if was is not None and not _still_holds(target, was):
                        raise SosLintError(
                            name,
                            "This file has changed since it was read.",
                            "It was left as it is: try again.",
                        )
                    if handle is not None:
                        _give_permissions(handle, target, before)
                    new.replace(target)
            finally:
                new.unlink(missing_ok=True)
        _make_lasting(target.parent)
    except OSError as error:
        raise _fault(error, name) from error


def _still_holds(target: Path, was: bytes) -> bool:
    """True where the file is as it was read. By now it may be anything, such as a pipe without end."""
    try:
        return bytes_in(target, len(was)) == was
    except (NotOrdinary, TooBig):
        return False


def _looked_at(target: Path, name: str, *, must_exist: bool) -> os.stat_result | None:
    """What the system knows of the file; raises SosLintError if it may not be replaced."""
    try:
        known = target.stat()
    except FileNotFoundError:
        if must_exist:
            raise SosLintError(
                name, "This file has gone since it was read.", "It was moved or deleted."
            ) from None
        return None
    if not stat.S_ISREG(known.st_mode):
        raise SosLintError(name, "This is not an ordinary file.", "Choose another name.")
    # Who may do everything (root) respects the mark all the same.
    if not known.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise SosLintError(name, "This file is read-only.", _COPY)
    return known


@contextmanager
def _written(new: Path, data: bytes | Iterable[bytes]) -> Iterator[int | None]:
    """A file that only its owner can read, whole; its handle, where an open file can be given another name.

    It is locked until the work inside is done, so that nobody takes it for one that was left behind.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        lock(file.fileno())
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())
        if os.name != "nt":
            yield file.fileno()
    if os.name == "nt":
        yield None


def lock(handle: int) -> bool:
    """Lock a file or folder; False where somebody else has, or the system cannot."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@cache
def _clear_up(folder: Path) -> None:
    """Take away, once in each run, what somebody who was ended by force left behind in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _remove_if_left(Path(entry.path))


def _remove_if_left(path: Path) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            known = os.fstat(handle)
            just_begun = not known.st_size and time.time() - known.st_mtime < _A_MINUTE
            left = lock(handle) if os.name != "nt" else time.time() - known.st_mtime > _AN_HOUR
        finally:
            os.close(handle)
        if left and not just_begun:
            path.unlink()


def _give_permissions(handle: int, target: Path, before: os.stat_result | None) -> None:
    if before is None:
        mask = os.umask(0o077)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    mode = stat.S_IMODE(before.st_mode)
    if not _give_owner(handle, before):  # then nobody of another group may read what the old one could not
        mode &= ~0o070 | (mode & 0o007) << 3
    os.fchmod(handle, mode)
    for key in os.listxattr(target) if hasattr(os, "listxattr") else ():  # access lists among them
        with suppress(OSError):
            os.setxattr(handle, key, os.getxattr(target, key))


def _give_owner(handle: int, before: os.stat_result) -> bool:
    """Give the file its owner and group, or at least its group; False where neither is allowed."""
    for owner in (before.st_uid, -1):
        with suppress(OSError):
            os.fchown(handle, owner, before.st_gid)
            return True
    return False


def _make_lasting(folder: Path) -> None:
    """Write the new name to the disk; not every system can, and the file is whole without it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """A window that closes, or a request to end, clears up as an interrupt does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    """End at once, or, in an event loop, as its next step.

    An exception from here in the midst of a loop's own code would lose the step that it has in hand, and
    clearing up would then wait for that step for ever.
    """
    asyncio = sys.modules.get("asyncio")
    try:
        loop = asyncio.get_running_loop() if asyncio else None
    except RuntimeError:
        loop = None
    if loop is None:
        raise SystemExit(128 + number)
    loop.call_soon_threadsafe(sys.exit, 128 + number)


def _fault(error: OSError, name: str) -> SosLintError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return SosLintError(
            name, "There is no room left on the disk.", "The file is as it was: make room first."
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        hint = "Close it in other programs." if os.name == "nt" else _COPY
        return SosLintError(name, "This folder may not be written in.", hint)
    if isinstance(error, FileNotFoundError):
        return SosLintError(name, "There is no such folder.", "Make it first, or choose another.")
    why = (error.strerror or "unknown fault").lower()
    return SosLintError(name, f"This file could not be written: {why}.", "It is as it was.")
