"""The labels of a form in a document: headings, cells, lines before a colon that name one of its sections.

Numbers and signs before a label, remarks in brackets and a question mark after it, and further names joined
by a slash or an "and" belong to it. A sentence that only mentions the names of sections has no label in it,
nor has a list of them that nothing is written under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.forms import FormDescription
from sos_lint.nlp.people import people_of
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.text import Range
from sos_lint.words import PatternSet

_BEFORE = re.compile(
    r"[\W_]*(?:(?:section|part|column|box|question|step|q)\b\.? ?(?:\d{1,2}|[a-z])\b"
    r"|\d{1,2}(?:\.\d{1,2})*(?=\W)|(?:[a-z]|[ivx]{1,4})(?=[.):]| ?[\u2013\u2014-] ))?[\W_]*"
)
_REMARK = re.compile(r" ?[?:.]? ?[(\[][^()\[\]]*[)\]]")
_JOINS = re.compile(r" ?[?:]? ?(?:/|&|,|;|\+|\||[\u2013\u2014-]|\b(?:and|or)\b) ?")
_END = re.compile(r"[\W_]*\Z")
_ASKS = re.compile(r" ?[?:]+[*_ ]* ?(?:[\u2013\u2014-] )?")
_DASH = re.compile(r" ?[\u2013\u2014-] ")
_KINDS = frozenset(BlockKind) - {BlockKind.QUOTATION, BlockKind.TICK_BOX}
_MARGINS = ("header", "footer", "footnote", "endnote")
_LONGEST = 160  # letters into a block in which a label ends


class Label(NamedTuple):
    """The words that name a section, or one of its boxes, by their numbers in the form.

    `sure`: anybody knows it by them. `rest` is what stands after them in their block.
    """

    at: Range
    section: int
    box: int | None
    sure: bool
    rest: Range | None


class _Name(NamedTuple):
    section: int
    box: int | None
    sure: bool
    patterns: PatternSet


class Names:
    """All the names in a form, made ready to be looked for."""

    def __init__(self, form: FormDescription, cues: Cues) -> None:
        self._form = form
        self._asked = f"form {form.id}"
        self._cues = cues
        everything = (pattern for _, _, _, written in _written(form) for pattern in written)
        self._any = cues.patterns(tuple(everything))
        self._ends = cues.patterns(tuple(form.ends))

    @cached_property
    def _names(self) -> list[_Name]:
        return list(_names(self._form, self._cues))  # most documents have no label at all

    def label(self, around: Surroundings, block: Block) -> Label | None:
        """The label that a block is, or begins with."""
        if block.kind not in _KINDS or in_margin(block):
            return None
        if not around.of_block(self._asked, block, partial(self._begins_named, around, block)):
            return None
        folded, last = around.folded, block.at.end
        start = _past_number(folded, block.at)
        first = self._best(folded, start, last)
        if first is None:
            return None
        name, end = first
        while True:
            remark = _REMARK.match(folded, end, last)
            if remark:
                end = remark.end()
                continue
            joint = _JOINS.match(folded, end, last)
            further = self._best(folded, joint.end(), last, name.section) if joint else None
            if further is None:
                break
            end = further[1]
        return self._ended(name, Range(start, end), around, block)

    def is_field_label(self, around: Surroundings, at: Range) -> bool:
        """True of the label of a field that belongs to no section, and ends the one before it."""
        end = self._field_end(around.folded, at)
        return end is not None and _END.match(around.folded, end, at.end) is not None

    def is_field(self, around: Surroundings, at: Range) -> bool:
        """True of such a label, filled in or not."""
        end = self._field_end(around.folded, at)
        return end is not None and bool(
            _END.match(around.folded, end, at.end) or _ASKS.match(around.folded, end, at.end)
        )

    def _field_end(self, folded: str, at: Range) -> int | None:
        return self._ends.fit(folded, _past_number(folded, at), at.end)

    def is_bare(self, around: Surroundings, at: Range) -> bool:
        """True of some words that are a name and nothing more."""
        start = _past_number(around.folded, at)
        best = self._best(around.folded, start, at.end)
        return best is not None and _END.match(around.folded, best[1], at.end) is not None

    def _ended(self, name: _Name, at: Range, around: Surroundings, block: Block) -> Label | None:
        """The label, if what follows its words lets them be one."""
        folded, last = around.folded, block.at.end
        if at.end - block.at.start > _LONGEST:
            return None
        if _END.match(folded, at.end, last):
            return Label(at, name.section, name.box, name.sure, None)
        after = _ASKS.match(folded, at.end, last) or (
            _DASH.match(folded, at.end, last) if name.sure else None
        )
        if after is None or self._lists_others(name.section, Range(after.end(), last), folded):
            return None
        rest = None if block.kind is BlockKind.HEADING else Range(after.end(), last)
        return Label(at, name.section, name.box, name.sure, rest)

    def _lists_others(self, section: int, rest: Range, folded: str) -> bool:
        """True where the questions of other sections follow in the same breath."""
        return any(
            folded.startswith("?", end)
            for name in self._names
            if name.sure and name.section != section
            for _, end in name.patterns.find(folded, rest.start, rest.end)
        )

    def _begins_named(self, around: Surroundings, block: Block) -> bool:
        """True where a block begins with some name."""
        return self._is_named(around.folded, _past_number(around.folded, block.at), block.at.end)

    def _is_named(self, folded: str, start: int, end: int) -> bool:
        """True where some name begins."""
        return self._any.fit(folded, start, end) is not None

    def _best(
        self, folded: str, start: int, end: int, section: int | None = None
    ) -> tuple[_Name, int] | None:
        """The name that reaches furthest from a place, and where to; a sure one before others."""
        if not self._is_named(folded, start, end):
            return None
        fits = [
            (fit, name.sure, -number)
            for number, name in enumerate(self._names)
            if section in (None, name.section) and (fit := name.patterns.fit(folded, start, end)) is not None
        ]
        if not fits:
            return None
        reach, _, number = max(fits)
        return self._names[-number], reach


@lru_cache(maxsize=16)
def names_of(form: FormDescription, cues: Cues) -> Names:
    """The names of a form, made ready once."""
    return Names(form, cues)


def in_margin(block: Block) -> bool:
    """True of a header, footer or note, which stands beside the text."""
    return (block.where or "").startswith(_MARGINS)


def labels_in(around: Surroundings, names: Names, cues: Cues) -> dict[int, Label]:
    """The labels of a document, by the numbers of their blocks."""
    found = {
        number: label
        for number, block in enumerate(around.document.blocks)
        if (label := names.label(around, block)) is not None and not around.placeholders.touch(label.at)
    }
    mentions = {*_only_listed(found, around, cues), *_explained(found, around, cues)}
    return {number: label for number, label in found.items() if number not in mentions}


def _only_listed(found: Mapping[int, Label], around: Surroundings, cues: Cues) -> Iterator[int]:
    """Labels one after another, in a list or after a sentence that leads to them: a mere mention."""
    blocks = around.document.blocks
    for run in _runs(n for n in found if blocks[n].cell is None):
        if len({found[n].section for n in run}) < 2 or any(found[n].rest for n in run):
            continue
        lead = blocks[run[0] - 1] if run[0] else None
        listed = all(blocks[n].kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH) for n in run)
        led = (
            lead is not None
            and around.text[lead.at.end - 1] == ":"
            and cues.cue("speaks-of-labels").occurs(around.folded, lead.at.start, lead.at.end)
        )
        if listed or led:
            yield from run


def _explained(found: Mapping[int, Label], around: Surroundings, cues: Cues) -> Iterator[int]:
    """Items of a list with what follows a label in them, where nobody is named in any: they explain it."""
    items = [
        n
        for n, label in found.items()
        if label.rest and around.document.blocks[n].kind is BlockKind.LIST_ITEM
    ]
    people = people_of(around, cues)
    rests = [rest for n in items if (rest := found[n].rest) is not None]
    for rest in rests:
        if people.are_in(people.words(rest)):
            return
    yield from items


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Numbers that follow each other directly, together; those that stand alone are left out."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            if len(run) > 1:
                yield run
            run = []
        run.append(number)
    if len(run) > 1:
        yield run


def _written(form: FormDescription) -> Iterator[tuple[int, int | None, bool, tuple[str, ...]]]:
    for number, section in enumerate(form.sections):
        yield number, None, True, section.called
        yield number, None, False, section.also
        for place, box in enumerate(section.boxes):
            yield number, place, True, box.called
            yield number, place, False, box.also


def _names(form: FormDescription, cues: Cues) -> Iterator[_Name]:
    for section, box, sure, written in _written(form):
        yield _Name(section, box, sure, cues.patterns(tuple(written)))


def _past_number(folded: str, at: Range) -> int:
    found = _BEFORE.match(folded, at.start, at.end)
    return found.end() if found else at.start
