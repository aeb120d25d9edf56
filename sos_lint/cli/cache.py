"""`sos-lint cache`: what is kept of earlier runs, and how to be rid of it."""

import typer

from sos_lint.cli import out

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """Look after what is kept of earlier runs: places and packs, never words of a draft."""


@app.command()
def clear() -> None:
    """Delete all that is kept. The next run takes longer, and finds the same."""
    from sos_lint.cache import clear as clear_cache
    from sos_lint.reporters.names import counted

    files, size = clear_cache()
    with out.printing() as stream:
        stream.write(f"{counted(files, 'file', 'files')} deleted ({-(-size // 1000):,} KB).\n")
