"""A word processor's file to be changed: its words, its parts, and the zip around them.

Parts that nobody changes are copied as they are packed, in their order and with their dates.
"""

from __future__ import annotations

import copy
import zipfile
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.parsers.expat import ExpatError

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.readers.archive import BROKEN
from sos_lint.readers.places import Stretch
from sos_lint.rewrite.spliced.part import Part
from sos_lint.text import Range

_UTF8_NAME = 0x800


class SplicedFile(ABC):
    """A file, read, and open for changes: its document, and the stretches that its source map leads to."""

    program: str  # in which people mend such a file
    kind: str  # what people call such a file

    def __init__(self, data: bytes, document: Document, stretches: tuple[Stretch, ...]) -> None:
        self.document = document
        self.stretches = stretches
        self._data = data
        self._starts = [one.start for one in stretches]
        self._parts: dict[str, Part] = {}
        self._new: dict[str, bytes] = {}

    @abstractmethod
    def bytes_of(self, name: str) -> bytes | None:
        """A part as it stands in the file, or None where there is none."""

    def part(self, name: str) -> Part | None:
        """A part by its name, or None where there is none."""
        if name not in self._parts:
            data = self.bytes_of(name)
            if data is None:
                return None
            try:
                self._parts[name] = Part(data)
            except (ExpatError, LookupError, UnicodeError) as error:
                raise self.unwritable() from error
        return self._parts[name]

    def stretches_in(self, at: Range) -> Iterator[tuple[Stretch, Range]]:
        """The stretches whose words lie in a range of the source, and which of their words do."""
        first = max(0, bisect_right(self._starts, at.start) - 1)
        for one in self.stretches[first : bisect_left(self._starts, at.end)]:
            start, end = max(at.start, one.start), min(at.end, one.end)
            if start < end:
                yield one, Range(start - one.start, end - one.start)

    def check(self, edits: list[Edit]) -> None:
        """Raise ValueError for an edit not on verbatim words, or overlapping the one before it."""
        done = 0
        for edit in edits:
            if edit.at.start < done or not self.document.source_map.is_verbatim(edit.at):
                raise ValueError(f"an edit that cannot be put into the file: {edit.at}")
            done = edit.at.end

    def unwritable(self) -> SosLintError:
        """The fault of a file that can be read, but is built as no such file is."""
        return SosLintError(
            self.document.name,
            f"This {self.kind} file is built in a way that cannot be changed here.",
            f"Open it in {self.program}, save it again, and use that copy.",
        )

    def written(self) -> bytes:
        """The bytes of the file with the changes in it; without any, the same bytes."""
        changed = {name: part.written() for name, part in self._parts.items() if part.is_changed}
        if not changed and not self._new:
            return self._data
        try:
            return self._packed(changed, self._new)
        except BROKEN as error:  # in a part that was not read
            raise self.unwritable() from error

    def _packed(self, changed: Mapping[str, bytes], new: Mapping[str, bytes]) -> bytes:
        """The bytes of the file with other content in some parts, and with new ones."""
        file = BytesIO()
        data = self._data
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as package:
            package.comment = old.comment
            entries = sorted(old.infolist(), key=lambda info: info.header_offset)
            ends = [*(info.header_offset for info in entries[1:]), old.start_dir]
            for info, end in zip(entries, ends, strict=True):
                name = info.filename.replace("\\", "/").lstrip("/")
                if name in changed:
                    package.writestr(_like(info), changed[name])
                elif info.filename.isascii() or info.flag_bits & _UTF8_NAME:
                    _copy(package, info, data[info.header_offset : end])
                else:  # a name in an old encoding would not be the same in the list at the end
                    package.writestr(_like(info), old.read(info))
            for name, content in new.items():
                package.writestr(_like(entries[0], name), content)
        return file.getvalue()


def _copy(package: zipfile.ZipFile, info: zipfile.ZipInfo, packed: bytes) -> None:
    """Put an entry in as it is packed: `packed` is its header and its bytes."""
    if package.fp is None:
        raise ValueError("the zip is closed")
    info = copy.copy(info)
    package.fp.seek(package.start_dir)
    info.header_offset = package.start_dir
    package.fp.write(packed)
    package.start_dir = package.fp.tell()
    package.filelist.append(info)
    package.NameToInfo[info.filename] = info


def _like(info: zipfile.ZipInfo, name: str | None = None) -> zipfile.ZipInfo:
    """The header of an entry with other content."""
    made = zipfile.ZipInfo(name or info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED if name else info.compress_type
    made.create_system, made.external_attr = info.create_system, info.external_attr
    made.comment = b"" if name else info.comment
    return made
