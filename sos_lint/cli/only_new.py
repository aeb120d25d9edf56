"""What of a run is new: neither set aside by a baseline, nor on lines that have not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sos_lint.readers import shown

if TYPE_CHECKING:
    from sos_lint.changed import Changes
    from sos_lint.finding import Finding
    from sos_lint.project import Project
    from sos_lint.readers.find import Found
    from sos_lint.report import Aside, FileReport


def without_old(
    reports: Iterable[FileReport],
    documents: Sequence[Found],
    project: Project,
    asked: Path | None,
    *,
    tells_gone: bool,
    set_aside: bool,
) -> tuple[Iterable[FileReport], Aside | None]:
    """The reports without the findings of their baselines, and what those set aside (None: there is none).

    `documents` are what is read for them; where no baseline is, the reports are passed on as they come. A
    file's baseline is the one asked for, else that of its configuration. `set_aside`: the reports keep its
    findings among what is set aside.
    """
    if not has_baseline(documents, project, asked):
        return reports, None
    reports = list(reports)
    by_name = _by_name(documents)
    by_place: dict[Path, list[FileReport]] = {}
    for report in reports:
        if report.failure is None:
            place = asked or project.config_for(by_name[report.path].path).settings.baseline
            if place is not None:
                by_place.setdefault(place, []).append(report)
    if not by_place and asked is None:
        return reports, None
    from sos_lint.baseline import compare, name_below, read
    from sos_lint.cli.baseline import there
    from sos_lint.report import Aside

    if asked is not None:
        by_place.setdefault(asked, [])
    new: dict[str, FileReport] = {}
    old = gone = 0
    for place, files in by_place.items():
        names = {report.path: name_below(by_name[report.path].place, place) for report in files}
        found = {names[report.path]: report.findings for report in files}
        compared = compare(read(place), found, there(place, project))
        for report in files:
            outcome = compared[names[report.path]]
            left = report.only(outcome.new)
            new[report.path] = _with_old(left, outcome.old) if set_aside else left
            old, gone = old + len(outcome.old), gone + outcome.gone
    kept = [new.get(report.path, report) for report in reports]
    return kept, Aside(old, gone if tells_gone else None)


def _with_old(report: FileReport, old: Iterable[Finding]) -> FileReport:
    """The report with the findings of its baseline among what is set aside."""
    from sos_lint.finding import Suppression

    by = Suppression(in_document=False, reason="It stands in the baseline.")
    every = (*report.set_aside, *(replace(finding, suppression=by) for finding in old))
    return replace(report, set_aside=tuple(sorted(every, key=lambda finding: finding.sort_key)))


def has_baseline(documents: Iterable[Found], project: Project, asked: Path | None) -> bool:
    """True where some of these documents have a baseline."""
    return asked is not None or any(
        project.config_for(document.path).settings.baseline is not None for document in documents
    )


def on_changed_lines(
    reports: Iterable[FileReport], documents: Sequence[Found], changes: Changes
) -> Iterator[FileReport]:
    """The reports with the findings on changed lines alone."""
    from sos_lint.changed import on_lines

    by_name = _by_name(documents)

    def narrowed(report: FileReport) -> FileReport:
        document = by_name.get(report.path)
        if report.failure is not None or document is None or document.part is not None:
            return report  # of an attachment, git knows no lines
        lines = changes.lines(document.path)
        return replace(
            report, findings=on_lines(report.findings, lines), set_aside=on_lines(report.set_aside, lines)
        )

    return map(narrowed, reports)


def _by_name(documents: Iterable[Found]) -> dict[str, Found]:
    """The documents by the names that they have in reports."""
    return {shown(document.name): document for document in documents}
