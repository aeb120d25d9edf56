"""What introduces the remedies of a finding, the same in every report that people read."""

from __future__ import annotations

from sos_lint.kinds import Kind

_INSTEAD = {Kind.JARGON: "Plainer", Kind.BLAMING_LANGUAGE: "Fairer"}


def instead(kind: Kind) -> str:
    """The word that introduces other words to use."""
    return _INSTEAD.get(kind, "Use")


def meant(number: int, of: int) -> str:
    """What introduces a meaning of a short form, of so many; they are counted from 0, the likeliest first."""
    return "May mean" if of == 1 else "Likeliest" if number == 0 else "Or"
