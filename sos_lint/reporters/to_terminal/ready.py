"""Whether a form is ready to send, on one page: what is written, and what its reader would come back with."""

from __future__ import annotations

from sos_lint.report import FileReport, ReadyForm, ReadySection
from sos_lint.reporters.names import counted
from sos_lint.reporters.to_terminal.page import Page

_UNWRITTEN = {
    "missing": "not in this form yet",
    "empty": "nothing stands here yet",
    "printed": "only the form's own words stand here",
}
NO_FORM = "This is none of the forms that are known. Name the one it is meant to be with --form."


def write_ready(page: Page, file: FileReport) -> None:
    """The page of one file; one that failed is told elsewhere."""
    if file.failure is not None:
        return
    if file.ready is None:
        page.put(page.text(file.path, "bold"))
        page.write(page.prose(NO_FORM))
    else:
        page.put(page.text(f"{file.ready.title}: {file.path}", "bold"))
        _write_form(page, file.ready)
    page.put()


def _write_form(page: Page, form: ReadyForm) -> None:
    (written, sections), (complete, statements) = form.written, form.complete
    told = [f"{written} of {counted(sections, 'section', 'sections')} written"]
    if statements:
        told.append(f"{complete} of {counted(statements, 'statement', 'statements')} complete")
    told.append(f"{counted(form.open, 'question', 'questions')} open" if form.open else "nothing open")
    page.write(page.prose("; ".join(told) + "."))
    page.put()
    for section in form.sections:
        if section.required or section.state != "missing":
            _write_section(page, section)
    if form.elsewhere.statements or form.elsewhere.questions:
        _write_section(page, form.elsewhere._replace(name="Outside the sections"))


def _write_section(page: Page, section: ReadySection) -> None:
    ready = section.state == "filled" and not section.questions
    sign = page.signs.told if ready else page.signs.open
    remark = f" ({_UNWRITTEN[section.state]})" if section.state in _UNWRITTEN else ""
    page.write(page.prose(section.name + remark, "bold"), lead=page.text(f"{sign} "))
    for statement in section.statements:
        if statement.complete:
            page.write(
                page.prose(f"{statement.name} ({statement.place}) tells all it should."),
                lead=page.text(f"{page.signs.told} "),
                indent=4,
            )
    for asked in section.questions:
        page.write(page.prose(f"{asked.question} ({asked.place})"), lead=page.text("- "), indent=4)
