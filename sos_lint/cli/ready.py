"""What a resident process does before its first run, so that the runs need not."""

from __future__ import annotations

import io
import pkgutil
import sys
from contextlib import suppress
from importlib import import_module

from sos_lint.cli import main
from sos_lint.cli.commands import SUMMARIES
from sos_lint.lint import Linter, keep_ready

_EVERY = 12  # of the rules, one in so many lends its examples
_FEW = 5  # passages that are enough to write a report of
_STAYS_WITH_ITS_RUN = frozenset({"rewrite", "resident"})  # commands that a resident process never does


def make_ready() -> None:
    """Import what commands need, compile what rules need, load the model, and write each kind of report."""
    from sos_lint import readers
    from sos_lint.cli.reports import Format
    from sos_lint.nlp.grammar import Need, blank, model

    for name in SUMMARIES.keys() - _STAYS_WITH_ITS_RUN:
        import_module(f"sos_lint.cli.{name}")
    for module in pkgutil.iter_modules(readers.__path__, "sos_lint.readers."):
        with suppress(ImportError):  # an extra that is not installed
            import_module(module.name)
    linter = Linter.with_packs()
    keep_ready(linter)
    blank()
    for need in Need:
        model(need)
    examples = _examples(linter)
    _check(examples, Format.TEXT.value)
    for style in Format:
        _check(examples[:_FEW], style.value)


def _examples(linter: Linter) -> list[str]:
    """Some of the rules' own examples, which are about nobody."""
    chosen = (linter.catalogue.rule(number) for number in range(0, len(linter.catalogue), _EVERY))
    return [bad.text.replace("[[", "").replace("]]", "") for rule in chosen for bad in rule.examples.bad]


def _check(passages: list[str], style: str) -> None:
    """Check a draft as a run would; this process's output goes nowhere."""
    draft = "\n\n".join(passages).encode()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(draft))
    try:
        main(["check", "--no-cache", "--format", style, "--stdin-filename", "draft.md"])
    finally:
        sys.stdin = before
