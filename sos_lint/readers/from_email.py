"""Reads e-mail (.eml): what its writer wrote. The subject is its heading.

Other headers, quoted messages, signatures and attachments are left out. Of two versions of a message the
plain one is read, as it says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from sos_lint.document import BlockKind, Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers.build import Builder
from sos_lint.readers.decode import decode
from sos_lint.readers.paragraph import Paragraph, Piece, write
from sos_lint.text import Range

_HEADERS = ("From", "To", "Date", "Subject", "Message-ID", "Received", "MIME-Version", "Content-Type")
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
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


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of an e-mail. Nothing in it can be changed by us."""
    try:
        message = message_from_bytes(data)
        parts = list(_parts(message))
    except RecursionError as error:
        raise UnreadableFile(name, "This e-mail is nested too deeply.", "Save its words as text.") from error
    if not any(header in message for header in _HEADERS):
        hint = "Save the message again as .eml, or its words as .txt."
        raise UnreadableFile(name, "This is not an e-mail, whatever its name says.", hint)
    if any(part.get_content_type() in _LOCKED for part in parts):
        hint = "Open it in your mail program and save its words as .txt."
        raise UnreadableFile(name, "This e-mail is encrypted.", hint)
    builder = Builder(name, None)
    subject = _subject(message)
    if subject:
        lines = [[Piece(subject, Range(0, len(subject)))]]
        write(builder, Paragraph(lines, BlockKind.HEADING, 1, "subject"))
    _write_body(builder, parts)
    document = builder.document(fixed=True)
    if not subject and not document.blocks:
        raise UnreadableFile(
            name, "This e-mail holds no words of its own.", "Quoted messages and attachments are not read."
        )
    return document


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message itself: nothing that is attached to it."""
    if message.get_content_disposition() == "attachment" or message.get_content_type() == "message/rfc822":
        return
    yield message
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else ():
        if isinstance(part, Message):
            yield from _parts(part)


def _write_body(builder: Builder, parts: list[Message]) -> None:
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind or part.is_multipart():
                continue
            words = _characters(part, builder.name)
            if not words.strip():
                continue
            if kind == "text/html":
                from sos_lint.readers.from_html import write_into

                write_into(builder, words, mail=True)
            else:
                _write_text(builder, _flowing(words, part))
            return


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


def _flowing(words: str, part: Message) -> str:
    """The words with lines joined that were only broken to be sent (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return words
    joined = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?<!^--)(?<!\n--) \r?\n(?![ \t]*>)", joined, words)


def _characters(part: Message, name: str) -> str:
    """The words of a part in the encoding that it says, or else in the one that fits."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return decode(data, name)


def _subject(message: Message) -> str:
    """The subject, without what a reply puts before it."""
    written = str(message.get("Subject", ""))
    try:
        subject = str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        subject = written
    return _REPLY.sub("", " ".join(subject.split()), count=1)
