"""Holds the interview in the terminal: shows the place in hand, reads a line, makes the move."""

from __future__ import annotations

from contextlib import suppress

from sos_lint.cli.rewrite.editor import edit
from sos_lint.cli.rewrite.keyboard import Keyboard
from sos_lint.cli.rewrite.screen import Screen
from sos_lint.errors import SosLintError
from sos_lint.finding import Finding
from sos_lint.rewrite.interview import Interview, Stage


class _Finish(Exception):
    """The writer wants to finish here."""


class Talk:
    """One interview. `interview` is where it stands, whatever happens; `target` names the file to write."""

    def __init__(self, interview: Interview, screen: Screen, keyboard: Keyboard, target: str) -> None:
        self.interview = interview
        self._screen = screen
        self.keyboard = keyboard
        self._target = target

    def hold(self) -> bool:
        """Ask until every place is decided on or the writer finishes; True when she wants it written."""
        self._screen.welcome(self.interview)
        while True:
            with suppress(_Finish, EOFError, KeyboardInterrupt):  # she is asked what is to become of it
                self._ask()
            wanted = self._last_word()
            if wanted is not None:
                return wanted

    def _ask(self) -> None:
        shown = None
        while (finding := self.interview.finding) is not None:
            if shown != (finding, len(self.interview.decided)):
                self._screen.place(self.interview, finding)
                shown = finding, len(self.interview.decided)
            stage = self.interview.stage
            if stage is Stage.ANSWER:
                self._screen.question(self.interview)
            elif stage is Stage.CHOICE:
                self._screen.choices(self.interview, finding)
            else:
                self._screen.review(self.interview)
            line = self._line(stage)
            try:
                before, self.interview = self.interview, self._moved(finding, line)
                self._screen.moved(before, self.interview)
            except SosLintError as fault:
                self._screen.fault(fault)

    def _last_word(self) -> bool | None:
        """Whether to write what was done; None to go on."""
        done = self.interview.finding is None
        if done and not self.interview.changes:
            self._screen.untouched(self._target)
            return False
        while True:
            self._screen.finished(self.interview, self._target)
            try:
                line = self.keyboard.line().strip().casefold()
            except (EOFError, KeyboardInterrupt):
                line = "no"
            if line == "" and self.interview.changes:
                return True
            if line == "b":
                self.interview = self.interview.back() if done else self.interview
                return None
            if line in ("", "no"):
                self._screen.untouched(self._target)
                return False

    def _line(self, stage: Stage) -> str:
        while (line := self.keyboard.line()).strip() == "?":
            self._screen.help(stage)
        return line

    def _moved(self, finding: Finding, line: str) -> Interview:
        """The interview after one line: a key that can be used everywhere, or what the stage waits for."""
        now = self.interview
        match line.strip():
            case "q":
                raise _Finish
            case "b":
                return now.back()
            case "s":
                return now.skip()
            case "a":
                return now.skip(rule=True)
            case "e" | "E" as key:
                return self._edited(finding, elsewhere=key == "E")
        if now.stage is Stage.REVIEW:
            return self._reviewed(finding, line)
        if _is_slip(line):
            self._screen.say("That is not one of the keys. ? shows them.")
            return now
        return now.answer(line) if now.stage is Stage.ANSWER else self._chosen(line)

    def _chosen(self, line: str) -> Interview:
        words = line.strip()
        if not words:
            return self.interview.skip()
        if words.isascii() and words.isdigit():
            number = int(words)
            if 0 < number <= len(self.interview.options):
                return self.interview.choose(number - 1)
            self._screen.say(f"There is no number {number} here.")
            return self.interview
        return self.interview.say(words)

    def _reviewed(self, finding: Finding, line: str) -> Interview:
        match line.strip():
            case "" if self.interview.blanks:
                return self._edited(finding, elsewhere=False)
            case "":
                return self.interview.accept()
            case "r":
                return self.interview.switch()
        self._screen.say("That is not one of the keys. To change the words, press e. ? shows them all.")
        return self.interview

    def _edited(self, finding: Finding, *, elsewhere: bool) -> Interview:
        """The sentence as the writer changes it: the new one if there is one, else that of the draft."""
        now = self.interview.so_far()
        words = "".join(piece.words for piece in now.new_sentence)
        if not words.strip():
            self._screen.say("There is no sentence to change here.")
            return now
        if elsewhere:
            return now.write(edit(words))
        self._screen.say("Change the words, then press Enter.")
        blanks = now.blanks
        if blanks:
            cursor = words.find(blanks[0])
        else:
            cursor = len(words) if now.stage is Stage.REVIEW else finding.in_sentence.end
        return now.write(self.keyboard.sentence(words, cursor))


def _is_slip(line: str) -> bool:
    """True for one letter, which is a key that was meant, and no answer."""
    return len(line.strip()) == 1 and line.strip().isalpha()
