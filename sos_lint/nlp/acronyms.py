"""Short forms as people write them: where a document explains them, and when they are no short form.

A short form is explained either way round ("child in need (CIN)", "CIN (child in need)", "CIN means …"),
in a list or table of terms, or by markup, and from there on nobody needs to ask. That the letters of an
explanation spell the short form is checked after Schwartz and Hearst (2003), "A simple algorithm for
identifying abbreviation definitions in biomedical text".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sos_lint.document import MarkKind
from sos_lint.fold import fold
from sos_lint.nlp.surroundings import Cues, Spot, Surroundings
from sos_lint.rule import KnownMeaning
from sos_lint.text import Range

SPELT = 0.7  # of the letters, that must start a word of the explanation

_OPENING = re.compile(
    r"(?:\(|\[|, ?or |\bor |, |\u2013 ?|\u2014 ?|- )[\"'\u201c\u2018]?(?:the |a |an |also )?"
    r"(?:known as |called |or |i\.e\.?,? )?[\"'\u201c\u2018]?\Z"
)
_BRACKETED = re.compile(r"['\"\u2019\u201d]? ?[(\[]([^()\[\]]+)[)\]]")
_MEANS = re.compile(r"['\"\u2019\u201d)]*,? ?(?:means|stands for|is short for|refers to|= ?)")
_DASHED = re.compile(r"['\"\u2019\u201d)]* ?(?:[:\u2013\u2014=]|- ) ?")
_SO_CALLED = re.compile(
    r"(?:known as|called|shortened to|abbreviated to|referred to as|hereafter|hereinafter) "
    r"(?:the |a |an )?[\"'\u201c\u2018(]*\Z"
)
_ARTICLE = re.compile(r"(?:an?|the|this is|which is|our) ")
_LETTER = re.compile(r"[a-z0-9]")
_WORD = re.compile(r"[\w'&-]+")
_PERSON_BEFORE = re.compile(
    r"(?:child|baby|mr|mrs|ms|miss|mum|dad|mother|father|sibling|brother|sister|sir|boy|girl|adult|witness|"
    r"patient|pupil|student|client|initials|called|named) \(?\Z"
)
_POSSESSIVE = re.compile(r"['\u2019]s ")
_CODE_AFTER = re.compile(r"[-_/.]?\d| \d{5}| \d+[-/]\d|[-_/][A-Z]*\d|[\u00a3#]")
_CODE_BEFORE = re.compile(
    r"(?:\d[-_/.]?|[#_\\]|\b(?:ref|reference|number|no\.?|id|code|case no\.?|postcode|form):? ?)\Z"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_GRADES = re.compile(r"[A-EU]{2,4}|[DMP]{2,3}")
_GRADED = re.compile(r"\b(?:grades?|graded|a levels?|gcses?|btecs?|predicted|exam|exams|results)\b")


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


class ShortForms:
    """What one document says of its short forms."""

    def __init__(self, around: Surroundings, cues: Cues) -> None:
        self._around = around
        self._cues = cues
        self._explained: dict[str, int] = {}
        self._people: set[str] = set()
        self._marks_read = False

    def learn(self, written: str, spot: Spot, meanings: Iterable[KnownMeaning] = ()) -> None:
        """Note whether this use explains the short form, or shows that it is somebody's initials."""
        self._read_marks()
        key = key_of(written)
        expansions = tuple(fold(meaning.expansion) for meaning in meanings)
        if self._explains(key, spot, expansions):
            self._explained[key] = min(spot.at.start, self._explained.get(key, spot.at.start))
        if self._is_person(written, spot):
            self._people.add(key)

    def explained(self, written: str, spot: Spot) -> bool:
        """True when the document explains the short form here or before."""
        return self._explained.get(key_of(written), len(self._around.text)) <= spot.at.start

    def initials(self, written: str) -> bool:
        """True when the document uses these letters for a person."""
        return key_of(written) in self._people

    def reference(self, spot: Spot) -> bool:
        """True inside a reference number, a code, a postcode or an address."""
        text, at = self._around.text, spot.at
        if any(address.overlaps(at) for address in self._around.addresses):
            return True
        if any(
            Range(*m.span()).overlaps(at)
            for m in _POSTCODE.finditer(text, spot.block.at.start, spot.block.at.end)
        ):
            return True
        before = self._around.folded[max(spot.block.at.start, at.start - 16) : at.start]
        return bool(_CODE_AFTER.match(text, at.end, spot.block.at.end) or _CODE_BEFORE.search(before))

    def everyday(self, written: str, spot: Spot) -> bool:
        """True for runs of capitals that are no short form of a service: numerals and grades."""
        if _ROMAN.fullmatch(written):
            return True
        graded = _GRADES.fullmatch(written) and _GRADED.search(spot.sentence.of(self._around.folded))
        return bool(graded)

    def used_as_word(self, written: str) -> bool:
        """True when the document has the same letters as an ordinary word in small letters."""
        return re.search(rf"(?<!\w){re.escape(written.lower())}(?!\w)", self._around.text) is not None

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
        opening = _OPENING.search(folded, start, spot.at.start)
        if opening is None:
            return _SO_CALLED.search(folded, start, spot.at.start) is not None
        words = folded[start : opening.start()].rstrip(" \"'”’)")
        if any(words.endswith((expansion, expansion + "s")) for expansion in expansions):
            return True
        if _SO_CALLED.search(folded, start, spot.at.start):
            return True
        if not opening.group().lstrip().startswith(("(", "[")):
            return False
        last = _WORD.findall(words)[-(2 * len(key) + 2) :]
        return any(len(last) - i >= 2 and spells(key, " ".join(last[i:])) for i in range(len(last)))

    def _explained_after(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        """“CIN (child in need)”, “CIN means …”, “CIN: child in need”, “CIN, which is …”."""
        text, folded, end = self._around.text, self._around.folded, spot.block.at.end
        at = spot.at.end
        if bracket := _BRACKETED.match(folded, at, end):
            inside = bracket.group(1).strip()
            return (
                any(inside.startswith(expansion) for expansion in expansions)
                or spells(key, inside)
                or bool(_ARTICLE.match(inside))
                or self._cues.cue("explanation").fit(inside, 0, len(inside)) is not None
            )
        if _MEANS.match(folded, at, end):
            return True
        start = re.compile(r",? ?").match(folded, at, end)
        if start and self._cues.cue("explanation").fit(folded, start.end(), end) is not None:
            return True
        if dash := _DASHED.match(text, at, end):
            after = folded[dash.end() : end].lstrip("\"'“‘ ")
            clause = re.split(r"[.;,(–—]", after, maxsplit=1)[0]
            return any(after.startswith(expansion) for expansion in expansions) or (
                spot.at.start == spot.block.at.start and spells(key, clause)
            )
        return False

    def _explained_in_cell(self, key: str, spot: Spot, expansions: tuple[str, ...]) -> bool:
        """A row of a table of terms: the short form alone in a cell, its meaning in the next."""
        cell, blocks = spot.block.cell, self._around.document.blocks
        if cell is None or key_of(spot.block.at.of(self._around.text)) != key:
            return False
        row = [b for b in blocks if b.cell and (b.cell.table, b.cell.row) == (cell.table, cell.row)]
        beside = [b for b in row if b.cell and abs(b.cell.column - cell.column) == 1]
        return any(
            spells(key, words) or any(expansion in words for expansion in expansions)
            for words in (b.at.of(self._around.folded) for b in beside)
        )

    def _is_person(self, written: str, spot: Spot) -> bool:
        letters = key_of(written)
        if self._relative_follows(spot):
            return True
        capitals = written.replace(".", "").isupper()
        if not (2 <= len(letters) <= 3 and capitals) or self._service_follows(spot):
            return False
        before = self._around.folded[max(spot.block.at.start, spot.at.start - 20) : spot.at.start]
        return bool(_PERSON_BEFORE.search(before)) or self._person_follows(spot)

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
        folded = self._around.folded
        start = spot.at.end + (1 if folded[spot.at.end : spot.at.end + 1] == " " else 0)
        return self._cues.class_("service-noun").fit(folded, start, spot.sentence.end) is not None


def likeliest(
    meanings: tuple[KnownMeaning, ...], around: Surroundings, spot: Spot
) -> tuple[KnownMeaning, ...]:
    """The meanings, likeliest first: by the words of their company in the sentence, block and document.

    Retired ones come last where nothing speaks for them; ties keep the order of the pack.
    """
    if len(meanings) < 2:
        return meanings
    scopes = ((spot.sentence, 4), (spot.block.at, 2), (Range(0, len(around.text)), 1))

    def score(meaning: KnownMeaning) -> int:
        told = sum(
            weight
            * bool(
                re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", around.folded[scope.start : scope.end])
            )
            for scope, weight in scopes
            for word in meaning.near
        )
        return 2 * told - meaning.retired

    return tuple(sorted(meanings, key=score, reverse=True))
