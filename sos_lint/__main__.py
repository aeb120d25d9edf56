"""The command itself, and `python -m sos_lint` for where it is not on the path."""

from __future__ import annotations

import atexit
import os
import sys


def command() -> None:
    """Run the command line and end the process, without taking apart first what goes with it anyway.

    That is worth a fifth of a second where the model is loaded. mypy ends in the same way.
    """
    from sos_lint.cli import main

    status = main()
    if "sos_lint.jobs" not in sys.modules:  # other processes are ended in order
        _end(status)
    sys.exit(status)


def _end(status: int) -> None:
    """End at once; if what waits to be printed cannot be, come back."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    atexit._run_exitfuncs()
    os._exit(status)


if __name__ == "__main__":
    command()
