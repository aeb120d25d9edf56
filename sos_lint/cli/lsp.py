"""`sos-lint lsp`: the server for editors."""

import sys

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("lsp")
def lsp() -> None:
    """Serve an editor over standard input and output.

    It speaks the Language Server Protocol. Your editor starts it: docs/editors.md says how. Nothing leaves
    this machine, and nothing is written down.
    """
    try:
        from sos_lint.lsp.features import server
        from sos_lint.lsp.protocol import silence
    except ModuleNotFoundError as error:
        from sos_lint.errors import BadOption

        raise BadOption(
            "sos-lint lsp", "the part for editors is not installed.", 'Install "sos-lint[lsp]".'
        ) from error
    silence()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what anybody prints may not stand between the messages
    server().start_io(stdin, stdout)
