"""Hands a run over to a resident process, where there is one; loaded before anything else.

Any trouble before something is printed means None: the caller does the work itself, and nobody is the wiser.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sos_lint.resident.address import is_safe, is_same_user, socket_path
from sos_lint.resident.messages import (
    BEGUN,
    ENDED,
    GO,
    INTERRUPT,
    STATUS,
    STOP,
    TAKEN,
    Request,
    this_run,
)

if TYPE_CHECKING:
    import socket

SWITCH = "SOS_LINT_RESIDENT"  # 0: use none; 1: use one, and begin it after a run that found none
_READS = ("check", "rules")  # commands that can be run twice, the first time in vain
_WRITES = ("annotate", "baseline", "fix")
_PATIENCE = 1.0  # seconds to wait for somebody to take the work on
_INTERRUPTED = 130


def is_possible(arguments: Sequence[str]) -> bool:
    """Whether these arguments ask for what another process can do in this one's place.

    One who types a draft, or answers questions, stays with the process at the keyboard.
    """
    if sys.platform != "linux" or os.environ.get(SWITCH) == "0":
        return False
    if not arguments or arguments[0] not in (*_READS, *_WRITES):
        return False
    if None in (sys.stdin, sys.stdout, sys.stderr):
        return False
    typed = any(one == "-" or one.startswith("--stdin-filename") for one in arguments)
    return not (typed and sys.stdin.isatty())


def handed_over(arguments: Sequence[str]) -> int | None:
    """The exit status of the run, done by a resident process; None where this one must do it."""
    try:
        connection = _connected()
    except OSError:
        return None
    if connection is None:
        return None
    with connection:
        try:
            if not _is_taken(connection, this_run(arguments)):
                return None
            connection.settimeout(None)
            connection.sendall(GO)
        except OSError:
            return None
        return _outcome(connection, begun=arguments[0] in _WRITES)


def asked(what: str) -> str | None:
    """What a resident process answers to `STATUS` or `STOP`; None where there is none."""
    if what not in (STATUS, STOP) or sys.platform != "linux":
        return None
    try:
        connection = _connected()
        if connection is None:
            return None
        with connection:
            connection.sendall(Request(what).encoded())
            parts = []
            while part := connection.recv(1000):
                parts.append(part)
        return b"".join(parts).decode()
    except OSError:
        return None


def _connected() -> socket.socket | None:
    path = socket_path()
    if not is_safe(path):
        return None
    import socket

    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(path)
        if is_same_user(connection):
            return connection
    except OSError:
        pass
    connection.close()
    return None


def _is_taken(connection: socket.socket, request: Request) -> bool:
    import socket

    folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        data = request.encoded()
        streams = (sys.stdin, sys.stdout, sys.stderr)
        sent = socket.send_fds(connection, [data], [*(stream.fileno() for stream in streams), folder])
        connection.sendall(data[sent:])
    finally:
        os.close(folder)
    return connection.recv(1) == TAKEN


def _outcome(connection: socket.socket, *, begun: bool) -> int | None:
    """The exit status. If the process is lost, None, unless it had `begun` what cannot be done twice."""
    interrupted = False
    while True:
        try:
            said = connection.recv(1)
            if said == ENDED and (status := connection.recv(1)):
                return status[0]
        except KeyboardInterrupt:
            interrupted = True
            connection.sendall(INTERRUPT)
            continue
        except OSError:
            said = b""
        if said == BEGUN:
            begun = True
        elif interrupted:
            return _INTERRUPTED
        elif begun:
            print("The resident process was lost. Please run this again.", file=sys.stderr)
            return 2
        else:
            return None
