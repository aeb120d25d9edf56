"""The texts are about people: no network, no trace on the disk, no words where none are wanted."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import PLAIN, run
from msg_files import message
from rtf_files import paragraphs

from sos_lint.document import Document
from sos_lint.nlp.detect import Detector
from sos_lint.reporters import FORMATS

MARKERS = ("Pennyfeather", "Wrexcombe", "ZQVW", "limpet")
DRAFT = (
    "Wilbur Pennyfeather has contact with his aunt in Wrexcombe. There is neglect: nobody gave him more than "
    "limpets. He has a CIN plan, and sees the ZQVW team."
)


def word_file() -> bytes:
    file = BytesIO()
    document = docx.Document()
    document.add_paragraph(DRAFT)
    document.save(file)
    return file.getvalue()


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "note.txt").write_text(DRAFT)
    (folder / "note.md").write_text(f"# Note\n\n{DRAFT}")
    (folder / "note.docx").write_bytes(word_file())
    (folder / "note.rtf").write_bytes(paragraphs([[DRAFT]]))
    (folder / "note.msg").write_bytes(message("Visit", DRAFT))
    return folder


def markers_in(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker.casefold() in text.casefold()]


# Python tells a hook of whatever touches the network, starts a program or opens a file.
WATCH = """
import os, sys
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.exec", "os.posix_spawn", "os.system")):
        os.write(2, f"REFUSED {event}\\n".encode())
        os._exit(97)
    if event == "open" and isinstance(arguments[0], (str, bytes)) and (
        arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(arguments[1] or "") & set("wax+")
    ):
        os.write(2, b"WROTE " + os.fsencode(arguments[0]) + b"\\n")
sys.addaudithook(watch)
"""
CHECK = "from sos_lint.cli import main\nsys.exit(main(sys.argv[1:]))\n"


def watched(code: str, *arguments: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-B", "-c", WATCH + code, *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **PLAIN, **env},
        check=False,
    )


@pytest.mark.model
def test_checking_needs_no_network_and_starts_no_program(drafts: Path) -> None:
    done = watched(CHECK, "check", drafts, "--quiet")
    assert b"REFUSED" not in done.stderr
    assert done.returncode == 1
    for rule in (b"jargon/contact", b"broad-terms/neglect", b"acronyms/cin", b"acronyms/unknown"):
        assert done.stdout.count(rule) == 5  # jargon/contact asks the model


def test_the_watch_can_fail() -> None:
    done = watched("import socket; socket.socket()")
    assert (done.returncode, done.stderr) == (97, b"REFUSED socket.__new__\n")


@pytest.mark.model
def test_a_run_leaves_no_word_on_the_disk(drafts: Path, tmp_path: Path) -> None:
    (drafts / "broken.docx").write_bytes(word_file()[:3000])
    places = {name: tmp_path / name for name in ("SOS_LINT_CACHE", "HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for place in places.values():
        place.mkdir()
    env = {name: str(place) for name, place in places.items()}
    runs = [watched(CHECK, "check", drafts, "--format", format, **env) for format in ("text", "json")]
    assert [done.returncode for done in runs] == [2, 2]
    told = [line for done in runs for line in done.stderr.splitlines()]
    wrote = {line.split(maxsplit=1)[1] for line in told if line.startswith(b"WROTE")}
    store = os.fsencode(places["SOS_LINT_CACHE"])
    assert {path for path in wrote if not path.startswith(store)} <= {os.fsencode(os.devnull)}
    left = [path for place in places.values() for path in place.rglob("*") if path.is_file()]
    assert {path.suffix or path.name for path in left} == {".packs", ".db", "salt"}
    assert not [path for path in left if markers_in(path.read_bytes().decode("latin-1"))]


@pytest.mark.model
@pytest.mark.parametrize(
    "options",
    [
        "",
        "--quiet",
        "--verbose --statistics",
        "--format json --statistics",
        *(f"--format {name}" for name in FORMATS),
    ],
)
def test_without_excerpts_no_word_of_the_document_is_shown(drafts: Path, options: str) -> None:
    shown = run("check", drafts, *options.split())
    assert markers_in(shown.out)
    hidden = run("check", drafts, "--no-excerpts", *options.split())
    assert hidden.status == shown.status == 1
    assert markers_in(hidden.out.replace(str(drafts), "")) == []
    assert "neglect" in hidden.out


def broken_words() -> bytes:
    """A Word file whose XML breaks off in the middle of the words."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:p>{DRAFT}</Pennyfeather></w:document>")
    return file.getvalue()


BROKEN = {
    "Word": ("a.docx", broken_words()),
    "text that is not Word": ("a.docx", DRAFT.encode()),
    "RTF cut short": ("a.rtf", paragraphs([[DRAFT]])[:-1]),
    "an Outlook message cut short": ("a.msg", message(DRAFT, DRAFT)[:-700]),
    "an Outlook message without words": ("a.msg", message(None, f"> {DRAFT}")),
    "damaged UTF-16": ("a.txt", b"\xff\xfe" + DRAFT.encode("utf-16-le") + b"x"),
    "with control characters": ("a.txt", DRAFT.encode() + bytes(range(1, 9)) * 90),
}


@pytest.mark.parametrize(("name", "data"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_not_quoted(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    ran = run("check", tmp_path / name)
    assert ran.status == 2
    assert markers_in(ran.out + ran.err) == []


CRASHES: dict[str, Callable[[str], BaseException]] = {
    "in words": ValueError,
    "in a key": KeyError,
    "in the name of a file": lambda text: OSError(5, text, text),
    "in an encoding": lambda text: UnicodeEncodeError("ascii", text, 0, 1, text),
}


@pytest.mark.parametrize("error", CRASHES.values(), ids=CRASHES)
@pytest.mark.parametrize("format", ["text", "json"])
def test_a_crash_is_told_without_the_words(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[str], BaseException], format: str
) -> None:
    def detect(_: Detector, document: Document, *__: object) -> None:
        raise error(document.text)

    monkeypatch.setattr(Detector, "detect", detect)
    ran = run("check", drafts / "note.txt", "--format", format, "--no-cache")
    assert ran.status == 2
    assert "sos-lint itself failed on this file" in " ".join(ran.out.split())
    assert "Traceback" not in ran.out + ran.err
    assert markers_in(ran.out + ran.err) == []
