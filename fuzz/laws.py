"""What must hold of any bytes, for each door by which they come in.

Each function takes the bytes and returns nothing. A fault that the project words itself is right; any other
exception, or a law that does not hold, is a find.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import cache
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

from document_laws import check, check_bytes, source_of
from small_packs import rule, write_pack

from sos_lint import baseline
from sos_lint.annotate import annotate_draft
from sos_lint.cache import Kept, Results
from sos_lint.catalogue import Catalogue
from sos_lint.config import read_config
from sos_lint.document import Document
from sos_lint.errors import BadConfig, BadPack, SosLintError, UnreadableFile
from sos_lint.finding import Finding
from sos_lint.fix import fix
from sos_lint.kinds import Kind, Safety
from sos_lint.lint import Linter, shared_linter
from sos_lint.packs import store
from sos_lint.packs.compile import compile_packs
from sos_lint.packs.sources import PackSource, find_packs
from sos_lint.readers import from_email, from_msg, read_bytes
from sos_lint.report import FileReport, Report
from sos_lint.reporters import FORMATS, write
from sos_lint.rewrite.answers import answers_file, read_answers
from sos_lint.rewrite.notes import Author
from sos_lint.selftest import try_rules
from sos_lint.settings import Profile, Settings

Law = Callable[[bytes], None]
COLUMNS = ("note", "Notes")
BETWEEN = b"\n=====\n"  # parts the files of a pack in one input
# The kinds of file that the whole path is tried on; the first byte of an input says which.
KINDS = (".txt", ".md", ".html", ".eml", ".rtf", ".csv", ".docx", ".odt", ".fodt", ".xlsx", ".pdf", ".msg")
_WRITTEN = (".docx", ".odt")  # that can hold comments
_XML, _JSON = ("junit", "checkstyle"), ("json", "sarif", "gitlab")
_DRAFT = b"# Neglect\n\nOdette has a CIN plan. There is neglect, often. Wilbur is cold; he hides.\n"
_MARK = 8  # bytes at the front of an entry of the cache by which it is known to be whole
_OFTEN = 16  # one input in so many is read twice


def reads(ending: str, columns: Sequence[str] = ()) -> Law:
    """A reader gives a document that keeps its laws, the same each time, or words why there is none."""

    def law(data: bytes) -> None:
        name = f"a{ending}"
        if _is_chosen(data):
            first, again = (check_bytes(data, name, columns) for _ in range(2))
            assert _parts(first) == _parts(again)
            return
        with suppress(UnreadableFile):
            read_bytes(data, name, columns=columns)

    return law


def reads_any(data: bytes) -> None:
    """As `reads`, of the kind of file that the first byte says."""
    if data:
        ending = KINDS[data[0] % len(KINDS)]
        reads(ending, COLUMNS if ending in (".csv", ".xlsx") else ())(data[1:])


def _parts(document: Document | None) -> object:
    """All that there is of a document, to be compared."""
    return document and (
        document.text,
        document.blocks,
        document.source_map.segments,
        document.marks,
        document.remarks,
    )


def attached(data: bytes) -> None:
    """What is attached to a message is found and unpacked, or it is worded why not."""
    reader = from_msg if data[:1] == b"\xd0" else from_email
    with suppress(UnreadableFile):
        for one in reader.attached(data, "a"):
            with suppress(UnreadableFile):
                assert isinstance(one.data(), bytes)


def goes_through(data: bytes) -> None:
    """The whole path: read, find, report, fix, annotate."""
    if not data:
        return
    ending = KINDS[data[0] % len(KINDS)]
    name, data = f"a{ending}", data[1:]
    settings = Settings(columns=COLUMNS, profile=Profile.STRICT if _is_chosen(data) else None)
    linter = shared_linter()
    try:
        document = read_bytes(data, name, columns=settings.columns)
    except UnreadableFile:
        return
    findings = linter.lint(document, settings, told=True, set_aside=True)
    _check_findings(findings, document)
    _check_reports(linter, document, findings, settings)
    if _is_chosen(data):
        assert findings == linter.lint(document, settings, told=True, set_aside=True)
    with suppress(SosLintError):
        fixed = fix(data, name, linter, settings, Safety.REVIEW)
        check(fixed.after, source_of(fixed.data, fixed.after))
    if ending in _WRITTEN:
        with suppress(SosLintError):
            done = annotate_draft(
                data, name, linter, settings, Author("Fuzz"), replace=False, track=True, glossary=True
            )
            read_bytes(done.data, name)


def _check_findings(findings: Sequence[Finding], document: Document) -> None:
    """Places lie in the text, the words are those that stand there, and all is in order."""
    lines = document.lines()
    for finding in findings:
        assert finding.at.end <= len(document.text)
        if finding.kind is Kind.REMARK:  # it tells of a comment, which is no prose
            continue
        assert finding.text == finding.at.of(document.text)
        assert finding.sentence[finding.in_sentence.start : finding.in_sentence.end] in finding.text
        shown = document.place(finding.at)
        assert (finding.start.offset, finding.end.offset) == (shown.start, shown.end)
        assert lines.position(shown.start) == (finding.start.line, finding.start.column)
        for edit in finding.edits:
            assert document.source_map.is_verbatim(edit.at)
    assert list(findings) == sorted(findings, key=lambda finding: finding.sort_key)
    marks = [finding.fingerprint for finding in findings if not finding.is_told]
    assert len(set(marks)) == len(marks)


def _check_reports(
    linter: Linter, document: Document, findings: Sequence[Finding], settings: Settings
) -> None:
    """Every report can be written, and read as what it is."""
    asked = tuple(one for one in findings if not (one.is_told or one.suppression))
    file = FileReport(
        document.name,
        asked,
        words=len(document.text.split()),
        readability=linter.measure(document),
        told=tuple(one for one in findings if one.is_told),
        glossary=linter.glossary(document),
        ready=linter.ready(document, asked, settings),
        document=document,
        set_aside=tuple(one for one in findings if one.suppression),
    )
    report = Report((file,), statistics=True, summary=True, set_aside=True)
    for format in FORMATS:
        stream = StringIO()
        write(report, format, stream, width=80, verbose=True)
        if format in _JSON:
            json.loads(stream.getvalue())
        if format in _XML:
            ElementTree.fromstring(stream.getvalue())


def compiles(data: bytes) -> None:
    """A pack of files is a catalogue that works, or every fault of it is worded."""
    files = [file.partition(b"\n") for file in data.split(BETWEEN)]
    named = {name.decode("utf-8", "replace") or "a.yml": text for name, _, text in files}
    source = PackSource("small", tuple(sorted(named.items())))
    try:
        catalogue = compile_packs([source])
    except BadPack as bad:
        faults = bad.faults
    else:
        faults = ()
    assert all(fault.sentence and len(str(fault).splitlines()) == 1 for fault in faults)
    if faults:
        return
    Catalogue.from_head(catalogue.head, lambda: catalogue.body)
    draft = read_bytes(_DRAFT, "a.md")
    _check_findings(Linter(catalogue).lint(draft, told=True), draft)
    try_rules(catalogue)


def configures(data: bytes) -> None:
    """A configuration, YAML or TOML by its first byte, is followed or its fault is worded."""
    path = _folder() / ("pyproject.toml" if data[:1] == b"t" else ".sos-lint.yml")
    path.write_bytes(data[1:])
    with suppress(BadConfig):
        config = read_config(path)
        settings = config.settings_for(_folder() / "drafts" / "a.md")
        config.leaves_out(_folder() / "drafts" / "a.md", folder=False)
        if _is_chosen(data):
            shared_linter().lint(read_bytes(_DRAFT, "a.md"), settings)


def answers(data: bytes) -> None:
    """A file of answers is read or its fault is worded; what was read is the same when written and read."""
    text = data.decode("utf-8", "replace")
    rules = _rules()
    with suppress(SosLintError):
        entries = read_answers(text, "answers.yml", rules)
        again = read_answers(answers_file(entries, "a.md"), "answers.yml", rules)
        assert [_said(one) for one in again] == [_said(one) for one in entries]


def _said(entry: object) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in ("rule", "place", "words", "sentence", "decision"))


def baselines(data: bytes) -> None:
    """A baseline is read or its fault is worded; what was read can be compared, and written again."""
    path = _folder() / "baseline.json"
    path.write_bytes(data)
    with suppress(BadConfig):
        old = baseline.read(path)
        found = {"a.md": _of_draft()}
        baseline.compare(old, found, lambda: ["a.md"])
        path.unlink()
        baseline.write(path, baseline.pruned(old, found, lambda: ["a.md"]))
        baseline.read(path)


def keeps_results(data: bytes) -> None:
    """An entry of the cache is what was kept, or as if it were not there.

    libFuzzer sees what is compared, and so can forge a mark; one that is another than that of what was kept
    tells nothing.
    """
    name, true = kept_result()
    with closing(_shelf()) as shelf, shelf:
        shelf.execute("UPDATE kept SET data = ?", (data,))
    results = Results(_folder() / "results")
    kept = results.found(name, shared_linter().catalogue)
    results.close()
    if data[:_MARK] == true[:_MARK]:
        assert kept is None or data == true


def keeps_packs(data: bytes) -> None:
    """Compiled packs are those that were kept, or they are compiled again (see `keeps_results`)."""
    sources, stored, kept = kept_packs()
    stored.write_bytes(data)
    catalogue = store.stored(sources)
    if catalogue is not None and _first_line(data) == _first_line(kept):
        found = Linter(catalogue).lint(read_bytes(_DRAFT, "a.md"))
        assert [finding.text for finding in found] == ["Neglect", "neglect"]


def _first_line(data: bytes) -> bytes:
    return data.partition(b"\n")[0]


@cache
def kept_result() -> tuple[bytes, bytes]:
    """The name of an entry of the cache, and the entry as it is written."""
    results, linter = Results(_folder() / "results"), shared_linter()
    draft, settings = read_bytes(_DRAFT, "a.md"), Settings()
    name = results.name(linter.catalogue, settings, ".md", _DRAFT)
    assert name is not None
    results.keep(name, Kept.of(draft, linter.matches(draft, settings)), linter.catalogue)
    results.close()
    with closing(_shelf()) as shelf:
        (data,) = shelf.execute("SELECT data FROM kept").fetchone()
    return name, data


def _shelf() -> sqlite3.Connection:
    return sqlite3.connect(_folder() / "results" / "kept.db")


@cache
def kept_packs() -> tuple[list[PackSource], Path, bytes]:
    """A small pack, where it is kept compiled, and what stands there."""
    path = write_pack(_folder() / "small", {"one": rule("one", phrases=["neglect"])})
    sources = find_packs([path])
    catalogue = compile_packs(sources)
    store.keep(sources, catalogue)
    path = store.folder() / f"{catalogue.digest}.packs"
    return sources, path, path.read_bytes()


@cache
def _of_draft() -> tuple[Finding, ...]:
    return shared_linter().lint(read_bytes(_DRAFT, "a.md"))


@cache
def _rules() -> frozenset[str]:
    return frozenset(shared_linter().catalogue.selectors)


@cache
def _held() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="sos-fuzz-")


def _folder() -> Path:
    """A folder for what has to be a file, which goes when the program ends."""
    return Path(_held().name)


def _is_chosen(data: bytes) -> bool:
    return zlib.crc32(data) % _OFTEN == 0
