"""A text with plain line ends, as parsers read it, and the way from there back to its source."""

from __future__ import annotations

import re
from bisect import bisect_left

_LINE_END = re.compile(r"\r\n?|\n")


class PlainLines:
    """`text` is the source with every line end as a line feed."""

    def __init__(self, source: str) -> None:
        self.text = _LINE_END.sub("\n", source)
        pairs = [match.start() for match in _LINE_END.finditer(source) if len(match.group()) == 2]
        self._returns = [start - before for before, start in enumerate(pairs)]

    def in_source(self, offset: int) -> int:
        """Where a code point of `text` stands in the source."""
        return offset + bisect_left(self._returns, offset)
