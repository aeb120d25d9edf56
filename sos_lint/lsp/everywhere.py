"""Looks through all drafts of the open folders, where the editor asks for that: file by file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from sos_lint.digest import blake2b
from sos_lint.errors import SosLintError
from sos_lint.lsp.diagnostics import Json, diagnostic_of
from sos_lint.lsp.drafts import READ, Draft, Snapshot, ending_for, look
from sos_lint.lsp.server import Server
from sos_lint.readers import load
from sos_lint.readers.decode import decoded
from sos_lint.readers.find import find_documents


class Everywhere:
    """One look through the open folders. A file that has not changed since the last look is not read."""

    def __init__(self, server: Server, params: types.WorkspaceDiagnosticParams) -> None:
        self._server = server
        self._progress = params.work_done_token
        self._partly = params.partial_result_token
        self._before = {one.uri: one.value for one in params.previous_result_ids}

    async def reports(self) -> list[Json]:
        """A report for each draft; none are left to tell where the editor takes them one by one."""
        reports: list[Json] = []
        try:
            self._say({"kind": "begin", "title": "sos-lint", "cancellable": True, "percentage": 0})
            files = await self._server.work(self._files)
            for number, file in enumerate(files):
                report = await self._report(file)
                self._hand_over([report], reports)
                percentage = 100 * (number + 1) // len(files)
                self._say(
                    {"kind": "report", "message": f"{number + 1} of {len(files)}", "percentage": percentage}
                )
                await asyncio.sleep(0)  # a wish to stop is heard here
            seen = {file.as_uri() for file in files}
            gone: list[Json] = [
                {"kind": "full", "uri": uri, "version": None, "items": []}
                for uri in self._before
                if uri not in seen
            ]
            self._hand_over(gone, reports)
        finally:
            self._say({"kind": "end"})
        return reports

    def _files(self) -> list[Path]:
        return sorted(set(self._found()))

    def _found(self) -> Iterator[Path]:
        for folder in self._server.folders.paths:
            project = self._server.folders.project(folder)
            documents, _ = find_documents([str(folder)], project.leaves_out)
            yield from (one.path for one in documents if one.path.suffix.lower() in READ)

    async def _report(self, file: Path) -> Json:
        uri = file.as_uri()
        draft = next((one for one in self._server.drafts.values() if one.path == file), None)
        if draft is not None:
            return await self._of_draft(draft)
        try:
            return await self._server.work(lambda: self._of_file(file, uri))
        except SosLintError as fault:
            self._server.warn(str(fault))
            return {"kind": "full", "uri": uri, "version": None, "items": []}

    async def _of_draft(self, draft: Draft) -> Json:
        found = await self._server.found(draft)
        items = await self._server.work(lambda: self._server.diagnostics(draft, found))
        about = {"uri": draft.uri, "version": found.version, "resultId": draft.result}
        return {"kind": "full", **about, "items": items}

    def _of_file(self, file: Path, uri: str) -> Json:
        name = self._stamp(file)
        if self._before.get(uri) == name:
            return {"kind": "unchanged", "uri": uri, "version": None, "resultId": name}
        linter, settings = self._server.choose(file)
        text = decoded(load(file, file.name), file.name).text
        snapshot = Snapshot(None, text, ending_for("", file.name))
        found = look(snapshot, file.name, linter, settings, self._server.units)
        items = [diagnostic_of(finding, found.lines) for finding in found.shown]
        return {"kind": "full", "uri": uri, "version": None, "resultId": name, "items": items}

    def _stamp(self, file: Path) -> str:
        """A name for a file as it now is, under the settings as they now are."""
        try:
            known = file.stat()
        except OSError:
            return ""
        about = f"{self._server.folders.generation} {known.st_mtime_ns} {known.st_size}"
        return blake2b(about.encode(), digest_size=8).hexdigest()

    def _hand_over(self, new: list[Json], reports: list[Json]) -> None:
        if self._partly is None:
            reports += new
        elif new:
            self._server.protocol.send(types.PROGRESS, {"token": self._partly, "value": {"items": new}})

    def _say(self, value: Json) -> None:
        if self._progress is not None:
            self._server.protocol.send(types.PROGRESS, {"token": self._progress, "value": value})
