"""Goes through the groups and control words of a file of RTF (Rich Text Format 1.9.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sos_lint.document import MarkKind
from sos_lint.readers.from_rtf.characters import HEAD, SIGNS
from sos_lint.readers.from_rtf.gather import Found, Gatherer, lines_of
from sos_lint.readers.from_rtf.state import Role, State
from sos_lint.readers.from_rtf.story import Story
from sos_lint.readers.from_rtf.styles import Styles
from sos_lint.readers.from_rtf.tokens import Begin, End, Letters, Tokens, Word
from sos_lint.readers.links import target_of_field
from sos_lint.readers.paragraph import Tag
from sos_lint.readers.remarks import said

# Groups whose words are not seen. So is each that begins with "\*" and is not known here.
_UNSEEN_NAMES = """
colortbl info pict nonshppict object xe tc tcn rxe txe shprslt sp template private upr falt panose filetbl
revtbl nextfile ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb bkmkstart bkmkend atnid atnauthor
atntime atndate atnicn atnparent datafield formfield mmath nonesttables htmltag mhtmltag
"""
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_MOST_COMMENTS = 10  # over the same words


class Walk(Gatherer):
    """Reads one file."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__()
        self._tokens = Tokens(data, name)
        self._outer: list[State] = []
        self._starred = False  # the next word names a group that may be passed over
        self._comments: dict[str, Tag] = {}
        self._ended: set[Tag] = set()

    def through(self) -> tuple[Found, Styles]:
        """The stories of the file, and what their styles say."""
        for token in self._tokens:
            if isinstance(token, Letters):
                self.characters.add(token.data, self.fonts.codec(self.state.font))
                continue
            starred, self._starred = self._starred, False
            if isinstance(token, Begin):
                self._begin()
            elif isinstance(token, End):
                self._end()
            else:
                self._hear(token, starred=starred)
        self.finish_story()
        return self.found, self.styles

    def _begin(self) -> None:
        self.characters.border()
        self._outer.append(self.state)
        self.state = self.state.inner()
        if self.state.role is Role.STYLES:
            self.styles.begin()
            self._begin_key()
            self.state.role = Role.NAME
            self.state.at_end(lambda: self.styles.end(self.key))
        elif self.state.role is Role.NAME:
            self.flush()
            self.state.role = Role.NOTHING

    def _end(self) -> None:
        self.characters.border()
        outer = self._outer.pop()
        if self.state.ends or not self.state.reads_alike(outer):
            self.flush()
        for do in reversed(self.state.ends or ()):
            do()
        self.state = outer

    def _hear(self, word: Word, *, starred: bool) -> None:
        name, role = word.name, self.state.role
        if name in SIGNS:
            if not self.characters.is_fallback():
                self.characters.put(SIGNS[name])
        elif name == "*":
            self._starred = True
        elif role is Role.NAME:
            self.styles.hear(word)
        elif name in _GROUPS:
            _GROUPS[name](self, name)
        elif starred or name in _UNSEEN:
            self._tokens.skip_group()
        elif role is Role.FONTS:
            self.fonts.hear_in_table(word)
        elif name in _WORDS:
            _WORDS[name](self, word.number)
        elif name in _SETTINGS:
            self._set(*_SETTINGS[name], word.number)
        elif name in HEAD:
            self.fonts.hear(word)

    def _set(self, setting: str, default: int | None, number: int | None) -> None:
        setattr(self.state, setting, default if number is None else number)

    def _switch(self, setting: str, number: int | None) -> None:
        """Switch a setting of words on, or off where the number is 0."""
        self.flush()
        setattr(self.state, setting, number != 0)

    def _set_own_style(self, number: int | None) -> None:
        self.flush()
        self.state.own_style = number

    def _plain(self) -> None:
        self.flush()
        self.state.plain_words()

    def _by_number(self, number: int | None) -> None:
        if number is not None:
            self.characters.put_number(number, self.state.fallback)

    # Groups that hold others

    def _hold(self, _: str = "") -> None:
        """The words of the group itself are nothing; those in it say what theirs are."""
        self.flush()
        if self.state.role is not Role.NOTHING:
            self.state.around = self.state.role
        self.state.role = Role.NOTHING

    def _begin_field(self, _: str) -> None:
        self._hold()
        self.codes.append("")
        self.state.at_end(self._end_field)

    def _end_field(self) -> None:
        self.codes.pop()

    def _begin_code(self, _: str) -> None:
        self._play(Role.CODE)

    def _begin_result(self, _: str) -> None:
        self._play(self.state.around)
        target = target_of_field(self.codes[-1]) if self.codes else None
        if target is None:
            return
        story, outer = self.story, self.story.link

        def end_link() -> None:
            story.link = outer

        story.link = Tag(MarkKind.LINK, target)
        self.state.at_end(end_link)

    def _begin_mark(self, _: str) -> None:
        self._play(Role.MARK)
        self.story.marked = bool(self.story.marked)

    def _begin_inner_row(self, _: str) -> None:
        self._hold()
        self.state.in_inner_row = True

    def _play(self, role: Role) -> None:
        self.flush()
        self.state.role = role

    def _begin_fonts(self, _: str) -> None:
        self._play(Role.FONTS)

    def _begin_styles(self, _: str) -> None:
        self._play(Role.STYLES)

    # Stories of their own

    def _begin_note(self, _: str) -> None:
        if self.state.is_seen:
            self.begin_story("footnote", self.found.notes.append)
        else:
            self._tokens.skip_group()

    def _is_endnote(self) -> None:
        if self.story.kind == "footnote":
            self.story.kind = "endnote"

    def _begin_margin(self, name: str) -> None:
        section = self.section if name.endswith("f") else None
        self.begin_story(name[:6], lambda story: self.found.margins.append((story, section)))

    def _begin_box(self, _: str) -> None:
        self.flush()
        self.state.role = self.state.around
        if self.state.is_seen:
            self.begin_box()
        else:
            self._tokens.skip_group()

    def _begin_section(self) -> None:
        self.section.first = False

    def _has_first_page(self) -> None:
        self.section.first = True

    # Comments

    def _begin_key(self, _: str = "") -> None:
        self._play(Role.KEY)
        self.key = ""

    def _begin_over(self, _: str) -> None:
        self._begin_key()
        self.state.at_end(self._open_comment)

    def _open_comment(self) -> None:
        key = self.key.strip()
        if len(self.over) < _MOST_COMMENTS:
            self.over[key] = self._comments.setdefault(key, Tag(MarkKind.REMARK, "", f"comment {key}"))

    def _end_over(self, _: str) -> None:
        self._begin_key()
        self.state.at_end(self._close_comment)

    def _close_comment(self) -> None:
        # A comment without an end is put on nothing: else it would be on the rest of the file.
        tag = self.over.pop(self.key.strip(), None)
        if tag is not None:
            self._ended.add(tag)

    def _begin_comment(self, _: str) -> None:
        self.key = ""
        self.begin_story("comment", self._note_comment)

    def _note_comment(self, story: Story) -> None:
        tag, words = self._comments.get(self.key.strip()), said(" ".join(lines_of(story.items)))
        if tag in self._ended and tag is not None and words is not None:
            self.found.comments[tag] = Tag(MarkKind.REMARK, words, tag.term)


_GROUPS: Mapping[str, Callable[[Walk, str], None]] = {
    "fonttbl": Walk._begin_fonts,
    "stylesheet": Walk._begin_styles,
    "field": Walk._begin_field,
    "fldinst": Walk._begin_code,
    "fldrslt": Walk._begin_result,
    "listtext": Walk._begin_mark,
    "pntext": Walk._begin_mark,
    "nesttableprops": Walk._begin_inner_row,
    **dict.fromkeys(("shp", "shpgrp", "shpinst", "do"), Walk._hold),
    **dict.fromkeys(("shptxt", "dptxbxtext"), Walk._begin_box),
    "footnote": Walk._begin_note,
    **{f"{kind}{pages}": Walk._begin_margin for kind in ("header", "footer") for pages in ("", *"lrf")},
    "annotation": Walk._begin_comment,
    "atnref": Walk._begin_key,
    "atrfstart": Walk._begin_over,
    "atrfend": Walk._end_over,
}
# Settings that end with their group; the number where a word has none.
_SETTINGS: Mapping[str, tuple[str, int | None]] = {
    "f": ("font", None),
    "uc": ("fallback", 1),
    "s": ("style", 0),
    "outlinelevel": ("outline", None),
    "ls": ("listed", 0),
    "ilvl": ("depth", 0),
    "intbl": ("in_table", 1),
    "itap": ("tables", 1),
}
_WORDS: Mapping[str, Callable[[Walk, int | None], None]] = {
    "u": Walk._by_number,
    "v": lambda walk, number: walk._switch("hidden", number),
    **dict.fromkeys(("deleted", "mvf"), lambda walk, number: walk._switch("deleted", number)),
    "cs": Walk._set_own_style,
    "plain": lambda walk, _: walk._plain(),
    "pard": lambda walk, _: walk.state.plain_paragraph(),
    **dict.fromkeys(("line", "lbr", "page", "column"), lambda walk, _: walk.end_line()),
    **dict.fromkeys(("par", "\n", "\r"), lambda walk, _: walk.end_paragraph()),
    "sect": lambda walk, _: walk.end_section(),
    "sectd": lambda walk, _: walk._begin_section(),
    "titlepg": lambda walk, _: walk._has_first_page(),
    "ftnalt": lambda walk, _: walk._is_endnote(),
    "cell": lambda walk, _: walk.end_cell(1),
    "nestcell": lambda walk, _: walk.end_cell(max(2, walk.state.level)),
    "row": lambda walk, _: walk.end_row(1),
    "nestrow": lambda walk, _: walk.end_row(max(2, walk.state.level)),
    "trowd": lambda walk, _: walk.begin_row(),
    "trleft": lambda walk, number: walk.row.begin_at(number or 0),
    "irow": lambda walk, number: walk.row.number(number),
    "cellx": lambda walk, number: walk.end_border(number or 0),
    **dict.fromkeys(("clvmrg", "clmrg", "cldel"), lambda walk, _: walk.row.merge_next()),
}
