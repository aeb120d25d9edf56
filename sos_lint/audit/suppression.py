"""Keeps small counts back, and as many more as it takes so that nobody can work them out.

A count of three in a small team may point to three families. Hiding it alone is not enough where a total and
the other counts are shown: the difference tells it. So in each sum at least two counts are hidden, which
together come to the threshold or more. A zero is shown: it is about nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def is_small(count: int, threshold: int) -> bool:
    """True for a count that is not to be shown."""
    return 0 < count < threshold


def hidden(
    counts: Mapping[Cell, int],
    sums: Iterable[tuple[Cell, Sequence[Cell]]],
    threshold: int,
    also: Collection[Cell] = (),
    together: Collection[Sequence[Cell]] = (),
) -> frozenset[Cell]:
    """The cells to hide. Each of `sums` is a total that is shown, and the cells that add up to it.

    `also` are hidden whatever they hold. Of cells that stand `together`, all are hidden if one is.
    """
    out = {cell for cell, count in counts.items() if is_small(count, threshold)} | set(also)
    equations = [(whole, list(dict.fromkeys(parts))) for whole, parts in sums]
    changed = True
    while changed:
        changed = False
        for line in together:
            if not out.isdisjoint(line) and not out.issuperset(line):
                out.update(line)
                changed = True
        for whole, parts in equations:
            further = _further(whole, parts, counts, out, threshold)
            if further is not None:
                out.add(further)
                changed = True
    return frozenset(out)


def _further(
    whole: Cell, parts: list[Cell], counts: Mapping[Cell, int], out: set[Cell], threshold: int
) -> Cell | None:
    """One more cell to hide, so that this sum does not tell what is hidden in it; None where it does not."""
    inside = [part for part in parts if part in out]
    if whole in out:
        # What is shown must not add up to the hidden total.
        told = not inside
    else:
        come_to = sum(counts[part] for part in inside)
        told = come_to > 0 and (len(inside) < 2 or come_to < threshold)
    if not told:
        return None
    shown = [part for part in parts if part not in out and counts[part]]
    if shown:
        return min(shown, key=lambda part: (counts[part], str(part)))
    return None if whole in out else whole
