"""Says what changed between two periods of one audit, or between two audits, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sos_lint.audit.counts import Between, Counts, count, merged
from sos_lint.audit.figures import (
    Interval,
    Sums,
    among,
    change,
    design_effect,
    dispersion,
    rate,
    share,
    share_change,
    total,
)
from sos_lint.audit.page.names import Names
from sos_lint.audit.suppression import is_small
from sos_lint.errors import BadOption
from sos_lint.kinds import Kind
from sos_lint.readers import shown
from sos_lint.reporters.names import counted

_ENOUGH = 20  # places of a rule, in both together, from which it is asked whether it changed
_LINES = 15  # rules that are told of those that fell, and of those that rose
_Side = tuple[Path, Between]


def compared(first: _Side, second: _Side, threshold: int) -> Iterator[str]:
    """Lines that say what changed from the first to the second; raises BadOption where one has no notes."""
    before, after = count(first[0], between=first[1]), count(second[0], between=second[1])
    for (folder, _), counts in ((first, before), (second, after)):
        if is_small(counts.whole.notes, threshold) or not counts.whole.words:
            raise BadOption(shown(str(folder)), "there are too few notes to compare.", "Choose other days.")
    yield from _wholes(before, after)
    yield from _shares(before, after, threshold)
    yield from _rates(
        "By kind", merged(before.kinds), merged(after.kinds), before, after, threshold, all_=True
    )
    yield from _groups(before, after, threshold)
    rules = _rates("Terms", merged(before.rules), merged(after.rules), before, after, threshold, all_=False)
    yield from rules


def _wholes(before: Counts, after: Counts) -> Iterator[str]:
    spread = _spread(before, after)
    for name, counts in (("Before", before), ("After", after)):
        value = rate(counts.whole, spread)
        if value is not None:
            notes = counted(counts.whole.notes, "note", "notes")
            yield f"{name}: {notes}, {_rate(value)} places to make clearer in 1,000 words."
    times = change(before.whole, after.whole, spread)
    if times is not None:
        yield f"All in all: {_said(times)}."


def _spread(before: Counts, after: Counts) -> float:
    return dispersion([*before.found.values(), *after.found.values()])


def _shares(before: Counts, after: Counts, threshold: int) -> Iterator[str]:
    one, two = total(before.told.values()), total(after.told.values())
    if any(is_small(n, threshold) for pile in (one, two) for n in (pile.found, pile.words - pile.found)):
        return
    spread = design_effect([*before.told.values(), *after.told.values()])
    shares, by = [share(pile, spread) for pile in (one, two)], share_change(one, two, spread)
    if by is not None and shares[0] is not None and shares[1] is not None:
        first, second = (f"{100 * value.value:.0f}%" for value in shares if value is not None)
        certain = "" if by.low > 0 or by.high < 0 else "; that may be chance"
        between = f"{100 * by.low:+.0f} to {100 * by.high:+.0f} points"
        yield f"Broad terms told in full: {first} before, {second} after ({between}{certain})."


def _groups(before: Counts, after: Counts, threshold: int) -> Iterator[str]:
    one, two = before.by_group(), after.by_group()
    both = {name: (one[name], two[name]) for name in one if name in two and name}
    yield from _told("By team", both, dict.fromkeys(both, _spread(before, after)), threshold, all_=True)


def _rates(
    title: str,
    one: Mapping[str, Sums],
    two: Mapping[str, Sums],
    before: Counts,
    after: Counts,
    threshold: int,
    *,
    all_: bool,
) -> Iterator[str]:
    """What changed in each kind or rule. Where nothing was found of it, the words still count."""
    none, nothing = (counts.whole._replace(found=0, xx=0, xw=0) for counts in (before, after))
    both = {name: (one.get(name, none), two.get(name, nothing)) for name in sorted({*one, *two})}
    spreads = {name: dispersion(piles) for name, piles in both.items()}
    yield from _told(title, both, spreads, threshold, all_=all_)


def _told(
    title: str,
    both: Mapping[str, tuple[Sums, Sums]],
    spreads: Mapping[str, float],
    threshold: int,
    *,
    all_: bool,
) -> Iterator[str]:
    """A line for each, certain changes first where not `all_` are told. Together the intervals hold."""
    if not all_:
        both = {name: pair for name, pair in both.items() if pair[0].found + pair[1].found >= _ENOUGH}
    if not both:
        return
    names, level, told, small = Names({}), among(len(both)), [], 0
    for name, (one, two) in both.items():
        if any(is_small(n, threshold) for pile in (one, two) for n in (pile.found, pile.notes)):
            small += 1
            continue
        times = change(one, two, spreads[name], level)
        if times is not None and (all_ or times.high < 1 or times.low > 1):
            told.append((times.value, f"  {_name(names, name)}: {_said(times)}"))
    told.sort()
    lines = [line for _, line in told]
    if not all_ and len(lines) > 2 * _LINES:
        lines = [*lines[:_LINES], "  …", *lines[-_LINES:]]
    yield ""
    yield f"{title}, of {counted(len(both), 'compared', 'compared')}:"
    yield from lines or ["  nothing changed by more than chance."]
    if small:
        yield f"  {counted(small, 'is', 'are')} kept back, as there are few of them."


def _name(names: Names, name: str) -> str:
    return names.of(name, "") if name in {kind.value for kind in Kind} else shown(name)


def _said(times: Interval) -> str:
    """A change in plain words, with its interval."""
    figures = f"{times.value:.2f} times as many, between {times.low:.2f} and {times.high:.2f}"
    if times.high < 1:
        return f"fewer ({figures})"
    return f"more ({figures})" if times.low > 1 else f"no certain change ({figures})"


def _rate(value: Interval) -> str:
    return f"{value.value:.1f} ({value.low:.1f} to {value.high:.1f})"
