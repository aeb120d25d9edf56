"""`python -m fuzz.others FOLDER`: lints documents that others made, and says which are read, and which slow.

Each is read, searched and told in every report. A table is read by all its columns. What is neither read nor
refused in one line ends the run with status 1.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import SosLintError, UnknownColumn
from sos_lint.fix import fix
from sos_lint.kinds import Safety
from sos_lint.lint import shared_linter
from sos_lint.readers import ENDINGS, TABLES, read_bytes
from sos_lint.settings import Settings

_NAMED = re.compile("“([^”]*)”")
_SMALL = 10_000  # bytes: shorter files tell nothing of the time for each byte
_SHOWN = 5  # of the slowest
_LONG = 10  # seconds, after which a file is told of at once


class Tried(NamedTuple):
    """What became of one file: `fault` says why it was refused, `broke` what the program itself did wrong."""

    path: Path
    size: int
    seconds: float
    findings: int = 0
    fault: str = ""
    broke: str = ""


def tried(path: Path, ending: str) -> Tried:
    """What becomes of a file when it is read, linted and fixed."""
    data = path.read_bytes()
    begun = time.process_time()
    findings, fault, broke = 0, "", ""
    try:
        document, columns = _read(data, f"a{ending}")
        settings = Settings(columns=columns)
        findings = len(shared_linter().lint(document, settings))
        if document.can_change:
            fix(data, f"a{ending}", shared_linter(), settings, Safety.REVIEW)
    except SosLintError as error:
        fault = error.sentence
        if len(str(error).splitlines()) != 1:
            broke = "a fault of several lines"
    except Exception as error:
        broke = repr(error)
    seconds = time.process_time() - begun
    if broke or seconds > _LONG:
        print(f"{seconds:.1f} s {len(data):,} bytes {path} {broke}", file=sys.stderr, flush=True)
    return Tried(path, len(data), seconds, findings, fault, broke)


def _read(data: bytes, name: str) -> tuple[Document, Sequence[str]]:
    try:
        return read_bytes(data, name), ()
    except UnknownColumn as error:
        columns = _NAMED.findall(error.naming)
        return read_bytes(data, name, columns=columns), columns


def documents(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of kinds that are read, and how their names end; mails in tests often end in no way."""
    for path in sorted(folder.rglob("*")):
        ending = path.suffix.lower()
        if (
            path.is_file()
            and path.stat().st_size
            and ({"mails", "test_email"} & set(path.parts))
            and ending in (".txt", "")
        ):
            yield path, ".eml"
        elif path.is_file() and ending and (ending in ENDINGS or ending in TABLES):
            yield path, ending


def main(folder: Path) -> int:
    """Try the documents of a folder."""
    results = [(ending, tried(path, ending)) for path, ending in documents(folder)]
    print("kind      files   read  refused  broke      MB  seconds  findings")
    for ending in sorted({ending for ending, _ in results}):
        of_kind = [one for kind, one in results if kind == ending]
        refused, broke = sum(bool(one.fault) for one in of_kind), sum(bool(one.broke) for one in of_kind)
        print(
            f"{ending:8} {len(of_kind):>6} {len(of_kind) - refused - broke:>6} {refused:>8} {broke:>6}"
            f" {sum(one.size for one in of_kind) / 1e6:>7.1f} {sum(one.seconds for one in of_kind):>8.1f}"
            f" {sum(one.findings for one in of_kind):>9,}"
        )
    told = Counter(one.fault for _, one in results if one.fault)
    print("\nRefused:", *(f"{count:>5} {fault}" for fault, count in told.most_common()), sep="\n")
    slowest = sorted((one for _, one in results), key=lambda one: -one.seconds / max(one.size, _SMALL))[
        :_SHOWN
    ]
    print(
        "\nSlowest for their size:",
        *(f"{one.seconds:>7.2f} s {one.size:>9,} bytes  {one.path}" for one in slowest),
        sep="\n",
    )
    broken = [one for _, one in results if one.broke]
    print("\nBroke:", *(f"{one.path}: {one.broke}" for one in broken), sep="\n")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
