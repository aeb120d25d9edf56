"""Counts of a run, added up file by file, for the reports that sum up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from sos_lint.kinds import Kind, Severity
from sos_lint.report import FileReport, Readability

_KIND = attrgetter("kind", "severity")
_RULE = attrgetter("rule")


class Tally:
    """How much was read and found so far: numbers alone, however many files there are.

    `found_in` counts the files with findings.
    """

    __slots__ = ("_kinds", "_rules", "failures", "files", "findings", "found_in", "readability", "words")

    def __init__(self, files: Iterable[FileReport] = ()) -> None:
        self.files = self.failures = self.findings = self.found_in = self.words = 0
        self.readability = Readability()
        self._kinds: Counter[tuple[Kind, Severity]] = Counter()
        self._rules: Counter[str] = Counter()
        for file in files:
            self.add(file)

    def add(self, file: FileReport) -> None:
        """Count a further file."""
        self.files += 1
        self.failures += file.failure is not None
        self.findings += len(file.findings)
        self.found_in += bool(file.findings)
        self.words += file.words
        if file.readability is not None:
            self.readability = self.readability.plus(file.readability)
        self._kinds.update(map(_KIND, file.findings))
        self._rules.update(map(_RULE, file.findings))

    @property
    def read(self) -> int:
        """How many files could be read."""
        return self.files - self.failures

    @property
    def severities(self) -> list[Severity]:
        """The severities of the findings, the gravest first."""
        return sorted({severity for _, severity in self._kinds}, reverse=True)

    @property
    def by_kind(self) -> dict[Kind, Counter[Severity]]:
        """How many findings of each kind and severity; the most frequent kind first, then by name."""
        kinds: dict[Kind, Counter[Severity]] = {}
        for (kind, severity), count in self._kinds.items():
            kinds.setdefault(kind, Counter())[severity] = count
        return dict(sorted(kinds.items(), key=lambda item: (-item[1].total(), item[0].value)))

    @property
    def by_rule(self) -> dict[str, int]:
        """How many findings each rule made; the most frequent first, then by id."""
        return dict(sorted(self._rules.items(), key=lambda item: (-item[1], item[0])))

    @property
    def per_thousand_words(self) -> float | None:
        """Findings per 1,000 words, to one decimal; None when there are no words."""
        return round(1000 * self.findings / self.words, 1) if self.words else None
