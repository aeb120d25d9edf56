"""Inputs on which something once broke, and the fuzzer's own parts, without atheris (see docs/fuzzing.md).

A folder of `tests/corpus` is named after a target of `fuzz/targets.py`, a file in it after what broke.
"""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

import pytest

from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=[path.relative_to(CORPUS).as_posix() for path in KEPT])
def test_what_once_broke(path: Path) -> None:
    TARGETS[path.parent.name].law(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_is_made_of_them(name: str) -> None:
    """Every target works on its seeds, and its mutations give other files that keep the law too."""
    target, chance = TARGETS[name], random.Random(8)
    seeds = list(islice(target.seeds(), 12))
    changed = [target.mutation(seed, chance, lambda data: _any_bytes(data, chance)) for seed in seeds]
    for data in (*seeds, *changed):
        target.law(data)
    assert set(changed) - set(seeds)


def _any_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one of them changed."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
