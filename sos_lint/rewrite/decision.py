"""What a writer may decide about a finding, and which words of the draft that changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sos_lint.document import Document
from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Part
from sos_lint.readers.build import tidy
from sos_lint.rewrite import telling
from sos_lint.rewrite.draft import Hunk, hunks_between
from sos_lint.rewrite.edits import spelt_out, used_again
from sos_lint.rewrite.fitting import around, begins_sentence, capitalised, instead
from sos_lint.text import Range

_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_ARTICLE_AT_END = re.compile(r"(?<![\w'’-])(?:an?|the) \Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """Answers to the open questions, which follow the sentence, or with `replace` take its place."""

    answers: tuple[tuple[Part, str], ...]
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Spelt:
    """A short form written out as these words."""

    words: str


@dataclass(frozen=True, slots=True)
class Instead:
    """Other words in the place of those that were found."""

    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """The whole sentence as it is to stand."""

    words: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Nothing changes here; with `rule`, nor where the same rule finds something else."""

    rule: bool = False


Decision = Told | Spelt | Instead | Written | Skipped

# Words of an alternative that the writer has to fill in: "(what)", "[child]".
_BLANK = re.compile(r"\([a-z][a-z’' ]*\)|\[[^\]]+\]")


def hunks(document: Document, finding: Finding, decision: Decision) -> tuple[Hunk, ...]:
    """What changes in the draft; nothing where the decision has no words, or they stand there already."""
    at = sentence_at(finding)
    old = at.of(document.text)
    match decision:
        case Told(replace=replace):
            new = told(finding, decision)
            if not new or (not replace and _follows(document, at, new)):
                return ()
            return hunks_between(document.text, at, new if replace else telling.after(old, new))
        case Written(words):
            return hunks_between(document.text, at, tidy(words)) if tidy(words) else ()
        case Spelt(words) if tidy(words):
            return (_spelt(document, finding.at, tidy(words)),)
        case Instead(words) if tidy(words):
            return (_fitted(document, finding.at, tidy(words)),)
    return ()


def told(finding: Finding, decision: Told) -> str:
    """The sentences that the answers make."""
    answers = dict(decision.answers)
    return telling.told((ask, answers.get(ask.part, "")) for ask in finding.asks)


def sentence_at(finding: Finding) -> Range:
    """Where the finding's sentence stands in the text of the document."""
    start = finding.at.start - finding.in_sentence.start
    return Range(start, max(start + len(finding.sentence), finding.at.end))


class Piece(NamedTuple):
    """Words of a sentence, and whether they are new."""

    words: str
    new: bool


def changed(document: Document, finding: Finding, decision: Decision) -> tuple[Piece, ...]:
    """The finding's sentence as it would then stand, with what follows it."""
    at, text, pieces = sentence_at(finding), document.text, []
    end = at.start
    for hunk in hunks(document, finding, decision):
        pieces += [Piece(text[end : hunk.at.start], False), Piece(hunk.words, True)]
        end = hunk.at.end
    return (*pieces, Piece(text[end : at.end], False))


def options(finding: Finding) -> tuple[str, ...]:
    """What the writer may choose from: meanings of a short form, or other words, the likeliest first."""
    if finding.kind is Kind.ACRONYM:
        return tuple(meaning.expansion for meaning in finding.meanings)
    fixed = (edit.replacement for edit in finding.edits if edit.at == finding.at)
    return tuple(dict.fromkeys((*fixed, *finding.alternatives)))


def blanks(words: str) -> tuple[str, ...]:
    """The places in an alternative that the writer has to fill in."""
    return tuple(_BLANK.findall(words))


def _spelt(document: Document, at: Range, meaning: str) -> Hunk:
    """The short form written out. Where the grammar is not sure, both stand there, for the writer to mend."""
    again = used_again(document, at)
    edit = spelt_out(document, at, meaning, again=again)
    if edit is None:
        short = at.of(document.text)
        return _fitted(document, at, f"{meaning} ({short})" if again else meaning)
    return Hunk(edit.at, edit.replacement)


def _fitted(document: Document, at: Range, words: str) -> Hunk:
    """Other words in a place. Where they bring an article, they take that of the old words with them."""
    before = around(document, at).before
    article = _ARTICLE_AT_END.search(before)
    if article and _ARTICLE.match(words):
        begins = begins_sentence(before[: article.start()])
        at = Range(at.start - len(article.group()), at.end)
        return Hunk(at, capitalised(words) if begins else words)
    edit = instead(document, at, words)
    return Hunk(edit.at, edit.replacement)


def _follows(document: Document, at: Range, words: str) -> bool:
    """True when these very words already stand behind the sentence, in its paragraph."""
    return document.text.startswith(f" {words}", at.end)
