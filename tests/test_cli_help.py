"""The help is a page that people read: it changes only on purpose."""

from __future__ import annotations

from collections.abc import Callable

from commands import run

COMMANDS = [
    "",
    "check",
    "fix",
    "rewrite",
    "annotate",
    "init",
    "rules",
    "rules list",
    "rules explain",
    "rules test",
    "rules pages",
    "rules schema",
    "baseline",
    "baseline write",
    "baseline prune",
    "config",
    "config schema",
    "config page",
    "resident",
    "resident start",
    "resident status",
    "resident stop",
    "audit",
    "audit run",
    "audit compare",
]


def test_the_help_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    pages = []
    for command in COMMANDS:
        ran = run(*command.split(), "--help")
        assert (ran.status, ran.err) == (0, "")
        pages.append(f"$ sos-lint {command}{' ' if command else ''}--help\n{ran.out}")
    check_golden("help.txt", "\n".join(pages))


def test_short_and_long_help_are_one() -> None:
    assert run("check", "-h") == run("check", "--help")


def test_the_version() -> None:
    from sos_lint import __version__

    assert run("--version").out == f"sos-lint {__version__}\n"
