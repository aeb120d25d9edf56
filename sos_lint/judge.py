"""Turns the matches in a text into findings: the words for each, where it stands, and what could be done."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.document import Block, Document
from sos_lint.finding import NOWHERE, Ask, Edit, Finding, Meaning, Place
from sos_lint.fingerprint import fingerprint, numbered
from sos_lint.kinds import Part
from sos_lint.memory import Memory
from sos_lint.nlp.elsewhere import Question
from sos_lint.rewrite.edits import named, with_edits
from sos_lint.rewrite.scaffold import fill
from sos_lint.rule import Check, Lexicon, Match, Rule, ShortForm
from sos_lint.settings import Settings
from sos_lint.text import LineIndex, Range

if TYPE_CHECKING:
    from sos_lint.nlp.naming import Naming
    from sos_lint.suppress import Complaint


class _Said(NamedTuple):
    """What was said of a match in the version before, and where its block began.

    `questions` are what its scaffold asked of the document as a whole.
    """

    match: Match
    start: int
    start_from: Mapping[Part, str]
    questions: tuple[Question, ...]
    finding: Finding


class Judge:
    """Says what there is to say of the matches in one text. `excerpts` off keeps its own words out."""

    def __init__(
        self,
        document: Document,
        lines: LineIndex,
        settings: Settings,
        lexicon: Lexicon,
        *,
        excerpts: bool = True,
        memory: Memory | None = None,
    ) -> None:
        self._document = document
        self._lines = lines
        self._settings = settings
        self._lexicon = lexicon
        self._excerpts = excerpts
        self._memory = memory
        self._messages: dict[tuple[str, str], tuple[str, str]] = {}
        self._sentence: tuple[Range | None, str] = None, ""

    def findings(self, matches: Iterable[Match]) -> list[Finding]:
        """What is said of each match, in order."""
        if not self._excerpts:
            return [self._recalled(match, ()) for match in matches]
        return [
            self._recalled(match, edits) for match, edits in with_edits(matches, self._document, self._memory)
        ]

    def bare_findings(self, matches: Iterable[Match]) -> list[Finding]:
        """The same without edits and sentences to start from, which take long to make."""
        return [self._bare(match) for match in matches]

    def _bare(self, match: Match) -> Finding:
        """What is said of a match at first; what was said before, where it stands as it stood."""
        block = self._document.block_at(match.at.start)
        if self._memory is None:
            return self._finding(match, block, (), {})
        name = ("bare", id(match))
        known: tuple[Match, Finding] | None = self._memory.recall(name)
        if known is not None and known[0] is match and self._stands(known[1], match, block, {}):
            return known[1]
        finding = self._finding(match, block, (), {})
        self._memory.keep(name, (match, finding))
        return finding

    def _stands(self, finding: Finding, match: Match, block: Block, start_from: Mapping[Part, str]) -> bool:
        """True where a finding of the same match has its places in the file still."""
        shown = self._document.place(match.at)
        return (
            finding.at == match.at
            and finding.start == _place(shown.start, self._lines)
            and finding.end == _place(shown.end, self._lines)
            and (finding.where, finding.row) == self._named(block)
            and finding.asks == self._asks(match, start_from)
        )

    @cached_property
    def _names(self) -> Naming:
        from sos_lint.nlp.naming import Naming

        return Naming(self._document, self._lexicon, self._memory)

    def _recalled(self, match: Match, edits: tuple[Edit, ...]) -> Finding:
        """What is said of a match: what was said before, where nothing that it hangs on has changed."""
        block = self._document.block_at(match.at.start)
        # How the document names people: where the scaffold may ask for it, and its words may be shown.
        naming = self._names if self._excerpts and match.rule.scaffold else None
        if self._memory is None:
            return self._finding(match, block, edits, fill(match, self._document, naming))
        start = block.at.start
        name: Hashable = ("said", id(match))
        said: _Said | None = self._memory.recall(name)
        if said is None or said.match is not match:  # else it stands where it stood, in the same words
            said = self._memory.recall(named("said", match, block, self._document))
        if said is None or (
            naming is not None and not naming.still_answers(said.questions, start - said.start)
        ):
            start_from = fill(match, self._document, naming)
            asked = naming.asked(match.sentence) if naming is not None else ()
            said = _Said(
                match, start, start_from, tuple(asked), self._finding(match, block, edits, start_from)
            )
            self._keep(said, block)
            return said.finding
        if not self._is_same(said, match, block, edits):
            by = start - said.start
            moved = tuple(one._replace(at=one.at + by) for one in said.questions)
            mark = mark_of(said.finding, self._memory)
            finding = self._finding(match, block, edits, said.start_from, mark)
            said = _Said(match, start, said.start_from, moved, finding)
            self._keep(said, block)
        return said.finding

    def _keep(self, said: _Said, block: Block) -> None:
        if self._memory is not None:
            self._memory.keep(("said", id(said.match)), said)
            self._memory.keep(named("said", said.match, block, self._document), said)

    def _is_same(self, said: _Said, match: Match, block: Block, edits: tuple[Edit, ...]) -> bool:
        """True where all is as it was, at the same place too."""
        return (
            (match is said.match or match == said.match)
            and said.finding.edits == edits
            and self._stands(said.finding, match, block, said.start_from)
        )

    def _asks(self, match: Match, start_from: Mapping[Part, str]) -> tuple[Ask, ...]:
        told = dict(match.evidence)
        return tuple(
            Ask(
                part,
                question,
                tuple(self._document.place(at) for at in told.get(part, ())),
                start_from.get(part, ""),
            )
            for part, question in match.rule.ask
        )

    def _named(self, block: Block) -> tuple[str | None, str | None]:
        """The name of a place in formats without lines, and in a table with lines."""
        return (block.where, None) if self._document.source is None else (None, block.where)

    def _finding(
        self,
        match: Match,
        block: Block,
        edits: tuple[Edit, ...],
        start_from: Mapping[Part, str],
        mark: str = "",
    ) -> Finding:
        """What is said of a match; `mark` is the fingerprint that it is likely to have."""
        rule, at, document = match.rule, match.at, self._document
        shown = document.place(at)
        where, row = self._named(block)
        message, words = self._said_of(match)
        weighed = rule if match.severity is None else replace(rule, severity=match.severity)
        return Finding(
            path=document.name,
            at=at,
            rule=rule.id,
            kind=rule.kind,
            severity=self._settings.severity(weighed),
            message=message,
            text=words,
            start=_place(shown.start, self._lines),
            end=_place(shown.end, self._lines),
            where=where,
            row=row,
            sentence=self._words_of(match.sentence),
            in_sentence=_inside(at, match.sentence) if self._excerpts else NOWHERE,
            meanings=tuple(Meaning(m.expansion, m.gloss, m.retired) for m in match.meanings),
            alternatives=(match.right,) if match.right else rule.alternatives,
            advice=rule.advice or ("" if isinstance(rule.pattern, ShortForm) else rule.gloss),
            asks=self._asks(match, start_from),
            scaffold=_scaffold(match, start_from),
            edits=edits,
            lacks=match.lacks,
            of_form=match.questions,
            fingerprint=mark,
            by_company=match.by_company,
        )

    def _said_of(self, match: Match) -> tuple[str, str]:
        """The message, and the words that it is about: for all that say the same, the very same strings."""
        rule = match.rule
        words = match.at.of(self._document.text) if self._excerpts else ""
        said = None if match.lacks else self._messages.get((rule.id, words))
        if said is None:
            message = rule.message.replace("{text}", words if self._excerpts else rule.term)
            said = message.replace("{lacks}", ", ".join(f"“{name}”" for name in match.lacks)), words
            if not match.lacks:
                self._messages[rule.id, words] = said
        return said

    def _words_of(self, sentence: Range) -> str:
        """The words of a sentence: one string for all that follow each other in it."""
        if self._sentence[0] != sentence:
            self._sentence = sentence, sentence.of(self._document.text) if self._excerpts else ""
        return self._sentence[1]


def _scaffold(match: Match, start_from: Mapping[Part, str]) -> str | None:
    """The sentences to start from, for what is not told."""
    if not start_from:
        return None
    told = {part for part, ranges in match.evidence if ranges}
    return " ".join(words for part, words in start_from.items() if part not in told) or None


def _place(offset: int, lines: LineIndex) -> Place:
    position = lines.position(offset)
    return Place(offset, position.line, position.column)


def _inside(at: Range, sentence: Range) -> Range:
    return Range(at.start - sentence.start, min(at.end, sentence.end) - sentence.start)


def of_remark(
    complaint: Complaint,
    rule: Rule,
    document: Document,
    lines: LineIndex,
    settings: Settings,
    *,
    excerpts: bool,
) -> Finding:
    """What is said of a remark that does not do what its writer wanted."""
    remark = complaint.remark
    at, place = remark.at[0], remark.place
    words = place.of(document.text if document.source is None else document.source)
    shown = excerpts or complaint.check is not Check.UNKNOWN
    names = ", ".join(f"“{name}”" for name in complaint.names) if shown else ""
    unnamed = "this remark" if shown else "what stands here"
    message = rule.message.replace("{lacks}", names or unnamed)
    return Finding(
        path=document.name,
        at=at,
        rule=rule.id,
        kind=rule.kind,
        severity=settings.severity(rule),
        message=f"{message} {complaint.hint}".strip() if shown else message,
        text=words if excerpts else "",
        start=_place(place.start, lines),
        end=_place(place.end, lines),
        where=document.block_at(at.start).where if len(at) else None,
        sentence=words if excerpts else "",
        in_sentence=Range(0, len(words)) if excerpts else NOWHERE,
    )


def moved(finding: Finding, by: int) -> Finding:
    """The finding of one text of a file, by where it stands in that of the whole file."""
    edits = tuple(replace(edit, at=edit.at.moved(by)) for edit in finding.edits)
    return replace(finding, at=finding.at.moved(by), edits=edits)


def marked(findings: Sequence[Finding], text: str, memory: Memory | None = None) -> tuple[Finding, ...]:
    """The findings with their fingerprints. Not all see those that are told in full or set aside: the first
    are counted apart, the others last.
    """
    told = [number for number, one in enumerate(findings) if one.is_told]
    asked = [number for number, one in enumerate(findings) if not one.is_told]
    asked.sort(key=lambda number: findings[number].suppression is not None)
    prints = [fingerprint(one.rule, text, one.at, memory) for one in findings]
    marks = {
        number: mark
        for group in (told, asked)
        for number, mark in zip(group, numbered(prints[number] for number in group), strict=True)
    }
    return tuple(_with(marks[number], one, memory) for number, one in enumerate(findings))


def mark_of(finding: Finding, memory: Memory) -> str:
    """The fingerprint that a finding had in the version before."""
    known: tuple[Finding, Finding] | None = memory.recall(("marked", id(finding)))
    return known[1].fingerprint if known is not None and known[0] is finding else finding.fingerprint


def _with(mark: str, finding: Finding, memory: Memory | None) -> Finding:
    """The finding with a fingerprint; where it had the same before, that very one."""
    if finding.fingerprint == mark:
        return finding
    if memory is None:
        return replace(finding, fingerprint=mark)
    name = ("marked", id(finding))
    known: tuple[Finding, Finding] | None = memory.recall(name)
    if known is None or known[0] is not finding or known[1].fingerprint != mark:
        known = (finding, replace(finding, fingerprint=mark))
        memory.keep(name, known)
    return known[1]
