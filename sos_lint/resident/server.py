"""The process that stays: it waits, and forks a process of its own for each who comes.

It never reads what is asked of it: the forked one does, so that nobody can hold it up and no word of a draft
is ever in its memory. It ends when nobody has come for a while, when it is told to, when its socket has gone,
or when the program on the disk is another than the one that it has loaded.
"""

from __future__ import annotations

import fcntl
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sos_lint.program import program
from sos_lint.resident.address import is_same_user, make_folder, socket_path
from sos_lint.resident.run import Outcome, answer

_LOOKS = 60.0  # seconds after which it looks whether its socket is still there
_WAITING = 16  # clients that may wait to be let in


def serve(run: Callable[[list[str]], int], make_ready: Callable[[], None], minutes: float) -> None:
    """Stay until so many minutes have gone without work; `run` does a run, as in a process of its own.

    Does nothing where another process serves already, or the socket's folder is not safe.
    """
    path = socket_path()
    if not make_folder(path):
        return
    lock_path = f"{path}.lock"
    lock = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return
    loaded = _program_and_libraries()
    make_ready()
    gc.collect()
    gc.freeze()  # so that a forked process does not copy what it only looks at
    with suppress(FileNotFoundError):  # of one that was killed: nobody else holds the lock
        os.unlink(path)  # noqa: PTH108
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    os.umask(0o177)
    listener.bind(path)
    listener.listen(_WAITING)
    _Server(listener, path, run, loaded, minutes * 60).stay()
    for ours in (path, lock_path):
        with suppress(FileNotFoundError):
            os.unlink(ours)  # noqa: PTH108


class _Server:
    def __init__(
        self,
        listener: socket.socket,
        path: str,
        run: Callable[[list[str]], int],
        loaded: tuple[object, ...],
        idle: float,
    ) -> None:
        self._listener, self._path, self._run, self._loaded = listener, path, run, loaded
        self._place = os.lstat(path).st_ino
        self._idle = idle
        self._begun = self._last = time.monotonic()
        self._at_work: set[int] = set()
        self._ends = False

    def stay(self) -> None:
        """Answer whoever comes, until there is a reason to end."""
        woken, wakes = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._told_to_end)
        while not self._ends and self._is_wanted():
            left = self._last + self._idle - time.monotonic()
            ready, _, _ = select.select([self._listener.fileno(), woken], [], [], max(0.0, min(left, _LOOKS)))
            if woken in ready:
                os.read(woken, 1000)
                self._see_who_ended()
            if self._listener.fileno() in ready:
                self._let_in()

    def _is_wanted(self) -> bool:
        if self._at_work:
            return True
        with suppress(OSError):
            return os.lstat(self._path).st_ino == self._place and time.monotonic() < self._last + self._idle
        return False

    def _told_to_end(self, *_: object) -> None:
        self._ends = True

    def _let_in(self) -> None:
        with suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                if is_same_user(connection):
                    self._last = time.monotonic()
                    self._fork(connection)

    def _fork(self, connection: socket.socket) -> None:
        number = os.fork()
        if number:
            self._at_work.add(number)
            return
        outcome = Outcome.STALE
        try:
            signal.set_wakeup_fd(-1)
            for name in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(name, signal.SIG_DFL)
            self._listener.close()
            if _program_and_libraries() == self._loaded:
                seconds = time.monotonic() - self._begun
                outcome = answer(connection, self._run, os.getppid(), seconds, self._idle)
        except BaseException:  # it must never come back to the loop, and may say nothing of its work
            outcome = Outcome.LOST
        finally:
            os._exit(outcome)

    def _see_who_ended(self) -> None:
        with suppress(ChildProcessError):
            while True:
                number, status = os.waitpid(-1, os.WNOHANG)
                if not number:
                    return
                self._at_work.discard(number)
                self._last = time.monotonic()
                outcome = os.waitstatus_to_exitcode(status)
                self._ends = self._ends or outcome in (Outcome.STALE, Outcome.STOP)


def _program_and_libraries() -> tuple[object, ...]:
    """This program as it is on the disk, and when something was last installed beside it."""
    folders = [Path(folder) for folder in sys.path if folder.endswith("-packages")]
    return program(), [folder.stat().st_mtime_ns for folder in folders if folder.is_dir()]
