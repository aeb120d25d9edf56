"""Whether a sentence is about nobody in particular ("Children who live with …"), or about people of the case.

The words are data: the cues `general`, `particular` and `particular-pseudo` of the packs. A sentence is
general where a cue says so and nothing in it points to a person of the case: neither a word ("she", "mum",
"the twins") nor a name. In a list, an item that says neither goes with the sentence that leads the list.
"""

from __future__ import annotations

import re

from sos_lint.document import Block, BlockKind
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.text import Range

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z]|\b(?:Child|Baby|Adult|Mother|Father) [A-Z]\b(?!\.\w)")
_NAME = re.compile(r"\b[A-Z][a-z]+((?:['\u2019]s)?) ")
_IS = re.compile(r"(?:is|was|has|had|does|did|will)\b")


class Generality:
    """Answers, for one document, whether a place stands in a sentence about nobody in particular."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues

    def holds(self, spot: Spot) -> bool:
        """True where the sentence, or the one that leads its list, is general."""
        if self._general(spot.sentence):  # nearly never, so what points to a person is looked for last
            return not self._particular(spot.sentence)
        lead = self._lead(spot.block) if spot.block.kind is BlockKind.LIST_ITEM else None
        return (
            lead is not None
            and self._general(lead)
            and not self._particular(lead)
            and not self._particular(spot.sentence)
        )

    def _general(self, sentence: Range) -> bool:
        return self._cues.cue("general").occurs(self._around.folded, sentence.start, sentence.end)

    def _particular(self, sentence: Range) -> bool:
        folded, start, end = self._around.folded, sentence.start, sentence.end
        if _TITLED.search(self._around.text, start, end) or self._names_somebody(sentence):
            return True
        return any(True for _ in self._cues.meant("particular", folded, start, end))

    def _names_somebody(self, sentence: Range) -> bool:
        """A capitalised word before what only a person does or has ("Tom said", "Aisha's room").

        Within the sentence, where a capital tells more, "is" or "has" is enough.
        """
        folded, end = self._around.folded, sentence.end
        for name in _NAME.finditer(self._around.text, sentence.start, end):
            if any(
                self._cues.class_(words).fit(folded, name.start(), end) is not None
                for words in ("title-noun", "not-a-name")
            ):
                continue
            follows = self._cues.class_("family-noun" if name.group(1) else "person-verb")
            if follows.fit(folded, name.end(), end) is not None:
                return True
            if name.start() > sentence.start and _IS.match(folded, name.end(), end):
                return True
        return False

    def _lead(self, item: Block) -> Range | None:
        """The last sentence before the list that holds an item, if it leads on with a colon."""
        lead = self._around.lead(item)
        if lead is None or not lead.at.of(self._around.text).rstrip().endswith(":"):
            return None
        sentences = self._around.sentences(lead)
        return sentences[-1] if sentences else None
