"""`--service` and `--form`, at the command line and in a configuration, and names that `fix` puts right."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from commands import run

NAMED = "# Safety goal\n\nTom sleeps through each night.\n\nTwo danger statements were read out.\n"
FIXED = "# Wellbeing goal\n\nTom sleeps through each night.\n\nTwo critical worry statements were read out.\n"
FOUND = [("Safety goal", "Wellbeing goal"), ("danger statements", "critical worry statements")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("help/draft.md", "care/draft.md", "draft.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NAMED)
    return tmp_path


def wrong_names(*arguments: str) -> dict[str, list[tuple[str, str]]]:
    ran = run("check", "--format", "json", "--select", "names", *arguments)
    assert ran.err == ""
    return {
        file["path"]: [(one["text"], one["alternatives"][0]) for one in file["findings"]]
        for file in json.loads(ran.out)["files"]
    }


@pytest.mark.usefixtures("here")
def test_the_names_of_a_service_are_asked_for_on_one_run() -> None:
    assert wrong_names("draft.md", "--service", "early-help") == {"draft.md": FOUND}
    assert wrong_names("draft.md", "--service", "child-protection") == {"draft.md": []}
    assert wrong_names("draft.md") == {"draft.md": []}


CONFIG = """\
service: child-protection
overrides:
  - files: "help/*"
    service: early-help
  - files: "care/*"
    service: children-in-care
"""


def test_a_configuration_names_the_service_by_glob(here: Path) -> None:
    (here / ".sos-lint.yml").write_text(CONFIG)
    found = wrong_names("draft.md", "help", "care")
    assert found["draft.md"] == []
    assert found["help/draft.md"] == FOUND
    assert found["care/draft.md"] == [("Safety goal", "Success goal"), FOUND[1]]


def test_the_command_line_wins_over_the_configuration(here: Path) -> None:
    (here / ".sos-lint.yml").write_text(CONFIG)
    assert wrong_names("help", "--service", "child-protection") == {"help/draft.md": []}


def test_a_configuration_declares_forms_by_glob(here: Path) -> None:
    (here / ".sos-lint.yml").write_text("overrides:\n  - files: 'help/*'\n    form: safer\n")
    ran = run("check", "--format", "json", "--select", "forms", ".")
    lacking = {file["path"]: len(file["findings"]) for file in json.loads(ran.out)["files"]}
    assert lacking == {"./care/draft.md": 0, "./draft.md": 0, "./help/draft.md": 5}


# The arguments, and the one line that says what is wrong.
UNKNOWN = {
    "a service": (
        "check draft.md --service early-halp",
        "--service: no service is called “early-halp”. Did you mean “early-help”?\n",
    ),
    "a service like no other": (
        "check draft.md --service x",
        "--service: no service is called “x”. There are child-protection, early-help, children-in-care.\n",
    ),
    "a form": ("check draft.md --form safr", "--form: no form is called “safr”. Did you mean “safer”?\n"),
    "a service to fix for": (
        "fix draft.md --service early-halp",
        "--service: no service is called “early-halp”. Did you mean “early-help”?\n",
    ),
    "a service to rewrite for": (
        "rewrite draft.md --questions --service early-halp",
        "--service: no service is called “early-halp”. Did you mean “early-help”?\n",
    ),
}


@pytest.mark.parametrize(("command", "said"), UNKNOWN.values(), ids=UNKNOWN)
@pytest.mark.usefixtures("here")
def test_what_no_pack_names_is_a_fault(command: str, said: str) -> None:
    ran = run(*command.split())
    assert (ran.status, ran.out, ran.err) == (2, "", said)


# What a configuration says, and the line and words of the fault.
FAULTS = {
    "a service": ("service: early-halp\n", "1: no service is called “early-halp”"),
    "a form": ("fail-on: never\nform: safr\n", "2: no form is called “safr”"),
    "a service of some files": (
        "overrides:\n  - files: '*.md'\n    service: early-halp\n",
        "3: no service is called “early-halp”",
    ),
    "a list": ("service: [early-help]\n", "1: “service” should be one word."),
    "a slip in the key": ("sevice: early-help\n", "1: the key “sevice” is not known here."),
}


@pytest.mark.parametrize(("config", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_configuration_has_its_place(here: Path, config: str, said: str) -> None:
    (here / ".sos-lint.yml").write_text(config)
    ran = run("check", "draft.md")
    assert ran.status == 2
    assert f".sos-lint.yml:{said}" in ran.out + ran.err


def test_a_service_of_ones_own_pack_may_be_asked_for(here: Path) -> None:
    (here / "harbour.yml").write_text(
        "services:\n  harbour:\n    title: Harbour team\n    names:\n"
        "      goal: [Calm Water Goal]\n      danger: [Danger Statement]\n"
    )
    found = wrong_names("draft.md", "--pack", "harbour.yml", "--service", "harbour")
    assert found == {"draft.md": [("Safety goal", "Calm water goal")]}


STATUS = {
    "nothing wrong": ("--service child-protection", 0),
    "a wrong name": ("--service early-help", 1),
    "a wrong name, from errors on": ("--service early-help --fail-on error", 0),
    "a form that is empty": ("--form safer", 1),
}


@pytest.mark.parametrize(("options", "status"), STATUS.values(), ids=STATUS)
@pytest.mark.usefixtures("here")
def test_the_exit_status(options: str, status: int) -> None:
    assert run("check", "draft.md", "--select", "names,forms", *options.split()).status == status


def test_fix_puts_the_names_right_where_a_look_is_taken(here: Path) -> None:
    assert run("fix", "draft.md", "--service", "early-help").status == 0
    assert (here / "draft.md").read_text() == NAMED
    assert run("fix", "draft.md", "--service", "early-help", "--review").status == 0
    assert (here / "draft.md").read_text() == FIXED
    assert wrong_names("draft.md", "--service", "early-help") == {"draft.md": []}


def test_fix_takes_the_service_from_the_configuration(here: Path) -> None:
    (here / ".sos-lint.yml").write_text(CONFIG)
    assert run("fix", "help", "draft.md", "--review").status == 0
    assert (here / "help" / "draft.md").read_text() == FIXED
    assert (here / "draft.md").read_text() == NAMED


def test_names_are_put_right_in_capitals_too(here: Path) -> None:
    (here / "draft.md").write_text("# SAFETY GOALS\n\n- Tom sleeps.\n")
    run("fix", "draft.md", "--service", "early-help", "--review")
    assert (here / "draft.md").read_text() == "# WELLBEING GOALS\n\n- Tom sleeps.\n"


@pytest.mark.usefixtures("here")
def test_json_has_the_edit_of_a_name() -> None:
    ran = run("check", "draft.md", "--format", "json", "--select", "names", "--service", "early-help")
    (first, _) = json.loads(ran.out)["files"][0]["findings"]
    (edit,) = first["edits"]
    assert (edit["replacement"], edit["safety"]) == ("Wellbeing goal", "review")
    assert NAMED[edit["start"] : edit["end"]] == "Safety goal"


def test_annotate_asks_for_the_names_of_the_service(here: Path) -> None:
    draft, file = docx.Document(), io.BytesIO()
    draft.add_heading("Safety goal", 1)
    draft.add_paragraph("Tom sleeps through each night.")
    draft.save(file)
    (here / "draft.docx").write_bytes(file.getvalue())
    command = "annotate draft.docx -o copy.docx --select names --service early-help"
    ran = run(*command.split())
    assert ran.status == 0
    with ZipFile(here / "copy.docx") as copy:
        assert "Wellbeing goal" in copy.read("word/comments.xml").decode()


@pytest.mark.usefixtures("here")
def test_rewrite_asks_for_the_names_of_the_service() -> None:
    with_service = run("rewrite", "draft.md", "--questions", "--service", "early-help").out
    assert "Wellbeing goal" in with_service
    assert "Wellbeing goal" not in run("rewrite", "draft.md", "--questions").out
