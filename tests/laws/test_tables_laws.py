"""Laws of tables of notes, whatever stands in their cells."""

from __future__ import annotations

import csv
from functools import lru_cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_packs import ACRONYM, compiled, rule, write_pack
from table_files import csv_text, workbook

from sos_lint.errors import UnreadableFile
from sos_lint.finding import Finding
from sos_lint.fix import fix
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.readers import TABLES, read_bytes
from sos_lint.readers.build import tidy
from sos_lint.readers.from_tables.cells import BadRow, records
from sos_lint.readers.from_text import read_text
from sos_lint.settings import Settings

RULES = [
    rule("cin", **{**ACRONYM, "short": "CIN", "meanings": ["child in need"]}),
    rule("sgo", **{**ACRONYM, "short": "SGO", "meanings": ["guardianship, by order"]}),
    rule("prior-to", phrases=["prior to"], swap="before", swap_safety="safe"),
    rule("drift", phrases=["drift"]),
]
WORDS = [
    "CIN", "child in need (CIN)", "the SGO", "drift", "prior to", "Prior\nto", "Tom is six.", "He hides", "é",
    "- ", "1. ", "Worries:", "[a drift](http://b.org)", "😀", "\u00a0", "",
]  # fmt: skip
SIGNS = [*'",;|\t .', '"" ', "\n", "\n\n", "\r\n"]
CELLS = st.lists(st.sampled_from(WORDS + SIGNS), max_size=8).map(" ".join)
NOTES = st.lists(CELLS, max_size=5).map(lambda notes: ["Tom is six.", *notes])
DELIMITERS = st.sampled_from(",;\t|")
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
COLUMNS = ("note",)


@lru_cache(maxsize=1)
def linter() -> Linter:
    with TemporaryDirectory() as folder:
        files = {one["id"]: one for one in RULES}
        return Linter(compiled(write_pack(Path(folder) / "pack", files)))


def rows_of(notes: list[str]) -> list[list[str]]:
    return [["id", "note", "by"], *([str(number), note, "Sam"] for number, note in enumerate(notes))]


def read_again(text: str, delimiter: str) -> list[list[str]]:
    return [row or [""] for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]


def row_in(place: str | None) -> int:
    assert place is not None
    return int(place.removeprefix("row ").removesuffix(", column “note”"))


def says(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.text, finding.sentence


SOURCES = st.lists(st.sampled_from([*'ab",; \r\n\té', '""', "\r\n"]), max_size=30).map("".join)


@settings(max_examples=1000)
@given(SOURCES, st.sampled_from(",;\t"))
@example('"a"b""c,"",\n""\r\r\n"', ",")
def test_rows_are_cut_as_by_the_standard_library(source: str, delimiter: str) -> None:
    try:
        cut = [[cell.words(source) for cell in row] for row in records(source, delimiter)]
    except BadRow:
        with StringIO(source, newline="") as file:
            try:
                list(csv.reader(file, delimiter=delimiter, strict=True))
            except csv.Error:
                return
            raise
    assert cut == read_again(source, delimiter)


@settings(max_examples=1000)
@given(SOURCES, st.sampled_from(",;\t"))
def test_the_cells_of_a_row_stand_one_after_the_other(source: str, delimiter: str) -> None:
    end = 0
    try:
        for row in records(source, delimiter):
            for cell in row:
                assert end <= cell.start <= cell.end <= len(source)
                assert source[end : cell.start] in ("", delimiter, "\r", "\n", "\r\n")
                end = cell.end
    except BadRow:
        pass


@settings(deadline=None)
@given(NOTES, DELIMITERS, LINE_ENDS, st.booleans())
def test_a_place_in_a_table_of_text_holds_its_words(
    notes: list[str], delimiter: str, line_end: str, quote_all: bool
) -> None:
    rows = rows_of(notes)
    source = csv_text(rows, delimiter, line_end, quote_all=quote_all)
    document = read_bytes(source.encode(), "a.csv", columns=COLUMNS)
    assert document.source == source
    for segment in document.source_map.segments:
        if segment.verbatim:
            assert segment.at.of(document.text) == segment.source.of(source)
    for finding in linter().lint(document):
        assert finding.text == finding.at.of(document.text)
        there = source[finding.start.offset : finding.end.offset]
        assert tidy(there.replace('""', '"')) == finding.text
        assert finding.text in tidy(rows[row_in(finding.row) - 1][1])
        for edit in finding.edits:
            assert source[edit.place.start : edit.place.end] == edit.at.of(document.text)
            assert not set(edit.replacement) & {delimiter, '"'}


@settings(deadline=None)
@given(NOTES)
def test_a_place_in_a_workbook_holds_its_words(notes: list[str]) -> None:
    rows = rows_of(notes)
    document = read_bytes(workbook({"Sheet": rows}), "a.xlsx", columns=COLUMNS)
    for finding in linter().lint(document):
        assert finding.text == finding.at.of(document.text)
        assert finding.text in tidy(rows[row_in(finding.where) - 1][1])
        assert not finding.edits


@settings(max_examples=300, deadline=None)
@given(NOTES)
def test_a_note_is_read_as_if_it_stood_alone(notes: list[str]) -> None:
    """What one row explains it explains to nobody else, and the other way round."""
    table = read_bytes(csv_text(rows_of(notes), line_end="\n").encode(), "a.csv", columns=COLUMNS)
    alone = [read_text(note, "a.txt") for note in notes]
    expected = [says(finding) for document in alone for finding in linter().lint(document)]
    assert list(map(says, linter().lint(table))) == expected


@settings(max_examples=300, deadline=None)
@given(NOTES, DELIMITERS, LINE_ENDS, st.booleans())
def test_a_fixed_table_has_the_same_cells_but_for_the_words(
    notes: list[str], delimiter: str, line_end: str, quote_all: bool
) -> None:
    rows = rows_of(notes)
    data = csv_text(rows, delimiter, line_end, quote_all=quote_all).encode()
    done = fix(data, "a.csv", linter(), Settings(columns=COLUMNS), Safety.REVIEW)
    again = read_again(done.data.decode(), delimiter)
    before = read_again(data.decode(), delimiter)
    assert [(row[:1], row[2:]) for row in again] == [(row[:1], row[2:]) for row in before]
    changed = sum(row != old for row, old in zip(again, before, strict=True))
    assert bool(changed) is bool(done.changes)


@settings(max_examples=300)
@given(st.one_of(st.binary(), SOURCES.map(str.encode)), st.sampled_from(sorted(TABLES)))
def test_any_bytes_are_a_table_or_unreadable(data: bytes, ending: str) -> None:
    fault = None
    try:
        read_bytes(data, f"a{ending}", columns=("a",))
    except UnreadableFile as error:
        fault = error
    assert fault is None or (fault.sentence and fault.hint)


WHOLE = workbook({"Notes": rows_of(["Tom is six.", "He hides."]), "More": rows_of(["drift"])})


@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6), st.integers(0))
def test_a_damaged_workbook_is_a_table_or_unreadable(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at % len(data)] = byte
    test_any_bytes_are_a_table_or_unreadable.hypothesis.inner_test(bytes(data[: cut or None]), ".xlsx")
