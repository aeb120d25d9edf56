"""Keeps what was found in documents, so that an unchanged one need not be searched again.

An entry is a file of its own, named by a hash of the document's bytes, the packs, the settings that matter
and this program. It holds places, numbers of rules and words of the packs, never a word of the document, and
the hash is salted with a secret of the cache's own, so that nobody can try out what a document said. Several
processes may use it at once. Anything odd about it means that the document is searched; nothing breaks.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sos_lint.digest import blake2b
from sos_lint.kinds import Part, Severity
from sos_lint.packs.store import folder
from sos_lint.program import program
from sos_lint.text import Range

if TYPE_CHECKING:
    from sos_lint.catalogue import Catalogue
    from sos_lint.document import Document
    from sos_lint.rule import KnownMeaning, Match, Rule
    from sos_lint.settings import Settings

MOST = 20_000  # entries; those not used for longest make room for new ones
_ENDING = ".found"
_SALT = "salt"


class Kept(NamedTuple):
    """What was found in a document: how many words it has, and the matches in each of its texts.

    `remarks`: it says something to sos-lint itself.
    """

    words: int
    remarks: bool
    matches: tuple[tuple[Match, ...], ...]

    @classmethod
    def of(cls, document: Document, matches: Sequence[Sequence[Match]]) -> Kept:
        """What is to be kept of a document."""
        return cls(len(document.text.split()), bool(document.remarks), tuple(map(tuple, matches)))

    @property
    def is_empty(self) -> bool:
        """True of a document on which there is nothing to say."""
        return not self.remarks and not any(self.matches)


class Results:
    """The entries of one folder, of which there need be none yet."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or results_folder()
        self._salt = _salt(self._place)
        self._written = 0

    def name(self, catalogue: Catalogue, settings: Settings, ending: str, data: bytes) -> str | None:
        """What the entry of a document is called; None where it cannot be told what it was searched for."""
        if not catalogue.digest or self._salt is None:
            return None
        digest = blake2b(key=self._salt, digest_size=24)
        for part in (_program(), catalogue.digest.encode(), _what_matters(settings), ending.encode(), data):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest() + _ENDING

    def found(self, name: str, catalogue: Catalogue) -> Kept | None:
        """What is kept under a name, if something is."""
        try:
            path = self._place / name
            words, remarks, texts = json.loads(path.read_bytes())
            matches = tuple(tuple(_built(match, catalogue) for match in text) for text in texts)
            with contextlib.suppress(OSError):  # a cache that may only be read
                os.utime(path)
            return Kept(words, remarks, matches)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def keep(self, name: str, kept: Kept, catalogue: Catalogue) -> None:
        """Keep what was found under a name; where that is not possible, do without."""
        plain = [[_plain(match, catalogue) for match in text] for text in kept.matches]
        with contextlib.suppress(OSError):
            new = self._place / f"{os.urandom(8).hex()}.new"
            try:
                new.write_text(json.dumps([kept.words, kept.remarks, plain], separators=(",", ":")), "utf-8")
                new.replace(self._place / name)
                self._written += 1
            except OSError:
                new.unlink(missing_ok=True)
                raise

    def make_room(self) -> None:
        """Drop the entries that were not used for longest, where there are too many; half, so as to rest."""
        if not self._written:
            return
        self._written = 0
        with contextlib.suppress(OSError):
            entries = list(_entries(self._place))
            if len(entries) > MOST:
                entries.sort(key=lambda entry: entry.stat().st_mtime)
                for entry in entries[: len(entries) - MOST // 2]:
                    Path(entry.path).unlink(missing_ok=True)


def results_folder() -> Path:
    """Where the entries are, beside the compiled packs."""
    return folder() / "results"


def clear() -> tuple[int, int]:
    """Empty the cache: results, compiled packs and the secret. How many files went, and their bytes."""
    files = size = 0
    for place, pattern in ((results_folder(), "*"), (folder(), "*.packs")):
        for path in place.glob(pattern):
            with contextlib.suppress(OSError):
                size += path.stat().st_size
                path.unlink()
                files += 1
    return files, size


def _entries(place: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(place) as entries:
        yield from (entry for entry in entries if entry.name.endswith(_ENDING))


def _salt(place: Path) -> bytes | None:
    """The secret of the cache, made when it is first used; None where there can be no cache."""
    path = place / _SALT
    try:
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes() or None
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = place / f"{os.urandom(8).hex()}.new"
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(32))
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(new, path)
        finally:
            new.unlink(missing_ok=True)
        return path.read_bytes() or None
    except OSError:
        return None


def _what_matters(settings: Settings) -> bytes:
    """What of the settings decides where rules are looked for, and how a file is read."""
    alike = replace(
        settings,
        ignore=(),
        severities=(),
        packs=(),
        fail_on=None,
        ignored_words=(),
        require_reason=None,
        baseline=None,
        attachments=None,
    )
    return repr(alike).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _program() -> bytes:
    return program()


def _plain(match: Match, catalogue: Catalogue) -> list[Any]:
    meanings = _meanings(match.rule)
    return [
        catalogue.number(match.rule),
        *_ends(match.at),
        *_ends(match.sentence),
        [meanings.index(meaning) for meaning in match.meanings],
        match.by_company,
        [[part.value, list(map(_ends, ranges))] for part, ranges in match.evidence],
        match.right,
        match.lacks,
        match.questions,
        match.severity,
    ]


def _built(plain: list[Any], catalogue: Catalogue) -> Match:
    from sos_lint.rule import Match

    number, start, end, first, last, meanings, company, evidence, right, lacks, questions, severity = plain
    rule = catalogue.rule(number)
    known = _meanings(rule)
    return Match(
        rule,
        Range(start, end),
        Range(first, last),
        tuple(known[index] for index in meanings),
        company,
        tuple((Part(part), tuple(Range(*at) for at in ranges)) for part, ranges in evidence),
        right,
        tuple(lacks),
        tuple(questions),
        None if severity is None else Severity(severity),
    )


def _ends(at: Range) -> tuple[int, int]:
    return at.start, at.end


def _meanings(rule: Rule) -> tuple[KnownMeaning, ...]:
    from sos_lint.rule import ShortForm

    return rule.pattern.meanings if isinstance(rule.pattern, ShortForm) else ()
