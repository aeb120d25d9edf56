"""What a form still lacks, by the needs that its description names.

A column that is missing, empty or only printed; one that says nothing good beside a full one; harm without
its worst or last time; a plan without who and by when; good news in which nobody did anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from sos_lint.document import BlockKind
from sos_lint.forms import Need
from sos_lint.kinds import Part
from sos_lint.nlp.acts import Acts
from sos_lint.nlp.people import Who, Word, people_of
from sos_lint.nlp.standing import Standings
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.nlp.unpacking.evidence import Reader
from sos_lint.structure.forms import Form, Section, State
from sos_lint.structure.forms.filling import Filling
from sos_lint.structure.forms.labels import names_of
from sos_lint.structure.forms.layout import Piece
from sos_lint.text import Range

_DATE = re.compile(
    r"(?<![\w/.])\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?|\.\d{1,2}\.\d{2,4}|(?:st|nd|rd|th)\b)(?![\w/])"
)
_YEAR = re.compile(r"\b20\d\d\b")
_NEXT_WORD = re.compile(r" ?((?:\w|')+)")
_BY_SOMEBODY = re.compile(r"\bby (?!\d)(?:the |a |an |his |her |their )?(\w+)")
_TASK_OPENS = re.compile(
    r"[\W_]*([A-Z][\w'\u2019&-]*(?: [A-Z][\w'\u2019&-]*)*)(?: \([^()]*\))?"
    r" ?(?:to|will|shall|can|:|[\u2013\u2014-]) "
)
_PREPOSITIONS = frozenset(["for", "to", "with", "of", "about", "from", "between", "at", "in", "on", "around"])
_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "their", "our", "your", "both", "all", "each"])
_HEAD_WORDS = 4


class Lack(Enum):
    """What is wrong with a section."""

    MISSING = "missing"
    EMPTY = "empty"
    PRINTED = "printed"
    NOTHING_GOOD = "nothing-good"
    NO_PLAN = "no-plan"
    NO_EXAMPLE = "no-example"
    NOTHING_DONE = "nothing-done"


class Fault(NamedTuple):
    """One thing that a section lacks, and where a person would look for it.

    `needs` are those not met, and `questions` what to ask, in their order.
    """

    lack: Lack
    section: str
    at: Range
    questions: tuple[str, ...]
    needs: tuple[Need, ...] = ()


def faults_in(form: Form, around: Surroundings, cues: Cues) -> tuple[Fault, ...]:
    """What a form lacks, in the order of its sections."""
    checks = _Checks(form, around, cues)
    return tuple(fault for section in form.sections for fault in checks.of(section))


class _Checks:
    def __init__(self, form: Form, around: Surroundings, cues: Cues) -> None:
        self._form = form
        self._around = around
        self._cues = cues
        self._headed: dict[tuple[int, str], dict[int, int]] = {}
        self._filling = Filling(around, cues, form.description, names_of(form.description, cues))
        self._people = people_of(around, cues)
        self._acts = Acts(self._people, cues)
        self._standings = Standings(around, cues)
        self._reader = Reader(around, cues)
        self._pleasant = cues.words("pleasant-verb")
        self._pasts = cues.words("past-verb")

    def of(self, section: Section) -> Iterator[Fault]:
        """The faults of one section."""
        if section.state is not State.FILLED:
            if section.description.required:
                yield self._unwritten(section)
            return
        if self._says_nothing_good(section):
            yield Fault(Lack.NOTHING_GOOD, section.name, section.told[0], (section.description.question,))
            return
        wanted = dict(section.description.needs)
        if wanted.keys() & {Need.WORST_EXAMPLE, Need.LAST_EXAMPLE}:
            yield from self._examples(section, wanted)
        if wanted.keys() & {Need.WHO, Need.BY_WHEN}:
            yield from self._plans(section, wanted)
        if Need.SOMETHING_DONE in wanted:
            yield from self._nothing_done(section, wanted[Need.SOMETHING_DONE])

    def _unwritten(self, section: Section) -> Fault:
        lack = {State.MISSING: Lack.MISSING, State.EMPTY: Lack.EMPTY, State.PRINTED: Lack.PRINTED}[
            section.state
        ]
        at = section.labels[0] if section.labels else self._form.at
        return Fault(lack, section.name, at, (section.description.question,))

    def _says_nothing_good(self, section: Section) -> bool:
        """True where every sentence says that there is nothing, beside a section that is full."""
        other = section.description.balances
        if other is None or self._form.section(other).state is not State.FILLED:
            return False
        denies = self._cues.cue("denies-good")
        return all(
            denies.fit(self._around.folded, at.start, at.end) is not None and not self._keeps_safe(at)
            for at in section.told
        )

    def _examples(self, section: Section, wanted: dict[Need, str]) -> Iterator[Fault]:
        """Harm that is told without its worst or its last time: once for the section."""
        pieces = self._measured(section)
        blocks = {piece.block.at.start: piece.block for piece in pieces}
        told = [one for block in blocks.values() for one in self._reader.told(block)]
        within = [one for one in told if any(piece.at.contains(one.at) for piece in pieces)]
        acts = [one.at for one in within if one.part is Part.BEHAVIOUR]
        harm = next((at for at in section.told if any(at.overlaps(act) for act in acts)), None)
        if harm is None:
            return
        met = set()
        if any(one.part is Part.WORST for one in within):
            met.add(Need.WORST_EXAMPLE)
        if any(self._tells_when(piece.at, "last-example") for piece in pieces):
            met.add(Need.LAST_EXAMPLE)
        yield from self._unmet(
            Lack.NO_EXAMPLE, section, harm, wanted, met, {Need.WORST_EXAMPLE, Need.LAST_EXAMPLE}
        )

    def _plans(self, section: Section, wanted: dict[Need, str]) -> Iterator[Fault]:
        """Each thing to be done that does not say who does it, or by when."""
        lead_when = False
        for item in _items(self._measured(section)):
            told = [sentence for piece in item for sentence in self._filling.told(piece.at)]
            if not told:
                continue
            if len(item) == 1 and self._around.text[item[0].at.end - 1] == ":":  # leads the list beneath
                lead_when = self._tells_when(item[0].at, "by-when")
                continue
            met = set()
            if self._names_who(item, told):
                met.add(Need.WHO)
            if lead_when or self._names_when(item):
                met.add(Need.BY_WHEN)
            yield from self._unmet(Lack.NO_PLAN, section, told[0], wanted, met, {Need.WHO, Need.BY_WHEN})

    def _nothing_done(self, section: Section, question: str) -> Iterator[Fault]:
        """Good news, where nothing in the section is something that anybody did to keep the child safe."""
        told = [one for piece in self._measured(section) for one in self._filling.told(piece.at)]
        if not told or any(self._keeps_safe(sentence) for sentence in told):
            return
        for sentence in told:
            yield Fault(Lack.NOTHING_DONE, section.name, sentence, (question,), (Need.SOMETHING_DONE,))

    def _unmet(
        self,
        lack: Lack,
        section: Section,
        at: Range,
        wanted: dict[Need, str],
        met: set[Need],
        among: set[Need],
    ) -> Iterator[Fault]:
        needs = tuple(need for need in wanted if need in among and need not in met)
        if needs:
            yield Fault(lack, section.name, at, tuple(wanted[need] for need in needs), needs)

    @staticmethod
    def _measured(section: Section) -> list[Piece]:
        return [piece for piece in section.pieces if not section.is_apart(piece)]

    def _names_who(self, item: Sequence[Piece], told: Sequence[Range]) -> bool:
        column = self._column(item, "who-column")
        if column is not None:
            return column
        return any(self._doer_in(sentence) for sentence in told)

    def _doer_in(self, sentence: Range) -> bool:
        """Somebody who is to do it: not whom it is done to, and not just anybody."""
        words = self._people.words(sentence)
        if self._cues.cue("for-all").fit(self._around.folded, sentence.start, sentence.end) is not None:
            return True
        named = [n for n in range(len(words)) if self._people.who(words, n) is not None]
        nobody = self._cues.cue("nobody-named")
        if self._is_passive(sentence):
            by = _BY_SOMEBODY.search(self._around.folded, sentence.start, sentence.end)
            return by is not None and any(words[n].start >= by.start(1) for n in named)
        for n in named:
            if nobody.fit(self._around.folded, words[n].start, words[n].end) is not None:
                return False
            if not _is_object(words, n):
                return True
        opens = _TASK_OPENS.match(self._around.text, sentence.start, sentence.end)
        return opens is not None and nobody.fit(self._around.folded, *opens.span(1)) is None

    def _is_passive(self, sentence: Range) -> bool:
        for _, end in self._cues.cue("plan-passive").find(self._around.folded, sentence.start, sentence.end):
            word = _NEXT_WORD.match(self._around.folded, end, sentence.end)
            if word and (word.group(1).endswith("ed") or word.group(1) in self._pasts):
                return True
        return False

    def _names_when(self, item: Sequence[Piece]) -> bool:
        column = self._column(item, "when-column")
        if column is not None:
            return column
        return any(self._tells_when(piece.at, "by-when") for piece in item)

    def _column(self, item: Sequence[Piece], head: str) -> bool | None:
        """Whether the cell under such a head is filled; None where no column has one."""
        cell = item[0].block.cell
        if cell is None:
            return None
        if (cell.table, head) not in self._headed:
            self._headed[cell.table, head] = self._headed_columns(cell.table, head)
        columns = [column for column, row in self._headed[cell.table, head].items() if row < cell.row]
        if not columns:
            return None
        return any(
            piece.block.cell is not None
            and piece.block.cell.column in columns
            and self._filling.says(piece.at)
            for piece in item
        )

    def _headed_columns(self, table: int, head: str) -> dict[int, int]:
        """The columns of a table that have such a head, each with the first row in which it stands."""
        columns: dict[int, int] = {}
        for block in self._around.table(table).blocks:
            if (
                block.cell is not None
                and block.kind in (BlockKind.FORM_LABEL, BlockKind.TABLE_CELL)
                and len(block.at.of(self._around.text).split()) <= _HEAD_WORDS
                and self._cues.cue(head).occurs(self._around.folded, block.at.start, block.at.end)
            ):
                first = columns.get(block.cell.column, block.cell.row)
                columns[block.cell.column] = min(first, block.cell.row)
        return columns

    def _tells_when(self, at: Range, cue: str) -> bool:
        folded = self._around.folded
        return (
            self._cues.cue(cue).occurs(folded, at.start, at.end)
            or self._cues.cue("date").occurs(folded, at.start, at.end)
            or any(pattern.search(folded, at.start, at.end) for pattern in (_DATE, _YEAR))
        )

    def _keeps_safe(self, sentence: Range) -> bool:
        """True of something done; of what a child does, only what protects.

        What somebody no longer does keeps a child safe too.
        """
        protects = self._cues.cue("protects").occurs(self._around.folded, sentence.start, sentence.end)
        for act in self._acts.within(sentence):
            if act.left_undone or act.who is Who.WORKER or not self._standings.is_fact(act.verb.at, sentence):
                continue
            if act.verb.text in self._pleasant or not (self._acts.pictures(act) or protects):
                continue
            if act.who is not Who.CHILD or protects:
                return True
        return self._cues.cue("keeps-safe").occurs(self._around.folded, sentence.start, sentence.end)


def _items(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that make one thing to be done: a block, or a whole row of a table with several columns."""
    columns: dict[int, set[int]] = {}
    for piece in pieces:
        if piece.block.cell is not None and not piece.headed:
            columns.setdefault(piece.block.cell.table, set()).add(piece.block.cell.column)

    def key(numbered: tuple[int, Piece]) -> tuple[int, int]:
        number, piece = numbered
        cell = piece.block.cell
        if cell is None or piece.headed or len(columns[cell.table]) == 1:
            return 0, number
        return cell.table, cell.row

    for _, group in groupby(enumerate(pieces), key=key):
        yield [piece for _, piece in group]


def _is_object(words: Sequence[Word], number: int) -> bool:
    """True of whom something is for, or with: a preposition leads to them."""
    before = number - 1
    while before >= 0 and words[before].text in _DETERMINERS:
        before -= 1
    return before >= 0 and words[before].text in _PREPOSITIONS
