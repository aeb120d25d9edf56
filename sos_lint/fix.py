"""Fixes a document: its edits are made, it is read again, and so on until there is nothing more to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit, Finding
from sos_lint.kinds import Safety
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.report import Change
from sos_lint.rewrite.apply import applied, chosen
from sos_lint.settings import Settings

ROUNDS = 10


class Fixed(NamedTuple):
    """A document before and after its edits.

    `for_review` and `for_writer` count the findings that are left: those of rules with an edit that needs a
    look, and the others.
    """

    before: Document
    after: Document
    data: bytes
    changes: tuple[Change, ...]
    for_review: int
    for_writer: int


def fix(data: bytes, name: str, linter: Linter, settings: Settings, safety: Safety) -> Fixed:
    """The bytes of a document with every edit of at least that safety.

    Raises SosLintError where the edits come to no end, or cannot be made without changing other words.
    """
    before = after = read_bytes(data, name, columns=settings.columns)
    findings = linter.lint(before, settings)
    changes: list[Change] = []
    seen = {data}
    while edits := chosen(edit for finding in findings for edit in finding.edits if edit.safety >= safety):
        rules = _rules_of(findings)
        data = applied(data, after, edits, settings.columns)
        if data in seen or len(seen) > ROUNDS:
            raise SosLintError(
                after.name,
                "The edits to this file come to no end.",
                "It was left as it is. Please tell the makers of sos-lint which rules they are of: "
                + ", ".join(sorted({rules[edit] for edit in edits})),
            )
        seen.add(data)
        changes += [Change(rules[e], e.at.of(after.text), e.replacement) for e in edits]
        after = read_bytes(data, name, columns=settings.columns)
        findings = linter.lint(after, settings)
    reviewed = {finding.rule for finding in findings if finding.edits}
    for_review = sum(finding.rule in reviewed for finding in findings)
    return Fixed(before, after, data, tuple(changes), for_review, len(findings) - for_review)


def _rules_of(findings: Sequence[Finding]) -> dict[Edit, str]:
    """The rule that each edit is of, the first of several."""
    rules: dict[Edit, str] = {}
    for finding in findings:
        for edit in finding.edits:
            rules.setdefault(edit, finding.rule)
    return rules
