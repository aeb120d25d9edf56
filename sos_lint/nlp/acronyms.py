"""Short forms as people write them: where a document explains them, and when they are no short form.

A short form is explained either way round ("child in need (CIN)", "CIN (child in need)", "CIN means …"),
in a list or table of terms, or by markup, and from there on nobody needs to ask. That the letters of an
explanation spell the short form is checked after Schwartz and Hearst (2003), "A simple algorithm for
identifying abbreviation definitions in biomedical text".
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from sos_lint.document import BlockKind, MarkKind
from sos_lint.fold import fold
from sos_lint.nlp.elsewhere import Answerer, Topic
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings, places_of
from sos_lint.rule import KnownMeaning, ShortForm

SPELT = 0.7  # of the letters, that must start a word of the explanation

_OPENING = re.compile(
    r"(?:\(|\[|, ?or |\bor |, |: |\u2013 ?|\u2014 ?|- )[\"'\u201c\u2018]?(?:the |a |an |also )?"
    r"(?:known as |called |or |i\.e\.?,? )?[\"'\u201c\u2018]?\Z"
)
_BRACKETED = re.compile(r"['\"\u2019\u201d]? ?[(\[]([^()\[\]]+)[)\]]")
_MEANS = re.compile(r"['\"\u2019\u201d)]*,? ?(?:means|stands for|is short for|refers to|= ?)")
_DASHED = re.compile(r"['\"\u2019\u201d)]* ?(?:[:\u2013\u2014=]|- ) ?")
_SO_CALLED = re.compile(
    r"(?:known as|called|shortened to|abbreviated to|referred to as|hereafter|hereinafter) "
    r"(?:the |a |an )?[\"'\u201c\u2018(]*\Z"
)
# Letters: nobody shall look through a whole block for each use.
_LONGEST_OPENING, _LONGEST_WORD, _LONGEST_EXPANSION = 80, 40, 2000
_ARTICLE = re.compile(r"(?:an?|the|this is|which is|our) ")
_LETTER = re.compile(r"[a-z0-9]")
_WORD = re.compile(r"[\w'&-]+")
_PERSON_BEFORE = re.compile(
    r"(?:child|baby|mr|mrs|ms|miss|mum|dad|mother|father|sibling|brother|sister|sir|boy|girl|adult|witness|"
    r"patient|pupil|student|client|initials|called|named) \(?\Z"
)
_DETERMINER = re.compile(r"\b(?:the|an?|this|that|my|our|your|his|her|their|its|each|every) \Z")
_POSSESSIVE = re.compile(r"['\u2019]s ")
_CODE_AFTER = re.compile(r"[-_/.]?\d| \d{5}| \d+[-/]\d|[-_/](?![Ss]\d{1,3}\b)[A-Z]*\d|[\u00a3#]")
_CODE_BEFORE = re.compile(
    r"(?:\d|(?<!\bs)(?<!\bs\d)(?<!\bs\d\d)\d[-_/.]|[#_\\]"
    r"|\b(?:ref|reference|number|no\.|id|code|case no\.?|postcode|form):? ?|\bno: ?)\Z"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_GRADES = re.compile(r"[A-EU]{2,4}|[DMP]{2,3}")
_GRADED = re.compile(r"\b(?:grades?|graded|a levels?|gcses?|btecs?|predicted|exam|exams|results)\b")


_folded = cache(fold)  # of words of the packs


def key_of(written: str) -> str:
    """What all spellings of a short form have in common: its letters and digits, folded."""
    return "".join(_LETTER.findall(fold(written)))


def spells(short: str, words: str) -> bool:
    """True when the letters of `short` stand in `words` in order, the first at the start of the first word.

    Most letters must start a word (X for "crossing" may be missing); or more than half do, and the others
    stand inside the words. The words must not be many more than the letters.
    """
    letters, long = key_of(short), fold(words).strip()
    if not letters or not long[:1].isalnum() or len(long.split()) > 2 * len(letters) + 2:
        return False
    starts = [match.group()[0] for match in _WORD.finditer(long)]
    if letters[0] != long[0] or len(starts) < 2:
        return False
    at_starts = _in_common(letters, starts) / len(letters)
    return at_starts >= SPELT or (at_starts > 0.5 and _in_common(letters, list(long)) == len(letters))


def _in_common(letters: str, others: Sequence[str]) -> int:
    """How many of the letters stand in the others in the same order."""
    best = [0] * (len(others) + 1)
    for letter in letters:
        before = best[:]
        for i, other in enumerate(others):
            best[i + 1] = before[i] + 1 if letter == other else max(best[i], before[i + 1])
    return best[-1]


class Lesson(NamedTuple):
    """What one use of a short form says of all the others: the spellings that it explains, and the letters
    that it shows to be a person's.
    """

    at: int
    explained: tuple[str, ...] = ()
    person: str = ""


def _keys(written: str, known: ShortForm | None) -> set[str]:
    """The keys of a spelling and of its short form: they differ between "s. 47" and "Section 47"."""
    return {key_of(written), key_of(known.short)} if known else {key_of(written)}


class ShortForms:
    """What one document says of its short forms."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._explained: dict[str, int] = {}
        self._people: set[str] = set()
        self._marks_read = False
        self._words: dict[str, bool] = {}

    def learn(self, written: str, spot: Spot, known: ShortForm | None = None) -> Lesson:
        """Learn whether this use explains the short form, or shows that it is somebody's initials."""
        key = key_of(written)
        expansions = tuple(_folded(meaning.expansion) for meaning in known.meanings) if known else ()
        explains = self._explains(key, spot, expansions)
        explained = tuple(sorted(_keys(written, known))) if explains else ()
        lesson = Lesson(spot.at.start, explained, key if self._is_person(written, spot) else "")
        self.take(lesson)
        return lesson

    def take(self, lesson: Lesson) -> None:
        """Learn what a use of a short form says."""
        self._read_marks()
        for one in lesson.explained:
            self._explained[one] = min(lesson.at, self._explained.get(one, lesson.at))
        if lesson.person:
            self._people.add(lesson.person)

    def explained(self, written: str, spot: Spot, known: ShortForm | None = None) -> bool:
        """True when the document explains the short form here or before, in any of its spellings."""
        keys = frozenset(_keys(written, known))
        return self._noted(Topic.EXPLAINED, keys, spot, self._is_explained(keys, spot.at.start))

    def initials(self, written: str, spot: Spot) -> bool:
        """True when the document uses these letters for a person."""
        key = key_of(written)
        return self._noted(Topic.INITIALS, key, spot, key in self._people)

    def answers(self) -> Mapping[Topic, Answerer]:
        """What answers questions about short forms, asked again."""
        return {
            Topic.EXPLAINED: lambda keys, at: self._is_explained(cast(frozenset[str], keys), at),
            Topic.INITIALS: lambda key, _: key in self._people,
            Topic.USED_AS_WORD: lambda written, _: self._stands_as_word(cast(str, written)),
        }

    def _noted(self, topic: Topic, about: Hashable, spot: Spot, answer: bool) -> bool:
        self._around.notes.note(topic, about, spot.at.start, answer)
        return answer

    def _is_explained(self, keys: Iterable[str], at: int) -> bool:
        self._read_marks()
        never = len(self._around.text)
        return any(self._explained.get(one, never) <= at for one in keys)

    def reference(self, spot: Spot) -> bool:
        """True inside a reference number, a code, a postcode or an address."""
        text, at = self._around.text, spot.at
        if self._around.addresses.touch(at) or self._around.found(_POSTCODE, spot.block).touch(at):
            return True
        before = self._around.folded[max(spot.block.at.start, at.start - 16) : at.start]
        return bool(_CODE_AFTER.match(text, at.end, spot.block.at.end) or _CODE_BEFORE.search(before))

    def everyday(self, written: str, spot: Spot) -> bool:
        """True for runs of capitals that are no short form of a service: numerals and grades."""
        if _ROMAN.fullmatch(written):
            return True
        graded = _GRADES.fullmatch(written) and _GRADED.search(spot.sentence.of(self._around.folded))
        return bool(graded)

    def used_as_word(self, written: str, spot: Spot) -> bool:
        """True when the document has the same letters as an ordinary word in small letters."""
        return self._noted(Topic.USED_AS_WORD, written, spot, self._stands_as_word(written))

    def _stands_as_word(self, written: str) -> bool:
        if written not in self._words:
            places = places_of(written.lower(), self._around.text)
            self._words[written] = next(places, None) is not None
        return self._words[written]

    def used_as_label(self, spot: Spot) -> bool:
        """True when a noun such as plan, team or meeting follows, or an article stands before."""
        folded, at = self._around.folded, spot.at
        if self._service_follows(spot):
            return True
        before = folded[spot.sentence.start : at.start]
        return bool(re.search(r"\b(?:the|an?|under|via|from|to) \Z", before)) and not self._person_follows(
            spot
        )

    def _read_marks(self) -> None:
        if self._marks_read:
            return
        self._marks_read = True
        for mark in self._around.document.marks:
            key = key_of(mark.term)
            link = mark.kind is MarkKind.LINK and " " in mark.term.strip()
            if key and not link:
                self._explained[key] = min(mark.at.start, self._explained.get(key, mark.at.start))

    def _explains(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        return (
            self._explained_before(key, spot, expansions)
            or self._explained_after(key, spot, expansions)
            or self._explained_in_cell(key, spot, expansions)
        )

    def _explained_before(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        """“child in need (CIN)”, “child in need, or CIN”, “child in need – CIN”, “… known as CIN”."""
        folded, start = self._around.folded, spot.block.at.start
        near = max(start, spot.at.start - _LONGEST_OPENING)
        opening = _OPENING.search(folded, near, spot.at.start)
        if opening is None:
            return _SO_CALLED.search(folded, near, spot.at.start) is not None
        start = max(start, opening.start() - _LONGEST_EXPANSION)
        words = folded[start : opening.start()].rstrip(" \"'”’)").removesuffix("'s")
        if any(words.endswith((expansion, expansion + "s")) for expansion in expansions):
            return True
        if _SO_CALLED.search(folded, near, spot.at.start):
            return True
        if opening.group().lstrip().startswith(("(", "[")):
            most = 2 * len(key) + 2
            last = _WORD.findall(words[-most * _LONGEST_WORD :])[-most:]
            return any(len(last) - i >= 2 and spells(key, " ".join(last[i:])) for i in range(len(last)))
        ends = folded[spot.at.end : min(spot.block.at.end, spot.at.end + 9)].strip(" .") == ""
        return ends and spot.block.kind is BlockKind.LIST_ITEM and spells(key, words)

    def _explained_after(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        """“CIN (child in need)”, “CIN means …”, “CIN: child in need”, “CIN, which is …”."""
        text, folded, end = self._around.text, self._around.folded, spot.block.at.end
        at = spot.at.end
        if bracket := _BRACKETED.match(folded, at, end):
            inside = bracket.group(1).strip()
            return self._is_explanation(key, inside, expansions) or bool(_ARTICLE.match(inside))
        noun = self._after_noun(spot)
        if noun and (bracket := _BRACKETED.match(folded, noun, end)):
            return self._is_explanation(key, bracket.group(1).strip(), expansions)
        if _MEANS.match(folded, at, end):
            return True
        start = re.compile(r",? ?").match(folded, at, end)
        if start and self._cues.cue("explanation").fit(folded, start.end(), end) is not None:
            return True
        begins = not folded[max(spot.block.at.start, at - _LONGEST_EXPANSION) : spot.at.start].strip("\"'“‘(")
        end = min(end, at + _LONGEST_EXPANSION)
        if dash := _DASHED.match(text, at, end):
            after = folded[dash.end() : end].lstrip("\"'“‘ ")
            clause = re.split(r"[.;,(–—]", after, maxsplit=1)[0]
            return any(after.startswith(expansion) for expansion in expansions) or (
                begins and (spells(key, clause) or (" " in clause and self._in_glossary(spot)))
            )
        return begins and folded[at:end].strip(" .") in expansions

    def _is_explanation(self, key: str, inside: str, expansions: tuple[str, ...]) -> bool:
        """Whether what stands in brackets after a short form explains it."""
        return (
            any(inside.startswith(expansion) for expansion in expansions)
            or spells(key, inside)
            or self._cues.cue("explanation").fit(inside, 0, len(inside)) is not None
        )

    def _in_glossary(self, spot: Spot) -> bool:
        """Under a heading, or in a table with a column, that promises to say what words mean."""
        cell, start = spot.block.cell, spot.block.at.start
        heading = self._around.heading(spot.block)
        heads = self._around.table(cell.table).row(1) if cell is not None else ()
        over = [*([heading] if heading else ()), *(head for head in heads if head.at.start < start)]
        occurs = self._cues.cue("glossary").occurs
        return any(occurs(self._around.folded, one.at.start, one.at.end) for one in over)

    def _explained_in_cell(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        """A row of a table of terms: the short form alone in a cell, its meaning in the next."""
        cell = spot.block.cell
        if cell is None or key_of(spot.block.at.of(self._around.text)) != key:
            return False
        beside = [
            b
            for b in self._around.table(cell.table).row(cell.row)
            if b.cell and abs(b.cell.column - cell.column) == 1
        ]
        return any(
            spells(key, words) or any(expansion in words for expansion in expansions)
            for words in (b.at.of(self._around.folded) for b in beside)
        ) or (cell.row > 1 and bool(beside) and self._in_glossary(spot))

    def named(self, spot: Spot) -> bool:
        """True for a name in capitals: “DAVIES said”, “Mr DAVIES”."""
        before = self._around.folded[max(spot.block.at.start, spot.at.start - 20) : spot.at.start]
        plural = self._around.text[spot.at.start : spot.at.end].endswith("s")
        if plural or _DETERMINER.search(before):  # nobody says "the AB", or "ABs"
            return False
        return bool(_PERSON_BEFORE.search(before)) or self._person_follows(spot)

    def _is_person(self, written: str, spot: Spot) -> bool:
        letters = key_of(written)
        if self._relative_follows(spot):
            return True
        capitals = written.replace(".", "").isupper()
        if not (2 <= len(letters) <= 3 and capitals) or self._service_follows(spot):
            return False
        return self.named(spot)

    def _person_follows(self, spot: Spot) -> bool:
        if self._relative_follows(spot):
            return True
        folded, end = self._around.folded, spot.sentence.end
        space = folded[spot.at.end : spot.at.end + 1] == " "
        return space and self._cues.class_("person-verb").fit(folded, spot.at.end + 1, end) is not None

    def _relative_follows(self, spot: Spot) -> bool:
        """“AB's mum”."""
        folded, end = self._around.folded, spot.sentence.end
        if possessive := _POSSESSIVE.match(folded, spot.at.end, end):
            return self._cues.class_("family-noun").fit(folded, possessive.end(), end) is not None
        return False

    def _service_follows(self, spot: Spot) -> bool:
        return self._after_noun(spot) is not None

    def _after_noun(self, spot: Spot) -> int | None:
        """The end of a noun such as plan, team or meeting that follows, if one does."""
        folded = self._around.folded
        start = spot.at.end + (1 if folded[spot.at.end : spot.at.end + 1] == " " else 0)
        return self._cues.class_("service-noun").fit(folded, start, spot.sentence.end)


def likeliest(
    meanings: tuple[KnownMeaning, ...], around: Surroundings, spot: Spot
) -> tuple[tuple[KnownMeaning, ...], bool]:
    """The meanings, likeliest first: by the words of their company in the sentence, block and document.

    Retired ones come last where nothing speaks for them; ties keep the order of the pack. Also whether their
    company speaks for the first more than for any other.
    """
    if len(meanings) < 2:
        return meanings, False

    def told(meaning: KnownMeaning) -> int:
        return sum(_nearness(_folded(word), around, spot) for word in meaning.near)

    scores = {meaning: told(meaning) for meaning in meanings}
    ordered = sorted(meanings, key=lambda meaning: 2 * scores[meaning] - meaning.retired, reverse=True)
    return tuple(ordered), scores[ordered[0]] > scores[ordered[1]]


def _nearness(word: str, around: Surroundings, spot: Spot) -> int:
    """How near a word stands: the nearer, the more it counts."""
    if not around.stand_anywhere(word, spot.at.start):
        return 0
    return 1 + 2 * around.stand(word, spot.block.at) + 4 * around.stand(word, spot.sentence)
