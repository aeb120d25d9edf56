"""The wire: what is said to the editor, and that nothing of a document is said anywhere else.

pygls logs whole messages and sends tracebacks, which could hold the words of a draft. Both end here.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

from sos_lint.batch import own_fault
from sos_lint.lsp.diagnostics import Json

OURS = "sos-lint"  # an error that begins so was put into words here
_UNTOLD = {
    types.ErrorCodes.InvalidParams.value: "sos-lint: a message of the editor could not be understood.",
    types.ErrorCodes.InternalError.value: "sos-lint: something went wrong.",
}


class Ready(dict[str, Any]):
    """JSON that is ready to be sent."""


def converter() -> Any:
    """Turns messages into JSON and back; what is ready is left as it is."""
    made: Any = default_converter()  # type: ignore[no-untyped-call]
    made.register_unstructure_hook(Ready, lambda ready: ready)
    return made


def silence() -> None:
    """Let no library write to the log: it would hold documents."""
    for name in ("pygls", "asyncio", "cattrs"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


def failed(error: Exception) -> str:
    """One line on a failure of our own, without a word of the document; it goes to standard error, too."""
    line = f"{own_fault(error)} Please tell the makers of sos-lint."
    print(line, file=sys.stderr, flush=True)
    return line


class Protocol(LanguageServerProtocol):
    """The protocol, with texts that are kept in `lsp.texts` alone, and errors without words of a document."""

    def send(self, method: str, params: Json) -> None:
        """Send a notification that is JSON already."""
        self._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def _send_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        if error is not None and not error.message.startswith(OURS):
            message = _UNTOLD.get(error.code, error.message)
            error = types.ResponseError(code=error.code, message=message)
        super()._send_response(msg_id, result, error)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> Generator[Any, Any, None]:
        """A document is opened."""
        yield self._told(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> Generator[Any, Any, None]:
        """A document is changed."""
        yield self._told(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> Generator[Any, Any, None]:
        """A document is closed."""
        yield self._told(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def _told(self, method: str, params: Any) -> tuple[Any, tuple[Any], None]:
        return self.fm.features[method], (params,), None
