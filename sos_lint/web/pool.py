"""Processes that do the work, so that the page answers meanwhile, and what takes too long can be ended.

There is one to begin with, and another where several people's worth of work waits, up to the number of cores.
A text stays with the process that has seen it. Nothing goes between them but memory: no file, no name of one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from sos_lint.errors import SosLintError
from sos_lint.web.limits import SECONDS, WAITING

_MOST = 4  # processes
_REMEMBERED = 256  # texts of which it is known which process has seen them
_WHILE_BUSY = 2  # pieces of work that may wait for one process before another is begun


class Busy(SosLintError):
    """More is asked at once than can be done."""


class Spent(SosLintError):
    """A piece of work took too long, and was ended."""


class _Answer(NamedTuple):
    """What came of a piece of work: a value, or a fault that can be told."""

    value: Any = None
    fault: tuple[str, str, str] | None = None


class _Process:
    """A process, begun when there is something to do, and begun anew after one that was ended."""

    def __init__(self, begin: Callable[[], Any], seconds: float) -> None:
        self._begin = begin
        self._seconds = seconds
        self._process: Any = None
        self._line: Connection | None = None
        self.waiting = 0
        self.turn = asyncio.Lock()

    def ask(self, name: str, told: Any, data: bytes) -> _Answer:
        """What comes of a piece of work. Blocks; called in turn, by a thread."""
        line = self._line if self._process is not None and self._process.is_alive() else None
        if line is None:
            line = self._begun()
        try:
            line.send((name, told, data))
            if line.poll(self._seconds):
                answer: _Answer = line.recv()
                return answer
        except (EOFError, OSError):
            self.end()
            raise Spent(
                "", "The computer had no room for this text.", "Please put in a part of it."
            ) from None
        self.end()
        raise Spent("", "This text took too long to read.", "Please put in a part of it.")

    def _begun(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, its = context.Pipe()
        self._process = context.Process(target=_work, args=(its, self._begin), daemon=True)
        self._process.start()
        its.close()
        self._line = ours
        return ours

    def end(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join(5)
        if self._line is not None:
            self._line.close()
            self._line = None


class Pool:
    """Hands pieces of work to processes. `begin` gives, in each, what does them."""

    def __init__(
        self,
        begin: Callable[[], Any],
        *,
        most: int | None = None,
        seconds: float = SECONDS,
        waiting: int = WAITING,
    ) -> None:
        self._begin, self._seconds, self._most_waiting = begin, seconds, waiting
        self._most = max(1, min(_MOST, _cores())) if most is None else most
        self._threads = ThreadPoolExecutor(self._most, thread_name_prefix="sos-lint")
        self._processes = [_Process(begin, seconds)]
        self._seen: OrderedDict[str, _Process] = OrderedDict()

    async def do(self, name: str, told: Any, data: bytes = b"", draft: str = "") -> Any:
        """What a piece of work gives; raises the SosLintError that it raises, Busy or Spent."""
        if sum(process.waiting for process in self._processes) >= self._most_waiting:
            raise Busy("", "There is very much to read at the moment.", "It is tried again in a moment.")
        process = self._process_for(draft)
        process.waiting += 1
        try:
            async with process.turn:
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(self._threads, process.ask, name, told, data)
        finally:
            process.waiting -= 1
        if answer.fault is not None:
            raise SosLintError(*answer.fault)
        return answer.value

    def _process_for(self, draft: str) -> _Process:
        known = self._seen.pop(draft, None) if draft else None
        process = known or min(self._processes, key=lambda one: one.waiting)
        if process.waiting >= _WHILE_BUSY and len(self._processes) < self._most:
            process = _Process(self._begin, self._seconds)
            self._processes.append(process)
        if draft:
            self._seen[draft] = process
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return process

    def close(self) -> None:
        """End them all."""
        for process in self._processes:
            process.end()
        self._threads.shutdown(wait=False, cancel_futures=True)


def _work(line: Connection, begin: Callable[[], Any]) -> None:
    """Do what comes down the line, until there is nobody at its other end. It leaves Ctrl-C to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        tasks = begin()
        while True:
            line.send(_answer(tasks, *line.recv()))
    except (EOFError, OSError):
        return


def _answer(tasks: Any, name: str, told: Any, data: bytes) -> _Answer:
    """What comes of a piece of work. Nothing that goes wrong with one may end the others."""
    from sos_lint.batch import own_fault

    try:
        return _Answer(tasks.do(name, told, data))
    except SosLintError as fault:
        return _Answer(fault=(fault.place, fault.sentence, fault.mend(words=True)))
    except RecursionError:
        return _Answer(fault=("", "This is nested too deeply to be read.", "Please paste it as plain text."))
    except MemoryError:
        return _Answer(fault=("", "The computer has no room for this.", "Please put in a part of it."))
    except Exception as error:  # the border of one text: see `batch.own_fault`
        return _Answer(fault=("", own_fault(error, "on this text"), "Please tell the makers of sos-lint."))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
