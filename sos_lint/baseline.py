"""Sets old findings aside, so that a folder of drafts can be watched before its past is mended.

A baseline says of each file how many findings of a kind were there, by salted hashes alone: of the file's
name below the baseline's folder, and of each finding's fingerprint (its rule and the words around it). So it
holds no word of a draft, and survives lines that move. A file that is new by its name, and holds what a
vanished one held, is that file under another name.
"""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sos_lint.config import plain_path, shown_path
from sos_lint.digest import blake2b
from sos_lint.errors import BadConfig
from sos_lint.finding import Finding
from sos_lint.readers import load
from sos_lint.rewrite.save import save

SCHEMA = 1
_WRITE = "`sos-lint baseline write` makes one."


@dataclass(frozen=True, slots=True)
class Baseline:
    """The old findings of some files: by the hash of each file's name, how many there are of each hash."""

    salt: str
    files: Mapping[str, Mapping[str, int]]

    @property
    def places(self) -> int:
        """How many old findings there are."""
        return sum(sum(marks.values()) for marks in self.files.values())

    def key(self, name: str) -> str:
        """The hash of a file's name."""
        return _hash(self.salt, "file", name)

    def marks(self, findings: Iterable[Finding]) -> Counter[str]:
        """The hashes of findings, and how many there are of each."""
        return Counter(self.mark(finding) for finding in findings)

    def mark(self, finding: Finding) -> str:
        """The hash of a finding, whatever its number among those that are alike."""
        return _hash(self.salt, "finding", finding.fingerprint.rpartition(":")[0])


class Compared(NamedTuple):
    """A file against its baseline: what is new, what was there before, how many that were there are gone."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]
    gone: int


Found = Mapping[str, tuple[Finding, ...]]  # by the name of the file below the baseline's folder


def empty() -> Baseline:
    """A baseline of nothing, with a salt of its own."""
    return Baseline(secrets.token_hex(16), {})


def read(path: Path) -> Baseline:
    """The baseline in a file; raises BadConfig where there is none, or it is none of ours."""
    if not path.is_file():
        raise BadConfig(shown_path(path), "there is no baseline here.", _WRITE)
    try:
        return _built(json.loads(load(path, shown_path(path))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        hint = "Take the conflict marks out, or write it anew: `sos-lint baseline write`."
        raise BadConfig(shown_path(path), "this is not a baseline that can be read.", hint) from error


def write(path: Path, baseline: Baseline) -> None:
    """Put a baseline in a file, whole or not at all: sorted, and a line for each old place."""
    record = {"schema": SCHEMA, "salt": baseline.salt, "files": baseline.files}
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    save(path, text.encode("ascii"), was=path.read_bytes() if path.is_file() else None)


def name_below(path: Path, baseline: Path) -> str:
    """What a baseline calls a file: its path from the baseline's folder, with forward slashes."""
    below = os.path.relpath(plain_path(path), plain_path(baseline).parent)
    return below.replace(os.sep, "/")


def written(old: Baseline, found: Found, there: Callable[[], Iterable[str]]) -> Baseline:
    """The baseline with the findings of these files, and of others that are still there what it held."""
    new = {old.key(name): old.marks(findings) for name, findings in found.items()}
    return _with(old, new, there)


def pruned(old: Baseline, found: Found, there: Callable[[], Iterable[str]]) -> Baseline:
    """The baseline without what is gone from these files, and without files that are gone."""
    keys = _keys(old, found, there)
    new = {
        old.key(name): Counter(old.files.get(keys[name], {})) & old.marks(findings)
        for name, findings in found.items()
    }
    return _with(old, new, there)


def _with(
    old: Baseline, new: Mapping[str, Mapping[str, int]], there: Callable[[], Iterable[str]]
) -> Baseline:
    """The baseline with these files, and what it held of others that are still there."""
    here = {old.key(name) for name in there()}
    kept = {key: marks for key, marks in old.files.items() if key in here and key not in new}
    return Baseline(old.salt, _without_empty({**kept, **new}))


def compare(old: Baseline, found: Found, there: Callable[[], Iterable[str]]) -> dict[str, Compared]:
    """What is new in each file; `there` gives the names of all that stand below the baseline's folder."""
    keys = _keys(old, found, there)
    return {name: _compared(old, findings, keys[name]) for name, findings in found.items()}


def _compared(old: Baseline, findings: Iterable[Finding], key: str) -> Compared:
    left = Counter(old.files.get(key, {}))
    new, before = [], []
    for finding in findings:
        mark = old.mark(finding)
        if left[mark]:
            left[mark] -= 1
            before.append(finding)
        else:
            new.append(finding)
    return Compared(tuple(new), tuple(before), left.total())


def _keys(old: Baseline, found: Found, there: Callable[[], Iterable[str]]) -> dict[str, str]:
    """Under which key the old findings of each file stand: its own, or that of its earlier name."""
    keys = {name: old.key(name) for name in found}
    unknown = {name for name, key in keys.items() if key not in old.files and found[name]}
    if not (unknown and old.files.keys() - set(keys.values())):
        return keys
    here = {*keys.values(), *map(old.key, there())}
    vanished = {key: marks for key, marks in old.files.items() if key not in here}
    for name in unknown:
        marks = old.marks(found[name])
        alike = {key: sum((marks & Counter(held)).values()) for key, held in vanished.items()}
        best = max(alike, key=lambda key: (alike[key], key), default="")
        if best and alike[best]:
            keys[name] = best
    return keys


def _without_empty(files: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {key: dict(marks) for key, marks in files.items() if marks}


def _built(record: Any) -> Baseline:
    if record["schema"] != SCHEMA:
        raise ValueError("another schema")
    salt, files = record["salt"], record["files"]
    bytes.fromhex(salt)
    if not all(type(n) is int and n > 0 for marks in files.values() for n in marks.values()):
        raise ValueError("no number of places")
    return Baseline(salt, files)


def _hash(salt: str, what: str, words: str) -> str:
    told = f"{what}\n{words}".encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=12, key=bytes.fromhex(salt)).hexdigest()
