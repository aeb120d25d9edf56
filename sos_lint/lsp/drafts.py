"""An open document, and what is found in it: read again after each change, only where it has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.finding import Finding
from sos_lint.lint import Linter
from sos_lint.lsp.texts import Lines, Units
from sos_lint.memory import Memory
from sos_lint.readers import read_text
from sos_lint.settings import Settings

# What an editor calls a language, and the ending that says how it is read. All others are plain text.
LANGUAGES: Mapping[str, str] = {
    "markdown": ".md",
    "mdx": ".md",
    "quarto": ".md",
    "rmd": ".md",
    "rmarkdown": ".md",
    "pandoc": ".md",
    "html": ".html",
    "xhtml": ".html",
    "htmldjango": ".html",
    "jinja-html": ".html",
}
_UNSAID = frozenset(["", "plaintext", "text", "plain text", "txt"])
_BY_NAME: Mapping[str, str] = {
    ".md": ".md",
    ".markdown": ".md",
    ".mdown": ".md",
    ".html": ".html",
    ".htm": ".html",
    ".xhtml": ".html",
}
READ = (".txt", ".text", *_BY_NAME)  # the endings of files that are both read here and opened in editors


def ending_for(language: str, name: str) -> str:
    """How a document is read: as its language says, or its name where the language says no more than text."""
    said = language.lower()
    if said in LANGUAGES:
        return LANGUAGES[said]
    return _BY_NAME.get(PurePosixPath(name).suffix.lower(), ".txt") if said in _UNSAID else ".txt"


@dataclass(frozen=True)
class Found:
    """What was found in a version of a text; `document` is None of one that cannot be read, as an empty one.

    `at_once` is what the editor underlines, with nothing yet of what could be done about it: that takes
    longer, so that it is worked out when somebody asks (`work_out`).
    """

    version: int | None
    text: str
    document: Document | None
    at_once: tuple[Finding, ...]
    units: Units
    work_out: Callable[[], tuple[Finding, ...]] = tuple

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text, in the editor's units."""
        return Lines(self.text, self.units)

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """What there is to ask, to be underlined."""
        return tuple(one for one in self.at_once if not one.is_told)

    @cached_property
    def every(self) -> tuple[Finding, ...]:
        """All findings, with what could be done about them; those too that the text tells in full."""
        return self.work_out()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to ask, with what could be done about it."""
        return tuple(one for one in self.every if not one.is_told)


class Snapshot(NamedTuple):
    """A version of a text, to be looked through while the writer goes on."""

    version: int | None
    text: str
    ending: str


@dataclass
class Draft:
    """A document that is open in the editor."""

    uri: str
    name: str
    path: Path | None
    language: str
    text: str
    version: int | None = None
    number: int = 0  # of what was found in it last
    generation: int = -1  # of the settings by which that was found
    memory: Memory = field(default_factory=Memory)
    memory_of_help: Memory = field(default_factory=Memory)  # of what could be done
    found: Found | None = None

    @property
    def result(self) -> str:
        """A name for what was found last."""
        return f"{self.generation}.{self.number}"

    def snapshot(self) -> Snapshot:
        """The text as it now is."""
        return Snapshot(self.version, self.text, ending_for(self.language, self.name))


def look(
    snapshot: Snapshot,
    name: str,
    linter: Linter,
    settings: Settings,
    units: Units,
    draft: Draft | None = None,
) -> Found:
    """What is found in a version of a text. `draft` knows what was found in the version before."""
    version, text, ending = snapshot
    memory, of_help = (draft.memory, draft.memory_of_help) if draft else (Memory(), Memory())
    about = (linter, settings, name)
    try:
        memory.begin(about)
        document = read_text(text, name, ending, memory)
        matches = linter.matches(document, settings, memory=memory)
        at_once = linter.findings(document, matches, settings, told=True, bare=True, memory=memory)
    except (UnreadableFile, RecursionError):  # nothing to read yet, or markup that no reader could follow
        return Found(version, text, None, (), units)

    def work_out() -> tuple[Finding, ...]:
        of_help.begin(about)
        return linter.findings(document, matches, settings, told=True, memory=of_help)

    return Found(version, text, document, at_once, units, work_out)
