"""A made-up archive to measure `sos-lint audit` on: the same for a seed, never kept in the repository.

    python benchmarks/archive.py FILE.parquet [ROWS] [--long 1 [--size BYTES]] [--bad]

Notes are put together of the sentences of `corpus`: how many has a long tail, as real notes have (from one
sentence to a few hundred), and about one in eight asks for something. Teams are of very different size; each
has a level of its own, and over two years fewer broad terms and more told ones are written. `--long` puts in
a note of 50 MB (or of `--size`), `--bad` rows of each kind that cannot be linted.
"""

from __future__ import annotations

import argparse
import datetime
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from corpus import SHARES, clear

from sos_lint.catalogue import Catalogue
from sos_lint.kinds import Kind
from sos_lint.lint import Linter

SEED = 11
BEGAN, DAYS = datetime.date(2023, 1, 1), 730
TEAMS = {  # how many notes each writes, beside the others; and how many places, beside the whole
    "Assessment North": (30, 1.0), "Assessment South": (26, 1.1), "Early Help East": (18, 0.8),
    "Early Help West": (15, 0.9), "Children in Care": (12, 1.0), "Leaving Care": (6, 0.7),
    "Fostering": (3, 1.2), "Edge of Care": (1, 1.0), "Night Duty": (0.12, 1.6),
}  # fmt: skip
TOLD = (
    "There was violence: on 3 May, the worst of five nights since April, he hit Ada with a belt, and she was "
    "so afraid that she hid in the shed.",
)
ROWS_AT_ONCE = 2_000
LONG, LONG_TEXT = 50_000_000, "There is neglect in the home. "
SCHEMA = pa.schema(
    [("case_id", pa.string()), ("team", pa.string()), ("written_on", pa.date32()), ("note", pa.string())]
)


def rows(catalogue: Catalogue, count: int, seed: int = SEED) -> Iterator[tuple[str, str, datetime.date, str]]:
    """Rows in the order in which they were written."""
    chance, plain = random.Random(seed), clear(seed)
    pools: dict[Kind, list[str]] = {kind: [] for kind in SHARES}
    for rule in catalogue:
        if rule.kind in pools and not rule.optional:
            texts = (bad.text.replace("[[", "").replace("]]", "") for bad in rule.examples.bad)
            pools[rule.kind] += sorted({text for text in texts if "\n" not in text})
    teams, weights = list(TEAMS), [weight for weight, _ in TEAMS.values()]
    kinds, shares = list(SHARES), list(SHARES.values())
    for number in range(count):
        day = number * DAYS // count
        (team,) = chance.choices(teams, weights)
        often = 0.13 * TEAMS[team][1] * (1 - 0.25 * day / DAYS) * chance.gammavariate(2, 0.5)
        sentences = []
        for _ in range(min(400, max(1, round(chance.lognormvariate(2.0, 0.9))))):
            if chance.random() < often:
                (kind,) = chance.choices(kinds, shares)
                told = kind is Kind.BROAD_TERM and chance.random() < 0.2 + 0.4 * day / DAYS
                sentences.append(chance.choice(TOLD if told else pools[kind]))
            else:
                sentences.append(next(plain))
        yield f"C{number:08}", team, BEGAN + datetime.timedelta(day), " ".join(sentences)


BAD = ("", "   ", None, "A note.", "A note.")


def write(file: Path, count: int, *, long: int = 0, size: int = LONG, bad: bool = False) -> int:
    """The archive as Parquet; the number of letters in it."""
    made = rows(Linter.with_packs().catalogue, count)
    letters = 0
    with pq.ParquetWriter(file, SCHEMA) as writer:
        while batch := list(islice(made, ROWS_AT_ONCE)):
            letters += sum(len(row[3]) for row in batch)
            columns = [list(column) for column in zip(*batch, strict=True)]
            writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
        odd: list[tuple[str, str, datetime.date, str | None]] = [
            (f"LONG{n}", "Fostering", BEGAN, LONG_TEXT * (size // len(LONG_TEXT))) for n in range(long)
        ]
        if bad:
            odd += [(f"BAD{n}", "Fostering", BEGAN, text) for n, text in enumerate(BAD)]
            odd[-1] = ("BAD3", *odd[-1][1:])
        if odd:
            columns = [list(column) for column in zip(*odd, strict=True)]
            writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
    return letters


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("file", type=Path)
    given.add_argument("rows", type=int, nargs="?", default=10_000)
    given.add_argument("--long", type=int, default=0)
    given.add_argument("--size", type=int, default=LONG)
    given.add_argument("--bad", action="store_true")
    asked = given.parse_args()
    letters = write(asked.file, asked.rows, long=asked.long, size=asked.size, bad=asked.bad)
    print(f"{asked.rows:,} rows, {letters:,} letters, {asked.file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
