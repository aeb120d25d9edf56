"""What reports call things, in the words of practitioners."""

from __future__ import annotations

from sos_lint.finding import Finding
from sos_lint.kinds import Kind

_NAMES = {
    Kind.ACRONYM: ("acronym", "acronym", "acronyms"),
    Kind.JARGON: ("professional word", "professional word", "professional words"),
    Kind.BROAD_TERM: ("broad term", "broad term", "broad terms"),
    Kind.VAGUE_FREQUENCY: ("how often?", "vague time word", "vague time words"),
    Kind.BLAMING_LANGUAGE: ("blaming phrase", "blaming phrase", "blaming phrases"),
    Kind.HIDDEN_ACTOR: ("who did it?", "act with nobody named", "acts with nobody named"),
    Kind.STATEMENT: ("unfinished statement", "unfinished statement", "unfinished statements"),
    Kind.SCALING_QUESTION: ("unfinished scale", "unfinished scale", "unfinished scales"),
    Kind.STRUCTURE: ("structure", "point about structure", "points about structure"),
    Kind.REMARK: ("remark to sos-lint", "remark to sos-lint", "remarks to sos-lint"),
}


def kind_name(kind: Kind) -> str:
    """The kind, as it stands beside a finding."""
    return _NAMES[kind][0]


def counted_kind(count: int, kind: Kind) -> str:
    """So many findings of a kind: `1 broad term`, `2 broad terms`."""
    return counted(count, *_NAMES[kind][1:])


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: `1 file`, `1,204 files`."""
    return f"{count:,} {one if count == 1 else many}"


def location(finding: Finding) -> str:
    """Where a finding is, so that a terminal can open it: path, line and column, or path and place."""
    if finding.where is not None:
        return f"{finding.path}: {finding.where}"
    line = f"{finding.path}:{finding.start.line}:{finding.start.column}"
    return line if finding.row is None else f"{line} ({finding.row})"


def short_location(finding: Finding) -> str:
    """The same within a file: `12:4`, or `paragraph 12`."""
    return finding.in_words or f"{finding.start.line}:{finding.start.column}"
