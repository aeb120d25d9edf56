"""JUnit's XML, which nearly every build server shows: a suite for each file, a test for each finding.

As Jenkins reads it (https://github.com/jenkinsci/xunit-plugin, junit-10.xsd) and GitLab.
"""

from __future__ import annotations

from typing import TextIO
from xml.etree.ElementTree import Element

from sos_lint.report import FileReport, Report
from sos_lint.reporters.names import short_location
from sos_lint.reporters.packed import Packed
from sos_lint.reporters.places import from_here
from sos_lint.reporters.to_comments import comment_on
from sos_lint.reporters.writing import Writing
from sos_lint.reporters.xml import PROLOGUE, alone, element, end, inner, start


class JunitWriting(Writing):
    """Writes the report as JUnit XML. What reaches the file's threshold fails; the rest passes, and says why.

    It begins with counts, so the suites are kept until the end.
    """

    def __init__(self, report: Report, stream: TextIO) -> None:
        super().__init__(report, stream)
        self._suites = Packed()
        self._files = self._tests = self._failures = self._errors = 0

    def add(self, file: FileReport) -> None:
        """Keep the suite of a file, and count what it holds."""
        self._files += 1
        self._tests += _tests(file)
        self._failures += _failing(file)
        self._errors += file.failure is not None
        self._suites.write(inner(_suite(file)))

    def _end(self) -> None:
        root = element(
            None,
            "testsuites",
            name="sos-lint",
            tests=self._tests,
            failures=self._failures,
            errors=self._errors,
        )
        self.stream.write(PROLOGUE)
        if not self._files:
            self.stream.write(alone(root))
            return
        self.stream.write(start(root))
        self.stream.writelines(self._suites)
        self.stream.write(end(root))


def _tests(file: FileReport) -> int:
    return len(file.findings) or 1  # a clear file, and one that cannot be read, count as one


def _failing(file: FileReport) -> int:
    if file.threshold is None:
        return 0
    return sum(finding.severity >= file.threshold for finding in file.findings)


def _suite(file: FileReport) -> Element:
    path = from_here(file.path)
    suite = element(
        None,
        "testsuite",
        name=path,
        tests=_tests(file),
        failures=_failing(file),
        errors=int(file.failure is not None),
    )
    if file.failure is not None:
        test = element(suite, "testcase", name="can be read", classname=path)
        words = f"{file.failure.message}\n{file.failure.hint}".strip()
        element(test, "error", words, message=file.failure.message, type="unreadable")
    elif not file.findings:
        element(suite, "testcase", name="reads clearly", classname=path)
    for finding in file.findings:
        test = element(suite, "testcase", name=f"{finding.rule} ({short_location(finding)})", classname=path)
        words = "\n".join((f"{path}, {short_location(finding)}", *comment_on(finding)))
        if file.threshold is not None and finding.severity >= file.threshold:
            element(test, "failure", words, message=finding.message, type=finding.severity.label)
        else:
            element(test, "system-out", f"{finding.severity.label}: {words}")
    return suite
