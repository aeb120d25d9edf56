"""Configuration: which file counts, what it says, what overrides what, and how its faults are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sos_lint.config import Config, find_config, read_config
from sos_lint.errors import BadConfig
from sos_lint.kinds import Severity
from sos_lint.settings import FailOn, IgnoredWords, Profile, Settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


TABLE = "[tool.sos-lint]\n"

FOUND = {
    "none": ({"other.yml": ""}, "a/b", None),
    "here": ({"a/.sos-lint.yml": ""}, "a", "a/.sos-lint.yml"),
    "above": ({".sos-lint.yml": ""}, "a/b", ".sos-lint.yml"),
    "the nearest": ({".sos-lint.yml": "", "a/.sos-lint.yml": ""}, "a/b", "a/.sos-lint.yml"),
    "not beside": ({"a/.sos-lint.yml": ""}, "b", None),
    "the longer ending": ({".sos-lint.yaml": ""}, ".", ".sos-lint.yaml"),
    "pyproject with our table": ({"pyproject.toml": TABLE}, "a", "pyproject.toml"),
    "pyproject with only a part": (
        {"pyproject.toml": '[tool.sos-lint.severity]\njargon = "error"'},
        ".",
        "pyproject.toml",
    ),
    "pyproject without it": ({"pyproject.toml": "[tool.ruff]"}, ".", None),
    "past pyproject without it": (
        {"a/pyproject.toml": "[project]", ".sos-lint.yml": ""},
        "a",
        ".sos-lint.yml",
    ),
    "our own before pyproject": ({"pyproject.toml": TABLE, ".sos-lint.yml": ""}, ".", ".sos-lint.yml"),
    "not a folder of that name": ({".sos-lint.yml/a.txt": ""}, ".", None),
}


@pytest.mark.parametrize(("files", "start", "expected"), FOUND.values(), ids=FOUND)
def test_found(here: Path, files: dict[str, str], start: str, expected: str | None) -> None:
    write(here, files)
    found = find_config(here / start)
    assert found == (None if expected is None else here / expected)


EVERYTHING = Settings(
    select=("jargon", "acronyms"),
    ignore=("acronyms/unknown",),
    severities=(("jargon", Severity.SUGGESTION), ("acronyms", Severity.ERROR)),
    fail_on=FailOn.NEVER,
    also=("recording",),
    profile=Profile.LEARNING,
)

READ = {
    "nothing": (".sos-lint.yml", "", Settings()),
    "only a comment": (".sos-lint.yml", "# later\n", Settings()),
    "keys without a value": (
        ".sos-lint.yml",
        "select:\nignore:\nseverity:\npacks:\nfail-on:\nprofile:\nwith:\nextend:\noverrides:\n",
        Settings(),
    ),
    "one name for a list": (".sos-lint.yml", "select: jargon", Settings(select=("jargon",))),
    "short forms that YAML takes for truth values": (
        ".sos-lint.yml",
        "ignore: [no, on]",
        Settings(ignore=("no", "on")),
    ),
    "everything in YAML": (
        ".sos-lint.yml",
        "select: [jargon, acronyms]\nignore: [acronyms/unknown]\n"
        "severity:\n  jargon: suggestion\n  acronyms: error\nfail-on: never\n"
        "profile: learning\nwith: recording\n",
        EVERYTHING,
    ),
    "everything in TOML": (
        "pyproject.toml",
        f'{TABLE}select = ["jargon", "acronyms"]\nignore = "acronyms/unknown"\nfail-on = "never"\n'
        'profile = "learning"\nwith = ["recording"]\n'
        '[tool.sos-lint.severity]\njargon = "suggestion"\nacronyms = "error"\n',
        EVERYTHING,
    ),
    "words that may stand": (
        ".sos-lint.yml",
        "ignore-words:\n  - Neglect Toolkit\n  - words: placement order\n    rules: jargon\n"
        "    reason: its name\n",
        Settings(
            ignored_words=(
                IgnoredWords("Neglect Toolkit"),
                IgnoredWords("placement order", ("jargon",), "its name"),
            )
        ),
    ),
    "words that may stand, in TOML": (
        "pyproject.toml",
        f"{TABLE}require-reason = true\n"
        'ignore-words = [{words = "placement order", reason = "its name"}]\n',
        Settings(ignored_words=(IgnoredWords("placement order", (), "its name"),), require_reason=True),
    ),
    "columns of tables": (".sos-lint.yml", "column: [Note, seen]", Settings(columns=("Note", "seen"))),
    "one column of tables": (".sos-lint.yml", "column: case, note", Settings(columns=("case, note",))),
    "a byte-order mark": (".sos-lint.yml", "\ufeffselect: jargon", Settings(select=("jargon",))),
    "line ends of Windows": (".sos-lint.yml", "select: jargon\r\n", Settings(select=("jargon",))),
}


@pytest.mark.parametrize(("name", "text", "expected"), READ.values(), ids=READ)
def test_read(here: Path, name: str, text: str, expected: Settings) -> None:
    write(here, {name: text})
    assert read_config(here / name).settings == expected


def test_packs_are_paths_from_the_configuration(here: Path) -> None:
    write(here, {"rules/.sos-lint.yml": "packs: [ours.yml, ../shared]", "rules/ours.yml": "", "shared/a": ""})
    assert read_config(here / "rules" / ".sos-lint.yml").settings.packs == (
        here / "rules" / "ours.yml",
        here / "rules" / ".." / "shared",
    )


# What is written; the line that is named; words of what must be said, and of the mend.
BROKEN = {
    "unknown key": ("fail-on: never\nignor: [x]", 2, "“ignor” is not known", "“ignore”?"),
    "columns that are no words": ("column: [1]", 1, "“column” should be a list of words", ""),
    "unknown key like none": ("weather: wet", 1, "“weather” is not known", "The keys are select, ignore"),
    "a list, not keys": ("- a", 1, "should be keys with values", "sos-lint init"),
    "a word, not keys": ("jargon", 1, "should be keys with values", "sos-lint init"),
    "not YAML": ("select: [a\n", 2, "not YAML", "missing quote"),
    "twice": ("select: a\nselect: b", 2, "twice", "Keep one"),
    "an anchor": ("select: &a [b]", 1, "anchors", "quotes"),
    "select as keys": ("\nselect: {a: b}", 2, "“select” should be a list of words", ""),
    "ignore as a number": ("ignore: 3", 1, "“ignore” should be a list of words", ""),
    "packs as a truth value": ("packs: true", 1, "“packs” should be a list of words", ""),
    "severity as a list": ("severity: [jargon]", 1, "“severity” should be rules", "jargon: suggestion"),
    "severity unknown": ("severity:\n  a: error\n  b: eror", 3, "“eror” is not a severity", "“error”?"),
    "severity like none": ("severity:\n  a: 7", 2, "“7” is not a severity", "error"),
    "fail-on unknown": ("fail-on: newer", 1, "“newer” is not a severity", "“never”?"),
    "profile unknown": ("profile: strickt", 1, "“strickt” is not a profile", "“strict”?"),
    "with as keys": ("with: {a: b}", 1, "“with” should be a list of words", ""),
    "exclude as keys": ("exclude: {a: b}", 1, "“exclude” should be a list of patterns", "*.docx"),
    "force-exclude no yes or no": ("force-exclude: old/", 1, "“force-exclude” should be true or false", ""),
    "exclude no pattern": ('exclude:\n  - a\n  - "!"', 3, "“!” is no pattern", ".gitignore"),
    "exclude a range that runs backwards": ("exclude: ['[z-a]']", 1, "“[z-a]” is no pattern", ".gitignore"),
    "ignore-words as keys": ("ignore-words: {a: b}", 1, "“a” is not known", "words, rules"),
    "ignore-words as a number": ("ignore-words:\n  - a\n  - 3", 3, "should be a list of phrases", "Toolkit"),
    "ignore-words without words": ("ignore-words:\n  - rules: a", 2, "needs `words`", ""),
    "ignore-words with a number": ("ignore-words:\n  - words: 3", 2, "needs `words`", ""),
    "ignore-words with rules as keys": (
        "ignore-words:\n  - words: a\n    rules: {b: c}",
        3,
        "“rules” should be a list",
        "",
    ),
    "ignore-words without a reason": (
        "require-reason: true\nignore-words:\n  - {words: a, reason: b}\n  - c",
        4,
        "no reason",
        "`reason:`",
    ),
    "ignore-words of some files without a reason": (
        "require-reason: true\noverrides:\n  - files: a\n    ignore-words: [c]",
        4,
        "no reason",
        "`reason:`",
    ),
    "require-reason as a word": ("require-reason: maybe", 1, "should be true or false", ""),
    "require-reason for some files": (
        "overrides:\n  - files: a\n    require-reason: true",
        3,
        "“require-reason” is for the whole project",
        "Move it out",
    ),
    "fail-on as a list": ("fail-on: [error]", 1, "is not a severity", "error"),
    "overrides as keys": ("overrides: {a: b}", 1, "“overrides” should be a list", "- files:"),
    "override without files": ("overrides:\n  - ignore: a", 2, "needs `files`", "letters/"),
    "override with files as a number": ("overrides:\n  - files: 3", 2, "needs `files`", "letters/"),
    "override with unknown key": (
        "overrides:\n  - files: a\n    ignroe: b",
        3,
        "“ignroe” is not known",
        "“ignore”?",
    ),
    "override of fail-on": (
        "overrides:\n  - files: a\n    fail-on: error",
        3,
        "“fail-on” is for the whole project",
        "Move it out",
    ),
    "override of packs": ("overrides:\n  - files: a\n    packs: b", 3, "“packs” is for the whole", "Move it"),
    "override with bad severity": (
        "overrides:\n  - files: a\n    severity: {b: eror}",
        3,
        "“eror” is not a severity",
        "“error”?",
    ),
    "extend as keys": ("extend: {a: b}", 1, "“extend” should be a path", ""),
    "extend missing": ("extend:\n  - a.yml", 2, "no file “a.yml” to extend", "starts from this file"),
    "extend a folder": ("extend: .", 1, "no file “.” to extend", "starts from this file"),
    "pack missing": ("packs:\n  - a\n", 2, "no pack “a”", "starts from this file"),
}


@pytest.mark.parametrize(("text", "line", "said", "mend"), BROKEN.values(), ids=BROKEN)
def test_faults_name_file_line_and_mend(here: Path, text: str, line: int, said: str, mend: str) -> None:
    write(here, {"a/.sos-lint.yml": text})
    with pytest.raises(BadConfig) as caught:
        read_config(here / "a" / ".sos-lint.yml")
    assert caught.value.place == f"a/.sos-lint.yml:{line}"
    assert said in caught.value.sentence
    assert mend in caught.value.hint


BROKEN_TOML = {
    "unknown key": (f'[project]\nignor = 1\n{TABLE}ignor = "x"', 4, "“ignor” is not known", "“ignore”?"),
    "not TOML": (f"{TABLE}select\n", 2, "not TOML", "missing quote"),
    "not a table": ("[tool]\nsos-lint = 3 # [tool.sos-lint]", None, "should be a table", "[tool.sos-lint]"),
    "severity": (f'{TABLE}[tool.sos-lint.severity]\na = "eror"', 3, "“eror” is not a severity", "“error”?"),
    "the second override": (
        '[[tool.sos-lint.overrides]]\nfiles = "a"\n[[tool.sos-lint.overrides]]\nfiles = "a"\nfoo = 1',
        5,
        "“foo” is not known",
        "The keys are files, select",
    ),
    "override without files": ('[[tool.sos-lint.overrides]]\nignore = "a"', 1, "needs `files`", "letters/"),
    "a list over lines": (f'{TABLE}select = [\n  "a",\n  3,\n]', 2, "“select” should be a list of words", ""),
    "after a table of another tool": (
        f'{TABLE}select = "a"\n[tool.ruff]\nignor = 1\n[tool.sos-lint.severity]\nb = "no"',
        6,
        "“no” is not a severity",
        "Use one of",
    ),
}


@pytest.mark.parametrize(("text", "line", "said", "mend"), BROKEN_TOML.values(), ids=BROKEN_TOML)
def test_faults_in_pyproject_name_the_line_too(
    here: Path, text: str, line: int | None, said: str, mend: str
) -> None:
    write(here, {"pyproject.toml": text})
    with pytest.raises(BadConfig) as caught:
        read_config(here / "pyproject.toml")
    assert caught.value.place == (f"pyproject.toml:{line}" if line else "pyproject.toml")
    assert said in caught.value.sentence
    assert mend in caught.value.hint


def test_bytes_that_are_not_utf8(here: Path) -> None:
    (here / ".sos-lint.yml").write_bytes(b"# Zo\xc3\xab\n# Zo\xeb")
    with pytest.raises(BadConfig, match="not UTF-8") as caught:
        read_config(here / ".sos-lint.yml")
    assert caught.value.place == ".sos-lint.yml:2"


def test_a_configuration_elsewhere_is_named_by_its_whole_path(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, {"a/.sos-lint.yml": "ignor: x", "b/c": ""})
    monkeypatch.chdir(here / "b")
    with pytest.raises(BadConfig) as caught:
        read_config(Path("../a/.sos-lint.yml"))
    assert caught.value.place == f"{here}/a/.sos-lint.yml:1"


def test_selectors_keep_the_line_where_they_stand(here: Path) -> None:
    write(
        here,
        {
            "base.yml": "ignore: a",
            ".sos-lint.yml": "extend: base.yml\nselect:\n  - b\n  - c\nseverity:\n  d: error\n"
            "overrides:\n  - files: x\n    ignore: [e]\n",
        },
    )
    assert dict(read_config(here / ".sos-lint.yml").names) == {
        "a": "base.yml:1",
        "b": ".sos-lint.yml:3",
        "c": ".sos-lint.yml:4",
        "d": ".sos-lint.yml:6",
        "e": ".sos-lint.yml:9",
    }


EXTENDED = {
    "lists add up, the rest is replaced": (
        {
            "base.yml": "select: [a]\nignore: [b]\nfail-on: error\nseverity: {c: error}",
            ".sos-lint.yml": "extend: base.yml\nselect: [d]\nignore: [e]\nseverity: {c: warning}",
        },
        Settings(("d",), ("b", "e"), (("c", Severity.ERROR), ("c", Severity.WARNING)), fail_on=FailOn.ERROR),
    ),
    "what is not said stays": (
        {"base.yml": "select: [a]\nfail-on: suggestion", ".sos-lint.yml": "extend: base.yml"},
        Settings(("a",), fail_on=FailOn.SUGGESTION),
    ),
    "several, the last wins": (
        {
            "a.yml": "select: [a]\nfail-on: error",
            "b.yml": "select: [b]",
            ".sos-lint.yml": "extend: [a.yml, b.yml]",
        },
        Settings(("b",), fail_on=FailOn.ERROR),
    ),
    "over two steps": (
        {
            "sub/a.yml": "ignore: [a]",
            "sub/b.yml": "extend: a.yml\nignore: [b]",
            ".sos-lint.yml": "extend: sub/b.yml\nignore: [c]",
        },
        Settings(ignore=("a", "b", "c")),
    ),
    "the same twice is no circle": (
        {
            "base.yml": "ignore: [a]",
            "b.yml": "extend: base.yml",
            ".sos-lint.yml": "extend: [b.yml, base.yml]",
        },
        Settings(ignore=("a",)),
    ),
    "from TOML": (
        {"pyproject.toml": f'{TABLE}ignore = ["a"]', ".sos-lint.yml": "extend: pyproject.toml"},
        Settings(ignore=("a",)),
    ),
}


@pytest.mark.parametrize(("files", "expected"), EXTENDED.values(), ids=EXTENDED)
def test_extend(here: Path, files: dict[str, str], expected: Settings) -> None:
    write(here, files)
    assert read_config(here / ".sos-lint.yml").settings == expected


CIRCLES = {
    "itself": ({".sos-lint.yml": "extend: .sos-lint.yml"}, ".sos-lint.yml:1"),
    "two": ({".sos-lint.yml": "\nextend: a.yml", "a.yml": "extend: .sos-lint.yml"}, "a.yml:1"),
    "by another spelling": (
        {".sos-lint.yml": "extend: b/a.yml", "b/a.yml": "extend: ../b/../.sos-lint.yml"},
        "b/a.yml:1",
    ),
    "longer than anyone needs": (
        {".sos-lint.yml": "extend: 0.yml", **{f"{n}.yml": f"extend: {n + 1}.yml" for n in range(20)}},
        "9.yml:1",
    ),
}


@pytest.mark.parametrize(("files", "place"), CIRCLES.values(), ids=CIRCLES)
def test_files_that_extend_one_another_in_a_circle(here: Path, files: dict[str, str], place: str) -> None:
    write(here, files | {"20.yml": ""})
    with pytest.raises(BadConfig, match="circle") as caught:
        read_config(here / ".sos-lint.yml")
    assert caught.value.place == place


COVERED = [
    ("*.md", "letters/a.md", True),
    ("*.md", "a.md", True),
    ("*.md", "a.docx", False),
    ("a.md", "letters/a.md", True),
    ("letters/*", "letters/a.md", True),
    ("letters/*", "letters/old/a.md", True),
    ("letters/*", "more/letters/a.md", False),
    ("*/letters/*", "more/letters/a.md", True),
    ("letters/*.md", "letters/a.txt", False),
    ("Letters/*", "letters/a.md", False),
]


@pytest.mark.parametrize(("pattern", "path", "covered"), COVERED, ids=[f"{p} {f}" for p, f, _ in COVERED])
def test_overrides_cover_the_files_of_their_patterns(
    here: Path, pattern: str, path: str, covered: bool
) -> None:
    write(here, {".sos-lint.yml": f"overrides:\n  - files: '{pattern}'\n    ignore: jargon"})
    config = read_config(here / ".sos-lint.yml")
    assert config.settings_for(here / path) == (Settings(ignore=("jargon",)) if covered else Settings())


def test_overrides_lie_over_the_project_in_order(here: Path) -> None:
    write(
        here,
        {
            "base.yml": "overrides:\n  - files: '*.md'\n    select: a\n    severity: {x: error}",
            ".sos-lint.yml": "extend: base.yml\nignore: b\nfail-on: error\noverrides:\n"
            "  - files: [a.md, b.md]\n    select: c\n    ignore: d\n    severity: {x: warning}",
        },
    )
    config = read_config(here / ".sos-lint.yml")
    assert config.settings_for(here / "deep" / "a.md") == Settings(
        ("c",), ("b", "d"), (("x", Severity.ERROR), ("x", Severity.WARNING)), fail_on=FailOn.ERROR
    )
    assert config.settings_for(Path("c.md")).select == ("a",)
    assert config.settings_for(here / "c.txt").select == ()


def test_a_file_outside_the_folder_is_covered_by_its_name(here: Path) -> None:
    write(here, {"a/.sos-lint.yml": "overrides:\n  - files: ['*.md', 'a/*']\n    ignore: jargon"})
    config = read_config(here / "a" / ".sos-lint.yml")
    assert config.settings_for(here / "b" / "x.md").ignore == ("jargon",)
    assert config.settings_for(here / "b" / "x.txt").ignore == ()


def test_an_empty_configuration_says_nothing() -> None:
    assert Config().settings_for(Path("a.md")) == Settings()
