"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from commands import ROOT, run

from sos_lint import lint_text
from sos_lint.config import read_config
from sos_lint.packs import load
from sos_lint.selftest import try_rules

README = (ROOT / "README.md").read_text(encoding="utf-8")
YAML = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def block(start: str) -> str:
    (found,) = (text for text in YAML if text.startswith(start))
    return found


def test_the_rules_of_ones_own_pass_their_examples(tmp_path: Path) -> None:
    pack = tmp_path / "our-words.yml"
    pack.write_text(block("# our-words.yml"), encoding="utf-8")
    trial = try_rules(load([pack]), ["our-words"])
    assert (trial.rules, trial.faults) == (2, ())


def test_the_settings_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / ".sos-lint.yml").write_text("select: [acronyms]\n", encoding="utf-8")
    path = tmp_path / "project" / ".sos-lint.yml"
    path.parent.mkdir()
    (path.parent / "our-words.yml").write_text(block("# our-words.yml"), encoding="utf-8")
    path.write_text(block("fail-on:"), encoding="utf-8")
    settings = read_config(path).settings_for(path.parent / "templates" / "form.md")
    assert settings.select == ("acronyms",)
    assert (settings.service, settings.form) == ("child-protection", None)
    assert read_config(path).settings_for(path.parent / "referrals" / "one.md").form == "safer"
    assert settings.ignore == ("acronyms/unknown", "jargon/contact")


def test_the_python_example_runs() -> None:
    (finding,) = lint_text("There is neglect in the home.")
    assert (finding.rule, finding.start.offset, len(finding.questions)) == ("broad-terms/neglect", 9, 4)


def test_the_page_before_sending_is_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ((command, shown),) = re.findall(r"```console\n\$ sos-lint ([^\n]*)\n(.*?)```", README, re.DOTALL)
    assert run(*command.split()).out.rstrip() == shown.rstrip()


# What the workflow and the job write, and the format that each begins with.
IN_CI = {
    "# .github/workflows": {"summary.md": "<!-- sos-lint -->", "sos-lint.sarif": "{"},
    "# .gitlab-ci.yml": {"quality.json": "[", "junit.xml": "<?xml"},
}


@pytest.mark.parametrize(("start", "files"), IN_CI.items(), ids=IN_CI)
def test_the_lines_for_ci_work(
    start: str, files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "form.md").write_text("There is neglect.")
    (job,) = (value for value in find(yaml.safe_load(block(start))) if value.startswith("sos-lint check "))
    arguments = shlex.split(job.replace("$GITHUB_STEP_SUMMARY", "summary.md"))[1:]
    ran = run(*arguments)
    assert (ran.status, ran.err) == (1, "")
    assert "templates/form.md" in ran.out
    assert {path.name for path in tmp_path.iterdir()} == {"templates", *files}
    for name, begins in files.items():
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith(begins)
        assert name in README
        assert "templates/form.md" in text


def find(value: object) -> Iterator[str]:
    """Every string in what YAML holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in find(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in find(inner))


def test_every_linked_file_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_short_name_of_the_command_is_told() -> None:
    """After the first command, `sos-lint fix` was “command not found”: nothing said how to make it known."""
    before = README.split("\nsos-lint ")[0]
    assert "source .venv/bin/activate" in before
