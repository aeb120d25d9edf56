"""Who is worried: a person, a role or an agency who has the worries, in whatever words.

“There are concerns” and “it is feared” name nobody. By word forms, as all the reading here; the words are the
classes `worry-adjective`, `worry-word`, `degree`, `no-worrier` and the cues `has-worries`, … of the packs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sos_lint.nlp.people import People, Who, Word
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.text import Range

_BE = frozenset(["is", "are", "am", "was", "were", "be", "been", "being", "remain", "remains", "remained"])
_FEEL = frozenset(["feel", "feels", "felt", "get", "gets", "got", "become", "became", "becoming", "sound"])
_MARKS = frozenset([",", "(", ")"])
_STOPS = frozenset([";", ":", ".", "!", "?"])
_NOBODY = frozenset(["nobody", "noone", "neither", "none"])
_NOT = frozenset(["not", "isn't", "aren't", "wasn't", "weren't", "never", "longer"])
_OWN = frozenset(["our", "my"])
_FEARS = frozenset(["afraid", "frightened", "scared", "terrified", "anxious"])
_HELPERS = frozenset([Who.WORKER, Who.ADULT, Who.SOMEBODY])
_CLASSES = ("worry-adjective", "worry-verb", "worry-noun", "degree", "no-worrier")
_REACH = 6


class Worriers:
    """Reads the sentences of one document."""

    def __init__(self, around: Surroundings, cues: Cues, people: People) -> None:
        self._around = around
        self._cues = cues
        self._people = people
        self._class = {name: cues.words(name) for name in _CLASSES}

    def within(self, sentence: Range) -> Iterator[Range]:
        """Where a sentence says who is worried, from the first of them to the word for it."""
        if self._around.text[sentence.end - 1] == "?":
            return
        words = self._people.words(sentence)
        for number, word in enumerate(words):
            first = self._worried(words, number)
            if first is not None:
                yield Range(words[first].start, word.end)
        yield from self._has_worries(words, sentence)

    def _worried(self, words: Sequence[Word], number: int) -> int | None:
        """The first word of who is worried, if this word says that somebody is."""
        text = words[number].text
        found: int | None = None
        if text in self._class["worry-adjective"]:
            found = self._before_adjective(words, number)
        if found is None and text in self._class["worry-verb"]:
            found = self._before_verb(words, number)
        if found is None and text in self._class["worry-noun"]:
            found = self._owner(words, number)
        return found

    def _before_adjective(self, words: Sequence[Word], number: int) -> int | None:
        """“X is very worried”; clipped, “School worried that”."""
        here = self._over(words, number - 1)
        if here >= 0 and words[here].text in _BE | _FEEL:
            here = self._over(words, here - 1)
            while here >= 0 and words[here].text in ("has", "have", "had", "not"):
                if words[here].text in _NOT:
                    return None
                here = self._over(words, here - 1)
        elif not self._goes_on(words, number) or (here >= 0 and words[here].text in _NOT):
            return None
        elif here > 0 and words[here].text == ":":
            here -= 1
        subject = self._subject(words, here)
        if subject is None:
            return None
        if words[number].text in _FEARS and not self._is_helper(words, subject, here):
            return None
        return subject

    def _before_verb(self, words: Sequence[Word], number: int) -> int | None:
        """“School worry that”, “Nan fears he will”; not “the worry that”."""
        here = self._over(words, number - 1)
        if here >= 0 and words[here].text in ("do", "does", "did", "would", "will", "can"):
            here = self._over(words, here - 1)
        if here < 0 or words[here].text in self._class["no-worrier"] or words[here].text.endswith("'s"):
            return None
        if not (words[here].text.isalpha() or words[here].text in _MARKS):
            return None
        if not self._goes_on(words, number):
            return None
        return self._subject(words, here)

    def _owner(self, words: Sequence[Word], number: int) -> int | None:
        """“Our worry is”, “School's biggest worry”, “a worry for Nan”, “concerns raised by the police”."""
        for here in range(number - 1, max(-1, number - 4), -1):
            text = words[here].text
            if text in _OWN or (text.endswith(("'s", "s'")) and self._names_somebody(words, here)):
                return here
            if text in ("their", "his", "her") and self._goes_on(words, number, "is", "are", "was"):
                return here
            if not text.isalpha():
                break
        for here in range(number + 1, min(len(words) - 1, number + _REACH)):
            if not words[here].text.isalpha():
                break
            if words[here].text in ("by", "from", "for") and (
                words[here].text != "for" or words[here - 1].text == words[number].text
            ):
                for who in range(here + 1, min(len(words), here + 4)):
                    if self._people.who(words, who) in (Who.WORKER, Who.ADULT) or (
                        words[here].text != "for" and self._people.who(words, who) is Who.NAMED
                    ):
                        return number
        return None

    def _has_worries(self, words: Sequence[Word], sentence: Range) -> Iterator[Range]:
        """“School have shared their worries”; “what worries Nan is”; “the police believe that he could”."""
        folded = self._around.folded
        for start, end in self._cues.cue("has-worries").find(folded, sentence.start, sentence.end):
            here = self._over(words, bisect_left(words, start, key=_start) - 1)
            while here >= 0 and words[here].text in ("has", "have", "had", "who"):
                here = self._over(words, here - 1)
            subject = self._subject(words, here)
            if subject is not None:
                yield Range(words[subject].start, end)
        for start, end in self._cues.cue("worries-somebody").find(folded, sentence.start, sentence.end):
            after = [n for n, word in enumerate(words) if word.start >= end][:3]
            if any(self._people.who(words, n) in (*_HELPERS, Who.NAMED) for n in after):
                yield Range(start, end)
        for start, end in self._cues.cue("thinks-that").find(folded, sentence.start, sentence.end):
            here = self._over(words, bisect_left(words, start, key=_start) - 1)
            subject = self._subject(words, here)
            foretold = self._cues.cue("foretells").occurs(folded, end, sentence.end)
            if subject is not None and foretold and self._is_helper(words, subject, here, worker=True):
                yield Range(words[subject].start, end)

    def _subject(self, words: Sequence[Word], last: int) -> int | None:
        """The first word of who stands before a verb; None where that is nobody ("there", "it")."""
        if last < 0 or words[last].text in _STOPS:
            return None
        if words[last].text in ("there", "it", "this", "that", *_NOBODY):
            return None
        first = last
        while first > 0 and words[first - 1].text not in _STOPS:
            first -= 1
        inside = [word.text for word in words[first : last + 1]]
        if inside[0] in _NOBODY or inside[:2] == ["no", "one"] or inside[0] == "there":
            return None
        little = self._class["no-worrier"]
        if all(text in little or text in _MARKS for text in inside):
            return None
        return first

    def _is_helper(self, words: Sequence[Word], first: int, last: int, *, worker: bool = False) -> bool:
        wanted = {Who.WORKER} if worker else _HELPERS
        return any(self._people.who(words, number) in wanted for number in range(first, last + 1))

    def _names_somebody(self, words: Sequence[Word], number: int) -> bool:
        return self._people.who(words, number) is not None or self._people.has_capital(words[number])

    def _over(self, words: Sequence[Word], number: int) -> int:
        """The word before words of degree ("really", "both")."""
        while number >= 0 and words[number].text in self._class["degree"]:
            number -= 1
        return number

    def _goes_on(self, words: Sequence[Word], number: int, *also: str) -> bool:
        """True where what the worry is about follows."""
        start = words[number].end + 1
        sentence = self._around.sentence(words[number].at)
        if number + 1 < len(words) and words[number + 1].text in (*also, ","):
            return True
        return self._cues.cue("worried-about").fit(self._around.folded, start, sentence.end) is not None


def _start(word: Word) -> int:
    return word.start
