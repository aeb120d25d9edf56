"""Serves the page until it is told to end."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial

import uvicorn

from sos_lint.project import Project
from sos_lint.web.address import Address
from sos_lint.web.app import make_app
from sos_lint.web.pool import Pool
from sos_lint.web.tasks import Tasks

_AT_ONCE = 256  # connections


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self._ready()


def serve(project: Project, taken: socket.socket, address: Address, ready: Callable[[], None]) -> None:
    """Serve the page on a socket; `ready` is called once it listens. Returns when it is told to end."""
    pool = Pool(partial(Tasks, project))
    config = uvicorn.Config(
        make_app(pool, address),
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=32 * 1024,
    )
    try:
        _Server(config, ready).run(sockets=[taken])
    except KeyboardInterrupt:  # uvicorn has ended in order, and passes the signal on
        pass
    finally:
        pool.close()
        taken.close()
