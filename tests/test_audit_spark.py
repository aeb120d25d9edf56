"""The same findings by a real Spark on this machine, row for row. Passed over where it or Java is missing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark")
duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pandas")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java 17: apt install openjdk-17-jre-headless", allow_module_level=True)

from archives import NEGLECT, Record, parquet, records  # noqa: E402
from commands import run  # noqa: E402

from sos_lint.project import Project  # noqa: E402

OPTIONS = ("--text", "note", "--id", "id", "--group", "team", "--date", "day")


def table(file: Path) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = duckdb.sql(f"SELECT * EXCLUDE (row) FROM '{file}' ORDER BY ALL").fetchall()
    return found


def rows() -> list[Record]:
    made = records(60)
    return [*made, (*made[0][:3], "There is neglect: é🦆 CIN."), ("B1", "North", made[0][2], "  ")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    parquet(folder / "notes.parquet", rows())
    return folder


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        made = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        yield made
        made.stop()


def test_the_same_rows_as_the_local_engine(archive: Path) -> None:
    for engine, more in {
        "local": ("--jobs", "1"),
        "spark": ("--engine", "spark", "--master", "local[2]"),
    }.items():
        ran = run("audit", archive / "notes.parquet", *OPTIONS, "--out", archive / engine, *more)
        assert ran.status == 0, ran.err
    for name in ("findings.parquet", "notes.parquet", "summary.parquet"):
        there, here = archive / "local" / name, archive / "spark" / name
        if name == "summary.parquet":
            assert duckdb.sql(f"FROM '{there}'").fetchall() == duckdb.sql(f"FROM '{here}'").fetchall()
        else:
            assert table(there) == table(here)
    assert len(table(archive / "local" / "findings.parquet")) > 40


def test_a_data_frame_of_notes_gives_one_of_findings(session: Any) -> None:
    from sos_lint.audit.spark import lint

    df = session.createDataFrame(
        [("A", NEGLECT), ("B", None), ("C", "She has a CIN plan.")], "case_id string, note string"
    )
    found = lint(df, text="note", id="case_id", with_words=True)
    assert [(row.id, row.rule, row.start, row.words) for row in found.orderBy("id").collect()] == [
        ("A", "broad-terms/neglect", 9, "neglect"),
        ("C", "acronyms/cin", 10, "CIN"),
    ]
    assert found.columns[-1] == "words" and lint(df).columns[-1] == "unpacked"


def test_a_table_in_one_piece_is_work_for_every_core(session: Any, archive: Path) -> None:
    """A Parquet file of 60 rows is one group of rows, which Spark hands to one core."""
    from sos_lint.audit.columns import Columns
    from sos_lint.audit.spark import notes

    df = session.read.parquet(str(archive / "notes.parquet"))
    linter, settings = Project(excerpts=False).choose(archive)
    made = {
        pieces: notes(df, Columns("note", "id"), linter.catalogue, settings, pieces=pieces)
        for pieces in (None, 4)
    }
    assert {pieces: df.rdd.getNumPartitions() for pieces, df in made.items()} == {None: 1, 4: 4}
    one, four = (sorted(df.collect()) for df in made.values())
    assert one == four


def test_a_column_that_is_not_there_is_one_clear_line(archive: Path) -> None:
    ran = run(
        "audit", archive / "notes.parquet", "--text", "nte", "--out", archive / "x", "--engine", "spark"
    )
    assert ran.status == 2
    assert "there is no column “nte” in this table." in ran.err
