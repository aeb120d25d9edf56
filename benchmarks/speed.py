"""How fast sos-lint is beside other linters of prose: jobs of every size, measured in turn in one run.

    python benchmarks/speed.py --peers FOLDER [--install] [--notes 2000] [--rounds 5] [--bulk-rounds 3]

Run it with the Python of the environment that sos-lint is installed in. `--install` puts the peers into the
folder first (see `speed_peers.py`); those that are not there are left out, with a line. The files are made
anew each time, the same for everybody (`speed_files.py`). It takes long: try `--notes 200 --bulk-rounds 1`
first, or only some of the jobs (`--only cold`); an interrupt ends it with what was measured.

Byte code is compiled before, and the packs are compiled into the store, as they are after a user's first
run; *cold* is a cache that holds nothing else.

Each tool writes to nowhere. In a round the tools of a job take turns, so that a busy moment falls on all of
them; read the ratios, not the seconds. `ours/it` is sos-lint's median over the tool's, `of best` the same
of the best rounds, which another load on the machine disturbs less. A peak of memory is that of the largest
process of a tool (below this program's own, some 20 MB, nothing is told apart). The growth from 1 MB to
10 MB is what it takes beyond one draft of 3 KB, so that starting up does not flatter it.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import speed_peers
import speed_table as names
from speed_table import AS_TEXT, OURS, SINGLE, SPACY, TENTH, TYPER, Run, table

import sos_lint

HERE = Path(__file__).parent
MAIN = "from sos_lint.__main__ import command; command()"
BY_RESIDENT = (
    "import sys; from sos_lint.resident.client import handed_over; sys.exit(handed_over(sys.argv[1:]) or 9)"
)
PYTHON = (sys.executable, "-c")
KIBIBYTES = 1 if sys.platform == "darwin" else 1024  # what `ru_maxrss` counts in
FOUND = {0: "nothing was found", 1: "something was found"}


@dataclass(frozen=True, slots=True)
class Command:
    """A tool's command for a job, what is made ready before each run, and the exit status it must have."""

    call: tuple[str, ...]
    folder: Path
    before: Callable[[], object] = tuple
    status: int | None = None


Commands = Mapping[str, Command]
Job = tuple[str, Callable[[], Commands]]


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache that sos-lint is told to use, and packs that were compiled for it."""

    place: Path
    packs: Path

    def empty(self) -> None:
        """Nothing but compiled packs."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        for file in self.packs.glob("*.packs"):
            shutil.copy2(file, self.place)


@dataclass(frozen=True, slots=True)
class Bench:
    """The made files, the peers that are there, and sos-lint's cache."""

    files: Path
    peers: tuple[speed_peers.Peer, ...]
    cache: Cache

    def ours(self, *arguments: str | Path, status: int | None = None, cold: bool = True) -> Command:
        """A command of sos-lint."""
        before = self.cache.empty if cold else tuple
        return Command((*PYTHON, MAIN, *map(str, arguments)), self.files, before, status)

    def check(self, name: str, *options: str, status: int = 1, cold: bool = True) -> Command:
        """sos-lint on one of the made files or folders."""
        return self.ours("check", "--quiet", *options, self.files / name, status=status, cold=cold)

    def resident(self, name: str) -> Command:
        """sos-lint on one of the made files, by a process that stays; one that is not there fails the run."""
        asked = self.ours("resident", "start", status=0, cold=False)
        run_once(asked)
        call = (*PYTHON, BY_RESIDENT, "check", "--quiet", "--no-cache", str(self.files / name))
        return Command(call, self.files, status=1)

    def again(self, name: str, status: int) -> Command:
        """sos-lint on files that an earlier run, which is not measured, has seen as they are."""
        first = self.check(name, status=status)
        first.before()
        run_once(first)
        return self.check(name, status=status, cold=False)

    def others(self, name: str) -> dict[str, Command]:
        """Each peer on one of the made files, or on every file of a folder."""
        made = self.files / name
        files = sorted(made.iterdir()) if made.is_dir() else [made]
        return {peer.name: Command(peer.on(files), peer.folder) for peer in self.peers}

    def imports(self, module: str) -> Command:
        """Python, importing something and no more."""
        return Command((*PYTHON, f"import {module}"), self.files, status=0)


def short_jobs(bench: Bench) -> Iterator[Job]:
    """What is over in a second or two, most of it starting up."""
    spacy = bench.imports("spacy")
    yield names.HELP, lambda: {OURS: bench.ours("--help", status=0), TYPER: bench.imports("typer")}
    yield names.CLEAR, lambda: {OURS: bench.check("clear.md", status=0), **bench.others("clear.md")}
    yield names.DRAFT, lambda: {OURS: bench.check("draft.md"), SPACY: spacy, **bench.others("draft.md")}
    yield names.GRAMMAR, lambda: {OURS: bench.check("grammar.md"), SPACY: spacy, **bench.others("grammar.md")}
    if sys.platform == "linux":
        others = bench.others("grammar.md")
        yield names.RESIDENT, lambda: {OURS: bench.resident("grammar.md"), **others}
    yield names.WORD, lambda: {OURS: bench.check("word.docx"), AS_TEXT: bench.check("word.md")}


def bulk_jobs(bench: Bench) -> Iterator[Job]:
    """Folders and large files."""
    one, two = bench.check("dense", "--jobs", "1"), bench.check("dense", "--jobs", "2")
    yield names.DENSE_COLD, lambda: {OURS: bench.check("dense"), **bench.others("dense")}
    yield names.CLEAR_COLD, lambda: {OURS: bench.check("clear", status=0), **bench.others("clear")}
    yield names.DENSE_WARM, lambda: {OURS: bench.again("dense", 1)}
    yield names.CLEAR_WARM, lambda: {OURS: bench.again("clear", 0)}
    yield names.PROCESSES, lambda: {OURS: two, SINGLE: one}
    yield names.MEGA, lambda: {OURS: bench.check("mega.md"), **bench.others("mega.md")}
    yield names.TEN, lambda: {OURS: bench.check("ten.md"), TENTH: bench.check("mega.md")}


def run_once(command: Command) -> tuple[float, int]:
    """Seconds of a run, and the most bytes that one of its processes held."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command.call,
        cwd=command.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        process.kill()
        raise
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if command.status is not None and process.returncode != command.status:
        wanted = FOUND[command.status]
        raise SystemExit(
            f"{command.call[2:]} ended with {process.returncode}, not {command.status} ({wanted})"
        )
    return seconds, usage.ru_maxrss * KIBIBYTES


def measured(commands: Mapping[str, Command], rounds: int) -> dict[str, Run]:
    """Each command's runs, made in turn."""
    runs = {tool: Run((), 0) for tool in commands}
    for _ in range(rounds):
        for tool, command in commands.items():
            command.before()
            seconds, memory = run_once(command)
            before = runs[tool]
            runs[tool] = replace(
                before, seconds=(*before.seconds, seconds), memory=max(before.memory, memory)
            )
    return runs


def prepared(files: Path, peers: Path, notes: int) -> Bench:
    """Everything made ready: byte code, compiled packs, the files, and the peers that work."""
    compileall.compile_dir(Path(sos_lint.__file__).parent, quiet=1)
    cache = Cache(files / "cache", files / "packs")
    os.environ["SOS_LINT_CACHE"] = str(cache.packs)
    subprocess.run([sys.executable, str(HERE / "speed_files.py"), str(files), str(notes)], check=True)
    bench = Bench(files, tuple(speed_peers.ready(peers, files / "faulty.md")), cache)
    run_once(bench.check("grammar.md"))
    os.environ["SOS_LINT_CACHE"] = str(cache.place)
    return bench


@contextlib.contextmanager
def own_resident() -> Iterator[None]:
    """A place for a resident process of this run alone, which is ended with it; no other job uses it."""
    with tempfile.TemporaryDirectory(prefix="sos") as place:
        os.environ.update({"XDG_RUNTIME_DIR": place, "SOS_LINT_RESIDENT": "0"})
        try:
            yield
        finally:
            stop = "from sos_lint.resident.client import asked; asked('stop')"
            subprocess.run([*PYTHON, stop], check=False)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure sos-lint beside other linters of prose.")
    parser.add_argument(
        "--peers", type=Path, required=True, help="the folder that the peers are installed in"
    )
    parser.add_argument("--install", action="store_true", help="install them there first")
    parser.add_argument("--notes", type=int, default=names.NOTES_OF_THE_GOALS, help="notes of 3 KB in bulk")
    parser.add_argument("--rounds", type=int, default=5, help="runs of what is over in a second or two")
    parser.add_argument("--bulk-rounds", type=int, default=3, help="runs of folders and large files")
    parser.add_argument("--only", default="", help="only the jobs with this in their name")
    asked = parser.parse_args(arguments)
    folder: Path = asked.peers.resolve()
    if asked.install:
        for line in speed_peers.install(folder):
            print(line)
    runs: dict[tuple[str, str], Run] = {}
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as made, contextlib.suppress(KeyboardInterrupt), own_resident():
        bench = prepared(Path(made).resolve(), folder, asked.notes)
        there = {peer.name for peer in bench.peers}
        for peer in speed_peers.known(folder):
            if peer.name not in there:
                print(f"left out, since it does not run in --peers: {peer.name}")
        for jobs, rounds, warm in ((short_jobs, asked.rounds, 1), (bulk_jobs, asked.bulk_rounds, 0)):
            for job, commands in jobs(bench):
                if asked.only in job:
                    print(f"measuring: {job}", file=sys.stderr)
                    tools = commands()
                    measured(tools, warm)
                    runs.update({(job, tool): run for tool, run in measured(tools, rounds).items()})
    print(f"{asked.notes:,} notes; {asked.rounds} rounds, in bulk {asked.bulk_rounds}")
    print(f"{os.cpu_count()} cores; load of the machine {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"Python {sys.version.split()[0]}; {', '.join(speed_peers.versions(folder))}\n")
    for line in table(runs, asked.notes):
        print(line)


if __name__ == "__main__":
    main()
