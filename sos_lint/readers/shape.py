"""What the shape of plain lines says: list items, labels, questions, headings.

The same words must read the same in every format, so whatever is not said by markup is decided here,
for all readers. A paragraph comes as its lines (line ends in text, soft and hard breaks in Markdown,
`w:br` in Word) and leaves as chunks, each of which becomes one block.

The rules, for a line that follows another in its paragraph:

1. A line that opens with a list marker ("- ", "• ", "2. ", "a) ", "☐ ") begins a list item, one that opens
   with "# " is a heading, lines that open with ">" are a quotation. The marker is not part of the words. A
   number or letter does not count where the line before is long, is not itself an item's, and breaks off in
   mid-sentence ("… born in / 2019. He …").
2. A line without a letter or digit (a drawn rule) parts what stands around it. Under a single line, "---" or
   "===" makes that line a heading.
3. After a label that stands alone ("Danger statement:") or a whole question ("What needs to happen?"), a new
   block begins.
4. Under a "Label: value" line, another one begins a new block. Else a line that begins with a small letter
   or with closing punctuation goes on with the line before, as does one after a comma or dash, and one after
   a full line that breaks off in mid-sentence. A line is full when it has 45 characters and the next word
   would have made it the longest of its paragraph.
5. Else a "Label: value" line, a label alone, or a whole question begins a new block.
6. Else a line after one of more than 120 characters begins a new block: nobody wraps by hand at that width,
   so each line is a paragraph, as when Word saves plain text.
7. Else a line after the end of a sentence goes on (words near each other explain each other), and a line
   after a short one that ends without a stop begins a new block (titles, addresses, "Name: Tom").

"Label: value" on one line stays one block: "Neglect: on four mornings in May …" must not lose what explains
it. A paragraph that is nothing but a short line may be a heading: see `looks_like_heading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sos_lint.document import BlockKind

SHAPE_LEVEL = 6  # a heading known only by its shape stands below every heading that markup names
_LONG, _WIDEST = 45, 120
_LABEL_WORDS, _VALUE_LABEL_WORDS, _QUESTION_WORDS, _HEADING_WORDS, _CELL_WORDS = 8, 5, 12, 6, 5

_BLANKS = (  # what `_BLANK` matches, as characters
    "\x09\x0a\x0b\x0c\x0d\x1c\x1d\x1e\x1f \x85\xa0\xad"
    "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_BLANK = "[\\s\u00ad\u200b-\u200f\u2060\ufeff]*"
_SIGNS = "-*+•◦▪▫‣⁃·●○■□–☐☑☒✓✔➢"  # that open an item of a list
_OPENERS = (*_SIGNS, "o", "1", "\uf0b7", "\uf0a7")
_NUMBERED = 12  # characters within which a number or letter of a list has its stop
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TICK_BOX)
_TICK = re.compile("[□■☐☑☒✓✔]")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_WORDS = re.compile(r"[^\W_]")
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_OPEN_END = re.compile(r"[,(\[–—-]$")
_GOES_ON = re.compile(r"[\"'“‘(\[]*[a-z]|[,;:.!?)\]%&/–—-]")
_SPEECH = {"said", "says", "asked", "told", "replied", "added", "stated", "reported", "shouted", "wrote"}
_INNER_STOP = re.compile(r"[.!?;:][\"'”’)\]]*\s")
_CAPITAL = re.compile(r"[\"'“‘(\[]*[A-Z0-9]")


# Expressions that a short text seldom meets are compiled when it does.
@cache
def _quote() -> re.Pattern[str]:
    """The marks of a quotation."""
    return re.compile(rf"{_BLANK}(?:>[ \t]?)+")


@cache
def _hashes() -> re.Pattern[str]:
    """The marks of a heading."""
    return re.compile(rf"{_BLANK}(#{{1,6}})(?:\s+|$)")


@cache
def _bullet() -> re.Pattern[str]:
    """The sign of an item of a list."""
    return re.compile(rf"{_BLANK}(?:[{_SIGNS}]|o(?=\t)|\uf0b7|\uf0a7|1[.)])(?:\s+|$)")


@cache
def _number() -> re.Pattern[str]:
    """The number or letter of an item of a list."""
    return re.compile(
        rf"{_BLANK}(?:\(?(?:\d{{1,9}}|[a-zA-Z]|[ivx]{{1,4}})\)|(?:\d{{1,9}}|[a-z]|[ivx]{{1,4}})\.)(?:\s+|$)"
    )


@cache
def _asks() -> re.Pattern[str]:
    """How a question begins."""
    return re.compile(
        r"(?:what|who|whose|where|when|why|which|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)"
        r"(?:['’](?:s|re|ll|d|ve))?\b",
        re.IGNORECASE,
    )


@cache
def _finite() -> re.Pattern[str]:
    """Words that make a short line a sentence: Mum is tired, they hit Tom."""
    return re.compile(
        r"\b(?:is|are|was|were|am|be|been|has|have|had|will|would|can|could|should|must|may|might|does|do|did|said|says|told"
        r"|went|came|saw|hit|hits|got|left|made|took|gave|felt|seen|i|he|she|they|we|it|you|there)\b|n['’]t\b|['’](?:m|ve|ll|re)\b",
        re.IGNORECASE,
    )


@cache
def _past() -> re.Pattern[str]:
    """A verb in the past, most likely."""
    return re.compile(r"\s(?!need|indeed|shed\b|speed|breed|seed)[a-z]{3,}ed\b")


class Chunk(NamedTuple):
    """Lines that make one block: each by its number, with the characters to leave out at its start.

    `alone`: nothing else stands in its paragraph, so that it may be a heading if other words follow.
    """

    kind: BlockKind
    level: int
    lines: tuple[tuple[int, int], ...]
    alone: bool


class _Line(NamedTuple):
    number: int
    cut: int
    words: str
    opens: BlockKind | None = None
    level: int = 0


def split(lines: Sequence[str], opens: BlockKind | None = None, level: int = 0) -> list[Chunk]:
    """The blocks in the lines of one paragraph. `opens` is what markup says the first line begins."""
    return [chunk for run in _runs(lines, opens, level) for chunk in _chunks(run)]


def looks_like_heading(words: str) -> bool:
    """True for a short line without the look of a sentence, a label alone, or a whole question."""
    if is_label(words) or is_question(words):
        return True
    count = len(words.split())
    stops = _ENDED.search(words) or _OPEN_END.search(words) or _INNER_STOP.search(words)
    if stops or not _CAPITAL.match(words):
        return False
    if _asks().match(words):  # "What we are worried about"
        return count <= _LABEL_WORDS and count > 1
    if _is_title(words):
        return count <= _LABEL_WORDS
    return count <= _HEADING_WORDS and not _finite().search(words) and not _past().search(words)


def is_label(words: str) -> bool:
    """True for a label that stands alone: "Name of child:"."""
    return (
        words.endswith(":")
        and len(words.split()) <= _LABEL_WORDS
        and bool(_CAPITAL.match(words))
        and not _INNER_STOP.search(words)
        and words[:-1].rpartition(" ")[2].lower() not in _SPEECH
    )


def is_question(words: str) -> bool:
    """True for one whole, short question that begins as questions do."""
    return (
        words.endswith("?")
        and 1 < len(words.split()) <= _QUESTION_WORDS
        and bool(_asks().match(words))
        and words[:1].isupper()
        and not _INNER_STOP.search(words)
    )


def is_cell_label(words: str, *, header: bool, first_of_two: bool) -> bool:
    """True for the words of a cell that name what stands below or beside it.

    `header`: the cell stands in the first row; `first_of_two`: it is the first of the two cells of its row.
    """
    if not (header or first_of_two):
        return False
    if is_label(words) or is_question(words):
        return True
    short = len(words.split()) <= _CELL_WORDS and words[:1].isupper() and not _ENDED.search(words)
    return short and not _finite().search(words)


def has_words(words: str) -> bool:
    """True where there is a letter or digit."""
    return bool(_WORDS.search(words))


def _is_title(words: str) -> bool:
    """True where every long word has a capital: "Your Questions Answered"."""
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _runs(lines: Sequence[str], opens: BlockKind | None, level: int) -> list[list[_Line]]:
    """The lines, parted where a marker or a drawn rule stands."""
    runs: list[list[_Line]] = []
    parted = True
    for number, raw in enumerate(lines):
        last = runs[-1] if runs else None
        if not has_words(raw):
            if last and len(last) == 1 and last[0].opens is None and not parted and _UNDERLINE.fullmatch(raw):
                last[0] = _Line(last[0].number, last[0].cut, last[0].words, BlockKind.HEADING, SHAPE_LEVEL)
            parted = True
            continue
        prose = last is not None and not parted and last[0].opens not in _ITEMS
        line = _read(number, raw, last[-1].words if last and prose else "")
        if number == 0 and opens is not None:
            cut = _after_checkbox(raw, 0)
            kind = BlockKind.TICK_BOX if cut and opens is BlockKind.LIST_ITEM else opens
            line = _Line(0, cut, _tidy(raw[cut:]), kind, level)
        inside = last[0].opens if last else None
        quoted = line.opens is inside is BlockKind.QUOTATION
        over = inside is BlockKind.HEADING
        if last is None or parted or over or (line.opens is not None and not quoted):
            runs.append([line])
        else:
            last.append(line)
        parted = False
    return runs


def _read(number: int, raw: str, before: str) -> _Line:
    head = raw.lstrip(_BLANKS)[:_NUMBERED]
    if head.startswith("#") and (match := _hashes().match(raw)):
        return _Line(number, match.end(), _tidy(raw[match.end() :]), BlockKind.HEADING, len(match.group(1)))
    if head.startswith(">") and (match := _quote().match(raw)):
        return _Line(number, match.end(), _tidy(raw[match.end() :]), BlockKind.QUOTATION)
    match = _bullet().match(raw) if head.startswith(_OPENERS) else None
    numbered = "." in head or ")" in head
    if not match and numbered and not (len(before) >= _LONG and not _ENDED.search(before)):
        match = _number().match(raw)
    if match:
        cut = _after_checkbox(raw, match.end())
        ticked = cut > match.end() or _TICK.search(match.group())
        return _Line(number, cut, _tidy(raw[cut:]), BlockKind.TICK_BOX if ticked else BlockKind.LIST_ITEM, 1)
    return _Line(number, 0, _tidy(raw))


def _after_checkbox(raw: str, start: int) -> int:
    match = _CHECKBOX.match(raw, start)
    return match.end() if match else start


def _chunks(run: list[_Line]) -> list[Chunk]:
    width = max(len(line.words) for line in run)
    groups: list[list[_Line]] = [[run[0]]]
    for line in run[1:]:
        if _begins_block(groups[-1], line.words, width):
            groups.append([line])
        else:
            groups[-1].append(line)
    chunks = []
    for i, group in enumerate(groups):
        kind, level = _kind(run[0], group, last=i == len(groups) - 1)
        alone = len(groups) == 1 and kind is BlockKind.PARAGRAPH
        chunks.append(Chunk(kind, level, tuple((line.number, line.cut) for line in group), alone))
    return chunks


def _kind(opener: _Line, group: list[_Line], *, last: bool) -> tuple[BlockKind, int]:
    if opener.opens is BlockKind.QUOTATION:
        return opener.opens, 0
    if group[0].opens is not None:
        return group[0].opens, group[0].level
    if not last and len(group) == 1 and (is_label(group[0].words) or is_question(group[0].words)):
        return BlockKind.FORM_LABEL, 0
    return BlockKind.PARAGRAPH, 0


def _begins_block(group: list[_Line], words: str, width: int) -> bool:
    """Rules 3 to 7 of the module."""
    before = group[-1].words
    goes_on = bool(_GOES_ON.match(words))
    if len(group) == 1 and (is_label(before) or (is_question(before) and not goes_on)):
        return True
    if _has_label(group[0].words) and _has_label(words):
        return True
    ended = bool(_ENDED.search(before))
    full = len(before) >= _LONG and len(before) + 1 + len(words.split(maxsplit=1)[0]) > width
    if goes_on or _OPEN_END.search(before) or (full and not ended):
        return False
    if _has_label(words) or is_label(words) or is_question(words) or len(before) > _WIDEST:
        return True
    return not ended


def _has_label(words: str) -> bool:
    """True for "Label: value"."""
    label, colon, value = words.partition(": ")
    return bool(colon and value) and len(label.split()) <= _VALUE_LABEL_WORDS and is_label(label + ":")


def _tidy(raw: str) -> str:
    if raw.isascii():
        return " ".join(raw.split())
    return " ".join(re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", raw).split())
