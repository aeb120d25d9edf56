"""What an audit of an archive costs: time, processor time and memory of each process, and of its parts alone.

    python benchmarks/archive_cost.py FILE.parquet [--engine spark] [--jobs N] [--parts]

Runs `sos-lint audit` on an archive of `archive.py` and looks at the memory and the processor time of every
process of it five times a second. `--parts` does the parts of the same work one after another in this
process (read, lint, join, count and draw), which says how much the run spends on being many processes. On a
machine that does other work, processor time is what can be compared.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from sos_lint.audit.arrow import lint_rows, quiet_linter
from sos_lint.audit.columns import Columns
from sos_lint.audit.counts import count, list_problems
from sos_lint.audit.page import write_page
from sos_lint.audit.pool import save
from sos_lint.audit.run import BYTES, ROWS, cut, join
from sos_lint.audit.sources import Table
from sos_lint.audit.summary import summarise, write_summary
from sos_lint.settings import Settings

COLUMNS = Columns("note", "case_id", "team", "written_on")
OPTIONS = ("--text", "note", "--id", "case_id", "--group", "team", "--date", "written_on")


def whole(file: Path, out: Path, engine: str, jobs: int) -> None:
    """Run the audit, and say what it took."""
    command = [sys.executable, "-m", "sos_lint", "audit", str(file), *OPTIONS, "--out", str(out)]
    command += ["--jobs", str(jobs), "--engine", engine, "--master", f"local[{jobs}]"]
    began = time.perf_counter()
    peaks: dict[int, int] = {}
    busy: dict[int, float] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid in family(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), resident(pid))
                busy[pid] = max(busy.get(pid, 0.0), processor(pid))
            time.sleep(0.2)
    took = time.perf_counter() - began
    by_memory = sorted(peaks, key=lambda pid: -peaks[pid])[:5]
    each = ", ".join(f"{peaks[pid]} MB and {busy[pid]:.1f} s" for pid in by_memory)
    print(f"{engine}: {took:.1f} s, {sum(busy.values()):.1f} s of processor; the largest processes: {each}")


def family(pid: int) -> list[int]:
    """A process and those that it began."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [one for child in task.read_text().split() for one in family(int(child))]
    return found


def resident(pid: int) -> int:
    """Megabytes that a process has in memory, shared ones among them."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1024
    return 0


def processor(pid: int) -> float:
    """Seconds that a process itself was at work. Spark waits for none of its own: nobody adds them up."""
    with contextlib.suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def parts(file: Path, out: Path) -> None:
    """The same work in this process, part by part."""
    began = [time.process_time()]

    def lap(what: str) -> None:
        now = time.process_time()
        print(f"  {what}: {now - began[-1]:.1f} s of processor")
        began.append(now)

    for _ in cut(Table(str(file), COLUMNS).batches(), ROWS, BYTES):
        pass
    lap("read")
    linter, files = quiet_linter(), []
    for number, rows in enumerate(cut(Table(str(file), COLUMNS).batches(), ROWS, BYTES)):
        files.append(out / f"{number:08}.parquet")
        save(files[-1], [lint_rows(rows, linter, Settings())])
    lap("read again, lint and write down")
    join(files, out)
    lap("join")
    summary = summarise(count(out))
    write_summary(summary, out)
    write_page(summary, list_problems(out), [], linter.catalogue, out)
    lap("count and draw")
    print(f"  all but the first reading: {began[-1] - began[1]:.1f} s of processor")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("file", type=Path)
    given.add_argument("--engine", default="local")
    given.add_argument("--jobs", type=int, default=2)
    given.add_argument("--parts", action="store_true")
    asked = given.parse_args()
    print(f"{pq.read_metadata(asked.file).num_rows:,} rows")
    with tempfile.TemporaryDirectory() as folder:
        if asked.parts:
            parts(asked.file, Path(folder))
        else:
            whole(asked.file, Path(folder) / "out", asked.engine, asked.jobs)


if __name__ == "__main__":
    main()
