"""Ends the work on a document that takes too long or too much memory, so that the next gets its turn.

Time is that of the processor: a busy machine, or one that sleeps, makes no document late. Memory is what this
process holds more than when the work began. The system rings every so often, and the work ends at its next
step, wherever that is. Code of libraries in C that never comes back does not hear it: in a process that may
be lost (`lose_this_process`), the system ends that process when its time is over.

Windows has nothing of the kind, and only a program's first thread can be rung for: elsewhere there is no end.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

_LOOK = 0.25  # seconds of the processor from one look at time and memory to the next
_AGAIN = 0.05  # seconds until it rings again where it came at a bad moment
_GRACE = 5  # seconds more than twice the time, until a process is ended


class OutOfTime(BaseException):
    """The time is over. It is no `Exception`, so that no library takes it for a fault of its own."""


class OutOfMemory(BaseException):
    """The memory is used up. It is no `Exception`, for the same reason."""


class _State:
    """What goes on in this process. The work ends at so many seconds and at so many bytes."""

    may_be_lost = False
    held_off = False
    end = 0.0
    most = 0


def lose_this_process() -> None:
    """From now on, end this process where it does not hear that the time is over."""
    _State.may_be_lost = True


def let_finish() -> None:
    """No end any more for the work at hand, which has come to what must be done whole."""
    if _can_ring():
        _State.held_off = True


@contextmanager
def within(seconds: float, growth: int = sys.maxsize) -> Iterator[None]:
    """The work inside raises OutOfTime where it takes the processor longer than so many seconds.

    Where it makes this process grow by more than so many bytes, it raises OutOfMemory.
    """
    if not _can_ring():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    _State.held_off = False
    _State.end, _State.most = os.times().user + seconds, _memory() + growth
    look = min(seconds, _LOOK)
    try:
        with _ended_for_good_after(seconds):
            signal.setitimer(signal.ITIMER_VIRTUAL, look, look)
            try:
                yield
            finally:
                _State.held_off = True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _can_ring() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _ring(_number: int, frame: FrameType | None) -> None:
    if _State.held_off:
        return
    is_late = os.times().user >= _State.end
    if not is_late and _memory() <= _State.most:
        return
    if _imports(frame):  # a module that is half loaded could not be loaded again
        signal.setitimer(signal.ITIMER_VIRTUAL, _AGAIN, _AGAIN)
        return
    _State.held_off = True
    raise OutOfTime if is_late else OutOfMemory


def _memory() -> int:
    """The bytes of memory that this process holds; where no system says that, the most it ever held."""
    told = _told_by_system(os.getpid())
    if told is not None:
        return int(os.pread(told, 64, 0).split()[1]) * _page()
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@cache
def _told_by_system(_process: int) -> int | None:
    """Where Linux tells the memory of a process, kept open: it is asked for each document."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


@cache
def _page() -> int:
    return os.sysconf("SC_PAGE_SIZE")


def _imports(frame: FrameType | None) -> bool:
    while frame is not None:
        if str(frame.f_globals.get("__name__")).startswith("importlib._bootstrap"):
            return True
        frame = frame.f_back
    return False


@contextmanager
def _ended_for_good_after(seconds: float) -> Iterator[None]:
    """Let the system end this process, if it may be lost, some time after the bell was not heard."""
    if not _State.may_be_lost or sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    last = int(time.process_time() + 2 * seconds) + _GRACE
    if hard != resource.RLIM_INFINITY:
        last = min(last, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (last, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
