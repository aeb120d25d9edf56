"""`sos-lint baseline`: set today's findings aside, and drop those that are gone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.cli import drafts, options, out
from sos_lint.settings import BASELINE

if TYPE_CHECKING:
    from sos_lint.finding import Finding
    from sos_lint.project import Project
    from sos_lint.report import FileReport
    from sos_lint.settings import Profile

EPILOG = """\
The file holds salted hashes: not a word of a draft, nor the name of one. Keep it with the drafts.

\b
Examples:
  sos-lint baseline write
  sos-lint check --baseline
  sos-lint baseline prune
"""

app = typer.Typer(
    help="Set the findings of today aside, so that only new ones are told.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    epilog=EPILOG,
)

Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files and folders. [default: this folder]", metavar="[PATH]..."),
]
Place = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        help="The baseline. [default: that of the configuration, else .sos-lint-baseline.json]",
        metavar="FILE",
    ),
]


@app.command("write", epilog=EPILOG)
def write(
    paths: Paths = None,
    baseline: Place = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    column: options.Columns = None,
    attachments: options.Attachments = None,
) -> None:
    """Set the findings in these drafts aside.

    What the baseline holds of other drafts stays.
    """
    from sos_lint import baseline as old
    from sos_lint.reporters.names import counted

    project, place = _asked(baseline, also, profile, pack, config, column, attachments)
    before = old.read(place) if place.is_file() else old.empty()
    found, failed = _found(project, paths or ["."], place)
    after = old.written(before, found, there(place, project))
    old.write(place, after)
    files = counted(len(after.files), "file", "files")
    _tell(f"{_places(after.places)} set aside in {files}", place, failed)


@app.command("prune", epilog=EPILOG)
def prune(
    paths: Paths = None,
    baseline: Place = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    column: options.Columns = None,
    attachments: options.Attachments = None,
) -> None:
    """Drop the old places that are gone.

    Of drafts that are not named they stay, unless the whole draft is gone.
    """
    from sos_lint import baseline as old

    project, place = _asked(baseline, also, profile, pack, config, column, attachments)
    before = old.read(place)
    found, failed = _found(project, paths or ["."], place)
    after = old.pruned(before, found, there(place, project))
    if after != before:
        old.write(place, after)
    gone = before.places - after.places
    _tell(f"{_places(gone)} gone; {_places(after.places)} still set aside", place, failed)


def there(place: Path, project: Project) -> Callable[[], Iterable[str]]:
    """What gives the names of all drafts below a baseline's folder, and of what is attached to them."""

    def names() -> Iterable[str]:
        from sos_lint.baseline import name_below
        from sos_lint.readers.find import find_documents

        found, _ = find_documents([str(place.parent)])
        return [name_below(one.place, place) for one in drafts.with_attached(found, project)[0]]

    return names


def _asked(
    baseline: Path | None,
    also: list[str] | None,
    profile: Profile | None,
    pack: list[Path] | None,
    config: Path | None,
    column: list[str] | None,
    attachments: bool | None,
) -> tuple[Project, Path]:
    from sos_lint.config import plain_path
    from sos_lint.errors import BadConfig
    from sos_lint.project import Project

    project = Project(
        options.settings(None, None, also, profile, pack, column=column, attachments=attachments),
        config=config,
    )
    config_here = project.config_for(Path(BASELINE))
    said = config_here.settings.baseline
    if baseline is None and said is not None and not plain_path(said).is_relative_to(config_here.folder):
        hint = "If that is right, name it yourself with --baseline."
        raise BadConfig(str(said), "this baseline stands outside the folder of the configuration.", hint)
    return project, baseline or said or Path(BASELINE)


def _found(
    project: Project, paths: list[str], place: Path
) -> tuple[dict[str, tuple[Finding, ...]], list[FileReport]]:
    """The findings of each draft by its name, and what could not be read."""
    from sos_lint.baseline import name_below

    documents, failed = drafts.named(paths, project)
    documents, unsearched = drafts.with_attached(documents, project)
    failed += unsearched
    names = {document.name: name_below(document.place, place) for document in documents}
    found = {}
    for report in drafts.shown_progress(drafts.linted(documents, project), len(documents)):
        if report.failure is None:
            found[names[report.path]] = report.findings
        else:
            failed.append(report)
    return found, failed


def _tell(done: str, place: Path, failed: list[FileReport]) -> None:
    """What was done, on standard output, and what could not be, beside it."""
    from sos_lint.config import shown_path
    from sos_lint.reporters.clean import safe_line
    from sos_lint.reporters.to_terminal import console_on
    from sos_lint.reporters.to_terminal.page import Page
    from sos_lint.reporters.to_terminal.summary import write_failure

    shown = shown_path(place) if place.is_absolute() else place.as_posix()
    page = Page(console_on(sys.stderr))
    for report in failed:
        assert report.failure is not None
        write_failure(page, report.path, report.failure)
    with out.printing() as stream:
        stream.write(safe_line(f"{done}: {shown}") + "\n")
    raise typer.Exit(2 if failed else 0)


def _places(count: int) -> str:
    from sos_lint.reporters.names import counted

    return counted(count, "place is", "places are")
