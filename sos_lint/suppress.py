"""Sets findings aside that the draft or the configuration says may stay as they are.

A draft says so by a remark (`document.Remark`): `ignore broad-terms/neglect, jargon -- from the court order`.
In markup, `ignore` is for the block in which it stands or which comes next, `ignore-line` for its line or the
next, `ignore-start` to `ignore-end` for what is between, `ignore-file` for everything. On words (a Word
comment, a style) it is for those. Without a name it is for every rule. What is wrong with a remark is handed
back beside the findings: nothing is raised, since the rest of the draft still counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.document import Document, Remark
from sos_lint.errors import nearest
from sos_lint.fold import fold
from sos_lint.rule import Check, Rule
from sos_lint.settings import IgnoredWords, Settings
from sos_lint.text import Range, Ranges

if TYPE_CHECKING:
    from sos_lint.catalogue import Catalogue
    from sos_lint.finding import Finding, Suppression

START, END, LINE, FILE = "ignore-start", "ignore-end", "ignore-line", "ignore-file"
_SHAPE = re.compile(r"(ignore(?:-start|-end|-line|-file)?)(?:\s+|$)(.*)", re.IGNORECASE)
_REASON = re.compile(r"(?:^|\s)(?:--+|–|—)(?:\s+|$)")  # Word makes a dash of two hyphens
_PARTED = re.compile(r"[,;\s]+")
_MOST_HINTS = 50  # in one document: each takes as long as a page of text
_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKUP_OR_WORD = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-z][^<>]*>|(?P<word>\w)", re.DOTALL | re.IGNORECASE)


class Complaint(NamedTuple):
    """What is wrong with a remark: which names in it, and what may have been meant."""

    check: Check
    remark: Remark
    names: tuple[str, ...] = ()
    hint: str = ""


class Kept(NamedTuple):
    """The findings that are left, those that are set aside, and what is wrong with the remarks."""

    findings: tuple[Finding, ...]
    aside: tuple[Finding, ...] = ()
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class _Suppression:
    """A remark that can be followed. `names` empty: every rule. `over`: where, as `Document.place` says."""

    remark: Remark
    verb: str
    names: tuple[str, ...]
    reason: str
    over: tuple[Range, ...] = ()


def keep(
    findings: Iterable[Finding],
    rules: Mapping[str, Rule],
    document: Document,
    catalogue: Catalogue,
    settings: Settings,
) -> Kept:
    """The findings that nothing sets aside, in their order. `rules` are those of the findings, by id."""
    spared = _Spared(settings.ignored_words, document)
    aside: list[Finding] = []
    asked: list[Finding] = []
    for finding in findings:
        phrase = spared.by(finding, rules[finding.rule])
        if phrase is None:
            asked.append(finding)
        else:
            aside.append(replace(finding, suppression=_suppression(False, phrase.reason)))
    if not document.remarks:
        return Kept(tuple(asked), tuple(aside))
    complaints: list[Complaint] = []
    suppressions = list(_placed(_understood(document, catalogue, complaints), document, complaints))
    used: set[tuple[int, str]] = set()
    left = []
    alike: dict[tuple[tuple[Range, ...], tuple[str, ...]], int] = {}  # of those that hold alike, the first
    first = [alike.setdefault((one.over, one.names), number) for number, one in enumerate(suppressions)]
    over = _over(asked, {number: suppressions[number].over for number in alike.values()})
    for finding in asked:
        by = {
            (number, name)
            for number in over[id(finding)]
            for name in suppressions[number].names or ("",)
            if not name or rules[finding.rule].answers_to(name)
        }
        if not by:
            left.append(finding)
            continue
        reason = suppressions[min(by)[0]].reason
        aside.append(replace(finding, suppression=_suppression(True, reason)))
        if not finding.is_told:  # of those nothing would be asked, so nothing need be set aside
            used |= by
    for number, one in enumerate(suppressions):
        unused = tuple(name for name in one.names or ("",) if (first[number], name) not in used)
        unused = tuple(name for name in unused if _is_asked_for(name, catalogue, settings))
        if unused:
            complaints.append(Complaint(Check.UNUSED, one.remark, tuple(filter(None, unused))))
        if not one.reason:
            complaints.append(Complaint(Check.UNREASONED, one.remark))
    complaints.sort(key=lambda complaint: (complaint.remark.place.start, complaint.check.value))
    return Kept(tuple(left), tuple(aside), tuple(complaints))


def _suppression(in_document: bool, reason: str) -> Suppression:
    from sos_lint.finding import Suppression

    return Suppression(in_document, reason)


def _over(findings: Iterable[Finding], places: Mapping[int, Sequence[Range]]) -> dict[int, set[int]]:
    """By the `id` of each finding the numbers of the places in which it stands, in one pass over both."""
    waiting = [(at, number) for number, its in places.items() for at in its]
    waiting.sort(key=lambda one: one[0].start, reverse=True)
    begun: list[tuple[Range, int]] = []
    over: dict[int, set[int]] = {}
    for finding in sorted(findings, key=lambda finding: finding.start.offset):
        start = finding.start.offset
        end = max(finding.end.offset, start + 1)
        while waiting and waiting[-1][0].start < end:
            begun.append(waiting.pop())
        begun = [(at, number) for at, number in begun if at.end > start]
        over[id(finding)] = {number for at, number in begun if at.start < end}
    return over


def is_told_of(rule: Rule, check: Check, settings: Settings) -> bool:
    """True when a complaint of this rule is to be reported.

    That a remark sets nothing aside, only where the rule is selected; a fault, whatever is selected; that it
    gives no reason, where the configuration asks for one, or somebody asks for the rule by name.
    """
    if check is Check.UNUSED:
        return settings.wants(rule)
    if check is Check.UNREASONED and not settings.require_reason:
        return rule.id in (*settings.select, *settings.also)
    return replace(settings, select=()).wants(rule)


def _is_asked_for(name: str, catalogue: Catalogue, settings: Settings) -> bool:
    """False for a name of which no rule is on in this run: it may have something to set aside in another."""
    return not name or any(map(settings.wants, catalogue.named(name)))


def _understood(
    document: Document, catalogue: Catalogue, complaints: list[Complaint]
) -> Iterator[_Suppression]:
    looked_up = 0
    for remark in sorted(document.remarks, key=lambda remark: remark.place.start):
        said, *reason = _REASON.split(remark.words, maxsplit=1)
        match = _SHAPE.fullmatch(said.strip())
        if match is None:
            complaints.append(Complaint(Check.UNCLEAR, remark))
            continue
        names = tuple(dict.fromkeys(name for name in _PARTED.split(match[2]) if name))
        unknown = tuple(name for name in names if name not in catalogue.selectors)
        if unknown:
            looked_up += 1
            hint = nearest(unknown[0], catalogue.selectors) if looked_up <= _MOST_HINTS else ""
            complaints.append(Complaint(Check.UNKNOWN, remark, unknown, hint))
        known = tuple(name for name in names if name not in unknown)
        if known or not names:
            yield _Suppression(remark, match[1].lower(), known, "".join(reason).strip())


def _placed(
    suppressions: Iterable[_Suppression], document: Document, complaints: list[Complaint]
) -> Iterator[_Suppression]:
    """The suppressions with the places over which they hold; a start and its end become one."""
    lines = _Lines(document)
    open_: list[_Suppression] = []
    for one in suppressions:
        if one.verb == START:
            open_.append(one)
        elif one.verb == END:
            begun = next((o for o in reversed(open_) if not one.names or o.names == one.names), None)
            if begun is None:
                complaints.append(Complaint(Check.UNCLEAR, one.remark))
            else:
                open_.remove(begun)
                yield replace(begun, over=(Range(begun.remark.place.start, one.remark.place.end),))
        else:
            yield replace(one, over=tuple(lines.over(one)))
    for one in open_:
        complaints.append(Complaint(Check.UNCLEAR, one.remark))
        yield replace(one, over=(Range(one.remark.place.start, lines.end),))


class _Lines:
    """Where in a document a remark holds."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._shown = document.text if document.source is None else document.source
        self._blocks = [document.place(block.at) for block in document.blocks]
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self._shown))]
        self._first_words: dict[int, int] = {}
        self.end = len(self._shown)

    def over(self, one: _Suppression) -> Iterator[Range]:
        """The places over which the remark of one place holds."""
        if one.verb == FILE:
            yield Range(0, self.end)
        elif any(map(len, one.remark.at)):
            yield from map(self._document.place, one.remark.at)
        elif one.verb == LINE:
            yield self._line(one.remark.place)
        else:
            yield from self._block(one.remark.place)

    def _line(self, place: Range) -> Range:
        """The line of a comment; where nothing else stands on it, the next with words."""
        here = self._line_of(place)
        if self._has_words(here):
            return here
        while here.end < self.end:
            here = self._line_of(Range(here.end, here.end))
            if self._has_words(here):
                return here
        return here

    def _block(self, place: Range) -> Iterator[Range]:
        """The block in which a comment stands, or the next one."""
        before = Range(self._line_of(place).start, place.start)
        if self._has_words(before):
            number = bisect_left(self._blocks, place.start, key=lambda block: block.start)
            yield from self._blocks[max(0, number - 1) : number]
        else:
            number = bisect_right(self._blocks, place.end, key=lambda block: block.end)
            yield from self._blocks[number : number + 1]

    def _line_of(self, place: Range) -> Range:
        start = self._starts[bisect_right(self._starts, place.start) - 1]
        after = bisect_right(self._starts, place.end)
        return Range(start, self._starts[after] if after < len(self._starts) else self.end)

    def _has_words(self, at: Range) -> bool:
        """True when there are words in the beginning of a line, outside markup; they are looked for once."""
        if at.start not in self._first_words:
            line = _LINE_END.search(self._shown, at.start)
            found = _MARKUP_OR_WORD.finditer(self._shown, at.start, line.end() if line else self.end)
            words = (one.start() for one in found if one["word"])
            self._first_words[at.start] = next(words, self.end)
        return self._first_words[at.start] < at.end


class _Spared:
    """Phrases of the configuration that may stand in a document as they are."""

    def __init__(self, ignored: Sequence[IgnoredWords], document: Document) -> None:
        text = document.folded
        self._found = [
            (one, Ranges(Range(*match.span()) for match in _phrase(one.words).finditer(text)))
            for one in ignored
        ]

    def by(self, finding: Finding, rule: Rule) -> IgnoredWords | None:
        """The first of the phrases that the finding lies within, and that spares its rule."""
        return next(
            (
                one
                for one, found in self._found
                if (not one.names or any(map(rule.answers_to, one.names))) and found.hold(finding.at)
            ),
            None,
        )


@lru_cache(maxsize=1024)
def _phrase(words: str) -> re.Pattern[str]:
    """The phrase as whole words, however it is cased and hyphenated."""
    return re.compile(rf"(?<!\w){' +'.join(map(re.escape, fold(words).split()))}(?!\w)")
