"""What is asked of a document as a whole, through the one path and with the shipped packs."""

from __future__ import annotations

import re

import pytest
from commands import ROOT
from form_files import FORMATS, Element, h, p
from form_templates import TEMPLATES, THREE_COLUMNS

from sos_lint.finding import Finding
from sos_lint.kinds import Kind, Severity
from sos_lint.lint import shared_linter
from sos_lint.readers import read, read_bytes
from sos_lint.rule import OF_REMARKS, Check, Structural
from sos_lint.settings import Settings

HARM = (
    "Dad hit Tom with a belt on 3 and 9 May; the 9th was the worst, and it was the last time. "
    "Tom hid in the shed."
)
GOOD = "Nan has walked Tom to school every day since Easter."
DO = "Mum will ring the nurse by Friday 12 June."
DANGER = (
    "Nan and the school are worried that Dad hit Tom with a belt on four Fridays, and Tom hid in the shed "
    "and cried. If nothing changes Tom could be badly hurt."
)
GOAL = (
    "Dad will walk away and ring Nan when he is angry, every time for six months, and Tom's teacher will see "
    "Tom come in smiling."
)
SCALE = (
    "On a scale of 0 to 10, where 0 is that Dad hits Tom every weekend and 10 is that nobody has hit Tom "
    "for six months, Mum said 6 because Dad has gone to Nan's when he was angry."
)
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def mapped(worries: str = HARM, well: str = GOOD, needs: str = DO, more: str = "") -> str:
    return (
        f"# What are we worried about?\n\n{worries}\n\n# What's working well?\n\n{well}\n\n"
        f"# What needs to happen?\n\n{needs}\n{more}"
    )


def record(more: str) -> str:
    return f"# Record of meeting\n\nDate of meeting: 3 May\n\nPeople in attendance: Nan\n\n{mapped()}\n{more}"


def findings(text: str, settings: Settings | None = None, name: str = "draft.md") -> tuple[Finding, ...]:
    return shared_linter().lint(read_bytes(text.encode(), name), settings or Settings())


def structural(found: tuple[Finding, ...]) -> list[Finding]:
    rules = {rule.id for rule in shared_linter().catalogue if isinstance(rule.pattern, Structural)}
    return [one for one in found if one.rule in rules]


# The rule, and a text with the places that it finds in double brackets.
PLACES = [
    (
        "forms/missing-column",
        f"# [[What are we worried about]]?\n\n{HARM}\n\n# What's working well?\n\n{GOOD}",
    ),
    ("forms/missing-column", f"# [[Past harm]]\n\n{HARM}\n\n# What needs to happen?\n\n{DO}\n\n# Next steps"),
    (
        "forms/missing-column",
        f"| [[What are we worried about]]? | What needs to happen? |\n|---|---|\n| {HARM} | {DO} |",
    ),
    ("forms/empty-column", mapped(well="").replace("What's working well", "[[What's working well]]")),
    (
        "forms/empty-column",
        mapped(needs="________").replace("What needs to happen", "[[What needs to happen]]"),
    ),
    (
        "forms/empty-column",
        mapped(well="{{strengths}}").replace("What's working well", "[[What's working well]]"),
    ),
    (
        "forms/empty-column",
        mapped(worries="Describe what has happened.").replace(
            "What are we worried about", "[[What are we worried about]]"
        ),
    ),
    ("forms/nothing-working-well", mapped(well="[[Nothing.]]")),
    ("forms/nothing-working-well", mapped(well="[[There is nothing good to say.]]")),
    ("forms/plan-without-who-or-when", mapped(needs="[[Support with routines.]]")),
    (
        "forms/plan-without-who-or-when",
        mapped(needs=f"- {DO}\n- [[Nan to be asked.]]\n- [[Mum will see the GP.]]"),
    ),
    ("forms/harm-without-worst", mapped(worries="[[Dad hit Tom with a belt.]]")),
    ("forms/harm-without-worst", mapped(worries="Tom is six. [[Dad hit Tom with a belt.]] Dad hit Mum.")),
    ("forms/nothing-done", mapped(well="[[Mum loves Tom.]] [[Tom is good at football.]]")),
    ("forms/nothing-done", mapped(well="[[The home is clean.]]")),
    (
        "forms/vague-prompt",
        "# What are we worried about?\n\nDescribe any [[neglect]] or [[domestic abuse]].\n\n"
        "# What's working well?\n\n# What needs to happen?\n",
    ),
    (
        "forms/vague-prompt",
        "Name: {{name}}\n\nSchool: ____\n\nSeen: [insert date]\n\nAny worries: ____\n\n"
        "Describe the [[neglect]].\n",
    ),
    ("statements/danger-statement", "Danger statement: [[There are concerns about Tom.]]"),
    (
        "statements/danger-statement",
        f"# Safety goal\n\n{GOAL}\n\n# Danger statement\n\n[[Nan is worried about Tom.]]",
    ),
    ("statements/goal", "Safety goal: [[Things will be better.]]"),
    (
        "statements/goal",
        f"| Danger statement | Wellbeing goal |\n|---|---|\n| {DANGER} | [[Mum will engage.]] |",
    ),
    (
        "statements/danger-without-goal",
        f"Danger statement: {DANGER.replace('Nan', '[[Nan', 1).replace('. ', '.]] ', 1)}",
    ),
    (
        "statements/danger-without-goal",
        f"Danger statement 1: [[Nan is worried that Dad hit Tom.]]\n\nDanger statement 2: {DANGER}\n\n"
        f"Safety goal 2: {GOAL}",
    ),
    (
        "statements/two-worries",
        f"Danger statement: {DANGER} We [[are also worried]] that Mum leaves Tom alone.",
    ),
    ("statements/dispute-not-recorded", f"Danger statement: {DANGER}\n\n# Views\n\nDad [[denies]] this."),
    (
        "statements/dispute-not-recorded",
        f"Danger statement: {DANGER}\n\n# Views\n\nMum [[does not agree]]. Dad does not agree.",
    ),
    (
        "statements/more-than-three",
        "\n\n".join(
            f"Danger statement {n}: " + (f"[[{words}]]" if n > 3 else words)
            for n in range(1, 6)
            for words in [f"Nan is worried that Tom was left alone for {n} nights."]
        ),
    ),
    ("scales/scale", "Scaling question: [[Mum said 6.]]"),
    ("scales/scale", "[[On a scale of 0 to 10, Mum said 6.]]"),
    ("scales/number-outside", SCALE.replace("said 6", "said [[12]]")),
    ("scales/no-scale", record("").replace("Record of meeting", "[[Record of meeting]]", 1)),
    ("names/wrong-for-service", f"Danger statement: {DANGER}\n\n[[Wellbeing goal]]: {GOAL}"),
    ("names/wrong-for-service", f"# Danger statement\n\n{DANGER}\n\n# [[Success goals]]\n\n{GOAL}"),
]
NEAR_MISSES = [
    ("forms/missing-column", mapped()),
    ("forms/missing-column", "We asked what we are worried about and what is working well."),
    ("forms/missing-column", "We ask: What are we worried about? What is working well?"),
    ("forms/empty-column", mapped()),
    ("forms/empty-column", mapped(well=f"Describe the good things. {GOOD}")),
    ("forms/empty-column", "# Weather\n\n# What needs to happen?\n\n"),
    ("forms/nothing-working-well", mapped(well="Nothing, but Nan took Tom home each time.")),
    ("forms/nothing-working-well", mapped(worries="", well="Nothing.")),
    ("forms/plan-without-who-or-when", mapped(needs="Housing to mend the boiler by 3 June.")),
    ("forms/plan-without-who-or-when", f"# Next week\n\nSupport with routines.\n\n{GOOD}"),
    ("forms/harm-without-worst", mapped(worries="Mum is low.")),
    ("forms/harm-without-worst", "Dad hit Tom. We are worried about what could happen."),
    ("forms/nothing-done", mapped(well=f"Mum loves Tom. {GOOD}")),
    ("forms/nothing-done", "Tom is a lovely boy, and it is working well at school."),
    ("forms/vague-prompt", mapped(worries=f"Describe any neglect. {HARM}")),
    ("forms/vague-prompt", "Describe any neglect in your essay on what needs to happen."),
    ("statements/danger-statement", f"Danger statement: {DANGER}"),
    ("statements/danger-statement", "The danger statement was read to Mum. There are concerns about Tom."),
    ("statements/danger-statement", "Danger statement: ________"),
    ("statements/goal", f"Safety goal: {GOAL}"),
    ("statements/goal", "His goal in the match was the best. They will see it again."),
    ("statements/danger-without-goal", f"Danger statement: {DANGER}\n\nSuccess goal: {GOAL}"),
    (
        "statements/two-worries",
        f"Danger statement: {DANGER}\n\n# Home\n\nWe are also worried about the damp.",
    ),
    ("statements/dispute-not-recorded", f"Danger statement: {DANGER} Dad says that this is not true."),
    ("statements/dispute-not-recorded", "Dad denies this, and nobody made a statement. We are worried."),
    (
        "statements/more-than-three",
        "\n\n".join(f"Danger statement {n}: Nan is worried that Tom bites." for n in (1, 2, 3)),
    ),
    ("scales/scale", SCALE),
    ("scales/scale", "Tom got 6/10 in his spelling test."),
    ("scales/number-outside", SCALE.replace("Mum said 6", "Mum said 0 and Nan said 10")),
    ("scales/number-outside", f"{SCALE} He was 12 in May."),
    ("scales/no-scale", record(SCALE)),
    ("scales/no-scale", mapped()),
    ("scales/no-scale", "# Record of meeting\n\nDate of meeting: 3 May\n\nPeople in attendance: Nan"),
    ("names/wrong-for-service", f"Danger statement: {DANGER}\n\nSafety goal: {GOAL}"),
    ("names/wrong-for-service", f"Danger statement: {DANGER}\n\nEarly help calls it a wellbeing goal."),
    ("names/wrong-for-service", "Wellbeing goal: Tom sleeps."),
]


def ids(table: list[tuple[str, str]]) -> list[str]:
    return [f"{number} {rule}" for number, (rule, _) in enumerate(table)]


@pytest.mark.parametrize(("rule", "marked"), PLACES, ids=ids(PLACES))
def test_the_place_is_found(rule: str, marked: str) -> None:
    text = _MARK.sub(r"\1", marked)
    assert [one.text for one in findings(text) if one.rule == rule] == _MARK.findall(marked)
    first = marked.index("[[")
    assert next(one.start.offset for one in findings(text) if one.rule == rule) == first


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES, ids=ids(NEAR_MISSES))
def test_a_near_miss_passes(rule: str, text: str) -> None:
    assert [one.text for one in findings(text) if one.rule == rule] == []


def test_every_check_has_places_and_near_misses() -> None:
    patterns = {rule.id: rule.pattern for rule in shared_linter().catalogue}
    checks = {id_: one.check for id_, one in patterns.items() if isinstance(one, Structural)}
    rules = {id_ for id_, check in checks.items() if check not in OF_REMARKS}
    assert set(checks.values()) == set(Check)
    for table in (PLACES, NEAR_MISSES):
        assert {rule for rule, _ in table} == rules


def test_a_broad_term_in_a_statement_weighs_more() -> None:
    text = "There is neglect.\n\nDanger statement: Nan is worried about the neglect of Tom."
    apart, within = (one for one in findings(text) if one.kind is Kind.BROAD_TERM)
    assert (apart.severity, within.severity) == (Severity.WARNING, Severity.ERROR)


def test_a_severity_that_is_set_wins_over_the_weight() -> None:
    settings = Settings(severities=(("broad-term", Severity.SUGGESTION),))
    text = "Danger statement: Nan is worried about the neglect of Tom."
    (found,) = (one for one in findings(text, settings) if one.kind is Kind.BROAD_TERM)
    assert found.severity is Severity.SUGGESTION


def test_other_kinds_weigh_the_same_in_a_statement() -> None:
    text = "Danger statement: Nan is worried that Tom has a CIN plan."
    (found,) = (one for one in findings(text) if one.kind is Kind.ACRONYM)
    assert found.severity is Severity.WARNING


COLUMNS = ("What are we worried about?", "What's working well?", "What needs to happen?")


@pytest.mark.parametrize("ending", FORMATS)
def test_of_a_blank_template_one_remark_names_all_that_is_empty(ending: str) -> None:
    blank = [element for words in COLUMNS for element in (h(2, words), p("________"))]
    found = shared_linter().lint(read_bytes(FORMATS[ending](blank), f"blank.{ending}"))
    assert [(one.rule, one.lacks, one.severity) for one in found] == [
        ("forms/empty-column", COLUMNS, Severity.SUGGESTION)
    ]
    assert found[0].message.count("“") == 3


def test_a_blank_record_of_a_meeting_lacks_no_scale() -> None:
    blank = read_bytes(FORMATS["docx"](list(TEMPLATES.values())[2]), "template.docx")
    assert {one.rule for one in structural(shared_linter().lint(blank))} <= {
        "forms/empty-column",
        "forms/vague-prompt",
    }


def test_each_of_several_forms_is_asked_for_what_it_lacks() -> None:
    """A referral that holds the three columns is both forms."""
    text = f"""# Situation

SAFER referral. Tom came to school with a bruise.

# Assessment

{HARM}

# Family

# Expected response

{DO}

# Recording

Mum knows of this.

{mapped(well="")}"""
    lacks = [one.lacks for one in findings(text) if one.rule == "forms/empty-column"]
    assert lacks == [("Family",), ("What's working well?",)]


def test_a_declared_form_is_asked_for_all_its_sections() -> None:
    text = "Tom came to school with a bruise."
    assert structural(findings(text)) == []
    (found, *_) = structural(findings(text, Settings(form="safer")))
    assert found.rule == "forms/missing-column"


def test_what_lacks_is_in_the_questions_that_the_receiver_would_ask() -> None:
    (found,) = (
        one for one in findings(mapped(needs="Mum will see the GP.")) if one.rule.startswith("forms/")
    )
    assert found.questions == ("By when?",)


SERVICES = {
    "child-protection": ["Critical worry statement > Danger statement", "Success goal > Safety goal"],
    "early-help": ["Success goal > Wellbeing goal"],
    "children-in-care": [],
}


@pytest.mark.parametrize(("service", "expected"), SERVICES.items(), ids=SERVICES)
def test_names_are_those_of_the_service(service: str, expected: list[str]) -> None:
    text = f"Critical worry statement: {DANGER}\n\nSuccess goal: {GOAL}"
    found = [
        one for one in findings(text, Settings(service=service)) if one.rule == "names/wrong-for-service"
    ]
    assert [f"{one.text} > {one.alternatives[0]}" for one in found] == expected
    assert [edit.replacement for one in found for edit in one.edits] == [one.alternatives[0] for one in found]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("form", THREE_COLUMNS.values(), ids=THREE_COLUMNS)
def test_the_ten_layouts_are_asked_the_same_in_every_format(form: list[Element], ending: str) -> None:
    def said(ending: str) -> list[tuple[str, str, tuple[str, ...]]]:
        found = shared_linter().lint(read_bytes(FORMATS[ending](form), f"form.{ending}"))
        return [(one.rule, one.text, one.questions) for one in structural(found)]

    assert said(ending) == said("md")
    assert not any(rule in ("forms/missing-column", "forms/empty-column") for rule, _, _ in said(ending))


@pytest.mark.parametrize("name", ["safer.md", "plan.md"])
def test_the_good_examples_raise_no_question(name: str) -> None:
    document = read(ROOT / "examples" / name, name)
    assert shared_linter().lint(document, Settings(service="child-protection")) == ()


@pytest.mark.parametrize(("name", "form"), [("safer.md", "SAFER referral"), ("plan.md", "The three columns")])
def test_the_good_examples_are_ready(name: str, form: str) -> None:
    document = read(ROOT / "examples" / name, name)
    ready = shared_linter().ready(document, ())
    assert ready is not None
    assert ready.title.startswith(form)
    assert ready.written[0] == ready.written[1]
    assert ready.complete == (3, 3)
    assert ready.open == 0
