"""What people give by mistake: one clear line with a mend, status 2, and the other files still reported."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import run, spawn
from msg_files import compound, message
from odt_files import paragraphs

from sos_lint.batch import lint_files
from sos_lint.limits import USUAL
from sos_lint.project import Project
from sos_lint.readers.find import find_documents

GOOD = "Odette had no supper. There is neglect.\n"
NEGLECT = "good.txt:1:32  broad term  broad-terms/neglect"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good draft, to stand in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD)
    return tmp_path


def word_file() -> bytes:
    file = BytesIO()
    document = docx.Document()
    document.add_paragraph(GOOD)
    document.save(file)
    return file.getvalue()


def locked_zip() -> bytes:
    """A Word file whose parts are marked as encrypted, as some archivers lock them."""
    data = bytearray(word_file())
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def zip_without_word() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("sheet.xml", "<x/>")
    return file.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

# A file's name and bytes; words of what must be said, and of the mend.
FILES: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("a.txt", b"", "is empty", "Check that"),
    "only white space": ("a.md", b" \r\n\t \n", "is empty", "Check that"),
    "only a byte-order mark": ("a.txt", b"\xef\xbb\xbf", "is empty", "Check that"),
    "empty Word file": ("a.docx", b"", "is empty", "Check that"),
    "binary": ("a.txt", bytes(range(256)) * 8, "is not text", "Save the draft"),
    "a picture called text": ("a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64), "is not text", "Save"),
    "half a UTF-16 sign": ("a.txt", b"\xff\xfeT\0o\0m", "damaged", "UTF-8"),
    "another kind": ("a.png", b"\x89PNG", ".png cannot be read", ".docx"),
    "a PDF cut short": ("a.pdf", b"%PDF-1.7 ", "damaged or cut short", "another copy"),
    "text called PDF": ("a.pdf", b"There is neglect.", "not a PDF file", "another copy"),
    "cut short, of OpenDocument": (
        "a.odt",
        paragraphs([[GOOD]])[:-99],
        "damaged or cut short",
        "save it again",
    ),
    "text called RTF": ("a.rtf", b"There is neglect.", "not an RTF file", "save it again"),
    "RTF cut short": ("a.rtf", b"{\\rtf1 There is neglect.", "damaged or cut short", "save it again"),
    "RTF of open braces": ("a.rtf", b"{\\rtf1 " + b"{" * 99_999, "nested too deeply", "save it again"),
    "RTF with a length that lies": (
        "a.rtf",
        b"{\\rtf1\\bin99999 a}",
        "damaged or cut short",
        "save it again",
    ),
    "RTF without words": ("a.rtf", b"{\\rtf1{\\pict 00}}", "holds no text", "recognise its words"),
    "text called an Outlook message": ("a.msg", b"There is neglect.", "not an Outlook message", "again"),
    "old Word called a message": (
        "a.msg",
        compound({"WordDocument": b"a"}),
        "no Outlook message",
        "again",
    ),
    "an Outlook message cut short": ("a.msg", message(body=GOOD)[:999], "damaged or cut short", "again"),
    "an encrypted Outlook message": ("a.msg", message(kind="IPM.Note.SMIME"), "encrypted", "as .txt"),
    "text called an e-mail": ("a.eml", b"There is neglect.", "not an e-mail", "again as .eml"),
    "a web page without words": ("a.html", b"<script>go()</script>", "shows no words", "save it as you see"),
    "a picture called a web page": (
        "a.html",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64),
        "is not text",
        "Save",
    ),
    "text called Word": ("a.docx", b"There is neglect.", "not a Word file", "save it again"),
    "cut short": ("a.docx", word_file()[:2000], "damaged or cut short", "save it again"),
    "broken inside": ("a.docx", word_file()[:3000] + bytes(9000), "damaged or cut short", "save it again"),
    "no Word document in it": ("a.docx", zip_without_word(), "no Word document", "save it again"),
    "locked with a password": ("a.docx", COMPOUND, "locked with a password", "remove the password"),
    "locked by an archiver": ("a.docx", locked_zip(), "locked with a password", "Remove the password"),
    "reStructuredText": ("a.rst", b"There is neglect.", ".rst cannot be read", "Save it as"),
    "a table of another kind": ("a.ods", b"PK", ".ods cannot be read", "Save it as .xlsx or .csv"),
    "a table": ("a.csv", b"id,note\n1,Tom\n", "which of its columns", "It has “id”, “note”"),
    "text called Excel": ("a.xlsx", b"There is neglect.", "not an Excel file", "save it again"),
    "old Excel file": ("a.xls", COMPOUND, "old Excel file", "save it as .xlsx"),
    "old Word file": ("a.doc", COMPOUND, "old Word file", "save it as .docx"),
}


@pytest.mark.parametrize(("name", "data", "said", "mend"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read(here: Path, name: str, data: bytes, said: str, mend: str) -> None:
    (here / name).write_bytes(data)
    ran = run("check", "--quiet", name, "good.txt")
    assert (ran.status, ran.err) == (2, "")
    finding, failure = ran.out.splitlines()
    assert finding.startswith(NEGLECT)
    assert failure.startswith(f"{name}: ")
    assert said in failure
    assert mend in failure


def word_file_of(xml: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return file.getvalue()


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a paragraph, six hundred thousand times": (
        "a.docx",
        word_file_of(
            f"<w:document {SPACE}>{'<w:p><w:r><w:t>neglect </w:t></w:r></w:p>' * 600_000}</w:document>"
        ),
        "unpacks to over 150 times its size",
    ),
    "entities": ("a.docx", word_file_of(f"{LAUGHS}<w:document {SPACE}>&c;</w:document>"), "file"),
    "a file from outside": (
        "a.docx",
        word_file_of(
            f'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {SPACE}>&x;</w:document>'
        ),
        "DTD",
    ),
    "text without end": ("a.txt", b"a" * (USUAL.longest_text + 1), "over 20 MB of text"),
    "Markdown without end": ("a.md", b"[" * (USUAL.longest_text + 1), "over 20 MB of text"),
}


@pytest.mark.parametrize(("name", "data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_would_take_all_time_or_memory_is_refused(here: Path, name: str, data: bytes, said: str) -> None:
    (here / name).write_bytes(data)
    ran = run("check", "--quiet", name, "good.txt")
    assert (ran.status, ran.err) == (2, "")
    finding, failure = ran.out.splitlines()
    assert finding.startswith(NEGLECT)
    assert said in failure


def test_a_folder_that_loops_is_read_once(here: Path) -> None:
    (here / "inside").mkdir()
    (here / "inside" / "up").symlink_to(here)
    (here / "self").symlink_to(here)
    assert run("check", "--quiet", ".").out.count("\n") == 1


def test_all_of_them_in_the_json_report(here: Path) -> None:
    said_and_mend = {"good.txt": ("", "")}
    for number, (name, data, said, mend) in enumerate(FILES.values()):
        (here / f"{number}-{name}").write_bytes(data)
        said_and_mend[f"{number}-{name}"] = said, mend
    ran = run("check", "--format", "json", *said_and_mend)
    assert (ran.status, ran.err) == (2, "")
    files = json.loads(ran.out)["files"]
    assert [file["path"] for file in files] == sorted(said_and_mend)
    for file in files:
        said, mend = said_and_mend[file["path"]]
        if file["path"] == "good.txt":
            assert [finding["text"] for finding in file["findings"]] == ["neglect"]
        else:
            assert file.keys() == {"path", "failure"}
            assert said in file["failure"]["message"]
            assert mend in file["failure"]["hint"]


def folder_without_documents(here: Path) -> None:
    (here / "pictures").mkdir()
    (here / "pictures" / "house.png").touch()


def dangling_link(here: Path) -> None:
    (here / "link.txt").symlink_to("gone.txt")


def pipe(here: Path) -> None:
    os.mkfifo(here / "pipe.txt")


def nothing(here: Path) -> None:
    """The path is the fault."""


# What to put there; the path that is given; how it is called; words of what must be said, and of the mend.
PATHS: dict[str, tuple[Callable[[Path], None], str, str, str, str]] = {
    "missing": (nothing, "gone.md", "gone.md", "no such file or folder", "spelling"),
    "missing folder": (nothing, "gone/", "gone/", "no such file or folder", "spelling"),
    "no path at all": (nothing, "", '""', "no such file or folder", "spelling"),
    "not UTF-8": (nothing, os.fsdecode(b"caf\xe9.txt"), "caf\\xe9.txt", "no such file", "spelling"),
    "with a line break": (nothing, "a\nb.txt", "a\\x0ab.txt", "no such file or folder", "spelling"),
    "too long": (nothing, "a" * 5000, "a" * 5000, "no such file or folder", "spelling"),
    "a file as a folder": (nothing, "good.txt/a.md", "good.txt/a.md", "no such file or folder", "spelling"),
    "folder without documents": (folder_without_documents, "pictures", "pictures", "no documents", ".docx"),
    "vanished": (dangling_link, "link.txt", "link.txt", "does not exist", "spelling"),
    "not an ordinary file": (pipe, "pipe.txt", "pipe.txt", "not an ordinary file", "Pipe it in"),
}


@pytest.mark.parametrize(("put", "path", "name", "said", "mend"), PATHS.values(), ids=PATHS)
def test_a_path_that_cannot_be_followed(
    here: Path, put: Callable[[Path], None], path: str, name: str, said: str, mend: str
) -> None:
    put(here)
    ran = run("check", "--quiet", path, "good.txt")
    assert (ran.status, ran.err) == (2, "")
    finding, failure = ran.out.splitlines()
    assert finding.startswith(NEGLECT)
    assert failure.startswith(f"{name}: ")
    assert said in failure
    assert mend in failure


LINES = "Wilbur’s “gran” – she paid £5.\r\n\rThere is neglect.\nShe cried.\r\nIt was neglect.\r"

# How the same text may be kept: all of these are read as they are meant.
ENCODINGS = {
    "UTF-8": LINES.encode(),
    "UTF-8 with a byte-order mark": LINES.encode("utf-8-sig"),
    "UTF-16, little end first": b"\xff\xfe" + LINES.encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + LINES.encode("utf-16-be"),
    "UTF-16 without a mark": LINES.encode("utf-16-le"),
    "UTF-32": b"\xff\xfe\0\0" + LINES.encode("utf-32-le"),
    "Windows-1252": LINES.encode("cp1252"),
    "an old Mac": LINES.encode("mac-roman"),
}


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_places_are_right_in_every_encoding_and_with_mixed_line_ends(
    here: Path, data: bytes, ending: str
) -> None:
    (here / f"letter.{ending}").write_bytes(data)
    ran = run("check", "--format", "json", "--select", "broad-terms/neglect", f"letter.{ending}")
    assert ran.status == 1
    (file,) = json.loads(ran.out)["files"]
    starts = [finding["start"] for finding in file["findings"]]
    first, second = LINES.index("neglect"), LINES.rindex("neglect")
    assert starts == [
        {"offset": first, "line": 3, "column": 10},
        {"offset": second, "line": 5, "column": 8},
    ]


def test_a_name_that_is_not_utf8_is_read_and_can_be_printed(here: Path) -> None:
    (here / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD)
    ran = run("check", "--quiet", ".", "--select", "broad-terms/neglect")
    assert (ran.status, ran.err) == (1, "")
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["./caf\\xe9.txt", "./good.txt"]
    ran = run("check", "--format", "json", ".", "--select", "broad-terms/neglect")
    assert [file["path"] for file in json.loads(ran.out)["files"]] == ["./caf\\xe9.txt", "./good.txt"]


def test_a_file_that_nobody_may_write_is_read(here: Path) -> None:
    (here / "good.txt").chmod(0o444)
    assert run("check", "--quiet", "good.txt").status == 1


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the administrator, whom no file refuses."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everyone may enter, unlike `tmp_path`."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for inside in folder.rglob("*"):
        inside.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_what_may_not_be_read_is_told_and_the_rest_goes_on(open_folder: Path) -> None:
    for name in ("locked", "settings", "plain"):
        (open_folder / name).mkdir()
        (open_folder / name / "draft.txt").write_text(GOOD)
    (open_folder / "settings" / ".sos-lint.yml").write_text("ignore: jargon")
    (open_folder / "secret.txt").write_text(GOOD)
    project = Project()
    assert list(walked(open_folder / "plain", project).values()) == [True]  # what is needed is loaded now
    for name in ("locked", "settings/.sos-lint.yml", "secret.txt"):
        (open_folder / name).chmod(0)
    with as_nobody():
        told = walked(open_folder, project)
    assert told == {
        "locked": "You may not open this folder.",
        "plain/draft.txt": True,
        "secret.txt": "You may not read this file.",
        "settings/.sos-lint.yml": "the configuration cannot be read: permission denied.",
    }


def walked(folder: Path, project: Project) -> dict[str, str | bool]:
    """By path below the folder: why it could not be read, or whether it has findings at the threshold."""
    found, faults = find_documents([str(folder)])
    told: dict[str, str | bool] = {fault.place: fault.sentence for fault in faults}
    for report in lint_files(found, project.choose):
        told[report.path] = report.failure.message if report.failure else report.fails
    return {path.removeprefix(f"{folder}/"): what for path, what in sorted(told.items())}


def test_a_file_that_vanishes_before_its_turn(here: Path) -> None:
    found, _ = find_documents(["good.txt"])
    (here / "good.txt").unlink()
    (report,) = lint_files(found, Project().choose)
    assert report.failure is not None
    assert report.failure.message == "This file does not exist."


STDIN = {
    "empty": (b"", [], "-: This file is empty."),
    "binary": (bytes(range(256)), [], "-: This file is not text."),
    "a kind that cannot be read": (
        b"x",
        ["--stdin-filename", "a.png"],
        "a.png: Files that end in .png cannot",
    ),
    "text called Word": (b"x", ["--stdin-filename", "a.docx"], "a.docx: This is not a Word file"),
}


@pytest.mark.parametrize(("data", "options", "said"), STDIN.values(), ids=STDIN)
@pytest.mark.usefixtures("here")
def test_standard_input_that_cannot_be_read(data: bytes, options: list[str], said: str) -> None:
    ran = run("check", "--quiet", "-", "good.txt", *options, stdin=data)
    assert (ran.status, ran.err) == (2, "")
    assert ran.out.count("\n") == 2
    assert said in ran.out
    assert NEGLECT in ran.out


@pytest.mark.usefixtures("here")
def test_each_of_these_in_a_process_of_its_own(here: Path) -> None:
    """What a person sees in the end: no traceback, nothing on standard error, status 2."""
    for name, data, _, _ in FILES.values():
        (here / f"{len(list(here.iterdir()))}-{name}").write_bytes(data)
    names = sorted(path.name for path in here.iterdir())
    ran = spawn("check", "--quiet", *names, "gone.md", os.fsdecode(b"caf\xe9.md"), "", cwd=here)
    assert (ran.status, ran.err) == (2, "")
    assert len(ran.out.splitlines()) == len(names) + 3
    assert "Traceback" not in ran.out
    assert "sos-lint itself failed" not in ran.out
