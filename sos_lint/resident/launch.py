"""Begins a resident process, apart from the terminal and from whatever runs the command."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from sos_lint.resident.client import asked
from sos_lint.resident.messages import STATUS

if TYPE_CHECKING:
    from subprocess import Popen

_BREATH = 1.0  # seconds before another is begun
MINUTES = 15.0  # without work, after which it ends
_CODE = "import sys; sys.path[0] = sys.argv[2]; from sos_lint.__main__ import stay; stay(float(sys.argv[1]))"


def launch(minutes: float = MINUTES) -> Popen[bytes]:
    """Begin one. It may still find that another is there already, and end at once."""
    import subprocess

    import sos_lint

    package = os.path.dirname(os.path.dirname(os.path.abspath(sos_lint.__file__)))  # noqa: PTH100, PTH120
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    return subprocess.Popen(
        [sys.executable, *flags, "-c", _CODE, str(minutes), package],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )


def is_ready_within(seconds: float, minutes: float = MINUTES) -> bool:
    """Begin one, and wait until it answers; False if none does before so many seconds have gone.

    One that ends meanwhile, because something is just being installed, is begun again.
    """
    end = time.monotonic() + seconds
    process = launch(minutes)
    while asked(STATUS) is None:
        if time.monotonic() > end:
            return False
        if process.poll() is not None:
            time.sleep(_BREATH)
            process = launch(minutes)
        time.sleep(0.05)
    process.returncode = 0  # it stays: nobody waits for it
    return True
