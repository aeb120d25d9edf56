"""In a forked process: one request, answered as a process of its own would."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import IntEnum
from typing import Any, NamedTuple

from sos_lint.resident.messages import (
    BEGUN,
    ENDED,
    FILES,
    GO,
    INTERRUPT,
    LENGTH,
    RUN,
    STATUS,
    STOP,
    TAKEN,
    UNBUFFERED,
    lists_in,
)

_PATIENCE = 5.0  # seconds to wait for the rest of a request
_AT_ONCE = 65536  # bytes


class Stream(NamedTuple):
    """How one of the standard streams was opened."""

    encoding: str
    errors: str
    unbuffered: bool


class Request(NamedTuple):
    """What is asked for; `streams` are standard input, output and errors."""

    what: str
    arguments: list[str]
    umask: int
    streams: tuple[Stream, ...]
    environment: Mapping[str, str]


class Outcome(IntEnum):
    """How the forked process ends, as the one that stays sees it."""

    DONE = 0
    LOST = 1
    STALE = 2
    STOP = 3


def answer(
    connection: socket.socket, run: Callable[[list[str]], int], server: int, seconds: float, idle: float
) -> Outcome:
    """Do what is asked for. `server` is the process that stays, and for how many seconds it has."""
    connection.settimeout(_PATIENCE)
    request, files = _received(connection)
    if request.what == STATUS:
        connection.sendall(f"{server} {seconds / 60:.0f} {idle / 60:g}".encode())
        return Outcome.DONE
    if request.what == STOP:
        connection.sendall(str(server).encode())
        return Outcome.STOP
    if request.what != RUN or len(files) != FILES:
        return Outcome.LOST
    connection.sendall(TAKEN)
    if connection.recv(1) != GO:
        return Outcome.LOST
    _take_the_place(request, files)
    _open_streams(request.streams, _heed(connection))
    status = run(request.arguments)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    connection.sendall(ENDED + bytes([status & 0xFF]))
    return Outcome.DONE


def _received(connection: socket.socket) -> tuple[Request, list[int]]:
    data, files, _, _ = socket.recv_fds(connection, _AT_ONCE, FILES)
    while len(data) < LENGTH or len(data) < LENGTH + int.from_bytes(data[:LENGTH], "big"):
        more = connection.recv(_AT_ONCE)
        if not more:
            raise ConnectionError
        data += more
    return decoded(data[LENGTH:]), files


def decoded(data: bytes) -> Request:
    """The request in some bytes, without their length; raises ValueError on anything else."""
    (what, *umask), arguments, opened, variables = lists_in(data)
    thirds = zip(opened[::3], opened[1::3], opened[2::3], strict=True)
    streams = tuple(Stream(encoding, errors, mark == UNBUFFERED) for encoding, errors, mark in thirds)
    pairs = dict(zip(variables[::2], variables[1::2], strict=True))
    return Request(what, arguments, int(*umask), streams, pairs)


def _take_the_place(request: Request, files: Sequence[int]) -> None:
    """Be as the client is: its streams, folder, environment and umask."""
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    os.fchdir(files[3])
    for file in files:
        os.close(file)
    os.umask(request.umask)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()


def _heed(connection: socket.socket) -> Callable[[], None]:
    """Be interrupted by the client, and end with it; gives what tells it that its streams are in use.

    A thread listens: a signal that came just before a read of the client's input would go unheard.
    """
    told: list[bytes] = []

    def tell() -> None:
        if not told:
            told.append(BEGUN)
            connection.sendall(BEGUN)

    def listen() -> None:
        while True:
            try:
                said = connection.recv(1)
            except OSError:
                said = b""
            if not said:
                os._exit(Outcome.LOST)
            if said == INTERRUPT:
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    connection.settimeout(None)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=listen, daemon=True).start()
    return tell


class _Told(io.FileIO):
    """One of the client's streams; `tell` is called before it is first used."""

    def __init__(self, number: int, mode: str, tell: Callable[[], None]) -> None:
        super().__init__(number, mode, closefd=False)
        self._tell = tell

    def write(self, data: Any, /) -> int:
        self._tell()
        return super().write(data)

    def read(self, size: int | None = -1, /) -> bytes:
        self._tell()
        return super().read(-1 if size is None else size)

    def readall(self) -> bytes:
        self._tell()
        return super().readall()

    def readinto(self, buffer: Any, /) -> int:
        self._tell()
        return super().readinto(buffer)


def _open_streams(opened: Sequence[Stream], tell: Callable[[], None]) -> None:
    """The standard streams, as the interpreter would have opened them for the client."""
    for number, (name, how) in enumerate(zip(("stdin", "stdout", "stderr"), opened, strict=True)):
        file = _Told(number, "rb" if number == 0 else "wb", tell)
        direct = how.unbuffered and number > 0
        buffer: Any = file if direct else io.BufferedWriter(file) if number else io.BufferedReader(file)
        stream = io.TextIOWrapper(
            buffer,
            encoding=how.encoding,
            errors=how.errors,
            newline="\n",
            line_buffering=number == 2 or file.isatty(),
            write_through=direct,
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
