"""A small editor for measuring: starts `sos-lint lsp` and speaks to it over standard input and output."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

SERVER = (sys.executable, "-c", "from sos_lint.cli import main; raise SystemExit(main(['lsp']))")
PATIENCE = 60  # seconds until an answer must have come


class Heard(NamedTuple):
    """A message of the server, and when it had been read and parsed."""

    at: float
    message: dict[str, Any]


class Editor:
    """One run of the server. `pulls`: it is asked for diagnostics, and does not tell them by itself."""

    def __init__(self, debounce: int, *, pulls: bool = False) -> None:
        self._server = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._heard: queue.Queue[Heard] = queue.Queue()
        self._asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        document: dict[str, Any] = {
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True}
        }
        if pulls:
            document["diagnostic"] = {}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": {"textDocument": document},
                "initializationOptions": {"debounce": debounce},
            },
        )
        self.tell("initialized", {})

    def cpu(self) -> float | None:
        """The seconds that the server has worked; None where the system does not say so."""
        place = Path(f"/proc/{self._server.pid}/stat")
        if not place.exists():
            return None
        fields = place.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Heard:
        """Send a request, and wait for its answer."""
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == number)

    def wait(self, fits: Any) -> Heard:
        """The next message that fits; those before it are dropped."""
        end = time.monotonic() + PATIENCE
        while True:
            heard = self._heard.get(timeout=max(0.01, end - time.monotonic()))
            if fits(heard.message):
                return heard

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._server.wait(PATIENCE)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _listen(self) -> None:
        stdout = self._server.stdout
        assert stdout is not None
        while header := stdout.readline():
            length = 0
            while header not in (b"\r\n", b""):
                if header.lower().startswith(b"content-length:"):
                    length = int(header.partition(b":")[2])
                header = stdout.readline()
            message = json.loads(stdout.read(length))
            self._heard.put(Heard(time.perf_counter(), message))
