"""What is written in a section: words of the case, or only what the form printed there.

Placeholders, tick boxes without a tick, labels, questions, instructions ("Describe any …") and words that
say nothing ("n/a") fill no section. The words are data: the cues `prompt` and `fills-nothing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.document import Block, BlockKind
from sos_lint.fold import fold
from sos_lint.forms import FormDescription
from sos_lint.nlp.people import people_of
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.forms.labels import Names
from sos_lint.text import Range

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SIGNS = re.compile(r"[\W_]*")
_BOX = re.compile(r"[\u2610\u25a1\u25fb]|\[ ?\]")
_TICKED = re.compile(r"[\u2611\u2612\u2713\u2714\u25a0\u25fc]|\[[xX\u2713\u2714]\]")
_IN_BRACKETS = re.compile(r"\W*(?:\([^()]*\)|\[[^\[\]]*\])\W*\Z")
_GOES_ON = re.compile(
    r"\W*(?:for example|e\.?g\b|such as|this (?:may|can|could|might) be|include\b|remember\b)"
)
_AROUND_A_FIELD = 3  # words beside a placeholder, from which on they say something
_TICK_WORDS = 6


class Filling:
    """Reads what stands in the sections of one document."""

    def __init__(self, around: Surroundings, cues: Cues, form: FormDescription, names: Names) -> None:
        self._around = around
        self._cues = cues
        self._names = names
        self._people = people_of(around, cues)
        self._prompts = frozenset(
            _bare(fold(words))
            for section in form.sections
            for words in (*section.prompts, section.name, *(box.name for box in section.boxes))
        )

    def says(self, at: Range) -> bool:
        """True where some words in a block, or in a part of it, tell something of the case."""
        return any(True for _ in self.told(at))

    def told(self, at: Range) -> Iterator[Range]:
        """The sentences that tell something of the case."""
        block = self._around.block(at)
        if block.kind is BlockKind.TICK_BOX and not self._is_task(block):
            return
        for sentence, printed in self._sentences(at):
            if not printed and not self._is_empty(sentence):
                yield sentence

    def prompts(self, at: Range) -> Iterator[Range]:
        """The sentences that the form printed to say what to write."""
        return (sentence for sentence, printed in self._sentences(at) if printed)

    def _sentences(self, at: Range) -> Iterator[tuple[Range, bool]]:
        """The sentences in a place, and whether each is printed; an example goes with what it explains."""
        printed = False
        for whole in self._around.sentences(self._around.block(at)):
            if whole.end <= at.start or whole.start >= at.end:
                continue
            sentence = Range(max(whole.start, at.start), min(whole.end, at.end))
            goes_on = printed and _GOES_ON.match(self._around.folded, sentence.start, sentence.end)
            printed = bool(self._words(sentence)) and (bool(goes_on) or self._is_prompt(sentence))
            yield sentence, printed

    def _is_prompt(self, sentence: Range) -> bool:
        folded = self._around.folded
        words = folded[sentence.start : sentence.end]
        if _bare(words) in self._prompts:
            return True
        if words.rstrip(" *_)]\"'").endswith("?"):
            return not self._asks_the_reader(sentence)
        if _IN_BRACKETS.match(words) or self._names.is_bare(self._around, sentence):
            return True
        return begins_as_prompt(sentence, self._around, self._cues)

    def _asks_the_reader(self, sentence: Range) -> bool:
        """True of a question that a writer puts to the team that receives the form."""
        folded, start, end = self._around.folded, sentence.start, sentence.end
        asks = self._cues.cue("request").fit(folded, start, end)
        return asks is not None and self._cues.cue("request-to-write").fit(folded, start, end) is None

    def _is_empty(self, sentence: Range) -> bool:
        text = sentence.of(self._around.text)
        if _BOX.search(text) and not _TICKED.search(text):
            return True
        words = self._words(sentence)
        if not words or (len(words) < _AROUND_A_FIELD and self._around.placeholders.touch(sentence)):
            return True
        start, end = words[0].start, words[-1].end
        return self._cues.cue("fills-nothing").fit(self._around.folded, start, end) == end

    def _words(self, at: Range) -> list[Range]:
        """The words outside placeholders."""
        found = (Range(*word.span()) for word in _WORD.finditer(self._around.folded, at.start, at.end))
        return [word for word in found if not self._around.placeholders.touch(word)]

    def _is_task(self, block: Block) -> bool:
        """True of a box to tick that is no option of a list: it says who does something, or says much."""
        words = self._people.words(block.at)
        return len(block.at.of(self._around.text).split()) >= _TICK_WORDS or self._people.are_in(words)


def begins_as_prompt(sentence: Range, around: Surroundings, cues: Cues) -> bool:
    """True of a sentence that begins as what tells writers what to write, whatever signs stand before."""
    signs = _SIGNS.match(around.folded, sentence.start, sentence.end)
    start = signs.end() if signs else sentence.start
    return cues.cue("prompt").fit(around.folded, start, sentence.end) is not None


def _bare(words: str) -> str:
    return " ".join(_WORD.findall(words))
