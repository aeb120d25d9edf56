"""Markdown tokens that know where they stand.

markdown-it says of a block on which lines it stands, and of inline text nothing. Its rules are wrapped here,
so that each inline token gets an `Origin` (where each character of its content stands in the source), and
each child of it the offset in that content at which it begins. Nothing is searched for afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, heading, lheading, paragraph, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

ORIGIN, AT, DEFINITION = "origin", "at", "abbreviation_definition"

_DEFINITION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*(\S[^\n]*)")

_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_Origins = Callable[[StateBlock, Sequence[Token]], None]


class Origin:
    """Where the characters of an inline token's content stand in the source, piece by piece."""

    __slots__ = ("_sources", "_starts")

    def __init__(self, starts: list[int], sources: list[int]) -> None:
        self._starts = starts
        self._sources = sources

    def at(self, offset: int) -> int:
        """The place in the source of one character of the content."""
        piece = bisect_right(self._starts, offset) - 1
        return self._sources[piece] + offset - self._starts[piece]

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The unbroken runs of the source that a run of the content came from."""
        piece = bisect_right(self._starts, start) - 1
        while start < end:
            piece += 1
            stop = min(end, self._starts[piece]) if piece < len(self._starts) else end
            source = self._sources[piece - 1] + start - self._starts[piece - 1]
            yield source, source + stop - start
            start = stop


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough, front matter and footnotes, its inline tokens placed.

    Made once: to make it takes as long as to read a short note.
    """
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    rules = markdown.block.ruler
    rules.at("paragraph", _placed(paragraph, _place_lines))
    rules.at("lheading", _placed(lheading, _place_lines))
    rules.at("heading", _placed(heading, _place_heading), {"alt": ["paragraph", "reference", "blockquote"]})
    rules.at("table", _placed(table, _place_cells), {"alt": ["paragraph", "reference"]})
    markdown.inline.ruler.before("emphasis", DEFINITION, _abbreviation_definition)
    markdown.core.ruler.at("inline", _parse_inline)
    # These two join neighbouring texts, and would lose their places.
    markdown.core.ruler.disable("text_join")
    markdown.inline.ruler2.disable("fragments_join")
    markdown.parse("x")  # makes its rules ready, which a document that runs out of time would leave half done
    return markdown


def _placed(rule: _BlockRule, place: _Origins) -> _BlockRule:
    """The rule, with an origin on each inline token it makes, while the state still knows the lines."""

    def placed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        done = rule(state, start, end, silent)
        if done and not silent:
            place(state, state.tokens[before:])
        return done

    return placed


def _place_lines(state: StateBlock, tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "inline" and token.map:
            token.meta[ORIGIN] = _origin_of_lines(state, token)


def _origin_of_lines(state: StateBlock, token: Token) -> Origin:
    """Where `state.getLines` takes its characters from, and what trimming leaves of them."""
    starts, sources, length = [], [], 0
    begin, end = token.map or (0, 0)
    for line in range(begin, end):
        first, padding = _indented(state, line)
        starts.append(length)
        sources.append(first - padding)  # the padding is white space in place of a tab
        length += padding + state.eMarks[line] + 1 - first
    lead = state.getLines(begin, end, state.blkIndent, False).index(token.content[:1])
    return Origin([start - lead for start in starts], sources)


def _indented(state: StateBlock, line: int) -> tuple[int, int]:
    """Where the content of a line begins past its indent, and how many spaces of a cut tab come before it."""
    at = begin = state.bMarks[line]
    column = 0
    while at <= state.eMarks[line] and column < state.blkIndent and at < len(state.src):
        if state.src[at] == "\t":
            column += 4 - (column + state.bsCount[line]) % 4
        elif state.src[at] == " " or at - begin < state.tShift[line]:
            column += 1
        else:
            break
        at += 1
    return at, max(0, column - state.blkIndent)


def _place_heading(state: StateBlock, tokens: Sequence[Token]) -> None:
    token = next(token for token in tokens if token.type == "inline")
    line = token.map[0] if token.map else 0
    at = state.bMarks[line] + state.tShift[line]
    while at < state.eMarks[line] and state.src[at] == "#":
        at += 1
    token.meta[ORIGIN] = Origin([0], [state.src.index(token.content[0], at) if token.content else at])


def _place_cells(state: StateBlock, tokens: Sequence[Token]) -> None:
    origins: list[Origin] = []
    column = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            origins, column = _origins_of_cells(state, token.map[0]), 0
        elif token.type == "inline":
            token.meta[ORIGIN] = origins[column] if column < len(origins) else Origin([0], [0])
            column += 1


def _origins_of_cells(state: StateBlock, line: int) -> list[Origin]:
    """Where the cells of a row begin, and where an escaped pipe lost its backslash."""
    whole = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    row = mdTrim(whole)
    start = state.bMarks[line] + state.tShift[line] + whole.index(row)
    cells: list[tuple[str, list[int], list[int]]] = [("", [0], [start])]
    last, escaped = 0, False
    for at, character in enumerate([*row, "|"]):
        if character == "|":
            words, starts, sources = cells[-1]
            words += row[last : at - 1 if escaped and at < len(row) else at]
            cells[-1] = words, starts, sources
            if escaped and at < len(row):
                last = at
                starts.append(len(words))
                sources.append(start + at)
            else:
                last = at + 1
                cells.append(("", [0], [start + at + 1]))
        escaped = character == "\\"
    cells.pop()
    if cells and not cells[0][0]:
        cells.pop(0)
    return [_trimmed(*cell) for cell in cells]


def _trimmed(words: str, starts: list[int], sources: list[int]) -> Origin:
    lead = words.find(mdTrim(words)[:1])
    return Origin([start - lead for start in starts], sources)


class _PlacedState(StateInline):
    """Notes on each token the offset in the content at which it begins."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802
        token = super().pushPending()
        token.meta[AT] = self.pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        token.meta[AT] = self.pos
        # A run of emphasis marks is pushed mark by mark before the position moves on.
        if ttype == "text" and before is not None and before.type == "text" and before.meta[AT] >= self.pos:
            token.meta[AT] = before.meta[AT] + len(before.content)
        return token


def _parse_inline(state: StateCore) -> None:
    """The core rule `inline`, with a state that keeps places."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        inline = _PlacedState(token.content, state.md, state.env, token.children)
        state.md.inline.tokenize(inline)
        for rule in state.md.inline.ruler2.getRules(""):
            rule(inline)


def _abbreviation_definition(state: StateInline, silent: bool) -> bool:
    """`*[CIN]: Child in Need`, on a line of its own."""
    if not state.src.startswith("*[", state.pos):
        return False
    if state.src[state.src.rfind("\n", 0, state.pos) + 1 : state.pos].strip():
        return False
    match = _DEFINITION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(DEFINITION, "", 0)
        token.content, token.info = match.group(1).strip(), match.group(2).strip()
    state.pos = match.end()
    return True
