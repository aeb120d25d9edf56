"""A signed file whose words are changed: it is said that its signature no longer holds; none is dropped."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import run
from odt_files import paragraphs

from sos_lint.rewrite.signed import VOID, is_signed

PARTS = {"a.docx": "_xmlsignatures/sig1.xml", "a.odt": "META-INF/documentsignatures.xml"}
ANSWERS = "- rule: acronyms/cin\n  meaning: 1\n"


def draft(name: str, *, signed: bool) -> bytes:
    words = "She has a CIN plan."
    file = BytesIO(paragraphs([[words]]) if name.endswith("odt") else b"")
    if name.endswith("docx"):
        document = docx.Document()
        document.add_paragraph(words)
        document.save(file)
    if signed:
        with zipfile.ZipFile(file, "a") as package:
            package.writestr(PARTS[name], "<Signature/>")
    return file.getvalue()


COMMANDS = {
    "fix": ("fix",),
    "annotate": ("annotate", "--force", "--output", "{name}"),
    "rewrite": ("rewrite", "--answers", "answers.yml"),
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("signed", [True, False])
def test_it_is_said(
    name: str, command: tuple[str, ...], signed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.yml").write_text(ANSWERS)
    Path(name).write_bytes(draft(name, signed=signed))
    before = Path(name).read_bytes()
    ran = run(*(part.format(name=name) for part in command), name)
    assert ran.status == 0, ran
    assert Path(name).read_bytes() != before
    assert (f"{name}: {VOID}" in ran.err.splitlines()) is signed
    assert is_signed(Path(name).read_bytes()) is signed


@pytest.mark.parametrize("data", [b"", b"PK", b"Tom is six.", draft("a.docx", signed=True)[:-30]])
def test_what_is_no_signed_file(data: bytes) -> None:
    assert not is_signed(data)
