"""An editor for tests: pygls's own client, over the standard streams of a real `sos-lint lsp`."""

from __future__ import annotations

import ast
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs
from lsprotocol import types
from pygls.lsp.client import LanguageClient

Result = TypeVar("Result")

PATIENCE = 60  # seconds, on a machine with much to do
_PROGRAM = "from sos_lint.cli import main; raise SystemExit(main(['lsp']))"

PUSHED = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
            related_information=True, version_support=True
        ),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
    )
)
PULLED = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities()),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    ),
)


class Editor(LanguageClient):
    """An editor that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.shown: dict[str, types.PublishDiagnosticsParams] = {}
        self.said: list[str] = []
        self.logged: list[str] = []
        self.progress: list[types.ProgressParams] = []
        self.settings: Callable[[str | None], Any] = lambda _: None
        self.pages: list[types.ShowDocumentParams] = []
        self._news = asyncio.Condition()
        for method, hear in (
            (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self._published),
            (types.WINDOW_SHOW_MESSAGE, self._shown),
            (types.WINDOW_LOG_MESSAGE, self._logged),
            (types.PROGRESS, self._progressed),
        ):
            self.feature(method)(_function(hear))
        self.feature(types.WORKSPACE_CONFIGURATION)(_function(self._asked))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
        self.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)(lambda *_: None)
        self.feature(types.WINDOW_SHOW_DOCUMENT)(_function(self._opened))

    async def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.shown[params.uri] = params
        await self._tell()

    async def _shown(self, params: types.ShowMessageParams) -> None:
        self.said.append(params.message)
        await self._tell()

    async def _logged(self, params: types.LogMessageParams) -> None:
        self.logged.append(params.message)
        await self._tell()

    async def _progressed(self, params: types.ProgressParams) -> None:
        self.progress.append(params)
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _asked(self, params: types.ConfigurationParams) -> list[Any]:
        return [self.settings(item.scope_uri) for item in params.items]

    async def _opened(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.pages.append(params)
        return types.ShowDocumentResult(True)

    async def until(self, holds: Callable[[], Result]) -> Result:
        """Wait for something to be heard."""

        async def waited() -> Result:
            async with self._news:
                while not (so := holds()):
                    await self._news.wait()
                return so

        return await asyncio.wait_for(waited(), PATIENCE)

    async def diagnostics(self, uri: str, version: int) -> list[types.Diagnostic]:
        """What is shown in a version of a document."""
        shown = await self.until(
            lambda: self.shown.get(uri) if uri in self.shown and self.shown[uri].version == version else None
        )
        assert shown is not None
        return list(shown.diagnostics)

    def open(self, uri: str, text: str, language: str = "markdown", version: int = 1) -> None:
        item = types.TextDocumentItem(uri, language, version, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    async def pulled(self, uri: str, before: str | None = None) -> Any:
        """What the server says when it is asked."""
        document = types.TextDocumentIdentifier(uri)
        return await self.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(document, previous_result_id=before)
        )

    async def actions(
        self, uri: str, at: types.Range, only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        """What is offered for a place."""
        document = types.TextDocumentIdentifier(uri)
        context = types.CodeActionContext([], only=only)
        offered = await self.text_document_code_action_async(types.CodeActionParams(document, at, context))
        return [_action(one) for one in offered or ()]


def _action(offered: Any) -> types.CodeAction:
    """What is offered: lsprotocol takes an action that has a command for a command, whose name it writes as
    Python does.
    """
    if isinstance(offered, types.CodeAction):
        return offered
    return types.CodeAction(offered.title, command=types.Command(**ast.literal_eval(offered.command)))


def _function(method: Callable[[Any], Awaitable[Result]]) -> Callable[[Any], Awaitable[Result]]:
    """The same as a function of its own: pygls writes on what it is given."""

    async def hear(params: Any) -> Result:
        return await method(params)

    return hear


def run(
    play: Callable[[Editor], Awaitable[Result]],
    capabilities: types.ClientCapabilities = PUSHED,
    *,
    folders: Mapping[str, Path] | None = None,
    options: Any = None,
    settings: Callable[[str | None], Any] | None = None,
    encodings: list[types.PositionEncodingKind | str] | None = None,
) -> Result:
    """Start the server, let an editor play with it, and end it as editors do."""

    async def played() -> Result:
        editor = Editor()
        if settings is not None:
            editor.settings = settings
        await editor.start_io(sys.executable, "-c", _PROGRAM)
        said = capabilities
        if encodings is not None:
            said = attrs.evolve(said, general=types.GeneralClientCapabilities(position_encodings=encodings))
        roots = [types.WorkspaceFolder(path.as_uri(), name) for name, path in (folders or {}).items()]
        answer = await editor.initialize_async(
            types.InitializeParams(said, initialization_options=options, workspace_folders=roots or None)
        )
        assert answer.capabilities.position_encoding == (encodings or ["utf-16"])[0]
        editor.initialized(types.InitializedParams())
        try:
            result = await asyncio.wait_for(asyncio.ensure_future(_of(play(editor))), 2 * PATIENCE)
        finally:
            await asyncio.wait_for(editor.shutdown_async(None), PATIENCE)
            editor.exit(None)
            await editor.stop()
        return result

    return asyncio.run(played())


async def _of(awaitable: Awaitable[Result]) -> Result:
    return await awaitable
