"""Turns the bytes of a text file into characters, or says why it cannot."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from sos_lint.errors import UnreadableFile

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_SAMPLE = 64 * 1024
# Signs that English text has no use for, and capitals in mid-word: this is not the encoding.
_ODD = re.compile(
    "[^\0-\x7f\u00a0\u00ad\u20ac‘’‚“”„–—…•£©®™°ºª½¼¾¹²³±·×÷§¶´¨«»†‡¢¡¿\u00c0-\u00ff]"
    "|(?<=[a-z])[\u00c0-\u00d6\u00d8-\u00de]|[\u00c0-\u00d6\u00d8-\u00de](?=\\s)"
)
_LEGACY = ["cp1252", "mac_roman", "cp850", "latin_1"]
_AS_UTF8 = "Save it as UTF-8 text, or as .docx."


class Decoded(NamedTuple):
    """The characters of a text file, without its byte-order mark, and how they were written."""

    text: str
    encoding: str
    mark: bytes = b""


def decode(data: bytes, name: str) -> str:
    """The characters of a text file, without a byte-order mark; line ends stay as they are."""
    return decoded(data, name).text


def decoded(data: bytes, name: str) -> Decoded:
    """The same, with the encoding: `mark` and the text in that encoding are the bytes again."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_marked(data[len(mark) :], encoding, name), encoding, mark)
    if b"\0" in data:
        return _decode_wide(data, name)
    if _is_binary(data):
        raise _not_text(name)
    try:
        found = Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        found = _decode_legacy(data, name)
    _check(found.text, name)
    return found


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        shown = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise UnreadableFile(
            name, f"This file is damaged: it is not the {shown} it says.", _AS_UTF8
        ) from error
    _check(text, name)
    return text


def _decode_wide(data: bytes, name: str) -> Decoded:
    """UTF-16 without a mark: in Western text, nearly every second byte is zero."""
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    high, low = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if len(data) % 2 == 0 and max(high, low) > 0.6 and min(high, low) < 0.1:
        encoding = "utf-16-le" if low > high else "utf-16-be"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _not_text(name) from error
        _check(text, name)
        return Decoded(text, encoding)
    raise _not_text(name)


def _decode_legacy(data: bytes, name: str) -> Decoded:
    """An older Western encoding: that of Windows, then that of old Macs, where its signs make sense."""
    for encoding in ("cp1252", "mac_roman"):
        text = data.decode(encoding, "replace")
        if not _ODD.search(text):
            return Decoded(text, encoding)
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE], cp_isolation=_LEGACY, preemptive_behaviour=False).best()
    for encoding in (best.encoding if best else "cp1252", "cp1252"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(name, "This file is text in an encoding that is not known here.", _AS_UTF8)


def _check(text: str, name: str) -> None:
    """Raise UnreadableFile for what is no text, or none at all."""
    sample = text[:_SAMPLE]
    if len(_CONTROL_CHARACTERS.findall(sample)) * 20 > len(sample):
        raise _not_text(name)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise UnreadableFile(name, "This file is empty.", "Check that it is the right one, and was saved.")


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 20 > len(sample)


def _not_text(name: str) -> UnreadableFile:
    return UnreadableFile(name, "This file is not text.", "Save the draft as .docx, .txt or .md.")
