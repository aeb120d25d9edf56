"""The server: keeps what is open, looks through it after a pause, and answers what the editor asks.

Messages are heard on the main thread. Drafts are looked through on one other, in turn, so that typing is
heard meanwhile; what is overtaken by a later version is not told.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from sos_lint import __version__
from sos_lint.errors import SosLintError
from sos_lint.lint import Linter
from sos_lint.lsp.capabilities import Client
from sos_lint.lsp.diagnostics import Diagnostics, Json
from sos_lint.lsp.drafts import Draft, Found, Snapshot, look
from sos_lint.lsp.folders import Folders
from sos_lint.lsp.protocol import Protocol, converter, failed
from sos_lint.lsp.texts import Change, Span, Spot, Units, changed
from sos_lint.settings import Settings

Result = TypeVar("Result")

_WARM_UP = "Ruby, aged 7, was neglected by Mum (CIN). She often engages with the TAF: there is concern."


class Server(LanguageServer):
    """Serves one editor."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("sos-lint", __version__, protocol_cls=Protocol, converter_factory=converter)
        self.folders = Folders()
        self.drafts: dict[str, Draft] = {}
        self.client = Client(types.ClientCapabilities())
        self._worker = ThreadPoolExecutor(1, "sos-lint")
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._diagnostics: dict[str, Diagnostics] = {}
        self._said: set[str] = set()

    # --- what is open

    @property
    def units(self) -> Units:
        """What the editor counts characters in."""
        return Units(self.workspace.position_encoding or "utf-16")

    def open(self, item: types.TextDocumentItem) -> None:
        """A document is opened: it is looked through at once."""
        self.drafts[item.uri] = Draft(
            item.uri, _name(item.uri), path_of(item.uri), item.language_id, item.text, item.version
        )
        self._diagnostics[item.uri] = Diagnostics(item.uri, related=self.client.shows_related)
        self.soon(item.uri, 0)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A document is changed: it is looked through when no other change has followed for a while."""
        draft = self.drafts.get(params.text_document.uri)
        if draft is None:
            return
        changes = [
            Change(one.text, span_of(one.range))
            if isinstance(one, types.TextDocumentContentChangePartial)
            else Change(one.text)
            for one in params.content_changes
        ]
        draft.text = changed(draft.text, changes, self.units)
        draft.version = params.text_document.version
        self.soon(draft.uri, self.folders.debounce(draft.path))

    def close(self, uri: str) -> None:
        """A document is closed: nothing of it is kept."""
        self._stop(uri)
        self._diagnostics.pop(uri, None)
        if self.drafts.pop(uri, None) is not None and not self.client.pulls:
            self._publish(uri, None, [])

    # --- looking

    def soon(self, uri: str, seconds: float) -> None:
        """Look through a draft after a pause; what was to come before does not. An editor that asks for
        diagnostics itself is not told.
        """
        self._stop(uri)
        if not self.client.pulls:
            loop = asyncio.get_running_loop()
            self._timers[uri] = loop.call_later(seconds, lambda: self.start(self._tell(uri)))

    def all_again(self) -> None:
        """Settings may have changed."""
        self._said.clear()
        for uri in self.drafts:
            self.soon(uri, 0)
        if self.client.pulls and self.client.refreshes:
            self.start(self._refresh())

    def start(self, work: object) -> None:
        """Do something on the side; a failure is one line."""

        async def guarded() -> None:
            try:
                await work  # type: ignore[misc]
            except Exception as error:  # the border of the server: see `protocol.failed`
                self.log(failed(error))

        task = asyncio.ensure_future(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def found(self, draft: Draft) -> Found:
        """What there is in a draft as it now is."""
        snapshot = draft.snapshot()
        try:
            return await self.work(lambda: self._look(draft, snapshot))
        except SosLintError as fault:  # a configuration or pack that cannot be followed
            self.warn(str(fault))
            return Found(snapshot.version, snapshot.text, None, (), self.units)

    def _look(self, draft: Draft, snapshot: Snapshot) -> Found:
        generation, known = self.folders.generation, draft.found
        if known is not None and known.text is snapshot.text and draft.generation == generation:
            return known
        linter, settings = self.folders.choose(draft.path)
        found = look(snapshot, draft.name, linter, settings, self.units, draft)
        draft.found, draft.generation = found, generation
        draft.number += 1
        return found

    async def work(self, do: Callable[[], Result]) -> Result:
        """Do something that takes long on the other thread, in turn."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, do)

    async def _tell(self, uri: str) -> None:
        draft = self.drafts.get(uri)
        if draft is None:
            return
        found = await self.found(draft)
        if self.drafts.get(uri) is draft and found.text is draft.text:
            items = await self.work(lambda: self.diagnostics(draft, found))
            if found.text is draft.text:
                self._publish(uri, found.version, items)

    def diagnostics(self, draft: Draft, found: Found) -> list[Json]:
        """The diagnostics of what was found in a draft."""
        made = self._diagnostics.get(draft.uri)
        return made.of(found) if made is not None else []

    def _publish(self, uri: str, version: int | None, items: list[Json]) -> None:
        params: Json = {"uri": uri, "diagnostics": items}
        if version is not None and self.client.knows_versions:
            params["version"] = version
        self.protocol.send(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    async def _refresh(self) -> None:
        await self.workspace_diagnostic_refresh_async(None)

    def _stop(self, uri: str) -> None:
        timer = self._timers.pop(uri, None)
        if timer is not None:
            timer.cancel()

    def choose(self, path: Path | None) -> tuple[Linter, Settings]:
        """The linter and settings for a document."""
        return self.folders.choose(path)

    # --- beginning and end

    async def warm_up(self) -> None:
        """Load packs and all that the first draft would wait for; what is then there is there to stay."""

        def look_at_something() -> None:
            linter, settings = self.folders.choose(None)
            look(Snapshot(None, _WARM_UP, ".md"), "warm-up.md", linter, settings, self.units)
            gc.collect()
            gc.freeze()

        try:
            await self.work(look_at_something)
        except SosLintError as fault:
            self.warn(str(fault))

    def end(self) -> None:
        """Forget everything."""
        for uri in list(self._timers):
            self._stop(uri)
        self.drafts.clear()
        self._diagnostics.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)

    # --- what the writer is told

    def warn(self, words: str) -> None:
        """Tell the writer what is wrong with the settings, once."""
        if words not in self._said:
            self._said.add(words)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, words))

    def log(self, words: str) -> None:
        """Put a line into the editor's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002 (pygls asks so)
        """One line, in place of the words of whatever failed."""
        failed(error)


def path_of(uri: str) -> Path | None:
    """The file of a document; None of one that was never saved."""
    given = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(given) if given else None


def _name(uri: str) -> str:
    return unquote(PurePosixPath(urlsplit(uri).path).name) or "untitled"


def spot_of(position: types.Position) -> Spot:
    """A position of the protocol as one of ours."""
    return Spot(position.line, position.character)


def span_of(given: types.Range) -> Span:
    """A range of the protocol as one of ours."""
    return Span(spot_of(given.start), spot_of(given.end))
