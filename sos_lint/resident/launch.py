"""Begins a resident process, apart from the terminal and from whatever runs the command."""

from __future__ import annotations

import os
import sys
import time

from sos_lint.resident.client import asked
from sos_lint.resident.messages import STATUS

MINUTES = 15.0  # without work, after which it ends
_CODE = "import sys; sys.path[0] = sys.argv[2]; from sos_lint.__main__ import stay; stay(float(sys.argv[1]))"


def launch(minutes: float = MINUTES) -> int:
    """Begin one; its number. It may still find that another is there already, and end at once."""
    import subprocess

    import sos_lint

    package = os.path.dirname(os.path.dirname(os.path.abspath(sos_lint.__file__)))  # noqa: PTH100, PTH120
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    process = subprocess.Popen(
        [sys.executable, *flags, "-c", _CODE, str(minutes), package],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    process.returncode = 0  # nobody waits for it
    return process.pid


def is_ready_within(seconds: float) -> bool:
    """Whether one answers before so many seconds have gone."""
    end = time.monotonic() + seconds
    while asked(STATUS) is None:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
