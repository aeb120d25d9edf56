"""Reads files: bytes in, a `Document` or an `UnreadableFile` out, and nothing else.

Each format has its own module, which is only imported when such a file is read.
"""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile

Reader = Callable[[bytes, str], Document]

MAX_BYTES = 100 * 1024 * 1024
MAX_TEXT = 20 * 1024 * 1024  # of words, some thirty novels
KINDS = (".txt", ".md", ".html", ".eml", ".pdf", ".odt", ".docx")  # the endings that people are told of
_SAVE_AS = "Save it as .docx, .txt or .md."
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _text(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_text

    return from_text.read(data, name)


def _markdown(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_markdown

    return from_markdown.read(data, name)


def _html(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_html

    return from_html.read(data, name)


def _docx(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_docx

    return from_docx.read(data, name)


def _odt(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_odt

    return from_odt.read(data, name)


def _email(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_email

    return from_email.read(data, name)


def _pdf(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_pdf

    return from_pdf.read(data, name)


def _doc(data: bytes, name: str) -> Document:
    if data.startswith(b"PK"):
        return _docx(data, name)
    raise UnreadableFile(name, "This is an old Word file (.doc).", "Open it in Word and save it as .docx.")


ENDINGS: Mapping[str, Reader] = {
    "": _text,
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".mdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".eml": _email,
    ".pdf": _pdf,
    ".odt": _odt,
    ".ott": _odt,
    ".fodt": _odt,
    ".docx": _docx,
    ".doc": _doc,
}


def read(path: Path, name: str) -> Document:
    """The document in a file. `name` is the path as the user gave it."""
    shown_name = shown(name)
    reader = _reader(name, shown_name)
    return _read_with(reader, load(path, shown_name), shown_name)


def read_bytes(data: bytes, name: str, kind: str | None = None) -> Document:
    """The document in some bytes, as from standard input.

    `kind` is a name's ending (".md"); without it the ending of `name` says what the bytes are, and plain
    text is what they are if it has none.
    """
    shown_name = shown(name)
    reader = _reader(name if kind is None else f"-.{kind.lstrip('.')}", shown_name)
    if len(data) > MAX_BYTES:
        raise _too_big(shown_name)
    return _read_with(reader, data, shown_name)


def shown(name: str) -> str:
    """The name as it can be printed: forward slashes, no control characters or stray bytes."""
    name = name.replace("\\", "/") if Path("\\").name == "" else name  # only where that parts folders
    return "".join(_escaped(c) if _is_unsafe(c) else c for c in name)


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8 (PEP 383)
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _reader(name: str, shown_name: str) -> Reader:
    pure = PurePosixPath(name.replace("\\", "/"))
    ending = pure.suffix.lower()
    reader = ENDINGS.get(ending)
    if reader is None:
        raise UnreadableFile(
            shown_name,
            f"Files that end in {shown(ending)} cannot be read; {', '.join(KINDS[:-1])} and {KINDS[-1]} can.",
            _SAVE_AS,
        )
    return reader


def _read_with(reader: Reader, data: bytes, name: str) -> Document:
    if reader is _text and data.startswith(b"PK\x03\x04") and b"word/document" in data:
        reader = _docx
    if not data.strip():
        raise UnreadableFile(name, "This file is empty.", "Check that it is the right one, and was saved.")
    if reader in (_text, _markdown, _html) and len(data) > MAX_TEXT:  # before time goes into its markup
        raise _too_long(name)
    document = reader(data, name)
    if len(document.text) > MAX_TEXT:
        raise _too_long(name)
    return document


def load(path: Path, name: str) -> bytes:
    """The bytes of a file, for whoever will write it again; raises UnreadableFile."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableFile(name, "This is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(mode):
            raise UnreadableFile(name, "This is not an ordinary file.", "Pipe it in, with “-” as the path.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableFile(name, "This file does not exist.", "Check the spelling.") from error
    except PermissionError as error:
        raise UnreadableFile(name, "You may not read this file.", "Ask who owns it.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile(name, "This file could not be opened.", "Check the path.") from error
    if len(data) > MAX_BYTES:
        raise _too_big(name)
    return data


def _too_long(name: str) -> UnreadableFile:
    size = MAX_TEXT // (1024 * 1024)
    return UnreadableFile(name, f"This file holds over {size} MB of text.", "Split it.")


def _too_big(name: str) -> UnreadableFile:
    size = MAX_BYTES // (1024 * 1024)
    return UnreadableFile(name, f"This file is over {size} MB.", "Split it, or take out its pictures.")
