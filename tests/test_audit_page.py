"""The page of an audit and its tables: nothing is loaded, nothing told that is kept back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

from archives import CLEAR, NEGLECT, parquet, records  # noqa: E402
from commands import run  # noqa: E402

from sos_lint.audit import counts  # noqa: E402

OPTIONS = ("--text", "note", "--id", "id", "--group", "team", "--date", "day")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    (folder / "empty").mkdir()
    rows = records(200)
    small = [(f"S{n}", "Night <b>Duty</b>", rows[n][2], NEGLECT if n else CLEAR) for n in range(3)]
    parquet(folder / "notes.parquet", [*rows, *small, rows[0]])
    ran = run("audit", folder / "notes.parquet", *OPTIONS, "--out", folder / "out", "--jobs", "1")
    assert (ran.status, ran.err) == (0, "")
    assert "places to make clearer in 204 notes" in ran.out
    assert "2 rows: an id that other rows have too." in ran.out
    return folder / "out"


@pytest.fixture(scope="module")
def page(done: Path) -> str:
    return (done / "dashboard.html").read_text(encoding="utf-8")


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    policy = re.search(r'content="(default-src [^"]*)"', page)
    assert policy is not None and policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"<script|\son\w+=|\sstyle=|src=|url\(|@import|https?:", page)


def test_names_of_teams_are_only_words(page: str) -> None:
    assert "Night <b>" not in page and "Night &lt;b&gt;Duty" in page


def test_each_chart_has_its_figures(page: str) -> None:
    assert page.count("<figure") == page.count("<details>") == page.count("<table>") >= 7
    assert page.count("<h2") == len(set(re.findall(r'<h2 id="([^"]+)"', page)))


def summary(done: Path, table: str) -> dict[str, dict[str, Any]]:
    found = duckdb.sql(f"FROM read_parquet('{done / 'summary.parquet'}') WHERE \"table\" = '{table}'")
    return {row[1]: dict(zip(found.columns, row, strict=True)) for row in found.fetchall()}


def test_a_small_team_is_kept_back_with_another_so_that_no_total_tells_it(done: Path, page: str) -> None:
    teams = summary(done, "group")
    small = teams["Night <b>Duty</b>"]
    assert small["kept_back"]
    assert [small[name] for name in ("notes", "of", "found", "value")] == [None] * 4
    assert sum(team["kept_back"] for team in teams.values()) >= 2
    assert "kept back" in page


def test_who_may_see_every_note_may_ask_for_every_count(done: Path) -> None:
    ran = run(
        "audit", done.parent / "notes.parquet", *OPTIONS, "--out", done, "--jobs", "1", "--threshold", "1"
    )
    assert ran.status == 0
    try:
        assert summary(done, "group")["Night <b>Duty</b>"]["found"] == 2
    finally:
        run("audit", done.parent / "notes.parquet", *OPTIONS, "--out", done, "--jobs", "1")


def test_figures_are_the_counts_of_the_findings(done: Path) -> None:
    notes, findings = (f"read_parquet('{done / name}')" for name in ("notes.parquet", "findings.parquet"))
    asked = f"(SELECT row, count(*) AS x FROM {findings} WHERE unpacked IS NOT TRUE GROUP BY row)"
    both = f"{notes} LEFT JOIN {asked} USING (row)"
    query = f"SELECT strftime(date, '%Y-%m'), sum(x), sum(word_count) FROM {both} GROUP BY 1"
    counted = {month: (int(found or 0), int(words)) for month, found, words in duckdb.sql(query).fetchall()}
    months = summary(done, "period")
    assert months.keys() == counted.keys()
    for month, line in months.items():
        if not line["kept_back"]:
            assert (line["found"], line["of"]) == counted[month]
            assert line["low"] <= line["value"] == pytest.approx(1000 * counted[month][0] / counted[month][1])


def test_what_got_better_is_said(done: Path, page: str) -> None:
    (whole,) = summary(done, "change").values()
    assert whole["high"] < 1 and whole["verdict"] == "fewer"
    assert "times as many in the later half" in page
    assert summary(done, "rule-change").keys() == {"broad-terms/neglect", "acronyms/cin"}
    told = summary(done, "told-period")
    assert (told["2023-02"]["found"], told["2023-09"]["value"], told["2023-11"]["kept_back"]) == (0, 1, True)


def test_no_word_of_a_note_is_in_what_may_be_shown(done: Path) -> None:
    for file in done.iterdir():
        if file.is_file():
            packed = file.suffix == ".parquet"
            text = (
                str(duckdb.sql(f"FROM '{file}'").fetchall()) if packed else file.read_text(encoding="utf-8")
            )
            assert text and not any(word in text for word in ("belt", "ducks", "Ada had")), file.name


def test_bad_rows_are_listed_by_row_and_id(done: Path) -> None:
    lines = (done / "problems.csv").read_text().splitlines()
    assert lines == [
        "row,id,problem",
        "1,C0000,an id that other rows have too",
        "204,C0000,an id that other rows have too",
    ]


def test_two_periods_are_compared_in_plain_words(done: Path) -> None:
    ran = run("audit", "compare", done, "--before", "2023-07-01", "--after", "2023-07-01")
    assert ran.status == 0
    assert re.search(r"All in all: fewer \(0\.\d\d times as many, between 0\.\d\d and 0\.\d\d\)\.", ran.out)
    assert re.search(r"Broad terms told in full: 0% before, 100% after", ran.out)
    assert "  Blaming" not in ran.out
    assert "\n\nBy team, of 2 compared:\n" in ran.out  # Night Duty has no later notes
    assert "  broad-terms/neglect: fewer (0.00 times as many" in ran.out


def test_an_audit_compared_with_itself_has_not_changed(done: Path) -> None:
    ran = run("audit", "compare", done, done)
    assert "All in all: no certain change (1.00 times as many" in ran.out
    assert "fewer (" not in ran.out and "more (" not in ran.out


def test_many_groups_are_one_line_but_for_the_largest(tmp_path: Path) -> None:
    """Who names the column of families as that of teams gets a page that can still be opened."""
    rows = [
        (f"C{n}", f"Family {n // 2}" if n < 60 else "North", row[2], row[3])
        for n, row in enumerate(records(80))
    ]
    parquet(tmp_path / "notes.parquet", rows)
    assert run("audit", tmp_path / "notes.parquet", *OPTIONS, "--out", tmp_path / "out").status == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "MOST_GROUPS", 3)
        groups = {name: pile.notes for name, pile in counts.count(tmp_path / "out").by_group().items()}
    assert groups == {"28 others": 56, "Family 0": 2, "Family 1": 2, "North": 20}


REFUSED = {
    "no column": (("audit", "{}/notes.parquet", "--text", "nte", "--out", "{}/x"), "Did you mean “note”?"),
    "no source": (("audit", "{}/gone.csv", "--text", "note", "--out", "{}/x"), "there is no such file"),
    "no documents": (
        ("audit", "{}/empty", "--out", "{}/x"),
        "For a table, name its column of notes with --text.",
    ),
    "nothing to compare": (("audit", "compare", "{}/out"), "there is nothing to compare this audit with"),
    "no audit": (("audit", "compare", "{}", "{}/out"), "there is no audit in this folder"),
    "too few": (
        ("audit", "compare", "{}/out", "--before", "2001-01-01", "--after", "2023-07-01"),
        "there are too few notes",
    ),
    "columns of documents": (
        ("audit", "{}", "--group", "team", "--out", "{}/x"),
        "documents have no columns",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_one_clear_line(done: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*(part.replace("{}", str(done.parent)) for part in arguments))
    assert ran.status == 2
    assert said in ran.err and ran.err.count("\n") == 1
