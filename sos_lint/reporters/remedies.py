"""The remedies of a finding and what introduces them, the same in every report that people read."""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.finding import Finding
from sos_lint.kinds import Kind

_INSTEAD = {Kind.JARGON: "Plainer", Kind.BLAMING_LANGUAGE: "Fairer"}


def instead(kind: Kind) -> str:
    """The word that introduces other words to use."""
    return _INSTEAD.get(kind, "Use")


def meant(number: int, of: int) -> str:
    """What introduces a meaning of a short form, of so many; they are counted from 0, the likeliest first."""
    return "May mean" if of == 1 else "Likeliest" if number == 0 else "Or"


def remedies(finding: Finding) -> Iterator[str]:
    """What it may mean, what to write in its place, and what to think of, a line each."""
    for number, meaning in enumerate(finding.meanings):
        gloss = f" – {meaning.gloss}" if meaning.gloss else ""
        retired = " (no longer used)" if meaning.retired else ""
        yield f"{meant(number, len(finding.meanings))}: {meaning.expansion}{retired}{gloss}"
    if finding.alternatives:
        yield f"{instead(finding.kind)}: {' / '.join(finding.alternatives)}"
    if finding.advice:
        yield finding.advice
