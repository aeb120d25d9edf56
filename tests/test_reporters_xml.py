"""JUnit and Checkstyle: XML that parses whatever the words, and counts what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import HOSTILE, hostile, only, report, short_report, to_checkstyle, to_junit

from sos_lint.kinds import Severity
from sos_lint.report import FileReport, Report
from sos_lint.reporters.xml import alone, element, end, inner, start

WRITERS = {"junit": to_junit, "checkstyle": to_checkstyle}


@pytest.mark.parametrize("name", WRITERS)
def test_xml_is_the_golden_one(name: str, check_golden: Callable[[str, str], None]) -> None:
    check_golden(f"report-{name}.xml", WRITERS[name](short_report()))


def parsed(text: str) -> ElementTree.Element:
    assert text.isascii()
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str, write: Callable[[Report], str]) -> None:
    text = write(hostile(words))
    root = parsed(text)
    assert {node.tag for node in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "checkstyle", "file")
    }
    assert "##[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    told = [value for node in root.iter() for value in (*node.attrib.values(), node.text or "")]
    assert not {"\x1b", "\u202e", "\u2066", "\ufffe"} & set("".join(told))


@given(st.text(st.characters(exclude_categories=())))
def test_any_words_can_be_written(words: str) -> None:
    root = element(None, "a", name=words)
    within = start(root) + inner(element(None, "b", words, name=words)) + end(root)
    for text in (alone(root), within):
        assert [set(node.attrib) for node in parsed(text).iter()] == [{"name"}] * (1 + (text is within))


def test_junit_counts_what_it_holds() -> None:
    root = parsed(to_junit(report()))
    for node in (root, *root):
        cases = list(node.iter("testcase"))
        assert int(node.get("tests", "")) == len(cases)
        assert int(node.get("failures", "")) == sum(case.find("failure") is not None for case in cases)
        assert int(node.get("errors", "")) == sum(case.find("error") is not None for case in cases)
    assert root.get("errors") == "2"


THRESHOLDS = {
    "never": (None, 0),
    "error": (Severity.ERROR, 1),
    "warning": (Severity.WARNING, 18),
    "suggestion": (Severity.SUGGESTION, 21),
}


@pytest.mark.parametrize(("threshold", "failing"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_junit_fails_what_fails_the_run(threshold: Severity | None, failing: int) -> None:
    (part,) = [file for file in report().files if file.path == "draft.md"]
    root = parsed(to_junit(Report((replace(part, threshold=threshold),))))
    assert root.get("failures") == str(failing)
    assert len(root.findall(".//system-out")) == len(part.findings) - failing


def test_a_clear_file_is_a_test_that_passes() -> None:
    (case,) = parsed(to_junit(only())).iter("testcase")
    assert (case.attrib, list(case)) == ({"name": "reads clearly", "classname": "draft.md"}, [])


def test_checkstyle_names_every_file_and_finding() -> None:
    root = parsed(to_checkstyle(report()))
    assert [file.get("name") for file in root] == [file.path for file in report().files]
    assert len(list(root.iter("error"))) == len(report().findings) + len(report().failures)
    (word,) = [file for file in root if file.get("name") == "plan.docx"]
    assert {error.get("line") for error in word} == {None}
    assert str(word[0].get("message")).startswith("table 2, row 3, column 1: ")


def test_checkstyle_of_nothing() -> None:
    assert list(parsed(to_checkstyle(Report((FileReport("a.md"),))))[0]) == []
