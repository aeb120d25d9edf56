"""How long a command takes to start, as ratios against what it stands on, measured in turn in one run.

    python benchmarks/start_up.py [ROUNDS]

Run it with the Python of the environment that sos-lint is installed in. Byte code is compiled first, and the
packs are compiled into the store, as they are after a user's first run.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sos_lint

HERE = Path(__file__).parent
PLAIN = "Mum took Tom to the park on Monday and they had a picnic together. He fed the ducks.\n"
DRAFT_SIZE = 3000
MAIN = "from sos_lint.__main__ import command; command()"
GOALS = (
    ("sos-lint --help", "help", "typer", None),
    ("a text without candidates", "clean", "typer", 1.6),
    ("a 3 KB draft with findings", "draft", "spacy", 1.8),
)


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each command, run in turn so that a busy moment falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True)
            seconds[name].append(time.perf_counter() - start)
    return seconds


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compileall.compile_dir(Path(sos_lint.__file__).parent, quiet=1)
    letter = (HERE.parent / "examples" / "referral.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        clean, draft = Path(folder) / "clean.txt", Path(folder) / "draft.md"
        clean.write_text(PLAIN, encoding="utf-8")
        draft.write_text((letter * 3)[:DRAFT_SIZE], encoding="utf-8")
        python = [sys.executable, "-c"]
        commands = {
            "typer": [*python, "import typer"],
            "spacy": [*python, "import spacy"],
            "help": [*python, MAIN, "--help"],
            "clean": [*python, MAIN, "check", str(clean)],
            "draft": [*python, MAIN, "check", str(draft)],
        }
        measure(commands, 1)
        seconds = measure(commands, rounds)
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{'':28}{'median':>9}{'against':>20}{'ratio':>8}{'of the best':>13}{'goal':>7}")
    for label, name, against, goal in GOALS:
        best = min(seconds[name]) / min(seconds[against])
        print(
            f"{label:28}{middle[name]:8.3f}s  import {against:6}{middle[against]:6.3f}s"
            f"{middle[name] / middle[against]:8.2f}{best:13.2f}{goal or '':>7}"
        )


if __name__ == "__main__":
    main()
