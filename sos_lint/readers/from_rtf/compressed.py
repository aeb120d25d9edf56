"""Unpacks RTF as Outlook packs it (MS-OXRTFCP).

Words that stood shortly before are told by how far back, and how many characters.
"""

from __future__ import annotations

import struct
from zlib import crc32

from sos_lint.limits import in_force

_HEAD = struct.Struct("<II4sI")
_PACKED, _PLAIN = b"LZFu", b"MELA"
_RING = 4096
_KNOWN = (  # words that count as having stood before
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_ALL = 0xFFFFFFFF


def unpacked(data: bytes) -> bytes:
    """The RTF; raises ValueError for what is damaged, OverflowError for what is too much."""
    if len(data) < _HEAD.size:
        raise ValueError("no head")
    size, raw_size, kind, check = _HEAD.unpack_from(data)
    body = data[_HEAD.size : size + 4]  # the head's first four bytes are not counted
    if kind == _PLAIN:
        return body[:raw_size]
    if kind != _PACKED or crc32(body, _ALL) ^ _ALL != check:
        raise ValueError("not what it says")
    return _unpacked(body)


def _unpacked(body: bytes) -> bytes:
    out = bytearray(b" " * _RING + _KNOWN)
    begin, at, most = len(out), 0, in_force().unpacked_in_bytes
    while at < len(body):
        control = body[at]
        at += 1
        if not control:
            out += body[at : at + 8]
            at += 8
            continue
        for bit in range(8):
            if not control >> bit & 1:
                out += body[at : at + 1]
                at += 1
                continue
            where = int.from_bytes(body[at : at + 2], "big")
            at += 2
            back = (len(out) - (where >> 4)) % _RING
            if not back:
                return bytes(out[begin:])
            length = (where & 15) + 2
            words = out[-back:] if back <= length else out[len(out) - back : len(out) - back + length]
            out += (words * length)[:length]
        if len(out) > most:
            raise OverflowError("too much")
    return bytes(out[begin:])
