"""Runs one target under atheris: `python -m fuzz.harness TARGET FOLDER [libFuzzer's options]`.

A find is written to FOLDER, with where it was made, and the run goes on: finds at one place in our code are
one find. So is an input that takes too long. `slowest` in FOLDER is the one that takes longest for its size.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
import traceback
from pathlib import Path

import atheris

SLOW = 5.0  # seconds of the processor, for inputs that are all shorter than 64 KB
_FIRST = 12  # seeds that are tried before time is told: what is loaded once is no input's doing
_SMALL = 1000  # bytes: shorter inputs tell nothing of the time for each byte

with atheris.instrument_imports(include=["sos_lint", "markdown_it", "mdit_py_plugins", "olefile", "email"]):
    from fuzz.targets import TARGETS


class Harness:
    """Tries inputs, keeps the finds, and remembers which took longest."""

    def __init__(self, name: str, folder: Path) -> None:
        self._target = TARGETS[name]
        self._folder = folder
        self._found: set[str] = set()
        self._slowest = 0.0

    def setup(self, options: list[str]) -> None:
        """Make atheris ready, with seeds."""
        seeds = self._folder / "seeds"
        seeds.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(self._target.seeds()):
            (seeds / hashlib.sha1(data).hexdigest()).write_bytes(data)
            if number < _FIRST:
                self._target.law(data)
        grown = self._folder / "corpus"
        grown.mkdir(exist_ok=True)
        words = Path(__file__).parent / "dictionaries" / f"{self._target.words}.dict"
        atheris.Setup(
            [
                sys.argv[0],
                f"-max_len={self._target.longest}",
                f"-artifact_prefix={self._folder}/",
                *([f"-dict={words}"] if self._target.words else []),
                *options,
                str(grown),
                str(seeds),
            ],
            self.try_,
            custom_mutator=self.mutate,
        )

    def try_(self, data: bytes) -> None:
        """Try one input by the target's law."""
        begun = time.process_time()
        try:
            self._target.law(data)
        except Exception as error:
            self._keep(data, _place(error), traceback.format_exc())
        taken = time.process_time() - begun
        if taken > SLOW:
            self._keep(data, "slow", f"{taken:.1f} s for {len(data)} bytes")
        if taken / max(_SMALL, len(data)) > self._slowest:
            self._slowest = taken / max(_SMALL, len(data))
            (self._folder / "slowest").write_bytes(data)
            (self._folder / "slowest.json").write_text(json.dumps([taken, len(data)]))

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """Another input, of at most so many bytes."""
        chance = random.Random(seed)

        def any_bytes(data: bytes) -> bytes:
            return atheris.Mutate(data, min(most, len(data) + 200))

        return self._target.mutation(data, chance, any_bytes)[:most]

    def _keep(self, data: bytes, place: str, told: str) -> None:
        if place not in self._found:
            self._found.add(place)
            name = f"find-{hashlib.sha1(place.encode()).hexdigest()[:8]}"
            (self._folder / name).write_bytes(data)
            (self._folder / f"{name}.txt").write_text(f"{place}\n{told}", errors="backslashreplace")
            print(f"FIND {name} {place}", file=sys.stderr, flush=True)


def _place(error: Exception) -> str:
    """Where in our own code an error was made."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "sos_lint" in frame.filename] or frames
    deepest = "nested" if isinstance(error, RecursionError) else f"{ours[-1].name}:{ours[-1].lineno}"
    return f"{type(error).__name__} {Path(ours[-1].filename).name} {deepest}"


def main() -> None:
    """Run the target that is named."""
    name, folder, *options = sys.argv[1:]
    Harness(name, Path(folder)).setup(options)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
