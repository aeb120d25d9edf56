"""Several processes give what one gives, lose nothing with a process, and leave none behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from commands import PLAIN, run

from sos_lint.batch import Asked, lint_files
from sos_lint.errors import BadConfig
from sos_lint.jobs import lint_by_many
from sos_lint.project import Project
from sos_lint.readers.find import find_documents
from sos_lint.report import FileReport

posix = pytest.mark.skipif(os.name == "nt", reason="signals and processes as on POSIX")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Sixty notes, a file that cannot be read, and a folder whose configuration cannot be followed."""
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"There is neglect. A CIN plan {number}. " * (number % 4))
    (tmp_path / "30.docx").write_bytes(b"PK")
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / ".sos-lint.yml").write_text("ignore: [no-such-rule]")
    (odd / "a.txt").write_text("There is neglect.")
    (odd / "b.txt").write_text("There is neglect.")
    return tmp_path


def reports(folder: Path, project: Project, jobs: int, asked: Asked | None = None) -> list[FileReport]:
    found, _ = find_documents([str(folder)], project.leaves_out)
    if jobs == 1:
        return list(lint_files(found, project.choose, asked=asked))
    return list(lint_by_many(found, project, asked or Asked(), jobs))


@pytest.mark.parametrize("jobs", [2, 9])
def test_the_reports_are_those_of_one_process_in_the_same_order(drafts: Path, jobs: int) -> None:
    asked = Asked(measure=True, told=True, glossary=True, ready=True, keep=True)
    alone, shared = reports(drafts, Project(), 1, asked), reports(drafts, Project(), jobs, asked)
    assert len(alone) == 62
    assert any(report.failure is not None for report in alone)
    assert [kept(report) for report in shared] == [kept(report) for report in alone]


def kept(report: FileReport) -> tuple[FileReport, str | None]:
    """A report, and the text of its document, whose map is told apart by identity."""
    return replace(report, document=None), report.document.text if report.document else None


def test_the_command_says_the_same(drafts: Path) -> None:
    said = {run("check", drafts, "--jobs", str(jobs), "--format", "json").out for jobs in (1, 2)}
    assert len(said) == 1


class Deadly(Project):
    """Ends the process that is to read one of the files."""

    def choose(self, path: Path):  # type: ignore[no-untyped-def]
        if path.name == "07.txt" and multiprocessing.parent_process() is not None:
            os._exit(1)
        return super().choose(path)

    def __reduce__(self):  # type: ignore[no-untyped-def]
        return Deadly, ()


def test_a_process_that_is_lost_costs_no_other_document(drafts: Path) -> None:
    """As when the system ends the largest process for want of memory."""
    found = reports(drafts, Deadly(), 2)
    (lost,) = [report for report in found if report.path.endswith("07.txt")]
    assert lost.failure is not None
    assert lost.failure.message.startswith("The process that read this file was ended")
    rest = [report for report in found if report is not lost]
    assert rest == [one for one in reports(drafts, Project(), 1) if one.path != lost.path]


class Slow(Project):
    """Takes its time with the first file, and says who reads it."""

    def choose(self, path: Path):  # type: ignore[no-untyped-def]
        if multiprocessing.parent_process() is not None:
            Path(os.environ["SAW"]).write_text(str(os.getpid()))
            time.sleep(60)
        return super().choose(path)


SLOWLY = """
import sys
from test_jobs import Slow, reports
from pathlib import Path
reports(Path(sys.argv[1]), Slow(), 2)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_one_that_began_it(
    drafts: Path, tmp_path: Path, number: signal.Signals
) -> None:
    saw = tmp_path / "saw"
    env = {**os.environ, **PLAIN, "SAW": str(saw)}
    env["PYTHONPATH"] = os.pathsep.join([env["PYTHONPATH"], str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", SLOWLY, str(drafts)], env=env, stderr=subprocess.DEVNULL
    ) as begun:
        while not (saw.exists() and saw.read_text()):
            time.sleep(0.02)
        begun.send_signal(number)
        begun.wait(30)
    until = time.monotonic() + 30
    while is_running(int(saw.read_text())):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_slip_in_what_is_asked_for_is_told_before_any_process_begins(drafts: Path) -> None:
    ran = run("check", drafts, "--jobs", "2", "--select", "negelct")
    assert ran.status == 2
    assert "no rule, pack or kind is called “negelct”" in ran.err + ran.out


def test_a_fault_of_a_configuration_is_told_once(drafts: Path) -> None:
    faults = [one for one in reports(drafts / "odd", Project(), 2) if one.failure is not None]
    assert len(faults) == 1
    assert "2 files are not checked" in faults[0].failure.hint  # type: ignore[union-attr]


def test_a_project_is_made_anew_elsewhere_with_the_same_demands(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "mine.yml").write_text("ignore: [no-such-rule]")
    project = Project(config=tmp_path / "mine.yml", excerpts=False)
    again = pickle.loads(pickle.dumps(project))
    with pytest.raises(BadConfig):
        again.choose(tmp_path / "a.txt")
