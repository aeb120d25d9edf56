"""The figures behind a chart, as a table that can be read aloud, copied and printed."""

from __future__ import annotations

from sos_lint.audit.page.names import Names
from sos_lint.audit.page.parts import Part
from sos_lint.audit.summary import RATE, SHARE, Line, Table
from sos_lint.reporters.to_html.tags import tag, words

_UNITS = {RATE: "In 1,000 words", SHARE: "Share"}


def figures(table: Table, part: Part, names: Names) -> str:
    """Every line of a table with its counts, and the interval of its figure."""
    verdicts = any(line.verdict for line in table.lines)
    heads = [part.what, "Notes", part.of, part.found, _UNITS.get(table.unit, "Times as many"), "From", "To"]
    heads += ["That is"] if verdicts else []
    head = tag("tr", *(tag("th", words(name), scope="col") for name in heads))
    rows = [_row(line, table, part, names, verdicts=verdicts) for line in table.lines]
    inner = tag("table", tag("thead", head), tag("tbody", *rows))
    label = f"{part.title}: the figures"
    return tag("div", inner, class_="scrolls", role="region", aria_label=label, tabindex="0")


def _row(line: Line, table: Table, part: Part, names: Names, *, verdicts: bool) -> str:
    name = names.of(line.name, part.nobody)
    shown = f"{name} ({line.name})" if part.what == "Rule" else name
    counts = ["kept back" if one is None else f"{one:,}" for one in (line.notes, line.of, line.found)]
    low, value, high = ("–",) * 3
    if line.value is not None:
        low, value, high = (names.figure(one, table.unit) for one in line.value)
    cells = [*counts, value, low, high, *([line.verdict or "–"] if verdicts else [])]
    return tag("tr", tag("th", words(shown), scope="row"), *(tag("td", words(cell)) for cell in cells))
