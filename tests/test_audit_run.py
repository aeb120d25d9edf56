"""An audit in parts: killed at any moment it goes on, and rows are neither lost nor doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

from archives import NEGLECT, parquet, records  # noqa: E402
from commands import PLAIN  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from sos_lint.audit import pool  # noqa: E402
from sos_lint.audit.arrow import batch_of  # noqa: E402
from sos_lint.audit.columns import LOST, TOO_LONG, Columns, Row  # noqa: E402
from sos_lint.audit.counts import list_problems  # noqa: E402
from sos_lint.audit.run import FINDINGS, NOTES, PRIVATE, Wanted, audit, cut, rows_of_a_part  # noqa: E402
from sos_lint.errors import BadOption  # noqa: E402
from sos_lint.lint import Linter  # noqa: E402
from sos_lint.project import Project  # noqa: E402

COLUMNS = Columns("note", "id", "team", "day")


def wanted(folder: Path, **more: Any) -> Wanted:
    given = {"rows": 10, "jobs": 2, **more}
    return Wanted(str(folder / "notes.parquet"), folder / given.pop("out", "out"), COLUMNS, **given)


def table(file: Path) -> list[tuple[Any, ...]]:
    return list(duckdb.sql(f"FROM read_parquet('{file}')").fetchall())


def output(out: Path) -> bytes:
    return b"".join((out / name).read_bytes() for name in (NOTES, FINDINGS))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    parquet(tmp_path / "notes.parquet", records(95))
    return tmp_path


def test_each_row_is_one_note_and_its_findings_are_those_of_the_linter(archive: Path) -> None:
    told = []
    assert audit(wanted(archive), Project(excerpts=False), told.append) == []
    notes = table(archive / "out" / NOTES)
    assert [(row[0], row[1]) for row in notes] == [(n + 1, f"C{n:04}") for n in range(95)]
    findings = table(archive / "out" / FINDINGS)
    assert sum(row[-1] for row in notes) == len(findings) > 0
    assert [row[0] for row in findings] == sorted(row[0] for row in findings)
    assert (told[-1].done, told[-1].total, told[-1].before) == (95, 95, 0)
    assert list((archive / "out" / PRIVATE).iterdir()) == [archive / "out" / PRIVATE / "manifest.json"]


def test_parts_and_processes_change_nothing(archive: Path) -> None:
    for out, more in {"one": {"jobs": 1, "rows": 95}, "many": {"jobs": 2, "rows": 7}}.items():
        audit(wanted(archive, out=out, **more), Project(excerpts=False))
    assert table(archive / "one" / NOTES) == table(archive / "many" / NOTES)
    assert table(archive / "one" / FINDINGS) == table(archive / "many" / FINDINGS)


HARNESS = """
import sys
from pathlib import Path
from sos_lint.audit.counts import list_problems  # noqa: E402
from sos_lint.audit.columns import Columns
from sos_lint.audit.run import Wanted, audit
from sos_lint.project import Project
source, out = sys.argv[1:]
columns = Columns("note", "id", "team", "day")
audit(Wanted(source, Path(out), columns, jobs=2, rows=10), Project(excerpts=False))
"""


def test_a_killed_run_goes_on_where_it_stopped(archive: Path) -> None:
    """See benchmarks/archive_kills.py for twenty moments; this is one with some parts there."""
    audit(wanted(archive, out="whole"), Project(excerpts=False))
    command = [sys.executable, "-c", HARNESS, str(archive / "notes.parquet"), str(archive / "out")]
    private = archive / "out" / PRIVATE
    with subprocess.Popen(command, env={**os.environ, **PLAIN}) as process:
        while len(list(private.glob("part-*.parquet"))) < 3 and process.poll() is None:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
    there = {part.name: part.stat().st_mtime_ns for part in private.glob("part-*.parquet")}
    assert len(there) >= 3
    kept = str([table(private / name) for name in there])
    assert "broad-terms/neglect" in kept and "in the home" not in kept and "belt" not in kept
    (private / "part-00000009.parquet.123.new").write_bytes(b"half a part")
    told = []
    audit(wanted(archive), Project(excerpts=False), told.append)
    assert told[-1].before >= 30
    assert output(archive / "out") == output(archive / "whole")


def test_a_run_that_is_done_is_not_done_again(archive: Path) -> None:
    audit(wanted(archive), Project(excerpts=False))
    before = (archive / "out" / NOTES).stat().st_mtime_ns
    audit(wanted(archive), Project(excerpts=False))
    assert (archive / "out" / NOTES).stat().st_mtime_ns == before


def test_another_audit_does_not_go_into_the_same_folder(archive: Path) -> None:
    audit(wanted(archive), Project(excerpts=False))
    with pytest.raises(BadOption, match="another audit"):
        audit(wanted(archive, with_words=True), Project(excerpts=False))
    parquet(archive / "notes.parquet", records(96))
    with pytest.raises(BadOption, match="has changed since"):
        audit(wanted(archive), Project(excerpts=False))
    audit(wanted(archive, anew=True), Project(excerpts=False))
    assert len(table(archive / "out" / NOTES)) == 96


def test_words_are_kept_only_where_they_are_asked_for(archive: Path) -> None:
    audit(wanted(archive), Project(excerpts=False))
    assert "neglect'" not in str(table(archive / "out" / FINDINGS)).replace("broad-terms/neglect'", "")
    audit(wanted(archive, out="words", with_words=True), Project(excerpts=False))
    names = duckdb.sql(f"FROM read_parquet('{archive / 'words' / FINDINGS}')").columns
    assert names[-1] == "words"
    assert {row[-1] for row in table(archive / "words" / FINDINGS)} == {"neglect", "CIN", "violence"}


@pytest.mark.skipif(sys.platform != "linux", reason="the lint that fails is put in by a fork")
def test_a_row_that_no_process_survives_is_listed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a lack of memory does: the process is gone, with nothing said."""
    lint, begun = Linter.lint, pool.Pool._begun

    def dies(self: Linter, document: Any, *more: Any, **most: Any) -> Any:
        if "limpets" in document.text:
            os._exit(9)
        return lint(self, document, *more, **most)

    rows = records(40)
    rows[17] = (*rows[17][:3], "Nobody gave her more than limpets: neglect.")
    parquet(archive / "notes.parquet", rows)
    monkeypatch.setattr(Linter, "lint", dies)
    monkeypatch.setattr(pool.Pool, "_begun", lambda self, jobs, _: begun(self, jobs, "fork"))
    audit(wanted(archive), Project(excerpts=False))
    notes = duckdb.sql(
        f"SELECT id, word_count, problems FROM read_parquet('{archive / 'out' / NOTES}')"
    ).fetchall()
    assert [(id, problems) for id, _, problems in notes if problems] == [("C0017", [LOST])]
    assert sum(words is not None for _, words, _ in notes) == 39


def test_a_long_note_is_listed_and_costs_no_memory(archive: Path) -> None:
    rows = records(3)
    rows[1] = (*rows[1][:3], NEGLECT * 80_000)
    parquet(archive / "notes.parquet", rows)
    audit(wanted(archive), Project(excerpts=False))
    assert [row[-2] for row in table(archive / "out" / NOTES)] == [[], [TOO_LONG], []]


def test_a_folder_of_documents_is_an_archive(tmp_path: Path) -> None:
    for team, text in (("north", NEGLECT), ("south", "Ada had tea.")):
        (tmp_path / "in" / team).mkdir(parents=True)
        (tmp_path / "in" / team / "note.md").write_text(text)
    (tmp_path / "in" / "broken.docx").write_bytes(b"no Word file")
    (tmp_path / "in" / "out").mkdir()
    (tmp_path / "in" / "out" / "dashboard.html").write_text("<p>There is neglect.")  # of an earlier audit
    asked = Wanted(str(tmp_path / "in"), tmp_path / "in" / "out", None, group="folder")
    audit(asked, Project(excerpts=False))
    notes = duckdb.sql(
        f"SELECT id, \"group\", places, len(problems) FROM read_parquet('{tmp_path / 'in' / 'out' / NOTES}')"
    ).fetchall()
    below = [(Path(id).relative_to(tmp_path / "in").as_posix(), *rest) for id, *rest in notes]
    assert below == [
        ("broken.docx", None, 0, 1),
        ("north/note.md", "north", 1, 0),
        ("south/note.md", "south", 0, 0),
    ]


@given(
    st.lists(st.integers(0, 9), max_size=40),
    st.lists(st.integers(1, 7), min_size=1),
    st.integers(1, 5),
    st.integers(1, 20),
)
def test_where_a_part_ends_is_said_by_the_rows_alone(
    lengths: list[int], batches: list[int], rows: int, size: int
) -> None:
    """However the rows come in batches, the parts are the same, and hold every row once."""
    whole = batch_of([Row(str(n), None, None, b"x" * length) for n, length in enumerate(lengths)], 1)
    pieces, start = [], 0
    while start < len(lengths):
        pieces.append(whole.slice(start, batches[len(pieces) % len(batches)]))
        start += pieces[-1].num_rows
    parts = list(cut(iter(pieces), rows, size))
    assert parts == list(cut(iter([whole]), rows, size))
    assert [id for part in parts for id in part.column("id").to_pylist()] == [
        str(n) for n in range(len(lengths))
    ]
    for part in parts:
        assert part.num_rows <= rows
        assert part.num_rows == 1 or sum(len(text) for text in part.column("text").to_pylist()) <= size


@pytest.mark.parametrize(("rows", "parts"), [(50, 1), (1_000, 10), (10_000, 65), (1_000_000, 500)])
def test_a_small_archive_is_work_for_every_process_and_a_big_one_no_heap_of_files(
    rows: int, parts: int
) -> None:
    assert -(-rows // rows_of_a_part(rows)) == parts


def test_an_audit_opens_no_connection_and_writes_only_where_it_is_told(archive: Path) -> None:
    from test_privacy import CHECK, watched

    options = ("--text", "note", "--id", "id", "--date", "day", "--jobs", "2")
    done = watched(CHECK, "audit", archive / "notes.parquet", *options, "--out", archive / "out")
    assert (done.returncode, b"REFUSED" in done.stderr) == (0, False), done.stderr
    wrote = {line.split(maxsplit=1)[1] for line in done.stderr.splitlines() if line.startswith(b"WROTE")}
    elsewhere = {path for path in wrote if not path.startswith(os.fsencode(archive / "out"))}
    assert {path for path in elsewhere if b"store" not in path} <= {os.fsencode(os.devnull)}


FORMULAS = {
    "=HYPERLINK(A1)": "'=HYPERLINK(A1)",
    "@SUM(1)": "'@SUM(1)",
    "+1 2": "'+1 2",
    "-7": "-7",
    "C-1": "C-1",
}


@pytest.mark.parametrize(("name", "listed"), FORMULAS.items(), ids=FORMULAS)
def test_no_id_is_a_formula_in_the_table_that_people_open(tmp_path: Path, name: str, listed: str) -> None:
    """Each row has the same id, so each is listed."""
    parquet(tmp_path / "notes.parquet", [(name, *rest) for _, *rest in records(2)])
    audit(wanted(tmp_path), Project(excerpts=False), [].append)
    assert [problem.rows for problem in list_problems(tmp_path / "out")] == [2]
    rows = (tmp_path / "out" / "problems.csv").read_text().splitlines()
    assert [row.split(",")[1] for row in rows] == ["id", listed, listed]
    assert {row[1] for row in table(tmp_path / "out" / NOTES)} == {name}
