"""Where a resident process is found: a socket in a folder of the user's own, by all that makes it the same
as the program that looks for it.
"""

from __future__ import annotations

import os
import stat
import sys

import sos_lint
from sos_lint.cache_place import cache_place
from sos_lint.digest import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _socket import socket

# What a process reads from its environment only when it starts, or when it imports something.
_AT_START = (
    "BLIS_", "GOTO_", "LANG", "LC_", "LD_", "MKL_", "NUMPY_", "OMP_", "OPENBLAS_", "PYTHON", "SPACY_",
    "THINC_", "TYPER_", "_TYPER_",
)  # fmt: skip
_HANDED_OVER = ("PYTHONIOENCODING", "PYTHONUNBUFFERED")  # with the streams (see `messages`)
_LONGEST = 100  # bytes of a socket's path; Linux takes 107
_PEER = 12  # bytes that tell of the other end: its process, user and group


def socket_path() -> str:
    """The path of the socket, whether it is there or not."""
    return os.path.join(_folder(), f"{_key()}.socket")  # noqa: PTH118 (a start-up counts each of these)


def is_safe(path: str) -> bool:
    """Whether nobody but this user can have made the socket, or come to it."""
    try:
        folder, entry = os.lstat(os.path.dirname(path)), os.lstat(path)  # noqa: PTH120
    except OSError:
        return False
    return _is_own(folder) and stat.S_ISSOCK(entry.st_mode) and entry.st_uid == os.geteuid()


def make_folder(path: str) -> bool:
    """Make the socket's folder, where it is not there; whether it is private, and the path a possible one."""
    if len(os.fsencode(path)) > _LONGEST:
        return False
    folder = os.path.dirname(path)  # noqa: PTH120
    os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
    return _is_own(os.lstat(folder))


def is_same_user(connection: socket) -> bool:
    """Whether the other end of a connection is a process of this user."""
    from _socket import SO_PEERCRED, SOL_SOCKET

    about = connection.getsockopt(SOL_SOCKET, SO_PEERCRED, _PEER)
    return int.from_bytes(about[4:8], sys.byteorder) == os.geteuid()


def _folder() -> str:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.path.isdir(runtime):  # noqa: PTH112
        return os.path.join(runtime, "sos-lint")  # noqa: PTH118
    return os.path.join(cache_place(), "resident")  # noqa: PTH118


def _is_own(folder: os.stat_result) -> bool:
    private = not folder.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISDIR(folder.st_mode) and folder.st_uid == os.geteuid() and private


def _key() -> str:
    """What a process must share with another to stand for it: program, interpreter, user, disk."""
    root = os.stat("/")  # noqa: PTH116
    parts = (
        sos_lint.__version__,
        sos_lint.__file__,
        sys.executable,
        sys.version,
        sys.flags,
        os.getresuid(),
        os.getresgid(),
        sorted(os.getgroups()),
        os.readlink("/proc/self/ns/mnt"),  # noqa: PTH115
        (root.st_dev, root.st_ino),
        sorted(pair for pair in os.environ.items() if _matters_at_start(pair[0])),
    )
    return blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def _matters_at_start(name: str) -> bool:
    return name.startswith(_AT_START) and name not in _HANDED_OVER
