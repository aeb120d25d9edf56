"""`sos-lint init`: write a commented starter configuration."""

from pathlib import Path
from typing import Annotated

import typer

from sos_lint.config import find_config, plain_path
from sos_lint.errors import BadConfig
from sos_lint.reporters.clean import safe_line

STARTER = """\
# What sos-lint checks in this folder and below. Every key may be left out.
# The nearest .sos-lint.yml above a file is the one that counts.

# The least severity that makes `sos-lint check` exit with 1: error, warning, suggestion or never.
fail-on: warning

# How strict to be: learning (suggestions only, so that nothing fails), standard or strict (suggestions count
# as warnings, and the packs that are optional are on). A severity that you set below wins.
profile: standard

# Only these rules, packs or kinds (see `sos-lint rules list`). Left out: all of them.
# select: [acronyms, broad-terms]

# An optional pack as well.
# with: [recording]

# All but these.
# ignore: [acronyms/unknown]

# Another severity for a rule, a pack or a kind.
# severity:
#   jargon: suggestion

# Whose names hold for statements and goals: child-protection, early-help or children-in-care.
# service: child-protection

# Which form the documents are, where their headings do not show it: three-columns, safer or meeting-record.
# form: safer

# The columns of tables (.csv, .tsv, .xlsx) that hold notes; without any, tables are passed over.
# column: [note]

# Your own rule packs, as paths from this file.
# packs: [our-words.yml]

# Another configuration that this one builds on.
# extend: ../shared/.sos-lint.yml

# Which files to find where a folder is named: patterns as in a .gitignore, from this folder. Without
# `include`, all that can be read; never what a .gitignore or .ignore leaves out. A file that is named is
# checked all the same, unless you force the exclusion: the pre-commit hooks do.
# include: ["letters/", "*.docx"]
# exclude: ["letters/archive/"]
# force-exclude: true

# Other settings for some files.
# overrides:
#   - files: "templates/*"
#     ignore: [acronyms/unknown]
#   - files: "early-help/*"
#     service: early-help
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="[FOLDER]")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace the one that is there.")] = False,
) -> None:
    """Write a commented starter configuration, .sos-lint.yml."""
    path = folder / ".sos-lint.yml"
    there = find_config(plain_path(folder))
    if there is not None and there.parent == plain_path(folder) and not force:
        place = str(folder / there.name)
        raise BadConfig(place, "there is a configuration already.", "Use --force to put this in its place.")
    from sos_lint.rewrite.save import save

    save(path, STARTER.encode(), was=None)
    typer.echo(safe_line(f"Wrote {path}. Next: sos-lint check {folder}"))
