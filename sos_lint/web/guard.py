"""Who may ask, and what every answer says to the browser.

Another page in the same browser can send requests here, and a name that its owner lets lead to this computer
makes it look like us. So the Host must be this computer's, the Origin must be our own, and whoever asks for
more than the page itself must know the secret.
"""

from __future__ import annotations

import asyncio
import json
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sos_lint.web.address import Address
from sos_lint.web.limits import MAX_BODY, SECONDS_TO_SEND

SECRET = b"x-sos-lint"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """Lets through what the page at this address asks, whole and not too long, and nothing else."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
            await send(message)

        given = dict(scope["headers"])
        if not self._is_ours(scope, given):
            await _refuse(with_headers, 403, "This page is for the browser of this computer only.")
        elif scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, with_headers)
        elif not secrets.compare_digest(given.get(SECRET, b""), self._address.secret.encode()):
            sentence = (
                "This page was opened with an address that no longer holds. Open the one in your terminal."
            )
            await _refuse(with_headers, 403, sentence)
        else:
            await self._with_body(scope, given, receive, with_headers)

    def _is_ours(self, scope: Scope, given: dict[bytes, bytes]) -> bool:
        host = given.get(b"host", b"").decode("latin-1").lower()
        origin = given.get(b"origin")
        asked_by = given.get(b"sec-fetch-site", b"none").decode("latin-1")
        # A link from elsewhere may lead to the page; nothing that it shows is anybody's.
        from_here = asked_by in ("same-origin", "none") or scope["method"] in ("GET", "HEAD")
        return (
            host in self._address.hosts
            and from_here
            and (origin is None or origin.decode("latin-1") == f"http://{host}")
            and (origin is not None or scope["method"] in ("GET", "HEAD"))
        )

    async def _with_body(self, scope: Scope, given: dict[bytes, bytes], receive: Receive, send: Send) -> None:
        length = given.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MAX_BODY:
            await _refuse(send, 413, TOO_MUCH)
            return
        try:
            body = await asyncio.wait_for(_read(receive), SECONDS_TO_SEND)
        except asyncio.TimeoutError:
            await _refuse(send, 408, "The text did not arrive in time. Please try again.")
            return
        if body is None:
            await _refuse(send, 413, TOO_MUCH)
            return
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


TOO_MUCH = (
    "This is too much for the page at once: it takes files of up to 10 MB, and some 350 pages of text. "
    "Please put in a part of it."
)


async def _read(receive: Receive) -> bytes | None:
    """The body of a request; None of one that is too long."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > MAX_BODY:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"fault": sentence}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
