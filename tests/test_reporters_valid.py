"""The reports as readers that are not ours take them: by schema, and by a parser of the format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml
from lxml import etree
from reports import HOSTILE, hostile, only, report, short_report, to_checkstyle, to_gitlab, to_junit

from sos_lint.report import Report

SCHEMAS = Path(__file__).parent / "schemas"
REPORTS = [report(), short_report(), Report(), only(), *map(hostile, HOSTILE)]

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, in our own words
GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def faults(text: str, schema: str) -> list[str]:
    rules = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    rules.validate(etree.fromstring(text.encode()))
    return [str(fault) for fault in rules.error_log]


@pytest.mark.parametrize("told", REPORTS, ids=range(len(REPORTS)))
def test_junit_and_checkstyle_keep_to_their_schemas(told: Report) -> None:
    assert faults(to_junit(told), "junit.xsd") == []
    assert faults(to_checkstyle(told), "checkstyle.xsd") == []


def test_the_schemas_can_fail() -> None:
    assert faults(
        to_junit(report()).replace("<testcase", "<test").replace("</testcase", "</test"), "junit.xsd"
    )
    assert faults(to_checkstyle(report()).replace('severity="info"', 'severity="hint"'), "checkstyle.xsd")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"description": "words"}], GITLAB)


@pytest.mark.parametrize("told", REPORTS, ids=range(len(REPORTS)))
def test_junitparser_counts_what_we_counted(told: Report) -> None:
    read = JUnitXml.fromstring(to_junit(told).encode())
    counted = (read.tests, read.failures, read.errors)
    read.update_statistics()  # counts for itself
    assert counted == (read.tests, read.failures, read.errors)


@pytest.mark.parametrize("told", REPORTS, ids=range(len(REPORTS)))
def test_gitlab_has_the_shape_that_is_documented(told: Report) -> None:
    jsonschema.validate(json.loads(to_gitlab(told)), GITLAB)
