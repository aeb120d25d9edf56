"""The reference of the configuration: current, whole, and true."""

from __future__ import annotations

import re
from pathlib import Path

from commands import ROOT, run

from sos_lint.config import read_config
from sos_lint.settings.keys import KEYS, OF_A_PHRASE, OF_SOME_FILES

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_the_page_is_what_the_table_of_keys_makes_now() -> None:
    ran = run("config", "page")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == PAGE, "run `sos-lint config page > docs/configuration.md` and commit what it changes"


def test_every_key_stands_there_with_its_example() -> None:
    for key in KEYS:
        assert f"\n## `{key.name}`\n\n{key.meaning}\n" in PAGE
        assert f"```yaml\n{key.example}\n```" in PAGE
    for key in (*OF_SOME_FILES, *OF_A_PHRASE):
        assert key.meaning in PAGE


def test_the_example_for_python_can_be_used(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(example)
    settings = read_config(tmp_path / "pyproject.toml").settings
    assert (settings.profile, settings.ignore) == ("learning", ("acronyms/unknown",))
