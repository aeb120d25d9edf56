"""The English model is the one that was weighed, or the run says in one line that it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import run
from spacy.util import get_package_path

from sos_lint.errors import BadModel
from sos_lint.nlp import grammar, model_files
from sos_lint.nlp.grammar import FOR_TREES, MODEL_VERSION, MODELS, UNUSED

NEEDS_MODEL = "Tom has contact with his aunt.\n"  # whether that is a noun


@pytest.fixture(scope="module")
def installed() -> Path:
    name = MODELS[-1]
    return get_package_path(name) / f"{name}-{MODEL_VERSION}"


def test_the_installed_model_is_the_one_that_was_weighed(installed: Path) -> None:
    model_files.check(installed)


def test_every_file_that_is_loaded_is_checked(installed: Path) -> None:
    """But for what says who made it, and for components that are never loaded."""
    passed_over = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json", "meta.json"}
    there = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    loaded = {name for name in there - passed_over if name.partition("/")[0] not in UNUSED}
    assert loaded == {name for name, _ in model_files._hashes()}


@pytest.mark.parametrize("name", ["tok2vec/model", "config.cfg", "vocab/strings.json"])
def test_a_file_that_is_another_or_missing(installed: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(installed, tmp_path / "model"))
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(BadModel, match=name):
        model_files.check(folder)
    (folder / name).unlink()
    with pytest.raises(BadModel, match=name):
        model_files.check(folder)


def test_what_is_not_loaded_is_not_asked_for(installed: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(installed, tmp_path / "model"))
    (folder / "parser" / "model").write_bytes(b"")
    model_files.check(folder, FOR_TREES)


def test_another_model_ends_the_run_with_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is the program's, not a document's: it is not told again for each of them."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(NEEDS_MODEL)
    hashes = model_files._HASHES.read_text("ascii")
    (tmp_path / "hashes").write_text(hashes.replace("a", "b"))
    monkeypatch.setattr(model_files, "_HASHES", tmp_path / "hashes")
    grammar.model.cache_clear()
    ran = run("check", "a.md", "b.md", "--no-cache")
    grammar.model.cache_clear()
    assert ran.status == 2
    assert "is not the one that sos-lint was made with" in " ".join((ran.err + ran.out).split())
    assert "Install it anew" in ran.err + ran.out
