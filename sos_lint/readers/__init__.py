"""Reads files: bytes in, a `Document` or an `UnreadableFile` out, and nothing else.

Each format has its own module, which is only imported when such a file is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.files import NotOrdinary, TooBig, bytes_in
from sos_lint.limits import in_force, raised
from sos_lint.memory import Memory

Reader = Callable[[bytes, str], Document]
TableReader = Callable[[bytes, str, Sequence[str]], Document]  # the last: the columns to read

# The endings that people are told of.
KINDS = (".txt", ".md", ".html", ".eml", ".msg", ".pdf", ".rtf", ".odt", ".docx", ".csv", ".xlsx")
_ZIP_HEADER = 30  # bytes before the name of the first part of a zip, which says what an OpenDocument file is
_ODF_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_RTF = b"{\\rtf1"  # how such a file begins, whatever its name says
_SAVE_AS = "Save it as .docx, .txt or .md."
_OTHER_TABLES = frozenset({".ods", ".fods", ".xlsb", ".numbers"})  # that are not read
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


def _rtf(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_rtf

    return from_rtf.read(data, name)


def _email(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_email

    return from_email.read(data, name)


def _outlook(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_msg

    return from_msg.read(data, name)


def _pdf(data: bytes, name: str) -> Document:
    from sos_lint.readers import from_pdf

    return from_pdf.read(data, name)


def _doc(data: bytes, name: str) -> Document:
    if data.startswith(b"PK"):
        return _docx(data, name)
    if data.startswith(_RTF):
        return _rtf(data, name)
    raise UnreadableFile(name, "This is an old Word file (.doc).", "Open it in Word and save it as .docx.")


def _csv(data: bytes, name: str, columns: Sequence[str]) -> Document:
    from sos_lint.readers import from_tables

    return from_tables.read_csv(data, name, columns)


def _tsv(data: bytes, name: str, columns: Sequence[str]) -> Document:
    from sos_lint.readers import from_tables

    return from_tables.read_tsv(data, name, columns)


def _xlsx(data: bytes, name: str, columns: Sequence[str]) -> Document:
    from sos_lint.readers import from_tables

    return from_tables.read_workbook(data, name, columns)


def _xls(data: bytes, name: str, columns: Sequence[str]) -> Document:
    if data.startswith(b"PK"):
        return _xlsx(data, name, columns)
    raise UnreadableFile(name, "This is an old Excel file (.xls).", "Open it in Excel and save it as .xlsx.")


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
    ".msg": _outlook,
    ".pdf": _pdf,
    ".odt": _odt,
    ".ott": _odt,
    ".fodt": _odt,
    ".rtf": _rtf,
    ".docx": _docx,
    ".doc": _doc,
}

# Tables of notes: they are read where somebody has said which columns of them.
TABLES: Mapping[str, TableReader] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".xls": _xls,
}


def is_table(name: str) -> bool:
    """True for the name of a file that is read as a table of notes."""
    return _ending(name) in TABLES


def read(path: Path, name: str, columns: Sequence[str] = ()) -> Document:
    """The document in a file. `name` is the path as the user gave it; of a table, `columns` are read."""
    shown_name = shown(name)
    reader = _reader(name, shown_name, columns)
    return _read_with(reader, load(path, shown_name), shown_name)


def read_bytes(data: bytes, name: str, kind: str | None = None, columns: Sequence[str] = ()) -> Document:
    """The document in some bytes, as from standard input.

    `kind` is a name's ending (".md"); without it the ending of `name` says what the bytes are, and plain
    text is what they are if it has none. Of a table, `columns` are read.
    """
    shown_name = shown(name)
    reader = _reader(name if kind is None else f"-.{kind.lstrip('.')}", shown_name, columns)
    if len(data) > in_force().size_in_bytes:
        raise too_big(shown_name)
    return _read_with(reader, data, shown_name)


def read_text(source: str, name: str, ending: str, memory: Memory | None = None) -> Document:
    """The document in a text that is decoded already, as an editor holds it: Markdown, a web page or plain
    text, as the `ending` of a name says. `memory` is that of its version before.
    """
    shown_name = shown(name)
    reader = ENDINGS.get(ending, _text)
    if len(source) > in_force().longest_text:
        raise _too_long(shown_name)
    if not source.strip():
        raise UnreadableFile(shown_name, "This file is empty.", "Write in it.")
    if reader is _markdown:
        from sos_lint.readers import from_markdown

        return from_markdown.read_text(source, shown_name, memory)
    if reader is _html:
        from sos_lint.readers import from_html

        return from_html.read_text(source, shown_name)
    from sos_lint.readers import from_text

    return from_text.read_text(source, shown_name, memory)


def characters(data: bytes) -> str | None:
    """The characters of a text file, as its reader sees them; None where the bytes are no text."""
    from sos_lint.readers.decode import decode

    try:
        return decode(data, "")
    except UnreadableFile:
        return None


def is_opendocument(name: str, data: bytes = b"") -> bool:
    """True for the name of a file, or the bytes of one without a name, that is read as OpenDocument."""
    reader = ENDINGS.get(_ending(name))
    return reader is not None and _reader_of_bytes(reader, data) is _odt


def shown(name: str) -> str:
    """The name as it can be printed: forward slashes, no control characters or stray bytes."""
    name = name.replace("\\", "/") if Path("\\").name == "" else name  # only where that parts folders
    if name.isprintable():
        return name
    return "".join(_escaped(c) if _is_unsafe(c) else c for c in name)


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8 (PEP 383)
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _reader(name: str, shown_name: str, columns: Sequence[str]) -> Reader:
    ending = _ending(name)
    table = TABLES.get(ending)
    if table is not None:
        return lambda data, name: table(data, name, columns)
    reader = ENDINGS.get(ending)
    if reader is None:
        raise UnreadableFile(
            shown_name,
            f"Files that end in {shown(ending)} cannot be read; {', '.join(KINDS[:-1])} and {KINDS[-1]} can.",
            "Save it as .xlsx or .csv." if ending in _OTHER_TABLES else _SAVE_AS,
        )
    return reader


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _read_with(reader: Reader, data: bytes, name: str) -> Document:
    reader = _reader_of_bytes(reader, data)
    if not data.strip():
        raise UnreadableFile(name, "This file is empty.", "Check that it is the right one, and was saved.")
    is_as_long_as_its_words = reader in (_text, _markdown, _html)
    if is_as_long_as_its_words and len(data) > in_force().longest_text:  # before time goes into its markup
        raise _too_long(name)
    document = reader(data, name)
    if len(document.text) > in_force().longest_text:
        raise _too_long(name)
    return document


def _reader_of_bytes(reader: Reader, data: bytes) -> Reader:
    """The reader for some bytes, which may be those of a word processor though their name says text."""
    if reader is not _text:
        return reader
    if data.startswith(_RTF):
        return _rtf
    if not data.startswith(b"PK\x03\x04"):
        return reader
    if data.startswith(_ODF_TEXT, _ZIP_HEADER):
        return _odt
    return _docx if b"word/document" in data else reader


def load(path: Path, name: str) -> bytes:
    """The bytes of a file, for whoever will write it again; raises UnreadableFile."""
    try:
        return bytes_in(path, in_force().size_in_bytes)
    except NotOrdinary as error:
        if error.is_folder:
            raise UnreadableFile(name, "This is a folder, not a file.", "Name a file in it.") from error
        hint = "Pipe it in, with “-” as the path."
        raise UnreadableFile(name, "This is not an ordinary file.", hint) from error
    except TooBig as error:
        raise too_big(name) from error
    except FileNotFoundError as error:
        raise UnreadableFile(name, "This file does not exist.", "Check the spelling.") from error
    except PermissionError as error:
        raise UnreadableFile(name, "You may not read this file.", "Ask who owns it.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile(name, "This file could not be opened.", "Check the path.") from error


def _too_long(name: str) -> UnreadableFile:
    sentence = f"This file holds over {in_force().text} MB of text."
    return UnreadableFile(name, sentence, f"Split it, {raised('text')}.")


def too_big(name: str) -> UnreadableFile:
    """The fault of a file that is bigger than any is read."""
    hint = f"Split it, take out its pictures, {raised('size')}."
    return UnreadableFile(name, f"This file is over {in_force().size} MB.", hint)
