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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAKEN, BEGUN, ENDED = b"t", b"b", b"e"
GO, INTERRUPT = b"g", b"i"
FILES = 4  # standard input, output and errors, and the folder
LENGTH = 8  # bytes that say how long a request is
RUN, STATUS, STOP = "run", "status", "stop"
UNBUFFERED = "unbuffered"


def simple_request(what: str) -> bytes:
    """The request for what depends on nothing: `STATUS` or `STOP`."""
    return _encoded([what], (), (), ())


def request_to_run(arguments: Sequence[str]) -> bytes:
    """The request to do this process's own work, with all that it depends on."""
    umask = os.umask(0o077)
    os.umask(umask)
    streams = [
        part
        for one in (sys.stdin, sys.stdout, sys.stderr)
        for part in (one.encoding, one.errors or "strict", UNBUFFERED * getattr(one, "write_through", False))
    ]
    variables = [part for pair in os.environ.items() for part in pair]
    return _encoded([RUN, str(umask)], arguments, streams, variables)


def lists_in(data: bytes) -> tuple[list[str], list[str], list[str], list[str]]:
    """The four lists of a request, without its length: what, arguments, streams and environment.

    Raises ValueError on anything else.
    """
    parts = iter(map(os.fsdecode, data.split(b"\0")))
    try:
        lists = [[next(parts) for _ in range(int(next(parts)))] for _ in range(4)]
    except StopIteration as error:
        raise ValueError("not a request") from error
    what, arguments, streams, variables = lists
    return what, arguments, streams, variables


def _encoded(*lists: Sequence[str]) -> bytes:
    """The lists as bytes, the length first. Neither an argument nor a variable can hold a null."""
    data = b"\0".join(map(os.fsencode, _counted(lists)))
    return len(data).to_bytes(LENGTH, "big") + data


def _counted(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    for one in lists:
        yield str(len(one))
        yield from one
