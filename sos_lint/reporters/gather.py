"""Puts findings together that say the same, so that a report says it once."""

from __future__ import annotations

from collections.abc import Sequence

from sos_lint.finding import Finding


def gather(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """Findings that say the same of the same words, together, in the order of the first of each.

    A term whose questions are answered in one place and open in another is not the same.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        words = finding.text.casefold(), finding.message.casefold()
        told = tuple((ask.part, ask.told) for ask in finding.asks)
        remedies = finding.meanings, finding.alternatives, finding.advice
        groups.setdefault((finding.rule, finding.severity, words, told, remedies), []).append(finding)
    return [tuple(group) for group in groups.values()]
