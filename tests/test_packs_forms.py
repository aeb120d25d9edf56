"""Forms in packs: a council's own, described in YAML, and what is said of a description with faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import ROOT
from small_packs import Data, compiled, write_pack

from sos_lint.catalogue import Catalogue
from sos_lint.errors import BadPack
from sos_lint.forms import Need
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Surroundings, cues_of
from sos_lint.packs.form_schema import BoxEntry, FormFile, SectionEntry
from sos_lint.readers import read_bytes
from sos_lint.structure.forms import forms_in

SECTION = {"name": "Worries", "question": "What worries you?", "called": ["worries"]}


def form(**said: Any) -> dict[str, Any]:
    return {"form": "ours", "title": "Our form", "sections": [SECTION], "source": "guide", **said}


def faults(folder: Path, data: Data | str, name: str = "ours") -> list[str]:
    with pytest.raises(BadPack) as caught:
        compiled(write_pack(folder, {name: data}))
    return [
        f"{Path(fault.place).name} {fault.sentence} {fault.hint}".strip() for fault in caught.value.faults
    ]


def test_a_form_of_ones_own_is_carried_by_the_catalogue(tmp_path: Path) -> None:
    section = {
        **SECTION,
        "needs": {"by-when": "When?", "who": "Who?"},
        "boxes": [{"name": "Harm", "also": ["harm"], "apart": True}],
    }
    whole = form(form="whole")
    made = compiled(
        write_pack(tmp_path, {"ours": form(sections=[section], **{"part-of": "whole"}), "whole": whole})
    )
    kept = Catalogue.from_head(made.head, dict)
    assert kept.forms == made.forms
    ours = kept.forms[0]
    assert (ours.id, ours.title, ours.part_of, ours.sources) == ("ours", "Our form", "whole", ("A guide",))
    (worries,) = ours.sections
    assert worries.needs == ((Need.BY_WHEN, "When?"), (Need.WHO, "Who?"))
    assert (worries.called, worries.required, worries.boxes[0].apart) == (("worries",), True, True)


def test_a_later_pack_takes_the_place_of_a_form(tmp_path: Path) -> None:
    packs = [
        write_pack(
            tmp_path / name,
            {"ours": form(title=name)},
            {"id": name, "title": name, "version": "1", "sources": {"guide": "A guide"}},
        )
        for name in ("first", "second")
    ]
    assert [one.title for one in compiled(*packs).forms] == ["second"]


FAULTS = {
    "no sections": ({"form": "ours", "title": "Our form"}, ["ours.yml:1 “sections” is missing here."]),
    "a misspelt key": (
        form(sectoins=[]),
        ["ours.yml:1 the key “sectoins” is not known here. Did you mean “sections”?"],
    ),
    "an unknown need": (
        form(sections=[{**SECTION, "needs": {"whom": "Who?"}}]),
        ["ours.yml:1 the key “whom” is not known here. Did you mean “who”?"],
    ),
    "a section without a label": (
        form(sections=[{"name": "Worries", "question": "What?"}]),
        ["ours.yml:1 a section needs a label, in `called` or `also`."],
    ),
    "a section twice": (form(sections=[SECTION, SECTION]), ["ours.yml:1 there are two sections “Worries”."]),
    "nothing to balance": (
        form(sections=[{**SECTION, "balances": "Strengths"}]),
        ["ours.yml:1 no section is called “Strengths”."],
    ),
    "a part of nothing": (
        form(**{"part-of": "outs"}),
        ["ours.yml:1 no form is called “outs”. Did you mean “ours”?"],
    ),
    "a part of itself": (form(**{"part-of": "ours"}), ["ours.yml:1 the form “ours” is part of itself."]),
    "an unknown source": (
        form(source="gide"),
        ["ours.yml:1 the source “gide” is not named in pack.yml. Did you mean “guide”?"],
    ),
    "an unknown class": (
        form(hints=["<nobody> worries"]),
        ["ours.yml:1 the word class <nobody> is not known."],
    ),
    "a pattern of anything": (
        form(ends=["signed?"]),
        ["ours.yml:1 every word of “signed?” may be left out, so it would fit anything."],
    ),
    "grammar": (
        form(ends=["NOUN"]),
        ["ours.yml:1 “NOUN” asks for a part of speech, which only a rule's conditions may."],
    ),
}


@pytest.mark.parametrize(("data", "expected"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_told(tmp_path: Path, data: Data, expected: list[str]) -> None:
    assert faults(tmp_path, data) == expected


def test_a_form_has_the_name_of_its_file(tmp_path: Path) -> None:
    assert faults(tmp_path, form(), "theirs") == [
        "theirs.yml:1 the form “ours” differs from the file's name. Make them the same."
    ]


def test_the_line_of_a_fault_is_told(tmp_path: Path) -> None:
    text = (
        "form: ours\ntitle: Ours\nsections:\n  - name: A\n    question: What?\n    called: [a]\n"
        "  - name: B\n    question: What?\n    called:\n      - b\n      - <nobody>\n"
    )
    assert faults(tmp_path, text) == ["ours.yml:11 the word class <nobody> is not known."]


def test_the_form_in_the_guide_is_read(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    written = guide.partition("```yaml\n")[2].partition("```")[0]
    catalogue = compiled(write_pack(tmp_path, {"home-visit": written}))
    cues = cues_of(catalogue.lexicon)
    headings = (
        "Children seen\n\nTom.",
        "What you saw (at home)\n\n________",
        "Next steps\n\nSigned: A. Example",
    )
    text = "".join(f"# {heading}\n\n" for heading in headings)
    document = read_bytes(text.encode(), "visit.md")
    (form,) = forms_in(Surroundings(document, Sentences(())), cues, catalogue.forms)
    assert [section.state.value for section in form.sections] == ["filled", "empty", "empty", "missing"]


def test_the_guide_names_every_key_and_need() -> None:
    guide = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    keys = {
        name.replace("_", "-") for model in (FormFile, SectionEntry, BoxEntry) for name in model.model_fields
    }
    for key in (keys - {"form", "title", "name", "source", "sections"}) | {need.value for need in Need}:
        assert f"`{key}`" in guide, key
