"""Reads Parquet files. Arrow's own reader does not mind words that are not UTF-8; DuckDB ends with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sos_lint.audit.arrow import incoming
from sos_lint.audit.columns import Columns
from sos_lint.audit.sources import How, Opened
from sos_lint.audit.sources.in_handfuls import BYTES, ROWS


def opened(path: Path, columns: Columns, how: How) -> Opened:  # noqa: ARG001 (as every opener is called)
    """The table in a Parquet file."""
    about = pq.read_metadata(path)
    names = tuple(about.schema.to_arrow_schema().names)
    size = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    at_once = max(1, min(ROWS, BYTES * about.num_rows // max(1, size)))

    def batches(first: int) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(path, memory_map=True) as file:
            read = file.iter_batches(at_once, columns=list(columns.named), use_threads=False)
            yield from incoming(read, columns, first)

    return Opened(names, lambda: int(about.num_rows), batches)
