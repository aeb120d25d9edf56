"""Whether a form is ready to send, in the words of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sos_lint.finding import Finding
from sos_lint.kinds import Kind
from sos_lint.report import OpenQuestion, ReadyForm, ReadySection, ReadyStatement
from sos_lint.structure.check import Structure
from sos_lint.structure.forms import readiness as forms
from sos_lint.structure.forms.checks import faults_in
from sos_lint.structure.labels import Topic
from sos_lint.text import Range

_NAMES = {Topic.DANGER: "Danger statement", Topic.GOAL: "Goal"}
_SCALE = "Scaling question"
_STATED = (Kind.STATEMENT, Kind.SCALING_QUESTION)


def ready_form(
    structure: Structure, findings: Sequence[Finding], place: Callable[[Range], str]
) -> ReadyForm | None:
    """How far the document's form is; None where it is none.

    `findings` are what was found in it, and `place` says where a range is, for people.
    """
    form = structure.form()
    if form is None:
        return None
    stated = [(_NAMES[one.what], one.at, one.missing) for one in structure.statements]
    stated += [(_SCALE, one.at, one.missing) for one in structure.scales]
    view = forms.readiness(
        form,
        faults_in(form, structure.around, structure.cues),
        [forms.Statement(name, at, tuple(part.value for part in missing)) for name, at, missing in stated],
        [forms.OpenQuestion(one.at, asked) for one in findings if (asked := _asked(one, findings))],
    )

    def section(one: forms.SectionReadiness) -> ReadySection:
        return ReadySection(
            one.name,
            one.state.value,
            one.required,
            tuple(ReadyStatement(each.name, place(each.at), not each.missing) for each in one.statements),
            tuple(OpenQuestion(place(each.at), each.question) for each in one.questions),
        )

    return ReadyForm(view.title, tuple(map(section, view.sections)), section(view.elsewhere))


def _asked(finding: Finding, among: Sequence[Finding]) -> str:
    """What a reader would come back with about a finding: not what the form asks itself, nor words.

    Who it was is asked once: a statement asks for it among its parts.
    """
    if finding.kind in (Kind.STRUCTURE, Kind.ACRONYM, Kind.JARGON):
        return ""
    if finding.kind is Kind.HIDDEN_ACTOR and any(
        other.kind in _STATED and other.asks and other.at.contains(finding.at) for other in among
    ):
        return ""
    questions = " ".join(finding.questions)
    if not questions:
        return finding.message
    words = "" if finding.kind in _STATED or not finding.text else f"“{finding.text}”: "
    return words + questions
