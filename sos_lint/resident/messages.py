"""What a client and a resident process say to each other.

The client sends a request, with its standard streams and its folder as open files. The process answers with
single bytes: that it takes the work on, that it has begun to print or to read standard input, and at the end
`ENDED` with one byte more, the exit status. If it does not want the work, it hangs up. The client says `GO`
to what takes its work on, so that nothing is begun for one that has gone, and `INTERRUPT` where somebody
pressed Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

TAKEN, BEGUN, ENDED = b"t", b"b", b"e"
GO, INTERRUPT = b"g", b"i"
FILES = 4  # standard input, output and errors, and the folder
_MARK = "unbuffered"
LENGTH = 8  # bytes that say how long a request is
RUN, STATUS, STOP = "run", "status", "stop"


class Stream(NamedTuple):
    """How one of the standard streams was opened."""

    encoding: str
    errors: str
    unbuffered: bool


class Request(NamedTuple):
    """What is asked for; of a run, all that it depends on.

    `streams` are standard input, output and errors.
    """

    what: str
    arguments: tuple[str, ...] = ()
    umask: int = 0o077
    streams: tuple[Stream, ...] = ()
    environment: Mapping[str, str] = {}

    def encoded(self) -> bytes:
        """As bytes, its length first. Neither an argument nor a variable can hold a null."""
        variables = [part for pair in self.environment.items() for part in pair]
        opened = [part for one in self.streams for part in (one.encoding, one.errors, _MARK * one.unbuffered)]
        lists = ([self.what, str(self.umask)], self.arguments, opened, variables)
        data = b"\0".join(map(os.fsencode, _counted(lists)))
        return len(data).to_bytes(LENGTH, "big") + data


def _counted(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    for one in lists:
        yield str(len(one))
        yield from one


def decoded(data: bytes) -> Request:
    """The request in some bytes, without their length; raises ValueError on anything else."""
    parts = iter(map(os.fsdecode, data.split(b"\0")))
    try:
        (what, umask), arguments, opened, variables = (
            tuple(next(parts) for _ in range(int(next(parts)))) for _ in range(4)
        )
    except (RuntimeError, StopIteration) as error:
        raise ValueError("not a request") from error
    parted = zip(opened[::3], opened[1::3], opened[2::3], strict=True)
    streams = tuple(Stream(encoding, errors, mark == _MARK) for encoding, errors, mark in parted)
    pairs = zip(variables[::2], variables[1::2], strict=True)
    return Request(what, arguments, int(umask), streams, dict(pairs))


def this_run(arguments: Sequence[str]) -> Request:
    """The request to do this process's own work."""
    umask = os.umask(0o077)
    os.umask(umask)
    streams = (
        Stream(one.encoding, one.errors or "strict", getattr(one, "write_through", False))
        for one in (sys.stdin, sys.stdout, sys.stderr)
    )
    return Request(RUN, tuple(arguments), umask, tuple(streams), dict(os.environ))
