"""What is shipped: a wheel of the code and the rules and nothing else, which works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from commands import PLAIN, ROOT, run


def build(target: str, source: Path, folder: Path) -> Path:
    """What hatchling makes of the source: `wheel` or `sdist`."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=source,
        capture_output=True,
        check=True,
    )
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build("wheel", ROOT, tmp_path_factory.mktemp("wheel")))


def test_two_builds_are_the_same_to_the_byte(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkout and the source distribution make one wheel, whenever their files were written."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    one, other = (build("wheel", here, tmp_path / here.name) for here in (ROOT, source))
    assert one.read_bytes() == other.read_bytes()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source distribution."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))) as archive:
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (unpacked,) = folder.iterdir()
    return unpacked


@pytest.fixture(scope="module")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked, as an installer leaves it."""
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def away(installed: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Python with the installed package and everything else of this environment, but not the checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **PLAIN, "PYTHONPATH": str(installed)},
        cwd=installed,
        capture_output=True,
        check=False,
    )


def test_the_wheel_holds_the_code_and_the_rules_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sos_lint").rglob("*.py")}
    rules = {f"sos_lint/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "rules").rglob("*.yml")}
    page = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sos_lint" / "web" / "page").iterdir()}
    styles = {"sos_lint/reporters/to_html/style.css", "sos_lint/audit/page/style.css"}
    assert names == code | rules | page | styles | {"sos_lint/py.typed", "sos_lint/nlp/model.sha256"}


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    about = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert about["LICENSE"] == (ROOT / "LICENSE").read_text()
    assert "sos-lint = sos_lint.__main__:command" in about["entry_points.txt"]
    assert "sos_lint = sos_lint.pipe:create" in about["entry_points.txt"]
    metadata = HeaderParser().parsestr(about["METADATA"])
    assert metadata["Name"] == "sos-lint"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Version"] == run("--version").out.split()[1]


def test_away_from_the_checkout_the_rules_are_the_same(installed: Path) -> None:
    where = away(installed, "-c", "import sos_lint; print(sos_lint.__file__)")
    assert Path(where.stdout.decode().strip()).is_relative_to(installed)
    listed = away(installed, "-m", "sos_lint", "rules", "list", "--format", "json")
    assert listed.stderr == b""
    ids = [member["id"] for member in json.loads(listed.stdout)["rules"]]
    assert ids == [m["id"] for m in json.loads(run("rules", "list", "--format", "json").out)["rules"]]


def test_away_from_the_checkout_a_draft_is_checked(installed: Path) -> None:
    (installed / "draft.txt").write_text("There is neglect.")
    done = away(installed, "-m", "sos_lint", "check", "draft.txt", "--quiet")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"draft.txt:1:10  broad term  broad-terms/neglect" in done.stdout


def test_the_source_makes_the_same_wheel(wheel: zipfile.ZipFile, source: Path, tmp_path: Path) -> None:
    again = zipfile.ZipFile(build("wheel", source, tmp_path / "again"))
    assert sorted(again.namelist()) == sorted(wheel.namelist())


def test_the_source_can_be_tested_and_tried(source: Path) -> None:
    for path in ("LICENSE", "README.md", "CHANGELOG.md", "tests/test_packaging.py", "examples/referral.md"):
        assert (source / path).is_file(), path
