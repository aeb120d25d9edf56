"""One draft to rewrite: where it is read from and written to, and where its answers are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sos_lint.cli import out
from sos_lint.errors import BadOption, SosLintError
from sos_lint.readers import ENDINGS, is_opendocument, is_table, load, shown
from sos_lint.reporters.clean import safe_line
from sos_lint.reporters.names import counted
from sos_lint.rewrite.answers import Entry, answers_file, questions_file, read_answers
from sos_lint.rewrite.draft import Draft
from sos_lint.rewrite.interview import Interview
from sos_lint.rewrite.replay import replayed
from sos_lint.rewrite.save import ended_in_order, save
from sos_lint.rewrite.signed import VOID, is_signed

if TYPE_CHECKING:
    from sos_lint.cli.rewrite.keyboard import Keyboard
    from sos_lint.cli.rewrite.screen import Screen
    from sos_lint.document import Document
    from sos_lint.finding import Finding
    from sos_lint.lint import Linter
    from sos_lint.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """A draft as it was read, and the file that it will be written to. `was` is what that file holds."""

    path: Path
    target: Path
    was: bytes | None
    interview: Interview
    linter: Linter

    @classmethod
    def begin(cls, path: Path, output: Path | None, linter: Linter, settings: Settings) -> Task:
        """Read the draft; raises SosLintError where it cannot be read, or what becomes of it not written."""
        name = shown(str(path))
        data = load(path, name)
        target = output or path
        if output is not None:
            _check_target(output, path)
        if not _may_be_written(target):
            raise BadOption(shown(str(target)), "this may not be written to.", "Name another file with -o.")
        was = data if output is None else load(output, shown(str(output))) if output.exists() else None

        def lint(document: Document) -> tuple[Finding, ...]:
            return linter.lint(document, settings)

        draft = None if is_table(name) else Draft.of(data, name, lint)
        if draft is None or not draft.document.can_change:
            why = "This kind of file is only read: answers cannot be put into it."
            raise SosLintError(name, why, "Save it as .docx, .odt, .html, .md or .txt first.")
        return cls(path, target, was, Interview(draft, lint), linter)

    def questions(self) -> str:
        """The open questions, as a file of answers to fill in."""
        return questions_file(self.interview.open, self.name)

    def answer(self, answers: Path) -> int:
        """Use the answers of a file and write the draft. The status is 1 where some fit no place."""
        entries = _read_entries(answers, self.linter.catalogue.selectors)
        interview, lost = replayed(self.interview, entries)
        if interview.changes or self.target != self.path:
            save(self.target, interview.draft.data, was=self.was)
            self._tell_of_signature(interview.draft.data)
        print(safe_line(f"{shown(str(self.target))}: {_places(interview.changes)} changed."))
        for entry in lost:
            print(safe_line(f"{entry.at}: {_LOST.format(rule=entry.rule)}"), file=sys.stderr)
        return int(bool(lost))

    def ask(self, *, keep: Path | None, resume: bool) -> int:
        """Hold the interview; the answers are kept in the file `keep`, whatever becomes of the draft.

        The status is 2 where the draft could not be written.
        """
        from sos_lint.cli.rewrite.keyboard import Keyboard
        from sos_lint.cli.rewrite.screen import Screen
        from sos_lint.cli.rewrite.talk import Talk
        from sos_lint.reporters.to_terminal import console_on
        from sos_lint.reporters.to_terminal.page import Page

        screen = Screen(Page(console_on(sys.stdout)))
        if keep is not None and not resume:
            _check_new(keep)
        earlier = (
            _read_entries(keep, self.linter.catalogue.selectors) if keep is not None and keep.exists() else ()
        )
        interview, lost = replayed(self.interview, earlier)
        if interview.finding is None and not interview.changes:
            screen.say(f"Nothing to ask: {self.name} reads clearly.")
            return 0
        if lost:
            screen.say(f"Of the answers in {keep}, {len(lost)} fit no place any more.")
        talk = Talk(interview.begun_here(), screen, Keyboard(), shown(str(self.target)))
        with ended_in_order():
            try:
                written = not talk.hold() or self._write(talk.interview, screen, talk.keyboard)
            finally:
                if keep is not None:
                    _keep(keep, answers_file((*talk.interview.decided, *lost), self.name))
                    with suppress(OSError):  # a window that is gone
                        screen.say(
                            f"Your answers are in {keep}. It holds words of the draft: keep it as safe."
                        )
        return 0 if written else 2

    def _tell_of_signature(self, data: bytes) -> None:
        if is_signed(data):
            out.tell(SosLintError(shown(str(self.target)), VOID))

    @property
    def name(self) -> str:
        """The draft's name as it can be printed."""
        return self.interview.draft.document.name

    def _write(self, interview: Interview, screen: Screen, keyboard: Keyboard) -> bool:
        """Write the draft, if need be under a name that the writer gives; False where she gives it up."""
        target, was = self.target, self.was
        while True:
            try:
                save(target, interview.draft.data, was=was)
            except SosLintError as fault:
                screen.fault(fault)
                another = _another_name(self.path, screen, keyboard)
                if another is None:
                    return False
                target, was = another, None
            else:
                left = len(interview.open)
                rest = f" {_places(left)} still open." if left else ""
                screen.say(f"Written: {shown(str(target))}.{rest}")
                self._tell_of_signature(interview.draft.data)
                return True


def _places(count: int) -> str:
    return counted(count, "place is", "places are")


_LOST = "nothing of “{rule}” is found there in the draft; perhaps it is done already."


def _may_be_written(target: Path) -> bool:
    if not target.exists():
        return os.access(target.parent, os.W_OK)
    marked = target.stat().st_mode & 0o222  # who may do everything respects the mark all the same
    return bool(marked) and os.access(target, os.W_OK)


def _check_target(output: Path, path: Path) -> None:
    name = shown(str(output))
    if output.is_dir():
        raise BadOption(name, "this is a folder.", "Add a file's name.")
    if not output.parent.is_dir():
        raise BadOption(name, f"there is no folder “{shown(str(output.parent))}”.", "Make it first.")
    fault = _unlike(output, path)
    if fault:
        raise BadOption(name, fault, f"Let its name end in {path.suffix or '.txt'}.")


def _unlike(output: Path, path: Path) -> str:
    """What is wrong with a name that says another kind of file than the draft is; else nothing."""
    endings = [PurePath(one).suffix.lower() for one in (output, path)]
    alike = ENDINGS.get(endings[0]) is ENDINGS.get(endings[1])
    if is_opendocument(path.name):  # a zip or one file of XML, a text or a template
        alike = endings[0] == endings[1]
    return "" if alike else "the new draft is a file of the same kind as the old."


def _check_new(keep: Path) -> None:
    """Raise BadOption, before any question, where answers cannot be kept."""
    name = shown(str(keep))
    if keep.exists():
        raise BadOption(name, "this file is there already.", "Name a new one, or go on with --resume.")
    if not keep.parent.is_dir() or not os.access(keep.parent, os.W_OK):
        raise BadOption(name, "no file can be made there.", "Choose another folder.")


def _read_entries(path: Path, rules: Collection[str]) -> Sequence[Entry]:
    name = shown(str(path))
    data = load(path, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SosLintError(f"{name}:{line}", "this is not UTF-8 text.", "Save it as UTF-8.") from error
    return read_answers(text, name, rules)


def _keep(path: Path, text: str) -> None:
    """Write a file of answers, which only its owner can read if it is new."""
    new = not path.exists()
    if new:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        save(path, text.encode("utf-8"), was=path.read_bytes())
    except BaseException:
        if new:
            with suppress(OSError):
                path.unlink()
        raise


def _another_name(path: Path, screen: Screen, keyboard: Keyboard) -> Path | None:
    """Another file for the draft; None where the writer gives it up."""
    screen.say("Your changes are not lost. Write them to another file: change this name, or press Enter.")
    free = path.with_stem(f"{path.stem}-clearer")
    while True:
        try:
            name = keyboard.line(str(free)).strip()
            if not name:
                screen.say(
                    "Leave without writing? Your changes will be gone. Type yes, or press Enter to go on."
                )
                if keyboard.line().strip().casefold() == "yes":
                    return None
                continue
        except (EOFError, KeyboardInterrupt):
            screen.say("Nothing was written.")
            return None
        another = Path(name)
        if another.exists():
            screen.say(f"{shown(name)} is there already. Choose a name that is free.")
        elif _unlike(another, path):
            screen.say(f"Let the name end in {path.suffix}.")
        else:
            return another
