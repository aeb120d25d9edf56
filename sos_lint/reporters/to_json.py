"""The JSON report: schema 1, as other programs read it. Keys and order are part of the promise."""

from __future__ import annotations

from typing import Any, TextIO

from sos_lint import __version__
from sos_lint.finding import Ask, Edit, Finding, Place
from sos_lint.kinds import Severity
from sos_lint.report import (
    FAMILIES_READ_AT,
    FileReport,
    Readability,
    ReadyForm,
    ReadySection,
    Report,
    Term,
)
from sos_lint.reporters import holds_unicode
from sos_lint.reporters.identity import identities
from sos_lint.reporters.plain_json import inner, items
from sos_lint.reporters.tally import Tally
from sos_lint.reporters.writing import Writing
from sos_lint.text import Range

SCHEMA = 1


class JsonWriting(Writing):
    """Writes the report as strict JSON (see `plain_json`), a file at a time."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._ascii_only = not holds_unicode(stream)
        self._tally = Tally()
        self._measured: dict[str, Readability] = {}
        head = {"schema": SCHEMA, "tool": {"name": "sos-lint", "version": __version__}}
        stream.write(f'{{\n{inner(head, ascii_only=self._ascii_only)},\n  "files": [')

    def add(self, file: FileReport) -> None:
        """Write what was found in a file."""
        record = _file(file, excerpts=self.report.excerpts)
        before = "," if self._tally.files else ""
        self.stream.write(f"{before}\n{items([record], 2, ascii_only=self._ascii_only)}")
        self._tally.add(file)
        if self.report.statistics and file.readability:
            self._measured[file.path] = file.readability

    def _end(self) -> None:
        record: dict[str, Any] = {"summary": _summary(self._tally)}
        if self.report.aside is not None:
            record["baseline"] = self.report.aside._asdict()
        if self.report.statistics:
            record["statistics"] = _statistics(self._tally, self._measured)
        before = "\n  ]" if self._tally.files else "]"
        self.stream.write(f"{before},\n{inner(record, ascii_only=self._ascii_only)}\n}}\n")


def _statistics(tally: Tally, measured: dict[str, Readability]) -> dict[str, Any]:
    return {
        "words": tally.words,
        "findings_per_1000_words": tally.per_thousand_words,
        "by_rule": dict(sorted(tally.by_rule.items())),
        "readability": {
            **_readability(tally.readability),
            "families_read_at": list(FAMILIES_READ_AT),
            "by_file": {path: _readability(told) for path, told in measured.items()},
        },
    }


def _readability(told: Readability) -> dict[str, float | None]:
    return {
        "sentences": told.sentences,
        "mean_sentence_length": told.mean_sentence_length,
        "long_sentences": told.long_sentences,
        "reading_age": told.reading_age,
    }


def _file(file: FileReport, *, excerpts: bool) -> dict[str, Any]:
    if file.failure is not None:
        return {"path": file.path, "failure": {"message": file.failure.message, "hint": file.failure.hint}}
    record: dict[str, Any] = {
        "path": file.path,
        "findings": [
            {**plain(finding, excerpts=excerpts), "fingerprint": identity}
            for finding, identity in zip(file.findings, identities(file, excerpts=excerpts), strict=False)
        ],
    }
    if file.ready is not None:
        record["readiness"] = _ready(file.ready)
    if file.glossary is not None:
        record["glossary"] = [_term(term) for term in file.glossary]
    return record


def _ready(form: ReadyForm) -> dict[str, Any]:
    return {
        "form": form.title,
        "sections": [_section(section) for section in form.sections],
        "elsewhere": _section(form.elsewhere),
    }


def _section(section: ReadySection) -> dict[str, Any]:
    return {
        "name": section.name,
        "state": section.state,
        "required": section.required,
        "statements": [one._asdict() for one in section.statements],
        "questions": [one._asdict() for one in section.questions],
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "short": term.short,
        "own": term.own,
        "meanings": [
            {"is": meaning.expansion, "gloss": meaning.gloss, "retired": meaning.retired}
            for meaning in term.meanings
        ],
    }


def plain(finding: Finding, *, excerpts: bool = True) -> dict[str, Any]:
    """A finding as the report has it."""
    return {
        "rule": finding.rule,
        "kind": finding.kind.value,
        "severity": finding.severity.label,
        "message": finding.message,
        "text": finding.text if excerpts else None,
        "start": _place(finding.start),
        "end": _place(finding.end),
        "where": finding.in_words,
        "sentence": finding.sentence if excerpts else None,
        "in_sentence": _range(finding.in_sentence) if excerpts and finding.sentence else None,
        "expansions": [meaning.expansion for meaning in finding.meanings],
        "glosses": [meaning.gloss for meaning in finding.meanings],
        "alternatives": list(finding.alternatives),
        "advice": finding.advice,
        "unpacking": {ask.part.value: ask.told for ask in finding.asks} or None,
        "evidence": {ask.part.value: _evidence(ask) for ask in finding.asks} or None,
        "missing": [*(part.value for part in finding.missing), *finding.lacks],
        "questions": list(finding.questions),
        "scaffold": finding.scaffold,
        "edits": [_edit(edit) for edit in finding.edits],
    }


def _place(place: Place) -> dict[str, int]:
    return {"offset": place.offset, "line": place.line, "column": place.column}


def _range(at: Range) -> dict[str, int]:
    return {"start": at.start, "end": at.end}


def _evidence(ask: Ask) -> list[dict[str, int]]:
    return [_range(at) for at in ask.evidence]


def _edit(edit: Edit) -> dict[str, Any]:
    return {**_range(edit.place), "replacement": edit.replacement, "safety": edit.safety.name.lower()}


def _summary(tally: Tally) -> dict[str, Any]:
    kinds = tally.by_kind
    severities = sorted(Severity, reverse=True)
    return {
        "files": tally.files,
        "findings": tally.findings,
        "failures": tally.failures,
        "by_severity": {
            severity.label: sum(counts[severity] for counts in kinds.values()) for severity in severities
        },
        "by_kind": {
            kind.value: counts.total()
            for kind, counts in sorted(kinds.items(), key=lambda item: item[0].value)
        },
    }
