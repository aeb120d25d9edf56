"""What the `.gitignore` and `.ignore` files of a tree leave out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from sos_lint.files import bytes_in
from sos_lint.globs import Globs

_NAMES = (".gitignore", ".ignore")  # the later one wins
_LONGEST = 1024 * 1024  # of such a file: beyond it is no list of patterns


class _List(NamedTuple):
    """The patterns of one file, for the folder in which it stands."""

    folder: str
    globs: Globs


class Ignored:
    """The lists that hold in one folder: its own, after those of the folders above it.

    A path is left out where the last pattern that fits it says so. Lists above the folder at which a walk
    begins hold as far up as the Git repository reaches.
    """

    __slots__ = ("_lists",)

    def __init__(self, lists: tuple[_List, ...] = ()) -> None:
        self._lists = lists

    @classmethod
    def above(cls, folder: Path) -> Ignored:
        """What holds in a folder by the lists above it; nothing where they leave out that very folder."""
        here = Path(os.path.normpath(folder.absolute()))
        if os.path.lexists(here / ".git"):
            return cls(_git_info(here))
        between = []
        for parent in here.parents:
            between.append(parent)
            if os.path.lexists(parent / ".git"):
                break
        else:
            return cls()
        ignored = cls(_git_info(between[-1]))
        for parent in reversed(between):
            ignored = ignored.within(str(parent))
        steps = [*reversed(between[:-1]), here]
        return cls() if any(ignored.leaves_out(f"{step}/") for step in steps) else ignored

    def within(self, folder: str, files: frozenset[str] | None = None) -> Ignored:
        """What holds in a folder below; `files` are the names in it, where they are known."""
        own = []
        for name in _NAMES:
            if files is None or name in files:
                lines = _lines(os.path.join(folder, name))  # noqa: PTH118 (names that are not UTF-8, at speed)
                if lines:
                    own.append(_List(_plain(folder), Globs(lines)))
        return Ignored((*self._lists, *own)) if own else self

    def leaves_out(self, path: str) -> bool:
        """True for a path that is left out; that of a folder ends in a slash."""
        if not self._lists:
            return False
        whole = _plain(path) + ("/" if path.endswith("/") else "")
        for folder, globs in reversed(self._lists):
            said = globs.fits(whole[len(folder) :].lstrip("/"))
            if said is not None:
                return said
        return False


def _git_info(root: Path) -> tuple[_List, ...]:
    """The patterns that a clone of a repository keeps to itself."""
    lines = _lines(str(root / ".git" / "info" / "exclude"))
    return (_List(_plain(str(root)), Globs(lines)),) if lines else ()


def _plain(path: str) -> str:
    """The absolute path by its letters alone, with forward slashes."""
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100


def _lines(path: str) -> list[str]:
    """The patterns in a file; none where it cannot be read."""
    try:
        data = bytes_in(path, _LONGEST)
    except (OSError, ValueError):
        return []
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return lines if any(line.strip() and not line.startswith("#") for line in lines) else []
