"""The linters that sos-lint is measured against: how to install them into one folder, and how to run them.

A peer is used if, in that folder, it finds something in a sentence that all of them have words against.
Nothing is installed anywhere else: GNU diction is unpacked from its Debian package, where there is apt-get.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FAULTY = (
    "He will utilize javascript with regards to the the committe of the fireman, "
    "and the BPL was very broken at this point in time.\n"
)
PYTHON = ("proselint>=0.16,<0.17", "codespell>=2,<3")
NODE = (
    "alex@11", "write-good@1",
    "textlint@15", "textlint-rule-terminology@5", "textlint-rule-unexpanded-acronym@1",
    "retext-simplify@8", "retext-english@5", "retext-stringify@4", "unified@11", "vfile@6",
)  # fmt: skip
TEXTLINT = {"rules": {"terminology": True, "unexpanded-acronym": True}}
RETEXT = """\
import {readFile} from 'node:fs/promises'
import retextEnglish from 'retext-english'
import retextSimplify from 'retext-simplify'
import retextStringify from 'retext-stringify'
import {unified} from 'unified'
import {VFile} from 'vfile'

const linter = unified().use(retextEnglish).use(retextSimplify).use(retextStringify)
for (const path of process.argv.slice(2)) {
  const file = await linter.process(new VFile({path, value: await readFile(path)}))
  for (const {line, column, reason} of file.messages) console.log(`${path}:${line}:${column}: ${reason}`)
}
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A linter: its name, how it is called before the files, and the folder that it is called in."""

    name: str
    call: tuple[str, ...]
    folder: Path

    def on(self, files: Iterable[Path]) -> tuple[str, ...]:
        """The call for these files."""
        return (*self.call, *map(str, files))


def known(folder: Path) -> tuple[Peer, ...]:
    """Every peer, as it would be called if it were installed in the folder."""
    python, node, diction = folder / "python" / "bin", folder / "node", folder / "diction"
    tools = node / "node_modules" / ".bin"
    phrases = str(diction / "usr" / "share" / "diction" / "en")
    return (
        Peer("codespell", (str(python / "codespell"),), folder),
        Peer("proselint", (str(python / "proselint"), "check"), folder),
        Peer("alex", (str(tools / "alex"), "--quiet"), node),
        Peer("write-good", (str(tools / "write-good"),), node),
        Peer("textlint", (str(tools / "textlint"), "--config", str(node / "textlint.json")), node),
        Peer("retext-simplify", ("node", str(node / "retext.mjs")), node),
        Peer("diction", (str(diction / "usr" / "bin" / "diction"), "-n", "-f", phrases), folder),
    )


def ready(folder: Path, sample: Path) -> Iterator[Peer]:
    """The peers that find something in a faulty sentence, which is written to `sample`."""
    sample.write_text(FAULTY, encoding="utf-8")
    return (peer for peer in known(folder) if _finds_fault(peer, sample))


def install(folder: Path) -> Iterator[str]:
    """Install what this machine can; a line for each part that it cannot."""
    python, node, diction = folder / "python", folder / "node", folder / "diction"
    for part in (python, node, diction):
        part.mkdir(parents=True, exist_ok=True)
    (node / "retext.mjs").write_text(RETEXT, encoding="utf-8")
    (node / "textlint.json").write_text(json.dumps(TEXTLINT), encoding="utf-8")
    yield from _tried([sys.executable, "-m", "venv", str(python)], folder)
    yield from _tried([str(python / "bin" / "python"), "-m", "pip", "install", "--quiet", *PYTHON], folder)
    yield from _tried(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", ".", *NODE], node)
    yield from _tried(["apt-get", "download", "--quiet", "diction"], diction)
    for package in diction.glob("*.deb"):
        yield from _tried(["dpkg", "-x", package.name, "."], diction)


def versions(folder: Path) -> Iterator[str]:
    """Names and versions of what is installed in the folder."""
    for info in sorted(folder.glob("python/lib/*/site-packages/*.dist-info")):
        name, _, version = info.stem.rpartition("-")
        if name in {"proselint", "codespell"}:
            yield f"{name} {version}"
    for package in ("alex", "write-good", "textlint", "retext-simplify"):
        with contextlib.suppress(OSError):
            text = (folder / "node" / "node_modules" / package / "package.json").read_text(encoding="utf-8")
            yield f"{package} {json.loads(text)['version']}"
    yield from (package.stem.rpartition("_")[0].replace("_", " ") for package in folder.glob("diction/*.deb"))


def _finds_fault(peer: Peer, sample: Path) -> bool:
    try:
        done = subprocess.run(
            peer.on([sample]), cwd=peer.folder, capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    said = done.stdout + done.stderr  # alex reports on standard error
    return sample.name in said and "Error:" not in done.stderr


def _tried(command: Sequence[str], folder: Path) -> Iterator[str]:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError:
        yield f"could not be installed: there is no {Path(command[0]).name}"
        return
    if done.returncode:
        yield f"did not work: {' '.join(command)}\n{done.stderr.strip()}"
