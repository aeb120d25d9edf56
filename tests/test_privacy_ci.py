"""`--no-excerpts` as build servers use it: not a word of a document in any report, whatever happens.

Marked words are put wherever a document can hold words: in prose, remarks, headers, names of people, links,
attributes and subjects. They are then looked for in everything that a run prints, writes and leaves behind.
"""

from __future__ import annotations

import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from commands import run, spawn
from msg_files import message as outlook_message
from odt_files import paragraphs
from rtf_files import paragraphs as rtf_paragraphs
from table_files import csv_text, workbook
from test_readers_pdf import pdf_file
from word_files import saved

from sos_lint.document import Document
from sos_lint.lint import Linter
from sos_lint.nlp.detect import Detector
from sos_lint.readers import KINDS
from sos_lint.reporters import FORMATS

MARKERS = ("pennyfeather", "wrexcombe", "zqvw", "limpet", "gullane", "marrowby")
DRAFT = (
    "Wilbur Pennyfeather has contact with his aunt in Wrexcombe. There is neglect: nobody gave him more than "
    "limpets. He has a CIN plan, a Gullane Order Review (GOR), and sees the ZQVW team. Danger statement: "
    "Pennyfeather. On a scale of 0 to 10, where 10 is limpets: 4."
)
REMARKS = (
    "<!-- sos-lint: ignore broad-terms/neglect -- Marrowby said so -->\n\nNothing of the kind.\n\n"
    "<!-- sos-lint: ignore limpets -->\n\n<!-- sos-lint: Marrowby -->\n\n"
    "There is neglect. <!-- sos-lint: ignore broad-terms -- Pennyfeather -->\n"
)


def word_file() -> bytes:
    draft = docx.Document()
    draft.core_properties.author = "Marrowby"
    draft.add_heading("Wilbur Pennyfeather and the CIN plan", 1)
    draft.sections[0].header.paragraphs[0].text = "Wrexcombe EHCP"
    words = draft.add_paragraph(DRAFT).runs
    draft.add_comment(words, text="sos-lint: ignore limpets – Marrowby", author="Marrowby", initials="M")
    table = draft.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Pennyfeather", "CIN and neglect of Wilbur Pennyfeather"
    return saved(draft)


def message() -> bytes:
    told = EmailMessage()
    told["From"], told["Subject"] = "marrowby@example.org", "CIN plan of Pennyfeather"
    told.set_content(f"{DRAFT}\n")
    return bytes(told)


WRITTEN = {
    ".txt": f"{DRAFT}\n\n{REMARKS}".encode(),
    ".md": f"# CIN of Pennyfeather\n\n{DRAFT} [a](https://wrexcombe.example)\n\n{REMARKS}".encode(),
    ".html": f"<title>Gullane</title><h1>CIN of Pennyfeather</h1><p>{DRAFT}</p>{REMARKS}".encode(),
    ".eml": message(),
    ".pdf": pdf_file([f"{part}." for part in DRAFT.replace("(", "").replace(")", "").split(". ")]),
    ".odt": paragraphs([[DRAFT]]),
    ".docx": word_file(),
    ".rtf": rtf_paragraphs([["CIN plan of Pennyfeather"], [DRAFT]]),
    ".msg": outlook_message("CIN plan of Pennyfeather", f"{DRAFT}\r\n"),
    ".csv": csv_text([["Marrowby", "note"], ["Wrexcombe", DRAFT], ["Pennyfeather", "Oh."]]).encode(),
    ".xlsx": workbook({"Gullane": [["Marrowby", "note"], ["Wrexcombe", DRAFT]]}),
}
READ = {kind: data for kind, data in WRITTEN.items() if kind != ".html" or sys.version_info >= (3, 11)}

OPTIONS = [
    *(f"--format {name}" for name in FORMATS),
    "--statistics --verbose",
    "--glossary",
    "--summary --form safer",
    "--quiet",
    "--format json --statistics --glossary --summary --form safer",
    "--format sarif --set-aside",
    "--profile strict --verbose",
]


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / ".sos-lint.yml").write_text("column: [note]")
    for kind, data in READ.items():
        (folder / f"note{kind}").write_bytes(data)
    return folder


def marked(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text.casefold()]


def test_every_format_that_is_read_is_tried() -> None:
    assert set(WRITTEN) == set(KINDS)


@pytest.mark.model
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.usefixtures("drafts")
def test_no_report_holds_a_word(options: str) -> None:
    ran = run("check", "drafts", "--no-excerpts", *options.split())
    assert ran.status in (0, 1)
    assert marked(ran.out + ran.err) == []
    assert all(f"note{kind}" in ran.out for kind in READ) or "--summary" in options or "--glossary" in options


@pytest.mark.model
@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize("kind", READ)
def test_the_words_are_there_to_be_found(kind: str) -> None:
    """Else the tests here could not fail."""
    assert marked(run("check", f"drafts/note{kind}", "--verbose").out)


@pytest.mark.model
def test_nothing_is_left_behind(drafts: Path, tmp_path: Path) -> None:
    """Reports, baseline, cache and temporary files of a run in a process of its own."""
    places = {name: tmp_path / name for name in ("SOS_LINT_CACHE", "HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for place in places.values():
        place.mkdir()
    env = {name: str(place) for name, place in places.items()}
    assert spawn("baseline", "write", "drafts", cwd=tmp_path, env=env).status == 0
    (drafts / "later.txt").write_text("Wilbur Pennyfeather is chaotic.")
    outputs = [word for name in FORMATS for word in ("--format", name, "--output", f"report.{name}")]
    ran = spawn(
        "check",
        "drafts",
        "--no-excerpts",
        "--baseline",
        ".sos-lint-baseline.json",
        *outputs,
        cwd=tmp_path,
        env=env,
    )
    assert (ran.status, ran.err) == (1, "")
    left = [path for path in tmp_path.rglob("*") if path.is_file() and drafts not in path.parents]
    assert len(left) > len(FORMATS)
    assert [path for path in left if marked(path.read_bytes().decode("utf-8", "replace"))] == []


@pytest.mark.usefixtures("drafts")
def test_changed_lines_are_told_without_words(tmp_path: Path) -> None:
    git = ("git", "-c", "user.name=Jo", "-c", "user.email=jo@example.org")
    for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "before")):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True, capture_output=True)
    ran = run("check", "drafts", "--no-excerpts", "--changed-since", "HEAD", "--format", "json")
    assert ran.status == 1
    assert marked(ran.out + ran.err) == []
    assert '"broad-terms/neglect"' in ran.out


# Where the program itself may fail on a document's words.
INSIDE = {
    "finding": (Detector, "detect"),
    "judging": (Linter, "_structured"),
    "measuring": (Linter, "measure"),
}


@pytest.mark.parametrize(("of", "name"), INSIDE.values(), ids=INSIDE)
@pytest.mark.parametrize("format", FORMATS)
def test_its_own_failure_is_told_without_a_word(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, of: type, name: str, format: str
) -> None:
    def fail(_: object, document: Document, *__: object, **___: object) -> None:
        words = document.text
        try:
            raise KeyError(words)
        except KeyError as cause:
            raise ValueError(words) from cause

    monkeypatch.setattr(of, name, fail)
    ran = run("check", drafts / "note.txt", "--no-excerpts", "--statistics", "--no-cache", "--format", format)
    assert ran.status == 2
    assert "sos-lint itself failed" in " ".join((ran.out + ran.err).split()).replace("%20", " ")
    assert marked(ran.out + ran.err) == []


@pytest.mark.parametrize("command", ["fix", "annotate", "rewrite", "baseline write"])
def test_other_commands_fail_without_a_word(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def fail(_: object, document: Document, *__: object, **___: object) -> None:
        raise ValueError(document.text)

    monkeypatch.setattr(Detector, "detect", fail)
    monkeypatch.setenv("SOS_LINT_CACHE", str(drafts.parent / "cache"))  # nothing was found in it before
    more = ["-o", str(drafts / "copy.docx")] if command == "annotate" else []
    ran = run(*command.split(), drafts / "note.docx", *more)
    assert ran.status == 2
    assert marked(ran.out + ran.err) == []
