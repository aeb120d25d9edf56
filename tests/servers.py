"""Runs the steps of our action and the job of our component as GitHub and GitLab do, without either."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from commands import ROOT, Ran
from repositories import call, environment

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
COMPONENT = (ROOT / "templates" / "sos-lint.yml").read_text(encoding="utf-8")
BASH = shutil.which("bash")

_EXPRESSION = re.compile(r"\$\{\{ (?P<name>[\w.-]+)(?: \|\| '(?P<otherwise>[^']*)')? \}\}")
_INPUT = re.compile(r"\$\[\[ inputs\.([\w-]+) \]\]")


@dataclass(frozen=True, slots=True)
class Job:
    """What came of a job: how its last step ended, what it gave as outputs, and its summary."""

    ran: Ran
    outputs: dict[str, str]
    summary: str


def step(id: str) -> dict[str, Any]:
    """A step of the action."""
    (found,) = (step for step in ACTION["runs"]["steps"] if step["id"] == id)
    return found


def run_step(id: str, given: Mapping[str, str], known: Mapping[str, str], workspace: Path, home: Path) -> Job:
    """A step of the action in a workspace.

    `given` are inputs, as a workflow has them under `with`; `known` what else expressions may name.
    """
    inputs = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | dict(given)
    values = {f"inputs.{name}": value for name, value in inputs.items()} | dict(known)

    def value(match: re.Match[str]) -> str:
        return values.get(match["name"], "") or match["otherwise"] or ""

    told = {name: _EXPRESSION.sub(value, said) for name, said in step(id)["env"].items()}
    assert "${{" not in "".join(told.values())
    script, outputs, summary = (home / name for name in ("step.sh", "outputs", "summary.md"))
    env = {
        **environment(home),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(home / "temp"),
        **told,
    }
    (home / "temp").mkdir(exist_ok=True)
    outputs.touch()
    summary.write_text("Before.\n", encoding="utf-8")
    script.write_text(step(id)["run"], encoding="utf-8")
    ran = call(BASH or "bash", "--noprofile", "--norc", "-eo", "pipefail", script, cwd=workspace, env=env)
    lines = outputs.read_text(encoding="utf-8").splitlines()
    return Job(ran, dict(line.split("=", 1) for line in lines), summary.read_text(encoding="utf-8"))


def run_check(given: Mapping[str, str], workspace: Path, home: Path) -> Job:
    """The step of the action that checks, with this checkout's `sos-lint`."""
    return run_step("check", given, {"steps.install.outputs.programs": str(home / "bin")}, workspace, home)


def component(given: Mapping[str, str]) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The header of the component, and the name and content of its job, with the inputs put into the text."""
    header, job = COMPONENT.split("\n---\n")
    spec = yaml.safe_load(header)
    inputs = {name: one.get("default", "") for name, one in spec["spec"]["inputs"].items()} | dict(given)
    ((name, content),) = yaml.safe_load(_INPUT.sub(lambda match: inputs[match[1]], job)).items()
    return spec, name, content


def run_job(given: Mapping[str, str], workspace: Path, home: Path) -> Ran:
    """The script of the component's job, by the plainest shell that an image may have."""
    _, _, job = component({"package": "sos-lint", **given})
    script = home / "job.sh"
    script.write_text("\n".join(job["script"]), encoding="utf-8")
    env = {**environment(home), "CI": "true", "GITLAB_CI": "true", **job["variables"]}
    return call("sh", "-e", script, cwd=workspace, env=env)
