"""Many documents: what goes wrong with one stays with it, and is said without its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sos_lint.batch import lint_files
from sos_lint.document import Document
from sos_lint.errors import BadConfig, BadPack, SosLintError, UnreadableFile
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.readers.find import Found
from sos_lint.report import FileReport
from sos_lint.rule import Match
from sos_lint.settings import FailOn, Settings

SECRET = "Wilbur Pennyfeather hid behind Odette"
NAMES = ("a.md", "b.md", "c.md")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.with_packs()


def found(*names: str) -> list[Found]:
    return [Found(Path(name), name) for name in names]


def open_draft(draft: Found, _: Settings) -> Document:
    return read_bytes(f"{SECRET}. There is neglect in {draft.name}.".encode(), draft.name)


class Failing(Linter):
    """Fails over one document, as no linter should."""

    def __init__(self, linter: Linter, error: Callable[[str], BaseException]) -> None:
        super().__init__(linter.catalogue)
        self.error = error

    def matches(self, document: Document, *others: object) -> list[list[Match]]:
        if document.name == "b.md":
            raise self.error(document.text)
        return super().matches(document, *others)  # type: ignore[arg-type]


CRASHES: dict[str, tuple[Callable[[str], BaseException], str]] = {
    "with the words": (
        ValueError,
        "sos-lint itself failed on this file: ValueError (test_batch.py, matches, line",
    ),
    "with the words as a key": (KeyError, "sos-lint itself failed on this file: KeyError"),
    "without memory": (MemoryError, "There is not enough memory for this file."),
    "too deep": (RecursionError, "It is nested too deeply to be read."),
    "unreadable after all": (lambda _: UnreadableFile("b.md", "It is odd.", "Mend it."), "It is odd."),
}


@pytest.mark.parametrize(("error", "said"), CRASHES.values(), ids=CRASHES)
def test_a_failure_stays_with_its_document(
    linter: Linter, error: Callable[[str], BaseException], said: str
) -> None:
    failing = Failing(linter, error)
    reports = list(lint_files(found(*NAMES), lambda _: (failing, Settings()), open_draft))
    assert [report.path for report in reports] == list(NAMES)
    assert [bool(report.findings) for report in reports] == [True, False, True]
    failure = reports[1].failure
    assert failure is not None
    assert failure.message.startswith(said)
    assert failure.hint
    assert not [word for word in SECRET.split() if word in failure.message + failure.hint]


def test_stopping_is_no_failure(linter: Linter) -> None:
    failing = Failing(linter, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        list(lint_files(found(*NAMES), lambda _: (failing, Settings()), open_draft))


def test_each_document_is_opened_in_its_turn(linter: Linter) -> None:
    opened: list[str] = []

    def open_(draft: Found, _: Settings) -> Document:
        opened.append(draft.name)
        return open_draft(draft, Settings())

    reports = lint_files(found(*NAMES), lambda _: (linter, Settings()), open_)
    assert next(reports).path == "a.md"
    assert opened == ["a.md"]


def test_a_report_counts_words_and_says_whether_it_fails(linter: Linter) -> None:
    def report(settings: Settings) -> FileReport:
        (only,) = lint_files(found("a.md"), lambda _: (linter, settings), open_draft)
        return only

    assert report(Settings()).words == 10
    assert report(Settings()).fails
    assert not report(Settings(fail_on=FailOn.ERROR)).fails
    assert not report(Settings(select=("acronyms",))).findings


BROKEN = BadConfig("x/.sos-lint.yml:3", "the key “ignor” is not known here.", "Did you mean “ignore”?")
ONE = SosLintError("p/a.yml:1", "“id” is missing here.")
TWO = SosLintError("p/b.yml:2", "this is not YAML.", "Look for a missing quote.")

# What is raised for each of the documents; what is told after the others.
PASSED_OVER: dict[str, tuple[dict[str, SosLintError], list[tuple[str, str]]]] = {
    "one of three": (
        {"b.md": BROKEN},
        [(BROKEN.place, "Did you mean “ignore”? Until then, 1 file is not checked.")],
    ),
    "all of one folder": (
        dict.fromkeys(("a.md", "b.md"), BROKEN),
        [(BROKEN.place, "Did you mean “ignore”? Until then, 2 files are not checked.")],
    ),
    "said anew each time": (
        {name: BadConfig(BROKEN.place, BROKEN.sentence, BROKEN.hint) for name in ("a.md", "b.md")},
        [(BROKEN.place, "Did you mean “ignore”? Until then, 2 files are not checked.")],
    ),
    "every fault of a pack": (
        dict.fromkeys(NAMES, BadPack((ONE, TWO))),
        [(ONE.place, ""), (TWO.place, "Look for a missing quote. Until then, 3 files are not checked.")],
    ),
    "a fault without a hint": (
        {"a.md": BadPack((ONE,))},
        [(ONE.place, "Until then, 1 file is not checked.")],
    ),
}


@pytest.mark.parametrize(("faults", "told"), PASSED_OVER.values(), ids=PASSED_OVER)
def test_a_fault_of_many_files_is_told_once(
    linter: Linter, faults: dict[str, SosLintError], told: list[tuple[str, str]]
) -> None:
    def choose(path: Path) -> tuple[Linter, Settings]:
        if path.name in faults:
            raise faults[path.name]
        return linter, Settings()

    reports = list(lint_files(found(*NAMES), choose, open_draft))
    others = [name for name in NAMES if name not in faults]
    assert [report.path for report in reports[: len(others)]] == others
    assert [(r.path, r.failure.hint) for r in reports[len(others) :] if r.failure] == told
