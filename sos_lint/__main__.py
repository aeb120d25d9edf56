"""The command itself, and `python -m sos_lint` for where it is not on the path."""

from __future__ import annotations

import atexit
import os
import sys

from sos_lint.resident.client import SWITCH, handed_over, is_possible


def command() -> None:
    """Run the command line and end the process, without taking apart first what goes with it anyway.

    That is worth a fifth of a second where the model is loaded. mypy ends in the same way.
    """
    arguments = sys.argv[1:]
    may_hand_over = is_possible(arguments)
    status = handed_over(arguments) if may_hand_over else None
    if status is None:
        from sos_lint.cli import main

        status = main()
        if may_hand_over and os.environ.get(SWITCH) == "1":
            from sos_lint.resident.launch import launch

            launch()
    if "sos_lint.jobs" not in sys.modules:  # other processes are ended in order
        _end(status)
    sys.exit(status)


def stay(minutes: float) -> None:
    """Be the process that others hand their work over to, until so many minutes have gone without any."""
    from sos_lint.cli import main
    from sos_lint.cli.ready import make_ready
    from sos_lint.resident.server import serve

    serve(main, make_ready, minutes)


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
