"""Lets the writer change a sentence in her own editor, and leaves nothing of it behind.

While the editor is open the words stand in a file that only she can read, in a folder of its own, where
possible in memory (`$XDG_RUNTIME_DIR`). The folder goes with all that is in it when the editor closes,
however that happens. What an editor keeps elsewhere, such as lists of recent files, is its own affair.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sos_lint.errors import SosLintError
from sos_lint.readers.build import tidy
from sos_lint.rewrite.save import lock

_PREFIX = "sos-lint-sentence-"


def edit(words: str) -> str:
    """The words as they are when the editor closes; raises SosLintError where there is no editor."""
    command = _command()
    with _private_folder() as folder:
        file = folder / "sentence.txt"
        with os.fdopen(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            out.write(f"{words}\n")
        try:
            with _interrupts_left_to_the_editor():
                status = subprocess.run([*command, str(file)], check=False).returncode
            changed = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise _fault(command[0]) from error
        if status:
            raise _fault(command[0])
        return tidy(changed)


def _command() -> list[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise _fault("EDITOR") from error
    if not command:
        raise SosLintError("", "No editor is set.", "Set EDITOR to its name, or press e to change it here.")
    return command


def _fault(name: str) -> SosLintError:
    return SosLintError(name, f"The editor “{name}” did not work.", "Press e to change the words here.")


@contextmanager
def _private_folder() -> Iterator[Path]:
    in_memory = os.environ.get("XDG_RUNTIME_DIR")
    if in_memory is None or not os.access(in_memory, os.W_OK):
        in_memory = None
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=in_memory))
    with _locked(folder):
        _clear_up(folder.parent)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a folder as ours; what is given is whether that could be done."""
    if os.name == "nt":  # where a folder cannot be opened
        yield False
        return
    handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        yield lock(handle)
    finally:
        os.close(handle)


def _clear_up(around: Path) -> None:
    """Take away the folders of runs that were ended by force."""
    for folder in around.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid():
                with _locked(folder) as is_left:
                    if is_left:
                        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Ctrl-C in the editor is the editor's: it reaches us too, for we share the terminal."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
