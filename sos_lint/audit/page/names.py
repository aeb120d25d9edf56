"""What the page calls things, and how it writes figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sos_lint.audit.counts import NOBODY
from sos_lint.audit.figures import Interval
from sos_lint.audit.summary import RATE, SHARE
from sos_lint.kinds import Kind
from sos_lint.reporters.names import counted_kind

_PARTS = {
    "behaviour": "What was done",
    "frequency": "How often",
    "worst": "The worst time",
    "impact": "What it was like for the child",
}
_KINDS = {kind.value: kind for kind in Kind}


class Names:
    """What lines are called: a rule by its title, a kind as people call it, a part by its question."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def of(self, name: str, nobody: str) -> str:
        """The name of a line; `nobody` where it has none."""
        if name == NOBODY:
            return nobody
        if name in _KINDS:
            return _begun(counted_kind(0, _KINDS[name]).partition(" ")[2])
        return _begun(self._titles.get(name, "")) or _PARTS.get(name) or name

    @staticmethod
    def figure(value: float, unit: str) -> str:
        """A figure as people read it."""
        if math.isinf(value):
            return "any number"
        if unit == SHARE:
            return f"{100 * value:.0f}%"
        if unit == RATE:
            return f"{value:.1f}" if 1 <= value < 100 else f"{value:.2f}" if value < 1 else f"{value:,.0f}"
        return f"{value:.2f}"

    def interval(self, value: Interval, unit: str) -> str:
        """A figure, and between what it could lie."""
        low, middle, high = (self.figure(one, unit) for one in value)
        return f"{middle} ({low} to {high})"


def _begun(words: str) -> str:
    """Words as they stand where a line begins."""
    return words[:1].upper() + words[1:]
