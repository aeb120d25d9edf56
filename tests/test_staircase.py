"""The order of imports, and the home of each outside library: `[tool.importlinter]` in pyproject.toml."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from commands import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in a folder."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_import_goes_down_the_stairs() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "sos_lint", folder / "sos_lint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


# A module, a line put at its end, and what must be said.
WRONG = {
    "a new module": ("stray.py", "", "sos_lint.stray"),
    "up the stairs": ("fold.py", "import sos_lint.lint", "sos_lint.fold -> sos_lint.lint"),
    "up by one step": ("rule.py", "import sos_lint.catalogue", "sos_lint.rule -> sos_lint.catalogue"),
    "a neighbour": ("batch.py", "import sos_lint.project", "sos_lint.batch -> sos_lint.project"),
    "inside a function": (
        "text.py",
        "def f():\n    from sos_lint.finding import Finding",
        "sos_lint.text -> sos_lint.finding",
    ),
    "spaCy away from home": ("lint.py", "import spacy.tokens", "sos_lint.lint -> spacy"),
    "rich away from home": ("nlp/guards.py", "from rich.text import Text", "sos_lint.nlp.guards -> rich"),
    "Typer away from home": ("__main__.py", "import typer", "sos_lint.__main__ -> typer"),
    "DuckDB away from home": ("cli/audit.py", "import duckdb", "sos_lint.cli.audit -> duckdb"),
}


@pytest.mark.parametrize(("module", "line", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_step_is_said(copy: Path, module: str, line: str, said: str) -> None:
    path = copy / "sos_lint" / module
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        done = lint_imports(copy)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert said in done.stdout


def test_every_outside_library_has_a_home() -> None:
    graph = grimp.build_graph("sos_lint", include_external_packages=True, cache_dir=None)
    outside = {name for name in graph.modules if name.partition(".")[0] != "sos_lint"}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    homes = {name for contract in settings["contracts"] for name in contract.get("forbidden_modules", ())}
    assert outside - sys.stdlib_module_names - {"tomllib"} == homes  # Python 3.10 has no tomllib of its own
