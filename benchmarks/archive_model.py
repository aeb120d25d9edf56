"""How long an audit of many more notes would take, reckoned from notes that were measured.

    python benchmarks/archive_model.py FILE.parquet [NOTES]

Each of so many notes of an archive is linted by itself and its processor time taken. Then archives of a
million to a hundred million such notes are put together: each part is drawn with the mean and the variance
that 2,000 such notes have, and handed to whichever core is free. One more note of 2 MB, the longest that is
read, comes last, where it does most harm. What it leaves out: reading from a distant store, and cores of
another speed.
"""

from __future__ import annotations

import heapq
import random
import statistics
import sys
import time
from itertools import islice
from pathlib import Path

from sos_lint.audit.arrow import lint_rows, quiet_linter
from sos_lint.audit.columns import Columns
from sos_lint.audit.run import ROWS
from sos_lint.audit.sources import Table
from sos_lint.settings import Settings

SEED = 3
NOTES = (1_000_000, 10_000_000, 100_000_000)
CORES = (2, 16, 64, 256)
LONGEST = 2_000_000  # bytes


def measured(file: Path, count: int) -> tuple[list[int], list[float]]:
    """The lengths of notes, and the seconds of processor that each takes."""
    linter, settings = quiet_linter(), Settings()
    lengths, seconds = [], []
    rows = (
        batch.slice(number, 1)
        for batch in Table(str(file), Columns("note")).batches()
        for number in range(batch.num_rows)
    )
    for number, row in enumerate(islice(rows, count + 200)):
        began = time.process_time()
        lint_rows(row, linter, settings)
        if number >= 200:  # the first make the model ready
            seconds.append(time.process_time() - began)
            lengths.append(len(row.column("text")[0].as_py() or b""))
    return lengths, seconds


def hours(notes: int, cores: int, mean: float, spread: float, longest: float) -> float:
    """How long the last core is busy."""
    chance = random.Random(SEED)
    free = [0.0] * cores
    for _ in range(notes // ROWS):
        heapq.heappush(free, heapq.heappop(free) + max(0.0, chance.gauss(mean * ROWS, spread * ROWS**0.5)))
    heapq.heappush(free, heapq.heappop(free) + longest)
    return max(free) / 3600


def main() -> None:
    lengths, seconds = measured(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3_000)
    mean, spread = statistics.fmean(seconds), statistics.pstdev(seconds)
    quantiles = statistics.quantiles(lengths, n=100)
    print(f"{len(lengths):,} notes: {statistics.fmean(lengths):.0f} letters in the mean,", end=" ")
    print(f"half under {quantiles[49]:.0f}, 1 in 100 over {quantiles[98]:.0f}, the longest {max(lengths):,}")
    print(f"{1000 * mean:.2f} ms of processor each", end="; ")
    rate = sum(lengths) / sum(seconds)
    print(f"{rate / 1000:.0f} KB a second; a million of them: {mean * 1e6 / 3600:.2f} hours of one core")
    print("notes        " + "".join(f"{cores:>5} cores" for cores in CORES))
    for notes in NOTES:
        each = (hours(notes, cores, mean, spread, LONGEST / rate) for cores in CORES)
        print(f"{notes:>11,}  " + "".join(f"{one:>9.2f} h" for one in each))


if __name__ == "__main__":
    main()
