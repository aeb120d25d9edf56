"""`sos-lint rules`: the catalogue, one rule's page, the packs' own examples, the shape of a pack."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Look at the rules, and test them.", no_args_is_help=True)

Packs = Annotated[
    list[Path] | None, typer.Option("--pack", help="A further rule pack: its folder or file.", metavar="PATH")
]


class Format(str, Enum):
    """How to list."""

    TEXT = "text"
    JSON = "json"


@app.command("list")
def list_rules(
    names: Annotated[list[str] | None, typer.Argument(help="Only these packs, kinds or rules.")] = None,
    pack: Packs = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to list.")] = Format.TEXT,
) -> None:
    """List the rules, by pack."""
    from sos_lint.lint import Linter
    from sos_lint.reporters.catalogue import listing, listing_json

    linter = Linter.with_packs(pack or ())
    linter.check_names(names or (), "rules list")
    chosen = [rule for rule in linter.catalogue if not names or any(rule.answers_to(name) for name in names)]
    if format is Format.JSON:
        typer.echo(listing_json(chosen))
    else:
        from rich.console import Console

        listing(chosen, linter.catalogue.packs, Console())


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A rule's id, such as broad-terms/neglect, or its word.")],
    pack: Packs = None,
) -> None:
    """Show a rule's page: why, what to ask, sources and examples."""
    from rich.console import Console

    from sos_lint.lint import Linter
    from sos_lint.reporters.catalogue import page

    linter = Linter.with_packs(pack or ())
    wanted = name.casefold()
    found = [
        rule
        for rule in linter.catalogue
        if wanted in (rule.id, rule.id.partition("/")[2], rule.term.casefold()) or name in rule.aliases
    ]
    if not found:
        linter.check_names([name], "rules explain")
        found = list(linter.catalogue.named(name))
    for rule in found:
        page(rule, Console())


@app.command()
def test(
    packs: Annotated[
        list[str] | None, typer.Argument(help="Packs or rules; a path to test your own.")
    ] = None,
) -> None:
    """Try the examples that the rules carry. Exits with 1 if one does not hold."""
    from sos_lint.lint import Linter
    from sos_lint.packs import load
    from sos_lint.packs.sources import find_packs
    from sos_lint.selftest import try_rules

    paths = [Path(name) for name in packs or () if Path(name).exists()]
    names = [name for name in packs or () if not Path(name).exists()]
    catalogue = load(paths)
    Linter(catalogue).check_names(names, "rules test")
    sources = find_packs(paths)
    names += [pack.id for pack in catalogue.packs[len(catalogue.packs) - len(sources) :]]
    trial = try_rules(catalogue, names)
    for fault in trial.faults:
        typer.echo(f"{fault.rule}: {fault.why}" + (f"\n    in: {fault.example}" if fault.example else ""))
    typer.echo(
        f"{trial.rules} rules, {trial.examples} examples: "
        + (f"{len(trial.faults)} to look at." if trial.faults else "all hold.")
    )
    raise typer.Exit(1 if trial.faults else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a pack's files, for editors."""
    from sos_lint.packs.schema import json_schema

    typer.echo(json_schema())
