"""`sos-lint audit`: a whole archive, and what changed in it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sos_lint.cli import options
from sos_lint.errors import BadOption

if TYPE_CHECKING:
    from sos_lint.audit.run import Progress, Wanted
    from sos_lint.audit.sources import Fault
    from sos_lint.project import Project

RUN = "run"
_EVERY = 60  # seconds between two lines of progress where there is no terminal


class Engine(str, Enum):
    """What does the work."""

    LOCAL = "local"
    SPARK = "spark"


class Step(str, Enum):
    """The steps of time that a chart has."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class _RunUnlessNamed(TyperGroup):
    """`audit SOURCE` is short for `audit run SOURCE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Typer's own copy of click
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunUnlessNamed,
    no_args_is_help=True,
    help="Say of a whole archive which words are not yet clear, and whether it gets better.",
)

EPILOG = """\
SOURCE is a table (.parquet, .csv, .tsv, .jsonl, .xlsx, .sqlite, .duckdb, …), a folder or a pattern of such
tables, or, without --text, a folder of documents. Nothing leaves this computer. A run that was stopped goes
on where it was when the same command is given again.

\b
Examples:
  sos-lint audit notes.parquet --text note --group team --date written_on --id case_id --out audit/
  sos-lint audit drafts/ --group folder --out audit/
  sos-lint audit compare audit/ --before 2024-04-01 --after 2024-04-01

\b
Exit status:
  0  done; rows that could not be read are counted and listed in problems.csv
  2  some file, or the work as a whole, could not be done
"""

COMPARE_EPILOG = """\
\b
Examples:
  sos-lint audit compare audit/ --before 2024-04-01 --after 2024-04-01
  sos-lint audit compare audit-old-template/ audit-new-template/
"""

Out = Annotated[Path, typer.Option("--out", help="The folder for what is found.", metavar="FOLDER")]
Small = Annotated[int, typer.Option("--threshold", min=1, help="Keep counts below this back.", metavar="N")]


@app.command(RUN, epilog=EPILOG)
def run(
    source: Annotated[str, typer.Argument(help="A table, or a folder of tables or documents.")],
    out: Out,
    text: Annotated[
        str | None, typer.Option("--text", help="The column that holds the notes.", metavar="COLUMN")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="The column of teams; of documents, “folder”.", metavar="COLUMN"),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", help="The column of days; of documents, “modified”.", metavar="COLUMN"),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", help="The column by which a row is known.", metavar="COLUMN")
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option("--date-format", help="How days are written, such as %d/%m/%Y.", metavar="FORMAT"),
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", help="Which table of a database, or sheet.", metavar="NAME")
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", help="What text tables are written in.", metavar="NAME")
    ] = "utf-8",
    with_words: Annotated[
        bool, typer.Option("--with-words", help="Keep the words that were found in findings.parquet.")
    ] = False,
    threshold: Small = 5,
    by: Annotated[
        Step | None, typer.Option("--by", help="The steps of time. [default: as the span has room]")
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin again, whatever was begun in that folder.")
    ] = False,
    engine: Annotated[Engine, typer.Option("--engine", help="What does the work.")] = Engine.LOCAL,
    master: Annotated[str, typer.Option("--master", help="Where Spark runs.", metavar="URL")] = "local[*]",
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    service: options.Service = None,
    config: options.Configuration = None,
    jobs: options.Jobs = None,
) -> None:
    """Lint an archive, count what is found, and draw it on one page."""
    _need("duckdb", "pyarrow", extra="audit")
    from sos_lint.audit.columns import Columns
    from sos_lint.audit.place import at_work
    from sos_lint.audit.run import Wanted
    from sos_lint.audit.sources import How
    from sos_lint.jobs import cores
    from sos_lint.project import Project

    asked = options.settings(select, ignore, also, profile, pack, service=service)
    project = Project(asked, config=config, excerpts=False)
    columns = None if text is None else Columns(text, id, group, date, date_format)
    wanted = Wanted(
        source, out, columns, How(table, encoding), group, date, with_words, jobs or cores(), anew
    )
    with at_work(out):
        with _progress() as tell:
            faults = _audit(wanted, project, engine, master, tell)
        _write(wanted, project, threshold, by and by.value, faults)
    raise typer.Exit(2 if faults else 0)


def _audit(
    wanted: Wanted, project: Project, engine: Engine, master: str, tell: Callable[[Progress], None]
) -> list[Fault]:
    if engine is Engine.SPARK:
        _need("pyspark", extra="spark")
        from sos_lint.audit.spark import audit as audit_on_spark

        return audit_on_spark(wanted, project, master)
    from sos_lint.audit.run import audit

    return audit(wanted, project, tell)


def _write(wanted: Wanted, project: Project, threshold: int, step: str | None, faults: list[Fault]) -> None:
    """The summary, the page and the list of bad rows, and a few lines that say where they are."""
    from sos_lint.audit.counts import count, list_problems
    from sos_lint.audit.page import write_page
    from sos_lint.audit.summary import summarise, write_summary
    from sos_lint.reporters.names import counted

    out = wanted.out
    problems = list_problems(out)
    summary = summarise(count(out, step), threshold)
    write_summary(summary, out)
    linter, _ = project.choose(Path(wanted.source))
    write_page(summary, problems, faults, linter.catalogue, out)
    whole = summary.whole
    if whole.value is not None and whole.found is not None and whole.notes is not None:
        low, value, high = whole.value
        places, notes = counted(whole.found, "place", "places"), counted(whole.notes, "note", "notes")
        print(f"{places} to make clearer in {notes}: {value:.1f} in 1,000 words ({low:.1f} to {high:.1f}).")
    else:
        print("There are too few notes, or places, to show how many (see --threshold).")
    for problem in problems:
        print(f"{counted(problem.rows, 'row', 'rows')}: {problem.what}.")
    for fault in faults:
        print(f"{fault.name}: {fault.message}", file=sys.stderr)
    print(f"Open {out / 'dashboard.html'} in a browser.")


@app.command("compare", epilog=COMPARE_EPILOG)
def compare(
    first: Annotated[Path, typer.Argument(help="The folder of an audit.", metavar="A")],
    second: Annotated[Path | None, typer.Argument(help="That of another, later one.", metavar="[B]")] = None,
    before: Annotated[
        datetime | None,
        typer.Option("--before", help="Of A, only notes before this day.", formats=["%Y-%m-%d"]),
    ] = None,
    after: Annotated[
        datetime | None,
        typer.Option("--after", help="Of B, only notes from this day on.", formats=["%Y-%m-%d"]),
    ] = None,
    threshold: Small = 5,
) -> None:
    """Say what changed between two periods of one audit, or between two audits."""
    _need("duckdb", "pyarrow", extra="audit")
    from sos_lint.audit.compare import compared
    from sos_lint.audit.counts import Between

    if second is None and (before is None or after is None):
        hint = "Name a second folder, or two days with --before and --after."
        raise BadOption(str(first), "there is nothing to compare this audit with.", hint)
    earlier = Between(end=before.date() if before else None)
    later = Between(first=after.date() if after else None)
    for line in compared((first, earlier), (second or first, later), threshold):
        print(line)


def _need(*modules: str, extra: str) -> None:
    """Raise BadOption where what an extra brings is not installed."""
    if not all(map(find_spec, modules)):
        hint = f"Install it with: pip install 'sos-lint[{extra}]'"
        raise BadOption("audit", f"this needs the extra “{extra}”.", hint)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """What shows how far the work is, and how long it will take: a bar, or now and then a line."""
    if not sys.stderr.isatty():
        yield _in_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    shown = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda progress: bar.update(task, total=progress.total, completed=progress.done)


def _in_lines() -> Callable[[Progress], None]:
    started = last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY:
            return
        last = now
        done, left = progress.done - progress.before, progress.total - progress.done
        time_left = f"; {_spoken((now - started) * left / done)} left" if done else ""
        print(f"{progress.done:,} of {progress.total:,} rows{time_left}", file=sys.stderr, flush=True)

    return tell


def _spoken(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
