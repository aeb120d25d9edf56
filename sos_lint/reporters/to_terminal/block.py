"""One finding on the page, with its repeats: where, what, the sentence, and what would make it clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

from sos_lint.finding import Ask, Finding, Meaning
from sos_lint.kinds import Kind, Severity
from sos_lint.reporters.clean import may_be_obeyed, one_line
from sos_lint.reporters.names import kind_name, location, short_location
from sos_lint.reporters.remedies import instead, meant
from sos_lint.reporters.to_terminal.excerpt import columns_of, is_single, trim, underline, wrap
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.styled import Styled, joined
from sos_lint.text import Range

_INDENT = 2
_LINES_OF_SENTENCE = 3
_RAGGED = 16  # columns that the ends of those lines leave empty
_PLACES_LISTED = 8
_KEPT = 4096  # of what is said, for a run over many documents

_MARKED = "bold magenta"


class Blocks:
    """Makes the blocks of findings for one page, as whole lines.

    What is said of a finding is often said again of other places: it is put into lines once. `verbose` adds
    the sentence to start from and every place of a repeat.
    """

    def __init__(self, page: Page, *, excerpts: bool, verbose: bool) -> None:
        self._page = page
        self._excerpts = excerpts
        self._verbose = verbose
        self._headings: dict[tuple[Kind, Severity, str], tuple[Styled, str]] = {}
        self._said: dict[object, str] = {}
        self._brief: dict[tuple[Kind, str, str], tuple[Styled, str]] = {}

    def block(self, group: Sequence[Finding]) -> Iterator[str]:
        """The first finding of the group in full, and where the others are."""
        first = group[0]
        yield self.heading(first)
        if self._excerpts and first.sentence:
            yield sentence_lines(self._page, first)
        yield self._what_is_said(first)
        if self._verbose and first.scaffold:
            page = self._page
            yield page.paragraph(page.prose(first.scaffold), lead=page.text("Try: ", "dim"))
        if len(group) > 1:
            yield _repeats(self._page, group[1:], every=self._verbose)

    def heading(self, finding: Finding) -> str:
        """Where a finding is, of which kind, how grave, and its rule."""
        page = self._page
        name = finding.kind, finding.severity, finding.rule
        if name not in self._headings:
            about = _about(page, finding)
            self._headings[name] = about, page.line(about).removesuffix("\n")
        about, shown = self._headings[name]
        where = page.safe(location(finding))
        fits = columns_of(where) + 2 + about.columns <= page.width
        if may_be_obeyed(where) or may_be_obeyed(about.plain):
            place = page.text(where, "bold")
            if fits:
                return page.line(place, Styled("  "), about)
            return page.line(place) + page.line(Styled(" " * _INDENT), about)
        between = "  " if fits else "\n" + " " * _INDENT
        return f"{page.painted(where, 'bold')}{between}{shown}\n"

    def brief(self, finding: Finding) -> str:
        """All of a finding that there is room for on one line."""
        page = self._page
        name = finding.kind, finding.rule, finding.message
        if name not in self._brief:
            _make_room(self._brief)
            pieces = (
                page.text(kind_name(finding.kind), "magenta"),
                page.text(finding.rule, "dim"),
                page.prose(finding.message),
            )
            about = joined((Styled("  "), joined(pieces, Styled("  "))))
            self._brief[name] = about, page.line(about)
        about, shown = self._brief[name]
        where = page.safe(location(finding))
        if may_be_obeyed(where) or may_be_obeyed(about.plain):
            return page.line(page.text(where, "bold"), about)
        return page.painted(where, "bold") + shown

    def told(self, finding: Finding) -> str:
        """That everything is told at a place, on one line."""
        page = self._page
        sign = page.text(f"{page.signs.told} ", "green")
        words = page.prose(f"“{finding.text}”: everything is told" if finding.text else "everything is told")
        where = page.text(f"{location(finding)}  ", "bold")
        return page.line(where, sign, words, page.text(f"  {finding.rule}", "dim"))

    def _what_is_said(self, finding: Finding) -> str:
        """The message, the remedies and the questions."""
        name = (
            finding.message,
            finding.kind,
            finding.meanings,
            finding.alternatives,
            finding.advice,
            tuple([(ask.question, ask.told) for ask in finding.asks]) if finding.asks else (),
        )
        said = self._said.get(name)
        if said is None:
            _make_room(self._said)
            page = self._page
            paragraphs = (
                page.paragraph(page.prose(finding.message)),
                *_remedies(page, finding),
                *(_asked(page, ask) for ask in finding.asks),
            )
            said = self._said[name] = "".join(paragraphs)
        return said


def _make_room(kept: MutableMapping[Any, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()


def _about(page: Page, finding: Finding) -> Styled:
    return joined(
        (
            page.text(kind_name(finding.kind), "magenta"),
            page.text(finding.severity.label, "bold" if finding.severity is Severity.ERROR else ""),
            page.text(finding.rule, "dim"),
        ),
        page.text(" · ", "dim"),
    )


def sentence_lines(page: Page, finding: Finding, lines: int = _LINES_OF_SENTENCE) -> str:
    """The finding's sentence, or as much of it as about so many lines hold, its words marked."""
    width = page.measure - 2 * _INDENT
    sentence = page.safe(one_line(finding.sentence))
    room = lines * width - _RAGGED
    if len(sentence) <= min(room, width) and is_single(sentence) and not may_be_obeyed(sentence):
        return _one_line_of(page, sentence, finding.in_sentence)
    shown, mark = trim(sentence, finding.in_sentence, room, page.signs.ellipsis)
    before, marked, after = shown[: mark.start], mark.of(shown), shown[mark.end :]
    text = joined((page.text(before), page.text(marked, _MARKED), page.text(after)))
    margin = Styled(" " * 2 * _INDENT)
    made: list[str] = []
    for line in wrap(shown, width):
        made.append(page.line(margin, text.within(line)))
        below = underline(shown, line, mark, page.signs.underline)
        if below:
            made.append(page.line(margin, page.text(below, _MARKED)))
    return "".join(made)


def _one_line_of(page: Page, sentence: str, mark: Range) -> str:
    """A sentence that is shown on one line, each of its signs in one column."""
    margin = " " * 2 * _INDENT
    ends = sentence.rstrip(" ")
    first = len(sentence) - len(sentence.lstrip(" "))
    start, end = max(mark.start, first), min(mark.end, len(ends))
    if start >= end:
        return f"{margin}{ends[first:]}\n" if ends else ""
    marked = page.painted(sentence[start:end], _MARKED)
    below = page.painted(" " * (start - first) + page.signs.underline * (end - start), _MARKED)
    return f"{margin}{sentence[first:start]}{marked}{ends[end:]}\n{margin}{below}\n"


def _remedies(page: Page, finding: Finding) -> Iterator[str]:
    for i, meaning in enumerate(finding.meanings):
        yield _meaning(page, meaning, f"{meant(i, len(finding.meanings))}: ")
    if finding.alternatives:
        pieces = [page.prose(words, "bold") for words in finding.alternatives]
        lead = page.text(f"{instead(finding.kind)}: ")
        yield page.paragraph(joined(pieces, page.text(" / ")), lead=lead)
    if finding.advice:
        yield page.paragraph(page.prose(finding.advice))


def _meaning(page: Page, meaning: Meaning, lead: str) -> str:
    pieces = [page.prose(meaning.expansion, "bold")]
    if meaning.retired:
        pieces.append(page.text(" (no longer used)"))
    if meaning.gloss:
        pieces.append(page.prose(f" – {meaning.gloss}"))
    return page.paragraph(*pieces, lead=page.text(lead))


def _asked(page: Page, ask: Ask) -> str:
    if ask.told:
        question, lead = page.prose(ask.question, "dim"), page.text(f"{page.signs.told} ", "green")
    else:
        question, lead = page.prose(ask.question), page.text(f"{page.signs.open} ", "bold")
    return page.paragraph(question, lead=lead, indent=2 * _INDENT)


def _repeats(page: Page, repeats: Sequence[Finding], *, every: bool) -> str:
    places = Counter(short_location(finding) for finding in repeats)
    listed = [place if count == 1 else f"{place} ({count} times)" for place, count in places.items()]
    limit = len(listed) if every else _PLACES_LISTED
    separator = "; " if repeats[0].in_words else ", "
    more = len(repeats) - sum(list(places.values())[:limit])
    tail = f" and {more} more" if more else ""
    return page.paragraph(page.prose(separator.join(listed[:limit]) + tail), lead=page.text("Also at "))
