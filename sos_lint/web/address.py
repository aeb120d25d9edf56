"""Where the page is: a port of this computer alone, and a secret that is made anew each time.

The secret stands behind the “#” of the address. A browser sends that part to nobody, no log holds it, and no
other page is told of it; the page reads it and puts it into a header of each thing that it asks. A cookie
would be sent to every server of this computer, whatever its port.
"""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass

from sos_lint.errors import BadOption

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """A port of this computer, and the secret of whoever may use it."""

    port: int
    secret: str

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser may call this computer. Any other name was made to lead here from elsewhere."""
        return frozenset({f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"})

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{LOOPBACK}:{self.port}/#{self.secret}"


def listen(port: int) -> tuple[socket.socket, Address]:
    """A socket that only this computer can reach; port 0 takes any that is free. Raises BadOption."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: nobody else may listen beside us
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((LOOPBACK, port))
        taken.listen(128)
    except (OSError, OverflowError) as error:
        taken.close()
        why = "it is used by another program" if isinstance(error, OSError) else "there is no such port"
        raise BadOption(
            "--port", f"{port} cannot be used: {why}.", "Leave --port out: a free one is found."
        ) from error
    return taken, Address(taken.getsockname()[1], secrets.token_urlsafe(32))
