"""Options that several commands share: which drafts, which rules, from which packs, and how strict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sos_lint.settings import FailOn, Profile, Settings

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files and folders, or - for standard input. [default: this folder]", metavar="[PATH]..."
    ),
]
StdinName = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename", help="What to call standard input; its ending tells the kind.", metavar="NAME"
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        help="Processes to use. [default: as many as there are cores, if it pays]",
        metavar="N",
    ),
]
Kept = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help="Use what was found in unchanged drafts before. Of a draft only places are kept, never words.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Only these rules, packs or kinds, parted by commas.", metavar="NAME,..."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", help="All but these rules, packs or kinds.", metavar="NAME,..."),
]
Also = Annotated[
    list[str] | None,
    typer.Option("--with", help="These as well: a pack that is off unless asked for.", metavar="NAME,..."),
]
Strictness = Annotated[
    Profile | None, typer.Option("--profile", help="How strict to be. [default: standard]")
]
Packs = Annotated[
    list[Path] | None, typer.Option("--pack", help="A further rule pack: its folder or file.", metavar="PATH")
]
Configuration = Annotated[
    Path | None, typer.Option("--config", help="Use this configuration, not the nearest.", metavar="FILE")
]
ForceExclude = Annotated[
    bool | None,
    typer.Option(
        "--force-exclude/--no-force-exclude",
        help="Pass over a named file, too, that would not be found in its folder.",
        show_default=False,
    ),
]
Service = Annotated[
    str | None,
    typer.Option(
        "--service",
        help="Whose names for statements and goals hold: child-protection, early-help, children-in-care.",
        metavar="NAME",
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--form", help="Read the document as this form: three-columns, safer, meeting-record.", metavar="NAME"
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="Read this column of tables (.csv, .tsv, .xlsx): each cell is a note. Once for each column.",
        metavar="NAME",
    ),
]
Attachments = Annotated[
    bool | None,
    typer.Option(
        "--attachments/--no-attachments",
        help="Read what is attached to messages (.eml, .msg), each attachment as a document of its own.",
        show_default=False,
    ),
]


def settings(
    select: list[str] | None,
    ignore: list[str] | None,
    also: list[str] | None,
    profile: Profile | None,
    pack: list[Path] | None,
    fail_on: FailOn | None = None,
    service: str | None = None,
    form: str | None = None,
    column: list[str] | None = None,
    attachments: bool | None = None,
) -> Settings:
    """What these options ask for. Names of rules may be given again and again, each time several with commas.

    The name of a column may have commas in it, so it is taken as it is.
    """
    return Settings(
        _parted(select),
        _parted(ignore),
        packs=tuple(pack or ()),
        fail_on=fail_on,
        also=_parted(also),
        profile=profile,
        service=service,
        form=form,
        columns=tuple(column or ()),
        attachments=attachments,
    )


def _parted(names: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for given in names or () for name in given.split(",") if name.strip())
