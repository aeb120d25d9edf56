"""Where rules hold in a document: the way into the linguistics.

Two steps. The index finds candidates, in every document, with nothing else imported. Only where it finds
some, `sieve` judges them: conditions, then the model where a rule asks for it, then what swallows what, then
guards, then what the text already tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sos_lint.catalogue import Catalogue
from sos_lint.document import Document
from sos_lint.fold import fold
from sos_lint.nlp.candidates import Candidate, Index, unknown_shorts
from sos_lint.text import Range

if TYPE_CHECKING:
    from sos_lint.nlp.grammar import Grammar
    from sos_lint.nlp.sieve import Sieve
    from sos_lint.rule import Match


class Detector:
    """Finds matches. One may serve any number of documents."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._index = Index(catalogue.surface, catalogue.prefixes)

    def detect(self, document: Document, grammar: Grammar | None = None) -> list[Match]:
        """Every match in a document, in order. `grammar` reads sentences: our model, if none is given."""
        text, folded = document.text, fold(document.text)
        phrases = list(self._index.phrases(text, folded))
        shorts = list(self._index.shorts(text))
        unknown = self._unknown(text, shorts)
        if not (phrases or shorts or unknown):
            return []
        from sos_lint.nlp.grammar import Model

        return self._sieve.matches(document, folded, phrases, shorts, unknown, grammar or Model())

    @cached_property
    def _sieve(self) -> Sieve:
        from sos_lint.nlp.sieve import Sieve

        return Sieve(self._catalogue)

    def _unknown(self, text: str, known: Sequence[Candidate]) -> list[Range]:
        """Runs of capitals that no table and no allow-list knows."""
        if self._catalogue.surface.unknown is None:
            return []
        taken = {candidate.start for candidate in known}
        allowed = self._catalogue.allowed
        return [
            at
            for at in unknown_shorts(text)
            if at.start not in taken
            and at.of(text) not in allowed
            and at.of(text).removesuffix("s") not in allowed
        ]
