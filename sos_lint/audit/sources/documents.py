"""A folder of documents as an archive: each document is a note, known by its path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sos_lint.audit.columns import Row
from sos_lint.audit.sources import Fault
from sos_lint.errors import BadOption
from sos_lint.project import Project
from sos_lint.readers import is_table, shown
from sos_lint.readers.find import Found, find_documents

FOLDER = "folder"  # --group folder: the folder below the source in which a document stands
MODIFIED = "modified"  # --date modified: the day on which the file was last changed


class Dossier(NamedTuple):
    """A document, what is known of it, and how many bytes it has."""

    found: Found
    row: Row
    size: int


def documents_in(
    source: str, project: Project, group: str | None, date: str | None, out: Path
) -> tuple[list[Dossier], list[Fault]]:
    """The documents in a folder, in the order of their paths, and what could not be searched.

    What stands in `out` is an audit's own, and no document.
    """
    for option, value, known in (("--group", group, FOLDER), ("--date", date, MODIFIED)):
        if value not in (None, known):
            hint = f"For documents it can be “{known}”; for a table, name its column of notes with --text."
            raise BadOption(option, "documents have no columns.", hint)
    found, faults = find_documents([source], project.leaves_out, project.forces_exclude, project.reads_table)
    own = out.absolute()
    found = [one for one in found if not is_table(one.path.name) and own not in one.path.absolute().parents]
    if not found:
        hint = "For a table, name its column of notes with --text."
        raise BadOption(shown(source), "there are no documents here.", hint)
    root = Path(source)
    return (
        [_dossier(one, root, by_folder=group is not None, dated=date is not None) for one in found],
        [Fault(fault.place, fault.sentence) for fault in faults],
    )


def _dossier(found: Found, root: Path, *, by_folder: bool, dated: bool) -> Dossier:
    size, day = 0, None
    with suppress(OSError):  # whoever reads it will say what is wrong
        known = found.path.stat()
        size = known.st_size
        day = datetime.datetime.fromtimestamp(known.st_mtime, datetime.timezone.utc).date() if dated else None
    below = found.path.relative_to(root).parts if root.is_dir() else ()
    group = shown(below[0]) if by_folder and len(below) > 1 else None
    return Dossier(found, Row(shown(found.name), group, day, None), size)


def handfuls(dossiers: Sequence[Dossier], rows: int, size: int) -> Iterator[list[Dossier]]:
    """A few documents at a time, none of which come to much: small files are read many at once."""
    hand: list[Dossier] = []
    weight = 0
    for dossier in dossiers:
        if hand and (len(hand) == rows or weight + dossier.size > size):
            yield hand
            hand, weight = [], 0
        hand.append(dossier)
        weight += dossier.size
    if hand:
        yield hand
