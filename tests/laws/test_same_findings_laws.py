"""A law of runs: what is found does not hang on the cache, on the number of processes or on the order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sos_lint import cache, jobs
from sos_lint.batch import Asked, lint_files, sifted
from sos_lint.cache import Results
from sos_lint.jobs import lint_by_many
from sos_lint.project import Project
from sos_lint.readers.find import find_documents
from sos_lint.report import FileReport
from sos_lint.settings import Settings

SENTENCES = (
    "Odette had tea with her gran.", "There is neglect in the home.", "Wilbur has a CIN plan.",
    "He is on a CIN plan (child in need).", "She was non-compliant and disengaged.", "The plan was reviewed.",
    "We are worried that Dad will hit Wilbur.", "Safety goal: Mum will be at home by six.",
    "# Worries\n", "\n\n", "- ", "On a scale of 0 to 10, 4.", "“Neglect”, said Wilbur.", "Zoë 👩‍👧 ate.",
    "\n<!-- sos-lint: ignore broad-terms/neglect -- quoted -->\n", "He often missed school.",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=8).map(" ".join)
FOLDERS = st.dictionaries(st.sampled_from(["a.md", "a.txt", "b c.md", "d.html", "é.txt"]), TEXTS, min_size=1)
EVERYTHING = Asked(measure=True, told=True, glossary=True, ready=True, set_aside=True)


@pytest.mark.model
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FOLDERS, st.sampled_from([Asked(), Asked(told=True, set_aside=True), Asked(bare=True), EVERYTHING]))
@example({"a.md": "Odette had tea.", "a.txt": "There is neglect.", "d.html": ""}, Asked())
def test_the_findings_are_the_same_however_they_are_come_by(
    monkeypatch: pytest.MonkeyPatch, texts: dict[str, str], asked: Asked
) -> None:
    monkeypatch.setattr(cache, "SETTLED", 0)  # what was written a moment ago may be known again
    project = Project(Settings())
    with tempfile.TemporaryDirectory() as place:
        for name, text in texts.items():
            (Path(place) / name).write_text(text, encoding="utf-8")
        found, _ = find_documents([place], project.leaves_out)
        plain = list(lint_files(found, project.choose, asked=asked))

        def kept(order: int = 1) -> list[FileReport]:
            results = Results(Path(place) / "cache")
            given = sifted(found[::order], project.choose, asked, results)
            return list(lint_files(given, project.choose, asked=asked, results=results))[::order]

        assert kept() == plain
        assert kept() == plain
        assert kept(-1) == plain
        assert list(lint_by_many(found, project, asked, 2)) == plain
        with monkeypatch.context() as packed:
            packed.setattr(jobs, "_PACKED", 1)
            assert list(lint_by_many(found, project, asked, 2)) == plain
        for _ in range(2):
            given = sifted(found, project.choose, asked, Results(Path(place) / "cache"))
            assert list(lint_by_many(given, project, asked, 2, kept=True)) == plain


@pytest.mark.model
def test_the_law_has_something_to_hold() -> None:
    """Most sentences are asked about, and some are not."""
    project = Project(Settings())
    with tempfile.TemporaryDirectory() as place:
        for number, sentence in enumerate(SENTENCES):
            (Path(place) / f"{number:02}.md").write_text(f"{sentence} ok", encoding="utf-8")
        found, _ = find_documents([place], project.leaves_out)
        reports = list(lint_files(found, project.choose))
    assert any(report.findings for report in reports)
    assert any(not report.findings and report.failure is None for report in reports)
