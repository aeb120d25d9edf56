"""The process that stays: the same to the byte as without it, private, and never in the way."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commands import PLAIN, ROOT, Ran

from sos_lint.resident.messages import BEGUN, GO, RUN, TAKEN, lists_in, request_to_run

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform != "linux", reason="for Linux alone"),
    pytest.mark.xdist_group("resident"),
]

PATIENCE = 60  # seconds; a test that waits so long has failed
NOTE = """\
# Visit to Odette

There is neglect in the home: Odette has contact with her aunt in Wrexcombe, and a CIN plan.
She was subjected to abuse. Mum was aggressive, and it was inappropriate.
"""
COMMAND = "from sos_lint.__main__ import command; command()"
NOT_HANDED_OVER = 99
ONLY_CLIENT = (
    "import sys; from sos_lint.resident.client import handed_over, is_possible; a = sys.argv[1:]; "
    f"s = handed_over(a) if is_possible(a) else None; sys.exit({NOT_HANDED_OVER} if s is None else s)"
)


@dataclass(frozen=True)
class Home:
    """A runtime folder of its own, short enough for a socket's path."""

    place: Path

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, **PLAIN, "XDG_RUNTIME_DIR": str(self.place)}

    @property
    def folder(self) -> Path:
        return self.place / "sos-lint"

    def run(
        self, code: str, *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, stdin: bytes = b""
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**self.env, **(env or {})},
            timeout=PATIENCE,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def command(self, *arguments: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Ran:
        return self.run(COMMAND, *arguments, cwd=cwd, env=env)

    def socket(self, env: Mapping[str, str] | None = None) -> Path:
        """Where the client would look."""
        code = "from sos_lint.resident.address import socket_path; print(socket_path())"
        return Path(self.run(code, cwd=ROOT, env=env).out.strip())

    def number(self) -> int | None:
        """The process that stays, if there is one."""
        said = self.command("resident", "status").out
        return int(said.split("process ")[1].split(",")[0]) if "process" in said else None


@contextmanager
def new_home() -> Iterator[Home]:
    with TemporaryDirectory(prefix="sos") as place:
        home = Home(Path(place))
        try:
            yield home
        finally:
            home.command("resident", "stop")


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """With a process that stays."""
    with new_home() as home:
        started = home.command("resident", "start", "--idle", "10")
        assert started.status == 0, started
        assert started.out.startswith("Ready: process ")
        yield home


@pytest.fixture
def empty() -> Iterator[Home]:
    """Without one."""
    with new_home() as home:
        yield home


def drafts(folder: Path) -> Path:
    folder.mkdir()
    (folder / "note.md").write_text(NOTE)
    (folder / "clear.txt").write_text("Odette had tea with her gran.\n")
    (folder / "other").mkdir()
    (folder / "other" / "note.txt").write_text(NOTE)
    (folder / "other" / ".sos-lint.yml").write_text("profile: learning\nselect: [broad-terms]\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return drafts(tmp_path / "drafts")


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


# A command line, standard input, and the environment.
RUNS: dict[str, tuple[str, bytes, dict[str, str]]] = {
    "a draft": ("check note.md", b"", {}),
    "quiet": ("check note.md --quiet", b"", {}),
    "without the cache": ("check note.md --no-cache", b"", {}),
    "a clear draft": ("check clear.txt", b"", {}),
    "a folder": ("check", b"", {}),
    "two processes": ("check --jobs 2", b"", {}),
    "another width": ("check note.md", b"", {"COLUMNS": "50"}),
    "an encoding that lacks signs": ("check note.md", b"", {"PYTHONIOENCODING": "ascii"}),
    "unbuffered": ("check note.md gone.md", b"", {"PYTHONUNBUFFERED": "1"}),
    "in colour": ("check note.md", b"", {"NO_COLOR": "", "FORCE_COLOR": "1"}),
    "without findings of some": ("check note.md --ignore neglect --fail-on error", b"", {}),
    "a draft that is typed": ("check - --stdin-filename a.md", NOTE.encode(), {}),
    "nothing typed": ("check -", b"", {}),
    "JSON": ("check note.md --format json", b"", {}),
    "SARIF": ("check note.md --format sarif --set-aside", b"", {}),
    "GitHub": ("check note.md --format github --no-excerpts", b"", {}),
    "GitLab": ("check note.md --format gitlab", b"", {}),
    "JUnit": ("check note.md --format junit", b"", {}),
    "a page": ("check note.md --format html --glossary --statistics", b"", {}),
    "into a file": ("check note.md --format json --output a.json", b"", {}),
    "a file that is not there": ("check gone.md note.md", b"", {}),
    "a slip": ("check --selct neglect", b"", {}),
    "a rule that nobody knows": ("check note.md --select neglct", b"", {}),
    "no repository": ("check --changed-since main", b"", {"GIT_DIR": "nowhere"}),
    "help": ("check --help", b"", {}),
    "a rule's page": ("rules explain neglect", b"", {}),
    "why": ("rules explain --why note.md:3", b"", {}),
    "a fix": ("fix note.md", b"", {}),
    "a fix that is shown": ("fix --diff note.md", b"", {}),
    "comments": ("annotate note.md -o copy.md", b"", {}),
    "a baseline": ("baseline write", b"", {}),
}


@pytest.mark.parametrize(("line", "stdin", "env"), RUNS.values(), ids=RUNS)
def test_a_run_is_the_same_to_the_byte(
    home: Home, tmp_path: Path, line: str, stdin: bytes, env: dict[str, str]
) -> None:
    sides = [drafts(tmp_path / name) for name in ("without", "with")]
    without = home.run(
        COMMAND, *line.split(), cwd=sides[0], stdin=stdin, env={**env, "SOS_LINT_RESIDENT": "0"}
    )
    resident = home.run(ONLY_CLIENT, *line.split(), cwd=sides[1], stdin=stdin, env=env)
    assert resident == without
    assert files_in(sides[1]) == files_in(sides[0])


def files_in(folder: Path) -> dict[str, bytes]:
    """What is there; a baseline has a salt of its own."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.suffix != ".json" else b""
        for path in folder.rglob("*")
        if path.is_file()
    }


def in_terminal(home: Home, code: str, *arguments: str, cwd: Path, columns: int) -> tuple[int, bytes]:
    """The exit status and what a terminal shows."""
    shown, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {name: value for name, value in home.env.items() if name not in PLAIN or name == "PYTHONPATH"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**env, "TERM": "xterm-256color"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    parts = []
    try:
        while part := os.read(shown, 10_000):
            parts.append(part)
    except OSError:  # the other side was closed
        pass
    os.close(shown)
    return process.wait(PATIENCE), b"".join(parts)


@pytest.mark.parametrize("columns", [60, 120])
def test_a_terminal_shows_the_same_in_its_own_width_and_colours(
    home: Home, folder: Path, columns: int
) -> None:
    ordinary = "from sos_lint.cli import main; raise SystemExit(main())"
    without = in_terminal(home, ordinary, "check", "note.md", cwd=folder, columns=columns)
    assert b"\x1b[" in without[1]
    assert in_terminal(home, ONLY_CLIENT, "check", "note.md", cwd=folder, columns=columns) == without


def test_who_types_a_draft_stays_with_the_process_at_the_keyboard(home: Home, folder: Path) -> None:
    assert in_terminal(home, ONLY_CLIENT, "check", "-", cwd=folder, columns=80)[0] == NOT_HANDED_OVER


def test_one_run_knows_nothing_of_another(home: Home, folder: Path) -> None:
    line = ("check", "note.md", "--quiet")
    before = home.run(ONLY_CLIENT, *line, cwd=folder)
    home.run(ONLY_CLIENT, "check", "other", "--profile", "strict", cwd=folder, env={"COLUMNS": "40"})
    (folder / ".sos-lint.yml").write_text("ignore: [neglect]\n")
    other = home.run(ONLY_CLIENT, *line, cwd=folder)
    (folder / ".sos-lint.yml").unlink()
    assert home.run(ONLY_CLIENT, *line, cwd=folder) == before != other


def test_only_its_user_can_come_to_it(home: Home) -> None:
    assert home.folder.stat().st_mode & 0o777 == 0o700
    assert home.socket().stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_can_open_is_not_trusted(home: Home, folder: Path) -> None:
    home.folder.chmod(0o755)
    try:
        assert home.run(ONLY_CLIENT, "check", "note.md", cwd=folder).status == NOT_HANDED_OVER
    finally:
        home.folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another")
def test_a_socket_of_another_user_is_not_trusted(empty: Home, folder: Path) -> None:
    empty.folder.mkdir(mode=0o700)
    with listening(empty.socket()) as calls:
        os.chown(empty.socket(), 12345, -1)
        assert empty.run(ONLY_CLIENT, "check", "note.md", cwd=folder).status == NOT_HANDED_OVER
        assert calls == []


OTHERS = {
    "another language": {"LC_ALL": "C"},
    "other settings of the interpreter": {"PYTHONHASHSEED": "7"},
    "turned off": {"SOS_LINT_RESIDENT": "0"},
}


@pytest.mark.parametrize("env", OTHERS.values(), ids=OTHERS)
def test_one_that_was_begun_otherwise_is_not_used(home: Home, folder: Path, env: dict[str, str]) -> None:
    assert home.run(ONLY_CLIENT, "check", "note.md", cwd=folder, env=env).status == NOT_HANDED_OVER


@pytest.mark.parametrize("line", ["rewrite note.md", "--help", "", "resident status", "init", "cache clear"])
def test_what_is_not_for_another_process_is_not_handed_over(home: Home, folder: Path, line: str) -> None:
    assert home.run(ONLY_CLIENT, *line.split(), cwd=folder).status == NOT_HANDED_OVER


def test_it_holds_no_word_of_a_draft_afterwards(home: Home, folder: Path) -> None:
    (folder / "Pennyfeather.md").write_text(NOTE)
    assert home.run(ONLY_CLIENT, "check", "Pennyfeather.md", cwd=folder).status == 1
    memory = memory_of(home.number())
    assert b"broad-terms/neglect" in memory
    assert [word for word in (b"Wrexcombe", b"Pennyfeather") if word in memory] == []


def memory_of(number: int | None) -> bytes:
    try:
        lines = Path(f"/proc/{number}/maps").read_text().splitlines()
        with Path(f"/proc/{number}/mem").open("rb", buffering=0) as memory:
            parts = []
            for line in lines:
                ends, rights, *_ = line.split()
                if rights.startswith("rw"):
                    start, end = (int(one, 16) for one in ends.split("-"))
                    memory.seek(start)
                    parts.append(memory.read(end - start))
            return b"".join(parts)
    except PermissionError:
        pytest.skip("the system lets nobody look")


def waits(numbers: Sequence[int | str]) -> bool:
    """True of processes that have done nothing for a while: they wait for somebody."""
    before = [_work_of(number) for number in numbers]
    time.sleep(0.5)
    return bool(before) and all(before) and before == [_work_of(number) for number in numbers]


def _work_of(number: int | str) -> list[str]:
    """What a process is at, and how long it has used the processor so far."""
    try:
        told = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return []
    return [told[0], *told[11:13]] if told[0] == "S" else []


def interrupted(home: Home, code: str, folder: Path) -> Ran:
    """A run that is interrupted while it waits for standard input."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, "check", "-"],
        cwd=folder,
        env=home.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: waits(children_of(home.number()) if code == ONLY_CLIENT else [process.pid]))
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)  # while its standard input is open: that it was closed might be heard first
    out, err = process.communicate()
    return Ran(process.returncode, out, err)


def test_an_interrupt_reaches_it(home: Home, folder: Path) -> None:
    ordinary = "from sos_lint.cli import main; raise SystemExit(main())"
    without = interrupted(home, ordinary, folder)
    assert without.status != 0
    assert interrupted(home, ONLY_CLIENT, folder) == without
    until(lambda: children_of(home.number()) == [])


def test_it_ends_its_work_when_the_client_is_killed(home: Home, folder: Path) -> None:
    number = home.number()
    process = subprocess.Popen(
        [sys.executable, "-c", ONLY_CLIENT, "check", "-"], cwd=folder, env=home.env, stdin=subprocess.PIPE
    )
    until(lambda: children_of(number))
    process.kill()
    process.communicate()
    until(lambda: children_of(number) == [])


def children_of(number: int | None) -> list[str]:
    return Path(f"/proc/{number}/task/{number}/children").read_text().split()


def test_it_says_whether_it_is_there(empty: Home) -> None:
    assert empty.command("resident", "status") == Ran(1, "Not running.\n", "")
    assert empty.command("resident", "stop") == Ran(0, "Not running.\n", "")


def test_it_ends_when_nobody_comes_and_another_can_be_begun(empty: Home, folder: Path) -> None:
    assert empty.command("resident", "start", "--idle", "0.05").status == 0
    until(lambda: list(empty.folder.iterdir()) == [])
    assert empty.command("check", "note.md", cwd=folder).status == 1
    assert empty.command("resident", "start").status == 0
    assert empty.command("resident", "stop") == Ran(0, "Stopped.\n", "")
    until(lambda: list(empty.folder.iterdir()) == [])


def test_one_that_was_killed_is_not_missed(empty: Home, folder: Path) -> None:
    without = empty.command("check", "note.md", cwd=folder)
    empty.command("resident", "start")
    number = empty.number()
    assert number is not None
    os.kill(number, signal.SIGKILL)
    until(lambda: empty.number() is None)
    assert empty.socket().exists()
    assert empty.command("check", "note.md", cwd=folder) == without
    assert empty.command("resident", "start").status == 0
    assert empty.run(ONLY_CLIENT, "check", "note.md", cwd=folder) == without


def test_the_environment_can_begin_it(empty: Home, folder: Path) -> None:
    wanted = {"SOS_LINT_RESIDENT": "1"}
    first = empty.command("check", "note.md", cwd=folder, env=wanted)
    until(lambda: empty.number() is not None)
    assert empty.run(ONLY_CLIENT, "check", "note.md", cwd=folder, env=wanted) == first


def test_one_whose_program_has_changed_ends(empty: Home, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sos_lint", tmp_path / "sos_lint", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    env = {"PYTHONPATH": str(tmp_path)}
    assert empty.command("resident", "start", cwd=tmp_path, env=env).status == 0
    assert empty.run(ONLY_CLIENT, "check", "note.md", cwd=folder, env=env).status == 1
    changed = tmp_path / "sos_lint" / "text.py"
    changed.write_text(changed.read_text() + "\n")
    assert empty.run(ONLY_CLIENT, "check", "note.md", cwd=folder, env=env).status == NOT_HANDED_OVER
    until(lambda: empty.command("resident", "status", env=env).status == 1)


@contextmanager
def listening(path: Path, answer: bytes | None = b"") -> Iterator[list[str]]:
    """Something at the socket's place that answers so, and hangs up; or, for None, says nothing at all.

    Gives what it is asked.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o600)
    listener.listen()
    held: list[socket.socket] = []
    asked: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            held.append(connection)
            data, files, _, _ = socket.recv_fds(connection, 1_000_000, 4)
            for file in files:
                os.close(file)
            asked.extend(lists_in(data[8:])[0])
            if answer is not None:
                connection.sendall(answer[:1])
                if answer:
                    assert connection.recv(1) == GO
                connection.sendall(answer[1:])
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in held:
            connection.close()
        thread.join(PATIENCE)


@pytest.mark.parametrize("answer", [b"", TAKEN, None], ids=["hangs up", "is lost", "is stuck"])
def test_trouble_before_anything_is_printed_goes_unnoticed(
    empty: Home, folder: Path, answer: bytes | None
) -> None:
    without = empty.command("check", "note.md", cwd=folder)
    empty.folder.mkdir(mode=0o700)
    with listening(empty.socket(), answer) as asked:
        assert empty.command("check", "note.md", cwd=folder) == without
    assert asked[0] == RUN


TOO_LATE = {"check note.md": TAKEN + BEGUN, "fix note.md": TAKEN}


@pytest.mark.parametrize(("line", "answer"), TOO_LATE.items(), ids=TOO_LATE)
def test_trouble_after_that_is_told(empty: Home, folder: Path, line: str, answer: bytes) -> None:
    empty.folder.mkdir(mode=0o700)
    with listening(empty.socket(), answer):
        ran = empty.command(*line.split(), cwd=folder)
    assert ran == Ran(2, "", "The resident process was lost. Please run this again.\n")


def test_a_request_comes_as_it_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAME", "a\nb ü")
    data = request_to_run(["check", "", "ü.md", "a\udcffb"])
    assert int.from_bytes(data[:8], "big") == len(data) - 8
    what, arguments, streams, variables = lists_in(data[8:])
    assert (what[0], arguments, len(streams)) == (RUN, ["check", "", "ü.md", "a\udcffb"], 9)
    assert dict(zip(variables[::2], variables[1::2], strict=True)) == dict(os.environ)


@pytest.mark.parametrize("data", [b"", b"1", b"x", b"9\0run", b"1\0run\0" + b"0\0" * 2])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        lists_in(data)
