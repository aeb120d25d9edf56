"""Counts of a report's findings, shared by the reports that sum up."""

from __future__ import annotations

from collections import Counter

from sos_lint.kinds import Kind, Severity
from sos_lint.report import Readability, Report


def by_kind(report: Report) -> dict[Kind, Counter[Severity]]:
    """How many findings of each kind and severity; the most frequent kind first, then by name."""
    counts: dict[Kind, Counter[Severity]] = {}
    for finding in report.findings:
        counts.setdefault(finding.kind, Counter())[finding.severity] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1].total(), item[0].value)))


def by_rule(report: Report) -> dict[str, int]:
    """How many findings each rule made; the most frequent first, then by id."""
    counts = Counter(finding.rule for finding in report.findings)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def words(report: Report) -> int:
    """The words of every document that could be read."""
    return sum(file.words for file in report.files)


def readability(report: Report) -> Readability:
    """How hard the documents are to read, taken together."""
    total = Readability()
    for file in report.files:
        total = total.plus(file.readability or Readability())
    return total


def per_thousand_words(report: Report) -> float | None:
    """Findings per 1,000 words, to one decimal; None when there are no words."""
    total = words(report)
    return round(1000 * len(report.findings) / total, 1) if total else None
