"""The audit on one page: charts with their intervals, the figures behind each, and what could not be read.

The page loads nothing and runs nothing, as the report of a check does (see `reporters.to_html`), and holds no
word of a note.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from sos_lint.audit.counts import Problem
from sos_lint.audit.page.chart import chart
from sos_lint.audit.page.names import Names
from sos_lint.audit.page.parts import Part, parts_of
from sos_lint.audit.page.table import figures
from sos_lint.audit.sources import Fault
from sos_lint.audit.summary import Summary
from sos_lint.catalogue import Catalogue
from sos_lint.reporters.names import counted
from sos_lint.reporters.to_html.tags import tag, words
from sos_lint.rewrite.save import save

PAGE = "dashboard.html"


def write_page(
    summary: Summary,
    problems: Sequence[Problem],
    faults: Sequence[Fault],
    catalogue: Catalogue,
    folder: Path,
) -> None:
    """Put the page into the folder."""
    rules = {line.name for table in summary.tables for line in table.lines if "/" in line.name}
    names = Names({rule.id: rule.title for rule in catalogue.with_ids(rules)})
    save(folder / PAGE, page(summary, problems, faults, names).encode("utf-8", "replace"), was=None)


def page(summary: Summary, problems: Sequence[Problem], faults: Sequence[Fault], names: Names) -> str:
    """The page as HTML."""
    style = files(__name__).joinpath("style.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    title = "How clear the recording is"
    head = (
        '<meta charset="utf-8">'
        + f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        + '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + '<meta name="color-scheme" content="light dark">'
        + tag("title", words(title))
        + f"<style>{style}</style>"
    )
    parts = list(parts_of(summary))
    main = [
        tag("h1", words(title)),
        _first_words(summary),
        _cards(summary, names),
        _contents(parts),
        *(_section(part, summary, names) for part in parts),
        _unread(problems, faults),
        _method(summary),
    ]
    skip = tag("a", "To the figures", class_="skip", href=f"#{parts[0].id if parts else 'method'}")
    body = skip + tag("main", "\n".join(filter(None, main)))
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'


def _first_words(summary: Summary) -> str:
    whole = summary.whole
    said = []
    if whole.notes is not None and whole.of is not None:
        of = counted(whole.notes, "note", "notes")
        said.append(f"{of} of {counted(whole.of, 'word', 'words')} were read")
    if len(summary.periods) > 1:
        said.append(f"from {summary.periods[0]} to {summary.periods[-1]}")
    return tag("p", words(f"{', '.join(said)}."), class_="lead") if said else ""


def _cards(summary: Summary, names: Names) -> str:
    """The three figures that matter most, each with what it means."""
    cards = []
    for line, unit, what in (
        (summary.whole, "rate", "places to make clearer in 1,000 words"),
        *((line, "times", "times as many in the later half") for line in summary.table("change").lines),
        *(
            (line, "share", "of broad terms say in full what happened")
            for line in summary.table("told-all").lines
        ),
    ):
        if line.value is not None:
            low, value, high = (names.figure(one, unit) for one in line.value)
            cards.append(
                tag(
                    "li",
                    tag("strong", words(value)),
                    " ",
                    tag("span", words(what)),
                    " ",
                    tag("small", words(f"between {low} and {high}")),
                )
            )
    return tag("ul", *cards, class_="cards") if cards else ""


def _contents(parts: Sequence[Part]) -> str:
    if not parts:
        return ""
    links = [tag("li", tag("a", words(part.title), href=f"#{part.id}")) for part in parts]
    return tag("nav", tag("ul", *links), aria_label="Contents")


def _section(part: Part, summary: Summary, names: Names) -> str:
    table = summary.table(part.id)
    return tag(
        "section",
        tag("h2", words(part.title), id=f"{part.id}-title"),
        tag("p", words(part.says)),
        chart(table, part, names),
        tag(
            "details",
            tag("summary", words(f"The figures: {part.title.lower()}")),
            figures(table, part, names),
        ),
        id=part.id,
        aria_labelledby=f"{part.id}-title",
    )


def _unread(problems: Sequence[Problem], faults: Sequence[Fault]) -> str:
    lines = [f"{counted(problem.rows, 'row', 'rows')}: {problem.what}" for problem in problems]
    lines += [f"{fault.name}: {fault.message}" for fault in faults]
    if not lines:
        return ""
    return tag(
        "section",
        tag("h2", "What was wrong with rows", id="unread-title"),
        tag(
            "p",
            words("Each row is listed in problems.csv. A row can have more than one thing wrong with it."),
        ),
        tag("ul", *(tag("li", words(line)) for line in lines)),
        id="unread",
        aria_labelledby="unread-title",
    )


def _method(summary: Summary) -> str:
    return tag(
        "section",
        tag("h2", "How to read these figures", id="method-title"),
        *(tag("p", words(said)) for said in _said_of_method(summary)),
        id="method",
        aria_labelledby="method-title",
    )


def _said_of_method(summary: Summary) -> Iterator[str]:
    yield (
        "A line to each side of a figure says between what it could lie if nothing but chance were at work "
        "(in 95 of 100 cases). Where lines reach far, as for small teams, the figure says little: do not "
        "rank by it."
    )
    yield (
        "Where many are shown beside one another, the lines are longer, so that all of them hold together: "
        "else one in twenty would stand out by chance alone."
    )
    yield (
        "Unclear words come in clusters: here the counts of notes vary "
        f"{summary.spread:.1f} times as much as by chance alone, and the lines are longer for it "
        "(quasi-Poisson, exact for small counts; for shares, Wilson's interval with the design effect). They "
        "do not know who wrote which note, nor how families differ from team to team."
    )
    yield (
        f"Counts from 1 to {summary.threshold - 1} are kept back, and as many others as it takes that they "
        "cannot be worked out from the totals. Zeros are shown."
        if summary.threshold > 1
        else "No counts are kept back: this page is for those who may see every note."
    )
    yield (
        "A place to make clearer is a question to its writer, not a fault: fewer may mean clearer notes, or "
        "notes about simpler things. Broad terms that are told in full are counted only in their share."
    )
