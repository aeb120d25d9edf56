"""Which documents are forms, what stands in their sections, and what they lack."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from commands import ROOT
from form_files import FORMATS, Element, h, li, p, table, to_markdown, to_text
from form_templates import NEXT, TEMPLATES, THREE_COLUMNS, WELL, WORRY
from word_files import document_of

from sos_lint.catalogue import Catalogue
from sos_lint.nlp.sentences import Sentences
from sos_lint.nlp.surroundings import Surroundings, cues_of
from sos_lint.packs.compile import compile_packs
from sos_lint.packs.sources import find_packs
from sos_lint.readers import read_bytes
from sos_lint.structure.forms import Form, State, chosen, forms_in
from sos_lint.structure.forms.checks import Fault, faults_in
from sos_lint.structure.forms.readiness import OpenQuestion, Statement, readiness
from sos_lint.structure.forms.templates import prompts_in

WORRIES, WELL_NAME, NEEDS = "What are we worried about?", "What's working well?", "What needs to happen?"
MAP = "# What are we worried about?\n\n{}\n\n# What's working well?\n\n{}\n\n# What needs to happen?\n\n{}\n"
WORST = f"{WORRY} That was the worst time."


@cache
def catalogue() -> Catalogue:
    return compile_packs(find_packs([ROOT / "rules" / "english", ROOT / "rules" / "forms"]))


def around(data: bytes | str, name: str = "draft.md") -> Surroundings:
    document = read_bytes(data.encode() if isinstance(data, str) else data, name)
    sentences = Sentences(catalogue().lexicon.classes["abbreviation"])
    return Surroundings(document, sentences)


def forms(here: Surroundings, asked: str | None = None) -> tuple[Form, ...]:
    return forms_in(here, cues_of(catalogue().lexicon), catalogue().forms, asked)


def names(data: bytes | str, name: str = "draft.md") -> list[str]:
    return [form.name for form in forms(around(data, name))]


def the_form(here: Surroundings, asked: str | None = None) -> Form:
    form = chosen(forms(here, asked), asked)
    assert form is not None
    return form


def columns(here: Surroundings) -> list[list[str]]:
    found = {form.name: form for form in forms(here)}["three-columns"]
    return [[at.of(here.text) for at in section.told] for section in found.sections[:3]]


def faults(text: str, asked: str | None = None) -> list[Fault]:
    here = around(text)
    cues = cues_of(catalogue().lexicon)
    return [fault for form in forms(here, asked) for fault in faults_in(form, here, cues)]


def told(text: str) -> set[tuple[str, ...]]:
    return {(fault.lack.value, *(need.value for need in fault.needs)) for fault in faults(text)}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("form", TEMPLATES.values(), ids=TEMPLATES)
def test_of_ten_templates_only_the_meeting_record_has_three_columns(form: list[Element], ending: str) -> None:
    found = names(FORMATS[ending](form), f"template.{ending}")
    assert found == (["meeting-record", "three-columns"] if form is list(TEMPLATES.values())[2] else [])


@pytest.mark.parametrize("ending", FORMATS)
def test_a_blank_template_has_every_column_and_nothing_in_any(ending: str) -> None:
    here = around(FORMATS[ending](list(TEMPLATES.values())[2]), f"template.{ending}")
    for form in forms(here):
        assert form.is_blank
        assert {section.state for section in form.sections if section.description.required} <= {
            State.EMPTY,
            State.PRINTED,
        }


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("form", THREE_COLUMNS.values(), ids=THREE_COLUMNS)
def test_three_columns_are_read_in_every_layout(form: list[Element], ending: str) -> None:
    here = around(FORMATS[ending](form), f"form.{ending}")
    assert [form.name for form in forms(here)] == ["three-columns"]
    worries, well, needs = columns(here)
    assert worries[0] == WORRY
    assert well[-1] == WELL
    assert needs == [NEXT]


@pytest.mark.parametrize("layout", ["headings", "labels", "one cell for each", "short names"])
def test_plain_text_reads_like_the_rest(layout: str) -> None:
    here = around(to_text(THREE_COLUMNS[layout]), "form.txt")
    worries, well, needs = columns(here)
    assert (worries[0], well, needs) == (WORRY, [WELL], [NEXT])


LABELS = {  # of the first column, the second, the third: all real variants
    WORRIES: [
        "What are we worried about?",
        "What are you worried about?",
        "What is Mum worried about?",
        "What we're worried about",
        "What are the worries?",
        "What’s worrying us?",
        "What has happened to the child that worries you?",
        "What has happened, what have you seen that makes you worried?",
        "WHAT ARE PROFESSIONALS AND FAMILY WORRIED ABOUT?",
        "What are we worried about for Tom and Ruby?",
        "Our worries",
        "Worries / concerns",
        "What isn't working well?",
        "House of Worries",
        "Past harm",
        "Complicating Factors",
        "Section 2: What are we worried about?",
        "3.1 What Are We Worried About? (Past Harm / Future Danger)",
    ],
    WELL_NAME: [
        "What's working well?",
        "What is going well?",
        "What has worked well since the last meeting?",
        "What do we have going for us?",
        "What's good?",
        "What are the strengths and safety?",
        "Working well",
        "What is going well at home and school?",
        "House of Good Things",
        "Existing Strengths",
        "Existing safety",
        "2) What’s Working WELL",
        "What’s working well? / Strengths",
    ],
    NEEDS: [
        "What needs to happen?",
        "What needs to happen next?",
        "What do we need to do?",
        "What we need to do to address the worries",
        "What needs to change?",
        "What would wellbeing look like?",
        "What has to happen?",
        "What needs to happen for you to be satisfied that the child will be safe?",
        "Needs to happen",
        "House of Dreams",
        "Part C – What needs to happen?",
    ],
}
OTHERS = {WORRIES: "What needs to happen?", WELL_NAME: "What needs to happen?", NEEDS: "What's working well?"}


@pytest.mark.parametrize(
    ("section", "label"), [(section, label) for section, labels in LABELS.items() for label in labels]
)
def test_a_column_is_known_by_its_label(section: str, label: str) -> None:
    here = around(to_markdown([h(2, label), p(WORRY), h(2, OTHERS[section]), p(NEXT)]))
    assert [at.of(here.text) for at in the_form(here).section(section).told] == [WORRY]


QUESTIONS = (WORRIES, WELL_NAME, NEEDS)
NO_FORMS = {
    "the questions in a sentence": f"We ask: {' '.join(QUESTIONS)}",
    "the questions in a list": "\n".join(["There are three columns:\n", *(f"- {each}" for each in QUESTIONS)])
    + "\n\nThe template gives some prompts.",
    "the questions on lines": "\n\n".join(["We will go through these three questions:", *QUESTIONS]),
    "the questions explained": f"- {WORRIES} Past harm.\n- {WELL_NAME} Strengths.\n- {NEEDS} Goals.",
    "one question": "# What needs to happen?\n\nBring your coat.\n\n# Where to go\n\nTo the hall.",
    "a school report": "# Strengths\n\nMaths.\n\n# Concerns\n\nSpelling.\n\n# Next steps\n\nRead each day.",
    "a statement and its goal": "Danger statement: Mum is worried that Tom could be hurt.\n\n"
    "Safety goal: Nan will be at home each night.",
    "a scale": "On a scale of 0 to 10, Mum says 6.",
    "the minutes of a club": "# Date of meeting\n\n3 May\n\n# Apologies\n\nJo\n\n# People present\n\nAnn",
    "a quotation": "> What are we worried about?\n\n> Dad.\n\n> What needs to happen?\n\n> Help.",
    "no words": "________",
}


@pytest.mark.parametrize("text", NO_FORMS.values(), ids=NO_FORMS)
def test_what_only_mentions_a_form_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md", "docs/your-own-pack.md"])
def test_our_own_pages_are_no_forms(path: str) -> None:
    assert names((ROOT / path).read_bytes(), path) == []


def test_a_school_report_that_names_the_method_is_a_form() -> None:
    text = f"Signs of Safety\n\n{NO_FORMS['a school report']}"
    assert names(text) == ["three-columns"]


STATES = {
    "words": ("Dad hit Mum.", State.FILLED),
    "nothing": ("", State.EMPTY),
    "a ruled line": ("________", State.EMPTY),
    "a field": ("{{worries}}", State.EMPTY),
    "words around a field": ("Signed [name] on [date]", State.EMPTY),
    "a field in a sentence": ("Dad has hit Mum [number] times.", State.FILLED),
    "boxes without a tick": ("☐ Yes ☐ No", State.EMPTY),
    "a box with a tick": ("Seen: ☒ Yes ☐ No", State.FILLED),
    "not applicable": ("N/A", State.EMPTY),
    "to be confirmed": ("To be confirmed.", State.EMPTY),
    "a question": ("What has happened? When?", State.PRINTED),
    "an instruction": ("Describe any neglect. For example, how often.", State.PRINTED),
    "a remark in brackets": ("(What you have seen or heard.)", State.PRINTED),
    "its own name": ("What are we worried about", State.PRINTED),
    "a field of another kind": ("Date: 3 May", State.EMPTY),
    "an instruction and words": ("Describe any neglect.\n\nDad hit Mum.", State.FILLED),
    "a task to tick": ("- [ ] Nan tells school", State.FILLED),
    "an option to tick": ("- [ ] Neglect", State.EMPTY),
    "an instruction that asks nicely": ("Please describe any harm.", State.PRINTED),
    "another": ("Please give details of each time.", State.PRINTED),
    "a third": ("Please complete all sections.", State.PRINTED),
    "a fourth": ("Please use plain language.", State.PRINTED),
    "a request": ("Please would a social worker see Tom by Friday.", State.FILLED),
    "a request to give": ("Please give Mum a bed by Friday.", State.FILLED),
    "a request to make sure": ("Please ensure that Tom is seen today.", State.FILLED),
    "a request to note": ("Please note that Dad has a knife.", State.FILLED),
}


@pytest.mark.parametrize(("words", "state"), STATES.values(), ids=STATES)
def test_how_far_a_column_is_written(words: str, state: State) -> None:
    here = around(MAP.format(words, WELL, NEXT))
    assert the_form(here).section(WORRIES).state is state


def test_what_follows_a_form_belongs_to_no_column() -> None:
    """A footer's school, or who signed it, once stood under “What needs to happen?”."""
    here = around(MAP.format(WORRY, WELL, "") + "\nSigned: A. Example\n\n# Consent\n\nMum agreed.")
    assert the_form(here).section(NEEDS).state is State.EMPTY


def test_the_heads_of_a_plan_are_no_column_of_their_own() -> None:
    plan = to_markdown([table(["Action", "Who", "By when"], ["See the GP", "Mum", "3 June"])]).decode()
    here = around(MAP.format(WORRY, WELL, plan))
    assert columns(here)[2] == ["See the GP", "Mum", "3 June"]


def test_a_row_of_its_own_ends_a_row_of_a_column() -> None:
    here = around(
        to_markdown([table([WORRIES, WORRY], [WELL_NAME, ""], ["Other agencies", "School"], [NEEDS, NEXT])])
    )
    assert the_form(here).section(WELL_NAME).state is State.EMPTY


def test_the_value_beside_a_label_may_look_like_a_label() -> None:
    here = around(to_markdown([table([WORRIES, "Neglect at home"], [WELL_NAME, WELL], [NEEDS, NEXT])]))
    assert columns(here)[0] == ["Neglect at home"]


FAULTS = {
    "all there": (WORST, WELL, NEXT, set()),
    "an empty column": (WORST, "", NEXT, {("empty",)}),
    "only its prompt": (WORST, "What do others do?", NEXT, {("printed",)}),
    "nothing good": (WORST, "Nothing that we have seen.", NEXT, {("nothing-good",)}),
    "no worst time": (WORRY, WELL, NEXT, {("no-example", "worst-example")}),
    "no last time": (
        "Dad kicks Mum. The worst was a kick to her head.",
        WELL,
        NEXT,
        {("no-example", "last-example")},
    ),
    "neither": ("Dad kicks Mum.", WELL, NEXT, {("no-example", "worst-example", "last-example")}),
    "no harm told": ("Mum is low.", WELL, NEXT, set()),
    "a nice fact": (WORST, "Mum loves Tom.", NEXT, {("nothing-done", "something-done")}),
    "what a child is good at": (
        WORST,
        "Tom goes to football on Saturdays.",
        NEXT,
        {("nothing-done", "something-done")},
    ),
    "what help does": (WORST, "The school nurse weighed Tom.", NEXT, {("nothing-done", "something-done")}),
    "a nice fact beside safety": (WORST, f"Mum loves Tom. {WELL}", NEXT, set()),
    "what a child does to be safe": (WORST, "Tom rang Nan when he was frightened.", NEXT, set()),
    "what somebody does": (WORST, "She gives Tom his tea and takes him to school on Monday.", NEXT, set()),
    "where a child may stay": (WORST, "Nan has had Tom to stay every Friday since May.", NEXT, set()),
    "what has stopped": (WORST, "Mum has not drunk since March.", NEXT, set()),
    "what is only planned": (WORST, "Mum will call the police.", NEXT, {("nothing-done", "something-done")}),
    "neither who nor when": (WORST, WELL, "Continue to monitor.", {("no-plan", "who", "by-when")}),
    "no when": (WORST, WELL, "Mum will see the GP.", {("no-plan", "by-when")}),
    "no who": (WORST, WELL, "Tom to be seen weekly.", {("no-plan", "who")}),
    "by whom": (WORST, WELL, "Tom to be seen weekly by the nurse.", set()),
    "somebody": (WORST, WELL, "Someone will ring Nan on Monday.", {("no-plan", "who")}),
    "for whom": (WORST, WELL, "Support for Mum from 3 May.", {("no-plan", "who")}),
    "a meeting of all": (WORST, WELL, "Review meeting on 3 May at school.", set()),
    "a service": (WORST, WELL, "Housing to mend the boiler by 3 June.", set()),
    "when over a list": (WORST, WELL, "By 3 June:\n\n- Mum will see the GP.", set()),
    "a plan in a table": (
        WORST,
        WELL,
        "| Action | Who | By when |\n|---|---|---|\n| See the GP | Mum | 3 June |\n| Ring Nan | | |",
        {("no-plan", "who", "by-when")},
    ),
    "a goal is no plan": (WORST, WELL, f"{NEXT}\n\n## Safety goals\n\nThe boys sleep in their beds.", set()),
}


@pytest.mark.parametrize(("worries", "well", "needs", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_a_form_lacks(worries: str, well: str, needs: str, expected: set[tuple[str, ...]]) -> None:
    assert told(MAP.format(worries, well, needs)) == expected


def test_a_column_that_is_missing() -> None:
    (fault,) = faults(f"# Worries\n\n{WORST}\n\n# Next steps\n\n- {NEXT}\n\nSigns of Safety")[:1]
    assert (fault.lack.value, fault.section) == ("missing", WELL_NAME)


def test_a_missing_column_that_may_be_left_out_is_none() -> None:
    assert all(fault.section != "Where would we rate it?" for fault in faults(MAP.format("", "", "")))


SAFER = [
    h(2, "S – Situation"),
    p("Tom Example (7) came to school on Monday with a black eye."),
    h(2, "A – Assessment and actions"),
    p(f"{WORRY} It was the worst time. We rang Nan."),
    h(2, "F – Family factors"),
    p("Tom lives with Mum and Dad; Nan lives next door."),
    h(2, "E – Expected response"),
    p("Please send a social worker today."),
    h(2, "R – Referral and recording"),
    p("Mum knows of this referral."),
]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_safer_referral_is_known(ending: str) -> None:
    here = around(FORMATS[ending](SAFER), f"referral.{ending}")
    form = the_form(here)
    assert form.name == "safer"
    assert [section.name for section in form.sections if section.state is State.FILLED] == [
        "Situation",
        "Assessment",
        "Family",
        "Expected response",
        "Recording",
    ]


def test_headings_of_a_report_make_no_safer_referral() -> None:
    report = [h(2, "Situation"), p("x"), h(2, "Assessment"), p("y"), h(2, "Family"), p("z")]
    assert names(to_markdown(report)) == []
    assert names(to_markdown([p("SAFER referral"), *report])) == ["safer"]


def test_a_form_that_is_asked_for_is_read_whatever_the_document_is() -> None:
    here = around("Tom came to school with a black eye.")
    assert forms(here) == ()
    assert {section.state for section in the_form(here, "safer").sections} == {State.MISSING}
    assert [form.name for form in forms(here, "meeting-record")] == ["meeting-record", "three-columns"]
    assert forms(here, "nothing-of-the-kind") == ()
    assert forms(around("________"), "safer") == ()


def test_the_view_before_sending_follows_the_form() -> None:
    here = around(MAP.format("Dad kicks Mum.", "", NEXT) + "\n# Notes\n\nThere is neglect.")
    form = the_form(here)
    cues = cues_of(catalogue().lexicon)
    at = the_form(here).section(WORRIES).told[0]
    last = here.document.blocks[-1].at
    view = readiness(
        form,
        faults_in(form, here, cues),
        [Statement("Danger Statement", at, ("who_is_worried",)), Statement("Safety Goal", last)],
        [
            OpenQuestion(last, "What was done?"),
            OpenQuestion(at, "How often?"),
            OpenQuestion(at, "How often?"),
        ],
    )
    assert (view.filled, view.required, view.complete, len(view.statements)) == (2, 3, 1, 2)
    assert not view.is_ready
    assert [(section.name, len(section.questions)) for section in (*view.sections, view.elsewhere)] == [
        (WORRIES, 3),
        (WELL_NAME, 1),
        (NEEDS, 0),
        ("Where would we rate it?", 0),
        ("", 1),
    ]
    assert view.questions[-1].question == "What was done?"


def test_a_form_with_nothing_open_is_ready() -> None:
    here = around(MAP.format(WORST, WELL, NEXT))
    form = the_form(here)
    view = readiness(form, faults_in(form, here, cues_of(catalogue().lexicon)))
    assert (view.is_ready, view.questions) == (True, ())


def test_prompts_of_a_template_are_told_and_those_of_a_letter_are_not() -> None:
    cues = cues_of(catalogue().lexicon)
    blank = around(FORMATS["md"](TEMPLATES["5 a multi-agency referral, Shropshire"]))
    prompts = [at.of(blank.text) for at in prompts_in(blank, cues)]
    assert "Describe any neglect, abuse or other harm." in prompts
    assert "Ring first if a child is in danger now." not in prompts
    letter = around("Please ring me. Describe any neglect that you saw.")
    assert prompts_in(letter, cues) == ()


def test_the_same_words_are_read_alike_in_word_and_markdown(tmp_path: Path) -> None:
    for form in THREE_COLUMNS.values():
        both = [
            columns(around(write(form), f"{tmp_path}/form.{ending}")) for ending, write in FORMATS.items()
        ]
        assert both[0] == both[1]


def test_an_item_of_a_list_may_be_a_label_where_something_stands_beneath() -> None:
    here = around(to_markdown([li(WORRIES), p(WORST), li(WELL_NAME), p(WELL), li(NEEDS), p(NEXT)]))
    assert [len(column) for column in columns(here)] == [2, 1, 1]


def test_what_word_shows_in_an_empty_control_fills_nothing() -> None:
    """A control that shows its prompt, a merge field and a field of five blanks, as Word writes them."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = "<w:r><w:t>Describe the harm that has been done to Tom.</w:t></w:r>"
    fields = "".join(
        f'<w:fldSimple w:instr="{code}"><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'
        for code, shown in (("MERGEFIELD Strengths", "«Strengths»"), ("FORMTEXT", "\u2002" * 5))
    )
    rows = [
        (WORRIES, control.format("<w:showingPlcHdr/>", prompt)),
        (WELL_NAME, fields),
        (NEEDS, control.format("", "<w:r><w:t>Mum will ring Nan on Friday.</w:t></w:r>")),
    ]
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    table_of = "".join(
        f"<w:tr>{cell.format(f'<w:r><w:t>{label}</w:t></w:r>')}{cell.format(value)}</w:tr>"
        for label, value in rows
    )
    here = around(document_of(f"<w:tbl>{table_of}</w:tbl>"), "form.docx")
    assert [section.state for section in the_form(here).sections[:3]] == [
        State.EMPTY,
        State.EMPTY,
        State.FILLED,
    ]


REQUEST = (
    "# Situation\n\n{}\n\n# Assessment\n\n{}\n\n# Family factors\n\nMum and Nan.\n\n"
    "# Expected response\n\n{}\n"
)


@pytest.mark.parametrize(
    ("asked", "state"),
    {
        "please": ("Please could you see Tam today?", State.FILLED),
        "somebody": ("Can someone from your team ring the school by noon?", State.FILLED),
        "a prompt": ("What do you want us to do?", State.PRINTED),
        "a kind prompt": ("Please can you describe what should happen next?", State.PRINTED),
        "another": ("Could you please tell us what you expect?", State.PRINTED),
    }.values(),
)
def test_request_is_no_prompt(asked: str, state: State) -> None:
    """A nurse asked “Please could you do a s47 today?” under Expected response; it was said to be empty."""
    here = around(REQUEST.format(WORRY, WORRY, asked))
    form = the_form(here, "safer")
    assert form.section("Expected response").state is state


def test_request_names_whom_it_asks() -> None:
    """“Please could you do a visit today?” was asked who should do it."""
    here = around(REQUEST.format(WORST, WORST, "Please could you do a visit today?"))
    faults = faults_in(the_form(here, "safer"), here, cues_of(catalogue().lexicon))
    assert [fault.section for fault in faults] == ["Recording"]
