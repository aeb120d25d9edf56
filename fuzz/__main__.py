"""`python -m fuzz`: fuzzes some targets, one after another, and says what was tried and found."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
NAMES = """
txt md html docx odt fodt eml msg pdf rtf csv tsv xlsx attachments readers
pack config answers baseline results store whole
""".split()  # noqa: SIM905 (a list of them would be a line each)
_DONE = re.compile(r"^(?:Done |stat::number_of_executed_units:\s*|#)(\d+)", re.MULTILINE)
_PEAK = re.compile(r"^stat::peak_rss_mb:\s*(\d+)", re.MULTILINE)
_OPTIONS = ("-timeout=60", "-print_final_stats=1")
_HEAD = "target           inputs seconds     MB  finds     slowest      its size"
_MEMORY = 3000  # MB that a target may take


class Tried(NamedTuple):
    """What became of one target: inputs, seconds, MB at most, finds, and the slowest input."""

    inputs: int
    seconds: float
    memory: int
    finds: tuple[str, ...]
    slowest: tuple[float, int]

    def line(self, name: str) -> str:
        """A row of the table."""
        taken, size = self.slowest
        counts = f"{name:12} {self.inputs:>10,} {self.seconds:>7.0f} {self.memory:>6,} {len(self.finds):>6}"
        return f"{counts} {taken:>9.3f} s {size:>7,} bytes"


def main(argv: list[str] | None = None) -> int:
    """Fuzz; the status is 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(NAMES)}; all without one")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="the chance that it begins with; 0: any")
    parser.add_argument(
        "--keep", type=Path, help="keep inputs and finds in this folder, and go on from there"
    )
    asked = parser.parse_args(argv)
    if unknown := set(asked.targets) - set(NAMES):
        parser.error(f"no target is called {', '.join(sorted(unknown))}")
    if find_spec("atheris") is None:
        print("Passed over: there is no atheris for this Python (`pip install atheris`, on Linux).")
        return 0
    with tempfile.TemporaryDirectory(prefix="sos-fuzz-") as scratch:
        keep = (asked.keep or Path(scratch) / "keep").absolute()
        print(_HEAD)
        found = []
        for name in asked.targets or NAMES:
            tried = fuzzed(name, keep / name, asked.seconds, Path(scratch), asked.seed)
            print(tried.line(name), flush=True)
            found += tried.finds
        print(*found, sep="\n")
    return int(bool(found))


def fuzzed(name: str, folder: Path, seconds: float, scratch: Path, seed: int = 0) -> Tried:
    """Fuzz one target for so long; a process that a find has ended is begun again."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs, memory, begun = 0, 0, time.monotonic()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        "SOS_LINT_CACHE": str(scratch / "cache"),
        "TMPDIR": str(scratch),
    }
    while (left := seconds - (time.monotonic() - begun)) > 1:
        options = [
            f"-max_total_time={left:.0f}",
            f"-rss_limit_mb={_MEMORY}",
            f"-seed={seed}",
            *_OPTIONS,
        ]
        command = [sys.executable, "-m", "fuzz.harness", name, str(folder), *options]
        ran = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", check=False
        )
        (folder / "log").write_text(ran.stderr[-20_000:])
        counts = [int(count) for count in _DONE.findall(ran.stderr)]
        if not counts:
            print(ran.stderr[-2000:], file=sys.stderr)
            break
        inputs += max(counts)
        memory = max([memory, *map(int, _PEAK.findall(ran.stderr))])
    told = folder / "slowest.json"
    return Tried(
        inputs,
        time.monotonic() - begun,
        memory,
        tuple(sorted(f"{path}: {_first_line(path)}" for path in folder.iterdir() if _is_find(path))),
        tuple(json.loads(told.read_text())) if told.is_file() else (0.0, 0),
    )


def _is_find(path: Path) -> bool:
    return path.name.startswith(("find-", "crash-", "timeout-", "oom-", "leak-")) and path.suffix != ".txt"


def _first_line(path: Path) -> str:
    told = path.with_suffix(".txt")
    return told.read_text().partition("\n")[0] if told.is_file() else "the process was ended"


if __name__ == "__main__":
    sys.exit(main())
