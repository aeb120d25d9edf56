"""Keeps compiled packs by the hash of their content, because reading YAML is slow.

The store holds rules only, never words of a document. Anything odd about it (unreadable, written by
another version, half there) means that the packs are compiled again; nobody is told, nothing breaks.

A file of the store is a line with three lengths and a digest, of head and index; then the head; the index,
which gives the length and the digest of each piece of the body; and the body. That is read only where
something matches, and the digest of a piece is compared when it is asked for.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from pathlib import Path
from struct import Struct

import sos_lint
from sos_lint.cache_place import cache_place
from sos_lint.catalogue import Catalogue, Pieces
from sos_lint.digest import blake2b
from sos_lint.packs.sources import PackSource

KEPT = 8  # compiled catalogues that stay in the store; those not used for longest make room
_SHORT = 8  # bytes of the digest of a piece
_ENTRY = Struct(f"<Q{_SHORT}s")


def stored(sources: Sequence[PackSource]) -> Catalogue | None:
    """The catalogue of these packs, if it was compiled before by this same program."""
    try:
        mark = mark_of(sources)
        path = folder() / f"{mark}.packs"
        with path.open("rb") as file:
            *sizes, digest = file.readline(100).split()
            head_size, index_size, body_size = map(int, sizes)
            start = file.tell() + head_size + index_size
            if min(head_size, index_size) < 0 or start + body_size != os.fstat(file.fileno()).st_size:
                return None
            head, index = file.read(head_size), file.read(index_size)
        if _digest(head + index) != digest:
            return None
        with contextlib.suppress(OSError):  # a store that may only be read
            os.utime(path)
        catalogue = Catalogue.from_head(head, lambda: _Stored(path, start, index, sources))
        catalogue.digest = mark
        return catalogue
    except (OSError, ValueError):
        return None


def keep(sources: Sequence[PackSource], catalogue: Catalogue) -> None:
    """Put a catalogue in the store; where that is not possible, do without."""
    import tempfile

    catalogue.digest = mark = mark_of(sources)
    with contextlib.suppress(OSError):
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(_file_of(catalogue))
            Path(name).replace(place / f"{mark}.packs")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in sorted(place.glob("*.packs"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def _file_of(catalogue: Catalogue) -> Iterator[bytes]:
    head, body = catalogue.head, catalogue.body
    index = b"".join(_ENTRY.pack(len(piece), _short_digest(piece)) for piece in body)
    yield b"%d %d %d %s\n" % (len(head), len(index), sum(map(len, body)), _digest(head + index))
    yield from (head, index, *body)


class _Stored:
    """The body of a stored catalogue; what of it has gone or changed is compiled again."""

    def __init__(self, path: Path, start: int, index: bytes, sources: Sequence[PackSource]) -> None:
        self._sources = sources
        entries = list(_ENTRY.iter_unpack(index))
        self._ends = list(accumulate((size for size, _ in entries), initial=0))
        self._digests = [digest for _, digest in entries]
        self._data = b""
        with contextlib.suppress(OSError), path.open("rb") as file:
            file.seek(start)
            self._data = file.read()

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self._digests)))

    def __getitem__(self, number: int) -> bytes:
        piece = self._data[self._ends[number] : self._ends[number + 1]]
        return piece if _short_digest(piece) == self._digests[number] else self._anew[number]

    @cached_property
    def _anew(self) -> Pieces:
        from sos_lint.packs.compile import compile_packs

        catalogue = compile_packs(self._sources)
        keep(self._sources, catalogue)
        return catalogue.body


def folder() -> Path:
    """Where compiled packs are kept."""
    return Path(cache_place())


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


def _short_digest(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=_SHORT).digest()


def mark_of(sources: Sequence[PackSource]) -> str:
    """What tells these packs, as this program compiles them, from all others."""
    digest = blake2b(_program(), digest_size=16)
    for source in sources:
        for name, data in source.files:
            for part in (name.encode("utf-8", "surrogatepass"), data):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        digest.update(b"|")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    """The version, and the code that compiles packs: a change to it makes the store stale."""
    here = Path(sos_lint.__file__).parent
    names = [
        "catalogue",
        "codec",
        "files",
        "fold",
        "forms",
        "frame",
        "kinds",
        "leads",
        "limits",
        "received",
        "rule",
        "services",
        "surface",
        "yaml_lines",
    ]
    folders = (sorted((here / name).glob("*.py")) for name in ("packs", "words"))
    code = [*(here / f"{name}.py" for name in names), *chain.from_iterable(folders)]
    return sos_lint.__version__.encode() + b"".join(path.read_bytes() for path in code if path.is_file())
