"""What a group of RTF has set, which ends with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from sos_lint.readers.from_rtf.story import DEEPEST
from sos_lint.readers.from_rtf.styles import Shape


class Role(Enum):
    """What the words of a group are."""

    STORY = auto()
    CODE = auto()  # of a field
    MARK = auto()  # the bullet or number of an item
    KEY = auto()  # the number of a comment
    NAME = auto()  # of a style
    STYLES = auto()
    FONTS = auto()
    NOTHING = auto()


@dataclass(slots=True)
class State:
    """The settings in force. `around`: the role outside a group that only holds others (a field, a drawing).

    `fallback` counts the characters for older readers that follow one by number; `ends` is what to do where
    the group ends.
    """

    role: Role = Role.STORY
    around: Role = Role.STORY
    font: int | None = None
    fallback: int = 1
    hidden: bool = False
    deleted: bool = False
    own_style: int | None = None  # of the words, not the paragraph
    style: int = 0
    outline: int | None = None
    listed: int = 0
    depth: int = 0
    in_table: bool = False
    tables: int = 0
    in_inner_row: bool = False
    ends: list[Callable[[], None]] | None = None

    def inner(self) -> State:
        """The settings with which a group in this one begins."""
        return State(
            self.role,
            self.around,
            self.font,
            self.fallback,
            self.hidden,
            self.deleted,
            self.own_style,
            self.style,
            self.outline,
            self.listed,
            self.depth,
            self.in_table,
            self.tables,
            self.in_inner_row,
        )

    @property
    def is_seen(self) -> bool:
        """True where words are read."""
        return self.role is Role.STORY and not (self.hidden or self.deleted)

    @property
    def level(self) -> int:
        """In how many tables the paragraph stands."""
        return min(max(self.tables, int(self.in_table)), DEEPEST)

    @property
    def shape(self) -> Shape:
        """What the paragraph says of itself."""
        return Shape(self.style, self.outline, self.listed, self.depth)

    def reads_alike(self, other: State) -> bool:
        """True where words of the two may be read as one."""
        return (
            self.role is other.role
            and self.hidden == other.hidden
            and self.deleted == other.deleted
            and self.own_style == other.own_style
        )

    def at_end(self, do: Callable[[], None]) -> None:
        """Have something done where the group ends, before what was asked for earlier."""
        self.ends = self.ends or []
        self.ends.append(do)

    def plain_words(self) -> None:
        """Take back what was set for words."""
        self.font = self.own_style = None
        self.hidden = self.deleted = False

    def plain_paragraph(self) -> None:
        """Take back what was set for paragraphs."""
        self.style, self.outline, self.listed, self.depth = 0, None, 0, 0
        self.in_table, self.tables = False, 0
