"""Puts findings together that say the same, so that a report says it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from sos_lint.finding import Finding


def gather(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """Findings that say the same of the same words, together, in the order of the first of each.

    A term whose questions are answered in one place and open in another is not the same.
    """
    by_rule = Counter(map(_RULE, findings))
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        name = finding.rule if by_rule[finding.rule] == 1 else _what_is_said(finding)
        groups.setdefault(name, []).append(finding)
    return [tuple(group) for group in groups.values()]


_RULE = attrgetter("rule")


def _what_is_said(finding: Finding) -> object:
    words = finding.text.casefold(), finding.message.casefold()
    told = tuple([(ask.part, ask.told) for ask in finding.asks]) if finding.asks else ()
    remedies = finding.meanings, finding.alternatives, finding.advice
    return finding.rule, finding.severity, words, told, remedies
