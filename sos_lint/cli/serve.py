"""`sos-lint serve`: a page for people who have never opened a terminal before."""

import sys
import threading
from typing import Annotated

import typer

from sos_lint.cli import options, out

EPILOG = """\
The page is for the browser of this computer alone. What you type, paste or drop there is read in memory:
nothing is written to a disk or a log, and nothing leaves this computer. Ctrl-C ends it.

\b
Examples:
  sos-lint serve
  sos-lint serve --no-browser --port 8765

\b
Exit status:
  0  ended
  2  it could not be begun
"""


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("serve", epilog=EPILOG)
def serve(
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="The port. [default: any that is free]",
            metavar="N",
            show_default=False,
        ),
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")
    ] = True,
    select: options.Select = None,
    ignore: options.Ignore = None,
    also: options.Also = None,
    profile: options.Strictness = None,
    pack: options.Packs = None,
    config: options.Configuration = None,
    service: options.Service = None,
    form: options.Form = None,
) -> None:
    """Open a page on this computer: paste or drop a draft, and see what to ask."""
    from sos_lint.errors import SosLintError
    from sos_lint.project import Project

    try:
        from sos_lint.web.address import listen
        from sos_lint.web.server import serve as serve_page
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "sos_lint":
            raise
        hint = "Install it with: pip install 'sos-lint[web]' (from its folder: pip install '.[web]')"
        raise SosLintError("sos-lint serve", "the part for the page is not installed.", hint) from error

    asked = options.settings(select, ignore, also, profile, pack, service=service, form=form)
    project = Project(asked, config=config)
    taken, address = listen(port)

    def ready() -> None:
        with out.printing() as stream:
            stream.write(f"The page is at {address.url}\nIt works on this computer only. Ctrl-C ends it.\n")
        if browser:
            threading.Thread(target=_open, args=(address.url,), daemon=True).start()

    serve_page(project, taken, address, ready)
    with out.printing() as stream:
        stream.write("\nEnded. Nothing was kept.\n")


def _open(url: str) -> None:
    """Open the page in the browser: in a thread, as a browser for terminals takes the terminal."""
    import webbrowser

    if not webbrowser.open(url):
        print("No browser could be opened: copy the address into one.", file=sys.stderr)
