"""What a document at its limits costs: the memory and time of checking it, at each limit and beyond it.

    python benchmarks/limits.py [LIMIT...]

Each file is made as large as the usual limits let it be (`sos_lint/limits.py`), and then a little larger.
Each is checked by a process of its own, of which the system tells the memory at its highest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from base64 import encodebytes
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from sos_lint.limits import MB, USUAL

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CLEAR = "Tom walked to the shop with his dad at noon, and they came home by bus.\n"
_CLEAR_RUN = f"<w:r><w:t>{_CLEAR.strip()}</w:t></w:r></w:p>"
_DENSE = "There was neglect. "
_MAIL = "From: a@example.org\nSubject: Visit\nContent-Type: multipart/mixed; boundary=B\n\n"
_PART = "\n--B\nContent-Type: text/plain\n\n"


class Cost(NamedTuple):
    """What one check cost, and what it said of the file: nothing, or why it was refused."""

    seconds: float
    memory: int
    status: int
    said: str


def cost(path: Path) -> Cost:
    """Check one file by a process of its own, begun by a small one: memory is told from the beginner's on."""
    command = [sys.executable, __file__, "--cost", path]
    told = subprocess.run(command, capture_output=True, check=True, text=True)
    seconds, memory, status, said = json.loads(told.stdout)
    return Cost(seconds, memory, status, said)


def _cost(path: Path) -> Cost:
    command = [sys.executable, "-m", "sos_lint", "check", path.name, "--quiet", "--jobs", "1"]
    command += ["--no-cache", "--config", "limits.yml"]
    with tempfile.TemporaryFile() as out:
        begun = subprocess.Popen(command, cwd=path.parent, stdout=out, stderr=out)
        _, status, used = os.wait4(begun.pid, 0)
        begun.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        lines = out.read().decode().splitlines()
    refused = lines[0] if begun.returncode not in (0, 1) and lines else ""
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, begun.returncode, refused)


def _word(body: Iterable[str] | str, parts: int = 0, *, deflated: bool = True) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as package:
        with package.open("word/document.xml", "w") as part:
            for piece in (f"<w:document {_SPACE}><w:body>", *body, "</w:body></w:document>"):
                part.write(piece.encode())
        for number in range(parts):
            package.writestr(f"word/media/{number}.png", b"")
    return file.getvalue()


def _paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _size(size: int) -> bytes:
    """A message with one attachment: as large as may be, with few words of its own."""
    head = f"{_MAIL}{_PART}Tom is six.\n--B\nContent-Disposition: attachment; filename=a.zip\n".encode()
    head += b"Content-Transfer-Encoding: base64\n\n"
    line = encodebytes(bytes(57))
    return (head + line * ((size - len(head)) // len(line) + 1))[:size]


def _unpacked(size: int) -> bytes:
    """Empty paragraphs, each unlike the next, so that nothing is packed very well."""
    piece = '<w:p w:rsidR="%08X"><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>'
    each = len(piece % 0)
    return _word([_paragraph("Tom is six."), *(piece % _odd(n) for n in range(size // each))])


def _odd(number: int) -> int:
    """A number of 32 bits that is not like the one before."""
    return number * 2654435761 % 2**32


def _ratio(ratio: int) -> bytes:
    """Some 50 MB of remarks, with so much that cannot be packed among them that they are packed so well."""
    empty = f"<!--{' ' * 1000}-->" * (50 * MB // 1007)
    packed = len(zlib.compress(empty.encode()))
    noise = "".join(f"<!--{_odd(n):08x}-->" for n in range(200_000))
    of_noise = len(zlib.compress(noise.encode())) / len(noise)
    count = int((50 * MB / ratio - packed) / of_noise)
    return _word([_paragraph("Tom is six."), noise[: count // 15 * 15], empty])


def _pages(count: int) -> bytes:
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from pdf_files import pdf_file

    return pdf_file(*[["Tom walked to the shop with his dad.", "They came home by bus."]] * count)


def _attachments(count: int) -> bytes:
    one = f"\n--B\nContent-Disposition: attachment; filename=a.txt\n\n{_CLEAR * 1000}"
    return f"{_MAIL}{_PART}Tom is six.{one * count}\n--B--\n".encode()


def _times(words: str, size: int) -> bytes:
    return (words * (size // len(words) + 1))[:size].encode()


def _clear(size: int) -> Iterable[str]:
    return (f'<w:p w:rsidR="{_odd(n):08X}">{_CLEAR_RUN}' for n in range(size // len(_CLEAR) + 1))


def _parts(count: int) -> bytes:
    return f"{_MAIL}{f'{_PART}Tom.' * count}--B--".encode()


def _nested(depth: int) -> bytes:
    return _word(["<w:smartTag>" * depth, *_clear(1), "</w:smartTag>" * depth])


def _wide(cells: int) -> bytes:
    return b"note" + b",b" * (cells - 1) + (b"\nTom" + b",b" * (cells - 1)) * 500


class Case(NamedTuple):
    """What the file is, its name, and what makes it with so many of what the limit counts."""

    told: str
    name: str
    made: Callable[[int], bytes]
    most: int


CASES: Mapping[str, Case] = {
    "size": Case("a message with a large attachment", "a.eml", _size, USUAL.size_in_bytes),
    "text": Case("plain words", "a.txt", lambda n: _times(_CLEAR, n), USUAL.longest_text),
    "text in Markdown": Case("a novel of Markdown", "a.md", lambda n: _times(_CLEAR, n), USUAL.longest_text),
    "text in Word": Case("paragraphs", "a.docx", lambda n: _word(_clear(n)), USUAL.longest_text * 9 // 10),
    "unpacked": Case("a Word file of empty paragraphs", "a.docx", _unpacked, USUAL.unpacked_in_bytes - 300),
    "ratio": Case("a Word file that is packed well", "a.docx", _ratio, USUAL.ratio - 5),
    "parts": Case("a Word file of empty parts", "a.docx", lambda n: _word(_clear(1), n), USUAL.parts - 1),
    "parts of a message": Case("a message in parts", "a.eml", _parts, USUAL.parts - 1),
    "depth": Case("a Word file of nested elements", "a.docx", _nested, USUAL.depth - 5),
    "rows": Case("a table of short notes", "a.csv", lambda n: b"note" + b"\nTom is 6" * (n - 1), USUAL.rows),
    "cells": Case("a table of 500 wide rows", "a.csv", _wide, USUAL.cells),
    "pages": Case("a PDF file of short pages", "a.pdf", _pages, USUAL.pages),
    "attachments": Case("a message with notes of 70 KB", "a.eml", _attachments, USUAL.attachments),
    "seconds": Case("broad terms alone", "a.txt", lambda n: _times(_DENSE, n), USUAL.longest_text - 1),
    "memory": Case("paragraphs of one letter", "a.md", lambda n: _times("a\n\n", n), USUAL.longest_text - 1),
}
_BEYOND = {"ratio": 10, "unpacked": 1000, "size": 1, "text in Word": USUAL.longest_text // 5, "depth": 10}


def main(asked: Sequence[str]) -> int:
    """Measure the limits that are asked for, or all."""
    if asked[:1] == ["--cost"]:
        print(json.dumps(_cost(Path(asked[1]))))
        return 0
    with tempfile.TemporaryDirectory(prefix="sos-limits-") as folder:
        (Path(folder) / "limits.yml").write_text("column: note\nattachments: true\n")
        print(f"{'limit':20} {'of':>12} {'file MB':>8} {'seconds':>8} {'MB':>6}  said")
        for name in asked or CASES:
            case = CASES[name]
            for count in (case.most, case.most + _BEYOND.get(name, 1)):
                path = Path(folder) / case.name
                path.write_bytes(case.made(count))
                took = cost(path)
                said = took.said.partition(": ")[2] or f"read, status {took.status}"
                row = f"{name:20} {count:>12,} {path.stat().st_size / MB:>8.1f} {took.seconds:>8.1f}"
                print(f"{row} {took.memory / MB:>6.0f}  {said}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
