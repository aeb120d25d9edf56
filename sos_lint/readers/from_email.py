"""Reads e-mail (.eml): what its writer wrote, as `message` tells it from what is not theirs.

Other headers than the subject are left out. Attachments are documents of their own (see `attached`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from functools import partial
from typing import Any

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import in_force, raised
from sos_lint.readers.message import FORWARDED, Attached, Body, characters, document_of

_HEADERS = ("From", "To", "Date", "Subject", "Message-ID", "Received", "MIME-Version", "Content-Type")
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


class _Message(Message):
    """A message, or a part of one. A header says nothing where it says it in a way that cannot be (RFC 2231):
    in an unknown encoding, with a NUL in its name, in pieces that have no order.
    """

    def get_param(self, param: str, failobj: Any = None, *more: Any, **named: Any) -> Any:
        """A setting of a header."""
        return _told(lambda: super(_Message, self).get_param(param, failobj, *more, **named), failobj)

    def get_boundary(self, failobj: Any = None) -> Any:
        """What stands between the parts."""
        return _told(lambda: super(_Message, self).get_boundary(failobj), failobj)

    def get_filename(self, failobj: Any = None) -> Any:
        """What the part is called."""
        return _told(lambda: super(_Message, self).get_filename(failobj), failobj)

    def get_content_charset(self, failobj: Any = None) -> Any:
        """The encoding that the part says it has."""
        return _told(lambda: super(_Message, self).get_content_charset(failobj), failobj)


def _told(ask: Callable[[], Any], nothing: Any) -> Any:
    try:
        return ask()
    except (TypeError, ValueError):
        return nothing


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of an e-mail. Nothing in it can be changed by us."""
    try:
        message = message_from_bytes(data, _Message)
        parts = list(_parts(message))
    except RecursionError as error:
        raise UnreadableFile(name, "This e-mail is nested too deeply.", "Save its words as text.") from error
    if not any(header in message for header in _HEADERS):
        hint = "Save the message again as .eml, or its words as .txt."
        raise UnreadableFile(name, "This is not an e-mail, whatever its name says.", hint)
    if len(parts) > in_force().parts:
        sentence = f"This e-mail has more than {in_force().parts:,} parts."
        raise UnreadableFile(name, sentence, f"Save its words as .txt, {raised('parts')}.")
    if any(part.get_content_type() in _LOCKED for part in parts):
        hint = "Open it in your mail program and save its words as .txt."
        raise UnreadableFile(name, "This e-mail is encrypted.", hint)
    return document_of(name, _subject(message), _bodies(parts, name))


def attached(data: bytes, name: str) -> list[Attached]:
    """What is attached to an e-mail: none to one that cannot be read. `name` is what to call that place."""
    try:
        return list(_attached(message_from_bytes(data, _Message), name))
    except RecursionError:
        return []


def _attached(part: Message, name: str) -> Iterator[Attached]:
    called = _decoded(part.get_filename() or "")
    if part.get_content_type() == "message/rfc822":
        for message in _inside(part)[:1]:
            called = called or FORWARDED
            called = called if called.lower().endswith(".eml") else f"{called}.eml"
            yield Attached(called, partial(_whole, message, name))
    elif part.is_multipart():
        for inside in _inside(part):
            yield from _attached(inside, name)
    elif called:
        yield Attached(called, partial(_content, part))


def _whole(message: Message, name: str) -> bytes:
    """The bytes of an attached message."""
    try:
        return message.as_bytes()
    except (LookupError, TypeError, ValueError, MessageError) as error:  # a header or encoding that cannot be
        raise UnreadableFile(name, "An attached message is damaged.", "Save its words as text.") from error


def _content(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message itself: nothing that is attached to it."""
    if message.get_content_disposition() == "attachment" or message.get_content_type() == "message/rfc822":
        return
    yield message
    for part in _inside(message):
        yield from _parts(part)


def _inside(part: Message) -> list[Message]:
    """The parts of a part. What has none is not asked for its words, which its encoding may not allow."""
    payload = part.get_payload() if part.is_multipart() else ()
    return [inside for inside in payload if isinstance(inside, Message)]


def _bodies(parts: list[Message], name: str) -> Iterator[Body]:
    """The versions of the message, the plain one first; raises UnreadableFile where no other than one whose
    parts cannot be told from one another has words.
    """
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not part.is_multipart():
                words = _characters(part, name)
                is_page = kind == "text/html"
                yield Body(words if is_page else _flowing(words, part), is_page)
    if any(part.get_content_maintype() == "multipart" and _content(part).strip() for part in parts):
        sentence = "This e-mail is damaged: it does not say where its parts begin."
        raise UnreadableFile(name, sentence, "Open it in your mail program and save its words as .txt.")


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
    return characters(data, part.get_content_charset(), name)


def _subject(message: Message) -> str:
    """The subject as it is shown."""
    return _decoded(str(message.get("Subject", "")))


def _decoded(written: str) -> str:
    """A header with what was encoded in it to be sent (RFC 2047)."""
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        return written
