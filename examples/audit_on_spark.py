"""Audits a table of notes on a cluster: findings go to a table of their own, counts by team are shown.

    spark-submit --master yarn --conf spark.sql.execution.arrow.maxRecordsPerBatch=500 \
        examples/audit_on_spark.py abfss://records@council/notes abfss://records@council/findings

Every worker needs `pip install 'sos-lint[spark]'` in its Python (on Databricks and Fabric: in the environment
of the cluster; elsewhere `--archives` with a packed environment). Nothing is fetched while it runs, and no
note leaves the cluster. In a notebook, where `spark` is there already, the lines of `main` are all it takes.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import count_if, date_trunc

from sos_lint.audit.spark import lint


def main(source: str, target: str) -> None:
    """Lint the notes at `source` into a table at `target`."""
    spark = SparkSession.builder.appName("sos-lint audit").getOrCreate()
    notes = spark.read.parquet(source).repartition(
        spark.sparkContext.defaultParallelism * 4
    )  # evens out long notes
    lint(notes, text="note", id="case_id", group="team", date="written_on").write.parquet(target)
    found = spark.read.parquet(target)
    by_team = found.groupBy("group", date_trunc("month", "date").alias("month"))
    by_team.agg(count_if(~found.unpacked | found.unpacked.isNull()).alias("places")).orderBy(
        "month", "group"
    ).show(100)


if __name__ == "__main__":
    main(*sys.argv[1:3])
