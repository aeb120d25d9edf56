"""Whether a reader can tell who did what a passive says: the doer is named, or acts close by.

The words are data: the cues `doer`, `not-doer` and `doer-stops` of the packs. No grammar is asked for, since
it would have to read every sentence with a passive.
"""

from __future__ import annotations

import re

from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.text import Range

REACH = 12  # words between the passive and its "by"

_BY = re.compile(r"(?<!\w)by (?=\w)")
_ACT = re.compile(r"(?!being\b)\w{2,}ing\b")


class Doers:
    """Answers, for one document, where the doer of a passive stands."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues

    def named(self, spot: Spot) -> bool:
        """A "by …" follows in the clause that tells who, and not when ("by Friday") or how ("by phone")."""
        folded, at, end = self._around.folded, spot.at.end, spot.sentence.end
        if folded.find("by ", at, end) < 0:
            return False
        stop = next(self._cues.cue("doer-stops").find(folded, at, end), None)
        for by in _BY.finditer(folded, at, stop[0] if stop else end):
            if len(folded[at : by.start()].split()) > REACH:
                return False
            if not (_ACT.match(folded, by.end()) or self._cues.cue("not-doer").fit(folded, by.end(), end)):
                return True
        return False

    def near(self, spot: Spot) -> bool:
        """Somebody acts in the sentence, or in the one before if this one carries on from it."""
        return (
            self._acts(Range(spot.sentence.start, spot.at.start))
            or self._acts(Range(spot.at.end, spot.sentence.end))
            or (self._carries_on(spot) and self._acts(self._before(spot)))
        )

    def _acts(self, place: Range) -> bool:
        return self._cues.cue("doer").occurs(self._around.folded, place.start, place.end)

    def _carries_on(self, spot: Spot) -> bool:
        """“Staff sat with Tom. He was then moved”: the subject is only a pronoun."""
        folded, start, end = self._around.folded, spot.sentence.start, spot.at.start
        return self._cues.cue("carries-on").fits_until(folded, start, start + len(folded[start:end].rstrip()))

    def _before(self, spot: Spot) -> Range:
        """The sentence before, in the same block; an empty range if there is none."""
        before = [one for one in self._around.sentences(spot.block) if one.end <= spot.sentence.start]
        return before[-1] if before else Range(spot.sentence.start, spot.sentence.start)
