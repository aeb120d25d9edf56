"""`sos-lint rules`: the catalogue, one rule's page, the packs' own examples, the shape of a pack."""

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sos_lint.cli import options, out
from sos_lint.cli.why import explain_place
from sos_lint.reporters.clean import safe_line
from sos_lint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sos_lint.rule import Rule

app = typer.Typer(
    help="Look at the rules, and test them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

MANY = 200  # rules whose examples take a while


class Format(str, Enum):
    """How to show rules."""

    TEXT = "text"
    JSON = "json"


Shown = Annotated[Format, typer.Option("--format", "-f", help="How to show them.")]


@app.command("list")
def list_rules(
    names: Annotated[
        list[str] | None, typer.Argument(help="Only these packs, kinds or rules.", metavar="[NAME]...")
    ] = None,
    pack: options.Packs = None,
    format: Shown = Format.TEXT,
) -> None:
    """List the rules, by pack."""
    from sos_lint.lint import Linter
    from sos_lint.reporters.catalogue import listing, listing_json

    linter = Linter.with_packs(pack or ())
    linter.check_names(names or (), "rules list")
    chosen = [rule for rule in linter.catalogue if not names or any(rule.answers_to(name) for name in names)]
    with out.printing() as stream:
        if format is Format.JSON:
            listing_json(chosen, stream)
        else:
            listing(chosen, linter.catalogue.packs, stream)


@app.command()
def explain(
    name: Annotated[
        str | None,
        typer.Argument(help="A rule, such as broad-terms/neglect, or a word that one finds.", metavar="NAME"),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why",
            help="Why it asks, or passes, at a place: draft.md:12, draft.docx:paragraph 3.",
            metavar="FILE:LINE",
        ),
    ] = None,
    pack: options.Packs = None,
    column: options.Columns = None,
    format: Shown = Format.TEXT,
) -> None:
    """Show a rule's page: why, what to ask, sources and examples."""
    from sos_lint.errors import BadOption
    from sos_lint.lint import Linter
    from sos_lint.reporters.catalogue import listing_json, pages

    if why is not None and name is None:
        explain_place(why, Settings(packs=tuple(pack or ()), columns=tuple(column or ())))
        return
    if name is None or why is not None:
        raise BadOption("rules explain", "it takes the name of a rule, or a place with --why.", "Give one.")
    linter = Linter.with_packs(pack or ())
    found = [rule for rule in linter.catalogue if name.casefold() in _known_by(rule)]
    if not found:
        linter.check_names([name], "rules explain")
        found = list(linter.catalogue.named(name))
    with out.printing() as stream:
        if format is Format.JSON:
            listing_json(found, stream)
        else:
            pages(found, stream)


def _known_by(rule: "Rule") -> set[str]:
    """What a person may call a rule: its id, either half of it, or any of the words that it finds."""
    from sos_lint.rule import Phrases, ShortForm

    words: Iterable[str] = (rule.term,)
    if isinstance(rule.pattern, Phrases):
        words = rule.pattern.forms
    if isinstance(rule.pattern, ShortForm):
        words = (rule.pattern.short, *rule.pattern.written)
    return {word.casefold() for word in (rule.id, rule.id.partition("/")[2], *rule.aliases, *words)}


@app.command()
def test(
    packs: Annotated[
        list[str] | None,
        typer.Argument(help="Packs or rules; a path to test your own. [default: all]", metavar="[PACK]..."),
    ] = None,
) -> None:
    """Try the examples that the rules carry. Exits with 1 if one does not hold."""
    from sos_lint.lint import Linter
    from sos_lint.packs import load
    from sos_lint.packs.sources import find_packs
    from sos_lint.selftest import try_rules

    paths = [Path(name) for name in packs or () if _is_path(name)]
    names = [name for name in packs or () if not _is_path(name)]
    catalogue = load(paths)
    Linter(catalogue).check_names(names, "rules test")
    sources = find_packs(paths)
    added = catalogue.packs[len(catalogue.packs) - len(sources) :]
    names += [  # by file, as a pack may have the id of a shipped one to put in other rules
        f"{pack.id}/{Path(name).stem}"
        for pack, source in zip(added, sources, strict=True)
        for name, _ in source.files
    ]
    if sys.stderr.isatty() and (not names or sum(len(catalogue.named(name)) for name in names) > MANY):
        print("Trying every example: this takes a minute.", file=sys.stderr)
    trial = try_rules(catalogue, names)
    with out.printing() as stream:
        for fault in trial.faults:
            stream.write(
                f"{fault.rule}: {fault.why}\n" + (f"    in: {fault.example}\n" if fault.example else "")
            )
        rules = f"{trial.rules} {'rule' if trial.rules == 1 else 'rules'}"
        stream.write(
            f"{rules}, {trial.examples} examples: "
            + (f"{len(trial.faults)} to look at.\n" if trial.faults else "all hold.\n")
        )
    raise typer.Exit(1 if trial.faults else 0)


@app.command("pages")
def write_pages(
    folder: Annotated[
        Path, typer.Argument(help="Where to write them; it is made if need be.", metavar="FOLDER")
    ],
    pack: options.Packs = None,
) -> None:
    """Write the rules as Markdown pages, one for each pack. README.md lists them."""
    from sos_lint.packs import load
    from sos_lint.reporters.to_pages import pages_of

    catalogue = load(pack or ())
    written = pages_of(catalogue, catalogue.packs, catalogue.lexicon)
    out.write_files(folder, written)
    with out.printing() as stream:
        stream.write(safe_line(f"Wrote {len(written)} pages to {folder}.") + "\n")


def _is_path(name: str) -> bool:
    """True for what is, or is written as, the path of a pack."""
    return Path(name).exists() or name.startswith((".", "/", "~")) or name.endswith((".yml", ".yaml"))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a pack's files, for editors."""
    from sos_lint.packs.schema import json_schema

    with out.printing() as stream:
        stream.write(json_schema() + "\n")
