"""Gathers the words of a file of RTF into the paragraphs, cells and rows of its stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sos_lint.readers.from_rtf.characters import Characters, Fonts
from sos_lint.readers.from_rtf.state import Role, State
from sos_lint.readers.from_rtf.story import Box, Item, Passage, RowShape, Run, Story, Table
from sos_lint.readers.from_rtf.styles import Styles
from sos_lint.readers.paragraph import Tag

_WIDEST = 1000  # columns
_LONGEST = 1000  # characters of a field's code or a name


@dataclass(slots=True)
class Section:
    """A section. `first`: its first page has headers of its own."""

    first: bool = False


@dataclass(slots=True)
class Found:
    """The stories of a file: its body, notes, and headers and footers in the order of the file.

    A header for first pages comes with its section, which says whether it is seen. `comments` are what
    comments say to us, by the tags that their words carry.
    """

    body: Story = field(default_factory=Story)
    notes: list[Story] = field(default_factory=list)
    margins: list[tuple[Story, Section | None]] = field(default_factory=list)
    comments: dict[Tag, Tag] = field(default_factory=dict)


class Gatherer:
    """Knows the state of the file at hand, and lays down its words."""

    def __init__(self) -> None:
        self.found = Found()
        self.styles = Styles()
        self.fonts = Fonts()
        self.characters = Characters()
        self.state = State()
        self.story = self.found.body
        self.section = Section()
        self.codes: list[str] = []  # of the fields that are open
        self.key = ""  # the words of what was last named: a comment, a style
        self.over: dict[str, Tag] = {}  # the comments under which the words at hand stand
        self._rows = (RowShape(), RowShape())  # of an outermost table, and of one in it

    def flush(self) -> None:
        """Lay down the characters that were gathered."""
        words = self.characters.take()
        if not words:
            return
        role = self.state.role
        if self.state.is_seen:
            self.story.lines[-1].append(Run(words, self._tags()))
        elif role is Role.CODE and self.codes:
            self.codes[-1] = (self.codes[-1] + words)[:_LONGEST]
        elif role is Role.MARK:
            self.story.marked = bool(self.story.marked or words.strip())
        elif role in (Role.KEY, Role.NAME):
            self.key = (self.key + words)[:_LONGEST]

    def begin_story(self, kind: str, end: Callable[[Story], None]) -> None:
        """Read the group at hand as a story of its own, and give it to `end`."""
        self.flush()
        outer, rows = self.story, self._rows

        def close() -> None:
            self.finish_story()
            story, self.story, self._rows = self.story, outer, rows
            end(story)

        self.story, self._rows = Story(kind), (RowShape(), RowShape())
        self.state.plain_paragraph()
        self.state.role = self.state.around = Role.STORY
        self.state.at_end(close)

    def begin_box(self) -> None:
        """Read the group at hand as a text box. One in another stands after it."""
        boxes = self.story.boxes if self.story.beside is None else self.story.beside
        self.begin_story("text box", lambda _: None)
        self.story.beside = boxes
        boxes.append(Box(self.story))

    def finish_story(self) -> None:
        """Close all that is open in the story at hand."""
        self.flush()
        if self.story.in_words:
            self.close_paragraph(self.state.level)
        self.story.finish()

    def end_line(self) -> None:
        """A line ends, but not its paragraph."""
        self.flush()
        if self.state.is_seen:
            self.story.lines.append([])

    def end_paragraph(self) -> None:
        """A paragraph ends. Where its end is deleted, the next one goes on with it."""
        self.flush()
        if self.state.role is Role.STORY and not self.state.deleted:
            self.close_paragraph(self.state.level)

    def end_section(self) -> None:
        """A section ends."""
        self.flush()
        if self.story.in_words:
            self.close_paragraph(self.state.level)
        self.section = Section(self.section.first)

    def end_cell(self, level: int) -> None:
        """A cell ends of the table at a level."""
        self.flush()
        if self.state.role is Role.STORY:
            self.close_paragraph(level)
            self.story.end_cell(level)

    def end_row(self, level: int) -> None:
        """A row ends of the table at a level."""
        self.flush()
        if self.state.role is Role.STORY or self.state.in_inner_row:
            if self.story.in_words:
                self.close_paragraph(level)
            self.story.end_row(level, self.row)

    def close_paragraph(self, level: int) -> None:
        """Close the paragraph at hand, which stands in so many tables."""
        if self.story.in_words:
            self.story.end_paragraph(level, self.state.shape, self.styles.remark(self.state.style))
        else:
            self.story.end_empty(level)

    @property
    def row(self) -> RowShape:
        """The definition of the row at hand."""
        return self._rows[self.state.in_inner_row]

    def begin_row(self) -> None:
        """Define the row at hand anew."""
        outer, inner = self._rows
        self._rows = (outer, RowShape()) if self.state.in_inner_row else (RowShape(), inner)

    def end_border(self, right: int) -> None:
        """Take the right border of the next cell."""
        if len(self.row.borders) < _WIDEST:
            self.row.end_cell(right)

    def _tags(self) -> tuple[Tag, ...]:
        link = (self.story.link,) if self.story.link else ()
        return (*link, *self.over.values(), *self.styles.remark(self.state.own_style))


def lines_of(items: Sequence[Item]) -> Iterator[str]:
    """The lines of a story, of its tables and text boxes too; an empty one for a paragraph without words."""
    for item in items:
        if isinstance(item, Passage):
            yield from ("".join(run.words for run in line) for line in item.lines or [[]])
        elif isinstance(item, Table):
            for row in item.places():
                for _, cell in row:
                    yield from lines_of(cell)
        else:
            yield from lines_of(item.story.items)
