"""Breaks words into lines and finds what to underline, measured in the columns of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sos_lint.text import Range

_WORD = re.compile("[^ ]+")  # a no-break space is part of a word
_SINGLE = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2500-\u25fc\u2610\u2713]*")  # one column each


def is_single(text: str) -> bool:
    """True when each sign of a text takes one column."""
    return (text.isascii() and text.isprintable()) or _SINGLE.fullmatch(text) is not None


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if is_single(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int) -> tuple[Range, ...]:
    """The lines of a text, none wider than `width` columns; a word that is wider alone is cut."""
    if is_single(text):
        return _wrap_single(text, width)
    lines: list[Range] = []
    for word in _WORD.finditer(text):
        for piece in _fold(text, Range(*word.span()), width):
            if lines and columns_of(text[lines[-1].start : piece.end]) <= width:
                lines[-1] = Range(lines[-1].start, piece.end)
            else:
                lines.append(piece)
    return tuple(lines)


def _wrap_single(text: str, width: int) -> tuple[Range, ...]:
    """The same for a text each of whose signs takes one column."""
    lines: list[Range] = []
    here, end = _without_spaces(text, 0, len(text))
    while here < end:
        last = here + width
        if last < end:
            space = text.rfind(" ", here, last + 1)
            last = last if space < 0 else space  # else a word that is wider than the line is cut
        else:
            last = end
        lines.append(Range(here, _without_spaces(text, here, last)[1]))
        here = _without_spaces(text, last, end)[0]
    return tuple(lines)


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """The same run of a text without the spaces at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end


def _fold(text: str, word: Range, width: int) -> Iterator[Range]:
    if columns_of(word.of(text)) <= width:
        yield word
        return
    start = word.start
    for i in range(word.start + 1, word.end):
        # What takes no column (an accent, a joiner) stays with the letter before it.
        if columns_of(text[i]) and columns_of(text[start : i + 1]) > width:
            yield Range(start, i)
            start = i
    yield Range(start, word.end)


def underline(text: str, line: Range, mark: Range, sign: str) -> str:
    """The row below a line that underlines the marked words in it; empty when none of them are."""
    start, end = max(line.start, mark.start), min(line.end, mark.end)
    if start >= end:
        return ""
    return " " * columns_of(text[line.start : start]) + sign * max(1, columns_of(text[start:end]))


def trim(text: str, mark: Range, columns: int, ellipsis: str) -> tuple[str, Range]:
    """The text around the mark in about so many columns, cut between words; and where the mark now is.

    Where one side of the mark is short, the other side gets its room.
    """
    if columns_of(text) <= columns:
        return text, mark
    marked = mark.of(text)
    mark = Range(mark.start, mark.start + _fitting(marked, columns))
    before, after = text[: mark.start], text[mark.end :]
    room = columns - columns_of(mark.of(text))
    half = room // 2
    start = mark.start - _fitting(before[::-1], max(half, room - columns_of(after)))
    end = mark.end + _fitting(after, max(half, room - columns_of(before)))
    start, end = _between_words(text, start, end, mark)
    lead = f"{ellipsis} " if start else ""
    tail = f" {ellipsis}" if end < len(text) else ""
    shift = len(lead) - start
    return lead + text[start:end] + tail, mark.moved(shift)


def _fitting(text: str, columns: int) -> int:
    """How many characters from the start of the text fit."""
    if is_single(text):
        return max(0, min(len(text), columns))
    # Measured as a whole: signs that are joined take less room than each alone.
    too_long = (count for count in range(len(text)) if columns_of(text[: count + 1]) > columns)
    return next(too_long, len(text))


def _between_words(text: str, start: int, end: int, mark: Range) -> tuple[int, int]:
    """The same cut, moved towards the mark to where a word starts and where one ends."""
    if 0 < start < mark.start and text[start - 1] != " ":
        start = text.find(" ", start, mark.start) + 1 or start
    if mark.end < end < len(text) and text[end] != " ":
        space = text.rfind(" ", mark.end, end)
        end = end if space < 0 else space
    return start, end
