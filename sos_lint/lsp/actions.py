"""What an editor offers to do about a finding: other words, a sentence to fill in, to leave it as it is.

Nothing is offered that would change other words of the draft: what it would come to is read first, as
`rewrite.apply` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sos_lint.document import BlockKind, Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit, Finding
from sos_lint.kinds import Safety
from sos_lint.lsp.diagnostics import Json, as_json, diagnostic_of, place_of
from sos_lint.lsp.drafts import Found
from sos_lint.reporters.clean import visible
from sos_lint.rewrite.apply import chosen, edited, escaped, spliced
from sos_lint.rewrite.telling import is_ended
from sos_lint.text import Range

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.sos-lint"
KINDS = (QUICK_FIX, "source.fixAll", FIX_ALL)
READ_ABOUT = "sos-lint.readAbout"
WHY = "[why this may stay]"

_LONGEST_TITLE = 60

Reads = Callable[[str], Document]  # reads a text as the draft itself is read


class Put(NamedTuple):
    """Words for a place of the text that the editor shows."""

    at: Range
    words: str


class Offer:
    """What can be done in one version of a draft. `versioned`: the editor checks that it is still that."""

    def __init__(self, uri: str, found: Found, read: Reads, *, versioned: bool) -> None:
        self._uri = uri
        self._found = found
        self._read = read
        self._versioned = versioned

    def quick_fixes(self, at: Range, *, reads_pages: bool) -> Iterator[Json]:
        """What may be done about each finding that touches a place."""
        document = self._found.document
        if document is None:
            return
        for finding in self._found.findings:
            place = place_of(finding)
            if place.start <= at.end and at.start <= place.end:
                yield from self._about(finding, document, reads_pages=reads_pages)

    def fix_all(self) -> Json | None:
        """All edits that are safe, in one; None where there are none."""
        document = self._found.document
        edits = [edit for one in self._found.findings for edit in one.edits if edit.safety >= Safety.SAFE]
        puts = self._written(document, chosen(edits)) if document is not None and edits else None
        if not puts:
            return None
        count = f"{len(puts)} safe {'edit' if len(puts) == 1 else 'edits'}"
        return {"title": f"sos-lint: make {count}", "kind": FIX_ALL, "edit": self._edit(puts)}

    def _about(self, finding: Finding, document: Document, *, reads_pages: bool) -> Iterator[Json]:
        about = [diagnostic_of(finding, self._found.lines)]
        for edit in finding.edits:
            if puts := self._written(document, [edit]):
                fix = self._fix(f"Write “{_short(edit.replacement)}”", puts, about)
                yield {**fix, "isPreferred": True} if edit.safety is Safety.SAFE else fix
        if put := self._scaffold(finding, document):
            yield self._fix(f"Add, to fill in: “{_short(finding.scaffold or '')}”", [put], about)
        if put := self._remark(finding, document):
            yield self._fix(f"Leave it here, and say why ({finding.rule})", [put], about)
        if reads_pages:
            title = f"Read about {finding.rule}"
            yield {
                "title": title,
                "kind": QUICK_FIX,
                "diagnostics": about,
                "command": {"title": title, "command": READ_ABOUT, "arguments": [self._uri, finding.rule]},
            }

    def _fix(self, title: str, puts: Sequence[Put], about: Sequence[Json]) -> Json:
        return {"title": title, "kind": QUICK_FIX, "diagnostics": about, "edit": self._edit(puts)}

    def _edit(self, puts: Sequence[Put]) -> Json:
        edits = [{"range": as_json(self._found.lines.span(put.at)), "newText": put.words} for put in puts]
        if not self._versioned:
            return {"changes": {self._uri: edits}}
        document = {"uri": self._uri, "version": self._found.version}
        return {"documentChanges": [{"textDocument": document, "edits": edits}]}

    def _written(self, document: Document, edits: Sequence[Edit]) -> list[Put] | None:
        """The edits as they are written in this kind of file; None where they would change other words."""
        words = edited(document.text, edits).split()
        for written in (str, escaped):
            puts = [Put(edit.place, written(edit.replacement)) for edit in edits]
            if self._after(puts, words):
                return puts
        return None

    def _scaffold(self, finding: Finding, document: Document) -> Put | None:
        """A sentence to fill in, behind the one that it is about."""
        if not finding.scaffold or any(sign in finding.scaffold for sign in document.barred):
            return None
        end = finding.at.start - finding.in_sentence.start + len(finding.sentence)
        last = Range(end - 1, end)
        if not len(finding.sentence) or not document.source_map.is_verbatim(last):
            return None
        stop = "" if is_ended(finding.sentence) or finding.sentence.endswith(":") else "."
        new = f"{stop} {finding.scaffold}"
        text = document.text
        words = (text[:end] + new + text[end:]).split()
        place = document.place(last).end
        for written in (str, escaped):
            put = Put(Range(place, place), written(new))
            if self._after([put], words):
                return put
        return None

    def _remark(self, finding: Finding, document: Document) -> Put | None:
        """A remark at the end of the block that sets the finding aside there, with room for the reason."""
        block = document.block_at(finding.at.start) if len(finding.at) else None
        if block is None or block.kind is BlockKind.FORM_LABEL:
            return None
        place = document.place(block.at).end
        put = Put(Range(place, place), f" <!-- sos-lint: ignore {finding.rule} -- {WHY} -->")
        return put if self._after([put], document.text.split()) else None

    def _after(self, puts: Sequence[Put], words: list[str]) -> bool:
        """True where the draft has these words after a change, and no others."""
        changes = [(put.at.start, put.at.end, put.words) for put in puts]
        try:
            return self._read(spliced(self._found.text, changes)).text.split() == words
        except SosLintError:
            return False


def _short(words: str) -> str:
    """Words for a menu."""
    shown = visible(words)
    return shown if len(shown) <= _LONGEST_TITLE else f"{shown[: _LONGEST_TITLE - 1]}…"
