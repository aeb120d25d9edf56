"""Patterns for paths, written as in a `.gitignore`.

They are compiled by pathspec, which is imported when there is a pattern to compile.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable

_MOST_STARS = 3  # in one name, and of "**" in one path


class Globs:
    """Patterns in order, of which the last that fits a path decides; "!" before one turns it round.

    `faults` are the lines that are no pattern, counted from 0; they are passed over, as Git does. So are
    those with more stars than a name or path has any use for: each more takes a hundred times as long.
    """

    __slots__ = ("_spec", "faults")

    def __init__(self, lines: Iterable[str]) -> None:
        from pathspec import GitIgnoreSpec

        good, bad = [], []
        for number, line in enumerate(lines):
            if _takes_for_ever(line):
                bad.append(number)
                continue
            try:
                with warnings.catch_warnings():  # of "[[", which a later Python may read otherwise
                    warnings.simplefilter("ignore", FutureWarning)
                    GitIgnoreSpec.from_lines([line])
            except (ValueError, re.error):  # re.error: a range that runs backwards, as [z-a]
                bad.append(number)
            else:
                good.append(line)
        self._spec = GitIgnoreSpec.from_lines(good)
        self.faults = tuple(bad)

    def fits(self, relative: str) -> bool | None:
        """True where the path fits, False where a "!" says that it does not, None where nothing is said.

        The path is relative, with forward slashes; that of a folder ends in one.
        """
        return self._spec.check_file(relative).include


def _takes_for_ever(line: str) -> bool:
    names = line.split("/")
    return names.count("**") > _MOST_STARS or any(
        name.count("*") > _MOST_STARS for name in names if name != "**"
    )
