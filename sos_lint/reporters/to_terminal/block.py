"""One finding on the page, with its repeats: where, what, the sentence, and what would make it clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sos_lint.finding import Ask, Finding, Meaning
from sos_lint.kinds import Severity
from sos_lint.reporters.names import kind_name, location, short_location
from sos_lint.reporters.remedies import instead, meant
from sos_lint.reporters.to_terminal.excerpt import trim, underline, wrap
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.styled import Styled, joined

_INDENT = 2
_LINES_OF_SENTENCE = 3
_RAGGED = 16  # columns that the ends of those lines leave empty
_PLACES_LISTED = 8

_MARKED = "bold magenta"


def write_block(page: Page, group: tuple[Finding, ...], *, excerpts: bool, verbose: bool) -> None:
    """Write the first finding of the group in full, and where the others are."""
    first, *repeats = group
    write_heading(page, first)
    if excerpts and first.sentence:
        write_sentence(page, first)
    page.write(page.prose(first.message))
    _write_remedies(page, first)
    for ask in first.asks:
        _write_ask(page, ask)
    if verbose and first.scaffold:
        page.write(page.prose(first.scaffold), lead=page.text("Try: ", "dim"))
    if repeats:
        _write_repeats(page, repeats, every=verbose)


def write_told(page: Page, finding: Finding) -> None:
    """Write that everything is told at a place, on one line."""
    sign = page.text(f"{page.signs.told} ", "green")
    words = page.prose(f"“{finding.text}”: everything is told" if finding.text else "everything is told")
    page.put(page.text(f"{location(finding)}  ", "bold"), sign, words, page.text(f"  {finding.rule}", "dim"))


def write_heading(page: Page, finding: Finding) -> None:
    """Write where a finding is, of which kind, how grave, and its rule."""
    where = page.text(location(finding), "bold")
    about = joined(
        (
            page.text(kind_name(finding.kind), "magenta"),
            page.text(finding.severity.label, "bold" if finding.severity is Severity.ERROR else ""),
            page.text(finding.rule, "dim"),
        ),
        page.text(" · ", "dim"),
    )
    if where.columns + 2 + about.columns <= page.width:
        page.put(where, Styled("  "), about)
    else:
        page.put(where)
        page.put(Styled(" " * _INDENT), about)


def write_sentence(page: Page, finding: Finding, lines: int = _LINES_OF_SENTENCE) -> None:
    """Write the finding's sentence, or as much of it as about so many lines hold, its words marked."""
    width = page.measure - 2 * _INDENT
    sentence = page.prose(finding.sentence).plain
    room = lines * width - _RAGGED
    shown, mark = trim(sentence, finding.in_sentence, room, page.signs.ellipsis)
    text = page.text(shown).marked(mark, _MARKED)
    margin = Styled(" " * 2 * _INDENT)
    for line in wrap(shown, width):
        page.put(margin, text.within(line))
        below = underline(shown, line, mark, page.signs.underline)
        if below:
            page.put(margin, page.text(below, _MARKED))


def _write_remedies(page: Page, finding: Finding) -> None:
    for i, meaning in enumerate(finding.meanings):
        _write_meaning(page, meaning, f"{meant(i, len(finding.meanings))}: ")
    if finding.alternatives:
        pieces = [page.prose(words, "bold") for words in finding.alternatives]
        page.write(joined(pieces, page.text(" / ")), lead=page.text(f"{instead(finding.kind)}: "))
    if finding.advice:
        page.write(page.prose(finding.advice))


def _write_meaning(page: Page, meaning: Meaning, lead: str) -> None:
    pieces = [page.prose(meaning.expansion, "bold")]
    if meaning.retired:
        pieces.append(page.text(" (no longer used)"))
    if meaning.gloss:
        pieces.append(page.prose(f" – {meaning.gloss}"))
    page.write(*pieces, lead=page.text(lead))


def _write_ask(page: Page, ask: Ask) -> None:
    if ask.told:
        question, lead = page.prose(ask.question, "dim"), page.text(f"{page.signs.told} ", "green")
    else:
        question, lead = page.prose(ask.question), page.text(f"{page.signs.open} ", "bold")
    page.write(question, lead=lead, indent=2 * _INDENT)


def _write_repeats(page: Page, repeats: Sequence[Finding], *, every: bool) -> None:
    places = Counter(short_location(finding) for finding in repeats)
    listed = [place if count == 1 else f"{place} ({count} times)" for place, count in places.items()]
    limit = len(listed) if every else _PLACES_LISTED
    separator = "; " if repeats[0].in_words else ", "
    more = len(repeats) - sum(list(places.values())[:limit])
    tail = f" and {more} more" if more else ""
    page.write(page.prose(separator.join(listed[:limit]) + tail), lead=page.text("Also at "))
