"""Ends an audit by kill -9 at twenty moments, begins it again, and looks whether the output is the same.

    python benchmarks/archive_kills.py FILE.parquet [MOMENTS]

The moments are spread over the parts of the work, from before the first to the last. Each run has a folder of
its own, and is then gone on with to its end; and once more all of them follow one another in one folder.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq

OUTPUT = ("findings.parquet", "notes.parquet", "summary.parquet", "dashboard.html", "problems.csv")
RUN = """
import sys
from sos_lint.audit import run
rows, whole = int(sys.argv.pop(1)), run.Wanted
run.Wanted = lambda *given: whole(*given)._replace(rows=rows)
from sos_lint.cli import main
sys.exit(main(["audit", *sys.argv[1:]]))
"""
ROWS = 100  # of a part, so that there are many to lose
OPTIONS = ("--text", "note", "--id", "case_id", "--group", "team", "--date", "written_on", "--jobs", "2")


def begun(file: Path, out: Path) -> subprocess.Popen[bytes]:
    """An audit, begun in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(ROWS), str(file), *OPTIONS, "--out", str(out)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(file: Path, out: Path, parts: int) -> int:
    """Begin an audit, and kill its first process when so many parts are done; how many are there then."""
    process = begun(file, out)
    while done(out) < parts and process.poll() is None:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return done(out)


def done(out: Path) -> int:
    """The number of parts that are done."""
    return len(list((out / ".audit").glob("part-*.parquet")))


def mark(out: Path) -> str:
    """What tells one output from another."""
    return sha256(b"".join((out / name).read_bytes() for name in OUTPUT)).hexdigest()[:16]


def main() -> None:
    file, moments = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        assert begun(file, whole).wait() == 0
        wanted = mark(whole)
        count = -(-pq.read_metadata(whole / "notes.parquet").num_rows // ROWS)
        print(f"undisturbed: {count} parts, output {wanted}")
        again = Path(folder) / "again"
        same = 0
        for number in range(moments):
            parts = number * count // moments
            out = Path(folder) / f"out-{number}"
            there = killed(file, out, parts)
            assert begun(file, out).wait() == 0
            same += mark(out) == wanted
            print(f"killed with {there} parts there: output {mark(out)}", flush=True)
            killed(file, again, parts)
        assert begun(file, again).wait() == 0
        print(f"killed {moments} times over, in one folder: output {mark(again)}")
        print(f"{same} of {moments} the same, and {'the same' if mark(again) == wanted else 'ANOTHER'}")


if __name__ == "__main__":
    main()
