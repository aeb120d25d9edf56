"""Ends the work on a document that takes too long, so that the next gets its turn.

Time is that of the processor: a busy machine, or one that sleeps, makes no document late. The system rings
when it is over, and the work ends at its next step, wherever that is. Code of libraries in C that never comes
back does not hear it: in a process that may be lost (`lose_this_process`), the system ends that process.

Windows has nothing of the kind, and only a program's first thread can be rung for: elsewhere there is no end.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.05  # seconds until it rings again where it came at a bad moment
_GRACE = 5  # seconds more than twice the time, until a process is ended


class OutOfTime(BaseException):
    """The time is over. It is no `Exception`, so that no library takes it for a fault of its own."""


class _State:
    """What goes on in this process."""

    may_be_lost = False
    held_off = False


def lose_this_process() -> None:
    """From now on, end this process where it does not hear that the time is over."""
    _State.may_be_lost = True


def let_finish() -> None:
    """No end any more for the work at hand, which has come to what must be done whole."""
    if _can_ring():
        _State.held_off = True


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The work inside raises OutOfTime where it takes the processor longer than so many seconds."""
    if not _can_ring():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    _State.held_off = False
    try:
        with _ended_for_good_after(seconds):
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
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
    if _imports(frame):  # a module that is half loaded could not be loaded again
        signal.setitimer(signal.ITIMER_VIRTUAL, _AGAIN)
        return
    raise OutOfTime


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
