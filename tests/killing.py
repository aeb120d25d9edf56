"""Ends commands by force at random moments, and says what was lost and what of the words was left anywhere.

`python tests/killing.py 200` does so 200 times with each command, and prints a line of JSON for each. Each
run is a process of its own, which is forked once all that commands need is loaded, so that most moments fall
into the work itself. A third of them lie anywhere in it, a third in its last part, where files are written,
and a third come as soon as a new file stands beside the draft, or a little later.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx

MARKERS = (b"Pennyfeather", b"Wrexcombe", b"limpet")
DRAFT = (
    "Wilbur Pennyfeather has a CIN plan with his aunt in Wrexcombe. There is neglect: he had limpets.\n\n"
    "The LAC review is in May. Limpets were often seen."
)
ANSWERS = "- rule: broad-terms/neglect\n  words: neglect\n  answers:\n    impact: He cried for his aunt.\n"
MODE, OWNER, MARK = 0o640, 12345, b"kept"
PLACES = ("HOME", "TMPDIR", "SOS_LINT_CACHE", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


@dataclass(frozen=True)
class Case:
    """A command: its arguments, the file that it writes, and whether some bytes are that file, whole."""

    arguments: tuple[str, ...]
    target: str
    is_whole: Callable[[bytes, bytes], bool]  # the bytes, and those of a run that was left alone


def same(data: bytes, whole: bytes) -> bool:
    return data == whole


def same_parts(data: bytes, whole: bytes) -> bool:
    """Of a Word file, all parts; those that say when they were made, by their length."""
    with tempfile.TemporaryFile() as one, tempfile.TemporaryFile() as other:
        one.write(data)
        other.write(whole)
        try:
            with zipfile.ZipFile(one) as new, zipfile.ZipFile(other) as old:
                return new.testzip() is None and [
                    (info.filename, info.file_size) for info in new.infolist()
                ] == [(info.filename, info.file_size) for info in old.infolist()]
        except zipfile.BadZipFile:
            return False


CASES = {
    "fix": Case(("fix", "draft.txt"), "draft.txt", same),
    "fix of Word": Case(("fix", "draft.docx"), "draft.docx", same_parts),
    "annotate": Case(("annotate", "draft.docx", "-o", "copy.docx", "--force"), "copy.docx", same_parts),
    "rewrite": Case(("rewrite", "draft.txt", "--answers", "answers.yml"), "draft.txt", same),
    "baseline write": Case(("baseline", "write", "draft.txt"), ".sos-lint-baseline.json", same),
    "check": Case(("check", ".", "--format", "html", "--output", "report.html"), "report.html", same),
}


def put(folder: Path) -> None:
    """The drafts as they were, and older files in the place of what is to be written."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "draft.txt").write_text(DRAFT)
    document = docx.Document()
    for number in range(40):
        document.add_paragraph(f"{number}. {DRAFT}")
    document.save(str(folder / "draft.docx"))
    shutil.copy(folder / "draft.docx", folder / "copy.docx")
    (folder / "answers.yml").write_text(ANSWERS)
    (folder / ".sos-lint-baseline.json").write_text('{"files": {}, "salt": "00ff", "schema": 1}')
    (folder / "report.html").write_text("an older report")
    for name in ("draft.txt", "draft.docx", "copy.docx", ".sos-lint-baseline.json", "report.html"):
        path = folder / name
        path.chmod(MODE)
        if os.geteuid() == 0:
            os.chown(path, OWNER, OWNER)
        if hasattr(os, "setxattr"):
            try:
                os.setxattr(path, "user.case", MARK)
            except OSError:
                continue


def about(path: Path) -> tuple[object, ...]:
    """What is to be kept of a file beside its words."""
    known = path.stat()
    try:
        mark = os.getxattr(path, "user.case")
    except (OSError, AttributeError):
        mark = b""
    return stat.S_IMODE(known.st_mode), known.st_uid, known.st_gid, mark


def begun(arguments: tuple[str, ...]) -> int:
    """The number of a process that runs a command."""
    child = os.fork()
    if child:
        return child
    from sos_lint.cli import main

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os._exit(main(list(arguments)))


def leaks(folder: Path, around: Path) -> list[str]:
    """The files with words of the draft elsewhere than in drafts and what was asked for.

    What a write left beside the draft counts, unless only its owner can read it, or, in the moment before it
    takes the place of the draft, who can read the draft.
    """
    told = {"draft.txt", "draft.docx", "copy.docx", "report.html"}
    found = []
    for path in around.rglob("*"):
        if not path.is_file() or (path.parent == folder and path.name in told):
            continue
        private = path.parent == folder and is_left(path) and not path.stat().st_mode & 0o777 & ~MODE
        data = path.read_bytes()
        if not private and any(marker in data for marker in MARKERS):
            found.append(str(path))
    return found


def wait_for_new(folder: Path, until: float) -> None:
    """Come back as soon as a file is being written in a folder."""
    while time.perf_counter() < until and not any(map(is_left, folder.iterdir())):
        time.sleep(0.0001)


def is_left(path: Path) -> bool:
    """True for what a write left behind."""
    return path.name.startswith(".") and path.name.endswith(".sos-lint")


def tried(name: str, times: int, around: Path, seed: int) -> dict[str, object]:
    """What came of so many kills of one command."""
    case, folder, chance = CASES[name], around / "drafts", random.Random(f"{seed} {name}")
    took = []
    for _ in range(4):
        put(folder)
        os.chdir(folder)
        before = (folder / case.target).read_bytes()
        start = time.perf_counter()
        os.waitpid(begun(case.arguments), 0)
        took.append(time.perf_counter() - start)
    whole, last = (folder / case.target).read_bytes(), sorted(took[1:])[1]
    assert whole != before, f"{name} changes nothing"
    told = {"command": name, "kills": times, "old": 0, "new": 0, "half": 0, "changed otherwise": 0}
    told |= {"ended before": 0, "left beside": 0, "left after the next run": 0, "words elsewhere": 0}
    for number in range(times):
        put(folder)
        os.chdir(folder)
        old, kept = (folder / case.target).read_bytes(), about(folder / case.target)
        child = begun(case.arguments)
        match number % 3:
            case 0:
                time.sleep(last * chance.random())
            case 1:
                time.sleep(last * chance.uniform(0.6, 1.1))
            case _:
                wait_for_new(folder, time.perf_counter() + 3 * last)
                time.sleep(chance.choice((0, 0, 0.0002, 0.001, 0.005)))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told["ended before"] += os.WIFEXITED(status)
        data = (folder / case.target).read_bytes() if (folder / case.target).exists() else b""
        told["old" if data == old else "new" if case.is_whole(data, whole) else "half"] += 1
        told["changed otherwise"] += about(folder / case.target) != kept
        told["words elsewhere"] += len(leaks(folder, around))
        if any(map(is_left, folder.iterdir())):
            told["left beside"] += 1
            os.waitpid(begun(case.arguments), 0)
            told["left after the next run"] += sum(
                is_left(path) and path.stat().st_size > 0 for path in folder.iterdir()
            )  # an empty one stays for a minute: it may be one that another process has just begun
    return told


def main(times: int, seed: int = 8) -> None:
    """Kill each command so many times."""
    around = Path(tempfile.mkdtemp()).resolve()
    try:
        for name in PLACES:
            (around / name).mkdir()
            os.environ[name] = str(around / name)
        import sos_lint.cli
        import sos_lint.cli.rewrite.task
        import sos_lint.rewrite.into_word  # noqa: F401 (loaded once for all that are forked)
        from sos_lint.lint import shared_linter
        from sos_lint.readers import read_bytes

        shared_linter().lint(read_bytes(DRAFT.encode(), "a.txt"))
        for name in CASES:
            print(json.dumps(tried(name, times, around, seed)), flush=True)
    finally:
        shutil.rmtree(around, ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
