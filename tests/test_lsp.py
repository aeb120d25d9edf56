"""The editor server, heard through a real client over its standard streams."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from editors import PULLED, PUSHED, Editor, run
from lsprotocol import types

pytestmark = pytest.mark.model

URI = "file:///drafts/note.md"
NEGLECT = "There is neglect in the home.\n"


def at(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def rules(diagnostics: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in diagnostics]


def edited(text: str, action: types.CodeAction, uri: str = URI) -> str:
    """The text after an action, whose places count code points here."""
    assert action.edit is not None
    if action.edit.document_changes:
        (change,) = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        edits: list[Any] = list(change.edits)
    else:
        assert action.edit.changes is not None
        edits = list(action.edit.changes[uri])
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    edits.sort(key=lambda one: (one.range.start.line, one.range.start.character), reverse=True)
    for edit in edits:
        start = starts[edit.range.start.line] + edit.range.start.character
        end = starts[edit.range.end.line] + edit.range.end.character
        text = text[:start] + edit.new_text + text[end:]
    return text


def test_a_draft_is_looked_through_when_it_is_opened() -> None:
    async def play(editor: Editor) -> list[types.Diagnostic]:
        editor.open(URI, f"# Note\n\n{NEGLECT}")
        return await editor.diagnostics(URI, 1)

    (found,) = run(play)
    assert (found.code, found.source, found.range) == ("broad-terms/neglect", "sos-lint", at(2, 9, 16))
    assert found.severity is types.DiagnosticSeverity.Warning
    assert "neglect" in found.message


# text, language, units of the editor, where “neglect” stands in its line
UNITS = [
    ("\U0001f9e1 neglect", "plaintext", "utf-16", 3),
    ("\U0001f9e1 neglect", "plaintext", "utf-8", 5),
    ("\U0001f9e1 neglect", "plaintext", "utf-32", 2),
    ("cafe\u0301 neglect", "plaintext", "utf-16", 6),
    ("cafe\u0301 neglect", "markdown", "utf-8", 7),
    ("<p>\U0001f9e1 neglect</p>", "html", "utf-16", 6),
]


@pytest.mark.parametrize(("text", "language", "units", "column"), UNITS)
def test_places_are_told_in_the_units_of_the_editor(
    text: str, language: str, units: str, column: int
) -> None:
    text = f"One.\r\nTwo.\r\n\r\n{text}\r\n"

    async def play(editor: Editor) -> list[types.Diagnostic]:
        editor.open("untitled:Untitled-1", text, language)
        return await editor.diagnostics("untitled:Untitled-1", 1)

    found = {one.code: one.range for one in run(play, encodings=[units])}
    assert found["broad-terms/neglect"] == at(3, column, column + 7)


def test_changes_are_followed_and_those_in_a_burst_are_told_once() -> None:
    """With astral characters, combining ones and CRLF, from change to change, as of the same text anew."""
    text = "# Note \U0001f9e1\r\n\r\nTom was hit.\r\n"
    changes = [
        (at(2, 0, 0), "There is neglect. "),
        (at(0, 7, 9), "cafe\u0301 \U0001f9e1\U0001f9e1"),
        (at(1, 0, 0), "\r\nThe CIN plan.\r\n"),
        (at(4, 0, 5), ""),
        (at(4, 3, 3), "\U0001f600 "),
    ]

    async def play(editor: Editor) -> tuple[list[Any], list[Any], int]:
        editor.open(URI, text)
        await editor.diagnostics(URI, 1)
        told = 0

        for number, (place, words) in enumerate(changes):
            editor.change(URI, number + 2, types.TextDocumentContentChangePartial(place, words))
            told += URI in editor.shown and editor.shown[URI].version not in (1, len(changes) + 1)
        after = await editor.diagnostics(URI, len(changes) + 1)
        now = (
            "# Note cafe\u0301 \U0001f9e1\U0001f9e1\r\n\r\nThe CIN plan.\r\n\r\n"
            " is\U0001f600  neglect. Tom was hit.\r\n"
        )
        editor.open("file:///drafts/other.md", now)
        fresh = await editor.diagnostics("file:///drafts/other.md", 1)
        return after, fresh, told

    after, fresh, told = run(play, options={"debounce": 400})
    assert told == 0
    assert rules(after)
    assert [(one.code, one.range, one.message) for one in after] == [
        (one.code, one.range, one.message) for one in fresh
    ]


def test_a_closed_draft_shows_nothing_any_more() -> None:
    async def play(editor: Editor) -> list[types.Diagnostic]:
        editor.open(URI, NEGLECT)
        await editor.diagnostics(URI, 1)
        editor.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(URI)))
        shown = await editor.until(lambda: URI in editor.shown and editor.shown[URI].version is None)
        assert shown
        return list(editor.shown[URI].diagnostics)

    assert run(play) == []


def test_an_editor_that_asks_is_answered_and_not_told() -> None:
    async def play(editor: Editor) -> list[Any]:
        editor.open(URI, NEGLECT)
        first = await editor.pulled(URI)
        second = await editor.pulled(URI, first.result_id)
        whole = types.TextDocumentContentChangeWholeDocument("Tom went swimming.\n")
        editor.change(URI, 2, whole)
        third = await editor.pulled(URI, first.result_id)
        return [first, second, third, dict(editor.shown)]

    first, second, third, shown = run(play, PULLED)
    assert rules(first.items) == ["broad-terms/neglect"]
    assert (second.kind, second.result_id) == ("unchanged", first.result_id)
    assert (third.kind, list(third.items)) == ("full", [])
    assert shown == {}


def test_what_is_shown_under_the_pointer() -> None:
    text = "There is *neglect*: on four mornings in May the boys came to school without breakfast.\n"

    async def play(editor: Editor) -> list[Any]:
        editor.open(URI, text)
        document = types.TextDocumentIdentifier(URI)
        return [
            await editor.text_document_hover_async(types.HoverParams(document, types.Position(0, character)))
            for character in (12, 40)
        ]

    here, elsewhere = run(play)
    assert elsewhere is None
    assert here.contents.kind == types.MarkupKind.Markdown
    assert here.range == at(0, 10, 17)
    shown = here.contents.value
    assert "☑ What did the adult do" in shown
    assert "☐ What was it like for the child" in shown
    assert "`broad-terms/neglect`" in shown


# what is offered where, and what the draft says afterwards; the draft, its language
ACTIONS = [
    (
        "Write “child in need",
        "The CIN plan is new. Her CIN worker came.\n",
        "markdown",
        "The child in need (CIN) plan is new. Her CIN worker came.\n",
    ),
    (
        "Leave it here",
        NEGLECT,
        "markdown",
        "There is neglect in the home."
        " <!-- sos-lint: ignore broad-terms/neglect -- [why this may stay] -->\n",
    ),
    (
        "Leave it here",
        NEGLECT,
        "plaintext",
        "There is neglect in the home."
        " <!-- sos-lint: ignore broad-terms/neglect -- [why this may stay] -->\n",
    ),
    (
        "Leave it here",
        "<p>There is neglect in the home.</p>\n",
        "html",
        "<p>There is neglect in the home."
        " <!-- sos-lint: ignore broad-terms/neglect -- [why this may stay] --></p>\n",
    ),
    (
        "Leave it here",
        "- There is neglect.\n- Tom swims.\n",
        "markdown",
        "- There is neglect. <!-- sos-lint: ignore broad-terms/neglect -- [why this may stay] -->\n"
        "- Tom swims.\n",
    ),
]


@pytest.mark.parametrize(("title", "text", "language", "after"), ACTIONS)
def test_what_is_offered(title: str, text: str, language: str, after: str) -> None:
    """What is put in does what it says: there is one finding fewer, and no fault of a remark."""

    async def play(editor: Editor) -> tuple[str, list[str], list[str]]:
        editor.open(URI, text, language)
        before = await editor.diagnostics(URI, 1)
        offered = await editor.actions(URI, before[0].range)
        chosen = next(one for one in offered if one.title.startswith(title))
        now = edited(text, chosen)
        editor.change(URI, 2, types.TextDocumentContentChangeWholeDocument(now))
        return now, rules(before), rules(await editor.diagnostics(URI, 2))

    now, before, then = run(play)
    assert now == after
    assert before[0] not in then
    assert not [rule for rule in then if rule.startswith("sos-lint/")]


def test_a_scaffold_is_added_behind_its_sentence_and_all_safe_edits_are_made_at_once() -> None:
    text = "Tom was neglected. He swims.\n\nThe TAF met. The TAF meets again in May. The SGO is new.\n"

    async def play(editor: Editor) -> list[Any]:
        editor.open(URI, text)
        found = await editor.diagnostics(URI, 1)
        offered = await editor.actions(URI, found[0].range)
        everything = await editor.actions(URI, found[0].range, only=["source.fixAll"])
        document_level = await editor.actions(URI, found[0].range, only=["refactor"])
        return [offered, everything, document_level]

    offered, everything, other = run(play)
    scaffold = next(one for one in offered if one.title.startswith("Add, to fill in"))
    after = edited(text, scaffold)
    assert after.startswith("Tom was neglected. ")
    assert after.index("[") < after.index("He swims.")
    assert not [one for one in offered if one.kind == "source.fixAll.sos-lint"]
    (fix_all,) = everything
    assert (fix_all.kind, other) == ("source.fixAll.sos-lint", [])
    assert "team around the family (TAF)" in edited(text, fix_all)


def test_an_edit_is_for_the_version_that_it_was_made_for() -> None:
    async def play(editor: Editor) -> list[types.CodeAction]:
        editor.open(URI, "The CIN plan is new.\n", version=7)
        return await editor.actions(URI, at(0, 4, 7))

    changes = [one.edit.document_changes for one in run(play, PULLED) if one.edit]
    assert changes
    for (change,) in changes:
        assert change.text_document.version == 7


def test_each_folder_goes_by_its_own_configuration_and_the_editors_settings(tmp_path: Path) -> None:
    for name, ignored in (("one", "broad-terms"), ("two", "acronyms")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".sos-lint.yml").write_text(f"ignore: [{ignored}]\n", encoding="utf-8")
    (tmp_path / "three").mkdir()
    folders = {name: tmp_path / name for name in ("one", "two", "three")}
    text = "There is neglect. The CIN plan is new.\n"

    def settings(uri: str | None) -> Any:
        return {"ignore": ["acronyms"]} if uri == folders["three"].as_uri() else {}

    capabilities = types.ClientCapabilities(
        text_document=PUSHED.text_document, workspace=types.WorkspaceClientCapabilities(configuration=True)
    )

    async def play(editor: Editor) -> list[list[str]]:
        shown = []
        for name, path in folders.items():
            uri = (path / "note.md").as_uri()
            editor.open(uri, text)
            wanted = {"one": "acronyms", "two": "broad-terms", "three": "broad-terms"}[name]
            await editor.until(
                lambda uri=uri, wanted=wanted: (
                    uri in editor.shown
                    and {rule.split("/")[0] for rule in rules(list(editor.shown[uri].diagnostics))}
                    == {wanted}
                )
            )
            shown.append(rules(list(editor.shown[uri].diagnostics)))
        (folders["one"] / ".sos-lint.yml").write_text("ignore: [acronyms]\n", encoding="utf-8")
        change = types.FileEvent((folders["one"] / ".sos-lint.yml").as_uri(), types.FileChangeType.Changed)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
        uri = (folders["one"] / "note.md").as_uri()
        await editor.until(lambda: rules(list(editor.shown[uri].diagnostics)) == ["broad-terms/neglect"])
        return shown

    one, two, three = run(play, capabilities, folders=folders, settings=settings)
    assert [rule.split("/")[0] for rule in one] == ["acronyms"]
    assert two == three == ["broad-terms/neglect"]


# what is set in the editor, and what is said of it
WRONG = [
    ({"ingore": ["jargon"]}, "there is no “ingore”"),
    ({"ignore": ["jargn"]}, "jargn"),
    ({"debounce": "soon"}, "milliseconds"),
    ({"profile": "strict!"}, "no profile is called"),
    ([1], "an object"),
]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_wrong_settings_are_said_once_and_kindly(options: Any, said: str) -> None:
    async def play(editor: Editor) -> list[str]:
        editor.open(URI, NEGLECT)
        await editor.until(lambda: editor.said)
        return editor.said

    (message,) = run(play, options=options)
    assert said in message


def test_a_configuration_that_cannot_be_followed_is_told_and_can_be_mended(tmp_path: Path) -> None:
    config = tmp_path / ".sos-lint.yml"
    config.write_text("ingore: [jargon]\n", encoding="utf-8")
    uri = (tmp_path / "note.md").as_uri()

    async def play(editor: Editor) -> tuple[list[str], list[str]]:
        editor.open(uri, NEGLECT)
        await editor.until(lambda: editor.said)
        config.write_text("ignore: [jargon]\n", encoding="utf-8")
        change = types.FileEvent(config.as_uri(), types.FileChangeType.Changed)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
        await editor.until(lambda: uri in editor.shown and editor.shown[uri].diagnostics)
        return editor.said, rules(list(editor.shown[uri].diagnostics))

    said, found = run(play, folders={"drafts": tmp_path})
    assert len(said) == 1 and "ingore" in said[0]
    assert found == ["broad-terms/neglect"]


def _folder(tmp_path: Path, count: int) -> None:
    for number in range(count):
        (tmp_path / f"{number:03}.md").write_text(f"{NEGLECT}\nDay {number}.\n", encoding="utf-8")
    (tmp_path / "clear.txt").write_text("Tom went swimming.\n", encoding="utf-8")
    (tmp_path / "left-out.md").write_text(NEGLECT, encoding="utf-8")
    (tmp_path / ".sos-lint.yml").write_text("exclude: [left-out.md]\n", encoding="utf-8")


def test_a_whole_folder_with_progress_and_only_what_has_changed(tmp_path: Path) -> None:
    _folder(tmp_path, 2)
    open_uri = (tmp_path / "000.md").as_uri()

    async def play(editor: Editor) -> list[Any]:
        editor.open(open_uri, "The CIN plan.\n", version=3)
        first = await editor.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams([], work_done_token="done")
        )
        await editor.until(lambda: any(one.value.get("kind") == "end" for one in editor.progress))
        before = [types.PreviousResultId(one.uri, one.result_id or "") for one in first.items]
        before.append(types.PreviousResultId((tmp_path / "gone.md").as_uri(), "1"))
        (tmp_path / "001.md").write_text("Tom went swimming on Monday.\n", encoding="utf-8")
        second = await editor.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams(before, partial_result_token="part")
        )
        parts = [item for one in editor.progress if one.token == "part" for item in one.value["items"]]
        return [first.items, second.items, parts, list(editor.progress)]

    first, second, parts, progress = run(play, PULLED, folders={"drafts": tmp_path})
    found = {Path(one.uri).name: rules(one.items) for one in first}
    assert sorted(found) == ["000.md", "001.md", "clear.txt"]
    assert [rule.split("/")[0] for its in found.values() for rule in its] == ["acronyms", "broad-terms"]
    assert [one.version for one in first if one.uri == open_uri] == [3]
    assert list(second) == []
    kinds = {Path(one["uri"]).name: one["kind"] for one in parts}
    assert kinds == {"000.md": "full", "001.md": "full", "clear.txt": "unchanged", "gone.md": "full"}
    assert [one.value["kind"] for one in progress if one.token == "done"] == ["begin", *["report"] * 3, "end"]


def test_a_look_through_a_folder_can_be_cancelled(tmp_path: Path) -> None:
    _folder(tmp_path, 60)

    async def play(editor: Editor) -> tuple[int, Any]:
        asking = asyncio.ensure_future(
            editor.protocol.send_request_async(
                types.WORKSPACE_DIAGNOSTIC,
                types.WorkspaceDiagnosticParams([], work_done_token="done"),
                msg_id="42",
            )
        )
        await editor.until(lambda: any(one.value["kind"] == "report" for one in editor.progress))
        editor.cancel_request(types.CancelParams("42"))
        try:
            await asking
            failed: Any = None
        except Exception as error:
            failed = error
        await editor.until(lambda: any(one.value["kind"] == "end" for one in editor.progress))
        return sum(one.value["kind"] == "report" for one in editor.progress), failed

    seen, failed = run(play, PULLED, folders={"drafts": tmp_path})
    assert 0 < seen < 61
    assert failed is not None and failed.code == -32800


def test_the_page_of_a_rule_is_opened() -> None:
    window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
    capabilities = types.ClientCapabilities(text_document=PUSHED.text_document, window=window)

    async def play(editor: Editor) -> str:
        editor.open(URI, NEGLECT)
        found = await editor.diagnostics(URI, 1)
        action = next(
            one for one in await editor.actions(URI, found[0].range) if one.title.startswith("Read about")
        )
        assert action.command is not None
        await editor.workspace_execute_command_async(
            types.ExecuteCommandParams(action.command.command, action.command.arguments)
        )
        (page,) = editor.pages
        assert page.selection is not None
        path = Path(page.uri.removeprefix("file://"))
        return path.read_text(encoding="utf-8").splitlines()[page.selection.start.line]

    assert "eglect" in run(play, capabilities)


# what an editor may send that nobody can follow
STRANGE = [
    b"{",
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"secret": "Ruby Marlow"}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {"Ruby": "Marlow"}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "made/up", "params": {"Ruby": "Marlow"}}',
    b"\xff\xfeRuby Marlow",
]


@pytest.mark.parametrize("strange", STRANGE)
def test_what_cannot_be_followed_repeats_no_word_of_it(strange: bytes) -> None:
    exit_ = b'{"jsonrpc": "2.0", "method": "exit"}'
    sent = b"".join(b"Content-Length: %d\r\n\r\n" % len(one) + one for one in (strange, exit_))
    program = "from sos_lint.cli import main; raise SystemExit(main(['lsp']))"
    call = [sys.executable, "-c", program]
    done = subprocess.run(call, input=sent, capture_output=True, timeout=60, check=False)
    for said in (done.stdout, done.stderr):
        assert b"Ruby" not in said and b"Marlow" not in said
        assert b"Traceback" not in said
    for part in done.stdout.split(b"Content-Length: ")[1:]:
        assert json.loads(part.partition(b"\r\n\r\n")[2])["jsonrpc"] == "2.0"
