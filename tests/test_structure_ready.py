"""How ready a form is to be sent: the words of a report, the page at the terminal, and the JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import ROOT, run
from rich.console import Console

from sos_lint.document import Document
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.report import FileReport, ReadyForm, Report
from sos_lint.reporters.to_terminal import to_terminal
from sos_lint.settings import Settings

DRAFT = (ROOT / "examples" / "safer-draft.md").read_bytes()
MAP = "# What are we worried about?\n\n{}\n\n# What's working well?\n\n{}\n\n# What needs to happen?\n\n{}\n"
HARM = "Dad hit Tom with a belt on 3 and 9 May; the 9th was the worst, and it was the last time."
WELL = "Nan has walked Tom to school every day since Easter."
DO = "Mum will ring the nurse by Friday 12 June."
GOAL = (
    "Safety goal: Dad will walk away and ring Nan when he is angry, every time for six months, and Tom's "
    "teacher will see Tom come in smiling."
)


def document(text: str | bytes) -> Document:
    return read_bytes(text.encode() if isinstance(text, str) else text, "draft.md")


def ready(text: str | bytes, form: str | None = None) -> ReadyForm | None:
    settings = Settings(form=form)
    draft = document(text)
    return shared_linter().ready(draft, shared_linter().lint(draft, settings), settings)


def the_form(text: str | bytes, form: str | None = None) -> ReadyForm:
    found = ready(text, form)
    assert found is not None
    return found


# What stands in the three columns; how many are written, of the statements complete, and questions open.
COUNTED = {
    "all that is asked": ((HARM, WELL, DO), (3, 3), (0, 0), 0),
    "nothing": (("", "", ""), (0, 3), (0, 0), 3),
    "one column": ((HARM, "", ""), (1, 3), (0, 0), 2),
    "only a prompt": ((HARM, "What do others do?", DO), (2, 3), (0, 0), 1),
    "no day": ((HARM, WELL, "Mum will ring the nurse."), (3, 3), (0, 0), 1),
    "a whole goal": ((HARM, WELL, f"{DO}\n\n{GOAL}"), (3, 3), (1, 1), 0),
    "half a goal": ((HARM, WELL, f"{DO}\n\nSafety goal: Things will be better."), (3, 3), (0, 1), 1),
    "a broad term": ((f"{HARM} There is neglect.", WELL, DO), (3, 3), (0, 0), 1),
    "words that are only plainer": (
        (f"{HARM} Mum met the CAMHS team.", WELL, DO),
        (3, 3),
        (0, 0),
        0,
    ),
}


@pytest.mark.parametrize(("columns", "written", "complete", "open_"), COUNTED.values(), ids=COUNTED)
def test_what_is_counted(
    columns: tuple[str, str, str], written: tuple[int, int], complete: tuple[int, int], open_: int
) -> None:
    found = the_form(MAP.format(*columns))
    assert (found.written, found.complete, found.open) == (written, complete, open_)


def test_the_questions_stand_in_the_order_of_the_form() -> None:
    found = the_form(DRAFT)
    assert [section.name for section in found.sections] == [
        "Situation",
        "Assessment",
        "Family",
        "Expected response",
        "Recording",
    ]
    assert [len(section.questions) > 0 for section in found.sections] == [False, True, True, False, False]


def test_what_stands_outside_the_sections_is_told_last() -> None:
    found = the_form("There is neglect.\n\n" + MAP.format(HARM, WELL, DO))
    assert [section.questions for section in found.sections if section.questions] == []
    (asked,) = found.elsewhere.questions
    assert asked.question.startswith("“neglect”: ")
    assert asked.place == "1:10"


def test_a_document_that_is_no_form_has_none() -> None:
    assert ready("Tom had tea with his gran.") is None


def test_a_form_that_is_asked_for_is_answered_for_whatever_stands_there() -> None:
    found = the_form("Tom had tea with his gran.", "safer")
    assert {section.state for section in found.sections} == {"missing"}
    assert found.written == (0, 5)


def test_the_form_that_is_asked_for_goes_before_another() -> None:
    text = MAP.format(HARM, WELL, DO)
    assert the_form(text).title == "The three columns of Signs of Safety"
    assert the_form(text, "safer").title == "SAFER referral"


@pytest.mark.parametrize("width", [60, 80])
def test_the_page_is_the_golden_one(width: int, check_golden: Callable[[str, str], None]) -> None:
    files = (
        FileReport("draft.md", ready=the_form(DRAFT)),
        FileReport("good.md", ready=the_form((ROOT / "examples" / "safer.md").read_bytes())),
        FileReport("note.md"),
    )
    out = io.StringIO()
    to_terminal(Report(files, summary=True), Console(file=out, width=width, color_system=None))
    check_golden(f"ready-{width}.txt", out.getvalue())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_bytes(DRAFT)
    (tmp_path / "note.md").write_text("Tom had tea with his gran.")
    return tmp_path


def files_of(*arguments: str) -> list[dict[str, object]]:
    ran = run("check", "--format", "json", *arguments)
    assert ran.err == ""
    files: list[dict[str, object]] = json.loads(ran.out)["files"]
    return files


@pytest.mark.usefixtures("folder")
def test_json_has_the_readiness_of_forms_alone() -> None:
    draft, note = files_of("--summary", ".")
    assert "readiness" not in note
    readiness = draft["readiness"]
    assert isinstance(readiness, dict)
    assert readiness["form"] == "SAFER referral"
    assert [(one["name"], one["state"], one["required"]) for one in readiness["sections"]] == [
        ("Situation", "filled", True),
        ("Assessment", "filled", True),
        ("Family", "empty", True),
        ("Expected response", "filled", True),
        ("Recording", "filled", True),
    ]
    assert readiness["sections"][1]["statements"] == [
        {"name": "Danger statement", "place": "13:19", "complete": False}
    ]
    assert readiness["sections"][2]["questions"] == [
        {"place": "15:4", "question": "Who is in the family and who helps, and what do they say about this?"}
    ]
    assert readiness["elsewhere"]["questions"] == []


@pytest.mark.usefixtures("folder")
def test_without_the_summary_there_is_no_readiness() -> None:
    assert all("readiness" not in file for file in files_of("."))


@pytest.mark.usefixtures("folder")
def test_the_summary_changes_no_exit_status() -> None:
    assert run("check", "draft.md", "--summary").status == run("check", "draft.md").status == 1
    assert run("check", "note.md", "--summary").status == 0
    assert run("check", "draft.md", "--summary", "--fail-on", "never").status == 0
    assert run("check", "gone.md", "draft.md", "--summary").status == 2


@pytest.mark.usefixtures("folder")
def test_without_excerpts_the_page_holds_no_words_of_the_draft() -> None:
    words = run("check", "draft.md", "--summary", "--no-excerpts").out
    assert "SAFER referral" in words
    assert not any(name in words for name in ("Ngozi", "Karl", "Ivy", "milk"))
