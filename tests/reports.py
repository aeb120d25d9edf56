"""Findings and reports to print, about families and lighthouses that do not exist."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from typing import Any

from sos_lint.finding import Ask, Edit, Finding, Meaning, Place
from sos_lint.fingerprint import fingerprint
from sos_lint.kinds import UNPACKING, Kind, Part, Safety, Severity
from sos_lint.report import Failure, FileReport, Readability, Report, RuleNote
from sos_lint.reporters import write
from sos_lint.text import Range

QUESTIONS = {
    Part.BEHAVIOUR: "What did the adult do, or not do, for the child?",
    Part.FREQUENCY: "How often, and since when?",
    Part.WORST: "Which time was the worst, and what happened?",
    Part.IMPACT: "What was it like for the child?",
}

SECTION = Meaning("child in need", "a child who may need extra help from the council to be healthy and safe")
NETWORK = Meaning("Community Information Network", "a list of local groups", retired=True)
LONG_SENTENCE = (
    "At the last meeting everybody heard again that Mr Pennyfeather had gone to the lighthouse without "
    "leaving any supper, and the health visitor said it was [[neglect]], because on four evenings in May "
    "Wilbur and little Odette ate nothing but the biscuits that the lighthouse keeper keeps for the "
    "gulls, and Odette was cold and cried until her aunt came."
)


def asks(*told: Part) -> tuple[Ask, ...]:
    return tuple(Ask(part, QUESTIONS[part], (Range(0, 4),) if part in told else ()) for part in UNPACKING)


def finding(sentence: str, line: int = 1, **changes: Any) -> Finding:
    """A finding of the words in double brackets; the sentence starts its line, at offset 100 a line."""
    before, rest = sentence.split("[[", 1)
    text, after = rest.split("]]", 1)
    at = Range(len(before), len(before) + len(text))
    offset = 100 * (line - 1) + at.start
    plain = Finding(
        path="draft.md",
        at=Range(offset, offset + len(text)),
        rule="broad-terms/neglect",
        kind=Kind.BROAD_TERM,
        severity=Severity.WARNING,
        message=f"“{text}” means different things to different people. Say what happened.",
        text=text,
        start=Place(offset, line, at.start + 1),
        end=Place(offset + len(text), line, at.end + 1),
        sentence=before + text + after,
        in_sentence=at,
    )
    changed = replace(plain, **changes)
    mark = f"{fingerprint(changed.rule, changed.sentence, at)}:{line}"
    return changed if changed.fingerprint else replace(changed, fingerprint=mark)


def acronym(sentence: str, line: int, *meanings: Meaning, **changes: Any) -> Finding:
    return finding(
        sentence,
        line,
        rule="acronyms/social-work",
        kind=Kind.ACRONYM,
        message="This short form is not explained. Write it out the first time.",
        meanings=meanings,
        **changes,
    )


def draft() -> FileReport:
    """Findings of every kind about the Pennyfeather family, who live in no town at all."""
    return FileReport(
        "draft.md",
        (
            finding("There is [[neglect]] in the Pennyfeather home.", 2, asks=asks()),
            acronym("Wilbur has been on a [[CIN]] plan since March.", 3, SECTION, NETWORK),
            finding(
                LONG_SENTENCE,
                5,
                asks=asks(Part.BEHAVIOUR, Part.FREQUENCY),
                scaffold="Mr Pennyfeather … (what he did) on … (how often). The worst time was …",
            ),
            finding(
                "The children have [[contact]] with their aunt on Sundays.",
                6,
                rule="jargon/contact",
                kind=Kind.JARGON,
                severity=Severity.ERROR,
                message="“contact” is a word of the service, not of the family.",
                alternatives=("time with their aunt", "seeing their aunt"),
                advice="Ask the children what they call it, and use their word.",
            ),
            *(acronym("The [[CIN]] plan goes on.", line, SECTION, NETWORK) for line in range(8, 19)),
            finding(
                "Wilbur is [[often]] late for school.",
                20,
                rule="frequency/often",
                kind=Kind.VAGUE_FREQUENCY,
                severity=Severity.SUGGESTION,
                message="“often” may be twice a year or twice a day. Give a number.",
                asks=(Ask(Part.FREQUENCY, "How many times, and since when?"),),
            ),
            finding(
                "Odette [[is attention-seeking]].",
                21,
                rule="blaming/attention-seeking",
                kind=Kind.BLAMING_LANGUAGE,
                message="This says what is wrong with Odette, not what she needs.",
                alternatives=("is asking for care",),
            ),
            finding(
                "Wilbur [[was hit]] on the arm.",
                22,
                rule="actors/was-hit",
                kind=Kind.HIDDEN_ACTOR,
                message="Say who did this.",
            ),
            finding(
                "[[We are worried about Wilbur.]]",
                23,
                rule="statements/danger",
                kind=Kind.STATEMENT,
                message="This danger statement does not say what might happen to Wilbur.",
            ),
            finding(
                "[[Scale: 4]]",
                24,
                rule="scales/ends",
                kind=Kind.SCALING_QUESTION,
                severity=Severity.SUGGESTION,
                message="Say what 0 and 10 stand for.",
            ),
            finding(
                "[[]]",
                25,
                rule="forms/missing-column",
                kind=Kind.STRUCTURE,
                severity=Severity.SUGGESTION,
                message="The form has no column “What's working well?”.",
            ),
        ),
        words=412,
        readability=Readability(sentences=24, words=400, letters=1700, long_sentences=1),
    )


def word_file() -> FileReport:
    first = acronym(
        "The [[CIN]] review is in June.", 1, SECTION, path="plan.docx", where="table 2, row 3, column 1"
    )
    again = acronym("Her [[CIN]] plan goes on.", 2, SECTION, path="plan.docx", where="paragraph 12")
    return FileReport("plan.docx", (first, again, again), words=88)


def report() -> Report:
    return Report(
        (
            FileReport(
                "broken.docx",
                failure=Failure("This is not a Word file.", "Open it in Word and save it again."),
            ),
            draft(),
            FileReport(
                "notes/letters to the lighthouse keeper/old.doc",
                failure=Failure("This is an old Word file.", "Open it in Word and save it as .docx."),
            ),
            word_file(),
        ),
    )


def short_report(**changes: Any) -> Report:
    """A report with a little of everything that an option of the report may change."""
    part = draft()
    broken, _, old, _ = report().files
    return Report((broken, replace(part, findings=part.findings[1:3] + part.findings[4:14]), old), **changes)


def only(*findings: Finding, **changes: Any) -> Report:
    return Report((FileReport("draft.md", findings, words=50),), **changes)


ONCE = finding("[[Neglect]] again.", 1, message="Say what happened.", asks=asks())

# Words that would steer whatever shows them, if it let them.
HOSTILE = (
    "::error::x",
    "##[error]x",
    "##vso[task.setvariable variable=a]b",
    "x%0A::error::y",
    "a\n::stop-commands::b\r\n/close",
    "]]>",
    "<script>alert(1)</script>",
    "\x1b[31mred\x07\x00",
    "\u202eabc\u2066",
    "\ufffe\uffff\x0b",
    "half \udcff pair",
    "{0} {x}",
    "[a](http://a.example) ![b](http://b.example/b.png)",
    "@octocat #1 !2 ~bug %v1 www.a.example https://a.example",
    "|a|`b`\\|c",
    "&amp; &#64;octocat \"'",
)


def hostile(words: str) -> Report:
    """A finding and a failure all of whose words are these."""
    everywhere = finding(
        "The gull said [[so]] to Odette.",
        text=words,
        rule=words,
        message=words,
        meanings=(Meaning(words, words),),
        alternatives=(words,),
        advice=words,
        asks=(Ask(Part.WORST, words),),
        scaffold=words,
        edits=(Edit(Range(14, 15), words.split("\n", maxsplit=1)[0].strip(), Safety.SAFE, Range(14, 15)),),
        path=f"{words}.md",
    )
    again = replace(everywhere, where=words)
    failed = FileReport(f"{words}.docx", failure=Failure(words, words))
    note = RuleNote(words, Kind.JARGON, Severity.WARNING, words, words, words, (words,))
    return Report((FileReport(f"{words}.md", (everywhere, again)), failed), rules=(note,))


class AsciiStream(io.StringIO):
    """A stream that holds no more than ASCII."""

    encoding = "ascii"


def written(report: Report, *, format: str, ascii_only: bool = False) -> str:
    """What a report says in a format."""
    stream = AsciiStream() if ascii_only else io.StringIO()
    write(report, format, stream)
    return stream.getvalue()


to_json = partial(written, format="json")
to_sarif = partial(written, format="sarif")
to_github = partial(written, format="github")
to_gitlab = partial(written, format="gitlab")
to_junit = partial(written, format="junit")
to_checkstyle = partial(written, format="checkstyle")
to_summary = partial(written, format="summary")
to_html = partial(written, format="html")
