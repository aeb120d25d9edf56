"""What is done with a text or file of the page. Each piece of work takes plain values and gives plain values.

The last few texts are kept with what was found in them, in memory, so that a click on a question need not
read them again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from sos_lint.annotate import Annotation, annotate_draft
from sos_lint.document import Document
from sos_lint.errors import SosLintError, UnreadableFile
from sos_lint.explain import explained
from sos_lint.finding import Finding
from sos_lint.kinds import Part
from sos_lint.lint import Linter
from sos_lint.memory import Memory
from sos_lint.project import Project
from sos_lint.readers import is_table, read_bytes
from sos_lint.received import Explanation
from sos_lint.reporters.names import counted
from sos_lint.rewrite import telling
from sos_lint.rewrite.decision import Decision, Instead, Spelt, Told, Written, hunks, sentence_at
from sos_lint.rewrite.notes import Author
from sos_lint.settings import Settings
from sos_lint.web.cards import card, counts, plain
from sos_lint.web.copies import Copy, copy_of
from sos_lint.web.forms import blank_form, form_of
from sos_lint.web.limits import MAX_FILE, MAX_LINES, MAX_SHOWN, MAX_TEXT
from sos_lint.web.received import family_of, reading_of
from sos_lint.web.texts import NAME, Line, Units, document_of, whole

_KEPT = 8  # texts
_FIRST = "There is neglect in the home, and it was felt that contact should be held."
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A text, what was found in it, and what is known of its passages for the next version of it."""

    draft: str
    asked: tuple[object, ...]
    document: Document
    findings: tuple[Finding, ...]
    linter: Linter
    settings: Settings
    units: Units
    memory: Memory

    @property
    def explained(self) -> tuple[Explanation, ...]:
        """What there is to say of it to whoever receives it."""
        open_ = [finding for finding in self.findings if not finding.is_told]
        return explained(self.document, open_, self.linter) if self.document.blocks else ()


class Tasks:
    """The pieces of work, by name. `project` says by which rules and settings texts are read."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._told: dict[str, tuple[int, dict[str, Plain]]] = {}  # the last answer on each, and its number

    def do(self, name: str, told: Plain, data: bytes = b"") -> Any:
        """What a piece of work gives; raises SosLintError, and LookupError for one that is none."""
        work: Mapping[str, Callable[[Plain, bytes], Any]] = {
            "check": self._check,
            "change": self._change,
            "form": self._form,
            "open": self._open,
            "annotate": self._annotate,
            "received": self._received,
            "family": self._family,
            "choices": self._choices,
        }
        return work[name](told, data)

    def _check(self, told: Plain, _data: bytes) -> Plain:
        """What was found; of a card that the page has from the answer before, only where it stands now."""
        seen = self._looked_at(told)
        shown = seen.findings[:MAX_SHOWN]
        cards = [card(finding, seen.document, seen.units) for finding in shown]
        number, known = self._told.get(seen.draft, (0, {}))
        if told.get("known") != number:
            known = {}
        self._told[seen.draft] = number + 1, {one["id"]: _without_place(one) for one in cards}
        return {
            "number": number + 1,
            "cards": [_brief(one) if known.get(one["id"]) == _without_place(one) else one for one in cards],
            "counts": counts(seen.findings),
            "more": len(seen.findings) - len(shown),
        }

    def _change(self, told: Plain, _data: bytes) -> Plain:
        """What must be put where in the text, for a decision on one of its findings."""
        seen = self._looked_at(told)
        finding = next((one for one in seen.findings if one.fingerprint == told["id"]), None)
        if finding is None:
            raise SosLintError("", "These words have changed in the meantime.", "Please try it once more.")
        changes = hunks(seen.document, finding, _decision(seen.document, finding, told["decision"]))
        places = [(seen.document.place(hunk.at), hunk.words) for hunk in changes]
        return {
            "hunks": [
                {"at": [seen.units.of(at.start), seen.units.of(at.end)], "words": words}
                for at, words in places
            ]
        }

    def _form(self, told: Plain, _data: bytes) -> Plain:
        seen = self._looked_at(told)
        findings = tuple(finding for finding in seen.findings if not finding.is_told)
        form = form_of(seen.document, findings, seen.linter, seen.settings)
        blank = "" if form else blank_form(seen.linter, told.get("form") or "three-columns")
        return {"form": form, "blank": blank}

    def _received(self, told: Plain, _data: bytes) -> Plain:
        """The text as it is explained to whoever received it."""
        seen = self._looked_at(told)
        return reading_of(seen.document, seen.explained)

    def _family(self, told: Plain, _data: bytes) -> Plain:
        """The text as it is printed for the family."""
        seen = self._looked_at(told)
        return family_of(seen.document, seen.explained)

    def _choices(self, _told: Plain, _data: bytes) -> Plain:
        """The forms and services that can be chosen."""
        linter, settings = self._project.choose(Path(NAME))
        linter.lint(document_of(_FIRST, None), settings)  # so that the first text need not wait for the model
        return {
            "forms": [[form.id, form.title] for form in linter.catalogue.forms],
            "services": [[service.id, service.title] for service in linter.catalogue.services],
            "form": settings.form,
            "service": settings.service,
        }

    def _open(self, told: Plain, data: bytes) -> Plain:
        """The words of a file, and what each line of them is."""
        name = str(told["name"])
        if len(data) > MAX_FILE:
            raise UnreadableFile(name, "This file is over 10 MB.", "Please take pictures out, or split it.")
        if is_table(name):
            hint = "Copy the notes out of it and paste them here, or see `sos-lint check --column`."
            raise UnreadableFile(name, "This is a table of notes, which this page does not read.", hint)
        document = read_bytes(data, name)
        if len(document.text) > MAX_TEXT or len(document.blocks) > MAX_LINES:
            raise _too_long()
        return {"text": document.text, "lines": [Line.of(block).plain for block in document.blocks]}

    def _annotate(self, told: Plain, data: bytes) -> tuple[Plain, bytes]:
        """A copy with the findings as comments: of the file that was dropped, or a new Word file."""
        text, lines = _text(told), _lines(told)
        copy: Copy = copy_of(data, str(told.get("name") or ""), document_of(text, lines))
        linter, settings = self._chosen(told)
        done = annotate_draft(copy.data, copy.name, linter, settings, Author(), replace=True, track=False)
        path = PurePosixPath(copy.name)
        return {"saved": f"{path.stem}-with-questions{path.suffix}", "says": _says(copy, done)}, done.data

    def _chosen(self, told: Plain) -> tuple[Linter, Settings]:
        linter, settings = self._project.choose(Path(NAME))
        form, service = (
            str(told[key]) if told.get(key) in linter.catalogue.choices(key) else getattr(settings, key)
            for key in ("form", "service")
        )
        return linter, replace(settings, form=form, service=service)

    def _looked_at(self, told: Plain) -> _Seen:
        text, lines = _text(told), _lines(told)
        linter, settings = self._chosen(told)
        asked = (text, lines, settings)
        draft = str(told.get("draft") or "")
        seen = self._seen.pop(draft, None)
        if seen is None or seen.asked != asked:
            document = document_of(text, lines)
            memory = seen.memory if seen else Memory()
            findings = linter.lint(document, settings, told=True, memory=memory) if document.blocks else ()
            seen = _Seen(draft, asked, document, findings, linter, settings, Units(text), memory)
        self._seen[draft] = seen
        while len(self._seen) > _KEPT:
            gone, _ = self._seen.popitem(last=False)
            self._told.pop(gone, None)
        return seen


def _without_place(one: Plain) -> Plain:
    return {name: value for name, value in one.items() if name != "at"}


def _brief(one: Plain) -> Plain:
    return {"id": one["id"], "at": one["at"]}


def _says(copy: Copy, done: Annotation) -> str:
    """What became of the comments, in one or two sentences."""
    said = f"Saved with {counted(done.placed + done.standing, 'comment', 'comments')}."
    if copy.lost_look:
        said += (
            " There are other paragraphs in it now than in your file, so it is a new one, without its look."
        )
    if done.unplaced:
        said += f" {counted(len(done.unplaced), 'place', 'places')} in headers or footers can have none."
    return said


def _text(told: Plain) -> str:
    text = whole(str(told["text"]))
    if len(text) > MAX_TEXT:
        raise _too_long()
    return text


def _lines(told: Plain) -> tuple[Line, ...] | None:
    lines: Sequence[Any] | None = told.get("lines")
    return None if lines is None else tuple(map(Line.told, lines))


def _too_long() -> SosLintError:
    sentence = "This is more than this page can read at once: some 350 pages."
    return SosLintError("", sentence, "Please put in a part of it.")


def _decision(document: Document, finding: Finding, told: Plain) -> Decision:
    """A decision as the page tells it; raises ValueError or KeyError on anything else."""
    match told["is"]:
        case "scaffold":
            return Written(telling.after(sentence_at(finding).of(document.text), finding.scaffold or ""))
        case "told":
            answers = tuple((Part(part), plain(str(words))) for part, words in told["answers"].items())
            return Told(answers)
        case "instead":
            return Instead(plain(str(told["words"])))
        case "spelt":
            return Spelt(plain(str(told["words"])))
    raise ValueError("no such decision")
