"""What the README shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from sos_lint import lint_text
from sos_lint.config import read_config
from sos_lint.packs import load
from sos_lint.selftest import try_rules

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
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
    assert settings.ignore == ("acronyms/unknown", "jargon/contact")


def test_the_python_example_runs() -> None:
    (finding,) = lint_text("There is neglect in the home.")
    assert (finding.rule, finding.start.offset, len(finding.questions)) == ("broad-terms/neglect", 9, 4)


def test_every_linked_file_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (Path(__file__).parent.parent / link).exists()] == []
