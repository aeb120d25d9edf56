"""Puts edits into the bytes of a file, and changes nothing else in it.

Afterwards the bytes are read again: where their words are not exactly what was meant, as where a new sign
would be taken for markup, a `SosLintError` says so, and there are no new bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from sos_lint.document import Document
from sos_lint.errors import SosLintError, UnreadableFile
from sos_lint.finding import Edit
from sos_lint.readers import read_bytes
from sos_lint.readers.decode import decoded
from sos_lint.rewrite.writers import writer_of

_CALLED = {"cp1252": "Windows-1252", "mac_roman": "Mac OS Roman", "cp850": "DOS", "latin_1": "Latin-1"}
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#])")


def chosen(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in order, without those that overlap one before them.

    Of those that start together the longest is kept, then the safest.
    """
    ordered = sorted(edits, key=lambda e: (e.at.start, -e.at.end, -e.safety, e.replacement))
    kept: list[Edit] = []
    for edit in ordered:
        if not kept or (edit.at.start >= kept[-1].at.end and edit.at != kept[-1].at):
            kept.append(edit)
    return tuple(kept)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A document's text with edits, which are in order and do not overlap, in it."""
    return spliced(text, [(edit.at.start, edit.at.end, edit.replacement) for edit in edits])


def applied(data: bytes, document: Document, edits: Iterable[Edit], columns: Sequence[str] = ()) -> bytes:
    """The bytes of the document's file with the edits in it; of edits that overlap, the first of `chosen`.

    `columns` are those by which a table was read. Raises SosLintError where the file's encoding lacks a sign,
    or the edits would change more than words.
    """
    wanted = chosen(edits)
    if not wanted:
        return data
    words = edited(document.text, wanted).split()
    attempts = (
        _in_parts(data, document, wanted) if document.source is None else _in_text(data, document, wanted)
    )
    for new in attempts:
        if _words(new, document.name, columns) == words:
            return new
    raise SosLintError(
        document.name,
        "The new words cannot be put into this file without changing others.",
        "It was left as it is: change it by hand.",
    )


def _in_parts(data: bytes, document: Document, edits: Sequence[Edit]) -> Iterator[bytes]:
    """The new bytes of a word processor's file; none where an edit lies on more than words, as on a field."""
    with suppress(ValueError):
        yield writer_of(data, document.name).apply(data, document.name, edits)


def _in_text(data: bytes, document: Document, edits: Sequence[Edit]) -> Iterator[bytes]:
    """The new bytes of a file of text; then those in which signs of markup are marked as plain words."""
    source = decoded(data, document.name)
    for written in (str, escaped):
        new = spliced(source.text, [(e.place.start, e.place.end, written(e.replacement)) for e in edits])
        try:
            yield source.mark + new.encode(source.encoding)
        except UnicodeEncodeError as error:
            called = _CALLED.get(source.encoding, source.encoding)
            raise SosLintError(
                document.name,
                f"This file's encoding ({called}) lacks a sign of the new words.",
                "Save the file as UTF-8, and try again.",
            ) from error


def escaped(words: str) -> str:
    """Words with the signs of markup marked as plain ones."""
    return _MARKUP.sub(r"\\\1", words)


def spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """A text with other words in some places, which are in order and do not overlap."""
    parts, end = [], 0
    for start, stop, words in changes:
        parts += [text[end:start], words]
        end = stop
    return "".join(parts) + text[end:]


def _words(data: bytes, name: str, columns: Sequence[str]) -> list[str] | None:
    try:
        return read_bytes(data, name, columns=columns).text.split()
    except UnreadableFile:  # such as an edit that leaves no words at all
        return None
