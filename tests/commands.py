"""Runs `sos-lint`, in this process or in one of its own, and says what came of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAIN = {
    "COLUMNS": "80",
    "FORCE_COLOR": "",
    "NO_COLOR": "1",
    "TTY_COMPATIBLE": "0",
    "PYTHONPATH": str(ROOT),
    "PYTHONUNBUFFERED": "",
}


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit status of a command, and what it wrote."""

    status: int
    out: str
    err: str


def run(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """`sos-lint` with these arguments, in this process, 80 columns wide."""
    from sos_lint.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    typed = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with _environment({**PLAIN, **(env or {})}), redirect_stdout(out), redirect_stderr(err), _stdin(typed):
        status = main([str(argument) for argument in arguments])
    return Ran(status, _written(out), _written(err))


def spawn(
    *arguments: str | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: int | None = None,
) -> Ran:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "sos_lint", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **PLAIN, **(env or {})},
        user=user,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _stdin(stream: io.TextIOWrapper) -> Iterator[None]:
    before, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = before
