"""A finding as a comment beside its words: paragraphs for the writer who opens the draft in Word."""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.finding import Finding
from sos_lint.reporters.remedies import remedies


def comment_on(finding: Finding) -> tuple[str, ...]:
    """What is not clear, what to ask, and what would help, a paragraph each."""
    return tuple(_paragraphs(finding))


def _paragraphs(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield from finding.questions
    yield from remedies(finding)
    if finding.scaffold:
        yield f"To start from: {finding.scaffold}"
