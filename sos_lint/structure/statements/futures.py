"""What is foretold: where a statement says what could happen, and whether that pictures anything.

“He could be sent away” is a picture of what may come; “things could get worse” is none. What was (“he could
not get up”, “he may have been hit”), what is promised (“we will visit”) and what was a habit (“Dad would
shout”) foretells nothing. The words are the cues `foretells`, `supposes`, … of the packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sos_lint.nlp.people import People, Who
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.pictures import Pictures
from sos_lint.text import Range

_FURTHEST = 400  # characters of what is foretold: a clause, even where a whole page has no stop
_NEEDS_COMPANY = ("will", "would", "shall", "'ll", "won't", "wouldn't", "can", "can't")


class Future(NamedTuple):
    """What is foretold, from the word that does so to the end of it, and of whom."""

    at: Range
    outcome: Range
    who: Who | None


class Futures:
    """Reads the sentences of one document."""

    def __init__(self, around: Surroundings, cues: Cues, people: People, pictures: Pictures) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._pictures = pictures

    def within(self, sentence: Range, before: Range | None) -> Iterator[Future]:
        """What a sentence foretells that a reader could picture; `before` is the sentence it goes on from."""
        folded = self._around.folded
        carried = before is not None and (
            self._fits("supposes-strictly", before) or self._fits("may-come", before)
        )
        strictly = carried or self._fits("supposes-strictly", sentence)
        supposed = carried or self._fits("supposes", sentence)
        modal = False
        for start, end in self._markers(sentence):
            modal = True
            marker = folded[start:end]
            if self._may_be_past(marker, end, sentence) and not strictly:
                continue
            if marker.endswith(_NEEDS_COMPANY) and not supposed:
                continue
            who = self._people.last_before(start, sentence)
            if marker.endswith(("will", "would", "shall")) and who is Who.WORKER and not supposed:
                continue
            yield from self._picturable(Range(start, end), sentence, who)
        if not modal:
            yield from self._after_if(sentence)

    def _markers(self, sentence: Range) -> Iterator[tuple[int, int]]:
        folded = self._around.folded
        alike = list(self._cues.cue("foretells-not").find(folded, sentence.start, sentence.end))
        for start, end in self._cues.cue("foretells").find(folded, sentence.start, sentence.end):
            month = folded[start:end] == "may" and self._around.text[start] == "M"
            if not (month and start > sentence.start) and not any(a <= start < b for a, b in alike):
                yield start, end

    def _may_be_past(self, marker: str, end: int, sentence: Range) -> bool:
        """True of "could not" and "would not", which mostly tell of what was."""
        denied = self._around.folded.startswith(" not", end, sentence.end)
        return marker in ("couldn't", "wouldn't") or (marker in ("could", "would") and denied)

    def _fits(self, cue: str, at: Range) -> bool:
        return self._cues.cue(cue).occurs(self._around.folded, at.start, at.end)

    def _picturable(self, marker: Range, sentence: Range, who: Who | None) -> Iterator[Future]:
        outcome = self._outcome(marker.end, sentence)
        if outcome is None:
            return
        if self._pictures.hold(outcome, "vague-future") or self._fits("refers-back", outcome):
            yield Future(Range(marker.start, outcome.end), outcome, who)

    def _outcome(self, start: int, sentence: Range) -> Range | None:
        """The words after a marker, to where a reason, a condition or the next marker begins."""
        folded, text = self._around.folded, self._around.text
        while start < sentence.end and text[start] == " ":
            start += 1
        last = min(sentence.end, start + _FURTHEST)
        stops = [at for at, _ in self._cues.cue("foretold-stops").find(folded, start, last)]
        stops += [at for at, _ in self._cues.cue("foretells").find(folded, start, last)]
        stops += [at for mark in (";", "\u2014", "\u2013") if (at := text.find(mark, start, last)) > 0]
        end = min((at for at in stops if at > start), default=last)
        end = start + len(text[start:end].rstrip())
        return Range(start, end) if end > start else None

    def _after_if(self, sentence: Range) -> Iterator[Future]:
        """“If this goes on, Tom gets hurt”: no word foretells, and it is foretold."""
        folded = self._around.folded
        for start, end in self._cues.cue("goes-on-like-this").find(folded, sentence.start, sentence.end):
            comma = folded.find(",", end, sentence.end)
            if comma > 0:
                who = self._people.last_before(sentence.end, sentence)
                yield from self._picturable(Range(start, comma + 1), sentence, who)
