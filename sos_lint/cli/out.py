"""Where commands write: standard output or a file, either of which may take no more. No traceback then."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import typer

from sos_lint.errors import BadOption, BadPack, SosLintError

_STREAMS = (("/", "dev"), ("/", "proc"))


def prepare() -> None:
    """Let nothing that is printed end in a traceback: a sign that the encoding lacks becomes an escape.

    A stream that is closed from the start swallows what is written.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def printing() -> Iterator[TextIO]:
    """Standard output. Where the reader has gone (`| head`), the command ends in silence with status 2."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # rich turns the one into the other
        let_go()
        raise typer.Exit(2) from None
    except OSError as error:
        let_go()
        raise _unwritable("standard output", error, "Write to a file with --output.") from error


def tell(fault: SosLintError) -> None:
    """Say what is wrong on standard error, each fault on a line of its own."""
    from sos_lint.reporters.clean import safe_line

    for one in fault.faults if isinstance(fault, BadPack) else (fault,):
        print(safe_line(str(one)), file=sys.stderr)


def let_go() -> None:
    """Throw away what waits to be printed, or Python would try again on its way out, and complain."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def check_place(output: Path, drafts: list[str]) -> None:
    """Raise BadOption, before any work, where a report cannot go or would replace a draft."""
    if output.is_dir():
        raise BadOption(str(output), "this is a folder.", "Add a file's name for the report.")
    if not output.parent.is_dir():
        raise BadOption(
            str(output), f"there is no folder “{output.parent}”.", "Make it first, or choose another."
        )
    if output.exists() and any(Path(draft).is_file() and output.samefile(draft) for draft in drafts):
        raise BadOption(str(output), "the report would replace this draft.", "Choose another name for it.")
    if not os.access(output if output.exists() else output.parent, os.W_OK):
        raise BadOption(str(output), "the report may not be written there.", "Choose another place.")


def write_file(output: Path, text: Iterable[str]) -> None:
    """Put a report, which is in pieces, in a file, whole or not at all; a pipe is written to as it is."""
    from sos_lint.rewrite.save import save

    data = (piece.encode("utf-8", "backslashreplace") for piece in text)
    try:
        if not _is_stream(output):
            save(output, data, was=None)
        else:
            with output.open("wb") as file:
                file.writelines(data)
    except OSError as error:
        raise _unwritable(str(output), error, "Choose another place.") from error


def _is_stream(output: Path) -> bool:
    """True for a pipe or device, or a name of one, such as /dev/stdout, whatever that leads to."""
    return (output.exists() and not output.is_file()) or output.absolute().parts[:2] in _STREAMS


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Put texts in a folder, by name, in place of what stands there under those names."""
    from sos_lint.rewrite.save import save

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(str(folder), error, "Choose another folder.", what="page") from error
    for name, text in files.items():
        save(folder / name, text.encode(), was=None)


def _unwritable(place: str, error: OSError, hint: str, *, what: str = "report") -> SosLintError:
    why = (error.strerror or "unknown fault").lower()
    return SosLintError(place, f"the {what} cannot be written: {why}.", hint)
