"""Which rules and settings hold for which file."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_packs import rule, write_pack

from sos_lint.errors import BadConfig, BadOption, BadPack
from sos_lint.project import Project
from sos_lint.readers.find import find_documents
from sos_lint.settings import FailOn, Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("a/deep", "b"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, text: str) -> Path:
    path = folder / ".sos-lint.yml"
    path.write_text(text)
    return path


def settings_for(path: str, asked: Settings | None = None, config: Path | None = None) -> Settings:
    return Project(asked, config=config).choose(Path(path))[1]


NEAREST = {
    "above": ("a/deep/x.md", ("acronyms",)),
    "beside": ("b/x.md", ("jargon",)),
    "none": ("x.md", ()),
    "a sibling, by way of here": ("a/../b/x.md", ("jargon",)),
    "a file that is not there": ("b/gone/x.md", ("jargon",)),
}


@pytest.mark.parametrize(("path", "ignore"), NEAREST.values(), ids=NEAREST)
def test_each_file_has_the_nearest_configuration(here: Path, path: str, ignore: tuple[str, ...]) -> None:
    configure(here / "a", "ignore: acronyms")
    configure(here / "b", "ignore: jargon")
    assert settings_for(path).ignore == ignore


def test_a_configuration_above_is_not_met_through_a_sibling(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(here / "a", "ignore: acronyms")
    monkeypatch.chdir(here / "a")
    assert settings_for("../b/x.md").ignore == ()


def test_a_given_configuration_holds_for_every_file(here: Path) -> None:
    configure(here / "b", "ignore: jargon")
    given = configure(here / "a", "ignore: acronyms")
    assert settings_for("b/x.md", config=given).ignore == ("acronyms",)


ASKED = {
    "nothing": ("select: jargon\nfail-on: error", Settings(), Settings(("jargon",), fail_on=FailOn.ERROR)),
    "select replaces": ("select: jargon", Settings(("acronyms",)), Settings(("acronyms",))),
    "ignore adds up": (
        "ignore: jargon",
        Settings(ignore=("acronyms",)),
        Settings(ignore=("jargon", "acronyms")),
    ),
    "fail-on wins": ("fail-on: error", Settings(fail_on=FailOn.NEVER), Settings(fail_on=FailOn.NEVER)),
    "what is asked for as well is not ignored": (
        "ignore: [jargon, acronyms]",
        Settings(also=("jargon",)),
        Settings(ignore=("acronyms",), also=("jargon",)),
    ),
    "what is asked for is not ignored": (
        "ignore: [jargon, acronyms/unknown]",
        Settings(("jargon",)),
        Settings(("jargon",), ("acronyms/unknown",)),
    ),
}


@pytest.mark.parametrize(("text", "asked", "expected"), ASKED.values(), ids=ASKED)
def test_what_is_asked_for_lies_over_the_configuration(
    here: Path, text: str, asked: Settings, expected: Settings
) -> None:
    configure(here, text)
    assert settings_for("x.md", asked) == expected


def test_packs_of_the_configuration_and_of_the_command_add_up(here: Path) -> None:
    ours = write_pack(here / "ours", {"marram": rule("marram", phrases=["marram"])})
    theirs = write_pack(
        here / "theirs",
        {"thrift": rule("thrift", phrases=["thrift"])},
        {"id": "theirs", "title": "Theirs", "version": "1", "sources": {"guide": "A guide"}},
    )
    configure(here, "packs: ours\nseverity: {small: error}")
    linter, settings = Project(Settings(("small/marram", "theirs"), packs=(theirs,))).choose(Path("x.md"))
    assert settings.packs == (ours, theirs)
    assert {"small/marram", "theirs/thrift", "broad-terms/neglect"} <= {
        member.id for member in linter.catalogue
    }


def test_linters_and_configurations_are_made_once(here: Path) -> None:
    config = configure(here, "ignore: jargon")
    project = Project()
    first, _ = project.choose(Path("a/x.md"))
    config.write_text("not: read again")
    second, settings = project.choose(Path("a/y.md"))
    assert second is first
    assert settings.ignore == ("jargon",)


def test_a_broken_configuration_is_said_each_time_and_others_are_followed(here: Path) -> None:
    configure(here / "a", "ignor: jargon")
    project = Project()
    for name in ("a/x.md", "a/deep/y.md"):
        with pytest.raises(BadConfig, match=r"^a/\.sos-lint\.yml:1: the key “ignor”"):
            project.choose(Path(name))
    assert project.choose(Path("b/x.md"))[1] == Settings()


def test_an_unknown_name_in_a_configuration_is_its_own_fault(here: Path) -> None:
    configure(here, "select: acronyms\nignore:\n  - jargn")
    with pytest.raises(BadConfig, match=r"^\.sos-lint\.yml:3: .*“jargn”.*“jargon”\?$"):
        settings_for("x.md", Settings(("acronyms",)))


OPTIONS = [
    (Settings(select=("acronyms", "jargn")), "--select: .*“jargn”.*“jargon”"),
    (Settings(ignore=("neglct",)), "--ignore: .*“neglct”.*“broad-terms/neglect”"),
    (Settings(also=("recordng",)), "--with: .*“recordng”"),
    (Settings(select=("Acronyms",)), "--select: .*“Acronyms”.*“acronyms”"),
    (Settings(ignore=("xyzzy",)), "--ignore: .*“xyzzy”.*rules list"),
]


@pytest.mark.parametrize(("asked", "said"), OPTIONS, ids=[said for _, said in OPTIONS])
@pytest.mark.usefixtures("here")
def test_an_unknown_name_on_the_command_line_stops_the_run(asked: Settings, said: str) -> None:
    with pytest.raises(BadOption, match=said):
        settings_for("x.md", asked)


def test_a_given_configuration_that_is_broken_stops_the_run(here: Path) -> None:
    with pytest.raises(BadConfig, match="ignor"):
        Project(config=configure(here, "ignor: x"))
    with pytest.raises(BadConfig, match="no such file"):
        Project(config=here / "gone.yml")


def test_a_given_pack_that_is_broken_stops_the_run_with_every_fault(here: Path) -> None:
    pack = write_pack(here / "ours", {"one": {**rule("one"), "phrase": ["x"]}, "two": "id: ["})
    with pytest.raises(BadPack) as caught:
        Project(Settings(packs=(pack, here / "b")))
    assert "there is no pack here" in str(caught.value)
    with pytest.raises(BadPack) as caught:
        Project(Settings(packs=(pack,)))
    assert {fault.place.rpartition("/")[2].partition(":")[0] for fault in caught.value.faults} == {
        "one.yml",
        "two.yml",
    }


# A configuration, and which of the files in FILES it lets be found.
FILES = ("a.md", "letters/a.md", "letters/old/a.md", "letters/old/b.txt")
WALKS = {
    "nothing said": ("fail-on: never", FILES),
    "exclude a folder": ("exclude: old/", ("a.md", "letters/a.md")),
    "exclude an ending, but one": ('exclude: ["*.md", "!/a.md"]', ("a.md", "letters/old/b.txt")),
    "include a folder": ("include: letters/", FILES[1:]),
    "include an ending": ('include: "*.txt"', ("letters/old/b.txt",)),
    "both": ("include: letters/\nexclude: old/", ("letters/a.md",)),
    "added to what it extends": ("extend: base.yml\nexclude: /a.md", ("letters/a.md",)),
    "cannot be followed": ("exclude: [3]", FILES),
}


@pytest.mark.parametrize(("text", "expected"), WALKS.values(), ids=WALKS)
def test_include_and_exclude_say_what_is_found_below(
    here: Path, text: str, expected: tuple[str, ...]
) -> None:
    (here / "base.yml").write_text("exclude: old/")
    configure(here, text)
    for name in FILES:
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("Tom is six.")
    found, _ = find_documents(["."], Project().leaves_out)
    assert [document.path.as_posix() for document in found] == list(expected)
    project = Project()
    found, _ = find_documents(FILES, project.leaves_out, project.forces_exclude)
    assert [document.name for document in found] == sorted(FILES)
    project = Project(force_exclude=True)
    found, _ = find_documents(FILES, project.leaves_out, project.forces_exclude)
    assert [document.name for document in found] == list(expected)


# What the configuration and the command say of forcing exclusions, and whether they are forced.
FORCED = {
    "nobody": ("exclude: old/", None, False),
    "the configuration": ("force-exclude: true", None, True),
    "the configuration, not to": ("force-exclude: false", None, False),
    "what it extends": ("extend: base.yml", None, True),
    "over what it extends": ("extend: base.yml\nforce-exclude: false", None, False),
    "the command": ("exclude: old/", True, True),
    "the command, over the configuration": ("force-exclude: true", False, False),
    "a configuration that cannot be followed": ("force-exclude: perhaps", None, False),
}


@pytest.mark.parametrize(("text", "asked", "expected"), FORCED.values(), ids=FORCED)
def test_who_forces_exclusions(here: Path, text: str, asked: bool | None, expected: bool) -> None:
    (here / "base.yml").write_text("force-exclude: true")
    configure(here, text)
    assert Project(force_exclude=asked).forces_exclude(Path("a/x.md")) is expected
