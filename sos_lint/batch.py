"""Many documents: each is read and linted on its own, and what goes wrong with one stays with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sos_lint.cache import Kept, Results
from sos_lint.deadline import OutOfMemory, OutOfTime, within
from sos_lint.document import Document
from sos_lint.errors import BadConfig, BadModel, BadPack, SosLintError
from sos_lint.limits import Limits, held, raised
from sos_lint.lint import Linter
from sos_lint.readers import characters, read_bytes, shown
from sos_lint.readers.attached import Drafts
from sos_lint.readers.find import Found
from sos_lint.report import Failure, FileReport
from sos_lint.settings import Settings

if TYPE_CHECKING:
    from sos_lint.finding import Finding
    from sos_lint.received import Explanation
    from sos_lint.rule import Match

Choose = Callable[[Path], tuple[Linter, Settings]]
Open = Callable[[Found, Settings], Document]
_LONG = 200_000  # bytes: about a second of work
Done = TypeVar("Done")
Entry = TypeVar("Entry", Found, Found | FileReport)
Said = tuple[str, str, str]  # a fault's place, sentence and hint


class Asked(NamedTuple):
    """What the reports are to hold beside the findings.

    `measure`: how hard each document is to read. `told`: the places where nothing is left to ask. `glossary`:
    its short forms. `ready`: how far a form is. `keep`: the document itself. `set_aside`: what the document
    or its configuration says may stay. `reader`: what it says to whoever received it. `bare`: the findings
    are without what few reports show (see `Linter.findings`).
    """

    measure: bool = False
    told: bool = False
    glossary: bool = False
    ready: bool = False
    keep: bool = False
    set_aside: bool = False
    reader: bool = False
    bare: bool = False

    @property
    def needs_document(self) -> bool:
        """True where the report is to hold more than is kept of a document with nothing to ask."""
        return self.measure or self.glossary or self.ready or self.keep or self.reader


def is_long(documents: Iterable[Found | FileReport]) -> bool:
    """True of documents that are worth the start of a further process."""
    size = 0
    for document in documents:
        if isinstance(document, FileReport) or document.part is not None:  # its message is counted
            continue
        with suppress(OSError, ValueError):  # whoever reads it will say what is wrong
            size += document.path.stat().st_size
        if size >= _LONG:
            return True
    return False


def lint_files(
    documents: Iterable[Found | FileReport],
    choose: Choose,
    open_: Open | None = None,
    asked: Asked | None = None,
    results: Results | None = None,
) -> Iterator[FileReport]:
    """A report for each document, in the order given (see `for_each`).

    `results` are those kept of earlier runs, and will be of this one; a document is then read from its file.
    A report in the place of a document is passed on (see `sifted`).
    """
    wanted = asked or Asked()
    drafts = Drafts()
    opened = open_ or (lambda found, settings: drafts.read(found, settings.columns))

    def lint(found: Found, linter: Linter, settings: Settings) -> FileReport:
        matches: list[list[Match]]
        if results is None:
            document = opened(found, settings)
            matches, words = linter.matches(document, settings), document.words
        else:
            seen = _searched(found, drafts, linter, settings, results)
            if seen.kept.is_empty and not wanted.needs_document:
                return FileReport(shown(found.name), words=seen.kept.words, threshold=settings.threshold)
            document, matches, words = seen.document(), seen.kept.matches, seen.kept.words
            del seen  # with a layout that nobody needs any more
        every = linter.findings(
            document,
            map(_one_by_one, matches),
            settings,
            told=wanted.told,
            set_aside=wanted.set_aside,
            bare=wanted.bare,
        )
        findings = tuple(one for one in every if not (one.is_told or one.suppression))
        readability = linter.measure(document) if wanted.measure else None
        return FileReport(
            document.name,
            findings,
            words=words,
            threshold=settings.threshold,
            readability=readability,
            told=tuple(finding for finding in every if finding.is_told),
            glossary=linter.glossary(document) if wanted.glossary else None,
            ready=linter.ready(document, findings, settings) if wanted.ready else None,
            document=document if wanted.keep else None,
            set_aside=tuple(finding for finding in every if finding.suppression),
            explained=_explained(document, findings, linter) if wanted.reader else None,
        )

    yield from for_each(documents, choose, lint)
    if results is not None:
        results.close()


def _explained(document: Document, findings: Sequence[Finding], linter: Linter) -> tuple[Explanation, ...]:
    from sos_lint.explain import explained

    return explained(document, findings, linter)


def _one_by_one(matches: list[Match]) -> Iterator[Match]:
    """The matches in order, each let go as it is given: of a long document they would fill the memory."""
    matches.reverse()
    while matches:
        yield matches.pop()


def sifted(
    documents: Iterable[Found], choose: Choose, asked: Asked, results: Results
) -> list[Found | FileReport]:
    """The documents; in the place of each with nothing to say of it, that has not changed since, its report.

    It is not even read.
    """
    if asked.needs_document:
        return list(documents)
    with results.reading():
        told = [_known(found, choose, results) or found for found in documents]
    results.close()
    return told


def _known(found: Found, choose: Choose, results: Results) -> FileReport | None:
    if found.part is not None or not _can_choose(found, choose, Counter()):
        return None
    linter, settings = choose(found.path)
    seen = results.seen(found.path, linter.catalogue, settings)
    words = None if seen is None else results.clear_words(seen)
    if words is None:
        return None
    return FileReport(shown(found.name), words=words, threshold=settings.threshold)


class _Searched(NamedTuple):
    """What was found in a file, now or before, and what reads it."""

    kept: Kept
    document: Callable[[], Document]


def _searched(
    found: Found, drafts: Drafts, linter: Linter, settings: Settings, results: Results
) -> _Searched:
    before = results.seen(found.path, linter.catalogue, settings) if found.part is None else None
    data = drafts.load(found)
    name = results.name(linter.catalogue, settings, found.place.suffix.lower(), data)
    kept = results.found(name, linter.catalogue) if name else None
    searched = (
        _search(data, found, linter, settings) if kept is None else _known_by(kept, data, found, settings)
    )
    if kept is None and name:
        results.keep(name, searched.kept, linter.catalogue)
    if before is not None and searched.kept.is_empty:
        results.keep_clear(before, searched.kept.words)
    return searched


def _search(data: bytes, found: Found, linter: Linter, settings: Settings) -> _Searched:
    """What is found in a file now."""
    document = read_bytes(data, found.name, columns=settings.columns)
    matches = linter.matches(document, settings)
    source = characters(data) if document.source is not None and any(matches) else None
    return _Searched(Kept.of(document, matches, source), lambda: document)


def _known_by(kept: Kept, data: bytes, found: Found, settings: Settings) -> _Searched:
    """What was found in a file before. The document is as its layout and its file give it, where they can."""

    def document() -> Document:
        source = None if kept.layout is None else characters(data)
        if kept.layout is not None and source is not None:
            with suppress(ValueError, IndexError, TypeError):
                return kept.layout.document(shown(found.name), source)
        return read_bytes(data, found.name, columns=settings.columns)

    return _Searched(kept, cache(document))


def choosable(documents: Iterable[Entry], choose: Choose) -> tuple[list[Entry], list[FileReport]]:
    """The documents whose configuration and packs can be followed, and what is wrong with the others'.

    A report in the place of a document is passed on.
    """
    found: list[Entry] = []
    passed_over: Counter[tuple[Said, ...]] = Counter()
    for document in documents:
        if isinstance(document, FileReport) or _can_choose(document, choose, passed_over):
            found.append(document)
    return found, list(_told_once(passed_over))


def _can_choose(found: Found, choose: Choose, passed_over: Counter[tuple[Said, ...]]) -> bool:
    """False where it cannot be said how to check a document: counted under what is wrong."""
    try:
        choose(found.path)
    except BadPack as bad:
        passed_over[tuple(map(_said, bad.faults))] += 1
    except BadConfig as fault:
        passed_over[_said(fault),] += 1
    else:
        return True
    return False


def for_each(
    documents: Iterable[Found | FileReport], choose: Choose, do: Callable[[Found, Linter, Settings], Done]
) -> Iterator[Done | FileReport]:
    """What `do` makes of each document, in the order given; `choose` gives its linter and settings.

    A configuration or pack that cannot be followed is told once, at the end, with the number of files that
    were passed over for it. A document that cannot be read, or written, is a failure in a report; so is one
    on which the program itself fails, which is said without a word of the document. A report in the place of
    a document is passed on.
    """
    passed_over: Counter[tuple[Said, ...]] = Counter()
    for found in documents:
        if isinstance(found, FileReport):
            yield found
            continue
        if _can_choose(found, choose, passed_over):
            linter, settings = choose(found.path)
            yield _at_border(
                found,
                lambda: do(found, linter, settings),  # noqa: B023 (called at once)
                settings.bounds,
                words=linter.excerpts,
            )
    yield from _told_once(passed_over)


def _at_border(found: Found, work: Callable[[], Done], limits: Limits, *, words: bool) -> Done | FileReport:
    """What the work on one document comes to, or why it failed. `words` of it may be told, if need be."""
    try:
        with held(limits), within(limits.seconds, limits.memory_in_bytes):
            return work()
    except OutOfTime:
        why = f"This file took longer than {limits.seconds:,} s."
        return FileReport(found.name, failure=Failure(why, f"Split it, {raised('seconds')}."))
    except OutOfMemory:
        why = f"This file took more than {limits.memory:,} MB of memory."
        return FileReport(found.name, failure=Failure(why, f"Split it, {raised('memory')}."))
    except MemoryError:
        why = "There is not enough memory for this file."
        return FileReport(found.name, failure=Failure(why, "Split it, or close other programs."))
    except BadModel:  # nothing is wrong with the document
        raise
    except SosLintError as fault:
        return FileReport(found.name, failure=Failure(fault.sentence, fault.mend(words=words)))
    except RecursionError:
        why = "It is nested too deeply to be read."
        return FileReport(found.name, failure=Failure(why, "Save it as plain text."))
    except Exception as error:  # the document border: nothing in one file may stop the others
        hint = "Please tell the makers of sos-lint."
        return FileReport(found.name, failure=Failure(own_fault(error, "on this file"), hint))


def _said(fault: SosLintError) -> Said:
    return fault.place, fault.sentence, fault.hint


def _told_once(passed_over: Mapping[tuple[Said, ...], int]) -> Iterator[FileReport]:
    """Each fault of a configuration or pack, and with the last what it means for the documents."""
    told: Counter[Said] = Counter()
    for faults, count in passed_over.items():
        told.update(dict.fromkeys(faults, 0))
        told[faults[-1]] += count
    for (place, sentence, hint), count in told.items():
        until = (
            f"Until then, {count:,} {'file is' if count == 1 else 'files are'} not checked." if count else ""
        )
        yield FileReport(place, failure=Failure(sentence, f"{hint} {until}".strip()))


def own_fault(error: Exception, on: str = "") -> str:
    """Where the program failed, in its own words: a traceback could hold the document's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace is not None else None
    place = (
        f" ({Path(code.co_filename).name}, {code.co_name}, line {trace.tb_lineno})" if code and trace else ""
    )
    failed = f"sos-lint itself failed {on}".strip()
    return f"{failed}: {type(error).__name__}{place}."
