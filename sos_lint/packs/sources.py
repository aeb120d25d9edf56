"""Finds packs and reads their files, without understanding them yet: quick, and imports nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sos_lint.errors import BadPack, SosLintError
from sos_lint.files import bytes_in
from sos_lint.limits import MB

PACK_FILE = "pack.yml"
ENDINGS = (".yml", ".yaml")
MOST = 4 * MB  # of one file of a pack; all that come with sos-lint have not one together
MOST_FILES = 2_000  # of one pack


class PackSource(NamedTuple):
    """The files of one pack, read but not yet understood: `files` are name and text, in name order."""

    place: str
    files: tuple[tuple[str, bytes], ...]

    @property
    def lone(self) -> bool:
        """True when the pack is a single file, named by the user."""
        return len(self.files) == 1 and self.files[0][0] != PACK_FILE


def shipped_packs() -> Path:
    """The folder of the packs that come with sos-lint: in an installed wheel, or in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def find_packs(paths: Iterable[Path]) -> list[PackSource]:
    """The packs at the paths: a pack's folder, a folder of packs, or a single file.

    Raises BadPack, naming every path that is none of these.
    """
    sources: list[PackSource] = []
    faults: list[SosLintError] = []
    for path in paths:
        try:
            sources += _packs_at(path)
        except SosLintError as fault:
            faults.append(fault)
        except OSError as error:
            sentence = f"the pack cannot be read: {(error.strerror or 'unknown fault').lower()}."
            faults.append(
                SosLintError(
                    str(error.filename or path), sentence, "Check its name and whether you may read it."
                )
            )
    if faults:
        raise BadPack(tuple(faults))
    return sources


def _packs_at(path: Path) -> list[PackSource]:
    if path.is_file():
        return [PackSource(str(path.parent), ((path.name, bytes_in(path, MOST)),))]
    if (path / PACK_FILE).is_file():
        files = tuple(islice(_files_below(str(path)), MOST_FILES + 1))
        if len(files) > MOST_FILES:
            sentence = f"this pack has more than {MOST_FILES:,} files."
            raise SosLintError(str(path), sentence, "Name the folder of the pack itself.")
        return [PackSource(str(path), tuple(sorted(files)))]
    if path.is_dir():
        inside = [
            found
            for folder in sorted(path.iterdir())
            if (folder / PACK_FILE).is_file()
            for found in _packs_at(folder)
        ]
        if inside:
            return inside
        raise SosLintError(
            str(path),
            f"there is no pack here: a pack's folder holds a {PACK_FILE}.",
            "Name one rule file, or add it.",
        )
    raise SosLintError(str(path), "there is no such pack.", "Check its name.")


def _files_below(folder: str) -> Iterator[tuple[str, bytes]]:
    """The YAML files of a folder: their paths in it, with forward slashes, and what they hold."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            if name.endswith(ENDINGS):
                path = os.path.join(here, name)  # noqa: PTH118 (a start-up counts each of these)
                yield path[len(folder) + 1 :].replace(os.sep, "/"), bytes_in(path, MOST)
