"""The reports of one run: each is written as the files are read, to standard output or for a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import typer

from sos_lint.cli import out
from sos_lint.cli.reports import Format
from sos_lint.errors import SosLintError
from sos_lint.reporters import writer
from sos_lint.reporters.packed import Packed

if TYPE_CHECKING:
    from sos_lint.report import FileReport, Report
    from sos_lint.reporters.writing import Writing

FILE_WIDTH = 100  # columns of a report that goes to a file


class Printing:
    """Writes every report that was asked for.

    A file is written when all is known, whole or not at all. Where standard output takes no more, the others
    are still written, and the run ends as if it had been alone. `waits`: what is printed is held back until
    the end, as something else moves on the terminal.
    """

    def __init__(
        self,
        report: Report,
        wanted: Sequence[tuple[Format, Path | None]],
        *,
        verbose: bool,
        quiet: bool,
        waits: bool,
    ) -> None:
        self._printed: list[_Printed] = []
        self._files: list[tuple[Path, Packed, Writing]] = []
        for style, place in wanted:
            if place is None:
                self._printed.append(_Printed(report, style, waits=waits, verbose=verbose, quiet=quiet))
            else:
                packed = Packed()
                stream = cast(TextIO, packed)
                options = {"verbose": verbose, "quiet": quiet}
                made = writer(report, style.value, stream, width=FILE_WIDTH, **options)
                self._files.append((place, packed, made))

    def add(self, file: FileReport) -> None:
        """Write what became of the next file."""
        self._print(lambda printed: printed.writing.add(file))
        for _, _, writing in self._files:
            writing.add(file)

    def end(self, report: Report) -> None:
        """Write what is told of all files."""
        self._print(lambda printed: printed.end(report))
        for place, packed, writing in self._files:
            writing.end(report)
            out.write_file(place, packed)
        for printed in self._printed:
            if printed.fault is not None:
                raise printed.fault

    def _print(self, work: Callable[[_Printed], None]) -> None:
        for printed in self._printed:
            if printed.fault is None:
                try:
                    with out.printing():
                        work(printed)
                except (typer.Exit, SosLintError) as fault:
                    if not self._files:
                        raise
                    printed.fault = fault


class _Printed:
    """A report on standard output. `fault` is why it takes no more."""

    def __init__(self, report: Report, style: Format, *, waits: bool, verbose: bool, quiet: bool) -> None:
        self._waiting = _Waiting(sys.stdout) if waits else None
        self.fault: Exception | None = None
        stream = sys.stdout if self._waiting is None else cast(TextIO, self._waiting)
        self.writing = writer(report, style.value, stream, verbose=verbose, quiet=quiet)

    def end(self, report: Report) -> None:
        self.writing.end(report)
        if self._waiting is not None:
            sys.stdout.writelines(self._waiting.packed)


class _Waiting:
    """Standard output, as a report sees it; what is written waits."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.packed = Packed()
        self.write = self.packed.write
        self.writelines = self.packed.writelines

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
