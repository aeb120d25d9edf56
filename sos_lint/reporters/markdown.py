"""Markdown as GitHub shows it: text that reads as it was written, tables, headings that links can find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SIGNS = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
_STARTS = re.compile(r"[#+=-]|:(?=-)|\d{1,9}(?=[.)])")
_MARKED = re.compile(r"\[\[(.+?)\]\]")
_GAP = re.compile(r"\s+")
_SLUG = re.compile(r"[^\w\- ]")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line, wherever in a line or a table's cell it stands."""
    plain = _SIGNS.sub(r"\\\g<0>", _GAP.sub(" ", text).strip())
    start = _STARTS.match(plain)
    if start is None:
        return plain
    number = start.group() if start.group()[0].isdigit() else ""
    return f"{number}\\{plain[len(number) :]}"


def code(text: str) -> str:
    """Text as code, for use outside tables."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence, pad = "`" * (longest + 1), " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{_GAP.sub(' ', text)}{pad}{fence}"


def example(marked: str) -> str:
    """An example's text with the words in double brackets in bold, and ↵ for the end of a line."""
    text, end = "", 0
    line = re.sub(r"\s*\n\s*", " ↵ ", marked.strip())
    for match in _MARKED.finditer(line):
        text += _piece(line[end : match.start()], starts=end == 0) + f"**{_piece(match.group(1))}**"
        end = match.end()
    return text + _piece(line[end:], starts=end == 0)


def _piece(text: str, *, starts: bool = False) -> str:
    """A part of a line: escaped, with the spaces at its ends."""
    if starts:
        return escaped(text) + (" " if text[-1:] == " " else "")
    return _SIGNS.sub(r"\\\g<0>", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; the cells are Markdown already. Columns without a word are left out."""
    filled = list(rows)
    shown = [i for i in range(len(head)) if any(row[i] for row in filled)]
    lines = [[head[i] for i in shown], ["---"] * len(shown), *([row[i] for i in shown] for row in filled)]
    return [f"| {' | '.join(cells)} |" for cells in lines]


class Headings:
    """Headings with the anchors that GitHub gives them: a second one of the same words gets a number."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def heading(self, level: int, title: str) -> tuple[str, str]:
        """A heading's line, and its anchor."""
        plain = _SLUG.sub("", title.strip().lower()).replace(" ", "-")
        again = self._given.get(plain, 0)
        self._given[plain] = again + 1
        return f"{'#' * level} {escaped(title)}", f"{plain}-{again}" if again else plain
