"""`sos-lint config`: the keys of a configuration, for editors and for people."""

import typer

from sos_lint.cli import out

app = typer.Typer(
    help="Look up what a configuration may say.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a configuration, for editors."""
    from sos_lint.config.schema import json_schema

    with out.printing() as stream:
        stream.write(json_schema() + "\n")


@app.command()
def page() -> None:
    """Print the reference of all its keys, as Markdown."""
    from sos_lint.reporters.to_pages.keys import keys_page

    with out.printing() as stream:
        stream.write(keys_page())
