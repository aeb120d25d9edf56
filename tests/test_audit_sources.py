"""Tables of notes in every kind of file: the same rows come out, and bad ones are told one by one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from archives import CLEAR, KINDS, NEGLECT, Record, commas, parquet, records  # noqa: E402

from sos_lint.audit.columns import BROKEN_ROW, EMPTY, NO_TEXT, NOT_TEXT, NOT_UTF8, Columns  # noqa: E402
from sos_lint.audit.database import database  # noqa: E402
from sos_lint.audit.sources import How, Table  # noqa: E402
from sos_lint.errors import BadOption  # noqa: E402

COLUMNS = Columns("note", "id", "team", "day")


def rows(source: Path | str, columns: Columns = COLUMNS, how: How | None = None) -> list[dict[str, Any]]:
    table = Table(str(source), columns, how)
    read = [row for batch in table.batches() for row in batch.to_pylist()]
    assert [row["row"] for row in read] == list(range(1, len(read) + 1))
    assert table.count() == len(read) or table.faults
    return read


def told(read: list[dict[str, Any]]) -> list[Record]:
    return [(row["id"], row["group"], row["date"], (row["text"] or b"").decode()) for row in read]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    made = records(2_100)  # more than one batch
    KINDS[name](tmp_path / name, made)
    read = rows(tmp_path / name)
    assert told(read) == made
    assert not any(row["problems"] for row in read)


def test_a_folder_or_a_pattern_is_one_table(tmp_path: Path) -> None:
    made = records(9)
    (tmp_path / "in").mkdir()
    (tmp_path / "_SUCCESS").touch()
    parquet(tmp_path / "a.parquet", made[:4])
    parquet(tmp_path / "in" / "b.parquet", made[4:])
    assert told(rows(tmp_path)) == made
    assert told(rows(f"{tmp_path}/**/*.parquet")) == made


def test_a_file_that_lacks_the_column_or_is_damaged_stops_no_other(tmp_path: Path) -> None:
    commas(tmp_path / "a.csv", records(3))
    (tmp_path / "b.csv").write_text("id,remark\n1,There is neglect.\n")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 is not all of it")
    table = Table(str(tmp_path), COLUMNS)
    assert sum(batch.num_rows for batch in table.batches()) == 3
    assert [Path(fault.name).name for fault in table.faults] == ["b.csv", "c.parquet"]
    assert "“note”" in table.faults[0].message


BAD: dict[str, tuple[str, bytes, list[list[str]]]] = {
    "not UTF-8 in CSV": ("a.csv", b"note\n\xff neglect\nneglect\n", [[], []]),
    "a row too short": ("a.csv", b"id,note\n1\n2,neglect\n", [[BROKEN_ROW], []]),
    "a row too long": ("a.csv", b"id,note\n1,it is neglect, I fear\n2,neglect\n", [[BROKEN_ROW], []]),
    "blank": ("a.csv", b'id,note\n1,""\n2," "\n', [[EMPTY], [EMPTY]]),
    "broken JSON": ("a.jsonl", b'{"note": "neglect"}\n{"note": \n[1]\n', [[], [BROKEN_ROW], [BROKEN_ROW]]),
    "other things in JSON": (
        "a.jsonl",
        b'{"note": "neglect"}\n{"note": 3}\n{"note": null}\n{"note": ["a"]}\n{"remark": "neglect"}\n',
        [[], [NOT_TEXT], [NO_TEXT], [NOT_TEXT], [NO_TEXT]],
    ),
}


@pytest.mark.parametrize(("name", "data", "problems"), BAD.values(), ids=BAD)
def test_a_bad_row_is_one_bad_row(tmp_path: Path, name: str, data: bytes, problems: list[list[str]]) -> None:
    (tmp_path / name).write_bytes(data)
    assert [row["problems"] for row in rows(tmp_path / name, Columns("note"))] == problems


def test_bytes_that_are_not_utf8_come_to_the_linter_as_they_are(tmp_path: Path) -> None:
    from sos_lint.audit.arrow import lint_rows, quiet_linter
    from sos_lint.settings import Settings

    (tmp_path / "a.csv").write_bytes(b"note\nThere is neglect \xff here\nThere is neglect\n")
    (batch,) = Table(str(tmp_path / "a.csv"), Columns("note")).batches()
    done = lint_rows(batch, quiet_linter(), Settings()).to_pylist()
    assert [row["problems"] for row in done] == [[NOT_UTF8], []]


def test_another_encoding_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("note\nShe said “neglect”\n".encode("cp1252"))
    (row,) = rows(tmp_path / "a.csv", Columns("note"), How(encoding="cp1252"))
    assert row["text"].decode() == "She said “neglect”"
    with pytest.raises(BadOption, match="no encoding is called"):
        rows(tmp_path / "a.csv", Columns("note"), How(encoding="klingon"))


def test_sqlite_holds_what_it_likes_in_a_column(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as made:
        made.execute("CREATE TABLE notes (note)")
        values: Sequence[tuple[object]] = [(NEGLECT,), (None,), (3,), (2.5,), (NEGLECT.encode(),), (b"\xff",)]
        made.executemany("INSERT INTO notes VALUES (?)", values)
    made.close()
    problems = [row["problems"] for row in rows(tmp_path / "a.db", Columns("note"))]
    assert problems == [[], [NO_TEXT], [NOT_TEXT], [NOT_TEXT], [], []]


def test_numbers_and_days_of_excel_are_read(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ("id", "team", "day", "note"),
        (7, "North", datetime.datetime(2024, 5, 31), CLEAR),
        ("", "", "", 5),
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    first, second = rows(tmp_path / "a.xlsx")
    assert told([first]) == [("7", "North", datetime.date(2024, 5, 31), CLEAR)]
    assert second["problems"] == [NOT_TEXT]


def two_tables(file: Path) -> None:
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE a (note)")
        made.execute("CREATE TABLE b (note)")
    made.close()


REFUSED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "gone": ("gone.csv", lambda _: None, "there is no such file"),
    "a server": ("https://example.org/notes.parquet", lambda _: None, "there is no such file"),
    "another kind": ("a.pptx", lambda file: file.touch(), "this is no table"),
    "no workbook": ("a.xlsx", lambda file: file.write_bytes(b"PK"), "This is no Excel workbook"),
    "no column": ("a.csv", lambda file: file.write_text("id,team,day,notes\n"), "no column “note”"),
    "two tables": ("a.db", two_tables, "does not hold one table"),
}


@pytest.mark.parametrize(("name", "make", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    source = name if "://" in name else str(tmp_path / name)
    make(tmp_path / Path(name).name)
    if "://" in name:
        (tmp_path / Path(name).name).unlink(missing_ok=True)
    with pytest.raises(BadOption, match=said):
        Table(source, COLUMNS)


def test_a_table_among_several_is_named(tmp_path: Path) -> None:
    two_tables(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", Columns("note"), How(table="b")) == []
    with pytest.raises(BadOption, match="There is no table"):
        rows(tmp_path / "a.db", Columns("note"), How(table="c"))


def test_duckdb_asks_nothing_of_the_network_and_nobody_can_change_that() -> None:
    import duckdb

    with database() as here:
        for query in (
            "FROM 'https://example.org/a.parquet'",
            "INSTALL httpfs",
            "SET autoload_known_extensions = true",
        ):
            with pytest.raises(duckdb.Error):
                here.execute(query)


def test_json_says_nothing_of_the_words_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"note": "Pennyfeather neglect"')
    with pytest.raises(BadOption) as fault:
        Table(str(tmp_path / "a.json"), Columns("note"))
    assert "Pennyfeather" not in str(fault.value)
    assert json.dumps(str(fault.value))
