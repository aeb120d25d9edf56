"""Processes that lint parts of an archive and write each part down, whole or not at all.

As in `jobs`, only so many parts are under way at once, so that memory stays flat, and an interrupt ends them
all. A part over which a process is lost is tried again by itself, and cut in two until the one row is found
that no process survives; that row is listed, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from sos_lint.audit.arrow import batch_of, lint_documents, lint_rows, none_read
from sos_lint.audit.columns import LOST
from sos_lint.audit.sources.documents import Dossier
from sos_lint.project import Project
from sos_lint.readers.attached import Drafts

_AHEAD = 2  # parts for each process that are under way

Work: TypeAlias = "pa.RecordBatch | list[Dossier]"  # rows of a table, or documents to be read


class Part(NamedTuple):
    """Some rows of an archive: their number among the parts, that of the first row, and where they go."""

    number: int
    first: int
    rows: int
    work: Work
    file: Path


class Told(NamedTuple):
    """What each process is told: by which rules to lint, and whether words may be kept."""

    project: Project
    source: Path
    with_words: bool


class Pool:
    """The processes of a run; begun at once, before anything is read that has threads of its own."""

    def __init__(self, told: Told, jobs: int) -> None:
        self._told = told
        self._jobs = jobs
        # A forked process begins at once; elsewhere than on Linux it may find its libraries half ready.
        self._processes = self._begun(jobs, "fork" if sys.platform == "linux" else "spawn")

    def written(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Each part, once it is written, in the order given."""
        under_way: deque[tuple[Part, Future[None], ProcessPoolExecutor]] = deque()
        try:
            for part in parts:
                under_way.append(self._give(part))
                if len(under_way) > self._jobs * _AHEAD:
                    yield self._take(*under_way.popleft())
            while under_way:
                yield self._take(*under_way.popleft())
        except BaseException:
            self._processes.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        self._processes.shutdown()

    def _give(self, part: Part) -> tuple[Part, Future[None], ProcessPoolExecutor]:
        try:
            return part, self._processes.submit(_write, part), self._processes
        except BrokenProcessPool as lost:
            broken: Future[None] = Future()
            broken.set_exception(lost)
            return part, broken, self._processes

    def _take(self, part: Part, done: Future[None], processes: ProcessPoolExecutor) -> Part:
        try:
            done.result()
        except BrokenProcessPool:
            if processes is not self._processes:
                return self._take(*self._give(part))
            self._processes = self._begun(self._jobs, "spawn")
            save(part.file, list(self._alone(part)))
        return part

    def _alone(self, part: Part) -> Iterator[pa.RecordBatch]:
        """The notes of a part over which a process was lost."""
        with self._begun(1, "spawn") as process:
            try:
                yield process.submit(_linted, part).result()
                return
            except BrokenProcessPool:
                pass
        if part.rows == 1:
            yield none_read(_rows_of(part), LOST, with_words=self._told.with_words)
            return
        half = part.rows // 2
        for start, rows in ((0, half), (half, part.rows - half)):
            work = part.work[start : start + rows]
            yield from self._alone(part._replace(first=part.first + start, rows=rows, work=work))

    def _begun(self, jobs: int, how: str) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(how)
        pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self._told,))
        pool.submit(os.getpid)  # processes are begun with the first piece of work
        return pool


def save(file: Path, batches: list[pa.RecordBatch]) -> None:
    """Write a part under another name first, so that a part that is there is whole.

    Two processes that write the same part write the same; whichever is last stays.
    """
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        pq.write_table(pa.Table.from_batches(batches), new, compression="zstd")
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


# In a process of its own: what it was told. A project that is sent to it is made anew there.
_told: list[Told] = []


def _begin(told: Told) -> None:
    """Make a process ready. It leaves Ctrl-C to the one that began it, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _told[:] = [told]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write(part: Part) -> None:
    save(part.file, [_linted(part)])


def _linted(part: Part) -> pa.RecordBatch:
    (told,) = _told
    if isinstance(part.work, list):
        documents = [(dossier.found, dossier.row) for dossier in part.work]
        read = Drafts().read
        return lint_documents(documents, part.first, told.project.choose, read, with_words=told.with_words)
    linter, settings = told.project.choose(told.source)
    return lint_rows(part.work, linter, settings, with_words=told.with_words)


def _rows_of(part: Part) -> pa.RecordBatch:
    if isinstance(part.work, list):
        return batch_of([dossier.row for dossier in part.work], part.first)
    return part.work
