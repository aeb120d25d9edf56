"""A form as the page shows it: its columns side by side, what stands in each, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sos_lint.document import Document
from sos_lint.finding import Finding
from sos_lint.lint import Linter
from sos_lint.report import ReadySection
from sos_lint.settings import Settings
from sos_lint.structure.check import Structure
from sos_lint.structure.forms import Form
from sos_lint.web.cards import plain

_STATES = {
    "filled": "written",
    "empty": "nothing stands here yet",
    "printed": "only the form’s own words stand here",
    "missing": "not in this text yet",
}


def form_of(
    document: Document, findings: Sequence[Finding], linter: Linter, settings: Settings
) -> dict[str, Any] | None:
    """The form that stands in the page; None where it is none."""
    ready = linter.ready(document, findings, settings)
    form = Structure(document, linter.catalogue, settings).form()
    if ready is None or form is None:
        return None
    written, required = ready.written
    complete, statements = ready.complete
    return {
        "title": ready.title,
        "columns": form.name == "three-columns",
        "summary": _summary(written, required, complete, statements, ready.open),
        "sections": [
            {**_section(section), "pieces": _pieces(form, number, document)}
            for number, section in enumerate(ready.sections)
        ],
        "elsewhere": _section(ready.elsewhere),
    }


def blank_form(linter: Linter, name: str) -> str:
    """The headings of a form, to be written under; nothing of a form that nobody described."""
    described = next((one for one in linter.catalogue.forms if one.id == name), None)
    if described is None:
        return ""
    names = [section.name for section in described.sections if section.required]
    return "\n\n".join(name if name.endswith("?") else f"{name}:" for name in names) + "\n"


def _summary(written: int, required: int, complete: int, statements: int, left: int) -> str:
    parts = [f"{written} of {required} parts are written"]
    if statements:
        parts.append(
            f"{complete} of {statements} {'statement is' if statements == 1 else 'statements are'} complete"
        )
    parts.append(
        f"{left} {'question is' if left == 1 else 'questions are'} open" if left else "nothing is left to ask"
    )
    return "; ".join(parts) + "."


def _section(section: ReadySection) -> dict[str, Any]:
    return {
        "name": section.name,
        "state": section.state,
        "says": _STATES[section.state],
        "required": section.required,
        "statements": [{"name": one.name, "complete": one.complete} for one in section.statements],
        "questions": [plain(one.question) for one in section.questions],
    }


def _pieces(form: Form, number: int, document: Document) -> list[str]:
    return [plain(piece.at.of(document.text)) for piece in form.sections[number].pieces]
