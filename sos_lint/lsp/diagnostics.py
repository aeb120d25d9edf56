"""Findings as diagnostics, in plain JSON: there may be hundreds after each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Severity
from sos_lint.lsp.drafts import Found
from sos_lint.lsp.texts import Lines, Span, Spot
from sos_lint.reporters.clean import visible
from sos_lint.text import Range

Json = dict[str, Any]

SOURCE = "sos-lint"
# Error, warning, information: a hint is not shown where many look.
SEVERITIES: Mapping[Severity, int] = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.SUGGESTION: 3}
_DEPRECATED = 2
_TOLD = 5  # places that are told beside one finding, at most


class Diagnostics:
    """Makes diagnostics of the findings of one document; those that have not changed are made once.

    `related`: the editor shows places that belong to a finding.
    """

    def __init__(self, uri: str, *, related: bool) -> None:
        self._uri = uri
        self._related = related
        self._made: dict[int, tuple[Finding, Json]] = {}

    def of(self, found: Found) -> list[Json]:
        """The diagnostics of what was found, in order."""
        lines = found.lines
        before = self._made if lines.is_plain else {}
        made: dict[int, tuple[Finding, Json]] = {}
        for finding in found.shown:
            known = before.get(id(finding))
            if known is None or known[0] is not finding:
                known = finding, self._diagnostic(finding, lines)
            made[id(finding)] = known
        self._made = made if lines.is_plain else {}
        return [made[id(finding)][1] for finding in found.shown]

    def _diagnostic(self, finding: Finding, lines: Lines) -> Json:
        diagnostic = diagnostic_of(finding, lines)
        if self._related and (told := list(self._told(finding, lines))):
            diagnostic["relatedInformation"] = told[:_TOLD]
        return diagnostic

    def _told(self, finding: Finding, lines: Lines) -> list[Json]:
        """Where the text tells a part already."""
        return [
            {
                "location": {"uri": self._uri, "range": as_json(lines.span(at))},
                "message": f"Told: {ask.question}",
            }
            for ask in finding.asks
            for at in ask.evidence
        ]


def diagnostic_of(finding: Finding, lines: Lines) -> Json:
    """A finding as a diagnostic."""
    diagnostic: Json = {
        "range": _range_of(finding, lines),
        "severity": SEVERITIES[finding.severity],
        "code": finding.rule,
        "source": SOURCE,
        "message": visible(finding.message),
    }
    if finding.kind is Kind.ACRONYM and finding.meanings and all(one.retired for one in finding.meanings):
        diagnostic["tags"] = [_DEPRECATED]
    return diagnostic


def place_of(finding: Finding) -> Range:
    """Where a finding stands in the text that the editor shows."""
    return Range(finding.start.offset, finding.end.offset)


def as_json(span: Span) -> Json:
    """A span as the protocol writes it."""
    (first, at), (last, end) = span
    return {"start": {"line": first, "character": at}, "end": {"line": last, "character": end}}


def _range_of(finding: Finding, lines: Lines) -> Json:
    if not lines.is_plain:
        return as_json(lines.span(place_of(finding)))
    return as_json(Span(*(Spot(one.line - 1, one.column - 1) for one in (finding.start, finding.end))))
