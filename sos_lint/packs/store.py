"""Keeps compiled packs by the hash of their content, because reading YAML is slow.

The store holds rules only, never words of a document. Anything odd about it (unreadable, written by
another version, half there) means that the packs are compiled again; nobody is told, nothing breaks.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import sos_lint
from sos_lint.catalogue import Catalogue
from sos_lint.packs.sources import PackSource

KEPT = 8  # compiled catalogues that stay in the store; the oldest make room


def stored(sources: Sequence[PackSource]) -> Catalogue | None:
    """The catalogue of these packs, if it was compiled before by this same program."""
    try:
        return Catalogue.from_bytes((folder() / _name(sources)).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def keep(sources: Sequence[PackSource], catalogue: Catalogue) -> None:
    """Put a catalogue in the store; where that is not possible, do without."""
    import tempfile

    with contextlib.suppress(OSError):
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(catalogue.to_bytes())
            Path(name).replace(place / _name(sources))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in sorted(place.glob("*.packs"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def folder() -> Path:
    """Where compiled packs are kept: `SOS_LINT_CACHE`, or the user's own cache folder."""
    chosen = os.environ.get("SOS_LINT_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("sos-lint", appauthor=False)


def _name(sources: Sequence[PackSource]) -> str:
    digest = hashlib.blake2b(_program(), digest_size=16)
    for source in sources:
        for name, data in source.files:
            for part in (name.encode("utf-8", "surrogatepass"), data):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        digest.update(b"|")
    return f"{digest.hexdigest()}.packs"


@lru_cache(maxsize=1)
def _program() -> bytes:
    """The version, and the code that compiles packs: a change to it makes the store stale."""
    here = Path(sos_lint.__file__).parent
    code = [
        here / "catalogue.py",
        here / "rule.py",
        here / "words.py",
        here / "yaml_lines.py",
        *sorted((here / "packs").glob("*.py")),
    ]
    return sos_lint.__version__.encode() + b"".join(path.read_bytes() for path in code if path.is_file())
