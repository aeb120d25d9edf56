"""Several processes for many documents. The reports are the same as from one, in the same order.

Each process is handed a few documents at a time and sends back their reports; only so many are under way at
once, so that memory stays flat. An interrupt ends them all. A document over which a process is lost is a
failure in a report, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from sos_lint.batch import Asked, choosable, lint_files
from sos_lint.cache import Results
from sos_lint.deadline import lose_this_process
from sos_lint.project import Project
from sos_lint.readers.find import Found
from sos_lint.report import Failure, FileReport

_AT_ONCE = 16  # the most documents that a process is handed
_PACKED = 2_000  # findings that are packed together
_AHEAD = 4  # handfuls for each process that are under way


def lint_by_many(
    documents: Sequence[Found | FileReport], project: Project, asked: Asked, jobs: int, *, kept: bool = False
) -> Iterator[FileReport]:
    """A report for each document, in the order given, as `lint_files` gives them.

    A report in the place of a document is passed on. `jobs` is the most processes to use. `kept`: with the
    results of earlier runs. The processes are begun when this returns, so that no thread which is begun later
    is in their way.
    """
    # A configuration that cannot be followed is found, and told once, by this process.
    given, faults = choosable(documents, project.choose)
    count = sum(isinstance(one, Found) for one in given)
    jobs = max(1, min(jobs, count))
    at_once = max(1, min(_AT_ONCE, count // (jobs * _AHEAD)))
    pool = _Pool(project, asked, kept, jobs)
    return chain(_reports(given, pool, at_once, jobs * _AHEAD), faults)


def _reports(
    documents: Iterable[Found | FileReport], pool: _Pool, at_once: int, ahead: int
) -> Iterator[FileReport]:
    under_way: deque[tuple[list[Found | FileReport], _Hand]] = deque()
    try:
        for some in _handfuls(documents, at_once):
            under_way.append((some, pool.give([one for one in some if isinstance(one, Found)])))
            if len(under_way) > ahead:
                yield from _in_order(pool, *under_way.popleft())
        while under_way:
            yield from _in_order(pool, *under_way.popleft())
    except BaseException:
        pool.stop()
        raise
    pool.close()


def _handfuls(documents: Iterable[Found | FileReport], at_once: int) -> Iterator[list[Found | FileReport]]:
    """So many documents at a time, with the reports among them."""
    hand: list[Found | FileReport] = []
    held = 0
    for one in documents:
        hand.append(one)
        held += isinstance(one, Found)
        if held == at_once:
            yield hand
            hand, held = [], 0
    if hand:
        yield hand


def _in_order(pool: _Pool, some: Iterable[Found | FileReport], hand: _Hand) -> Iterator[FileReport]:
    made = iter(pool.take(hand))
    for one in some:
        yield from (one,) if isinstance(one, FileReport) else islice(made, 1)
    yield from made


class _Sent(NamedTuple):
    """A report as a process sends it: the findings of a long document apart, packed some at a time.

    To pack so many at once takes more memory than they do themselves.
    """

    report: FileReport
    findings: list[bytes]

    @classmethod
    def of(cls, report: FileReport) -> _Sent:
        """A report that is to be sent."""
        every = report.findings
        if len(every) <= _PACKED:
            return cls(report, [])
        some = (every[first : first + _PACKED] for first in range(0, len(every), _PACKED))
        return cls(replace(report, findings=()), [zlib.compress(pickle.dumps(one), 1) for one in some])

    def received(self) -> FileReport:
        """The report that was sent."""
        if not self.findings:
            return self.report
        unpacked = (pickle.loads(zlib.decompress(one)) for one in self.findings)
        return replace(self.report, findings=tuple(chain.from_iterable(unpacked)))


class _Hand(NamedTuple):
    """Some documents that a process was handed, and the reports that it will send."""

    documents: list[Found]
    reports: Future[list[_Sent]]
    processes: ProcessPoolExecutor


class _Pool:
    """The processes of a run."""

    def __init__(self, project: Project, asked: Asked, kept: bool, jobs: int) -> None:
        self._told = project, asked, kept
        self._jobs = jobs
        # A forked process begins at once; elsewhere than on Linux it may find its libraries half ready.
        self._processes = self._begun(jobs, "fork" if sys.platform == "linux" else "spawn")

    def give(self, documents: list[Found]) -> _Hand:
        """Hand documents to the next process that is free."""
        try:
            return _Hand(documents, self._processes.submit(_lint, documents), self._processes)
        except BrokenProcessPool as lost:
            return _Hand(documents, _failed(lost), self._processes)

    def take(self, hand: _Hand) -> list[FileReport]:
        """The reports on what was handed out.

        If a process was lost, all are: then new ones are begun, the first documents are tried one by one,
        and the next handed out again.
        """
        try:
            return [sent.received() for sent in hand.reports.result()]
        except BrokenProcessPool:
            if hand.processes is not self._processes:
                return self.take(self.give(hand.documents))
            self._processes = self._begun(self._jobs, "spawn")
            return [self._alone(found) for found in hand.documents]

    def _alone(self, found: Found) -> FileReport:
        with self._begun(1, "spawn") as process:
            try:
                return process.submit(_lint, [found]).result()[0].received()
            except BrokenProcessPool:
                why = "The process that read this file was ended: perhaps it took too much memory or time."
                return FileReport(
                    found.name, failure=Failure(why, "Close other programs, or split the file.")
                )

    def close(self) -> None:
        """Let the processes end: there is nothing left to do."""
        self._processes.shutdown()

    def stop(self) -> None:
        """End the processes at once, whatever they are at."""
        self._processes.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()

    def _begun(self, jobs: int, how: str) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(how)
        pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=self._told)
        pool.submit(os.getpid)  # processes are begun with the first piece of work
        return pool


def _failed(error: Exception) -> Future[list[_Sent]]:
    future: Future[list[_Sent]] = Future()
    future.set_exception(error)
    return future


# In a process of its own: what it was told. A project that is sent to it is made anew there.
_told: list[tuple[Project, Asked, Results | None]] = []


def _begin(project: Project, asked: Asked, kept: bool) -> None:
    """Make a process ready. It leaves Ctrl-C to the one that began it, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    lose_this_process()
    _told[:] = [(project, asked, Results() if kept else None)]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _lint(documents: list[Found]) -> list[_Sent]:
    ((project, asked, results),) = _told
    return list(map(_Sent.of, lint_files(documents, project.choose, asked=asked, results=results)))


def cores() -> int:
    """How many processes this one may use at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
