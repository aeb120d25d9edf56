"""sos-lint in a stranger's spaCy pipeline: with and without a tagger and parser, and in processes."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from sos_lint import lint_text
from sos_lint.nlp.grammar import model

TEXTS = [
    "There is neglect in the home. The MASH team met Ms Marlow.",
    "Ruby has contact with her dad on Fridays. He contacted the school.",
    "Nothing to see here: Ruby had toast and went to school.",
    "",
]


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sos_lint")
    return nlp


@pytest.fixture(scope="module")
def tagged() -> Language:
    nlp = spacy.load(model().meta["lang"] + "_" + model().meta["name"], exclude=["ner"])
    nlp.add_pipe("sos_lint", last=True)
    return nlp


def found(doc: spacy.tokens.Doc) -> list[tuple[str, str]]:
    return [(span.id_, span.text) for span in doc.spans["sos_lint"]]


def expected(text: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in lint_text(text)] if text else []


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("pipeline", ["blank", "tagged"])
def test_a_strangers_pipeline_gives_the_findings_of_the_linter(
    pipeline: str, text: str, request: pytest.FixtureRequest
) -> None:
    assert found(request.getfixturevalue(pipeline)(text)) == expected(text)


@pytest.mark.model
def test_processes_give_the_same_spans_and_whole_findings(blank: Language) -> None:
    docs = list(blank.pipe(TEXTS * 3, n_process=2, batch_size=2))
    assert [found(doc) for doc in docs] == [expected(text) for text in TEXTS * 3]
    assert docs[0].spans["sos_lint"].attrs["findings"][0]["missing"] == [
        "behaviour",
        "frequency",
        "worst",
        "impact",
    ]


def test_the_kind_is_the_label_and_can_be_chosen() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sos_lint", config={"select": ["acronym"]})
    doc = nlp(TEXTS[0])
    assert [(span.label_, span.text) for span in doc.spans["sos_lint"]] == [("acronym", "MASH")]


def test_a_wrong_name_is_told() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sos_lint", config={"select": ["acronim"]})
    with pytest.raises(Exception, match="acronym"):
        nlp(TEXTS[0])


def test_a_pipeline_survives_a_trip_to_disk(blank: Language, tmp_path: Path) -> None:
    blank.to_disk(tmp_path)
    assert found(spacy.load(tmp_path)(TEXTS[0])) == expected(TEXTS[0])
