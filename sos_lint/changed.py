"""Which files and lines of a git repository have changed since a revision. Git itself is asked."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from sos_lint.config import plain_path
from sos_lint.errors import BadOption
from sos_lint.files import bytes_in
from sos_lint.finding import Finding
from sos_lint.limits import in_force

OPTION = "--changed-since"
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")

_DIFF = (
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--ignore-submodules=all",
    "-M",
    "--diff-filter=AMR",
)

# No program of the repository's own is run, and nothing that it lacks is fetched.
_QUIETLY = [
    part
    for said in (
        "core.quotePath=false",
        "core.fsmonitor=false",
        f"core.hooksPath={os.devnull}",
        "protocol.allow=never",
    )
    for part in ("-c", said)
]
_APART = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}

Lines = Sequence[range] | None  # None: the whole file


class Changes:
    """What has changed since a revision, in whatever repositories the asked files stand."""

    def __init__(self, revision: str) -> None:
        self._revision = revision
        self._known: dict[Path, _Repository] = {}

    def lines(self, path: Path) -> Lines:
        """The lines of a file that have changed; raises BadOption outside a repository."""
        folder = Path(os.path.realpath(plain_path(path).parent))
        root = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
        if root is None:
            raise BadOption(
                OPTION, "these drafts are in no git repository.", "Leave it out to check them all."
            )
        if root not in self._known:
            self._known[root] = _Repository(root, self._revision)
        changed = self._known[root].lines(
            f"{folder.relative_to(root).as_posix()}/{path.name}".removeprefix("./")
        )
        return None if changed and _has_other_lines(path) else changed


def on_lines(findings: Sequence[Finding], lines: Lines) -> tuple[Finding, ...]:
    """The findings on these lines; of a format without lines, all."""
    if lines is None:
        return tuple(findings)
    return tuple(
        finding
        for finding in findings
        if finding.where is not None
        or any(finding.start.line < changed.stop and changed.start <= finding.end.line for changed in lines)
    )


class _Repository:
    """What git says of one repository."""

    def __init__(self, root: Path, revision: str) -> None:
        self._root = root
        commit = self._commit(revision)
        asked = (*_DIFF, commit)
        names = list(_names(self._git(*asked, "--name-status", "-z")))
        parts = list(_parts(self._git(*asked, "--unified=0", "--inter-hunk-context=0", "--patch")))
        if len(names) != len(parts):
            raise BadOption(OPTION, "the files changed while they were compared.", "Try again.")
        self._changed = dict(zip(names, parts, strict=True))
        self._tracked = set(self._git("ls-files", "-z").decode("utf-8", "surrogateescape").split("\0"))

    def lines(self, name: str) -> Lines:
        """The changed lines of a file, by its path from the root; all of one that git does not know."""
        return None if name not in self._tracked else self._changed.get(name, ())

    def _commit(self, revision: str) -> str:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        try:
            return self._git(*asked).decode().strip()
        except subprocess.CalledProcessError as error:
            hint = "Name a commit, branch or tag; in a shallow clone, fetch it first."
            raise BadOption(OPTION, f"git knows no revision “{revision}”.", hint) from error

    def _git(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(
                ["git", "-C", str(self._root), *_QUIETLY, *arguments],
                capture_output=True,
                check=arguments[0] == "rev-parse",
                env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **_APART},
            )
        except FileNotFoundError as error:
            raise BadOption(OPTION, "git is not installed here.", "Install it, or leave this out.") from error
        if done.returncode:
            raise BadOption(OPTION, "git could not compare the files.", "See what `git status` says.")
        return done.stdout


def _names(told: bytes) -> Iterator[str]:
    """The files in `--name-status -z`, by their names now."""
    fields = iter(told.decode("utf-8", "surrogateescape").split("\0"))
    for letter in fields:
        if letter:
            name = next(fields)
            yield next(fields) if letter.startswith("R") else name


def _parts(patch: bytes) -> Iterator[Lines]:
    """For each file of a patch its changed lines, or None where git sees no lines in it."""
    for part in re.split(rb"^diff --git ", patch, flags=re.MULTILINE)[1:]:
        head = part.partition(b"\n@@ ")[0]
        if b"\nBinary files " in head:
            yield None
            continue
        hunks = (match for line in part.split(b"\n") if (match := _HUNK.match(line)))
        found = [(int(match[1]), 1 if match[2] is None else int(match[2])) for match in hunks]
        yield [range(start, start + count) for start, count in found if count]


def _has_other_lines(path: Path) -> bool:
    """True where the file has line ends that git does not count (of old Macs)."""
    try:
        return b"\r" in bytes_in(path, in_force().size_in_bytes).replace(b"\r\n", b"")
    except OSError:  # whoever reads it will say what is wrong with it
        return False
