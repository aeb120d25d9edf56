"""The end of the page: what could not be read, the counts, and one sentence that says it all."""

from __future__ import annotations

import re

from rich.text import Text

from sos_lint.report import FAMILIES_READ_AT, Failure, Readability, Report
from sos_lint.reporters import tally
from sos_lint.reporters.names import counted, counted_kind, kind_name
from sos_lint.reporters.to_terminal.page import Page

_GAP = "  "
_LINE = re.compile(r":\d+\Z")


def write_failure(page: Page, path: str, failure: Failure, *, one_line: bool = False) -> None:
    """A file that could not be read, why, and how to mend it; below the path what has no room beside it."""
    where = page.text(f"{path}:", "bold")
    message = page.prose(f" {failure.message}")
    hint = page.prose(f" {failure.hint}" if failure.hint else "")
    room = page.width - where.cell_len - message.cell_len
    if one_line or hint.cell_len <= room:
        page.put(where, message, hint)
    elif room >= 0:
        page.put(where, message)
        page.write(hint)
    else:
        page.put(where)
        page.write(message, hint)


def write_summary(page: Page, report: Report) -> None:
    """The counts of each kind where there are several, then what they come to in words."""
    if len(tally.by_kind(report)) > 1:
        _write_counts(page, report)
        page.put()
    for sentence, style in ((_outcome(report), "bold"), (_aside(report), ""), (_unread(report), "")):
        page.write(page.text(sentence, style), indent=0)


def _write_counts(page: Page, report: Report) -> None:
    kinds = tally.by_kind(report)
    severities = sorted({finding.severity for finding in report.findings}, reverse=True)
    rows = [[kind_name(kind), *(f"{counts[s] or '·'}" for s in severities)] for kind, counts in kinds.items()]
    _write_table(page, ["", *(severity.label for severity in severities)], rows)


def write_statistics(page: Page, report: Report) -> None:
    """Findings by rule, and how many there are to the words read."""
    rules = tally.by_rule(report)
    if rules:
        _write_table(page, ["rule", "findings"], [[rule, f"{count:,}"] for rule, count in rules.items()])
        page.put()
    rate = tally.per_thousand_words(report)
    per = "" if rate is None else f": {rate:,} findings per 1,000 words"
    page.write(page.text(f"{counted(tally.words(report), 'word', 'words')} read{per}."), indent=0)


def write_readability(page: Page, report: Report) -> None:
    """How hard the documents are to read: each of several, then all of them in words."""
    measured = [(file.path, file.readability) for file in report.files if file.readability]
    if len(measured) > 1:
        rows = [
            [path, *(f"{'·' if n is None else n}" for n in (told.mean_sentence_length, told.reading_age))]
            for path, told in measured
        ]
        _write_table(page, ["", "words a sentence", "reading age"], rows)
        page.put()
    total = tally.readability(report)
    if total.sentences:
        page.write(page.text(_readable(total)), indent=0)


def _readable(told: Readability) -> str:
    low, high = FAMILIES_READ_AT
    age = (
        f"Reading age about {told.reading_age}; aim for {low} to {high}."
        if told.reading_age is not None
        else f"Too short to tell a reading age; aim for {low} to {high}."
    )
    long = counted(told.long_sentences, "sentence is", "sentences are")
    return f"{age} {told.mean_sentence_length} words a sentence; {long} over 25 words."


def _write_table(page: Page, head: list[str], rows: list[list[str]]) -> None:
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


def _outcome(report: Report) -> str:
    findings = report.findings
    if findings:
        kinds = [counted_kind(counts.total(), kind) for kind, counts in tally.by_kind(report).items()]
        places = counted(len(findings), "place", "places")
        files = counted(sum(1 for file in report.files if file.findings), "file", "files")
        return f"{places} to make clearer in {files}: {', '.join(kinds)}."
    read = len(report.files) - len(report.failures)
    if read and report.aside is not None and report.aside.old:
        return f"Nothing new to ask in {counted(read, 'file', 'files')}."
    if read:
        return f"Nothing to ask: {counted(read, 'file reads', 'files read')} clearly."
    return "" if report.failures else "No file was read."


def _aside(report: Report) -> str:
    """What the baseline sets aside, and how much of it is mended."""
    if report.aside is None:
        return ""
    old, gone = report.aside
    told = f"{counted(old, 'old place is', 'old places are')} set aside." if old else ""
    mended = f"{gone:,} of the old places {'is' if gone == 1 else 'are'} gone: `sos-lint baseline prune`."
    return f"{told} {mended if gone else ''}".strip()


def _unread(report: Report) -> str:
    files = {_LINE.sub("", file.path) for file in report.failures}  # a pack may have several faults
    return f"{counted(len(files), 'file', 'files')} could not be read." if files else ""
