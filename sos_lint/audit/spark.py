"""The same audit on Spark: `lint(df)` gives the findings in a DataFrame as another DataFrame.

The packs are sent to each worker once, compiled, and each Python worker makes one linter of them and keeps
it. Every worker needs sos-lint itself installed, as it needs spaCy and the English model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import monotonically_increasing_id

from sos_lint.audit.arrow import findings_of, findings_schema, incoming, lint_rows, notes_schema
from sos_lint.audit.columns import Columns
from sos_lint.audit.run import Wanted, begin_audit, finish, join, joined
from sos_lint.audit.sources import Fault
from sos_lint.catalogue import Catalogue
from sos_lint.errors import BadOption
from sos_lint.lint import Linter
from sos_lint.packs import load
from sos_lint.project import Project
from sos_lint.readers import shown
from sos_lint.settings import Settings

_ROW = "__row"  # the column that numbers the rows
_AT_ONCE = 500  # rows that a worker is handed
_PIECES = 8  # of a table for each core


class _Rules(NamedTuple):
    """A compiled catalogue, as it can be sent."""

    digest: str
    head: bytes
    body: tuple[bytes, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Rules:
        """The rules of a catalogue."""
        return cls(catalogue.digest, catalogue.head, tuple(catalogue.body))


@lru_cache(maxsize=1)
def _linter(rules: _Rules) -> Linter:
    """The linter of this worker, made when its first row comes."""
    return Linter(Catalogue.from_head(rules.head, lambda: rules.body), excerpts=False)


class _Held(NamedTuple):
    """Rules that travel with the work itself, where a session has no broadcast (Spark Connect)."""

    value: _Rules


class _Work(NamedTuple):
    """What a worker does with its batches. `rules` is Spark's broadcast of them."""

    rules: Any
    columns: Columns
    settings: Settings
    with_words: bool
    nested: bool

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        linter = _linter(self.rules.value)
        for batch in batches:
            for rows in incoming([batch], self.columns):
                own = batch.column(_ROW) if _ROW in batch.schema.names else rows.column("row")
                numbered = rows.set_column(0, "row", own)
                notes = lint_rows(numbered, linter, self.settings, with_words=self.with_words)
                yield notes if self.nested else findings_of(notes)


def lint(
    df: DataFrame,
    text: str = "note",
    id: str = "case_id",
    group: str | None = None,
    date: str | None = None,
    *,
    date_format: str | None = None,
    with_words: bool = False,
    settings: Settings | None = None,
    packs: Iterable[Path] = (),
) -> DataFrame:
    """The findings in a DataFrame, one in each row (see `arrow.findings_schema`).

    Rows that cannot be linted give none; `notes` says which they are. Raises BadPack for packs with faults.
    """
    columns = Columns(text, id, group, date, date_format)
    work = _Work(_sent(df, load(packs)), columns, settings or Settings(), with_words, nested=False)
    schema = _as_ddl(findings_schema(with_words=with_words))
    return df.select(*columns.named).mapInArrow(work.__call__, schema)


def notes(
    df: DataFrame,
    columns: Columns,
    catalogue: Catalogue,
    settings: Settings,
    *,
    with_words: bool = False,
    pieces: int | None = None,
) -> DataFrame:
    """A row for each row of a DataFrame, with its findings in it (see `arrow.notes_schema`).

    `pieces`: the rows are first dealt out to so many tasks, however the table lies in its files.
    """
    numbered = df.select(*columns.named, (monotonically_increasing_id() + 1).alias(_ROW))
    if pieces is not None:
        numbered = numbered.repartition(pieces)
    work = _Work(_sent(df, catalogue), columns, settings, with_words, nested=True)
    return numbered.mapInArrow(work.__call__, _as_ddl(notes_schema(with_words=with_words)))


def _sent(df: DataFrame, catalogue: Catalogue) -> Any:
    rules = _Rules.of(catalogue)
    context = getattr(df.sparkSession, "sparkContext", None)
    return _Held(rules) if context is None else context.broadcast(rules)


_TYPES = {
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.string(): "STRING",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
}


def _as_ddl(schema: pa.Schema) -> str:
    """The columns as Spark writes them: its own translation asks for pandas."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"ARRAY<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"STRUCT<{', '.join(f'`{field.name}`: {_type(field.type)}' for field in kind)}>"
    return _TYPES[kind]


def audit(wanted: Wanted, project: Project, master: str) -> list[Fault]:
    """The audit that `run.audit` makes, by Spark; what is found is joined and counted by this process.

    A run that was stopped begins again. Raises BadOption where Spark cannot read the source.
    """
    if wanted.columns is None:
        hint = "Name the column of notes with --text, or leave --engine out."
        raise BadOption(shown(wanted.source), "Spark reads tables, not documents.", hint)
    linter, settings = project.choose(Path(wanted.source))
    private = begin_audit(wanted, project)
    if joined(private) is None:
        session = _session(master, private)
        try:
            df = _read(session, wanted)
            part = private / "part-spark"
            done = notes(
                df,
                wanted.columns,
                linter.catalogue,
                settings,
                with_words=wanted.with_words,
                pieces=session.sparkContext.defaultParallelism * _PIECES if _is_here(master) else None,
            )
            done.write.mode("overwrite").option("compression", "zstd").parquet(str(part.absolute()))
        finally:
            session.stop()
        join(sorted(part.glob("*.parquet")), wanted.out)
        finish(private, [])
    return joined(private) or []


# Of Java on this machine. It only hands notes to Python and findings to a file, so it is not worth its while
# to make its own code fast: that took more than it takes to lint 5,000 notes. Rows are dealt out over the
# disk, where they lie under a key that ends with the run.
_HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.sortBeforeRepartition": "false",
    "spark.io.encryption.enabled": "true",
}


def _is_here(master: str) -> bool:
    return master.startswith("local")


def _session(master: str, private: Path) -> SparkSession:
    """A session that opens no page and, on this machine, listens to nobody else."""
    made = SparkSession.builder.master(master).appName("sos-lint audit")
    said = {
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.local.dir": str((private / "spill").absolute()),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_AT_ONCE),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "true" if sys.stderr.isatty() else "false",
    }
    if _is_here(master):
        said |= _HERE
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for key, value in said.items():
        made = made.config(key, value)
    return made.getOrCreate()


def _read(session: SparkSession, wanted: Wanted) -> DataFrame:
    """The table, as Spark reads it: no type is guessed."""
    columns = wanted.columns
    name = wanted.source.lower().rstrip("/")
    reader = session.read
    if name.endswith((".csv", ".tsv")):
        sign = "\t" if name.endswith(".tsv") else ","
        df = reader.csv(wanted.source, header=True, multiLine=True, escape='"', sep=sign)
    elif name.endswith((".jsonl", ".ndjson", ".json")):
        df = reader.json(wanted.source)
    else:
        df = reader.parquet(wanted.source)
    for column in columns.named if columns else ():
        if column not in df.columns:
            raise BadOption(
                shown(wanted.source), f"there is no column “{shown(column)}” in this table.", "Check --text."
            )
    return df
