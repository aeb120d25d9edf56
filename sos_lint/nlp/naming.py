"""How a document names those whom a match speaks of: the child, who did it, whom the term describes.

Only where that is plain to see. By word forms, as in `nlp.acts`: an answer of None is no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.fold import fold
from sos_lint.kinds import Whose
from sos_lint.memory import Memory
from sos_lint.nlp.elsewhere import Answerer, Question, Topic, still_hold
from sos_lint.nlp.people import Who, Word, names_in, people_of
from sos_lint.nlp.surroundings import cues_of, surroundings_of
from sos_lint.rule import Lexicon, Match
from sos_lint.text import Range

_SUBJECTS = frozenset(["he", "she", "they", "i", "we"])
_DETERMINERS = frozenset(["the", "his", "her", "their", "my", "our", "both", "a", "an"])
_BE = frozenset(["is", "was", "are", "were", "be", "been", "being", "got", "gets"])
_HAVE = frozenset(["has", "have", "had"])
_PLURAL_VERBS = frozenset(["are", "were", "have"])
_SHOWS = frozenset(
    ["display", "displays", "displayed", "show", "shows", "showed", "exhibit", "exhibits", "exhibited"]
)
_BECOMES = frozenset(["become", "becomes", "became", "remain", "remains", "remained", "acts", "acted"])
_LINKS = _BE | _HAVE | _SHOWS | _BECOMES
_DEGREES = frozenset(
    ["very", "so", "too", "quite", "extremely", "increasingly", "more", "a", "an", "rather", "highly"]
)
# What a clause may begin after, so that who comes next is its subject.
_CLAUSE_STARTS = frozenset([",", ";", ":", "that", "when", "because", "but", "and", "while", "where", "as"])
_TIMES = ("day", "days", "month", "season", "number")
_MANY = frozenset(["children", "boys", "girls", "siblings", "kids", "twins", "babies", "brothers", "sisters"])


class Named(NamedTuple):
    """Somebody as the text names them; `owner` where the term is said to be theirs ("Mum's drinking")."""

    words: str
    who: Who
    owner: bool = False
    done_to: bool = False

    @property
    def is_name(self) -> bool:
        """False of a pronoun, whose form changes with its place."""
        return self.words.lower() not in _SUBJECTS


class Naming:
    """Answers, for one document, who is meant."""

    def __init__(self, document: Document, lexicon: Lexicon, memory: Memory | None = None) -> None:
        cues = cues_of(lexicon)
        self._around = around = surroundings_of(document, lexicon, memory)
        self._names = names_in(around, cues)
        self._text = document.text
        self._people = people_of(around, cues)
        self._answers: dict[Topic, Answerer] = {
            **self._names.answers(),
            Topic.CHILDREN: lambda _, __: self._people.children,
        }
        self._between = _LINKS | _DEGREES | cues.words("before-verb")
        self._times = frozenset[str]().union(*map(cues.words, _TIMES))
        self._pasts = cues.words("past-verb")

    def child(self, match: Match) -> str | None:
        """Whom the term's harm is done to, or who does it if it is a child's; else the one child of the
        sentence; else of the document, if the sentence can mean no other.
        """
        named = self.subject(match)
        if named is not None and named.is_name and named.who in (Who.CHILD, Who.NAMED) and not named.owner:
            whose = match.rule.whose
            if whose is Whose.CHILD or (whose is Whose.ADULT and named.done_to):
                return named.words
        return self._child_of(match.sentence)

    def is_person(self, end: int, sentence: Range) -> bool:
        """True where somebody's name, or a word for a person, ends."""
        words = self._people.words(sentence)
        return any(word.end == end and self._people.who(words, n) for n, word in enumerate(words))

    def _child_of(self, sentence: Range) -> str | None:
        words = self._people.words(sentence)
        named = {n: self._people.who(words, n) for n in range(len(words))}
        here = {self._child(words, n) for n, who in named.items() if who is Who.CHILD}
        here.discard("")
        if len(here) == 1:
            return here.pop()
        others = any(who is Who.NAMED for who in named.values())
        if here or others or any(word.text.removesuffix("'s") in _MANY for word in words):
            return None
        children = self._people.children
        self._around.notes.note(Topic.CHILDREN, None, sentence.start, children)
        return children[0] if len(children) == 1 else None

    def asked(self, sentence: Range) -> tuple[Question, ...]:
        """What was asked of the document as a whole, for the sake of a sentence."""
        return self._around.notes.within(sentence, self._answers)

    def still_answers(self, questions: Sequence[Question], by: int) -> bool:
        """True where such questions get the same answers, asked `by` so many code points further on."""
        return still_hold(questions, by, self._answers)

    def doer(self, match: Match) -> str | None:
        """Who did what the term stands for: the subject of the clause, or who follows a "by"."""
        after = self._by_whom(match)
        if after is not None:
            return after.words if self._may_do(after, match.rule.whose) else None
        named = self.subject(match)
        if named is None or named.owner or named.done_to or not self._may_do(named, match.rule.whose):
            return None
        return named.words

    def person(self, match: Match) -> str | None:
        """Whom the term describes, or to whom it belongs."""
        named = self.subject(match)
        return None if named is None else named.words

    def subject(self, match: Match) -> Named | None:
        """Who stands before the term as the subject of its clause, or as whose it is."""
        words = self._people.words(match.sentence)
        begins = self._begins(match, words)
        words = [word for word in words if word.start < begins]
        here = len(words) - 1
        while here >= 0 and words[here].text in self._between:
            here -= 1
        between = [word.text for word in words[here + 1 :]]
        if here > 0 and words[here].text == ")":  # "Tom (7) was"
            here = next((n for n in range(here, 0, -1) if words[n].text == "("), 0) - 1
        if here < 0:
            return None
        text = words[here].text
        owner = text.endswith("'s")
        named = self._named(words, here)
        if named is None or (owner and between and not set(between) <= _DEGREES):
            return None
        if not owner and not self._leads(between, match):
            return None
        start, said, who = named
        if not self._begins_clause(words, start, between):
            return None
        done_to = bool(set(between) & _BE) and self._is_participle(match)
        return Named(said, who, owner, done_to)

    @staticmethod
    def _begins(match: Match, words: Sequence[Word]) -> int:
        """Where the term itself begins: after whose it is, if the match holds that ("Tom's behaviour")."""
        owners = (word for word in words if match.at.contains(word.at) and word.text.endswith("'s"))
        owner = next(owners, None)
        return match.at.start if owner is None else owner.at.end

    def _leads(self, between: Sequence[str], match: Match) -> bool:
        """True where a verb links somebody to the term: one between them, or the term's own first word."""
        first = match.at.of(self._text).lower().split()[0]  # "self-harms" is one word
        return bool(set(between) & _LINKS) or (
            first in self._pasts
            or first in _LINKS
            or (first.endswith(("s", "ed")) and not first.endswith("ss"))
        )

    def _is_participle(self, match: Match) -> bool:
        words = fold(match.at.of(self._text)).split()
        return any(word in self._pasts or (word.endswith("ed") and len(word) > 3) for word in words)

    def _begins_clause(self, words: Sequence[Word], start: int, between: Sequence[str]) -> bool:
        if start == 0:
            return True
        before = words[start - 1].text
        if before == "and":  # "Tom and Mum are": two people; "Tom hid and Mum was": one
            return bool(set(between) & _LINKS) and not set(between) & _PLURAL_VERBS
        return before in _CLAUSE_STARTS or before in self._times or before.isdigit()

    def _by_whom(self, match: Match) -> Named | None:
        """Who follows the term after "by" or "from"."""
        words = self._people.words(match.sentence)
        after = [n for n, word in enumerate(words) if word.start >= match.at.end]
        if len(after) < 2 or words[after[0]].text not in ("by", "from"):
            return None
        for last in after[1:4]:
            whole = self._named(words, last)
            if whole is not None and whole[0] == after[1]:
                _, said, who = whole
                if last + 1 < len(words) and self._goes_on(words, last):
                    continue
                return None if words[last].text.endswith("'s") else Named(said, who)
        return None

    def _goes_on(self, words: Sequence[Word], last: int) -> bool:
        """True where a name goes on ("Mr" of "Mr Sample", "Tom" of "Tom's mum")."""
        following = self._people.who(words, last + 1)
        return following is not None and words[last + 1].start == words[last].end + 1

    def _named(self, words: Sequence[Word], last: int) -> tuple[int, str, Who] | None:
        """The words that name somebody and end here: where they begin, the words, and who that is."""
        text = words[last].text
        if text in _SUBJECTS:
            return last, text if text != "i" else "I", Who.SOMEBODY
        who = self._people.who(words, last)
        if who in (None, Who.WORKER):
            return None
        start = last
        while start and self._belongs(words, start - 1):
            start -= 1
        if who is Who.SOMEBODY and (start == last or words[start].text not in _DETERMINERS):
            return None
        end = words[last].end - (2 if text.endswith("'s") else 0)
        said = self._text[words[start].start : end]
        if words[start].text in _DETERMINERS:
            said = said[0].lower() + said[1:]
        assert who is not None
        return start, said, who

    def _belongs(self, words: Sequence[Word], number: int) -> bool:
        """True of a title, first name, determiner or owner that belongs to the name after it."""
        word = words[number]
        if words[number + 1].start != word.end + 1:
            return False
        if word.text in _DETERMINERS or (
            word.text.endswith("'s") and self._people.who(words, number) is not None
        ):
            return words[number + 1].text not in _DETERMINERS
        return self._people.has_capital(word) and self._people.who(words, number) is not None

    def _child(self, words: Sequence[Word], number: int) -> str:
        """A child's name, or "the boys"; nothing for words that name no child by themselves."""
        word = words[number]
        said = word.at.of(self._text)
        bare = said[:-2] if word.text.endswith("'s") else said
        if said[0].isupper() and word.text.removesuffix("'s") not in _MANY and self._people.is_name(word):
            return bare
        before = words[number - 1].text if number else ""
        return f"the {bare.lower()}" if before == "the" else ""

    @staticmethod
    def _may_do(named: Named, whose: Whose) -> bool:
        if whose is Whose.CHILD:
            return named.who is not Who.ADULT
        child = named.who is Who.CHILD or named.words.split()[-1].lower() in _MANY
        return whose is Whose.ANYONE or not child
