"""What a message says, however it was kept: its subject, as a heading, and what its writer wrote.

Quoted messages and signatures are left out. Of two versions of a message the plain one is read, as it says
the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sos_lint.document import BlockKind, Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.decode import decode
from sos_lint.readers.paragraph import Paragraph, Piece, write
from sos_lint.text import Range

FORWARDED = "message.eml"  # what to call an attached message that has no name

_REPLY = re.compile(r"^(?:(?:re|fw|fwd)\s*:\s*)+", re.IGNORECASE)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_WROTE = re.compile(r"On\b.{4,200}\bwrote\s*:")
_SIGNED = re.compile(r"-- ?\r?\n?|Sent from my \w[^\r\n]{0,60}\r?\n?|Get Outlook for \w+[^\r\n]{0,60}\r?\n?")
_BELOW = re.compile(  # from here on, an earlier message
    r"\s*-{2,}\s*(?:Original Message|Forwarded message)\s*-{2,}|\s*Begin forwarded message:"
)
_HEADER_BLOCK = re.compile(  # of an earlier message, as Outlook puts it
    r"^(?:_{5,}[ \t]*\s+)?[ \t*]*From:[^\r\n]*[\r\n]+"
    r"(?:[ \t*]*(?:Sent|Date|To|Cc|Bcc|Subject):[^\r\n]*(?:[\r\n]+|$)){2}",
    re.MULTILINE,
)


class Attached(NamedTuple):
    """What is attached to a message: its name as the message has it, and what gives its bytes."""

    name: str
    data: Callable[[], bytes]


class Body(NamedTuple):
    """One version of a message: a web page or plain text."""

    words: str
    is_page: bool


def document_of(name: str, subject: str, bodies: Iterable[Body]) -> Document:
    """The document in a message, of which the first body with words is read. Nothing in it can be changed."""
    builder = Builder(name, None)
    subject = _REPLY.sub("", " ".join(subject.split()), count=1)
    if subject:
        lines = [[Piece(subject, Range(0, len(subject)))]]
        write(builder, Paragraph(lines, BlockKind.HEADING, 1, "subject"))
    body = next((body for body in bodies if body.words.strip()), None)
    if body is not None and body.is_page:
        from sos_lint.readers.from_html import write_into

        write_into(builder, body.words, mail=True)
    elif body is not None:
        _write_text(builder, body.words)
    document = builder.document(fixed=True)
    if not subject and not document.blocks:
        raise UnreadableFile(
            name,
            "This e-mail holds no words of its own.",
            "Quoted messages are not read, and attachments only with --attachments.",
        )
    return document


def characters(data: bytes, encoding: str | None, name: str) -> str:
    """The characters of a body in the encoding that is told, or else in the one that fits."""
    try:
        return data.decode(encoding or "utf-8")
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return decode(data, name)


def _write_text(builder: Builder, source: str) -> None:
    from sos_lint.readers.from_text import parts

    count = 0
    for paragraph in parts(own_words(source)):
        if not isinstance(paragraph, Paragraph):
            continue
        if paragraph.has_words:
            count += 1
            paragraph.where = f"paragraph {count}"
        write(builder, paragraph)


def own_words(source: str) -> str:
    """What the writer of a plain message wrote: without what it quotes, and what stands below a signature."""
    block = _HEADER_BLOCK.search(source)
    if block:
        source = source[: block.start()]
    kept: list[str] = []
    for line in _LINE.findall(source):
        if _SIGNED.fullmatch(line) or _BELOW.match(line):
            break
        if _QUOTED.match(line):
            _drop_opening(kept)
            continue
        kept.append(line)
    return "".join(kept)


def _drop_opening(kept: list[str]) -> None:
    """Take back the line or two that say who is quoted ("On Monday Tom wrote:")."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    for count in (1, 2):
        if end >= count and _WROTE.fullmatch(" ".join(line.strip() for line in kept[end - count : end])):
            del kept[end - count :]
            return
