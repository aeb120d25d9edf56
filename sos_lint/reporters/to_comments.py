"""A finding as a comment beside its words: paragraphs for the writer who opens the draft in Word."""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.finding import Finding, Meaning
from sos_lint.reporters.remedies import instead, meant


def comment_on(finding: Finding) -> tuple[str, ...]:
    """What is not clear, what to ask, and what would help, a paragraph each."""
    return tuple(_paragraphs(finding))


def _paragraphs(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield from finding.questions
    for i, meaning in enumerate(finding.meanings):
        yield f"{meant(i, len(finding.meanings))}: {_said(meaning)}"
    if finding.alternatives:
        yield f"{instead(finding.kind)}: {' / '.join(finding.alternatives)}"
    if finding.advice:
        yield finding.advice
    if finding.scaffold:
        yield f"To start from: {finding.scaffold}"


def _said(meaning: Meaning) -> str:
    retired = " (no longer used)" if meaning.retired else ""
    return f"{meaning.expansion}{retired}" + (f" – {meaning.gloss}" if meaning.gloss else "")
