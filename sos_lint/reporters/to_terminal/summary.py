"""The end of the page: what could not be read, the counts, and one sentence that says it all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sos_lint.report import FAMILIES_READ_AT, Aside, Failure, Readability
from sos_lint.reporters.names import counted, counted_kind, kind_name
from sos_lint.reporters.tally import Tally
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.styled import Styled, joined

_GAP = "  "
_LINE = re.compile(r":\d+\Z")


def write_failure(page: Page, path: str, failure: Failure, *, one_line: bool = False) -> None:
    """A file that could not be read, why, and how to mend it; below the path what has no room beside it."""
    where = page.text(f"{path}:", "bold")
    message = page.prose(f" {failure.message}")
    hint = page.prose(f" {failure.hint}" if failure.hint else "")
    room = page.width - where.columns - message.columns
    if one_line or hint.columns <= room:
        page.put(where, message, hint)
    elif room >= 0:
        page.put(where, message)
        page.write(hint)
    else:
        page.put(where)
        page.write(message, hint)


def write_summary(page: Page, tally: Tally, failed: Iterable[str], aside: Aside | None) -> None:
    """The counts of each kind where there are several, then what they come to in words."""
    if len(tally.by_kind) > 1:
        _write_counts(page, tally)
        page.put()
    for sentence, style in ((_outcome(tally, aside), "bold"), (_aside(aside), ""), (_unread(failed), "")):
        page.write(page.text(sentence, style), indent=0)


def _write_counts(page: Page, tally: Tally) -> None:
    kinds, severities = tally.by_kind, tally.severities
    rows = [[kind_name(kind), *(f"{counts[s] or '·'}" for s in severities)] for kind, counts in kinds.items()]
    _write_table(page, ["", *(severity.label for severity in severities)], rows)


def write_statistics(page: Page, tally: Tally) -> None:
    """Findings by rule, and how many there are to the words read."""
    rules = tally.by_rule
    if rules:
        _write_table(page, ["rule", "findings"], [[rule, f"{count:,}"] for rule, count in rules.items()])
        page.put()
    rate = tally.per_thousand_words
    per = "" if rate is None else f": {rate:,} findings per 1,000 words"
    page.write(page.text(f"{counted(tally.words, 'word', 'words')} read{per}."), indent=0)


def write_readability(page: Page, measured: Sequence[tuple[str, Readability]], total: Readability) -> None:
    """How hard the documents are to read: each of several, then all of them in words."""
    if len(measured) > 1:
        rows = [
            [path, *(f"{'·' if n is None else n}" for n in (told.mean_sentence_length, told.reading_age))]
            for path, told in measured
        ]
        _write_table(page, ["", "words a sentence", "reading age"], rows)
        page.put()
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
    widths = [max(page.text(cell).columns for cell in column) for column in zip(head, *rows, strict=True)]
    for row, style in ((head, "dim"), *((row, "") for row in rows)):
        cells = [page.text(cell, style) for cell in row]
        spaces = [Styled(" " * (width - cell.columns)) for cell, width in zip(cells, widths, strict=True)]
        put = [
            joined((space, cell) if i else (cell, space))
            for i, (cell, space) in enumerate(zip(cells, spaces, strict=True))
        ]
        page.put(Styled(_GAP), joined(put, Styled(_GAP)))


def _outcome(tally: Tally, aside: Aside | None) -> str:
    if tally.findings:
        kinds = [counted_kind(counts.total(), kind) for kind, counts in tally.by_kind.items()]
        places = counted(tally.findings, "place", "places")
        files = counted(tally.found_in, "file", "files")
        return f"{places} to make clearer in {files}: {', '.join(kinds)}."
    read = tally.read
    if read and aside is not None and aside.old:
        return f"Nothing new to ask in {counted(read, 'file', 'files')}."
    if read:
        return f"Nothing to ask: {counted(read, 'file reads', 'files read')} clearly."
    return "" if tally.failures else "No file was read."


def _aside(aside: Aside | None) -> str:
    """What the baseline sets aside, and how much of it is mended."""
    if aside is None:
        return ""
    old, gone = aside
    told = f"{counted(old, 'old place is', 'old places are')} set aside." if old else ""
    mended = f"{gone:,} of the old places {'is' if gone == 1 else 'are'} gone: `sos-lint baseline prune`."
    return f"{told} {mended if gone else ''}".strip()


def _unread(failed: Iterable[str]) -> str:
    files = {_LINE.sub("", path) for path in failed}  # a pack may have several faults
    return f"{counted(len(files), 'file', 'files')} could not be read." if files else ""
