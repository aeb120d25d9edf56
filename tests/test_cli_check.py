"""`sos-lint check` as people use it: paths, standard input, options, and where the report goes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import PLAIN, ROOT, run, spawn
from small_packs import rule, write_pack

DRAFT = "Odette has a CIN plan. There is neglect. She sees the QZVT team.\n"
FOUND = ["acronyms/cin", "broad-terms/neglect", "acronyms/unknown"]

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="there is nothing of the kind on Windows")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(DRAFT)
    return tmp_path


def rules_found(*arguments: str | Path, stdin: bytes = b"") -> list[str]:
    ran = run("check", "--format", "json", *arguments, stdin=stdin)
    assert ran.err == ""
    return [finding["rule"] for file in json.loads(ran.out)["files"] for finding in file["findings"]]


@pytest.mark.parametrize("name", ["referral.txt", "referral.json"])
def test_the_example_is_reported_as_in_the_golden_file(
    name: str, monkeypatch: pytest.MonkeyPatch, check_golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    ran = run(
        "check",
        "examples/referral.md",
        "--format",
        "json" if name.endswith("json") else "text",
        "--statistics",
    )
    assert (ran.status, ran.err) == (1, "")
    check_golden(name, ran.out)


SELECTED = {
    "all": ([], FOUND),
    "an id": (["--select", "broad-terms/neglect"], ["broad-terms/neglect"]),
    "a file of rules": (["--select", "acronyms/social-care"], ["acronyms/cin"]),
    "a pack": (["--select", "acronyms"], ["acronyms/cin", "acronyms/unknown"]),
    "a kind": (["--select", "broad-term"], ["broad-terms/neglect"]),
    "two, with a comma": (["--select", "broad-term,acronyms/unknown"], FOUND[1:]),
    "two, with a comma and a space": (["--select", "broad-term, acronyms/unknown,"], FOUND[1:]),
    "two, said twice": (["--select", "broad-term", "--select", "acronyms/unknown"], FOUND[1:]),
    "all but an id": (["--ignore", "acronyms/unknown"], FOUND[:2]),
    "all but a pack": (["--ignore", "acronyms"], ["broad-terms/neglect"]),
    "all but two": (["--ignore", "acronyms/cin,broad-term"], ["acronyms/unknown"]),
    "a pack but for an id": (["--select", "acronyms", "--ignore", "acronyms/cin"], ["acronyms/unknown"]),
}


@pytest.mark.parametrize(("options", "expected"), SELECTED.values(), ids=SELECTED)
@pytest.mark.usefixtures("here")
def test_rules_are_chosen(options: list[str], expected: list[str]) -> None:
    assert rules_found("draft.txt", *options) == expected


PATHS = {
    "none given": ([], ["./a/one.md", "./draft.txt", "./two.md"]),
    "this folder": (["."], ["./a/one.md", "./draft.txt", "./two.md"]),
    "a folder": (["a"], ["a/one.md"]),
    "a file twice": (["two.md", "two.md", "./two.md"], ["./two.md"]),
    "sorted": (["two.md", "draft.txt", "a"], ["a/one.md", "draft.txt", "two.md"]),
}


@pytest.mark.parametrize(("paths", "expected"), PATHS.values(), ids=PATHS)
def test_paths(here: Path, paths: list[str], expected: list[str]) -> None:
    (here / "a").mkdir()
    for name in ("a/one.md", "two.md", "a/house.png"):
        (here / name).write_text(DRAFT)
    ran = run("check", "--format", "json", *paths)
    assert [file["path"] for file in json.loads(ran.out)["files"]] == expected


LINK = b"There is [neglect](a.md), and `neglect` in code."

STDIN = {
    "plain text": (["-"], "-", [11, 32]),
    "a name that tells the kind": (["-", "--stdin-filename", "notes/a.md"], "notes/a.md", [11]),
    "a name alone": (["--stdin-filename", "a.md"], "a.md", [11]),
    "a name of text": (["--stdin-filename", "a.txt"], "a.txt", [11, 32]),
}


@pytest.mark.parametrize(("arguments", "path", "columns"), STDIN.values(), ids=STDIN)
@pytest.mark.usefixtures("here")
def test_standard_input(arguments: list[str], path: str, columns: list[int]) -> None:
    ran = run("check", "--format", "json", "--select", "broad-terms/neglect", *arguments, stdin=LINK)
    (file,) = json.loads(ran.out)["files"]
    assert file["path"] == path
    assert [finding["start"]["column"] for finding in file["findings"]] == columns


def test_standard_input_beside_files(here: Path) -> None:
    ran = run("check", "--quiet", "-", "draft.txt", "--select", "broad-term", stdin=LINK)
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["-", "-", "draft.txt"]
    (here / ".sos-lint.yml").write_text("ignor: x")
    ran = run("check", "--quiet", "-", "draft.txt", stdin=LINK)
    assert ran.out.splitlines() == [
        ".sos-lint.yml:1: the key “ignor” is not known here. Did you mean “ignore”? "
        "Until then, 2 files are not checked."
    ]


def test_the_folder_of_the_name_gives_standard_input_its_configuration(here: Path) -> None:
    (here / "letters").mkdir()
    (here / "letters" / ".sos-lint.yml").write_text("ignore: broad-term")
    assert rules_found("--stdin-filename", "letters/a.txt", stdin=DRAFT.encode()) == [FOUND[0], FOUND[2]]


def test_configurations_hold_below_them(here: Path) -> None:
    (here / "letters").mkdir()
    (here / "letters" / "a.txt").write_text(DRAFT)
    (here / "letters" / ".sos-lint.yml").write_text("select: broad-term\nseverity: {broad-term: error}")
    ran = run("check", "--format", "json", ".")
    draft, letter = json.loads(ran.out)["files"]
    assert [finding["rule"] for finding in draft["findings"]] == FOUND
    assert [(f["rule"], f["severity"]) for f in letter["findings"]] == [("broad-terms/neglect", "error")]


def test_a_given_configuration_takes_the_place_of_the_nearest(here: Path) -> None:
    (here / ".sos-lint.yml").write_text("ignor: x")
    (here / "mine.yml").write_text("ignore: acronyms")
    assert rules_found("--config", "mine.yml", "draft.txt") == ["broad-terms/neglect"]


def test_a_broken_configuration_leaves_other_folders_checked(here: Path) -> None:
    for name in ("a", "b"):
        (here / name).mkdir()
        (here / name / "one.txt").write_text(DRAFT)
        (here / name / "two.txt").write_text(DRAFT)
    (here / "a" / ".sos-lint.yml").write_text("fail-on: never\nselect: [jargn]")
    ran = run("check", "--quiet", "--select", "broad-term", "a", "b")
    assert (ran.status, ran.err) == (2, "")
    one, two, fault = ran.out.splitlines()
    assert one.startswith("b/one.txt:1:33")
    assert two.startswith("b/two.txt:1:33")
    assert fault == (
        "a/.sos-lint.yml:2: no rule, pack or kind is called “jargn”. Did you mean “jargon”? "
        "Until then, 2 files are not checked."
    )


def test_a_pack_of_ones_own(here: Path) -> None:
    pack = write_pack(here / "ours", {"plan": rule("plan", phrases=["plan"])})
    assert rules_found("draft.txt", "--pack", pack, "--select", "small") == ["small/plan"]
    (here / ".sos-lint.yml").write_text("packs: ours\nselect: small/plan")
    assert rules_found("draft.txt") == ["small/plan"]


# A slip on the command line is one line on standard error, and no report.
SLIPS = {
    "an unknown rule": (["--select", "nglect"], ["--select: ", "“broad-terms/neglect”?"]),
    "an unknown rule to ignore": (["--ignore", "jargn"], ["--ignore: ", "“jargon”?"]),
    "no configuration": (["--config", "gone.yml"], ["gone.yml: ", "no such file", "Check its name"]),
    "a folder as configuration": (["--config", "."], ["cannot be read", "Check its name"]),
    "no pack": (["--pack", "gone"], ["gone: there is no such pack", "Check its name"]),
    "a folder without a pack": (["--pack", "."], [".: there is no pack here", "pack.yml"]),
    "no folder for the report": (["-o", "gone/report.txt"], ["gone/report.txt: ", "no folder “gone”"]),
    "a folder as the report": (["-o", "."], [".: this is a folder", "file's name"]),
    "a draft as the report": (["-o", "draft.txt"], ["draft.txt: the report would replace this draft"]),
    "a draft by another spelling": (["-o", "../here/draft.txt"], ["would replace this draft"]),
    "a link to a draft": (["-o", "link.md"], ["would replace this draft"]),
}


@pytest.mark.parametrize(("options", "said"), SLIPS.values(), ids=SLIPS)
def test_slips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: list[str]) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("draft.txt").write_text(DRAFT)
    Path("link.md").symlink_to("draft.txt")
    ran = run("check", "draft.txt", *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    for words in said:
        assert words in ran.err
    assert Path("draft.txt").read_text() == DRAFT


def test_every_fault_of_a_given_pack_is_said(here: Path) -> None:
    files = {"one": {**rule("one", phrases=["x"]), "messag": "y"}, "two": "id: ["}
    pack = write_pack(here / "ours", files)
    ran = run("check", "draft.txt", "--pack", pack)
    assert (ran.status, ran.out) == (2, "")
    assert sorted(line.partition(" ")[0] for line in ran.err.splitlines()) == [
        f"{pack}/one.yml:1:",
        f"{pack}/two.yml:2:",
    ]
    assert "Did you mean “message”?" in ran.err


USAGE = {
    "a draft instead of a command": (["draft.txt"], "To check it: sos-lint check draft.txt"),
    "a folder instead of a command": (["."], "To check it: sos-lint check ."),
    "an unknown command": (["chekc"], "Did you mean 'check'"),
    "an unknown option": (["check", "--selct", "x"], "--select"),
    "an unknown format": (["check", "--format", "pdf"], "'text', 'json'"),
    "an unknown threshold": (["check", "--fail-on", "always"], "'never'"),
    "an option without its value": (["check", "--output"], "requires an argument"),
}


@pytest.mark.parametrize(("arguments", "said"), USAGE.values(), ids=USAGE)
@pytest.mark.usefixtures("here")
def test_usage(arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("format", ["text", "json"])
def test_the_report_goes_to_a_file(here: Path, format: str) -> None:
    printed = run("check", "draft.txt", "--format", format, "--quiet")
    written = run("check", "draft.txt", "--format", format, "--quiet", "--output", "report")
    assert (written.status, written.out, written.err) == (1, "", "")
    assert (here / "report").read_text(encoding="utf-8") == printed.out


def test_a_report_replaces_the_one_before_and_is_not_read_as_a_draft(here: Path) -> None:
    for _ in range(2):
        assert run("check", ".", "--quiet", "--output", "report.txt").status == 1
    lines = (here / "report.txt").read_text().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["./draft.txt"] * 3


def test_a_report_in_a_file_has_no_colour(here: Path) -> None:
    """FORCE_COLOR, as build servers set it, put the codes of colours into the file."""
    colourful = {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "NO_COLOR": "", "TERM": "xterm"}
    assert "\x1b" in run("check", "draft.txt", env=colourful).out
    run("check", "draft.txt", "--output", "report.txt", env=colourful)
    assert "\x1b" not in (here / "report.txt").read_text(encoding="utf-8")


@unix_only
def test_a_report_has_the_rights_of_any_new_file(here: Path) -> None:
    run("check", ".", "--output", "report.txt")
    (here / "other.txt").touch()
    assert (here / "report.txt").stat().st_mode == (here / "other.txt").stat().st_mode


@unix_only
@pytest.mark.usefixtures("here")
def test_a_device_is_written_to_and_stays_a_device() -> None:
    assert run("check", "draft.txt", "--output", os.devnull).status == 1
    assert Path(os.devnull).is_char_device()


def test_quiet_is_one_line_each_and_nothing_for_the_clear(here: Path) -> None:
    assert len(run("check", "--quiet", "draft.txt").out.splitlines()) == 3
    (here / "clear.txt").write_text("Odette had tea.")
    assert run("check", "--quiet", "clear.txt").out == ""
    assert run("check", "clear.txt").out == "Nothing to ask: 1 file reads clearly.\n"


@pytest.mark.usefixtures("here")
def test_statistics_are_added() -> None:
    assert "13 words read: 230.8 findings per 1,000 words." in run("check", "draft.txt", "--statistics").out
    report = json.loads(run("check", "draft.txt", "--statistics", "-f", "json").out)
    assert report["statistics"]["by_rule"] == dict.fromkeys(sorted(FOUND), 1)


def test_verbose_lists_every_repeat(here: Path) -> None:
    (here / "draft.txt").write_text("The CIN plan goes on. " * 12)
    assert "and 3 more" in run("check", "draft.txt").out
    assert "and 3 more" not in run("check", "draft.txt", "--verbose").out


@pytest.mark.usefixtures("here")
def test_verbose_gives_a_sentence_to_start_from() -> None:
    """A rule's `scaffold` stood in no report."""
    assert "Try: " not in run("check", "draft.txt").out
    assert "Try: [Who] [did" in run("check", "draft.txt", "--verbose").out


def test_a_reader_that_goes_away_ends_it_in_silence(here: Path) -> None:
    (here / "draft.txt").write_text(f"{DRAFT}\n" * 100)
    with subprocess.Popen(
        [sys.executable, "-m", "sos_lint", "check", "draft.txt", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **PLAIN},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2


@unix_only
@pytest.mark.parametrize("command", ["check draft.txt", "check draft.txt -f json", "rules schema", "--help"])
def test_standard_output_without_room(here: Path, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = subprocess.run(
        f"{sys.executable} -m sos_lint {command} > /dev/full",
        shell=True,
        capture_output=True,
        env={**os.environ, **PLAIN},
        cwd=here,
        check=False,
    )
    assert done.returncode == 2
    assert b"no space left on device" in done.stderr
    assert done.stderr.count(b"\n") == 1


@unix_only
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("check draft.txt >&-", 1),
        ("check draft.txt -f json >&-", 1),
        ("check gone.txt >&- 2>&-", 2),
        ("check - <&-", 2),
    ],
)
def test_closed_streams(here: Path, command: str, status: int) -> None:
    done = subprocess.run(
        f"{sys.executable} -m sos_lint {command}",
        shell=True,
        capture_output=True,
        env={**os.environ, **PLAIN},
        cwd=here,
        check=False,
    )
    assert done.returncode == status
    assert done.stderr == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "draft.txt"],
        ["check", "draft.txt", "-f", "json"],
        ["rules", "explain", "contact"],
        ["rules", "list", "jargon"],
        ["rules", "list", "jargon", "-f", "json"],
    ],
    ids=" ".join,
)
def test_a_terminal_that_holds_only_ascii(here: Path, arguments: list[str]) -> None:
    (here / "draft.txt").write_text("Odette’s gran said “contact” – neglect at Zoë’s.", encoding="utf-8")
    ran = spawn(*arguments, cwd=here, env={"PYTHONIOENCODING": "ascii"})
    assert ran.err == ""
    assert ran.out.isascii()
    if "json" in arguments:
        json.loads(ran.out)


@unix_only
def test_typing_a_draft_is_explained_and_can_be_stopped() -> None:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "sos_lint", "check", "-"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **PLAIN},
    ) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        assert process.stderr.readline().startswith(b"Type or paste the draft.")
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() + process.stderr.read() == b""
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 130


@unix_only
@pytest.mark.parametrize(("count", "shown"), [(19, False), (20, True)])
def test_long_work_shows_its_progress_on_a_terminal(here: Path, count: int, shown: bool) -> None:
    import pty

    for number in range(count - 1):
        (here / f"{number}.txt").write_text("Odette had tea.")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "sos_lint", "check", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, **PLAIN, "TERM": "xterm", "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"},
        cwd=here,
        check=False,
    )
    os.write(theirs, b"END")
    seen = b""
    while b"END" not in seen:
        seen += os.read(ours, 4096)
    os.close(ours)
    os.close(theirs)
    assert (b"Reading" in seen) is shown
    assert b"Reading" not in done.stdout
    assert done.stdout.count(b"\n") == 3
