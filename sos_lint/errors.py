"""What went wrong for the person at the keyboard: where, what, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Line ends, and what steers a terminal or turns the direction of writing.
_STEERING = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class SosLintError(Exception):
    """One fault that a user can mend.

    `place` names the file (and line, where there is one), `sentence` says what is wrong,
    `hint` says what to do. None of them ever holds words of a document. Each is one line, whatever stands in
    the names of keys, rules and files that are told.
    """

    def __init__(self, place: str, sentence: str, hint: str = "") -> None:
        super().__init__(place, sentence, hint)
        self.place, self.sentence, self.hint = map(_on_one_line, (place, sentence, hint))

    def mend(self, *, words: bool) -> str:  # noqa: ARG002 (see `UnknownColumn`)
        """The hint. `words`: it may hold some of the document, if it has any."""
        return self.hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}{self.sentence}{hint}"


class UnreadableFile(SosLintError):
    """A document that cannot be read. It becomes a `Failure` in the report."""


class UnknownColumn(UnreadableFile):
    """A table of which nobody has said rightly what columns to read.

    `naming` is the hint with names of its columns in it. Those are words of the document, to be told only
    where such may be.
    """

    def __init__(self, place: str, sentence: str, hint: str, naming: str) -> None:
        super().__init__(place, sentence, hint)
        self.args = (place, sentence, hint, naming)
        self.naming = _on_one_line(naming)

    def mend(self, *, words: bool) -> str:
        """The hint."""
        return self.naming if words else self.hint


class BadPack(SosLintError):
    """A rule pack with faults. `faults` holds every one of them, in the order of the files."""

    def __init__(self, faults: tuple[SosLintError, ...]) -> None:
        first = faults[0]
        super().__init__(first.place, first.sentence, first.hint)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    def __reduce__(self) -> tuple[type[BadPack], tuple[tuple[SosLintError, ...]]]:
        return BadPack, (self.faults,)


class BadConfig(SosLintError):
    """A configuration file, or a selector, that cannot be followed."""


class BadModel(SosLintError):
    """The English model is damaged or another one: the whole run stops."""


class BadOption(SosLintError):
    """Something asked for on the command line that cannot be followed: the whole run stops."""


def _on_one_line(words: str) -> str:
    return _STEERING.sub(lambda sign: f"\\x{ord(sign.group()):02x}", words)


def nearest(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” with the nearest known word, or nothing where none is near.

    The second half of a rule's id is enough: `neglct` is near `broad-terms/neglect`.
    """
    import difflib

    ordered = sorted(known, reverse=True)
    named = {name.rpartition("/")[2].casefold(): name for name in ordered}
    named |= {name.casefold(): name for name in ordered}
    close = difflib.get_close_matches(word.casefold(), named, n=1, cutoff=0.6)
    return f"Did you mean “{named[close[0]]}”?" if close else ""
