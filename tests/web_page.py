"""The local page, served by a process of its own, and requests to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import PLAIN

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Served:
    """A page that is being served."""

    url: str
    process: subprocess.Popen[str]

    @property
    def host(self) -> str:
        return self.url.split("/")[2]

    @property
    def secret(self) -> str:
        return self.url.partition("#")[2]

    def ask(self, name: str, told: Any, file: bytes | None = None, **headers: str) -> Answer:
        """A piece of work, asked as the page asks it."""
        body = json.dumps(told).encode()
        kind = "application/json"
        if file is not None:
            body, kind = _LENGTH.pack(len(body)) + body + file, "application/octet-stream"
        given = {
            "Content-Type": kind,
            "X-Sos-Lint": self.secret,
            "Origin": f"http://{self.host}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.send("POST", f"/do/{name}", body, **given)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Any request; a header that is empty is left out."""
        line = http.client.HTTPConnection(self.host, timeout=120)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"Host": self.host, **headers}
            if body is not None:
                given.setdefault("Content-Length", str(len(body)))
            for name, value in given.items():
                if value:
                    line.putheader(name, value)
            line.endheaders(body)
            answer = line.getresponse()
            kept = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, kept, answer.read())
        finally:
            line.close()

    def end(self) -> tuple[int, str, str]:
        """Press Ctrl-C: the exit status, and what was written."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


# A process that was begun by a shell in the background pays no heed to Ctrl-C, and hands that on.
_BEGIN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from sos_lint.cli import main; sys.exit(main(sys.argv[1:]))"
)


@contextmanager
def served(*options: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """The page, until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGIN, "serve", "--no-browser", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, **PLAIN, "PYTHONUNBUFFERED": "1", **(env or {})},
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None and process.stderr is not None
    try:
        first = process.stdout.readline()
        if not first:
            raise RuntimeError(process.stderr.read())
        process.stdout.readline()
        yield Served(first.rpartition(" ")[2].strip(), process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
