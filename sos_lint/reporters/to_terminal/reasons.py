"""Why a finding was made, or passed as told: the rule, the words, what speaks against, and the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from sos_lint.document import Document
from sos_lint.finding import Ask, Finding
from sos_lint.reporters.silence import GUARDS, NEIGHBOURS
from sos_lint.reporters.to_terminal.block import Blocks, sentence_lines
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.rule import Rule
from sos_lint.text import LineIndex, Range

_SHOWN = 3  # word patterns of a condition
_SIGNS = frozenset("<_?*")  # of a word pattern that says little to those who do not write rules
_HELD = ("led_by", "only_before", "only_after", "only_near", "part_of_speech")


def write_reasons(page: Page, findings: Sequence[tuple[Finding, Rule]], document: Document) -> None:
    """Write each finding with why it was made, and for each part whether it is told, by which words."""
    lines = document.lines()
    blocks = Blocks(page, excerpts=True, verbose=True)
    for finding, rule in findings:
        page.show(blocks.heading(finding))
        page.show(sentence_lines(page, finding))
        page.write(page.prose(finding.message))
        page.write(page.prose(f"The rule “{rule.title}” found “{finding.text}”."))
        _write_conditions(page, rule)
        for ask in finding.asks:
            _write_part(page, ask, document, lines)
        if finding.is_told:
            page.write(page.text("Everything is told, so nothing is asked here."))
        if finding.scaffold:
            page.write(page.prose(finding.scaffold), lead=page.text("Try: ", "dim"))
        page.write(page.prose(f"Why it matters: {rule.why}", "dim"))
        page.put()


def _write_conditions(page: Page, rule: Rule) -> None:
    for name in _HELD:
        value = getattr(rule.conditions, name)
        patterns = [p for p in ((value,) if isinstance(value, str) else value or ()) if not _SIGNS & set(p)]
        if patterns:
            more = len(patterns) - _SHOWN
            tail = f"; and {more} more" if more > 0 else ""
            held = f"{'; '.join(patterns[:_SHOWN])}{tail}"
            page.write(page.prose(f"It {NEIGHBOURS[name]} (as here): {held}."))
    guards = [words for guard, words in GUARDS.items() if guard in rule.unless]
    if guards:
        page.write(page.prose(f"It would be silent if this were {'; '.join(guards)}."))


def _write_part(page: Page, ask: Ask, document: Document, lines: LineIndex) -> None:
    lead = page.text(f"{page.signs.told} ", "green") if ask.told else page.text(f"{page.signs.open} ", "bold")
    page.write(page.prose(ask.question), lead=lead, indent=4)
    told = [
        f"“{_quoted(at, document)}” ({_place(at, document, lines)})"
        for at in sorted(ask.evidence, key=lambda at: (at.start, at.end))
    ]
    if told:
        page.write(page.prose(f"told by {', '.join(told)}"), indent=6)


def _quoted(at: Range, document: Document) -> str:
    return " ".join(at.of(document.text if document.source is None else document.source).split())


def _place(at: Range, document: Document, lines: LineIndex) -> str:
    """Where evidence stands, as the report says where findings are."""
    if document.source is None:
        return document.block_at(at.start).where or ""
    position = lines.position(at.start)
    return f"{position.line}:{position.column}"
