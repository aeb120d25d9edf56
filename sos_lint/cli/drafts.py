"""Where commands find the drafts: files, folders and standard input; and how far they are with them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sos_lint.batch import Asked
    from sos_lint.project import Project
    from sos_lint.readers.find import Found
    from sos_lint.report import FileReport

MANY = 20  # files from which a progress bar is shown
STDIN = "-"

Done = TypeVar("Done")


def from_stdin(name: str) -> bytes:
    """What stands on standard input; `name` is what to call it. Raises UnreadableFile."""
    from sos_lint.errors import UnreadableFile
    from sos_lint.limits import in_force
    from sos_lint.readers import too_big

    if sys.stdin is None:
        raise UnreadableFile(name, "Standard input is closed.", "Name a file, or pipe the draft in.")
    if sys.stdin.isatty():
        print("Type or paste the draft. Then press Ctrl-D (on Windows Ctrl-Z and Enter).", file=sys.stderr)
    try:
        data = sys.stdin.buffer.read(in_force().size_in_bytes + 1)
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        raise UnreadableFile(name, f"Standard input cannot be read: {why}.", "Name a file.") from error
    if len(data) > in_force().size_in_bytes:
        raise too_big(name)
    return data


def named(paths: Iterable[str], project: Project) -> tuple[list[Found], list[FileReport]]:
    """The drafts in files and folders, and what was named and cannot be found."""
    from sos_lint.readers.find import find_documents
    from sos_lint.report import Failure, FileReport

    found, faults = find_documents(paths, project.leaves_out, project.forces_exclude, project.reads_table)
    return found, [FileReport(fault.place, failure=Failure(fault.sentence, fault.hint)) for fault in faults]


def with_attached(found: Iterable[Found], project: Project) -> tuple[list[Found], list[FileReport]]:
    """The drafts with what is attached to the messages among them, where that is asked for.

    What could not be searched for attachments is told.
    """
    from sos_lint.readers.attached import with_attached
    from sos_lint.report import Failure, FileReport

    documents, faults = with_attached(
        found, project.reads_attachments, project.reads_table, project.limits_for
    )
    return documents, [
        FileReport(fault.place, failure=Failure(fault.sentence, fault.hint)) for fault in faults
    ]


def typed_on(paths: list[str], name: str) -> Found | None:
    """The draft on standard input under its name, where the paths ask for it."""
    from pathlib import Path

    from sos_lint.readers.find import Found

    return Found(Path(name), name) if STDIN in paths else None


def linted(
    documents: Sequence[Found],
    project: Project,
    asked: Asked | None = None,
    jobs: int | None = None,
    *,
    kept: bool = True,
) -> Iterator[FileReport]:
    """A report for each document, in order; by as many processes as were asked for, else as pays.

    `kept`: what was found in earlier runs is used, and what is found in this one kept.
    """
    from sos_lint.batch import Asked, is_long, lint_files, sifted

    wanted = asked or Asked()
    results = None
    given: Sequence[Found | FileReport] = documents
    if kept:
        from sos_lint.cache import Results

        results = Results()
        given = sifted(documents, project.choose, wanted, results)
    if jobs == 1 or (jobs is None and not is_long(given)):
        return lint_files(given, project.choose, asked=wanted, results=results)
    from sos_lint.jobs import cores, lint_by_many

    return lint_by_many(given, project, wanted, jobs or cores(), kept=kept)


def shows_progress(total: int) -> bool:
    """True where so many drafts are long work, and there is a terminal to show it on."""
    return total >= MANY and sys.stderr.isatty()


def shown_progress(work: Iterator[Done], total: int) -> Iterator[Done]:
    """The same work; on a terminal, long work shows how far it is."""
    if not shows_progress(total):
        return work
    from rich.console import Console
    from rich.progress import track

    return iter(
        track(work, "Reading", total, console=Console(stderr=True), transient=True, update_period=0.2)
    )
