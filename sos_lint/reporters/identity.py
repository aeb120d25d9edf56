"""What the findings of a file are known by in reports that programs compare from run to run."""

from __future__ import annotations

from sos_lint.fingerprint import fingerprint, numbered
from sos_lint.report import FileReport
from sos_lint.text import Range


def identities(file: FileReport, *, excerpts: bool) -> tuple[str, ...]:
    """A name for each finding of the file, then for each that is set aside; no two the same.

    It stays when lines move. Without excerpts it goes by file, rule and order alone, since the words of a
    hash could be guessed.
    """
    findings = (*file.findings, *file.set_aside)
    if excerpts:
        return tuple(finding.fingerprint for finding in findings)
    whole = Range(0, len(file.path))
    return tuple(numbered(fingerprint(finding.rule, file.path, whole) for finding in findings))
