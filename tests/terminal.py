"""Runs `sos-lint` in a pseudo-terminal and types, as a person would."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from commands import PLAIN

PATIENCE = 60  # seconds; a test that waits so long has failed
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07")
_READY = re.compile(rb"\x1b\[\?2004h.*\x1b\[\?25h", re.DOTALL)  # a prompt that waits for a line


class Terminal:
    """One run. `seen` is what was shown, without the signs that steer a terminal."""

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        import fcntl  # there is no pseudo-terminal on Windows
        import pty
        import termios

        self._new = b""
        self._shown = b""
        self.status: int | None = None
        self.pid, self._handle = pty.fork()
        if not self.pid:
            os.chdir(cwd)
            os.environ.update({**PLAIN, "TERM": "xterm", "COLUMNS": str(columns), **(env or {})})
            if before is not None:
                before()
            os.execv(sys.executable, [sys.executable, "-m", "sos_lint", *arguments])
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._handle)

    @property
    def seen(self) -> str:
        return _CONTROL.sub("", self._shown.decode("utf-8", "replace")).replace("\r", "")

    def wait(self) -> str:
        """Wait until a line can be typed; what was shown since the last one."""
        start = len(self._shown)
        while not _READY.search(self._new):
            assert self._read(), f"it ended:\n{self.seen}"
        self._new = b""
        return _CONTROL.sub("", self._shown[start:].decode("utf-8", "replace")).replace("\r", "")

    def type(self, *lines: str) -> None:
        """Type each line when it is asked for, and press Enter."""
        for line in lines:
            self.wait()
            os.write(self._handle, f"{line}\r".encode())

    def press(self, keys: str) -> None:
        """Press keys when a line is asked for, without Enter."""
        self.wait()
        os.write(self._handle, keys.encode())

    def end(self) -> int:
        """Wait for the end; the exit status, or minus the signal."""
        while self._read():
            pass
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def _read(self) -> bool:
        """Take in more of what is shown; False at the end."""
        until = time.monotonic() + PATIENCE
        ready, _, _ = select.select([self._handle], [], [], until - time.monotonic())
        assert ready, f"nothing came:\n{self.seen}"
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # how Linux says that the other side is closed
            return False
        self._shown += data
        self._new += data
        return bool(data)
