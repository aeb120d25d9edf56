"""Annotates a Word draft: each finding becomes a comment beside its words, and safe edits tracked changes."""

from __future__ import annotations

from typing import NamedTuple

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit, Finding
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.reporters.to_comments import comment_on
from sos_lint.rewrite.apply import chosen
from sos_lint.rewrite.into_word import Author, Note, annotate, apply
from sos_lint.settings import Settings


class Annotation(NamedTuple):
    """A Word file with its findings beside their words.

    `placed` counts the new comments, `standing` those that an earlier run has put in; `edits` are the tracked
    changes. Of the words of `unplaced`, Word shows no comments; before those `in_controls`, LibreOffice 7.4
    shows no words.
    """

    data: bytes
    placed: int
    standing: int
    unplaced: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    in_controls: int


def annotate_draft(
    data: bytes, name: str, linter: Linter, settings: Settings, author: Author, *, replace: bool, track: bool
) -> Annotation:
    """The bytes of a Word file with its findings as comments by the author.

    `replace`: the author's earlier comments are taken out first. `track`: the safe edits become changes to
    accept or reject. Raises SosLintError for a file that is no Word file, or cannot be written.
    """
    document = read_bytes(data, name)
    if document.source is not None:
        raise SosLintError(
            document.name,
            "Only Word files have comments.",
            f"To check this one: sos-lint check {document.name}",
        )
    findings = linter.lint(document, settings)
    notes = {Note(finding.at, comment_on(finding), finding.rule): finding for finding in findings}
    done = annotate(data, document.name, notes, replace=replace, author=author)
    edits = _safe_edits(findings) if track else ()
    return Annotation(
        apply(done.data, document.name, edits, tracked=author),
        len(done.placed),
        len(done.standing),
        tuple(notes[note] for note in done.unplaced),
        edits,
        done.in_controls,
    )


def _safe_edits(findings: tuple[Finding, ...]) -> tuple[Edit, ...]:
    return chosen(edit for finding in findings for edit in finding.edits if edit.safety >= Safety.SAFE)
