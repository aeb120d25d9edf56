"""Lints rows of Arrow batches: rows go in, findings come out, and no row is ever fatal.

This is the one way in for every engine: our own processes, Spark, and whatever else speaks Arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from sos_lint.audit.columns import (
    EMPTY,
    MAX_NOTE,
    NO_COLUMN,
    NO_TEXT,
    NOT_TEXT,
    NOT_UTF8,
    TOO_LONG,
    Columns,
    Row,
    day_of,
    name_of,
)
from sos_lint.batch import for_each
from sos_lint.finding import Finding
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.readers.find import Found
from sos_lint.report import FileReport
from sos_lint.settings import Settings

_ABOUT = [("row", pa.int64()), ("id", pa.string()), ("group", pa.string()), ("date", pa.date32())]
INCOMING = pa.schema([*_ABOUT, ("text", pa.large_binary()), ("problems", pa.list_(pa.string()))])
_PLACES = [
    ("rule", pa.string()),
    ("kind", pa.string()),
    ("severity", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("told", pa.list_(pa.string())),
    ("open", pa.list_(pa.string())),
    ("unpacked", pa.bool_()),
]


def places(*, with_words: bool) -> pa.Schema:
    """The columns that say of a finding what it is and where."""
    return pa.schema([*_PLACES, ("words", pa.string())] if with_words else _PLACES)


def notes_schema(*, with_words: bool = False) -> pa.Schema:
    """A row for each row that was given, with its findings in it; `word_count` null: it was not linted."""
    found = pa.list_(pa.struct(list(places(with_words=with_words))))
    counted = [("word_count", pa.int32()), ("problems", pa.list_(pa.string()))]
    return pa.schema([*_ABOUT, *counted, ("findings", found)])


def findings_schema(*, with_words: bool = False) -> pa.Schema:
    """A row for each finding."""
    return pa.schema([*_ABOUT[1:], *places(with_words=with_words)])


def lint_batches(
    batches: Iterable[pa.RecordBatch],
    text: str,
    id: str | None = None,
    group: str | None = None,
    date: str | None = None,
    *,
    date_format: str | None = None,
    with_words: bool = False,
    linter: Linter | None = None,
    settings: Settings | None = None,
) -> Iterator[pa.RecordBatch]:
    """The findings in each batch (see `findings_schema`), in the order of its rows.

    Rows that cannot be linted give none; `lint_notes` says which they are, and how many words others have.
    """
    columns = Columns(text, id, group, date, date_format)
    for notes in lint_notes(batches, columns, with_words=with_words, linter=linter, settings=settings):
        yield findings_of(notes)


def lint_notes(
    batches: Iterable[pa.RecordBatch],
    columns: Columns,
    *,
    with_words: bool = False,
    linter: Linter | None = None,
    settings: Settings | None = None,
) -> Iterator[pa.RecordBatch]:
    """A row for each row of each batch, with its findings in it (see `notes_schema`)."""
    used, asked = linter or quiet_linter(), settings or Settings()
    for rows in incoming(batches, columns):
        yield lint_rows(rows, used, asked, with_words=with_words)


@lru_cache(maxsize=1)
def quiet_linter() -> Linter:
    """A linter with the shipped packs that keeps words out of its findings, made once in a process."""
    return Linter.with_packs(excerpts=False)


def findings_of(notes: pa.RecordBatch) -> pa.RecordBatch:
    """The findings in some notes, one in each row."""
    inner = notes.column("findings")
    whose = pc.list_parent_indices(inner)
    found = pc.list_flatten(inner)
    about = [notes.column(name).take(whose) for name, _ in _ABOUT[1:]]
    with_words = found.type.get_field_index("words") >= 0
    return pa.RecordBatch.from_arrays(
        [*about, *found.flatten()], schema=findings_schema(with_words=with_words)
    )


def incoming(batches: Iterable[pa.RecordBatch], columns: Columns, first: int = 1) -> Iterator[pa.RecordBatch]:
    """Rows as they are to be linted (see `INCOMING`), whatever types their columns have, numbered on."""
    for batch in batches:
        numbers = range(first, first + batch.num_rows)
        first = numbers.stop
        ids = _names(batch, columns.id) if columns.id else [str(number) for number in numbers]
        days, dateless = _days(batch, columns)
        text, wordless = _texts(batch, columns.text)
        problems = [[problem for problem in both if problem] for both in zip(wordless, dateless, strict=True)]
        made = [
            pa.array(numbers, pa.int64()),
            pa.array(ids, pa.string()),
            pa.array(_names(batch, columns.group), pa.string()),
            pa.array(days, pa.date32()),
            text,
            pa.array(problems, pa.list_(pa.string())),
        ]
        yield pa.RecordBatch.from_arrays(made, schema=INCOMING)


def batch_of(rows: Sequence[Row], first: int, *, numbered: bool = False) -> pa.RecordBatch:
    """The same of rows that were read one by one; `first` is the number of the first of them.

    `numbered`: they have no ids, and are known by their numbers.
    """
    numbers = range(first, first + len(rows))
    made = [
        pa.array(numbers, pa.int64()),
        pa.array(list(map(str, numbers)) if numbered else [row.id for row in rows], pa.string()),
        pa.array([row.group for row in rows], pa.string()),
        pa.array([row.date for row in rows], pa.date32()),
        pa.array([row.text for row in rows], pa.large_binary()),
        pa.array([list(row.problems) for row in rows], pa.list_(pa.string())),
    ]
    return pa.RecordBatch.from_arrays(made, schema=INCOMING)


def _column(batch: pa.RecordBatch, name: str | None) -> pa.Array | None:
    at = batch.schema.names.index(name) if name in batch.schema.names else -1
    if at < 0:
        return None
    column = batch.column(at)
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _names(batch: pa.RecordBatch, name: str | None) -> list[str | None]:
    column = _column(batch, name)
    return [None] * batch.num_rows if column is None else [name_of(value) for value in _values(column)]


def _days(batch: pa.RecordBatch, columns: Columns) -> tuple[list[Any], list[str | None]]:
    column = _column(batch, columns.date)
    if column is None:
        return [None] * batch.num_rows, [None] * batch.num_rows
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.date32(), safe=False)  # a day, whatever the hour
    read = [day_of(value, columns.date_format) for value in _values(column)]
    return [day for day, _ in read], [problem for _, problem in read]


def _values(column: pa.Array) -> Iterator[object]:
    """The values of a column. Of words, the bytes: Arrow does not promise that they are UTF-8."""
    is_words = _is_words(column.type)
    return (value.as_py() for value in (column.cast(pa.large_binary()) if is_words else column))


def _is_words(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)


def _is_bytes(kind: pa.DataType) -> bool:
    tests = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)
    return any(test(kind) for test in tests) or pa.types.is_fixed_size_binary(kind)


def _texts(batch: pa.RecordBatch, name: str) -> tuple[pa.Array, list[str | None]]:
    """The notes of a batch, without those that are too long to be handed on, and what is wrong with each."""
    column = _column(batch, name)
    nothing = pa.nulls(batch.num_rows, pa.large_binary())
    if column is None:
        return nothing, [NO_COLUMN] * batch.num_rows
    if not (_is_words(column.type) or _is_bytes(column.type)):
        return nothing, [NOT_TEXT if there else NO_TEXT for there in column.is_valid().to_pylist()]
    found = column.cast(pa.large_binary())
    lengths = pc.binary_length(found).to_pylist()
    problems = [_by_length(length) for length in lengths]
    if TOO_LONG in problems:
        found = pc.if_else(pc.greater(pc.binary_length(found), MAX_NOTE), None, found)
    return found, problems


def _by_length(length: int | None) -> str | None:
    if length is None:
        return NO_TEXT
    return TOO_LONG if length > MAX_NOTE else None


class _Read(NamedTuple):
    """What was found in a note, and how many words it has. `text` is the note itself."""

    text: str
    word_count: int
    findings: tuple[Finding, ...]


def lint_rows(
    rows: pa.RecordBatch, linter: Linter, settings: Settings, *, with_words: bool = False
) -> pa.RecordBatch:
    """What there is to say of each row; `rows` are as `INCOMING` has them."""
    texts = rows.column("text")
    problems: list[list[str]] = rows.column("problems").to_pylist()
    read: list[_Read | None] = [None] * rows.num_rows

    def lint(found: Found, linter: Linter, settings: Settings) -> tuple[int, _Read | str]:
        number = int(found.name)
        return number, _lint(texts[number].as_py(), linter, settings)

    there = [Found(Path(), str(number)) for number in range(rows.num_rows) if texts[number].is_valid]
    for done in for_each(there, lambda _: (linter, settings), lint):
        if isinstance(done, FileReport):
            message = done.failure.message if done.failure else ""
            problems[int(done.path)].append(message.replace("This file", "this note").rstrip("."))
        elif isinstance(done[1], str):
            problems[done[0]].append(done[1])
        else:
            read[done[0]] = done[1]
    return _notes([rows.column(name) for name, _ in _ABOUT], problems, read, with_words=with_words)


def _lint(data: bytes, linter: Linter, settings: Settings) -> _Read | str:
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        return NOT_UTF8
    if not words.strip():
        return EMPTY
    document = read_bytes(data, "note.txt")
    findings = linter.lint(document, settings, told=True)
    return _Read(document.text, document.words, findings)


def lint_documents(
    documents: Sequence[tuple[Found, Row]],
    first: int,
    choose: Any,
    read: Any,
    *,
    with_words: bool = False,
) -> pa.RecordBatch:
    """The same of documents in files. `first` is the number of the first of them."""
    said: list[_Read | None] = [None] * len(documents)
    problems: list[list[str]] = [[] for _ in documents]
    number = {found.name: at for at, (found, _) in enumerate(documents)}

    def lint(found: Found, linter: Linter, settings: Settings) -> tuple[int, _Read]:
        document = read(found, settings.columns)
        findings = linter.lint(document, settings, told=True)
        return number[found.name], _Read(document.text, document.words, findings)

    for done in for_each((found for found, _ in documents), choose, lint):
        if isinstance(done, FileReport):
            at = number.get(done.path)
            for each in range(len(documents)) if at is None else [at]:
                if said[each] is None and not problems[each] and done.failure:
                    problems[each].append(done.failure.message.rstrip("."))
        else:
            said[done[0]] = done[1]
    about = batch_of([row for _, row in documents], first)
    return _notes([about.column(name) for name, _ in _ABOUT], problems, said, with_words=with_words)


def _notes(
    about: list[pa.Array], problems: list[list[str]], read: Sequence[_Read | None], *, with_words: bool
) -> pa.RecordBatch:
    found = [(note.text, finding) for note in read if note for finding in note.findings]
    counts = [len(note.findings) if note else 0 for note in read]
    schema = places(with_words=with_words)
    columns: list[list[Any]] = [
        [finding.rule for _, finding in found],
        [finding.kind.value for _, finding in found],
        [finding.severity.label for _, finding in found],
        [finding.start.offset for _, finding in found],
        [finding.end.offset for _, finding in found],
        [[ask.part.value for ask in finding.asks if ask.told] for _, finding in found],
        [[part.value for part in finding.missing] for _, finding in found],
        [finding.is_told if finding.asks else None for _, finding in found],
    ]
    if with_words:
        columns.append([finding.at.of(text) for text, finding in found])
    made = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    inner = pa.ListArray.from_arrays(
        pa.array([0, *accumulate(counts)], pa.int32()),
        pa.StructArray.from_arrays(made, fields=list(schema)),
    )
    return pa.RecordBatch.from_arrays(
        [
            *about,
            pa.array([note.word_count if note else None for note in read], pa.int32()),
            pa.array(problems, pa.list_(pa.string())),
            inner,
        ],
        schema=notes_schema(with_words=with_words),
    )


def none_read(rows: pa.RecordBatch, why: str, *, with_words: bool = False) -> pa.RecordBatch:
    """The same of rows none of which was linted, for this reason."""
    problems = [[*before, why] for before in rows.column("problems").to_pylist()]
    about = [rows.column(name) for name, _ in _ABOUT]
    return _notes(about, problems, [None] * rows.num_rows, with_words=with_words)
