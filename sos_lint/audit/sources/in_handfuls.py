"""Rows that are read one by one, as batches of a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from sos_lint.audit.arrow import batch_of
from sos_lint.audit.columns import Columns, Row

ROWS = 1_000
BYTES = 4_000_000


def in_handfuls(rows: Iterable[Row], columns: Columns, first: int) -> Iterator[pa.RecordBatch]:
    """Batches of the rows, none of which holds many of them or much text."""
    hand: list[Row] = []
    size = 0
    for row in rows:
        hand.append(row)
        size += len(row.text or b"")
        if len(hand) == ROWS or size > BYTES:
            yield batch_of(hand, first, numbered=columns.id is None)
            first += len(hand)
            hand, size = [], 0
    if hand:
        yield batch_of(hand, first, numbered=columns.id is None)
