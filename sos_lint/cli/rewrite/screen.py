"""What the interview shows: one place at a time, in plain lines that a narrow window can hold."""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Ask, Finding
from sos_lint.kinds import Kind
from sos_lint.readers.build import tidy
from sos_lint.reporters.names import counted, kind_name
from sos_lint.reporters.to_terminal.block import sentence_lines
from sos_lint.reporters.to_terminal.excerpt import columns_of
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.rewrite.decision import Told
from sos_lint.rewrite.interview import Interview, Stage, place

_LINES = 8  # of a sentence before it is cut
_INDENT = 4

# Keys, and what they do where they can be used.
_EVERYWHERE = (("b", "go back one step"), ("q", "finish here; what you have done is kept"))
_KEYS = {
    Stage.ANSWER: (
        ("Enter", "leave this question open"),
        ("s", "skip this place: it stays as it is"),
        ("a", "skip all of this sort, to the end"),
        ("e", "change the sentence yourself, here"),
        ("E", "change it in your own editor"),
        *_EVERYWHERE,
    ),
    Stage.CHOICE: (
        ("Enter", "leave it as it is"),
        ("a", "skip all of this sort, to the end"),
        ("e", "change the sentence yourself, here"),
        ("E", "change it in your own editor"),
        *_EVERYWHERE,
    ),
    Stage.REVIEW: (
        ("Enter", "yes, use it"),
        ("r", "leave the old sentence out, or keep it"),
        ("e", "change it here first"),
        ("E", "change it in your own editor"),
        ("s", "skip this place: it stays as it is"),
        ("a", "skip all of this sort, to the end"),
        *_EVERYWHERE,
    ),
}


class Screen:
    """Writes the interview on a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def welcome(self, interview: Interview) -> None:
        """What this is, and the few things to know."""
        name, count = interview.draft.document.name, len(interview.open)
        self.say(f"{name}: {counted(count, 'place', 'places')} to make clearer, one at a time.", style="bold")
        self.say(
            "Answer in your own words. Enter leaves things as they are. Nothing is written to the file until "
            "you finish. At any time: b goes back, q stops, ? helps."
        )

    def place(self, interview: Interview, finding: Finding) -> None:
        """The finding in hand, in its sentence, and what the text already tells."""
        page = self._page
        left = len(interview.open)
        page.put()
        where = f"{place(finding).capitalize()} · {kind_name(finding.kind)}"
        page.write(page.text(where, "bold"), page.text(f" · {left} left", "dim"), indent=0)
        if finding.sentence:
            page.put()
            page.show(sentence_lines(page, finding, _LINES))
        page.put()
        page.write(page.prose(finding.message))
        if finding.advice:
            page.write(page.prose(finding.advice))
        for ask in finding.asks:
            if ask.told:
                self._told(ask, interview.draft.document)

    def question(self, interview: Interview) -> None:
        """The question that is asked now."""
        asked = interview.question
        number = interview.questions.index(asked) + 1
        lead = f"{number}/{len(interview.questions)}  "
        self._page.put()
        self._page.write(self._page.prose(asked.question, "bold"), lead=self._page.text(lead, "dim"))
        if number == 1:
            self._keys("Enter: leave it open", "s: skip this place", "?: help")

    def choices(self, interview: Interview, finding: Finding) -> None:
        """What may be chosen, by number, and what else may be typed."""
        page = self._page
        page.put()
        glosses = {meaning.expansion: meaning.gloss for meaning in finding.meanings}
        for number, option in enumerate(interview.options, 1):
            pieces = [page.prose(option, "bold")]
            if glosses.get(option):
                pieces.append(page.prose(f" – {glosses[option]}"))
            page.write(*pieces, lead=page.text(f"{number}  "), indent=_INDENT)
        if finding.kind is Kind.ACRONYM:
            words = "what it means here, in your own words"
        else:
            words = f"other words for “{finding.text}”" if finding.text else "other words"
        if interview.options:
            page.put()
        self.say(f"Type {'a number, or ' if interview.options else ''}{words}.")
        self._keys("Enter: leave it as it is", "e: change the whole sentence", "?: help")

    def review(self, interview: Interview) -> None:
        """The sentence as it would be, and what to do with it."""
        page = self._page
        page.put()
        self.say("It would read:")
        page.put()
        pieces = [page.prose(words, "bold" if new else "") for words, new in interview.new_sentence]
        page.write(*pieces, indent=_INDENT)
        page.put()
        match interview.decision:
            case _ if interview.blanks:
                self._keys("Enter: fill in what is in brackets", "b: go back", "?: help")
            case Told(replace=replaces):
                old = f"r: {'with' if replaces else 'without'} the old sentence"
                self._keys("Enter: yes, use it", old, "e: change it", "s: skip", "?: help")
            case _:
                self._keys("Enter: yes, use it", "e: change it", "s: skip", "?: help")

    def moved(self, before: Interview, after: Interview) -> None:
        """What came of a decision, in a word."""
        if len(after.decided) > len(before.decided):
            self.say("Changed." if after.changes > before.changes else "Left as it was.", style="dim")

    def finished(self, interview: Interview, target: str) -> None:
        """What was done, and what may become of it."""
        changes, left = interview.changes, len(interview.open)
        rest = f" {counted(left, 'place is', 'places are')} still open." if left else ""
        done = counted(changes, "place is", "places are") if changes else "Nothing is"
        self._page.put()
        self.say(f"{done} changed.{rest}", style="bold")
        if interview.in_hand:
            self.say("What you typed for the last place is not in it yet.")
        back = f"b: go {'on' if left else 'back'}"
        if changes:
            self._keys(f"Enter: write {target}", back, f"no: leave {target} as it was")
        else:
            self._keys(f"Enter: leave {target} as it is", back)

    def help(self, stage: Stage) -> None:
        """The keys that can be used now."""
        page = self._page
        page.put()
        for key, does in _KEYS[stage]:
            page.write(page.text(does), lead=page.text(f"{key:<7}", "bold"))

    def fault(self, fault: SosLintError) -> None:
        """Something that could not be done, and what to do about it."""
        self._page.put()
        self.say(f"{fault.sentence} {fault.hint}".strip())

    def say(self, words: str, style: str = "") -> None:
        """A line or two of plain words."""
        self._page.write(self._page.prose(words, style))

    def untouched(self, target: str) -> None:
        """That the file is as it was."""
        self.say(f"Nothing was written: {target} is as it was.")

    def _keys(self, *keys: str) -> None:
        """Keys and what they do, as many to a line as it holds, none of them broken."""
        lines: list[str] = []
        for key in keys:
            if lines and columns_of(f"{lines[-1]}   {key}") <= self._page.measure - 2:
                lines[-1] += f"   {key}"
            else:
                lines.append(key)
        for line in lines:
            self._page.write(self._page.prose(line, "dim"))

    def _told(self, ask: Ask, document: Document) -> None:
        page = self._page
        shown = document.text if document.source is None else document.source
        words = "” … “".join(tidy(at.of(shown)) for at in ask.evidence)
        pieces = [page.prose(ask.question, "dim"), page.text(" "), page.prose(f"“{words}”")]
        page.write(*pieces, lead=page.text(f"{page.signs.told} ", "green"))
