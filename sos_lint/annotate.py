"""Annotates a draft: each finding becomes a comment beside its words, and safe edits tracked changes."""

from __future__ import annotations

from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit, Finding
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.readers import is_table, read_bytes, shown
from sos_lint.reporters.glossary import TITLE, line
from sos_lint.reporters.to_comments import comment_on
from sos_lint.rewrite.apply import chosen
from sos_lint.rewrite.notes import Author, Note
from sos_lint.rewrite.writers import writer_of
from sos_lint.settings import Settings
from sos_lint.text import Range


class Annotation(NamedTuple):
    """A file with its findings beside their words.

    `placed` counts the new comments, `standing` those that an earlier run has put in; `edits` are the tracked
    changes. Of the words of `unplaced`, Word shows no comments; before those `in_controls`, LibreOffice 7.4
    shows no words of a Word file. `terms` counts the short forms that a list at the end explains.
    """

    data: bytes
    placed: int
    standing: int
    unplaced: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    in_controls: int
    terms: int = 0


def annotate_draft(
    data: bytes,
    name: str,
    linter: Linter,
    settings: Settings,
    author: Author,
    *,
    replace: bool,
    track: bool,
    glossary: bool = False,
) -> Annotation:
    """The bytes of a Word or OpenDocument file with its findings as comments by the author.

    `replace`: the author's earlier comments are taken out first. `track`: the safe edits become changes to
    accept or reject. `glossary`: a list of the short forms is put at the end, unless it stands there already.
    Raises SosLintError for a file of another kind, or one that cannot be written.
    """
    document = None if is_table(name) else read_bytes(data, name)
    if document is not None and document.is_of_read_kind:
        raise SosLintError(
            document.name,
            "This kind of file is only read: comments cannot be put into it.",
            f"To check this one: sos-lint check {document.name}",
        )
    if document is None or document.source is not None or not document.can_change:
        raise SosLintError(
            shown(name),
            "Only Word and OpenDocument files have comments.",
            f"To check this one: sos-lint check {shown(name)}",
        )
    listed = _list_of(document)
    findings = tuple(f for f in linter.lint(document, settings) if not (listed and listed.overlaps(f.at)))
    notes = {Note(finding.at, comment_on(finding), finding.rule): finding for finding in findings}
    writer = writer_of(data, document.name)
    done = writer.annotate(data, document.name, notes, replace=replace, author=author)
    edits = writer.trackable(done.data, document.name, _safe_edits(findings)) if track else ()
    changed = writer.apply(done.data, document.name, edits, tracked=author)
    lines = [line(term) for term in linter.glossary(document)] if glossary and listed is None else []
    return Annotation(
        writer.with_section(changed, document.name, TITLE, lines) if lines else changed,
        len(done.placed),
        len(done.standing),
        tuple(notes[note] for note in done.unplaced),
        edits,
        done.in_controls,
        len(lines),
    )


def _list_of(document: Document) -> Range | None:
    """Where the list of short forms stands that an earlier run has put in: of it nothing is asked."""
    found: Range | None = None
    for block in document.blocks:
        words = block.at.of(document.text)
        if words == TITLE or (found and found.end + 1 == block.at.start and ": " in words):
            found = Range(found.start if found else block.at.start, block.at.end)
    return found


def _safe_edits(findings: tuple[Finding, ...]) -> tuple[Edit, ...]:
    return chosen(edit for finding in findings for edit in finding.edits if edit.safety >= Safety.SAFE)
