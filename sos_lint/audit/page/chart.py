"""Charts that fit any width: words are HTML, and lines are drawn in boxes that stretch.

A stroke keeps its width in a stretched box (`non-scaling-stroke`), and a line of no length with round ends is
a dot, so a telephone shows the same chart with letters of the same size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sos_lint.audit.figures import Interval
from sos_lint.audit.page.names import Names
from sos_lint.audit.page.parts import Part
from sos_lint.audit.summary import RATE, SHARE, TIMES, Line, Table
from sos_lint.reporters.to_html.tags import tag, words

_WIDE, _HIGH = 1000, 300
_EDGE = 16  # room for a dot at the ends of an axis
_MOST_TIMES = 8.0


def chart(table: Table, part: Part, names: Names) -> str:
    """The chart of a table; its figures stand below it, so to whoever reads aloud it is one picture."""
    drawn = _over_time(table, names) if table.over_time else _in_rows(table, part, names)
    label = f"Chart: {part.title}. The figures follow it."
    return tag("figure", drawn, role="img", aria_label=label)


def _over_time(table: Table, names: Names) -> str:
    lines = [line for line in table.lines if line.name]
    top = _top(table)
    steps = max(1, len(lines) - 1)
    places = [_EDGE + (_WIDE - 2 * _EDGE) * number / steps for number in range(len(lines))]

    def y(value: float) -> str:
        return f"{_HIGH - _EDGE - (_HIGH - 2 * _EDGE) * min(value, top) / top:.1f}"

    shown = [(x, line) for x, line in zip(places, lines, strict=True)]
    drawn = [_path("grid", f"M0 {y(top * part)}H{_WIDE}") for part in (0.0, 0.5, 1.0)]
    for run in _runs(shown):
        upper = [f"{x:.1f} {y(value.high)}" for x, value in run]
        lower = [f"{x:.1f} {y(value.low)}" for x, value in reversed(run)]
        if len(run) > 1:
            drawn.append(_path("band", f"M{'L'.join([*upper, *lower])}Z"))
            drawn.append(_path("line", "M" + "L".join(f"{x:.1f} {y(value.value)}" for x, value in run)))
        else:
            drawn += [_path("reach", f"M{x:.1f} {y(value.low)}V{y(value.high)}") for x, value in run]
    for x, line in shown:
        if line.value is not None:
            title = f"{line.name}: {names.interval(line.value, table.unit)}"
            drawn.append(_path("dot", f"M{x:.1f} {y(line.value.value)}h0", title))
    upright = tag("div", *_ticks([top, top / 2, 0], table.unit), class_="upright")
    middle = [lines[len(lines) // 2]] if len(lines) > 2 else []
    ends = [lines[0], *middle, lines[-1]] if len(lines) > 1 else lines
    along = tag("div", *(tag("span", words(line.name)) for line in ends), class_="along")
    return tag("div", upright, _box(drawn, _HIGH, "plot"), along, class_="over-time")


def _runs(shown: Sequence[tuple[float, Line]]) -> list[list[tuple[float, Interval]]]:
    """The stretches of periods that follow one another, without those that are kept back."""
    runs: list[list[tuple[float, Interval]]] = [[]]
    for x, line in shown:
        if line.value is None:
            runs.append([])
        else:
            runs[-1].append((x, line.value))
    return [run for run in runs if run]


def _in_rows(table: Table, part: Part, names: Names) -> str:
    top = _top(table)

    def x(value: float) -> float:
        if table.unit == TIMES:
            value = min(max(value, 1 / top), top)
            along = (math.log(value) / math.log(top) + 1) / 2
        else:
            along = min(value, top) / top
        return _EDGE + (_WIDE - 2 * _EDGE) * along

    marks = [1.0] if table.unit == TIMES else [table.whole.value] if table.whole else []
    upright = [_path("whole", f"M{x(value):.1f} 0V20") for value in marks]
    rows = []
    for line in table.lines:
        id = tag("small", words(line.name)) if "/" in line.name and part.what == "Rule" else ""
        name = tag("span", words(names.of(line.name, part.nobody)), " " if id else "", id, class_="name")
        if line.value is None:
            said = tag("span", "kept back" if line.kept_back else "–", class_="said quiet")
            rows.append(tag("div", name, _box(upright, 20, "strip"), said, class_="row"))
            continue
        low, value, high = map(x, line.value)
        drawn = [*upright, _path("reach", f"M{low:.1f} 10H{high:.1f}"), _path("dot", f"M{value:.1f} 10h0")]
        stands_out = line.verdict.startswith(("fewer", "more"))
        said = tag("span", words(names.interval(line.value, table.unit)), class_="said")
        kind = "row stands-out" if stands_out else "row"
        rows.append(tag("div", name, _box(drawn, 20, "strip"), said, class_=kind))
    ends = [1 / top, 1.0, top] if table.unit == TIMES else [0, top / 2, top]
    axis = tag("div", *_ticks(ends, table.unit), class_="along")
    return tag("div", *rows, tag("div", axis, class_="row axis"), class_="rows")


def _top(table: Table) -> float:
    """Where the axis ends: at a round figure past what is shown; a line that reaches further is cut off."""
    values = [line.value for line in table.lines if line.value is not None]
    if table.unit == TIMES:
        reach = [abs(math.log(one)) for value in values for one in value if 0 < one < math.inf]
        return min(_MOST_TIMES, max(2.0, math.ceil(math.exp(max(reach, default=0.0)))))
    most = max((value.value for value in values), default=0.0)
    highest = max((min(value.high, 2 * most) for value in values), default=0.0)
    if table.unit == SHARE:
        return 1.0 if highest > 0.5 else _round_up(highest) or 0.1
    return _round_up(highest) or 1.0


def _round_up(value: float) -> float:
    if value <= 0:
        return 0.0
    power: float = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


def _ticks(values: Sequence[float], unit: str) -> list[str]:
    return [tag("span", words(_tick(value, unit))) for value in values]


def _tick(value: float, unit: str) -> str:
    if unit == RATE:
        return f"{value:g}"
    if unit == SHARE:
        return f"{100 * value:g}%"
    if value == 1:
        return "as many"
    return f"{value:g} times" if value > 1 else f"1/{round(1 / value)}"


def _box(drawn: Sequence[str], high: int, kind: str) -> str:
    inner = "".join(drawn)
    size = f'viewBox="0 0 {_WIDE} {high}" preserveAspectRatio="none"'
    return f'<svg class="{kind}" {size} aria-hidden="true" focusable="false">{inner}</svg>'


def _path(kind: str, d: str, title: str = "") -> str:
    inner = tag("title", words(title)) if title else ""
    return f'<path class="{kind}" d="{d}">{inner}</path>'
