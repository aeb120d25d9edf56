"""One audit of an archive: cut into parts, each linted and written by itself, then joined.

What is done stands in a private folder below the output, so that a run that was killed goes on where it
stopped: a part is there whole or not at all, and the same rows make the same parts each time. A manifest says
what was asked; a folder in which another audit was begun is left alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

import sos_lint
from sos_lint.audit.columns import Columns
from sos_lint.audit.database import database, quoted
from sos_lint.audit.pool import Part, Pool, Told
from sos_lint.audit.sources import Fault, How, Table
from sos_lint.audit.sources.documents import documents_in, handfuls
from sos_lint.digest import blake2b
from sos_lint.errors import BadOption
from sos_lint.project import Project
from sos_lint.readers import shown
from sos_lint.rewrite.save import save

ROWS, LEAST = 2_000, 100  # rows of a part: the most, and the least that are worth one
PARTS = 64  # of an archive that has the rows: the last process is soon done after the others
BYTES = 2_000_000  # of text in a part: some twenty seconds of work
PRIVATE = ".audit"
NOTES, FINDINGS, MANIFEST = "notes.parquet", "findings.parquet", "manifest.json"


class Wanted(NamedTuple):
    """What is to be audited, where what is found goes, and how.

    `columns` None: the source is a folder of documents, and `group` and `date` say what is known of them.
    `anew`: what an earlier audit left in the folder may go. `rows` and `size` are the most of a part.
    """

    source: str
    out: Path
    columns: Columns | None
    how: How = How()
    group: str | None = None
    date: str | None = None
    with_words: bool = False
    jobs: int = 1
    anew: bool = False
    rows: int = ROWS
    size: int = BYTES


class Progress(NamedTuple):
    """How many rows are done, of how many, and how many of them an earlier run had done."""

    done: int
    total: int
    before: int


Tell = Callable[[Progress], None]


def audit(wanted: Wanted, project: Project, tell: Tell = lambda _: None) -> list[Fault]:
    """Lint the archive into `notes.parquet` and `findings.parquet`; the files that could not be read.

    Raises BadOption where the folder holds another audit, or the source cannot be read at all.
    """
    project.choose(Path(wanted.source))  # a fault in the rules is told once, and before any work
    pool = Pool(Told(project, Path(wanted.source), wanted.with_words), wanted.jobs)
    archive = _Archive(wanted, project)
    private = _begin(wanted, project, archive.files)
    faults = joined(private)
    if faults is not None:
        return faults
    there = {path.name for path in private.glob("part-*.parquet")}
    before = done = 0
    files: list[Path] = []

    def missing() -> Iterator[Part]:
        nonlocal before, done
        for part in archive.parts(private):
            files.append(part.file)
            if part.file.name in there:
                before, done = before + part.rows, done + part.rows
                tell(Progress(done, archive.count, before))
            else:
                yield part

    for part in pool.written(missing()):
        done += part.rows
        tell(Progress(done, archive.count, before))
    join(files, wanted.out)
    finish(private, archive.faults)
    return archive.faults


class _Archive:
    """The rows to be linted, in parts that are the same each time."""

    def __init__(self, wanted: Wanted, project: Project) -> None:
        self._wanted = wanted
        self._table = None
        if wanted.columns is None:
            self._dossiers, self._faults = documents_in(
                wanted.source, project, wanted.group, wanted.date, wanted.out
            )
            self.files = tuple(dossier.found.path for dossier in self._dossiers)
        else:
            self._table = Table(wanted.source, wanted.columns, wanted.how)
            self.files = self._table.files

    @property
    def faults(self) -> list[Fault]:
        """The files that could not be read, as far as is known by now."""
        return self._faults if self._table is None else self._table.faults

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._dossiers) if self._table is None else self._table.count()

    def parts(self, folder: Path) -> Iterator[Part]:
        """All parts in order."""
        first = 1
        for number, (rows, work) in enumerate(self._works()):
            yield Part(number, first, rows, work, folder / f"part-{number:08}.parquet")
            first += rows

    def _works(self) -> Iterator[tuple[int, object]]:
        rows, size = rows_of_a_part(self.count, self._wanted.rows), self._wanted.size
        if self._table is None:
            yield from ((len(hand), hand) for hand in handfuls(self._dossiers, rows, size))
        else:
            yield from ((part.num_rows, part) for part in cut(self._table.batches(), rows, size))


def rows_of_a_part(count: int, most: int = ROWS) -> int:
    """The most rows that a part of so many is to have, the same each time."""
    return min(most, max(LEAST, count // PARTS))


def cut(batches: Iterator[pa.RecordBatch], rows: int, size: int) -> Iterator[pa.RecordBatch]:
    """The same rows in parts; where one ends is said by the rows alone, not by how they were batched."""
    held: list[pa.RecordBatch] = []
    count = weight = 0
    for batch in batches:
        start = 0
        lengths = pc.fill_null(pc.binary_length(batch.column("text")), 0).to_pylist()
        for at, length in enumerate(lengths):
            if count and (count == rows or weight + length > size):
                yield _one([*held, batch.slice(start, at - start)])
                held, start, count, weight = [], at, 0, 0
            count, weight = count + 1, weight + length
        held.append(batch.slice(start))
    if count:
        yield _one(held)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """One batch, which holds none of the memory of those that it was cut from."""
    return pa.concat_batches(batches)


def begin_audit(wanted: Wanted, project: Project) -> Path:
    """The private folder of an audit of a table that somebody else reads."""
    given = Path(wanted.source)
    inside = (path for path in given.rglob("*") if path.is_file()) if given.is_dir() else ()
    return _begin(wanted, project, tuple(sorted(inside)) or (given,))


def _begin(wanted: Wanted, project: Project, files: Sequence[Path]) -> Path:
    linter, settings = project.choose(Path(wanted.source))
    asked = _asked(wanted, files, f"{linter.catalogue.digest} {settings}")
    return begin(wanted.out, asked, anew=wanted.anew)


def _asked(wanted: Wanted, files: Sequence[Path], rules: str) -> dict[str, object]:
    """What tells this audit from another: another version, rule, column or file makes other parts."""
    mark = blake2b(digest_size=16)
    for path in files:
        known = path.stat() if path.exists() else None
        mark.update(f"{path}|{known and (known.st_size, known.st_mtime_ns)}\n".encode("utf-8", "replace"))
    said = wanted._replace(out=Path(), jobs=1, anew=False)
    return {
        "sos_lint": sos_lint.__version__,
        "source": shown(wanted.source),
        "files": mark.hexdigest(),
        "asked": blake2b(repr((said, rules)).encode("utf-8", "replace"), digest_size=16).hexdigest(),
    }


def begin(out: Path, asked: dict[str, object], *, anew: bool) -> Path:
    """The private folder of this audit, made or found again; raises BadOption where it is another's."""
    private = out / PRIVATE
    manifest = private / MANIFEST
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else None
        if before is not None and before.get("asked") != asked and not anew:
            raise BadOption(
                shown(str(out)),
                "another audit was begun in this folder, or the archive has changed since.",
                "Choose another folder with --out, or begin again with --anew.",
            )
        if before is None or before.get("asked") != asked or anew:
            shutil.rmtree(private, ignore_errors=True)
            private.mkdir(mode=0o700)
            _write_manifest(private, {"asked": asked, "joined": False})
        for left in [*private.glob("*.new"), *out.glob(".*.new")]:  # of a run that was killed
            left.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise BadOption(shown(str(out)), "nothing can be kept in this folder.", "Choose another.") from error
    return private


def joined(private: Path) -> list[Fault] | None:
    """The faults of an earlier run in which all parts were done and joined; None where there was none."""
    manifest = json.loads((private / MANIFEST).read_text(encoding="utf-8"))
    there = all((private.parent / name).exists() for name in (NOTES, FINDINGS))
    return [Fault(*one) for one in manifest["faults"]] if manifest["joined"] and there else None


def finish(private: Path, faults: list[Fault]) -> None:
    """Say that all is joined, and take the parts away."""
    manifest = json.loads((private / MANIFEST).read_text(encoding="utf-8"))
    _write_manifest(private, {**manifest, "joined": True, "faults": faults})
    for part in [*private.glob("part-*"), private / "spill"]:
        part.unlink() if part.is_file() else shutil.rmtree(part, ignore_errors=True)


def _write_manifest(private: Path, said: dict[str, object]) -> None:
    save(private / MANIFEST, json.dumps(said, indent=2).encode(), was=None)


def join(files: list[Path], out: Path) -> None:
    """Make one file of the notes in all parts, and one of their findings, in the order of the parts."""
    listed = "[" + ", ".join(quoted(str(file)) for file in files) + "]"
    spill = out / PRIVATE / "spill"
    about = 'row, id, "group", date'
    queries = {
        NOTES: f"{about}, word_count, problems, len(findings)::INTEGER AS places",
        FINDINGS: f"{about}, unnest(findings, max_depth := 2)",
    }
    with closing(database(spill=spill)) as here:
        for name, columns in queries.items():
            new = out / f".{name}.new"
            query = f"SELECT {columns} FROM read_parquet({listed})"
            here.execute(f"COPY ({query}) TO {quoted(str(new))} (FORMAT parquet, COMPRESSION zstd)")
            new.chmod(0o600)
            new.replace(out / name)
