"""Small archives of plainly fictional notes, in every kind of file that an audit reads."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

NEGLECT = "There is neglect in the home."
TOLD = (
    "There was violence: on 3 May, the worst of five nights since April, he hit Ada with a belt, and she was "
    "so afraid that she hid in the shed."
)
CLEAR = "Ada had tea with her gran, then\nthey fed the ducks."
PLAN = "She has a CIN plan, said Ben; it was read to her."
NAMES = ("id", "team", "day", "note")
Record = tuple[str, str, datetime.date, str]


def records(count: int) -> list[Record]:
    """Rows of two teams over a year; the notes of the later half are clearer."""
    began = datetime.date(2023, 1, 1)
    made = []
    for number in range(count):
        late = number * 2 >= count
        texts = (CLEAR, TOLD, PLAN, CLEAR) if late else (NEGLECT, PLAN, f"{NEGLECT} {PLAN}", CLEAR)
        day = began + datetime.timedelta(number * 364 // max(1, count - 1))
        made.append((f"C{number:04}", ("North", "South")[number % 3 == 0], day, texts[number % 4]))
    return made


def parquet(file: Path, rows: Sequence[Record]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table([list(column) for column in zip(*rows, strict=True)], NAMES), file)


def _delimited(file: Path, rows: Sequence[Record], sign: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=sign)
        writer.writerow(NAMES)
        writer.writerows(rows)


def commas(file: Path, rows: Sequence[Record]) -> None:
    _delimited(file, rows, ",")


def semicolons(file: Path, rows: Sequence[Record]) -> None:
    _delimited(file, rows, ";")


def tabs(file: Path, rows: Sequence[Record]) -> None:
    _delimited(file, rows, "\t")


def json_lines(file: Path, rows: Sequence[Record]) -> None:
    lines = (json.dumps(dict(zip(NAMES, row, strict=True)), default=str) for row in rows)
    file.write_text("\n".join(lines), encoding="utf-8")


def workbook(file: Path, rows: Sequence[Record]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(NAMES)
    for row in rows:
        book.active.append(row)
    book.save(file)


def sqlite(file: Path, rows: Sequence[Record]) -> None:
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE notes (id, team, day, note)")
    with database:
        database.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?)", [(i, t, str(d), n) for i, t, d, n in rows]
        )
    database.close()


def duck(file: Path, rows: Sequence[Record]) -> None:
    import duckdb

    with duckdb.connect(file) as database:
        database.execute("CREATE TABLE notes (id VARCHAR, team VARCHAR, day DATE, note VARCHAR)")
        database.executemany("INSERT INTO notes VALUES (?, ?, ?, ?)", rows)


def packed(file: Path, rows: Sequence[Record]) -> None:
    plain = file.with_suffix("")
    commas(plain, rows)
    file.write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()


def json_list(file: Path, rows: Sequence[Record]) -> None:
    file.write_text(
        json.dumps([dict(zip(NAMES, row, strict=True)) for row in rows], default=str), encoding="utf-8"
    )


KINDS: dict[str, Callable[[Path, Sequence[Record]], None]] = {
    "notes.parquet": parquet,
    "notes.csv": commas,
    "semicolons.csv": semicolons,
    "notes.tsv": tabs,
    "notes.jsonl": json_lines,
    "notes.xlsx": workbook,
    "notes.sqlite": sqlite,
    "notes.duckdb": duck,
    "notes.csv.gz": packed,
    "notes.json": json_list,
}
