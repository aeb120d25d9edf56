"""Passages: the words that stand under a label such as “Danger statement”, as many as there are statements.

Under a heading or a label on its own line; after a label and a colon; in the cell beside or beneath a label.
A passage may go on through several blocks: a list that its last sentence leads, a paragraph that goes on
from it (“If nothing changes …”), the fields of a form (“Who is worried? …”). Else each paragraph and each
item of a list is a passage of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sos_lint.document import Block, BlockKind
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.labels import Field, Label, Labels, Topic, sentences_in
from sos_lint.text import Range

_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TICK_BOX)
_WORD = re.compile(r"[^\W_]")
_VALUE_LABEL = re.compile(r"[A-Z][^.!?:]{0,60}: ")
# "Mum: 5", "Dad: 7/10 because …"
_ANSWER = re.compile(
    r"[^.!?:]{1,40}: ?(?:\d|10)(?:\.5)?(?:/10)?(?:[.,;]|\Z| (?:because|as|out|since|[\u2013-]) ?)"
)
_FEW_WORDS = 4


class Passage(NamedTuple):
    """Words that belong together: parts of blocks, in order, and the fields among them."""

    topics: tuple[Topic, ...]
    label: Label | None
    pieces: tuple[Range, ...]
    fields: tuple[tuple[Topic, Field], ...] = ()

    @property
    def at(self) -> Range:
        """From the first word to the last."""
        return Range(self.pieces[0].start, self.pieces[-1].end)


def passages_in(around: Surroundings, cues: Cues) -> list[Passage]:
    """Every labelled passage of a document, in order."""
    return Passages(around, cues, Labels(around, cues)).found()


class Passages:
    """Finds the labelled passages of one document."""

    def __init__(self, around: Surroundings, cues: Cues, labels: Labels) -> None:
        self._around = around
        self._cues = cues
        self._labels = labels
        self._blocks = around.document.blocks

    def found(self) -> list[Passage]:
        """Every labelled passage, in order."""
        passages = [*self._in_prose(), *self._in_tables()]
        return sorted(passages, key=lambda passage: passage.at.start)

    # --- under headings and labels in prose

    def _in_prose(self) -> Iterator[Passage]:
        for number, block in enumerate(self._blocks):
            label = self._labels.of(block) if block.cell is None else None
            if label is None:
                continue
            first = [label.rest] if label.rest is not None and self.is_told(label.rest) else []
            beneath = list(self._beneath(number))
            if beneath and beneath[0].cell is not None and not first:
                yield from self._table_beneath(label, beneath[0].cell.table)
            else:
                prose = [each for each in beneath if each.cell is None]
                yield from self._grouped(label, [*first, *(each.at for each in prose)])

    def _beneath(self, number: int) -> Iterator[Block]:
        """The blocks under a label, to the next heading or label of anything else."""
        label = self._blocks[number]
        table = None
        for block in self._blocks[number + 1 :]:
            if block.kind is BlockKind.HEADING and not self._asks_for_a_score(label, block):
                if label.kind is not BlockKind.HEADING or block.level <= label.level:
                    return
                if self._labels.of(block) is not None:
                    return
                if not self._leads_people(block):
                    continue
            if self._labels.of(block) is not None:
                return
            if block.cell is not None:
                if table not in (None, block.cell.table):
                    return
                table = block.cell.table
            elif table is not None or self._is_other_label(block):
                return
            yield block

    def _asks_for_a_score(self, label: Block, block: Block) -> bool:
        """True of a question that belongs to a scale, though it looks like a heading."""
        named = self._labels.of(label)
        return (
            named is not None
            and Topic.SCALE in named.topics
            and self._around.text[block.at.end - 1] == "?"
            and self._cues.cue("asks-number").occurs(self._around.folded, *_ends(block))
        )

    def _leads_people(self, block: Block) -> bool:
        """True of a line such as “Tom and Mum:”, that leads a list of what they will do."""
        if self._around.text[block.at.end - 1] != ":":
            return False
        return any(
            self._cues.class_(name).occurs(self._around.folded, *_ends(block))
            for name in ("adult", "first-name")
        )

    def _is_other_label(self, block: Block) -> bool:
        """True of the label of something else ("Next steps:", "Date of meeting: 4 May")."""
        if any(self._labels.asks(topic, block.at) for topic in Topic):
            return False
        if any(True for topic in Topic for _ in self._labels.fields(topic, block.at)):
            return False
        if block.kind is BlockKind.FORM_LABEL:
            return not self._cues.cue("asks-number").occurs(self._around.folded, *_ends(block))
        if _ANSWER.match(self._around.text, block.at.start, block.at.end):
            return False
        found = _VALUE_LABEL.match(self._around.text, block.at.start, block.at.end)
        return (
            found is not None
            and block.kind not in _ITEMS
            and len(found.group().split()) <= _FEW_WORDS
            and not self._cues.cue("worry-word").occurs(self._around.folded, *found.span())
        )

    # --- how blocks belong together

    def _grouped(self, label: Label, ranges: Sequence[Range]) -> Iterator[Passage]:
        group: list[Range] = []
        for at in ranges:
            if not self.is_told(at) or not self._may_be(label, at):
                continue
            if not group or self._goes_on(label, group, at):
                group.append(at)
            elif not self._begins(label, group, at):
                break
            else:
                yield from self._passage(label, group)
                group = [at]
        if group:
            yield from self._passage(label, group)

    def _goes_on(self, label: Label, group: Sequence[Range], at: Range) -> bool:
        """Whether a block goes on with the passage before it."""
        block = self._around.block(at)
        if self._is_field(label, at):
            return not self._has_same_field(label, group, at)
        if self._is_field(label, group[-1]) or label.topics == (Topic.SCALE,):
            return True
        if block.kind in _ITEMS:
            depth = self._depth(at)
            return depth > self._depth(group[-1]) > 0 or any(
                self._leads(each) and self._depth(each) < depth for each in group
            )
        if self._cues.cue("goes-on").fit(self._around.folded, at.start, at.end) is not None:
            return True
        return not label.many and not any(self._has_shape(topic, at) for topic in label.topics)

    def _begins(self, label: Label, group: Sequence[Range], at: Range) -> bool:
        """Whether a block that does not go on with the one before is another of them."""
        kinds = {self._around.block(each).kind in _ITEMS for each in (group[0], at)}
        return label.many or len(kinds) == 1 or any(self._has_shape(topic, at) for topic in label.topics)

    def _depth(self, at: Range) -> int:
        """The level of an item; 0 of what is none."""
        block = self._around.block(at)
        return block.level if block.kind in _ITEMS else 0

    def _leads(self, at: Range) -> bool:
        text = self._around.text[at.start : at.end].rstrip()
        return text.endswith((":", ",", "\u2013", "\u2014")) or text[-1].isalnum()

    def _has_shape(self, topic: Topic, at: Range) -> bool:
        cue = self._cues.cue(f"{topic.value}-shape")
        return cue.occurs(self._around.folded, at.start, at.end)

    def _is_field(self, label: Label, at: Range) -> bool:
        return any(
            self._labels.asks(topic, at) is not None or any(True for _ in self._labels.fields(topic, at))
            for topic in label.topics
        )

    def _has_same_field(self, label: Label, group: Sequence[Range], at: Range) -> bool:
        new = {field.part for topic in label.topics for field in self._labels.fields(topic, at)}
        old = {
            field.part
            for topic in label.topics
            for each in group
            for field in self._labels.fields(topic, each)
        }
        return bool(new & old)

    def _passage(self, label: Label, group: Sequence[Range]) -> Iterator[Passage]:
        pieces = list(group)
        fields: list[tuple[Topic, Field]] = []
        for topic in label.topics:
            asked = None
            for at in pieces:
                if asked is not None:
                    fields.append((topic, Field(asked, at)))
                    asked = None
                elif (part := self._labels.asks(topic, at)) is not None:
                    asked = part
                else:
                    fields += [(topic, field) for field in self._labels.fields(topic, at)]
        prose = [at for at in pieces if all(self._labels.asks(topic, at) is None for topic in label.topics)]
        if label.topics == (Topic.SCALE,) and pieces[-1] not in prose:
            prose.append(pieces[-1])  # a question that nobody has answered yet
        if prose:
            yield Passage(label.topics, label, tuple(prose), tuple(fields))

    # --- in tables

    def _in_tables(self) -> Iterator[Passage]:
        for number in sorted({block.cell.table for block in self._blocks if block.cell is not None}):
            grid = self._grid(number)
            for place, cell in grid.items():
                label = self._labels.of(cell[0])
                if label is not None:
                    yield from self._from_cell(label, grid, place)

    def _grid(self, table: int) -> dict[tuple[int, int], list[Block]]:
        grid: dict[tuple[int, int], list[Block]] = {}
        for block in self._around.table(table).blocks:
            assert block.cell is not None
            grid.setdefault((block.cell.row, block.cell.column), []).append(block)
        return grid

    def _from_cell(
        self, label: Label, grid: dict[tuple[int, int], list[Block]], place: tuple[int, int]
    ) -> Iterator[Passage]:
        """The passages that a label in a cell names: in the cell itself, beside it, or beneath it."""
        row, column = place
        own = [label.rest] if label.rest is not None else []
        own += [block.at for block in grid[place][1:]]
        if own:
            yield from self._grouped(label, own)
            return
        beside = [grid[at] for at in sorted(grid) if at[0] == row and at[1] > column]
        if beside and not all(self._names(cell) for cell in beside):
            yield from self._beside(label, grid, place)
            return
        for at in sorted(at for at in grid if at[1] == column and at[0] > row):
            if self._labels.of(grid[at][0]) is not None:
                return
            yield from self._grouped(label, [block.at for block in grid[at]])

    def _beside(
        self, label: Label, grid: dict[tuple[int, int], list[Block]], place: tuple[int, int]
    ) -> Iterator[Passage]:
        """The cell to the right; all of them where the columns are the fields of a form."""
        row, column = place
        cells = [at for at in sorted(grid) if at[0] == row and at[1] > column]
        asked = [at for at in cells if row > 1 and self._asks_in(label, grid.get((1, at[1])))]
        if asked:
            yield from self._row(label, grid, asked)
        else:
            told = next((at for at in cells if self._labels.of(grid[at][0]) is None), None)
            if told is not None:
                yield from self._grouped(label, [block.at for block in grid[told]])

    def _names(self, cell: Sequence[Block]) -> bool:
        """True of a cell that is a label, and of an empty one."""
        return len(cell) == 1 and (
            cell[0].kind is BlockKind.FORM_LABEL
            or self._labels.of(cell[0]) is not None
            or not self.is_told(cell[0].at)
        )

    def _asks_in(self, label: Label, head: Sequence[Block] | None) -> tuple[Topic, Field] | None:
        """The part that the head of a column asks for; its value is not read yet."""
        for topic in label.topics if head else ():
            part = self._labels.asks(topic, head[0].at) if head else None
            if part is not None and head:
                return topic, Field(part, head[0].at)
        return None

    def _row(
        self,
        label: Label,
        grid: dict[tuple[int, int], list[Block]],
        cells: Sequence[tuple[int, int]],
    ) -> Iterator[Passage]:
        """A passage whose cells each answer the head of their column, or the label before them."""
        pieces: list[Range] = []
        fields: list[tuple[Topic, Field]] = []
        for at in cells:
            told = [block.at for block in grid[at] if self.is_told(block.at)]
            if not told:
                continue
            pieces += told
            head = self._asks_in(label, grid.get((1, at[1]))) or self._asks_in(label, grid.get((at[0], 1)))
            if head is not None:
                topic, field = head
                fields += [(topic, Field(field.part, each)) for each in told]
        if pieces:
            yield Passage(label.topics, label, tuple(pieces), tuple(fields))

    def _table_beneath(self, label: Label, table: int) -> Iterator[Passage]:
        """The passages of a table under a label: a row each, the whole table, or a cell each."""
        grid = self._grid(table)
        if any(self._labels.of(cell[0]) is not None for cell in grid.values()):
            return  # the table has labels of its own
        rows = sorted({row for row, _ in grid})
        heads = [at for at in grid if at[0] == 1 and self._asks_in(label, grid[at])]
        sides = [at for at in grid if at[1] == 1 and self._asks_in(label, grid[at])]
        if len(heads) > 1:
            for row in rows[1:]:
                yield from self._row(label, grid, [at for at in sorted(grid) if at[0] == row])
        elif len(sides) > 1:
            yield from self._row(label, grid, [at for at in sorted(grid) if at[1] > 1])
        elif len({column for _, column in grid}) == 1:
            for at in sorted(grid):
                yield from self._grouped(label, [block.at for block in grid[at]])

    # --- what is no statement

    def is_told(self, at: Range) -> bool:
        """False of a place still to be filled in: a placeholder, a line to write on."""
        start = at.start
        for hollow in self._around.placeholders.touching(at):
            if _WORD.search(self._around.text, start, max(start, hollow.start)):
                return True
            start = max(start, hollow.end)
        return _WORD.search(self._around.text, start, at.end) is not None

    def _may_be(self, label: Label, at: Range) -> bool:
        """False of words that tell the writer what to write here, or speak of statements and goals."""
        if self._is_field(label, at):
            return True
        if label.topics == (Topic.SCALE,):
            return not self._cues.cue("about-scales").occurs(self._around.folded, at.start, at.end)
        return speaks_of_a_case(at, self._around, self._cues)


def speaks_of_a_case(at: Range, around: Surroundings, cues: Cues) -> bool:
    """False of a question, of what tells the writer what to write, and of talk about statements and goals."""
    folded = around.folded
    asks = all(around.text[one.end - 1] == "?" for one in sentences_in(at, around))
    if asks or any(map(at.contains, around.addresses.touching(at))):
        return False
    prompts = cues.cue("prompt"), cues.cue("statement-prompt")
    if any(cue.fit(folded, at.start, at.end) is not None for cue in prompts):
        return False
    return not cues.cue("about-itself").occurs(folded, at.start, at.end)


def _ends(block: Block) -> tuple[int, int]:
    return block.at.start, block.at.end
