"""Hands a run over to a resident process, where there is one; loaded before anything else.

Any trouble before something is printed means None: the caller does the work itself, and nobody is the wiser.
Nothing is imported here that can be done without: `_socket` is what `socket` stands on, `typing` would double
the time.
"""

from __future__ import annotations

import os
import sys

from sos_lint.resident.address import is_safe, is_same_user, socket_path
from sos_lint.resident.messages import (
    BEGUN,
    ENDED,
    GO,
    INTERRUPT,
    STATUS,
    STOP,
    TAKEN,
    request_to_run,
    simple_request,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Sequence

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
    try:
        if not _is_taken(connection, request_to_run(arguments)):
            return None
        connection.settimeout(None)
        connection.sendall(GO)
    except OSError:
        connection.close()
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
        connection.sendall(simple_request(what))
        parts = []
        while part := connection.recv(1000):
            parts.append(part)
        connection.close()
        return b"".join(parts).decode()
    except OSError:
        return None


def _connected() -> socket | None:
    path = socket_path()
    if not is_safe(path):
        return None
    from _socket import AF_UNIX, SOCK_STREAM, socket

    connection = socket(AF_UNIX, SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(path)
        if is_same_user(connection):
            return connection
    except OSError:
        pass
    connection.close()
    return None


def _is_taken(connection: socket, request: bytes) -> bool:
    from _socket import SCM_RIGHTS, SOL_SOCKET
    from array import array

    folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        streams = (sys.stdin, sys.stdout, sys.stderr)
        files = array("i", [*(stream.fileno() for stream in streams), folder])
        sent = connection.sendmsg([request], [(SOL_SOCKET, SCM_RIGHTS, files)])
        connection.sendall(request[sent:])
    finally:
        os.close(folder)
    return connection.recv(1) == TAKEN


def _outcome(connection: socket, *, begun: bool) -> int | None:
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
