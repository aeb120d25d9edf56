"""Keeps what was found in documents, so that an unchanged one need not be searched again.

What was found stands under a hash of the document's bytes, the packs, the settings that matter and this
program. It is places, numbers of rules and words of the packs, never a word of the document. With it stands
how the text lies in its file, so that it need not be made of the markup again. Of a file with
nothing to say of it, it is also kept under a hash of its path, with its size and times: while those are the
same it is not even read. The hashes are salted with a secret of the cache's own, so that nobody can try out
what a document said or was called. Several processes may use it at once. Anything odd about it means that
the document is searched; nothing breaks.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sos_lint.digest import blake2b
from sos_lint.kinds import Part, Severity
from sos_lint.layout import Layout
from sos_lint.packs.store import folder
from sos_lint.program import program
from sos_lint.shelf import Room, Shelf
from sos_lint.text import Range

if TYPE_CHECKING:
    from sos_lint.catalogue import Catalogue
    from sos_lint.document import Document
    from sos_lint.rule import KnownMeaning, Match, Rule
    from sos_lint.settings import Settings

ROOM = Room(entries=50_000, size=256 * 1024 * 1024)
SETTLED = 2_000_000_000  # nanoseconds: a file that changed later than this before may change again unseen
_NAME = "kept.db"
_encoded = json.JSONEncoder(separators=(",", ":")).encode
_SALT = "salt"


class Kept(NamedTuple):
    """What was found in a document: how many words it has, and the matches in each of its texts.

    `remarks`: it says something to sos-lint itself. `layout`: how its text lies in its file, where that can
    be kept.
    """

    words: int
    remarks: bool
    matches: list[list[Match]]
    layout: Layout | None = None

    @classmethod
    def of(cls, document: Document, matches: list[list[Match]], source: str | None = None) -> Kept:
        """What is to be kept of a document; with its layout where `source`, the characters of its file, is
        given.
        """
        layout = None if source is None else Layout.of(document, source)
        return cls(document.words, bool(document.remarks), matches, layout)

    @property
    def is_empty(self) -> bool:
        """True of a document on which there is nothing to say."""
        return not self.remarks and not any(self.matches)


class Seen(NamedTuple):
    """A file as the system knows it: the name of its path in the cache, and what changes when the file does.

    `settled`: it did not change in the last moment, in which the clock of the disk might not tell two states
    from one another.
    """

    name: bytes
    state: bytes
    settled: bool


class Results:
    """What is kept in one folder, in which there need be nothing yet. To be closed after use."""

    def __init__(self, place: Path | None = None) -> None:
        where = place or results_folder()
        self._salt = _salt(where)
        self._shelf = Shelf(where / _NAME, ROOM)
        self._searches: dict[tuple[str, Settings], blake2b] = {}

    def name(self, catalogue: Catalogue, settings: Settings, ending: str, data: bytes) -> bytes | None:
        """What the entry of a document is called; None where it cannot be told what it was searched for."""
        digest = self._search(catalogue, settings)
        if digest is None:
            return None
        for part in (b"words", ending.encode("utf-8", "surrogatepass"), data):
            _add(digest, part)
        return digest.digest()

    def found(self, name: bytes, catalogue: Catalogue) -> Kept | None:
        """What is kept under a name, if something is."""
        try:
            words, remarks, texts, layout = json.loads(self._shelf.entry(name) or b"")
            matches = [[_built(match, catalogue) for match in text] for text in texts]
            return Kept(int(words), remarks, matches, None if layout is None else Layout(*layout))
        except (ValueError, LookupError, TypeError, AttributeError):
            return None

    def keep(self, name: bytes, kept: Kept, catalogue: Catalogue) -> None:
        """Keep what was found under a name; where that is not possible, do without."""
        texts = (
            "[" + ",".join(_encoded(_plain(match, catalogue)) for match in text) + "]"
            for text in kept.matches
        )
        parts = (_encoded(kept.words), _encoded(kept.remarks), f"[{','.join(texts)}]", _encoded(kept.layout))
        self._shelf.put(name, f"[{','.join(parts)}]".encode())

    def seen(self, path: Path, catalogue: Catalogue, settings: Settings) -> Seen | None:
        """A file as it is now; None where there is none, or it cannot be told what it was searched for."""
        digest = self._search(catalogue, settings)
        if digest is None:
            return None
        try:
            known = os.stat(path)  # noqa: PTH116 (thousands of them)
        except (OSError, ValueError):
            return None
        _add(digest, b"path")
        _add(digest, os.fsencode(os.path.abspath(path)))  # noqa: PTH100
        changed = max(known.st_mtime_ns, known.st_ctime_ns)
        state = f"{known.st_mtime_ns} {known.st_ctime_ns} {known.st_size} {known.st_dev} {known.st_ino} "
        return Seen(digest.digest(), state.encode(), changed < time.time_ns() - SETTLED)

    def clear_words(self, seen: Seen) -> int | None:
        """How many words a file has that has not changed since there was nothing to say of it."""
        entry = self._shelf.entry(seen.name)
        try:
            return int(entry.removeprefix(seen.state)) if entry and entry.startswith(seen.state) else None
        except ValueError:
            return None

    def keep_clear(self, seen: Seen, words: int) -> None:
        """Keep that there is nothing to say of a file as it was seen before it was read."""
        if seen.settled:
            self._shelf.put(seen.name, seen.state + b"%d" % words)

    def reading(self) -> AbstractContextManager[None]:
        """Many entries are asked for, one after another."""
        return self._shelf.reading()

    def close(self) -> None:
        """Write what waits to be kept."""
        self._shelf.close()

    def _search(self, catalogue: Catalogue, settings: Settings) -> blake2b | None:
        """A hash of what is searched for, and how; more can be added to it."""
        if not catalogue.digest or self._salt is None:
            return None
        search = catalogue.digest, settings
        if search not in self._searches:
            digest = self._searches[search] = blake2b(key=self._salt, digest_size=24)
            for part in (_program(), catalogue.digest.encode(), _what_matters(settings)):
                _add(digest, part)
        return self._searches[search].copy()


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


def _add(digest: blake2b, part: bytes) -> None:
    digest.update(len(part).to_bytes(8, "big"))
    digest.update(part)


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
