"""Why sos-lint asks, or does not ask, at one place of a draft: `sos-lint rules explain --why FILE:LINE`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sos_lint.cli import out
from sos_lint.reporters.clean import safe_line

if TYPE_CHECKING:
    from sos_lint.finding import Finding
    from sos_lint.settings import Settings

_LINE = re.compile(r"(?P<path>.+?):\s*(?P<line>\d+)(?::(?P<column>\d+))?\Z")
_WHERE = re.compile(r"(?P<path>.+?\.\w+):\s*(?P<where>[^\\/:]+)\Z")


def explain_place(place: str, asked: "Settings") -> None:
    """Print the findings at a place, told ones too, each with why it was made."""
    from sos_lint.errors import BadOption
    from sos_lint.limits import held
    from sos_lint.project import Project
    from sos_lint.readers import read, shown
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.page import Page
    from sos_lint.reporters.to_terminal.reasons import write_reasons

    asks = _LINE.match(place) or _WHERE.match(place)
    if asks is None:
        hint = "Write the file and the place as a report does: draft.md:12, or draft.docx:paragraph 12."
        raise BadOption("--why", f"“{place}” names no place in a file.", hint)
    path = Path(asks["path"])
    linter, settings = Project(asked).choose(path)
    with held(settings.bounds):
        document = read(path, shown(asks["path"]), settings.columns)
    found = [f for f in linter.lint(document, settings, told=True) if _stands(f, asks.groupdict())]
    with out.printing() as stream:
        if not found:
            stream.write(safe_line(f"sos-lint finds nothing at {place}.") + "\n")
            return
        rules = [linter.catalogue.named(finding.rule)[0] for finding in found]
        write_reasons(Page(console_on(stream)), list(zip(found, rules, strict=True)), document)


def _stands(finding: "Finding", asked: dict[str, str | None]) -> bool:
    """True of a finding at the place that was asked for, as the report says it."""
    if where := asked.get("where"):
        said, wanted = (finding.in_words or "").casefold(), where.strip().casefold()
        return said == wanted or said.startswith(f"{wanted},")
    line, column = asked.get("line"), asked.get("column")
    if line is None or finding.where is not None:
        return False
    if column is not None and finding.start.line == int(line):
        return finding.start.column == int(column)
    return column is None and finding.start.line <= int(line) <= finding.end.line
