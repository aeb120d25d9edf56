"""Explains a document to whoever received it: its short forms and working words, and what to ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sos_lint.document import Document
from sos_lint.finding import Finding, Place
from sos_lint.lint import Linter
from sos_lint.received import Explanation, meant


def explained(document: Document, findings: Sequence[Finding], linter: Linter) -> tuple[Explanation, ...]:
    """What there is to say of a document, in order; of short forms those too that it explains itself."""
    rules = {rule.id: rule for rule in linter.catalogue.with_ids({finding.rule for finding in findings})}
    wordings = linter.catalogue.wordings
    told = []
    for finding in findings:
        rule = rules[finding.rule]
        one = wordings.explain(finding, rule.gloss, rule.term, rule.names)
        if one is not None:
            told.append(one)
    taken = {one.at for one in told}
    told += (one for one in _short_forms(document, linter) if one.at not in taken)
    return tuple(sorted(told, key=lambda one: (one.at.start, one.at.end)))


def _short_forms(document: Document, linter: Linter) -> Iterator[Explanation]:
    """The short forms that nothing is asked about, as the document explains them or they have one meaning."""
    lines = document.lines()
    for term in linter.glossary(document):
        current = [meaning for meaning in term.meanings if not meaning.retired] or list(term.meanings)
        gloss = current[0].gloss if current else ""
        if term.own is not None:
            means = f"{term.own} – {gloss}" if gloss else term.own
        elif len(current) == 1:
            means = meant(current[0])
        else:
            continue
        for at in term.places:
            place = document.place(at)
            position = lines.position(place.start)
            named = document.block_at(at.start).where if linter.excerpts or not document.notes else None
            text = at.of(document.text) if linter.excerpts else term.short
            start = Place(place.start, position.line, position.column)
            one = linter.catalogue.wordings.short_form(at, start, named, text, means)
            if one is not None:
                yield one
