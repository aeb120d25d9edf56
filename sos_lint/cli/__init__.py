"""The command line: one file per command, and nothing heavy imported before it is needed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import typer

from sos_lint.cli import out, version
from sos_lint.cli.commands import SUMMARIES, OnDemand
from sos_lint.errors import BadOption, SosLintError

app = typer.Typer(
    name="sos-lint",
    cls=OnDemand,
    epilog="First steps: `sos-lint check draft.docx`, or `sos-lint check` for all drafts in this folder.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(version.main)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line. The exit status is 0, 1 (findings at the threshold) or 2 (work not done)."""
    gc.set_threshold(100_000, 50, 50)  # what is made at the start stays to the end: do not look at it again
    out.prepare()
    _leave_no_trace()
    try:
        arguments = sys.argv[1:] if argv is None else argv
        _hint_at_check(arguments)
        _take_no_file_for_an_option(arguments)
        app(args=_with_baseline(arguments), prog_name="sos-lint")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except SosLintError as fault:
        out.tell(fault)
    except OSError as error:  # such as no room on standard output for the help
        where = f"{error.filename}: " if error.filename else ""
        out.tell(SosLintError("", f"{where}{(error.strerror or 'unknown fault').lower()}."))
        out.let_go()
    except Exception as error:  # the border of a command that holds one draft: see `batch.own_fault`
        from sos_lint.batch import own_fault

        print(f"{own_fault(error)} Please tell the makers of sos-lint.", file=sys.stderr)
    return 2


def _leave_no_trace() -> None:
    """Let no fault put words on the disk or screen: no image of our memory, no complaint about an error."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        # 1 keeps Linux from handing the image to a program, too: see `coredump` in its fs/coredump.c.
        least = 1 if sys.platform == "linux" and hard else 0
        resource.setrlimit(resource.RLIMIT_CORE, (least, hard))
    sys.unraisablehook = lambda _: None


def _with_baseline(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the usual file after a `--baseline` that names none: Typer needs one."""
    if "--baseline" not in arguments:
        return list(arguments)
    from sos_lint.settings import BASELINE

    given: list[str] = []
    for number, argument in enumerate(arguments):
        given.append(argument)
        following = arguments[number + 1] if number + 1 < len(arguments) else ""
        if argument == "--baseline" and not following.endswith(".json"):
            given.append(BASELINE)
    return given


def _hint_at_check(arguments: Sequence[str]) -> None:
    """Raise BadOption where a draft stands in the place of the command, which is easily forgotten."""
    first = arguments[0] if arguments else ""
    if first not in {"", *SUMMARIES} and not first.startswith("-") and Path(first).exists():
        raise BadOption(first, "this is no command.", f"To check it: sos-lint check {first}")


def _take_no_file_for_an_option(arguments: Sequence[str]) -> None:
    """Raise BadOption where an option is the name of a file, too.

    Whoever hands over all files of a folder (`sos-lint check *`, pre-commit) may hand over one that a
    stranger called `--config=theirs.md`.
    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for option in options:
        if option.startswith("-") and option != "-" and os.path.lexists(option):
            hint = f"Rename it, or name it after “--”: sos-lint check -- {option}"
            raise BadOption(option, "This option is the name of a file, too.", hint)
