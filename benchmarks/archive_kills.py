"""Ends an audit by kill -9 at twenty moments, begins it again, and looks whether the output is the same.

    python benchmarks/archive_kills.py FILE.parquet [MOMENTS]

The moments are spread over the time that an undisturbed run takes, each in a folder of its own that is then
run to its end; and once more all of them follow one another in one folder.
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

OUTPUT = ("findings.parquet", "notes.parquet", "summary.parquet", "dashboard.html", "problems.csv")
RUN = """
import sys
from sos_lint.audit import run
whole = run.Wanted
run.Wanted = lambda *given: whole(*given)._replace(rows=100)
from sos_lint.cli import main
sys.exit(main(["audit", *sys.argv[1:]]))
"""  # parts of 100 rows, so that many can be lost
OPTIONS = ("--text", "note", "--id", "case_id", "--group", "team", "--date", "written_on", "--jobs", "2")


def begun(file: Path, out: Path) -> subprocess.Popen[bytes]:
    """An audit, begun in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(file), *OPTIONS, "--out", str(out)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(file: Path, out: Path, after: float) -> int:
    """Begin an audit and kill its first process; the number of parts that were done."""
    process = begun(file, out)
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return len(list((out / ".audit").glob("part-*.parquet")))


def mark(out: Path) -> str:
    """What tells one output from another."""
    return sha256(b"".join((out / name).read_bytes() for name in OUTPUT)).hexdigest()[:16]


def main() -> None:
    file, moments = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        began = time.perf_counter()
        assert begun(file, whole).wait() == 0
        took = time.perf_counter() - began
        wanted = mark(whole)
        print(f"undisturbed: {took:.1f} s, output {wanted}")
        again = Path(folder) / "again"
        same = 0
        for number in range(moments):
            after = took * (number + 0.5) / moments
            out = Path(folder) / f"out-{number}"
            done = killed(file, out, after)
            assert begun(file, out).wait() == 0
            same += mark(out) == wanted
            print(f"killed after {after:.1f} s with {done} parts there: output {mark(out)}", flush=True)
            killed(file, again, took / 4)
        assert begun(file, again).wait() == 0
        print(f"killed {moments} times over, in one folder: output {mark(again)}")
        print(f"{same} of {moments} the same, and {'the same' if mark(again) == wanted else 'ANOTHER'}")


if __name__ == "__main__":
    main()
