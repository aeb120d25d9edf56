"""The action for GitHub and the component for GitLab: their shape, and what their scripts do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from commands import ROOT
from repositories import call, environment, own_hooks
from servers import ACTION, BASH, COMPONENT, component, run_check, run_job, step

NEEDS_BASH = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")
NEGLECT = "There is neglect in the home of Wilbur Pennyfeather.\n"
SCRIPTS = sorted((ROOT / "ci" / "github").glob("*.sh"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A repository with a form that is not clear, one that is, and one that cannot be read."""
    folder = tmp_path / "work space"
    for name, text in {
        "forms/a form.md": NEGLECT,
        "forms/clear.md": "On Monday Dee gave Ruby her tea.\n",
        "broken/b.docx": "not a Word file",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def validate(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_has_the_shape_that_github_asks_for() -> None:
    validate("vendor.github-actions", ROOT / "action.yml")


def test_the_component_has_the_shape_that_gitlab_asks_for(tmp_path: Path) -> None:
    spec, name, job = component({"package": "sos-lint"})
    for number, part in enumerate((spec, {name: job})):
        (tmp_path / f"{number}.yml").write_text(yaml.safe_dump(part), encoding="utf-8")
        validate("vendor.gitlab-ci", tmp_path / f"{number}.yml")


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_scripts_are_sound(tmp_path: Path) -> None:
    job = tmp_path / "job.sh"
    _, _, content = component({"package": "sos-lint"})
    job.write_text("\n".join(["#!/bin/sh", *content["before_script"], *content["script"]]), encoding="utf-8")
    done = subprocess.run(["shellcheck", *SCRIPTS, job], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_input_of_the_action_is_used_and_none_stands_in_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    used = {
        name
        for one in steps
        for value in (*one.get("env", {}).values(), *one.get("with", {}).values(), one.get("if", ""))
        for name in re.findall(r"inputs\.([\w-]+)", str(value))
    }
    assert used == set(ACTION["inputs"])
    assert [one["id"] for one in steps if "${{" in one.get("run", "")] == []
    given = {
        name for one in ACTION["outputs"].values() for name in re.findall(r"outputs\.([\w-]+)", one["value"])
    }
    assert given == set(ACTION["outputs"])


OF_THE_RUNNER = {"GITHUB_ACTION_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "RUNNER_TEMP"}


@pytest.mark.parametrize("id", ["install", "check"])
def test_a_script_uses_what_its_step_gives_and_no_more(id: str) -> None:
    text = (ROOT / "ci" / "github" / f"{id}.sh").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", text))
    assert used - OF_THE_RUNNER == set(step(id)["env"])


def test_every_input_of_the_component_is_used_in_quotes_and_none_stands_in_a_script() -> None:
    spec, _, job = component({})
    header, body = COMPONENT.split("\n---\n")
    assert set(re.findall(r"inputs\.([\w-]+)", body)) == set(spec["spec"]["inputs"])
    assert len(re.findall(r'"\$\[\[ [^"]* \]\]"', body)) == body.count("$[[")
    assert "$[[" not in body.partition("before_script:")[2]
    assert "$[[" not in header
    used = set(re.findall(r"\$(SOS_LINT_[A-Z_]+)", body)) - {"SOS_LINT_HOME"}
    assert used == set(job["variables"])


GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def test_the_guide_names_what_there_is() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (hooks,), (workflow,), (pipeline,) = (
        [yaml.safe_load(text) for text in blocks if start in text]
        for start in ("repos:", "on: pull_request", "include:")
    )
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == list(own_hooks())
    (with_,) = (
        one["with"] for one in workflow["jobs"]["sos-lint"]["steps"] if "OWNER" in one.get("uses", "")
    )
    assert set(with_) <= set(ACTION["inputs"])
    table = GUIDE.partition("| input |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([\w-]+)`", re.sub(r"(?m)^(\|[^|]*\|).*", r"\1", table))) == set(
        ACTION["inputs"]
    )
    spec, _, _ = component({})
    assert set(pipeline["include"][0]["inputs"]) <= set(spec["spec"]["inputs"])
    told = GUIDE.partition("## GitLab")[2].partition("Inputs:")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", told)) == set(spec["spec"]["inputs"])
    for name, default in re.findall(r"^\| `([\w-]+)`[^|]*\| `([^`]*)` \|", table, re.MULTILINE):
        assert ACTION["inputs"][name]["default"] == default


@NEEDS_BASH
def test_findings_are_shown_in_every_place(workspace: Path, home: Path) -> None:
    job = run_check(
        {
            "paths": "forms/a form.md\nforms/clear.md\n",
            "excerpts": "true",
            "sarif-file": "a.sarif",
            "json-file": "a.json",
            "html-file": "a.html",
        },
        workspace,
        home,
    )
    assert (job.ran.status, job.ran.err) == (1, "")
    assert job.outputs == {"findings": "1", "failures": "0", "status": "1"}
    assert job.ran.out.startswith("::warning file=forms/a form.md,line=1,endLine=1,col=10,endColumn=17,")
    assert job.summary.startswith(
        "Before.\n<!-- sos-lint -->\n## sos-lint: 1 place to make clearer in 1 file\n"
    )
    assert json.loads((workspace / "a.json").read_text())["summary"]["findings"] == 1
    (run,) = json.loads((workspace / "a.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["broad-terms/neglect"]
    assert "<html" in (workspace / "a.html").read_text()
    assert list((home / "temp").iterdir()) == []


@NEEDS_BASH
def test_unless_asked_no_word_of_a_document_leaves_it(workspace: Path, home: Path) -> None:
    files = {"sarif-file": "a.sarif", "json-file": "a.json", "html-file": "a.html"}
    job = run_check({"paths": "forms", **files}, workspace, home)
    assert job.outputs["findings"] == "1"
    said = [
        job.ran.out,
        job.ran.err,
        job.summary,
        *((workspace / name).read_text() for name in files.values()),
    ]
    assert [text for text in said if "Wilbur" in text or "Pennyfeather" in text] == []
    assert all("broad-terms/neglect" in text for text in said if text)


@NEEDS_BASH
def test_what_is_not_wanted_is_not_written(workspace: Path, home: Path) -> None:
    before = sorted(workspace.rglob("*"))
    inputs = {"paths": "forms", "annotations": "false", "summary": "false", "fail-on": "error"}
    job = run_check(inputs, workspace, home)
    assert (job.ran.status, job.outputs["status"]) == (0, "0")
    assert "::" not in job.ran.out
    assert job.summary == "Before.\n"
    assert sorted(workspace.rglob("*")) == before


@NEEDS_BASH
def test_a_file_that_cannot_be_read_fails_the_step_and_the_rest_is_told(workspace: Path, home: Path) -> None:
    job = run_check({}, workspace, home)
    assert (job.ran.status, job.outputs) == (2, {"findings": "1", "failures": "1", "status": "2"})
    assert "::error file=broken/b.docx,title=sos-lint::" in job.ran.out
    assert "1 file could not be read" in job.summary


@NEEDS_BASH
def test_options_reach_the_linter(workspace: Path, home: Path) -> None:
    """Each input, or a further argument, changes what is found or how the step ends."""
    (workspace / "quiet.yml").write_text("ignore: [broad-terms]")
    for given in (
        {"config": "quiet.yml"},
        {"arguments": "--ignore=acronyms\n--ignore=broad-terms\n"},
        {"profile": "learning"},
        {"fail-on": "never"},
    ):
        job = run_check({"paths": "forms", **given}, workspace, home)
        assert (job.ran.status, job.ran.err) == (0, ""), given


@NEEDS_BASH
def test_old_findings_are_set_aside_and_changed_lines_singled_out(workspace: Path, home: Path) -> None:
    env = environment(home)
    call("git", "init", "-q", ".", cwd=workspace, env=env)
    call("git", "add", "forms", cwd=workspace, env=env)
    call("git", "commit", "-qm", "Forms", cwd=workspace, env=env)
    assert call("sos-lint", "baseline", "write", "forms", cwd=workspace, env=env).status == 0
    (workspace / "forms" / "new.md").write_text("There is neglect.")
    call("git", "add", "forms", cwd=workspace, env=env)
    for given in ({"baseline": ".sos-lint-baseline.json"}, {"changed-since": "HEAD"}):
        job = run_check({"paths": "forms", **given}, workspace, home)
        assert (job.ran.status, job.outputs["findings"]) == (1, "1")
        assert "forms/new.md" in job.ran.out
        ran = run_job({"paths": "forms", **given}, workspace, home)
        assert (ran.status, ran.out.count("broad-terms/neglect")) == (1, 1)


@NEEDS_BASH
@pytest.mark.parametrize("given", [{"excerpts": "yes"}, {"summary": ""}, {"annotations": "True\n::error::x"}])
def test_an_input_that_is_neither_true_nor_false_is_a_fault(
    workspace: Path, home: Path, given: dict[str, str]
) -> None:
    job = run_check(given, workspace, home)
    (name,) = given
    assert (job.ran.status, job.outputs) == (2, {})
    assert job.ran.out == f"::error title=sos-lint::The input '{name}' should be true or false.\n"


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a\ntouch pwned",
    "-x=1",
]


@NEEDS_BASH
@pytest.mark.parametrize("words", HOSTILE)
def test_no_input_is_a_command(workspace: Path, home: Path, words: str) -> None:
    texts = [name for name in ACTION["inputs"] if not name.endswith("-file")]
    given = dict.fromkeys(texts, words) | {"excerpts": "true", "annotations": "true", "summary": "true"}
    assert run_check(given, workspace, home).ran.status == 2
    assert list(workspace.rglob("pwned")) + list(home.rglob("pwned")) == []
    if not set(words) & set('"\n'):
        inputs = {"paths": words, "config": words, "changed-since": words, "excerpts": words}
        assert run_job(inputs, workspace, home).status == 2
        assert list(workspace.rglob("pwned")) == []


@NEEDS_BASH
def test_nothing_in_the_checkout_is_run_as_code(workspace: Path, home: Path) -> None:
    """A pull request may bring a json.py: a Python that looks where it stands would run it."""
    (workspace / "json.py").write_text("open('pwned', 'w')\n")
    job = run_check({"paths": "forms"}, workspace, home)
    assert job.outputs["findings"] == "1"
    assert not (workspace / "pwned").exists()


def test_the_job_writes_what_gitlab_reads(workspace: Path, home: Path) -> None:
    ran = run_job({"paths": "forms", "fail-on": "warning"}, workspace, home)
    _, name, job = component({})
    assert (ran.status, ran.err, name) == (1, "", "sos-lint")
    reports = job["artifacts"]["reports"]
    (finding,) = json.loads((workspace / reports["codequality"]).read_text())
    assert (finding["check_name"], finding["location"]["path"]) == ("broad-terms/neglect", "forms/a form.md")
    assert "broad-terms/neglect" in (workspace / reports["junit"]).read_text()
    for text in (ran.out, *((workspace / file).read_text() for file in reports.values())):
        assert "Pennyfeather" not in text


def test_the_job_shows_words_where_it_is_asked_to(workspace: Path, home: Path) -> None:
    ran = run_job({"paths": "forms", "excerpts": "true"}, workspace, home)
    assert "There is neglect in the home of Wilbur Pennyfeather." in ran.out
