"""Many documents: each is read and linted on its own, and what goes wrong with one stays with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from sos_lint.config import Settings
from sos_lint.document import Document
from sos_lint.errors import BadConfig, BadPack, SosLintError, UnreadableFile
from sos_lint.lint import Linter
from sos_lint.readers import read
from sos_lint.readers.find import Found
from sos_lint.report import Failure, FileReport

Choose = Callable[[Path], tuple[Linter, Settings]]


def lint_files(documents: Iterable[Found], choose: Choose) -> Iterator[FileReport]:
    """A report for each document, in the order given; `choose` gives its linter and settings.

    A configuration or pack that cannot be followed is told once, whatever the number of its files.
    A document that cannot be read is a failure in its report; so is one on which the program itself fails,
    which is said without a word of the document.
    """
    told: set[str] = set()
    for found in documents:
        try:
            linter, settings = choose(found.path)
        except BadPack as bad:
            yield from _once(bad.faults, told)
            continue
        except BadConfig as fault:
            yield from _once((fault,), told)
            continue
        yield lint_one(found.name, partial(read, found.path, found.name), linter, settings)


def lint_one(name: str, open_: Callable[[], Document], linter: Linter, settings: Settings) -> FileReport:
    """The report on one document, whatever happens while it is opened and linted."""
    try:
        document = open_()
        findings = linter.lint(document, settings)
    except UnreadableFile as fault:
        return FileReport(name, failure=Failure(fault.sentence, fault.hint))
    except RecursionError:
        return FileReport(
            name, failure=Failure("It is nested too deeply to be read.", "Save it as plain text.")
        )
    except Exception as error:  # the document border: nothing in one file may stop the others
        return FileReport(name, failure=Failure(_own_fault(error), "Please tell the makers of sos-lint."))
    fails = settings.fail_on is not None and any(f.severity >= settings.fail_on for f in findings)
    return FileReport(document.name, findings, words=len(document.text.split()), fails=fails)


def _once(faults: Iterable[SosLintError], told: set[str]) -> Iterator[FileReport]:
    for fault in faults:
        if str(fault) not in told:
            told.add(str(fault))
            yield FileReport(fault.place, failure=Failure(fault.sentence, fault.hint))


def _own_fault(error: Exception) -> str:
    """Where the program failed, in its own words: a traceback could hold the document's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace is not None else None
    place = (
        f" ({Path(code.co_filename).name}, {code.co_name}, line {trace.tb_lineno})" if code and trace else ""
    )
    return f"sos-lint itself failed on this file: {type(error).__name__}{place}."
