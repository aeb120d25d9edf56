"""Words that wait until a report can be written: packed, and in memory alone, never in a file."""

from __future__ import annotations

import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator

_QUICKLY = 1
_AT_ONCE = 1 << 16  # packed bytes that are unpacked together


class Packed:
    """Text that is added to, and then read once or more often, in pieces. It takes a tenth of its length."""

    __slots__ = ("_packer", "_pieces")
    encoding = "utf-8"

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._packer = zlib.compressobj(_QUICKLY)

    def write(self, text: str) -> int:
        """Add words to the end."""
        self._keep(self._packer.compress(text.encode("utf-8", "surrogatepass")))
        return len(text)

    def writelines(self, pieces: Iterable[str]) -> None:
        """Add several pieces to the end."""
        for piece in pieces:
            self.write(piece)

    def __iter__(self) -> Iterator[str]:
        """All that was added, in pieces of no particular length."""
        unpacker = zlib.decompressobj()
        decoder = getincrementaldecoder("utf-8")("surrogatepass")
        for piece in (*self._pieces, self._packer.copy().flush()):
            for start in range(0, len(piece), _AT_ONCE):
                yield decoder.decode(unpacker.decompress(piece[start : start + _AT_ONCE]))

    def lines(self) -> Iterator[str]:
        """The same by lines, each without its line feed; what was added ends in one."""
        begun = ""
        for piece in self:
            *whole, begun = (begun + piece).split("\n")
            yield from whole

    def _keep(self, packed: bytes) -> None:
        if packed:
            self._pieces.append(packed)
