"""The short forms of a document in plain words, a line each, to be pasted into what the family is given."""

from __future__ import annotations

from sos_lint.report import Term

TITLE = "What the short forms mean"


def line(term: Term) -> str:
    """A short form and what it stands for; of several meanings the likeliest first, parted by "or"."""
    current = [meaning for meaning in term.meanings if not meaning.retired] or list(term.meanings)
    said = [_said(meaning.expansion, meaning.gloss) for meaning in current]
    if term.own is not None:
        said = [_said(term.own, current[0].gloss if current else "")]
    if len(said) > 1:
        said = [words.rstrip(".") for words in said]
    return f"{term.short}: {'; or '.join(said) or '[what it stands for]'}"


def _said(expansion: str, gloss: str) -> str:
    return f"{expansion} – {gloss}" if gloss else expansion
