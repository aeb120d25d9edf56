"""The end of the page: what could not be read, the counts, and one sentence that says it all."""

from __future__ import annotations

from rich.text import Text

from sos_lint.finding import Failure, Report, Severity
from sos_lint.reporters import tally
from sos_lint.reporters.to_terminal.names import counted, counted_kind, kind_name
from sos_lint.reporters.to_terminal.page import Page

_GAP = "  "


def write_failure(page: Page, path: str, failure: Failure) -> None:
    """One line for a file that could not be read; the hint below it where the line has no room."""
    line = (page.text(f"{path}: ", "bold"), page.prose(failure.message))
    hint = page.prose(failure.hint)
    if sum(piece.cell_len for piece in line) + 1 + hint.cell_len <= page.measure:
        page.put(*line, Text(" "), hint)
    else:
        page.put(*line)
        page.write(hint)


def write_summary(page: Page, report: Report) -> None:
    """The counts of each kind where there are several, then the sentence."""
    kinds = tally.by_kind(report)
    if len(kinds) > 1:
        severities = [
            s for s in sorted(Severity, reverse=True) if any(counts[s] for counts in kinds.values())
        ]
        rows = [
            [kind_name(kind), *(f"{counts[s] or '·'}" for s in severities)] for kind, counts in kinds.items()
        ]
        write_table(page, ["", *(s.label for s in severities)], rows)
        page.put()
    page.write(page.text(_sentence(report), "bold"), indent=0)
    if report.failures:
        page.write(
            page.text(f"{counted(len(report.failures), 'file', 'files')} could not be read."), indent=0
        )


def write_statistics(page: Page, report: Report) -> None:
    """Findings by rule, and how many there are to the words read."""
    rules = tally.by_rule(report)
    if rules:
        write_table(page, ["rule", "findings"], [[rule, f"{count:,}"] for rule, count in rules.items()])
        page.put()
    rate = tally.per_thousand_words(report)
    per = "" if rate is None else f", {rate:,} findings per 1,000 words"
    page.write(page.text(f"{counted(tally.words(report), 'word', 'words')} read{per}."), indent=0)


def write_table(page: Page, head: list[str], rows: list[list[str]]) -> None:
    """Names to the left, numbers to the right, each column as wide as it needs."""
    widths = [max(page.text(cell).cell_len for cell in column) for column in zip(head, *rows, strict=True)]
    for row, style in ((head, "dim"), *((row, "") for row in rows)):
        cells = [page.text(cell, style) for cell in row]
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            space = width - cell.cell_len
            if i:
                cell.pad_left(space)
            else:
                cell.pad_right(space)
        page.put(Text(_GAP), Text(_GAP).join(cells))


def _sentence(report: Report) -> str:
    findings = report.findings
    read = len(report.files) - len(report.failures)
    if findings:
        kinds = ", ".join(
            counted_kind(counts.total(), kind) for kind, counts in tally.by_kind(report).items()
        )
        files = sum(1 for file in report.files if file.findings)
        places = counted(len(findings), "place", "places")
        return f"{places} to make clearer in {counted(files, 'file', 'files')}: {kinds}."
    if not read:
        return "No file was read."
    return f"Nothing to ask: {counted(read, 'file reads', 'files read')} clearly."
