"""Rows of Arrow batches go in, findings come out; what is wrong with a row is told, and stops no other."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

from sos_lint.audit.arrow import findings_schema, lint_batches, lint_notes, notes_schema  # noqa: E402
from sos_lint.audit.columns import (  # noqa: E402
    EMPTY,
    MAX_NOTE,
    NO_COLUMN,
    NO_DATE,
    NO_TEXT,
    NOT_TEXT,
    NOT_UTF8,
    TOO_LONG,
    Columns,
    day_of,
)

NEGLECT = "There is neglect in the home."
BY_ID = Columns("note", "id")
TOLD = (
    "There was violence: on 3 May, the worst of five nights since April, he hit Ada with a belt, and she was "
    "so afraid that she hid in the shed."
)


def notes(column: Any, columns: Columns = BY_ID, **more: Any) -> list[dict[str, Any]]:
    batch = pa.record_batch({"note": column, "id": [f"C{n}" for n in range(len(column))], **more})
    return [row for done in lint_notes([batch], columns) for row in done.to_pylist()]


# The column of notes, and what is wrong with each row.
BAD = {
    "null": (pa.array([NEGLECT, None]), [[], [NO_TEXT]]),
    "blank": (pa.array([" \n", NEGLECT]), [[EMPTY], []]),
    "numbers": (pa.array([1, None, 3]), [[NOT_TEXT], [NO_TEXT], [NOT_TEXT]]),
    "a list": (pa.array([["a"], None]), [[NOT_TEXT], [NO_TEXT]]),
    "bytes": (pa.array([NEGLECT.encode()]), [[]]),
    "not UTF-8": (pa.array([b"\xff\xfe neglect", NEGLECT.encode()]), [[NOT_UTF8], []]),
    "nothing but nulls": (pa.nulls(2), [[NO_TEXT], [NO_TEXT]]),
    "too long": (pa.array(["neglect " * (MAX_NOTE // 8 + 1), NEGLECT]), [[TOO_LONG], []]),
    "a category": (pa.array([NEGLECT, NEGLECT]).dictionary_encode(), [[], []]),
    "large strings": (pa.array([NEGLECT], pa.large_string()), [[]]),
    "views of strings": (pa.array([NEGLECT], pa.string_view()), [[]]),
}


@pytest.mark.parametrize(("column", "problems"), BAD.values(), ids=BAD)
def test_a_bad_row_is_told_and_the_others_are_linted(column: Any, problems: list[list[str]]) -> None:
    done = notes(column)
    assert [row["problems"] for row in done] == problems
    for row in done:
        read = row["problems"] == []
        assert (row["word_count"] is not None, bool(row["findings"])) == (read, read)


def test_words_that_arrow_wrongly_calls_utf8_are_one_bad_row() -> None:
    offsets = pa.array([0, 2, 2 + len(NEGLECT)], pa.int32()).buffers()[1]
    data = pa.py_buffer(b"\xff\xfe" + NEGLECT.encode())
    column = pa.Array.from_buffers(pa.string(), 2, [None, offsets, data])
    assert [row["problems"] for row in notes(column)] == [[NOT_UTF8], []]


def test_a_missing_column_is_told_of_each_row() -> None:
    assert [row["problems"] for row in notes([NEGLECT], Columns("nte", "id"))] == [[NO_COLUMN]]


DATES = {
    "days": (pa.array([datetime.date(2024, 5, 31)]), None, datetime.date(2024, 5, 31)),
    "hours": (pa.array([datetime.datetime(2024, 5, 31, 23, 59)]), None, datetime.date(2024, 5, 31)),
    "words": (pa.array(["2024-05-31"]), None, datetime.date(2024, 5, 31)),
    "words with an hour": (pa.array(["2024-05-31T23:59:00"]), None, datetime.date(2024, 5, 31)),
    "as in England, unsaid": (pa.array(["05/06/2024"]), None, None),
    "as in England": (pa.array(["05/06/2024"]), "%d/%m/%Y", datetime.date(2024, 6, 5)),
    "nothing": (pa.nulls(1), None, None),
}


@pytest.mark.parametrize(("days", "written", "day"), DATES.values(), ids=DATES)
def test_a_day_is_read_and_never_guessed(days: Any, written: str | None, day: datetime.date | None) -> None:
    columns = Columns("note", "id", None, "on", written)
    (row,) = notes([NEGLECT], columns, on=days)
    assert (row["date"], row["word_count"]) == (day, 6)
    assert row["problems"] == ([NO_DATE] if day is None and days[0].is_valid else [])


def test_findings_are_those_of_the_linter_with_what_is_told() -> None:
    from sos_lint import lint_text

    batch = pa.record_batch({"id": ["A", "B"], "note": [f"{NEGLECT} She has a CIN plan.", TOLD]})
    (done,) = lint_batches([batch], "note", "id")
    assert done.schema == findings_schema()
    rows = done.to_pylist()
    asked = [row for row in rows if not row["unpacked"]]
    same = [
        (id, finding.rule, finding.start.offset, finding.end.offset)
        for id, text in (("A", f"{NEGLECT} She has a CIN plan."), ("B", TOLD))
        for finding in lint_text(text)
    ]
    assert [(row["id"], row["rule"], row["start"], row["end"]) for row in asked] == same
    (told,) = (row for row in rows if row["unpacked"])
    assert (told["rule"], told["open"]) == ("broad-terms/violence", [])
    assert told["told"] == ["behaviour", "frequency", "worst", "impact"]


def test_words_are_kept_only_where_they_are_asked_for() -> None:
    batch = pa.record_batch({"note": [f"🦆 {NEGLECT}"]})
    (without,) = lint_batches([batch], "note")
    assert "neglect" not in str(without.column("told")) and "words" not in without.schema.names
    (row,) = next(lint_batches([batch], "note", with_words=True)).to_pylist()
    assert (row["words"], row["start"], row["end"]) == ("neglect", 11, 18)  # code points, not bytes


def test_rows_without_ids_are_numbered_through_all_batches() -> None:
    batches = [pa.record_batch({"note": [NEGLECT] * 2}), pa.record_batch({"note": [NEGLECT]})]
    done = list(lint_notes(batches, Columns("note")))
    assert [row["id"] for batch in done for row in batch.to_pylist()] == ["1", "2", "3"]
    assert all(batch.schema == notes_schema() for batch in done)


def test_an_empty_batch_is_no_fault() -> None:
    batch = pa.record_batch({"note": pa.array([], pa.string())})
    assert next(lint_batches([batch], "note")).num_rows == 0


def test_a_failure_inside_is_told_without_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from sos_lint.nlp.detect import Detector

    detect = Detector.detect

    def fails(self: Detector, document: Any, *more: Any) -> Any:
        if "Pennyfeather" in document.text:
            raise ValueError(document.text)
        return detect(self, document, *more)

    monkeypatch.setattr(Detector, "detect", fails)
    first, second = notes(["Wilbur Pennyfeather was neglected.", NEGLECT])
    assert "ValueError" in first["problems"][0] and "Pennyfeather" not in first["problems"][0]
    assert len(second["findings"]) == 1


DAYS = {
    "2024-05-31": True,
    "2024-05-31T23:30:00+01:00": True,
    "2024-05-31 10:00:00Z": True,
    "20240531": False,  # some versions of Python read it
    "2024-W05-1": False,
    "2024-05-31st": False,
    "2024-02-30": False,
    "31/05/2024": False,
    "45000": False,
}


@pytest.mark.parametrize(("written", "read"), DAYS.items(), ids=DAYS)
def test_a_day_is_one_only_as_it_is_written_in_full(written: str, read: bool) -> None:
    day, problem = day_of(written)
    assert (day == datetime.date(2024, 5, 31), problem) == (read, None if read else NO_DATE)
