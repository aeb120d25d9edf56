"""Which message of the editor does what."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from sos_lint.errors import SosLintError
from sos_lint.lsp.actions import KINDS, READ_ABOUT, Offer
from sos_lint.lsp.capabilities import Client
from sos_lint.lsp.diagnostics import SOURCE, Json
from sos_lint.lsp.drafts import Draft, Found, ending_for
from sos_lint.lsp.everywhere import Everywhere
from sos_lint.lsp.folders import SECTION, WATCHED
from sos_lint.lsp.hover import hover
from sos_lint.lsp.pages import write_page
from sos_lint.lsp.protocol import Ready, failed
from sos_lint.lsp.server import Server, path_of, span_of, spot_of
from sos_lint.readers import read_text

Handler = Callable[..., Any]
Result = TypeVar("Result")


def guarded(handler: Handler) -> Handler:
    """The same; but a failure of ours is told in one line, without a word of the document."""
    if asyncio.iscoroutinefunction(handler):

        @wraps(handler)
        async def later(*given: Any) -> Any:
            try:
                return await handler(*given)
            except (JsonRpcException, asyncio.CancelledError):
                raise
            except Exception as error:  # the border of the server: see `protocol.failed`
                raise JsonRpcException(failed(error)) from None

        return later

    @wraps(handler)
    def at_once(*given: Any) -> Any:
        try:
            return handler(*given)
        except Exception as error:  # the border of the server: see `protocol.failed`
            failed(error)
            return None

    return at_once


def server() -> Server:
    """A server that answers."""
    made = Server()
    for method, handler, options in (
        (types.INITIALIZE, _initialize, None),
        (types.INITIALIZED, _initialized, None),
        (types.SHUTDOWN, _shutdown, None),
        (types.TEXT_DOCUMENT_DID_OPEN, _did_open, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _did_change, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _did_save, types.SaveOptions(include_text=False)),
        (types.TEXT_DOCUMENT_DID_CLOSE, _did_close, None),
        (types.WORKSPACE_DID_CHANGE_CONFIGURATION, _did_change_configuration, None),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _did_change_watched_files, None),
        (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, _did_change_folders, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
        (
            types.TEXT_DOCUMENT_CODE_ACTION,
            _code_actions,
            types.CodeActionOptions(code_action_kinds=list(KINDS)),
        ),
        (
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            _diagnostic,
            types.DiagnosticOptions(
                inter_file_dependencies=False,
                workspace_diagnostics=True,
                identifier=SOURCE,
                work_done_progress=True,
            ),
        ),
        (types.WORKSPACE_DIAGNOSTIC, _workspace_diagnostic, None),
    ):
        made.feature(method, options)(guarded(handler))
    made.command(READ_ABOUT)(guarded(_read_about))
    return made


# --- beginning and end


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.client = Client(params.capabilities)
    for folder in ls.workspace.folders.values():
        if path := path_of(folder.uri):
            ls.folders.open(path)
    if not ls.folders.paths and ls.workspace.root_uri and (path := path_of(ls.workspace.root_uri)):
        ls.folders.open(path)
    _follow(ls, _section(params.initialization_options))


async def _initialized(ls: Server, _: types.InitializedParams) -> None:
    if ls.client.watches_files:
        watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wish = types.Registration("settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.start(ls.client_register_capability_async(types.RegistrationParams([wish])))
    ls.start(_ask_for_settings(ls))
    ls.start(ls.warm_up())


def _shutdown(ls: Server, _: object) -> None:
    ls.end()


# --- documents


def _did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.open(params.text_document)


def _did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    ls.change(params)


def _did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if params.text_document.uri in ls.drafts:
        ls.soon(params.text_document.uri, 0)


def _did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.close(params.text_document.uri)


# --- settings


def _section(said: Any) -> Any:
    """Our part of what an editor sends as its settings."""
    return said[SECTION] if isinstance(said, dict) and SECTION in said else said


def _follow(ls: Server, said: Any, path: Path | None = None) -> None:
    try:
        ls.folders.set(said, path)
    except SosLintError as fault:
        ls.warn(str(fault))


async def _ask_for_settings(ls: Server) -> None:
    if not ls.client.has_configuration:
        return
    paths = ls.folders.paths
    items = [types.ConfigurationItem(section=SECTION)]
    items += [types.ConfigurationItem(path.as_uri(), SECTION) for path in paths]
    answers = await ls.workspace_configuration_async(types.ConfigurationParams(items))
    for path, said in zip((None, *paths), answers, strict=False):
        if said is not None and (path is None or path in ls.folders.paths):
            _follow(ls, said, path)
    ls.all_again()


async def _did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    if ls.client.has_configuration:
        await _ask_for_settings(ls)
        return
    _follow(ls, _section(params.settings))
    ls.all_again()


def _did_change_watched_files(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    try:
        ls.folders.read_again()
    except SosLintError as fault:
        ls.warn(str(fault))
    ls.all_again()


async def _did_change_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        if path := path_of(folder.uri):
            ls.folders.close(path)
    for folder in params.event.added:
        if path := path_of(folder.uri):
            ls.folders.open(path)
    await _ask_for_settings(ls)
    ls.all_again()


# --- questions


async def _hover(ls: Server, params: types.HoverParams) -> Json | None:
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None:
        return None
    found = await ls.found(draft)
    here = spot_of(params.position)

    def say() -> Json | None:
        linter, _ = ls.choose(draft.path)
        rules = linter.catalogue.with_ids({one.rule for one in found.every})
        return hover(found, here, rules, markdown=ls.client.reads_markdown)

    return await _quietly(ls, say)


async def _code_actions(ls: Server, params: types.CodeActionParams) -> list[Json] | None:
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None:
        return None
    found = await ls.found(draft)

    def offer() -> list[Json]:
        return list(_offered(ls, draft, found, params))

    return await _quietly(ls, offer)


def _offered(ls: Server, draft: Draft, found: Found, params: types.CodeActionParams) -> list[Json]:
    ending = ending_for(draft.language, draft.name)
    may = Offer(
        draft.uri,
        found,
        lambda text: read_text(text, draft.name, ending),
        versioned=ls.client.checks_versions,
    )
    wanted = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]

    def is_wanted(kind: str) -> bool:
        return not wanted or any(kind == one or kind.startswith(f"{one}.") for one in wanted)

    offered: list[Json] = []
    if is_wanted(KINDS[0]):
        at = found.lines.range(span_of(params.range))
        offered += may.quick_fixes(at, reads_pages=ls.client.shows_documents)
    # Unasked, it is no remedy for what stands under the pointer.
    if wanted and is_wanted(KINDS[-1]) and (everything := may.fix_all()):
        offered.append(everything)
    return offered


async def _diagnostic(ls: Server, params: types.DocumentDiagnosticParams) -> Ready:
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None:
        return Ready(kind="full", items=[])
    found = await ls.found(draft)
    name = draft.result
    if params.previous_result_id == name:
        return Ready(kind="unchanged", resultId=name)
    items = await ls.work(lambda: ls.diagnostics(draft, found))
    return Ready(kind="full", resultId=name, items=items)


async def _workspace_diagnostic(ls: Server, params: types.WorkspaceDiagnosticParams) -> Ready:
    return Ready(items=await Everywhere(ls, params).reports())


async def _read_about(ls: Server, uri: str, rule: str) -> None:
    def write() -> tuple[Path, int]:
        linter, _ = ls.choose(path_of(uri))
        return write_page(linter.catalogue, rule)

    written = await _quietly(ls, write)
    if written is not None:
        page, line = written
        here = types.Position(line, 0)
        await ls.window_show_document_async(
            types.ShowDocumentParams(page.as_uri(), take_focus=True, selection=types.Range(here, here))
        )


async def _quietly(ls: Server, do: Callable[[], Result]) -> Result | None:
    """What some work comes to; None where a configuration cannot be followed, which was told already."""
    with contextlib.suppress(SosLintError):
        return await ls.work(do)
    return None
