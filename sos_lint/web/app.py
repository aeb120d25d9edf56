"""What the page may ask, and the files that it is made of."""

from __future__ import annotations

import json
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sos_lint.errors import SosLintError
from sos_lint.web.address import Address
from sos_lint.web.guard import Guard
from sos_lint.web.pool import Busy, Pool, Spent

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FILE = "application/octet-stream"
_LENGTH = struct.Struct(">I")
_TEXT_TASKS = ("check", "change", "form", "choices", "received", "family")


def make_app(pool: Pool, address: Address) -> ASGIApp:
    """The page and what it may ask, behind its guard."""

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    routes = [Route("/", _index), Route("/page/{name}", _file)]
    routes += [Route(f"/do/{name}", _asked(pool, name), methods=["POST"]) for name in _TEXT_TASKS]
    routes.append(Route("/do/open", _opened(pool), methods=["POST"]))
    routes.append(Route("/do/annotate", _annotated(pool), methods=["POST"]))
    return Guard(Starlette(routes=routes, lifespan=life), address)


def _page() -> dict[str, tuple[bytes, str]]:
    """The files of the page, with their types."""
    folder = files(__package__).joinpath("page")
    named = {one.name: one for one in folder.iterdir()}
    types = {name: _TYPES.get(name[name.rfind(".") :]) for name in named}
    return {name: (named[name].read_bytes(), kind) for name, kind in types.items() if kind}


_FILES: dict[str, tuple[bytes, str]] = {}


def _shipped(name: str) -> Response:
    if not _FILES:
        _FILES.update(_page())
    if name not in _FILES:
        return Response("There is nothing here.", 404, media_type="text/plain")
    data, kind = _FILES[name]
    return Response(data, headers={"content-type": kind})


async def _index(_request: Request) -> Response:
    return _shipped("index.html")


async def _file(request: Request) -> Response:
    return _shipped(request.path_params["name"])


Answer = Callable[[Request], Awaitable[Response]]


def _asked(pool: Pool, name: str) -> Answer:
    """The answer to something asked of a text."""

    async def answer(request: Request) -> Response:
        return await _answered(request, lambda told, _: pool.do(name, told, draft=_draft(told)), framed=False)

    return answer


def _opened(pool: Pool) -> Answer:
    """The words of a file."""

    async def answer(request: Request) -> Response:
        return await _answered(request, lambda told, data: pool.do("open", told, data, _draft(told)))

    return answer


def _annotated(pool: Pool) -> Answer:
    """A file with comments."""

    async def answer(request: Request) -> Response:
        async def do(told: Any, data: bytes) -> Response:
            about, copy = await pool.do("annotate", told, data, _draft(told))
            headers = {"x-about": quote(json.dumps(about))}
            return Response(copy, media_type=_FILE, headers=headers)

        return await _answered(request, do)

    return answer


async def _answered(
    request: Request, do: Callable[[Any, bytes], Awaitable[Any]], *, framed: bool = True
) -> Response:
    """What comes of a request; every fault in one plain sentence."""
    try:
        told, data = _parted(await request.body()) if framed else (json.loads(await request.body()), b"")
        if not isinstance(told, dict):
            raise ValueError("a request is told by names and values")
        value = await do(told, data)
    except Busy as fault:
        return _fault(fault, 503)
    except Spent as fault:
        return _fault(fault, 422)
    except SosLintError as fault:
        return _fault(fault, 422)
    except (ValueError, LookupError, TypeError, RecursionError, struct.error):
        return JSONResponse({"fault": "The page asked for something that cannot be understood."}, 400)
    return value if isinstance(value, Response) else JSONResponse(value)


def _parted(body: bytes) -> tuple[Any, bytes]:
    """What is told of a file, and its bytes: the length of the one stands before it."""
    (length,) = _LENGTH.unpack_from(body)
    start = _LENGTH.size
    return json.loads(body[start : start + length]), body[start + length :]


def _draft(told: Any) -> str:
    return str(told.get("draft", ""))[:64]


def _fault(fault: SosLintError, status: int) -> Response:
    return JSONResponse({"fault": f"{fault.sentence} {fault.hint}".strip()}, status)
