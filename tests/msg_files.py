"""Messages of Outlook for tests: real compound files (MS-CFB) with the streams of a message (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple, Union

Folder = Mapping[str, Union[bytes, "Folder"]]

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_FREE, _LAST, _IS_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FOLDER, _STREAM, _ROOT = 1, 2, 5
_NO_NAMES: Folder = {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}
WIDE, NARROW, BINARY = 0x1F, 0x1E, 0x102


class _Entry(NamedTuple):
    name: str
    kind: int
    data: bytes
    child: int
    after: int  # the next entry of the same folder


def compound(root: Folder) -> bytes:
    """A compound file with these streams and folders."""
    entries = [_Entry("Root Entry", _ROOT, b"", _FREE, _FREE)]
    first = _add(entries, root)
    entries[0] = entries[0]._replace(child=first)
    small, small_table, starts = b"", [], {}
    for number, entry in enumerate(entries):
        if 0 < len(entry.data) < _SMALL:
            starts[number] = len(small_table)
            count = -(-len(entry.data) // _SMALL_SECTOR)
            small_table += [*range(starts[number] + 1, starts[number] + count), _LAST]
            small += entry.data.ljust(count * _SMALL_SECTOR, b"\0")
    chains = {number: entry.data for number, entry in enumerate(entries) if len(entry.data) >= _SMALL}
    chains[0] = small
    directory_size = -(-len(entries) * 128 // _SECTOR)
    small_table_data = struct.pack(f"<{len(small_table)}I", *small_table)
    small_table_size = -(-len(small_table_data) // _SECTOR)
    body = directory_size + small_table_size + sum(-(-len(data) // _SECTOR) for data in chains.values())
    table_size = 1
    while table_size * _SECTOR // 4 < body + table_size:
        table_size += 1
    table, sectors = [_IS_TABLE] * table_size, b""

    def lay(data: bytes, fill: bytes = b"\0") -> int:
        nonlocal sectors
        count = -(-len(data) // _SECTOR)
        if not count:
            return _LAST
        start = len(table)
        table.extend([*range(start + 1, start + count), _LAST])
        sectors += data.ljust(count * _SECTOR, fill)
        return start

    starts.update({number: lay(data) for number, data in chains.items()})
    small_table_start = lay(small_table_data, b"\xff")
    entries[0] = entries[0]._replace(data=small)
    directory_start = lay(b"".join(_written(entry, starts.get(n)) for n, entry in enumerate(entries)))
    table += [_FREE] * (table_size * _SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, table_size, directory_start, 0, _SMALL,
        small_table_start, small_table_size, _LAST, 0,
    )  # fmt: skip
    places = struct.pack("<109I", *[*range(table_size), *[_FREE] * (109 - table_size)])
    return head + places + struct.pack(f"<{len(table)}I", *table) + sectors


def _add(entries: list[_Entry], folder: Folder) -> int:
    """Add what is in a folder; returns the number of its first entry. Each leads to the next by name."""
    names = sorted(folder, key=lambda name: (len(name), name.upper()))
    numbers = []
    for name in names:
        numbers.append(len(entries))
        inside = folder[name]
        if isinstance(inside, bytes):
            entries.append(_Entry(name, _STREAM, inside, _FREE, _FREE))
        else:
            entries.append(_Entry(name, _FOLDER, b"", _FREE, _FREE))
            child = _add(entries, inside)
            entries[numbers[-1]] = entries[numbers[-1]]._replace(child=child)
    for number, after in pairwise(numbers):
        entries[number] = entries[number]._replace(after=after)
    return numbers[0] if numbers else _FREE


def _written(entry: _Entry, start: int | None) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    size = len(entry.data)
    if start is None:
        start = _LAST if entry.kind == _STREAM else 0
    return struct.pack(
        "<64sHBBIII36xIQ", name, len(name), entry.kind, 1, _FREE, entry.after, entry.child, start, size
    )


def message(
    subject: str | None = "Visit",
    body: str | None = None,
    *,
    page: bytes | None = None,
    rich: bytes | None = None,
    kind: str = "IPM.Note",
    narrow: str | None = None,
    code_pages: Mapping[int, int] | None = None,
    more: Folder | None = None,
) -> bytes:
    """A message. `narrow` is the encoding of its characters if that is not UTF-16; `rich` is packed RTF."""
    words = {0x001A: kind, 0x0037: subject, 0x1000: body}
    said = {
        **{tag << 16 | (NARROW if narrow else WIDE): _encoded(words[tag], narrow) for tag in words},
        0x1013 << 16 | BINARY: page,
        0x1009 << 16 | BINARY: rich,
    }
    streams = {tag: data for tag, data in said.items() if data is not None}
    numbers = {**{tag: len(data) for tag, data in streams.items()}, **(code_pages or {})}
    entries = b"".join(struct.pack("<IIII", tag, 6, number, 0) for tag, number in numbers.items())
    named = {f"__substg1.0_{tag:08X}": data for tag, data in streams.items()}
    fixed = {"__properties_version1.0": bytes(32) + entries, "__nameid_version1.0": _NO_NAMES}
    return compound({**named, **fixed, **(more or {})})


def _encoded(words: str | None, narrow: str | None) -> bytes | None:
    return None if words is None else words.encode(narrow or "utf-16-le")
