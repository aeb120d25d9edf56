"""SARIF 2.1.0, which code hosts and editors read: each finding, what its rule is for, and its edits.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; sections are cited below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from sos_lint import __version__
from sos_lint.finding import Edit, Finding, Suppression
from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report, RuleNote
from sos_lint.reporters.clean import visible
from sos_lint.reporters.identity import identities
from sos_lint.reporters.markdown import escaped
from sos_lint.reporters.packed import Packed
from sos_lint.reporters.places import place_and_line, uri
from sos_lint.reporters.plain_json import inner, items
from sos_lint.reporters.to_comments import comment_on
from sos_lint.reporters.writing import Writing

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "sosLintWords/v1"

_ROOT = "%SRCROOT%"  # the name by which GitHub and editors know the top of the repository
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "recommendation"}


class SarifWriting(Writing):
    """Writes the report as a SARIF log in ASCII.

    The rules come first, and each result has the number of its rule, so the results are kept until the end.
    """

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._notes: dict[str, RuleNote] = {}
        self._failed: list[dict[str, Any]] = []
        self._read = 0
        self._artifacts = Packed()  # a record a line, as are the results
        self._results = Packed()

    def add(self, file: FileReport) -> None:
        """Keep what was found in a file."""
        if file.failure is not None:
            self._failed.append(_failed(file))
            return
        _keep({"location": _location(file.path)}, self._artifacts)
        told = (*file.findings, *file.set_aside)
        for finding, identity in zip(told, identities(file, excerpts=self.report.excerpts), strict=True):
            self._notes.setdefault(finding.rule, _bare(finding))
            _keep(_result(finding, identity, self._read, set_aside=self.report.set_aside), self._results)
        self._read += 1

    def _end(self) -> None:
        self._notes |= {note.id: note for note in self.report.rules}
        notes = [self._notes[id] for id in sorted(self._notes)]
        numbers = {note.id: number for number, note in enumerate(notes)}
        write = self.stream.write
        write(f"{{\n{inner({'$schema': SCHEMA, 'version': '2.1.0'})},\n")
        write(f'  "runs": [\n    {{\n{inner(_run(notes, self._failed), 2)},\n')
        self._write_list("artifacts", map(json.loads, self._artifacts.lines()))
        write(",\n")
        results = map(json.loads, self._results.lines())
        self._write_list("results", ({**one, "ruleIndex": numbers[one["ruleId"]]} for one in results))
        write("\n    }\n  ]\n}\n")

    def _write_list(self, name: str, records: Iterable[dict[str, Any]]) -> None:
        self.stream.write(f'      "{name}": [')
        before = ""
        for record in records:
            self.stream.write(f"{before}\n{items([record], 4)}")
            before = ","
        self.stream.write("\n      ]" if before else "]")


def _keep(record: dict[str, Any], kept: Packed) -> None:
    kept.write(f"{json.dumps(record)}\n")


def _run(notes: Iterable[RuleNote], failed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is told of a run before what was read and found in it."""
    driver = {
        "name": "sos-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(note) for note in notes],
    }
    return {
        "tool": {"driver": driver},
        "language": "en-GB",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which sos-lint was run."}}},
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": failed}],
    }


def _bare(finding: Finding) -> RuleNote:
    """What can be said of a rule from its finding alone."""
    return RuleNote(finding.rule, finding.kind, finding.severity, finding.rule, "")


def _rule(note: RuleNote) -> dict[str, Any]:
    told = [words for words in (note.why, note.advice) if words]
    markdown = [escaped(words) for words in told]
    if note.sources:
        told += ["Sources:", *(f"- {source}" for source in note.sources)]
        markdown += ["**Sources**", "\n".join(f"- {escaped(source)}" for source in note.sources)]
    help_ = {
        "text": _message(told or [note.title]),
        "markdown": "\n\n".join(markdown) or escaped(note.title),
    }
    return {
        "id": note.id,
        "shortDescription": {"text": _message([note.title])},
        "fullDescription": {"text": _message([note.why or note.title])},
        "help": help_,
        "defaultConfiguration": {"level": _LEVELS[note.severity]},
        "properties": {"tags": [note.kind.value], "problem.severity": _PROBLEMS[note.severity]},
    }


def _result(finding: Finding, identity: str, artifact: int, *, set_aside: bool) -> dict[str, Any]:
    """A finding in the file of a number; that of its rule is put in when all rules are known."""
    place: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {**_location(finding.path), "index": artifact}}
    }
    words = list(comment_on(finding))
    if finding.where is None:
        place["physicalLocation"]["region"] = _region(finding)
    if finding.in_words is not None:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.in_words}]
        words[0] += f" ({finding.in_words})"
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": -1,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(words)},
        "locations": [place],
        # GitHub looks at the second alone, and would make its own from the text of the line.
        "partialFingerprints": {FINGERPRINT: identity, "primaryLocationLineHash": identity},
    }
    if finding.edits and finding.where is None:
        result["fixes"] = [_fix(edit, finding) for edit in finding.edits]
    if set_aside:  # then every result says so, be it with an empty list (3.27.23)
        result["suppressions"] = [_suppression(finding.suppression)] if finding.suppression else []
    return result


def _suppression(by: Suppression) -> dict[str, Any]:
    record = {"kind": "inSource" if by.in_document else "external"}
    return {**record, "justification": visible(by.reason)} if by.reason else record


def _region(finding: Finding) -> dict[str, int]:
    start, end = finding.start, finding.end
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }


def _fix(edit: Edit, finding: Finding) -> dict[str, Any]:
    """An edit of the file's own text."""
    region: dict[str, int] = {"charOffset": edit.place.start, "charLength": len(edit.place)}
    start, end = finding.start, finding.end
    if start.line == end.line and start.offset <= edit.place.start and edit.place.end <= end.offset:
        # The same in lines and columns, which more programs follow.
        column = start.column + edit.place.start - start.offset
        lines = {"startLine": start.line, "startColumn": column}
        region = {**lines, "endLine": start.line, "endColumn": column + len(edit.place), **region}
    change = {
        "artifactLocation": _location(finding.path),
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.replacement}}],
    }
    said = f"Write “{edit.replacement}” ({edit.safety.name.lower()})."
    return {"description": {"text": _message([said])}, "artifactChanges": [change]}


def _failed(file: FileReport) -> dict[str, Any]:
    assert file.failure is not None
    path, line = place_and_line(file.path)
    place: dict[str, Any] = {"artifactLocation": _location(path)}
    if line is not None:
        place["region"] = {"startLine": line}
    words = file.failure.words
    return {
        "level": "error",
        "message": {"text": _message([words])},
        "locations": [{"physicalLocation": place}],
    }


def _location(path: str) -> dict[str, Any]:
    there = uri(path)
    return {"uri": there} if there.startswith("file:") else {"uri": there, "uriBaseId": _ROOT}


def _message(lines: Iterable[str]) -> str:
    """Plain text as a message: no placeholder (3.11.5), no link (3.11.6), nothing that steers a viewer."""
    text = "\n".join(visible(line) for line in lines)
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
