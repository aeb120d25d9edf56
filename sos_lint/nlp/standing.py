"""How what is said stands in its clause: as a fact, or as denied, supposed or planned.

After medspaCy's ConText: a cue, a reach, words that end the reach, and look-alikes. The words are data: the
cues `negation`, `supposed` and `planned` of the packs, each with its `…-pseudo`.
"""

from __future__ import annotations

import re

from sos_lint.nlp.surroundings import Cues, Surroundings, keep_few
from sos_lint.text import Range

_CLAUSE_MARK = re.compile(r"[,;:()\u2013\u2014]")

_BEFORE, _AFTER = 240, 120  # characters: more than the words between a cue and what it leads take


class Standings:
    """Answers, for one document, what leads a place in its clause."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._leads = [cues.cue(name) for name in ("negation", "supposed", "planned")]
        self._plain: dict[Range, bool] = {}

    def is_fact(self, at: Range, sentence: Range) -> bool:
        """False where what is said is denied, supposed or only planned."""
        return self._is_plain(sentence) or (not self.is_denied(at, sentence) and self.is_past(at, sentence))

    def _is_plain(self, sentence: Range) -> bool:
        """True of a sentence in which nothing is denied, supposed or planned: most are such."""
        plain = self._plain.get(sentence)
        if plain is None:
            folded, start, end = self._around.folded, sentence.start, sentence.end
            plain = not any(cue.may_fit(folded, start, end) for cue in self._leads)
            keep_few(self._plain)
            self._plain[sentence] = plain
        return plain

    def is_denied(self, at: Range, sentence: Range) -> bool:
        """True where a clause says that something is not so."""
        if self._is_plain(sentence):
            return False
        clause = self._clause(at, sentence)
        return self.led_by("negation", at, clause, reach=4, stops=("negation-stops", "clause-stops"))

    def is_past(self, at: Range, sentence: Range) -> bool:
        """False where what is said is only supposed or planned."""
        if self._is_plain(sentence):
            return True
        clause = self._clause(at, sentence)
        return not (
            self.led_by("supposed", at, clause, reach=8, stops=("clause-stops",))
            or self.led_by("planned", at, clause, reach=6, stops=("clause-stops",))
        )

    def led_by(self, cue: str, at: Range, within: Range, *, reach: int, stops: tuple[str, ...]) -> bool:
        """True when a cue stands before a place, at most so many words away, and no stop between."""
        folded = self._around.folded
        if not self._cues.cue(cue).occurs(folded, within.start, at.start):
            return False  # nearly always, so the stops are looked for last
        ends = [end for stop in stops for _, end in self._cues.cue(stop).find(folded, within.start, at.start)]
        start = max(ends, default=within.start)
        alike = list(self._cues.alike(cue).find(folded, within.start, within.end))
        return any(
            not any(first <= found < last for first, last in alike)
            and len(folded[end : at.start].split()) <= reach
            for found, end in self._cues.cue(cue).find(folded, start, at.start)
        )

    def _clause(self, at: Range, sentence: Range) -> Range:
        """From the last mark before a place to a little after it; however long the sentence, not further
        than a cue could reach.
        """
        start = max(sentence.start, at.start - _BEFORE)
        marks = list(_CLAUSE_MARK.finditer(self._around.folded, start, at.start))
        return Range(marks[-1].end() if marks else start, min(sentence.end, at.end + _AFTER))
