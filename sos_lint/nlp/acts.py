"""Acts that no list foresees: somebody, and a verb that a reader can picture ("Dad emptied the milk away").

A shallow reading of clauses by word forms, with no model, as it runs on every paragraph that holds a broad
term. The words are the classes of the packs: `no-act` are the verbs that picture nothing ("presented",
"struggled"); `past-verb` the irregular pasts; `harm-verb` what is no failure when it was not done;
`before-verb` what may stand between somebody and the verb; `no-verb` words that only look like verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sos_lint.nlp.people import People, Who, Word
from sos_lint.nlp.surroundings import ByWord, Cues
from sos_lint.text import Range

_DENIES = frozenset(
    ["not", "never", "didn't", "doesn't", "don't", "hasn't", "haven't", "hadn't", "wouldn't", "without"]
)
_GOES_ON = frozenset(["and", "then", "or", "but", ","])
_OWNS = frozenset(["has", "have", "had", "having"])
_ANY_FORM = "any"
_NOBODY = frozenset(["nobody", "noone", "neither"])
_LEADS_ING = frozenset(["by", "while", "kept", "keeps", "started", "began"])
_BE = frozenset(["was", "were", "is", "are", "been", "being", "be"])
_PASSIVE = _BE | {"got", "gets"}
_PLACES = frozenset(["in", "on", "at", "from", "with", "of", "next", "across", "online"])
_NOT_SUBJECTS = frozenset(["his", "her", "their", "hers", "him", "them", "us", "me"])
_HAVE = frozenset(["has", "had", "is", "was", "were", "are"])
_CLASSES = (
    "no-act",
    "no-passive",
    "no-effect",
    "effect-verb",
    "harm-verb",
    "before-verb",
    "noun-maker",
    "help-verb",
)
_REACH = 6  # words between somebody and the verb that are filled by where they were


_NEVER, _OTHER = "never", "other"


class _Forms(ByWord[str]):
    """What a word by itself may be: a form of a verb, `_NEVER` a verb, or one only where it is denied."""

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._pasts = cues.words("past-verb")
        self._none = cues.words("no-verb") | cues.words("before-verb") | _DENIES | _BE

    def work_out(self, text: str) -> str:
        """The form of a word."""
        if text in _HAVE:
            return "now" if text in ("has", "is", "are") else "past"
        if text in self._none:
            return _NEVER
        if text in self._pasts or (text.endswith("ed") and len(text) > 3):
            return "past"
        if text.endswith("ing") and len(text) > 4:
            return "ing"
        return "s" if text.endswith("s") and len(text) > 3 and "'" not in text else _OTHER


@lru_cache(maxsize=2)
def _forms_of(cues: Cues) -> _Forms:
    """The forms of words, known for all documents that are read by the same cues."""
    return _Forms(cues)


class Act(NamedTuple):
    """Somebody did something: from who did it to the verb, or the verb alone where it goes on from another.

    `who` is None of a passive: what was done stands there, and not who did it. `verb` is the word itself.
    `left_undone`: it is said that it was not done ("nobody washed him").
    """

    at: Range
    who: Who | None
    verb: Word
    left_undone: bool = False


class Acts:
    """Finds acts in the sentences of one document."""

    def __init__(self, people: People, cues: Cues) -> None:
        self._people = people
        self._words = {name: cues.words(name) for name in _CLASSES}
        self._forms = _forms_of(cues)

    def within(self, sentence: Range) -> Iterator[Act]:
        """The acts of a sentence, in order. What was said not to be done is one where it is a failure."""
        words = self._people.words(sentence)
        doer: int | None = None
        last = ""  # the form of the verb before: what goes on from it has the same
        clipped = self._people.is_clipped(sentence)
        for number, word in enumerate(words):
            form = self._form(words, number)
            if not form:
                continue
            before, denied = self._before(words, number)
            if before < 0 or words[before].text == ":":  # "Risk: climbing on roofs", an item "spat at staff"
                if (
                    form in ("past", "ing")
                    and (clipped or before >= 0)
                    and word.text not in _HAVE
                    and not denied
                ):
                    yield Act(word.at, None, word)
                continue
            if form == "past" and (by := self._by_whom(words, number)) is not None:
                yield Act(word.at, by, word)
                continue
            if form == "past" and words[before].text in _PASSIVE:
                if not denied:
                    yield Act(word.at, None, word)
                continue
            if form == "now" and any(words[n].text in _OWNS for n in range(before + 1, number)):
                continue  # "has friends"
            subject = self._subject(words, before, doer, goes_on=last in (form, _ANY_FORM))
            if subject is None:
                continue
            doer, last = subject, self._goes_on_as(words, before, number, form)
            denied = denied or words[subject].text in _NOBODY
            if word.text in _HAVE or (denied and word.text in self._words["harm-verb"]):
                continue
            start = words[subject].start if words[before].text not in _GOES_ON else word.start
            who = self._people.last_before(words[subject].end, sentence)
            yield Act(Range(start, word.end), who or Who.SOMEBODY, word, denied)

    @staticmethod
    def _goes_on_as(words: Sequence[Word], before: int, number: int, form: str) -> str:
        """The form in which a sentence goes on: "has moved to the front and cries"."""
        perfect = any(words[n].text in ("has", "have") for n in range(before, number))
        return _ANY_FORM if perfect else form

    def pictures(self, act: Act) -> bool:
        """True where a reader can picture the act: not "presented", "struggled" or "was given"."""
        return act.verb.text not in self._words["no-act"] and (
            act.who is not None or act.verb.text not in self._words["no-passive"]
        )

    def shows_effect(self, act: Act) -> bool:
        """True where the act may show what it was like for who does it: not "says" or "attends"."""
        if act.who is Who.CHILD:
            return act.verb.text not in self._words["no-effect"]
        return act.who in (Who.NAMED, Who.SOMEBODY) and act.verb.text in self._words["effect-verb"]

    def is_help(self, act: Act) -> bool:
        """True of what those who help do: "discussed", "offered"."""
        return act.verb.text in self._words["help-verb"]

    def is_done_to(self, at: Range, sentence: Range) -> bool:
        """True where words that tell an act stand in the passive: who stands before them did not do it."""
        words = [word for word in self._people.words(sentence) if word.start < at.start]
        before, _ = self._before(words, len(words))
        return before >= 0 and words[before].text in _PASSIVE and not _is_ing(at, sentence, self._people)

    def _before(self, words: Sequence[Word], number: int) -> tuple[int, bool]:
        """The word before a verb and what may stand between, and whether a denial is part of that."""
        denied = False
        before = number - 1
        while before >= 0:
            text = words[before].text
            if text == ")":  # "Tom (7) cried"
                opening = (n for n in range(before, -1, -1) if words[n].text == "(")
                before = next(opening, 0)
            elif text not in self._words["before-verb"] and text not in _DENIES:
                break
            denied = denied or text in _DENIES
            before -= 1
        return before, denied

    def _form(self, words: Sequence[Word], number: int) -> str:
        """The form of a verb, or nothing where a word is none."""
        text = words[number].text
        form, before = self._forms[text], words[number - 1].text
        denied = before in _DENIES
        if form == _NEVER or (form == _OTHER and not denied):
            return ""
        if number and self._people.has_capital(words[number]):  # "Ms Placed" is no act
            return ""
        if form == "past" or text in _HAVE:
            return form
        if denied:  # "did not wash", "without washing"
            return "base" if text.isalpha() else ""
        if form == "s":
            return "" if before in self._words["noun-maker"] else "now"
        return form

    def _by_whom(self, words: Sequence[Word], number: int) -> Who | None:
        """Who did it by the words after the verb: "laid on the table by Uncle Ray"."""
        for n in range(number + 1, min(len(words) - 1, number + _REACH)):
            if words[n].text in ",;:.":
                return None
            if words[n].text == "by":
                inside = range(n + 1, min(len(words), n + 4))
                return next((who for m in inside if (who := self._people.who(words, m)) is not None), None)
        return None

    def _subject(self, words: Sequence[Word], before: int, doer: int | None, *, goes_on: bool) -> int | None:
        """Who did it: before the verb; or, after "and", who did the act before; or else nobody."""
        text = words[before].text
        if text in _GOES_ON:
            return doer if goes_on else None
        if text in _LEADS_ING:
            return doer if doer is not None and words[before + 1].text.endswith("ing") else None
        if self._acts(words, before):
            return before
        for number in range(before - 1, max(-1, before - _REACH), -1):
            if not words[number].text.isalpha() or words[number].text in _GOES_ON:
                return None
            if self._acts(words, number):
                return number if words[number + 1].text in _PLACES else None
        return None

    def _acts(self, words: Sequence[Word], number: int) -> bool:
        text = words[number].text
        return (
            text not in _NOT_SUBJECTS
            and not text.endswith(("'s", "s'"))
            and self._people.who(words, number) is not None
        )


def _is_ing(at: Range, sentence: Range, people: People) -> bool:
    first = next(word.text for word in people.words(sentence) if word.end > at.start)
    return first.endswith("ing")
