"""Keeps compiled packs by the hash of their content, because reading YAML is slow.

The store holds rules only, never words of a document. Anything odd about it (unreadable, written by
another version, half there) means that the packs are compiled again; nobody is told, nothing breaks.

A file of the store is a line with the length of the head and the digests of head and body, then the head and
the body, both JSON. The body is read, and its digest compared, only where something matches.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import sos_lint
from sos_lint.catalogue import Catalogue
from sos_lint.digest import blake2b
from sos_lint.packs.sources import PackSource

KEPT = 8  # compiled catalogues that stay in the store; those not used for longest make room


def stored(sources: Sequence[PackSource]) -> Catalogue | None:
    """The catalogue of these packs, if it was compiled before by this same program."""
    try:
        mark = _mark(sources)
        path = folder() / f"{mark}.packs"
        with path.open("rb") as file:
            size, head_digest, body_digest = file.readline(100).split()
            head = file.read(int(size))
            start = file.tell()
        if _digest(head) != head_digest:
            return None
        with contextlib.suppress(OSError):  # a store that may only be read
            os.utime(path)
        catalogue = Catalogue.from_head(head, partial(_body, path, start, body_digest, sources))
        catalogue.digest = mark
        return catalogue
    except (OSError, ValueError):
        return None


def keep(sources: Sequence[PackSource], catalogue: Catalogue) -> None:
    """Put a catalogue in the store; where that is not possible, do without."""
    import tempfile

    catalogue.digest = mark = _mark(sources)
    with contextlib.suppress(OSError):
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                head, body = catalogue.head, catalogue.body
                file.write(b"%d %s %s\n" % (len(head), _digest(head), _digest(body)) + head + body)
            Path(name).replace(place / f"{mark}.packs")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in sorted(place.glob("*.packs"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def folder() -> Path:
    """Where compiled packs are kept: `SOS_LINT_CACHE`, or the user's own cache folder on each system."""
    if chosen := os.environ.get("SOS_LINT_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(base)) / "sos-lint"  # noqa: PTH111 (no error where there is no home)


def _body(path: Path, start: int, digest: bytes, sources: Sequence[PackSource]) -> Any:
    """The body of a stored catalogue; if it has gone or changed, the packs are compiled again."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(start)
        body = file.read()
        if _digest(body) == digest:
            return json.loads(body)
    from sos_lint.packs.compile import compile_packs

    catalogue = compile_packs(sources)
    keep(sources, catalogue)
    return json.loads(catalogue.body)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


def _mark(sources: Sequence[PackSource]) -> str:
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
        "fold",
        "forms",
        "frame",
        "kinds",
        "rule",
        "services",
        "surface",
        "words",
        "yaml_lines",
    ]
    code = [*(here / f"{name}.py" for name in names), *sorted((here / "packs").glob("*.py"))]
    return sos_lint.__version__.encode() + b"".join(path.read_bytes() for path in code if path.is_file())
