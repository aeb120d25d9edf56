"""Whether words picture anything: what is left of them without little words, vague words and people.

“Things will get worse” and “engage with services” leave nothing; “leave school with nothing” leaves a school.
The words are data: the classes `little-word` and `vague-word` of the packs, and one for each use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sos_lint.nlp.people import People, Who
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.text import Range

_TIMES = ("number", "ordinal", "period", "month")


class Pictures:
    """Reads the words of one document."""

    def __init__(self, around: Surroundings, cues: Cues, people: People) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._empty = frozenset[str]().union(*map(cues.words, ("little-word", "vague-word", *_TIMES)))

    def hold(self, at: Range, *also: str) -> bool:
        """True where a word in a range, which lies in one sentence, pictures something."""
        pictured = self._cues.cue("pictured").occurs(self._around.folded, at.start, at.end)
        return pictured or any(True for _ in self.words(at, *also))

    def words(self, at: Range, *also: str) -> Iterator[Range]:
        """The words that picture something; `also` are classes of words that do not, for this use."""
        phrases = [
            found
            for name in ("vague-phrase", *(f"{each}-phrase" for each in also))
            for found in self._cues.cue(name).find(self._around.folded, at.start, at.end)
        ]
        sentence = self._around.sentence(at)
        words = self._people.words(sentence)
        first = bisect_left(words, at.start, key=lambda word: word.start)
        last = bisect_left(words, at.end, lo=first, key=lambda word: word.start)
        for number in range(first, last):
            word = words[number]
            if not at.contains(word.at) or not word.text[0].isalpha() or len(word.text) < 2:
                continue
            if word.text in self._empty or any(word.text in self._cues.words(name) for name in also):
                continue
            if any(first <= word.start < last for first, last in phrases):
                continue
            if self._people.who(words, number) not in (None, Who.WORKER):
                continue
            yield word.at
