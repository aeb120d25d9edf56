"""Guards: reasons to stay silent. Each is a question about where a match stands.

Their words are data (the cues and classes of the packs); what they look at is written here. After the
guards of medspaCy's ConText: a cue, a direction, a reach, words that end the reach, and look-alikes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sos_lint.document import BlockKind
from sos_lint.kinds import UNPACKING
from sos_lint.nlp.doers import Doers
from sos_lint.nlp.generality import Generality
from sos_lint.nlp.standing import Standings
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.rule import Guard
from sos_lint.text import Range

NEGATION_REACH = 8  # words between the cue and the term
AFTER_REACH = 3  # words after the term, at one of which a cue may begin
CAPITALS_SHARE = 0.7  # of the words of a sentence, for it to be written in capitals

_BRACKET = re.compile(r"['\"\u2019\u201d]? ?\((?=[^()]*\w+[ -]\w+)")
_EXPLAINS = re.compile(r"['\"\u2019\u201d]?[,:;]? ?(?:[\u2013\u2014-] ?)?")
_TICK = re.compile(r"[\u2610\u2611\u2612\u2713\u2714\u2717\u2718\u25a1\u25a0\u25fb\u25fc]|\[[ xX\u2713]?\]")
_CAPITALISED = re.compile(r"[A-Z][\w'\u2019&-]*|(?:of|and|for|the|to|in|on|&|\d{4})(?![\w])")
_RUN = re.compile(r"(?:(?:[A-Z][\w'\u2019&-]*|of|and|for|the|to|in|on|&) )+\Z")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_NEXT_WORD = re.compile(r"[ :]*(?<!\w)([\w']+)")


class Guards:
    """Answers, for one document, which guards hold at a place."""

    def __init__(self, around: Surroundings, cues: Cues, shorts: frozenset[int]) -> None:
        self._around = around
        self._cues = cues
        self._shorts = shorts  # where known short forms begin
        self._standings = Standings(around, cues)
        doers = Doers(around, cues)
        self._of: dict[frozenset[Guard], list[Callable[[Spot], bool]]] = {}
        self._tests: Mapping[Guard, Callable[[Spot], bool]] = {
            Guard.EXPLAINED: self._explained,
            Guard.QUOTED: self._quoted,
            Guard.NEGATED: self._negated,
            Guard.HEADING: self._heading,
            Guard.TITLE: self._title,
            Guard.TICK_LIST: self._tick_list,
            Guard.CAPITALS: self._capitals,
            Guard.DOER_NAMED: doers.named,
            Guard.DOER_NEAR: doers.near,
            Guard.GENERAL: Generality(around, cues).holds,
        }

    def hold(self, guards: frozenset[Guard], spot: Spot) -> bool:
        """True when any of these guards that a place alone can answer holds there."""
        tests = self._of.get(guards)
        if tests is None:
            tests = self._of[guards] = [test for guard, test in self._tests.items() if guard in guards]
        return any(test(spot) for test in tests)

    def _explained(self, spot: Spot) -> bool:
        text, folded, end = self._around.text, self._around.folded, spot.sentence.end
        if _BRACKET.match(text, spot.at.end, end):
            return True
        start = _EXPLAINS.match(text, spot.at.end, end)
        return start is not None and self._cues.cue("explanation").fit(folded, start.end(), end) is not None

    def _quoted(self, spot: Spot) -> bool:
        if spot.block.kind is BlockKind.QUOTATION:
            return True
        return self._around.is_quoted(spot.at)

    def _negated(self, spot: Spot) -> bool:
        before = self._standings.led_by(
            "negation", spot.at, spot.sentence, reach=NEGATION_REACH, stops=("negation-stops",)
        )
        return before or self._negated_after(spot)

    def _negated_after(self, spot: Spot) -> bool:
        """“Neglect was not seen”: a cue within two words after the term."""
        folded, at, end = self._around.folded, spot.at.end, spot.sentence.end
        alike = list(self._cues.cue("negation-pseudo").find(folded, at, end))
        for _ in range(AFTER_REACH):
            word = _NEXT_WORD.match(folded, at, end)
            if word is None:
                return False
            at = word.end()
            if self._cues.cue("negation-stops").fit(folded, word.start(1), end) is not None:
                return False
            if any(first <= word.start(1) < last for first, last in alike):
                continue
            if self._cues.cue("negation-after").fit(folded, word.start(1), end) is not None:
                return True
        return False

    def leads(self, spot: Spot) -> bool:
        """True of a label that is no heading in the markup: what it names may stand beside or beneath it."""
        kind = spot.block.kind
        if kind is BlockKind.FORM_LABEL:
            return not self._asks(spot.block.at)
        return kind is BlockKind.HEADING and self._around.text[spot.block.at.end - 1] == ":"

    def _heading(self, spot: Spot) -> bool:
        """A heading, a form's label, or before a colon one that asks for a part ("Injuries: …")."""
        if spot.block.kind in (BlockKind.HEADING, BlockKind.FORM_LABEL):
            return True
        label = self._around.label(spot.block)
        return label is not None and spot.at.end <= label.end and self._asks(label)

    def _asks(self, label: Range) -> bool:
        """True where a label asks for a part of what happened."""
        cues = (self._cues.cue(f"label-{part.value}") for part in UNPACKING)
        return any(cue.fit(self._around.folded, label.start, label.end) is not None for cue in cues)

    def _title(self, spot: Spot) -> bool:
        """Part of a capitalised name that holds a word such as Act, Board or Strategy."""
        text, at = self._around.text, spot.at
        if not text[at.start].isupper():
            return False
        end = at.end
        while text[end : end + 1] == " " and (word := _CAPITALISED.match(text, end + 1, spot.sentence.end)):
            end = word.end()
        before = _RUN.search(text, spot.sentence.start, at.start)
        start = before.start() if before else at.start
        names = self._cues.class_("title-noun").find(self._around.folded, start, end)
        return any(text[first].isupper() and not at.contains(Range(first, last)) for first, last in names)

    def _tick_list(self, spot: Spot) -> bool:
        if spot.block.kind is BlockKind.TICK_BOX:
            return True
        ticks = self._around.found(_TICK, spot.block).all
        if not ticks:
            return False
        return (
            len(ticks) > 1
            or ticks[0].start <= spot.at.start <= ticks[0].end + 60
            or ticks[0].end == spot.block.at.end
        )

    def _capitals(self, spot: Spot) -> bool:
        """In a line that is written in capitals. A list of known short forms is no such line."""
        found = _WORDS.finditer(self._around.text, spot.sentence.start, spot.sentence.end)
        words = [word.group() for word in found if word.start() not in self._shorts]
        capitals = [word for word in words if word.isupper()]
        return len(words) > 1 and len(capitals) >= CAPITALS_SHARE * len(words)
